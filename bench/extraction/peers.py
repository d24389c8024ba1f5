"""What other libraries read from a page, each in the shape the scorer asks for.

Each is given what a user would give it, once: the bytes or the decoded page, and its address. None is allowed the
network. A library that is not installed is left out; one that fails on a page has read nothing from it.
"""

import logging
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from crawler.extraction.extract import measure_page
from crawler.markup.charset import decode

Reader = Callable[[bytes, str | None], dict[str, Any]]


def pressmark(html: bytes, url: str | None) -> dict[str, Any]:
    """Read a page as a crawl does, with every field on."""
    return measure_page(html, url)


def trafilatura(html: bytes, url: str | None) -> dict[str, Any]:
    """Read with its defaults: text and metadata, no comments."""
    found = import_module("trafilatura").bare_extraction(
        decode(html)[0], url=url, with_metadata=True, include_comments=False
    )
    if found is None:
        return {}
    names = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return {"title": found.title, "authors": names, "date": found.date, "text": found.text}


def newspaper4k(html: bytes, url: str | None) -> dict[str, Any]:
    """Read the given page, without fetching."""
    article = import_module("newspaper").Article(url or "https://page.invalid/", fetch_images=False)
    article.download(input_html=decode(html)[0])
    article.parse()
    date = article.publish_date
    return {
        "title": article.title,
        "authors": article.authors,
        "date": date.date().isoformat() if hasattr(date, "date") else None,
        "text": article.text,
    }


def readability(html: bytes, url: str | None) -> dict[str, Any]:
    """Read the summary, markup removed; it reads no dates."""
    document = import_module("readability").Document(decode(html)[0], url=url)
    summary = import_module("lxml.html").fromstring(document.summary(html_partial=True))
    return {"title": document.short_title(), "authors": [], "date": None, "text": "\n".join(summary.itertext())}


_READERS: dict[str, tuple[Reader, str, str]] = {
    "pressmark": (pressmark, "crawler", "pressmark"),
    "trafilatura": (trafilatura, "trafilatura", "trafilatura"),
    "newspaper4k": (newspaper4k, "newspaper", "newspaper4k"),
    "readability-lxml": (readability, "readability", "readability-lxml"),
}


def installed(wanted: list[str] | None = None) -> dict[str, tuple[Reader, str]]:
    """Return the readers that can run here, by name, each with its version."""
    logging.disable(logging.CRITICAL)  # they complain of single pages
    found: dict[str, tuple[Reader, str]] = {}
    for name, (reader, module, distribution) in _READERS.items():
        if wanted and name not in wanted:
            continue
        try:
            import_module(module)
        except ImportError:
            continue
        try:
            found[name] = reader, version(distribution)
        except PackageNotFoundError:
            found[name] = reader, "this tree"
    return found
