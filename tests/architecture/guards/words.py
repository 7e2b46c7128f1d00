"""What no file of the project may say: unfinished marks, addresses of registries, paths of one machine."""

import re
from pathlib import Path

from tests.architecture.guards.sources import files, text_of

# Each is written in two pieces, so that this file does not complain of itself.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
REGISTRIES = re.compile("|".join([r"pypi\." + "org", "python" + "hosted", r"npmjs\." + "(org|com)", "/sim" + "ple/"]))
MACHINE_PATHS = re.compile(r"(?<![\w.])/(" + "|".join(["wo" + "rk", "ro" + "ot", r"home/\w+", "t" + "mp"]) + r")(/|\b)")


def forbidden_words(root: Path) -> list[str]:
    """Name each line that holds a mark of unfinished work, an address of a registry or a path of a machine."""
    meanings = {
        UNFINISHED: "a mark of unfinished work",
        REGISTRIES: "the address of a package registry",
        MACHINE_PATHS: "a path of one machine",
    }
    complaints = []
    for path in files(root):
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1):
            complaints += [
                f"{path.relative_to(root)}:{number} holds {meaning}"
                for pattern, meaning in meanings.items()
                if pattern.search(line)
            ]
    return complaints
