"""A stream of pages among other things -> each with its extraction, in order, on all cores."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from corpus.errors import ExtractError
    from crawler.pool.workers import Workers
    from crawler.values import Extraction, Page

BATCH = 256  # items read ahead; a page is some 100 kB

_Item = TypeVar("_Item")


def in_order(
    items: "Iterable[tuple[_Item, Page | None]]", workers: "Workers"
) -> "Iterator[tuple[_Item, Extraction | ExtractError | None]]":
    """Give each item with the extraction of its page, or with None when it has no page."""
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        extracted = workers.map(page for _, page in batch if page is not None)
        for item, page in batch:
            yield item, None if page is None else next(extracted)
