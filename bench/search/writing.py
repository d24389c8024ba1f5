"""How long one changed article takes to be found, and a commit of 500."""

import shutil
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from indexer.contract.protocol import Batch, Document, SearchEngine
from indexer.open import open_engine
from indexer.query.query import parse

ROUNDS = 10


def updates(folder: Path, articles: int) -> None:
    """Print wall and CPU milliseconds of updates to a copy of our index."""
    source = folder / f"pressmark-{articles}"
    copy = folder / "pressmark-updated"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(source, copy)
    engine = open_engine(copy)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    position = engine.position
    print("\nupdates of ours, ms (wall median, worst; CPU median)")
    for size in (1, 500):
        walls, cpus = [], []
        for number in range(ROUNDS):
            position += 1
            word = f"zzword{size}x{number}"
            documents = [Document(id=1 + at, headline=word, body=f"{word} the flood " * 100) for at in range(size)]
            wall, cpu = time.perf_counter(), time.process_time()
            _apply(engine, documents, position)
            total = engine.search(parse(word, now=now, zone=UTC)).total
            walls.append((time.perf_counter() - wall) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
            assert total == size
        print(f"{size:4} articles: {sorted(walls)[ROUNDS // 2]:8.1f}{max(walls):8.1f}{sorted(cpus)[ROUNDS // 2]:8.1f}")
    engine.close()
    shutil.rmtree(copy)


def _apply(engine: SearchEngine, documents: Sequence[Document], position: int) -> None:
    engine.apply([Batch(documents, (), position)])
