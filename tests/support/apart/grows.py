"""Takes memory without end."""

from tracker.core.uploads.apart import answer_apart


def grown(data: bytes) -> int:
    held = []
    while True:
        held.append(data * 64)


if __name__ == "__main__":
    answer_apart(grown)
