"""A page and what was read from it -> a training page: both go into a folder whose truths a person then corrects.

The folder has the form that bench/extraction reads: `pages/` and a `truths.jsonl` with a line a page.
"""

import gzip
import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import PressmarkError

if TYPE_CHECKING:
    from corpus.model import Article
    from crawler.values import Extraction, Page

TRUTHS = "truths.jsonl"
PAGES = "pages"


def keep(folder: Path, page: "Page", answer: "Extraction") -> Path | None:
    """Write a page and what was read from it as its truth; return the page's file, None when it is there already.

    A page that is there keeps the truth it has: somebody may have corrected it.

    Raises:
        PressmarkError: The folder cannot be written to, or its truths cannot be read.
    """
    from crawler.markup.charset import decode

    # The file has no header to name its charset.
    content = decode(page.content, page.charset)[0].encode() if page.charset else page.content
    name = f"{PAGES}/{sha256(content).hexdigest()[:16]}.html.gz"
    try:
        (folder / PAGES).mkdir(parents=True, exist_ok=True)
        if name in _known(folder / TRUTHS):
            return None
        (folder / name).write_bytes(gzip.compress(content, mtime=0))
        line = {"page": name, "url": page.address, "kind": answer.kind.value, "truth": _truth(answer.article)}
        with (folder / TRUTHS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise PressmarkError(f"{folder}: cannot be written to: {error.strerror}") from error
    return folder / name


def _known(truths: Path) -> set[str]:
    """Return the pages that a folder has truths of."""
    if not truths.exists():
        return set()
    known = set()
    for number, line in enumerate(truths.read_text(encoding="utf-8", errors="replace").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            known.add(str(json.loads(line)["page"]))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            said = 'expected {"page": ..., "url": ..., "kind": ..., "truth": {...}}'
            raise PressmarkError(f"{truths}:{number}: {said}") from error
    return known


def _truth(article: "Article") -> dict[str, Any]:
    return {
        "title": article.headline,
        "authors": [author.name for author in article.authors],
        "date": article.published.day.isoformat() if article.published else None,
        "text": article.body,
    }
