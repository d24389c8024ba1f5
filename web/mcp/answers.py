"""What a model asks -> what the corpus answers, as plain values.

Headlines and texts are strangers' words. Each stands under a key that says so, `untrusted_...`, and never among ours.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from corpus.errors import NotFound, PressmarkError
from corpus.iso_dates import iso_date
from corpus.marks import read_mark
from corpus.model import Article, StoredArticle
from corpus.store import ArticleStore
from corpus.structure.values import SpanKind
from indexer.contract.annotations import NO_ANNOTATIONS, Annotations
from indexer.contract.facets import FACETS, FacetName
from indexer.contract.protocol import SearchEngine
from indexer.contract.values import Interval, Match, Query
from indexer.query.absent import absent_values, forms_alone
from indexer.query.query import parse
from indexer.query.unread import unread_links
from indexer.results.addressed import only, stored_at
from indexer.results.present import Shown, headline, present
from indexer.results.receipts import compare
from indexer.results.snippet_cache import in_one_text
from web.desk.receipt_words import zone_of
from web.search.request import understand

MOST_HITS = 50
MOST_VALUES = 200
PIECE = 20_000  # characters of a text at once, and of the links in it
WORDS = 200  # characters of a link
LISTED = 50  # articles named of each difference of a receipt


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is asked: the store, the engine on its index, the zone of its days; and what the last search left out."""

    store: ArticleStore
    engine: SearchEngine
    zone: ZoneInfo
    unsearched: Callable[[], Sequence[str]] = tuple
    annotations: Callable[[], Annotations] = lambda: NO_ANNOTATIONS
    languages: Literal["auto"] | tuple[str, ...] = "auto"  # whose word forms find each other

    def query(self, text: str, parameters: Mapping[str, Sequence[str]], now: datetime) -> Query:
        """Read a query as the search box does."""
        given = {name: list(values) for name, values in parameters.items() if any(values)}
        aliases = self.store.authors.aliases()
        return parse(
            text, given, now=now, zone=self.zone, aliases=aliases, annotations=self.annotations(), match=Match.BEST
        )

    def shown(self, query: Query) -> Shown:
        """Answer a query; an address or a mark in place of words finds its article."""
        stored = stored_at(query.text, self.store)
        results = only(stored, self.engine.position) if stored else self.engine.search(query)
        unread = unread_links(query, self.engine.search)
        absent = absent_values(query, self.engine.search, self.unsearched)
        alone = forms_alone(query, self.engine.search, self.languages)
        notes = (*query.notes, *unread, *absent, *alone, *self.unsearched())
        return present(results, query._replace(notes=notes), self.store)


def search(corpus: Corpus, query: Query) -> dict[str, Any]:
    """Return a page of hits with the passages that match, and how the query was read."""
    shown = corpus.shown(query._replace(per_page=min(query.per_page, MOST_HITS), interval=None, facets=()))
    return {
        **_reading(shown),
        "page": query.page,
        "hits": [
            {
                **facts(hit.stored),
                "has_all_words": hit.match == "all",
                "untrusted_passages": "".join(part.text for part in in_one_text(hit.fragments)),
                **({"scanned_characters": hit.scanned} if hit.scanned else {}),
            }
            for hit in shown.hits
        ],
    }


def article(corpus: Corpus, which: str, first: int) -> dict[str, Any]:
    """Return an article by its mark or address, its text from a character on.

    Raises:
        NotFound: There is none.
    """
    mark = read_mark(which)
    stored = (corpus.store.by_mark(mark) if mark else None) or stored_at(which, corpus.store)
    if stored is None:
        raise NotFound(f"no article has the mark or address {which[:200]!r}")
    text = stored.article.body
    last = min(len(text), max(0, first) + PIECE)
    return {
        **facts(stored),
        "revision": stored.revision,
        "withdrawn": stored.withdrawn,
        "characters": len(text),
        "next_character": last if last < len(text) else None,
        "untrusted_standfirst": stored.article.standfirst,
        "untrusted_text": text[max(0, first) : last],
        **_links(stored.article, max(0, first), last),
    }


