"""Reading the XML parts of office files, without document types or entities; what elements mean is the packages'."""

from collections.abc import Callable, Iterable, Mapping

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from tracker.core.uploads.refusals import DAMAGED, FOREIGN_PARTS, RefusedFileError

_BEGINNINGS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<")

Seen = Callable[[str, Mapping[str, str]], None]


class _Elements:
    """Takes elements as the reader finds them and keeps none, so that a large part needs no memory."""

    def __init__(self, seen: Seen | None) -> None:
        self._seen = seen

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Tell of an element by its name without the namespace."""
        if self._seen is not None:
            self._seen(name.rpartition("}")[2], attributes)

    def close(self) -> None:
        """Have nothing to give back."""


def looks_like_markup(name: str, beginning: bytes) -> bool:
    """Whether a part is XML by its name or by how it begins: readers go by links between parts, not by names."""
    return name.lower().endswith((".xml", ".rels", ".vml")) or beginning.lstrip().startswith(_BEGINNINGS)


def read_markup(pieces: Iterable[bytes], seen: Seen | None = None) -> None:
    """Read XML piece by piece, telling of each element; a document type, an entity or a fault in it is refused."""
    parser = DefusedXMLParser(target=_Elements(seen), forbid_dtd=True)
    try:
        for piece in pieces:
            parser.feed(piece)
        parser.close()
    except DefusedXmlException as error:
        raise RefusedFileError(FOREIGN_PARTS) from error
    except (ParseError, ValueError, LookupError) as error:
        raise RefusedFileError(DAMAGED) from error
