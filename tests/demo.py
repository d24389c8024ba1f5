"""The demo's sites crawled and indexed, once for a test module, and what a store and an index hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.model import Article, AuthorKind, StoredArticle
from corpus.store import ArticleStore
from corpus.structure.values import SpanKind
from crawler.extraction.extract import extract
from crawler.values import Page
from indexer.contract.protocol import SearchEngine
from indexer.query.query import parse
from indexer.results.present import Shown, present
from web.cli.context import Context
from web.cli.demo import crawl_and_index, write_config
from web.demo import routes as pages
from web.demo.edition import Edition
from web.demo.parts import is_set
from web.demo.server import DemoWeb
from web.demo.sites import SITES
from web.demo.truth import Truth, truth

QUERIES = (
    "flood",
    '"the council"',
    "harbour -crane",
    "author:okafor",
    "الفيضانات",
    "防洪",
    "Haushalt",
    "puerto 2022..",
    "école OR digue",
    "section:climate",
)


@dataclass(frozen=True)
class Demo:
    """A crawled demo: its sites (in their second edition), its folder, and what should be in it."""

    web: DemoWeb
    folder: Path
    context: Context
    truth: dict[str, Truth]
    stored: dict[str, StoredArticle]

    def search(self, text: str, **parameters: str) -> Shown:
        """Search as the command line does."""
        chosen = {name: [value] for name, value in parameters.items()}
        return answer(self.context.store, self.context.engine, text, chosen)


@contextmanager
def crawled(folder: Path) -> Iterator[Demo]:
    """Serve the sites, crawl them twice as `pressmark demo` does, and index."""
    with DemoWeb() as web:
        context = Context(file=write_config(folder, web), verbosity=-1)
        assert crawl_and_index(context, web)
        stored = {each.article.url: each for each in context.store.every()}
        yield Demo(web, folder, context, truth(web), stored)
        context.close()


def set_article(language: str) -> Article:
    """Return an article of a language that has all that a page may set, as a crawl of the demo's sites reads it."""
    origins = {site.key: f"https://{site.name}" for site in SITES}
    editions = [Edition(site, origins[site.key], origins) for site in SITES]
    edition, story = next(
        (edition, story)
        for edition in editions
        for story in edition.stories
        if story.language == language and is_set(story.seed) and story.authors and story.published
    )
    address = edition.address(story)
    page = pages.answer(edition, story.path).text.encode()
    fetched = datetime(2026, 11, 20, tzinfo=UTC)
    return extract(Page(url=address, address=address, source=edition.site.name, content=page, fetched=fetched)).article


def answer(store: ArticleStore, engine: SearchEngine, text: str, parameters: dict[str, list[str]]) -> Shown:
    """Parse, search, present."""
    query = parse(text, parameters, now=datetime.now(UTC), zone=UTC, aliases=store.authors.aliases())
    return present(engine.search(query), query, store)


def persons(stored: StoredArticle) -> tuple[str, ...]:
    """The names of people who sign."""
    return tuple(author.name for author in stored.article.authors if author.kind is AuthorKind.PERSON)


def spans_of(article: Article) -> Iterator[tuple[str, str]]:
    """Give how an article's text is set: kinds and texts, a picture by its caption, behind each link its address."""
    for span in article.structure or ():
        yield span.kind.value, span.caption or article.body[span.start : span.end]
        if span.kind is SpanKind.LINK:
            yield "address", span.address or ""


def held(store: ArticleStore) -> dict[str, tuple[Any, ...]]:
    """What a corpus holds, the times and places of its making left out."""
    return {
        each.article.url: (
            each.mark,
            each.revision,
            each.withdrawn,
            each.article.headline,
            each.article.standfirst,
            each.article.authors,
            each.article.published,
            each.article.language,
            each.article.section,
            each.article.body,
        )
        for each in store.every()
    }


def answers(store: ArticleStore, engine: SearchEngine) -> list[Any]:
    """What an index answers, articles named by their pressmark."""
    found = []
    for text in QUERIES:
        shown = answer(store, engine, text, {"n": ["100"]}).as_json()
        hits = sorted((hit["id"], round(hit["score"], 4)) for hit in shown["hits"])
        found.append((text, shown["total"], hits, shown["facets"], shown["histogram"]))
    return [len(engine), *found]
