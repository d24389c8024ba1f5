"""A version -> what is released: checks first, then wheel, sdist and notes in dist/, then a tag.

`python docs/release.py check VERSION` says what stands in the way, `notes VERSION` prints what the changelog says.
"""

import re
import sys
from pathlib import Path

SOURCE = "corpus/__init__.py"
ROOT = Path(__file__).parent.parent


def problems(version: str, root: Path = ROOT) -> list[str]:
    """Return what keeps a version from being released, each as a line: the file, what it has, what would be right."""
    found = []
    if not re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", version):
        found.append(f"VERSION: {version!r} is no version: expected such as 0.2.0 or 0.2.0rc1")
    built = re.search(r'^VERSION = "(\S+)"$', (root / SOURCE).read_text(encoding="utf-8"), re.MULTILINE)
    if built is None or built[1] != version:
        found.append(f"{SOURCE}: version is {built[1] if built else 'missing'}: expected {version}")
    cited = re.search(r"^version: (\S+)$", (root / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    if cited is None or cited[1] != version:
        found.append(f"CITATION.cff: version is {cited[1] if cited else 'missing'}: expected {version}")
    if not notes(version, root):
        found.append(
            f"CHANGELOG.md: nothing under `## {version} - YYYY-MM-DD`: rename `## Unreleased`, begin a new one"
        )
    return found


def notes(version: str, root: Path = ROOT) -> str:
    """Return what the changelog says of a version; empty when it does not name it, or no day."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(
        rf"^## {re.escape(version)} - \d{{4}}-\d\d-\d\d\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    return found[1].strip() if found else ""


def main(arguments: list[str]) -> int:
    """Do what the first argument names; the exit code is 1 when something stands in the way."""
    match arguments:
        case ["check", version]:
            found = problems(version)
            print(*found, sep="\n", end="\n" if found else "")
            return 1 if found else 0
        case ["notes", version]:
            print(notes(version))
            return 0
    raise SystemExit("expected check VERSION or notes VERSION")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
