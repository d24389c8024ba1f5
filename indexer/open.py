"""The kind of engine -> the engine, opened."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from indexer.contract.protocol import SearchEngine

if TYPE_CHECKING:
    from corpus.config import Config
    from corpus.store import ArticleStore
    from indexer.self_repair import Healing

KINDS = ("stock", "columnar")
SPELLINGS = {"whoosh": "columnar"}  # config.toml's `engine` -> its kind: an index that Whoosh opens
MEMORY = 256 << 20  # bytes for building an index


def open_engine(
    path: Path,
    kind: str = "columnar",
    *,
    memory: int = MEMORY,
    languages: tuple[str, ...] | Literal["auto"] = "auto",
) -> SearchEngine:
    """Open the search engine of a folder, made as needed.

    Args:
        path: The folder of the index.
        kind: One of KINDS, or a spelling of SPELLINGS. `stock` is Whoosh with its own codec, `columnar` with ours.
        memory: Bytes that building the index may take.
        languages: Whose word forms are known; `auto` takes those of the articles.

    Raises:
        ValueError: there is no such kind.
    """
    spoken = () if languages == "auto" else languages
    match SPELLINGS.get(kind, kind):
        case "columnar":
            from indexer.columnar.engine import ColumnarEngine

            return ColumnarEngine(path, memory=memory, languages=spoken)
        case "stock":
            from indexer.stock import WhooshEngine

            return WhooshEngine(path, languages=spoken)
        case _:
            raise ValueError(f'engine = "{kind}": expected columnar or stock')


def open_healing(
    config: "Config", store: Callable[[], "ArticleStore"], *, wait: bool, say: Callable[[str], object] | None = None
) -> "Healing":
    """Open the index of a corpus; when it is damaged or missing, it is built anew from the store.

    Args:
        store: Opens the store, or returns the open one; called when there is something to heal, in any thread.
        wait: Let a search wait for that; otherwise it goes on in a thread, and IndexHealing is raised meanwhile.
        say: Told what happens, a sentence each; the log when None.
    """
    from indexer.columnar.engine import ColumnarEngine
    from indexer.self_repair import Healing, Progress, log

    given = config.indexer
    languages = () if given.languages == "auto" else given.languages

    def build(progress: Progress) -> object:
        from indexer.rebuild import rebuild

        return rebuild(store(), config.index, zone=config.zone, memory=given.memory, progress=progress)

    engine = ColumnarEngine(config.index, memory=given.memory, languages=languages)
    return Healing(engine, build, lambda: store().sequence > 0, wait=wait, say=say or log.warning)


def verify_index(path: Path) -> list[str]:
    """Return every problem of the index in a folder, a sentence each; none when it is as it was written."""
    from indexer.storage.check_index import verify

    return verify(path)
