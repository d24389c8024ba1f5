"""An entry of a bibliography, as CSL has it -> a record under our keys; RIS and BibTeX are read into CSL first.

CSL-JSON is citationstyles.org's schema 1.0.2; Zotero and Pandoc write it, and so do our article pages.
"""

from collections.abc import Mapping
from typing import Any

from crawler.importing.records import OURS

ARCHIVE = "Pressmark"  # how our own entries name where the article is stored
UNTITLED = "Untitled"  # what they say where it has no headline

_TYPES = frozenset(
    "article article-journal article-magazine article-newspaper broadcast post post-weblog webpage report interview"
    " review entry chapter book document speech manuscript periodical".split()
)


def is_csl(record: Any) -> bool:
    """Is this an entry of a CSL-JSON file?"""
    return (
        isinstance(record, Mapping)
        and record.get("type") in _TYPES
        and "title" in record
        and not {"text", "body", "content", "maintext"} & set(record)
        and bool({"id", "issued", "container-title", "URL", "DOI"} & set(record))
    )


def csl_record(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as a record: `title`, `authors`, `published` ...; what it does not hold is absent."""
    record = {
        "url": item.get("URL"),
        "title": item.get("title"),
        "authors": [each for each in item.get("author", ()) if each] if isinstance(item.get("author"), list) else None,
        "published": item.get("issued"),
        "source": item.get("container-title") or item.get("publisher"),
        "language": item.get("language"),
        "section": item.get("section"),
        "standfirst": item.get("abstract"),
        "fetched": item.get("accessed"),
        OURS: item.get("archive") == ARCHIVE,
    }
    if record[OURS] and record["title"] == UNTITLED:
        del record["title"]
    return {key: value for key, value in record.items() if value}
