"""A reader that counts its lines aloud and answers with them."""

from tracker.core.uploads.apart import answer_apart
from tracker.core.uploads.waiting import tell


def _lines(data: bytes) -> list[str]:
    for done in range(3):
        tell("Reading the rows", done, 3)
    return data.decode().splitlines()


if __name__ == "__main__":
    answer_apart(_lines)
