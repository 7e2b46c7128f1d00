"""Reading the archive that a Word or Excel file is, without trusting what it says of itself; no meaning of parts."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from tracker.core.uploads.budget import MEGABYTE, Budget
from tracker.core.uploads.refusals import DAMAGED, FOREIGN_PARTS, PROTECTED, TOO_MUCH, RefusedFileError

BEGINS = b"PK\x03\x04"
ENDS = b"PK\x05\x06"
_ENDS_LARGE = b"PK\x06\x07"
_LARGEST_DIRECTORY = MEGABYTE
_CHUNK = 64 * 1024
_LOCAL = struct.Struct("<4s5H3I2H")
_END = struct.Struct("<4s4H2IH")
_IS_ENCRYPTED = 0x1
_SIZE_STANDS_ELSEWHERE = (0, 0xFFFFFFFF)


def parts_of(data: bytes, budget: Budget) -> list[zipfile.ZipInfo]:
    """Return what an archive lists, when its directory is small, whole, and names each part once and plainly.

    The size of the directory is looked at before it is read: a list of a million parts is a bomb of its own.
    """
    _check_end(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise RefusedFileError(DAMAGED) from error
    names = [part.orig_filename.lower() for part in listed]
    if len(set(names)) < len(names) or any(_is_odd(name) for name in names):
        raise RefusedFileError(FOREIGN_PARTS)
    if sum(part.file_size for part in listed) > budget.bytes_left or len(listed) > budget.parts_left:
        raise RefusedFileError(TOO_MUCH)
    _check_places(listed, len(data))
    return listed


def unpacked(data: bytes, part: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """Unpack a part piece by piece, counting what really comes out; a part that lies about its size is refused."""
    if part.flag_bits & _IS_ENCRYPTED:
        raise RefusedFileError(PROTECTED)
    budget.begin_part()
    packed, found, check = _packed(data, part), 0, 0
    for piece in _inflated(packed) if part.compress_type == zipfile.ZIP_DEFLATED else _stored(packed):
        found += len(piece)
        check = zlib.crc32(piece, check)
        budget.spend(len(piece))
        if found > part.file_size:
            raise RefusedFileError(DAMAGED)
        yield piece
    if found != part.file_size or check != part.CRC:
        raise RefusedFileError(DAMAGED)


def _check_end(data: bytes) -> None:
    """Ask that the directory ends the file and is small; archives too large for the plain form have no place here."""
    end = data.rfind(ENDS)
    if end < 0 or end + _END.size > len(data):
        raise RefusedFileError(DAMAGED)
    _, _, _, _, _, size, _, comment = _END.unpack_from(data, end)
    if end + _END.size + comment != len(data):
        raise RefusedFileError(DAMAGED)
    if size > _LARGEST_DIRECTORY or data[max(end - 20, 0) : end].startswith(_ENDS_LARGE):
        raise RefusedFileError(TOO_MUCH)


def _is_odd(name: str) -> bool:
    """Whether a name leaves its folder, is no plain path, or hides something."""
    steps = name.split("/")
    return ".." in steps or not steps[0] or "\\" in name or ":" in name or any(letter < " " for letter in name)


def _check_places(listed: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse parts that share their packed bytes, by which a small archive unpacks to a large one."""
    if listed and min(part.header_offset for part in listed) != 0:
        raise RefusedFileError(FOREIGN_PARTS)
    end = 0
    for part in sorted(listed, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise RefusedFileError(FOREIGN_PARTS)
        end = part.header_offset + _LOCAL.size + part.compress_size
    if end > size:
        raise RefusedFileError(DAMAGED)


def _packed(data: bytes, part: zipfile.ZipInfo) -> memoryview:
    """Return a part's packed bytes, when its own header is where the directory says and names it alike."""
    try:
        header = _LOCAL.unpack_from(data, part.header_offset)
    except struct.error as error:
        raise RefusedFileError(DAMAGED) from error
    name_at = part.header_offset + _LOCAL.size
    name = data[name_at : name_at + header[9]]
    known = {part.orig_filename.encode("utf-8"), part.orig_filename.encode("cp437", "replace")}
    is_supported = part.compress_type in {zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED}
    is_honest = header[8] in {part.file_size, *_SIZE_STANDS_ELSEWHERE}
    if header[0] != BEGINS or header[3] != part.compress_type or name not in known:
        raise RefusedFileError(DAMAGED)
    if not (is_supported and is_honest):
        raise RefusedFileError(DAMAGED)
    begin = name_at + header[9] + header[10]
    return memoryview(data)[begin : begin + part.compress_size]


def _stored(packed: memoryview) -> Iterator[bytes]:
    for begin in range(0, len(packed), _CHUNK):
        yield bytes(packed[begin : begin + _CHUNK])


def _inflated(packed: memoryview) -> Iterator[bytes]:
    """Unpack at most a small piece at once, so that a bomb is noticed long before it is there."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in _stored(packed):
            waiting = piece
            while waiting:
                yield unpacker.decompress(waiting, _CHUNK)
                waiting = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise RefusedFileError(DAMAGED) from error
    if not unpacker.eof or unpacker.unused_data:
        raise RefusedFileError(DAMAGED)
