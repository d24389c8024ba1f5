"""A page and what was read from it -> a training page: both go into a folder whose truths a person then corrects.

The folder has the form that bench/extraction reads: `pages/` and a `truths.jsonl` with a line a page.
"""

import gzip
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import PressmarkError
from corpus.texts.counted import counted
from web.cli.output import clean

if TYPE_CHECKING:
    from corpus.model import Article
    from corpus.store import ArticleStore
    from crawler.values import Extraction, Page
    from web.cli.context import Context

TRUTHS = "truths.jsonl"
PAGES = "pages"


def keep(folder: Path, page: "Page", answer: "Extraction", store: "ArticleStore | None" = None) -> Path | None:
    """Write a page and what was read from it as its truth; return the page's file, None when it is there already.

    A page that is there keeps the truth it has: somebody may have corrected it. What a person corrected in the store is
    the truth in place of what was read.

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
        kind, article = _as_corrected(page.url, answer, store)
        line = {"page": name, "url": page.address, "kind": kind, "truth": _truth(article)}
        with (folder / TRUTHS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise PressmarkError(f"{folder}: cannot be written to: {error.strerror}") from error
    return folder / name


def keep_corrected(context: "Context", folder: Path) -> None:
    """Write the pages of all articles that a person corrected, from their raw responses; say what was left out."""
    from corpus.captures import Captures
    from corpus.errors import ExtractError, NotFound
    from crawler.pool.captured import captured_page

    store, added, left = context.store, 0, 0
    with Captures(context.config.captures) as captures, context.workers(1) as workers:
        for url in store.corrections.urls():
            stored = store.by_url(url)
            article = stored.page_says if stored is not None else None
            try:
                if article is None or article.capture is None:
                    raise NotFound("it has no raw response")
                exchange = captures.read(article.capture)
                hints, source = store.frontier.hints(url), context.config.source(article.source)
                known = store.sources.boilerplate(article.source)
                page = replace(
                    captured_page(article, exchange, source, hints=hints, boilerplate=known), parts=()
                )  # one page, one truth
                answer = next(iter(workers.map([page])))
                if isinstance(answer, ExtractError):
                    raise answer
            except (NotFound, ExtractError) as error:
                left += 1
                context.say(clean(f"{url}: left out: {error}"))
                continue
            added += keep(folder, page, answer, store) is not None
    context.say(f"added {counted(added, 'corrected page')} to {folder / TRUTHS}, {left:,} left out")


def _as_corrected(url: str, answer: "Extraction", store: "ArticleStore | None") -> tuple[str, "Article"]:
    from corpus.corrections.values import Field, with_values

    found = store.corrections.of(url) if store is not None else []
    values = {each.field.value: each.value for each in found if each.field is not Field.COPIES}
    return str(values.get(Field.KIND, answer.kind.value)), with_values(answer.article, values)


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
