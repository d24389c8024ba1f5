"""A search -> its receipt; a receipt and today's result -> what changed since.

A receipt holds the articles that a search found, in their order, so that a count in a text can be checked later: which
articles came, which were withdrawn, which changed, and which are no longer found though they stand.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from corpus import VERSION
from corpus.store import ArticleStore
from corpus.store.desk.receipts import Fact, Receipt
from corpus.texts import text
from indexer.analysis import version as analysis
from indexer.contract.periods import EPOCH
from indexer.contract.protocol import SearchEngine
from indexer.contract.values import Query
from indexer.query.describe import describe
from indexer.results.addressed import stored_at

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
MOST = 1_000_000  # articles of a receipt: 16 bytes each


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the articles of a receipt.

    Attributes:
        same_store: The receipt is of this store; otherwise there is nothing to compare, and all lists are empty.
        intact: The marks of its articles still have its checksum.
        found: How many articles the search finds today.
        new: Found today and not then.
        withdrawn: Found then, and their text was taken away since.
        lost: Found then and standing, but not found today: their text, or the way a query is read, is another.
        changed: Found then and today, with another text or other facts.
        engine: What reads the query today.
    """

    same_store: bool
    intact: bool
    found: int
    new: tuple[int, ...]
    withdrawn: tuple[int, ...]
    lost: tuple[int, ...]
    changed: tuple[int, ...]
    engine: str

    @property
    def is_unchanged(self) -> bool:
        """Whether the same articles are found, as they were."""
        return self.same_store and self.intact and not (self.new or self.withdrawn or self.lost or self.changed)


def reader() -> str:
    """Return what reads queries here: the product's version, and that of the analysis of words."""
    return text("Pressmark {version}, analysis {n}", version=VERSION, n=analysis.VERSION)


def make(
    query: Query, address: str, store: ArticleStore, engine: SearchEngine, *, who: str, purpose: str, now: datetime
) -> Receipt:
    """Run a search and return its receipt, not stored yet.

    Raises:
        ValueError: It finds more than MOST articles, or the engine could not list all of them.
    """
    ids, position = _ids(query, engine, store)
    facts, checksum = store.receipts.facts(ids)
    return Receipt(
        made=now,
        who=who,
        purpose=purpose,
        address=address,
        read_as=describe(fixed(query)),
        zone=str(getattr(now.tzinfo, "key", "UTC")),
        engine=reader(),
        store=store.history(0) or "",
        sequence=position,
        total=len(facts),
        checksum=checksum,
        facts=tuple(facts),
    )


def fixed(query: Query) -> Query:
    """Return the query with its relative dates, such as `-7d`, written as the days they are."""
    since, until = query.since, query.until
    if since and not _DAY.fullmatch(since.text):
        since = replace(since, text=_written(since.start))
    if until and not _DAY.fullmatch(until.text):
        until = replace(until, text=_written(until.end - 1))
    return query._replace(since=since, until=until)


def _written(minute: int) -> str:
    return (EPOCH + timedelta(minutes=minute)).date().isoformat()


def compare(receipt: Receipt, query: Query, store: ArticleStore, engine: SearchEngine) -> Comparison:
    """Run the search of a receipt again and tell the difference.

    Args:
        query: What the receipt's address asks, read as of the day it was made.

    Raises:
        ValueError: It finds more than MOST articles, or the engine could not list all of them.
    """
    ids, _ = _ids(query, engine, store)
    if receipt.store != store.history(0):
        return Comparison(False, False, len(ids), (), (), (), (), reader())
    then, today = {each.id: each for each in receipt.facts}, set(ids)
    facts, _ = store.receipts.facts([*then, *(id for id in ids if id not in then)])
    standing = {each.id: each for each in facts}
    return Comparison(
        same_store=True,
        intact=store.receipts.checksum(then) == receipt.checksum,
        found=sum(id in standing for id in ids),
        new=tuple(id for id in ids if id not in then and id in standing),
        withdrawn=tuple(id for id in then if id not in standing),
        lost=tuple(id for id in then if id in standing and id not in today),
        changed=tuple(id for id in then if id in today and _differs(standing.get(id), then[id])),
        engine=reader(),
    )


def _differs(standing: Fact | None, then: Fact) -> bool:
    return standing is not None and standing.digest != then.digest


def found_ids(query: Query, engine: SearchEngine, store: ArticleStore) -> list[int]:
    """Return the ids of all articles that a search finds, in its order; of a pressmark or an address the one article.

    Raises:
        ValueError: It finds more than MOST articles, or the engine could not list all of them.
    """
    return _ids(query, engine, store)[0]


def _ids(query: Query, engine: SearchEngine, store: ArticleStore) -> tuple[list[int], int]:
    if stored := stored_at(query.text, store):
        return [stored.id] if stored.withdrawn is None else [], engine.position
    listing = engine.listing(query)
    if listing.total > MOST:
        raise ValueError(
            text(
                "the search finds {n:,} articles, and at most {most:,} can be held: narrow it",
                n=listing.total,
                most=MOST,
            )
        )
    if listing.partial or len(listing.ids) < listing.total:
        raise ValueError(
            text(
                "the index lists only {some:,} of {all:,} articles: narrow the search",
                some=len(listing.ids),
                all=listing.total,
            )
        )
    return [int(id) for id in listing.ids], listing.position
