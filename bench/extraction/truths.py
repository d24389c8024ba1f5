"""A folder of pages with truths -> cases.

The folder holds JSONL files, a case a line: {"page": path within the folder, "url": ..., "truth": {...}}. A truth may
have `text`, `title`, `authors` (a list) and `date` (YYYY-MM-DD); a page may be gzipped. A case that is no article says
what it is in `kind`: listing, product, collection, forum, or another word.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Case:
    """One page, and what should be read from it."""

    set: str
    file: Path
    url: str
    truth: dict[str, Any]
    kind: str = "article"

    def html(self) -> bytes:
        """Read the page."""
        content = self.file.read_bytes()
        return gzip.decompress(content) if self.file.suffix == ".gz" else content

    @property
    def domain(self) -> str:
        """The page's site: its host's last two labels, or three under such as co.uk."""
        labels = (urlsplit(self.url).hostname or "unknown").split(".")
        short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
        return ".".join(labels[-3 if short else -2 :])


def cases(folder: Path) -> Iterator[Case]:
    """Read every case of a folder, or of one JSONL file."""
    files = [folder] if folder.is_file() else sorted(folder.glob("*.jsonl"))
    for file in files:
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                row = json.loads(line)
                yield Case(
                    file.stem,
                    file.parent / row["page"],
                    row.get("url") or "",
                    row["truth"],
                    row.get("kind") or "article",
                )
