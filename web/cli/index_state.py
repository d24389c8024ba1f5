"""The index of a corpus -> how far it is, how much is in it, and why it is to be rebuilt; read with little work."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from web.cli.context import Context

if TYPE_CHECKING:
    from indexer.storage.glance import Glance


@dataclass(frozen=True, slots=True)
class IndexState:
    """The last sequence that the index has, its articles, those with words that it lacks, why it is to be rebuilt.

    `articles` and `cut` are None where they are not known: an index that is damaged is not counted.
    """

    position: int
    articles: int | None
    trouble: str | None = None
    cut: int | None = 0


def index_state(context: Context) -> IndexState:
    """Return what the index is: by its table of contents where that is enough, else as the engine finds it."""
    if (quick := _glance(context)) is not None:
        return IndexState(quick.position, quick.articles, cut=quick.cut)
    engine = context.engine
    position, trouble = engine.position, None
    if engine.damage:
        trouble = f"the index is damaged and is rebuilt by the next search or `pressmark index`: {engine.damage}"
    elif engine.outdated:
        trouble = f"{engine.outdated}: the next search or `pressmark index` rebuilds it"
    if trouble or not position:  # what has to be built first is not asked
        return IndexState(position, None if trouble else 0, trouble, cut=None if trouble else 0)
    read = _glance(context)  # the engine has read it to its end
    return IndexState(position, len(engine), cut=read.cut if read is not None else None)


def _glance(context: Context) -> "Glance | None":
    """Return what the index says of itself in its table of contents; None where that is not enough."""
    if context.outline.engine != "whoosh":
        return None
    from indexer.contract.origin import origin
    from indexer.storage.glance import glance

    zone = context.outline.zone
    return glance(context.outline.index, lambda position: origin(context.store, position, zone))
