"""The kind of engine -> the engine, opened."""

from pathlib import Path

from indexer.engine import SearchEngine

KINDS = ("stock",)


def open_engine(path: Path, kind: str = "whoosh") -> SearchEngine:
    """Open the search engine of a folder, made as needed.

    Args:
        path: The folder of the index.
        kind: `stock` is Whoosh with its own codec, `whoosh` the same with ours.
    """
    match kind:
        case "whoosh" | "stock":
            from indexer.whoosh_engine import WhooshEngine

            return WhooshEngine(path)
        case _:
            raise ValueError(f'engine = "{kind}": expected whoosh or stock')
