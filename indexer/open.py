"""The kind of engine -> the engine, opened."""

from pathlib import Path
from typing import Literal

from indexer.engine import SearchEngine

KINDS = ("stock", "whoosh")
MEMORY = 256 << 20  # bytes for building an index


def open_engine(
    path: Path,
    kind: str = "whoosh",
    *,
    memory: int = MEMORY,
    languages: tuple[str, ...] | Literal["auto"] = "auto",
) -> SearchEngine:
    """Open the search engine of a folder, made as needed.

    Args:
        path: The folder of the index.
        kind: `stock` is Whoosh with its own codec, `whoosh` the same with ours.
        memory: Bytes that building the index may take.
        languages: Whose word forms are known; `auto` takes those of the articles.
    """
    spoken = () if languages == "auto" else languages
    match kind:
        case "whoosh":
            from indexer.columnar.engine import ColumnarEngine

            return ColumnarEngine(path, memory=memory, languages=spoken)
        case "stock":
            from indexer.whoosh_engine import WhooshEngine

            return WhooshEngine(path, languages=spoken)
        case _:
            raise ValueError(f'engine = "{kind}": expected whoosh or stock')


def verify_index(path: Path) -> list[str]:
    """Return every problem of the index in a folder, a sentence each; none when it is as it was written."""
    from indexer.columnar.verifying import verify

    return verify(path)
