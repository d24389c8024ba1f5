"""Document -> the fields of a Whoosh document, and the schema they follow."""

from collections.abc import Iterator
from typing import Any

from indexer.analysis import version
from indexer.analysis.joined import placed_forms
from indexer.contract.facets import INDEXED
from indexer.contract.protocol import Document
from indexer.contract.values import TextField
from indexer.stock.upstream import (
    COLUMN,
    ID,
    STORED,
    TEXT,
    NumericColumn,
    Schema,
    Token,
    Tokenizer,
    VarBytesColumn,
)

VERSION = f"3.{version.VERSION}"
STATE = "state"  # the key of the one document that is no article; it holds the position
UNDATED = -(2**62)
BETWEEN = b"\n"  # values of a facet; no key holds it


class Forms(Tokenizer):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's tokenizer of our surface forms."""

    def __call__(self, value: str, positions: bool = False, start_pos: int = 0, **_: Any) -> Iterator[Any]:
        """Yield a token for each form; Whoosh's own convention is one token object, changed each time."""
        token = Token(positions, mode="index")
        found, placed = placed_forms(value)
        at = [*enumerate(found), *placed]
        for position, form in sorted(at, key=lambda one: one[0]):
            token.text = form
            token.boost = 1.0
            token.stopped = False
            if positions:
                token.pos = start_pos + position
            yield token


def schema() -> Any:
    """Return the schema of an index."""
    fields: dict[str, Any] = {field.value: TEXT(analyzer=Forms(), phrase=True) for field in TextField}
    numbers = {
        name: COLUMN(NumericColumn("q", default=UNDATED))
        for name in ("number", "published", "latest", "added", "leader")
    }
    facets = {facet.value: COLUMN(VarBytesColumn()) for facet in INDEXED}
    return Schema(
        key=ID(unique=True),
        held=STORED(),
        **fields,
        **numbers,
        **facets,
    )


def fields(document: Document) -> dict[str, Any]:
    """Return the fields of one article; what it does not say is left out."""
    texts = {field.value: getattr(document, field.value) for field in TextField}
    found: dict[str, Any] = {
        "key": str(document.id),
        "held": f"{document.headline}\n{document.standfirst}\n{document.body}",
        "number": document.id,
        "added": document.added,
        "leader": document.copy_of or document.id,
        "published": document.published,
        "latest": None if document.published is None else document.published + document.span,
        **{name: BETWEEN.join(key.encode() for key in keys) for name, keys in document.facets.items()},
        **texts,
    }
    return {str(name): value for name, value in found.items() if value not in (None, "", b"")}


def state(position: int) -> dict[str, Any]:
    """Return the fields of the document that holds the position."""
    return {"key": STATE, "held": {"position": position, "version": VERSION}}
