"""The Whoosh schema of the index: the same texts as the stock engine's, and the columns by the same names."""

from functools import cache
from typing import Any

from indexer.stock.schema import schema as stock_schema


@cache
def schema() -> Any:
    """Return the schema; the texts themselves are not stored."""
    found = stock_schema()
    found.remove("held")
    return found
