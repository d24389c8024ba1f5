"""A batch of searches of the API: a list of queries in, how many articles each finds by period and by source out."""

from dataclasses import dataclass

from indexer.query.parameters import SINCE, UNTIL
from web.api.operations import Call, operation
from web.api.parameters import PERIOD, QUERIES
from web.batch.batch_page import as_json, batch_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCount:
    """A count of a batch, and the page of the search that it counts."""

    articles: int
    search: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPeriod:
    """The articles of a search in one period; `search` is their page."""

    period: str
    articles: int
    search: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSource:
    """The articles of a search from one source; `search` is their page, `key` what a filter calls the source."""

    source: str
    key: str
    articles: int
    search: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSearch:
    """One search of a batch, counted.

    Attributes:
        name: What the list calls it; else its query.
        read_as: How the search was read, in words.
        articles: How many it finds.
        search: The page of the search.
        partial: The counts are lower bounds: the time of the search was up.
        periods: Those with an article, in order.
        undated: Articles in none of the periods; null: none, or the search asks for dates.
        sources: At most 200, the one with the most articles first.
        notes: What of the search was not understood.
    """

    name: str
    query: str
    read_as: str
    articles: int
    search: str
    partial: bool
    periods: list[BatchPeriod]
    undated: BatchCount | None
    sources: list[BatchSource]
    notes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The searches of a list, counted, in its order.

    Attributes:
        interval: The width of the periods.
        notes: What of the list was not read or not counted: beyond 100 searches or 20 seconds.
    """

    interval: str
    searches: list[BatchSearch]
    notes: list[str]


@operation("GET", "/batch", "Counts", takes=(QUERIES, PERIOD, SINCE, UNTIL), gives=Batch)
def batch(call: Call) -> Batch:
    """Count the articles of many searches, by period and by source; `from` and `to` hold where a line says nothing."""
    record = as_json(batch_of(dict(call.pairs)))
    return Batch(
        interval=record["interval"],
        searches=[
            BatchSearch(
                **{
                    **each,
                    "periods": [BatchPeriod(**one) for one in each["periods"]],
                    "undated": each["undated"] and BatchCount(**each["undated"]),
                    "sources": [BatchSource(**one) for one in each["sources"]],
                }
            )
            for each in record["searches"]
        ],
        notes=record["notes"],
    )