def _links(article: Article, first: int, last: int) -> dict[str, Any]:
    """Return the links that begin in a piece of the text, with their words, and how many had no room beside it.

    None: its links were not read.
    """
    links: list[dict[str, str]] = []
    left_out, room = 0, PIECE
    for span in article.structure or ():
        if span.kind is not SpanKind.LINK or span.address is None or not first <= span.start < last:
            continue
        words = article.body[span.start : min(span.end, span.start + WORDS)]
        room -= len(words) + len(span.address)
        if room < 0:
            left_out += 1
        else:
            links.append({"words": words, "address": span.address})
    return {"untrusted_links": None if article.structure is None else links, "links_left_out": left_out}


def values(corpus: Corpus, query: Query, facet: FacetName, limit: int) -> dict[str, Any]:
    """Return the most frequent values of a facet among the articles that a query finds."""
    size = max(1, min(limit, MOST_VALUES))
    shown = corpus.shown(query._replace(per_page=1, interval=None, suggests=False, facets=(facet,), facet_size=size))
    found = next(each for each in shown.facets if each.name is facet)
    return {
        **_reading(shown),
        "facet": FACETS[facet].plural,
        "different_values": found.distinct,
        "values": [{"key": each.key, "untrusted_name": each.label, "articles": each.count} for each in found.values],
    }


def trend(corpus: Corpus, query: Query, interval: Interval) -> dict[str, Any]:
    """Return how many articles a query finds in each period, and how many there are of all."""
    shown = corpus.shown(query._replace(per_page=1, facets=(), interval=interval))
    if shown.histogram is None or not shown.histogram.bars:
        return {**_reading(shown), "interval": None, "undated": 0, "periods": []}
    found = shown.histogram
    everything = Query(interval=found.interval, facets=(), per_page=1, since=query.since, until=query.until)
    all_bars = corpus.engine.search(everything).histogram
    totals = {bar.period: bar.count for bar in all_bars.bars} if all_bars else {}
    return {
        **_reading(shown),
        "interval": str(found.interval),
        "undated": found.undated,
        "periods": [
            {"period": bar.period, "articles": bar.count, "of_all": totals.get(bar.period, 0)} for bar in found.bars
        ],
    }


def receipt(corpus: Corpus, mark: str, per_page: int) -> dict[str, Any]:
    """Return the result of a search as it was kept, run again, with what differs.

    Raises:
        NotFound: There is no such receipt.
        PressmarkError: It was withdrawn, or cannot be run again.
    """
    found = corpus.store.receipts.get(mark.lower())
    if found is None or found.withdrawn is not None:
        raise NotFound(f"no receipt has the mark {mark[:40]!r}")
    pairs = parse_qsl(found.address, keep_blank_values=True)
    aliases = corpus.store.authors.aliases()
    again = understand(
        pairs,
        per_page=per_page,
        now=found.made,
        zone=zone_of(found),
        aliases=aliases,
        annotations=corpus.annotations(),
    )
    try:
        compared = compare(found, again.query, corpus.store, corpus.engine)
    except ValueError as error:
        raise PressmarkError(f"the receipt {found.mark} cannot be run again: {error}") from None
    return {
        "receipt": found.mark,
        "made": found.made.isoformat(timespec="seconds"),
        "untrusted_purpose": found.purpose,
        "read_as": found.read_as,
        "total": found.total,
        "found_now": compared.found,
        "checksum_agrees": compared.intact,
        "same_store": compared.same_store,
        **{name: len(getattr(compared, name)) for name in ("new", "withdrawn", "lost", "changed")},
    }


def facts(stored: StoredArticle) -> dict[str, Any]:
    """Return what is known of an article but its text."""
    return {
        "mark": stored.mark,
        "url": stored.article.url,
        "published": iso_date(stored.article.published),
        "source": stored.article.source,
        "language": stored.article.language,
        "untrusted_headline": headline(stored),
        "untrusted_authors": [author.name for author in stored.article.authors],
        "untrusted_section": stored.article.section,
    }


def _reading(shown: Shown) -> dict[str, Any]:
    return {
        "read_as": shown.read_as,
        "articles": shown.total,
        "articles_with_some_words": shown.more,
        "is_partial": shown.partial,
        "words_in_place_of_missing_ones": {typed: list(words) for typed, words in shown.substitutes},
        "did_you_mean": shown.suggestion,
        "notes": [*shown.query.notes, *shown.cut],
    }
