"""Every module's docstring -> docs/modules.md. `make fix` runs it; a test sees that it was."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = Path(__file__).with_suffix(".md")
PACKAGES = ("corpus", "crawler", "indexer", "web")
HEAD = """# Modules

Written by `make fix` from the first line of each module;
[ARCHITECTURE.md](../ARCHITECTURE.md) says how they stand together.

"""


def question(module: Path) -> str:
    """Return the first paragraph of a module's docstring, in one line."""
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|")


def tables() -> str:
    """Return one table per folder of modules, the folder's own answer above it."""
    parts = []
    for package in PACKAGES:
        for folder in sorted({path.parent for path in (ROOT / package).rglob("*.py")}):
            name = folder.relative_to(ROOT).as_posix()
            intro = question(folder / "__init__.py") if (folder / "__init__.py").exists() else ""
            rows = [
                f"| [{path.name}](../{path.relative_to(ROOT).as_posix()}) | {question(path)} |"
                for path in modules(folder)
            ]
            parts.append(
                "\n".join([f"### {name}/", "", intro, "", "| module | what it answers |", "|---|---|", *rows, ""])
            )
    return "\n".join(parts)


def modules(folder: Path) -> list[Path]:
    """Return the modules of a folder but its `__init__`, by name."""
    return sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")


def page() -> str:
    """Return docs/modules.md as it should be."""
    return HEAD + tables()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.exit(0)
