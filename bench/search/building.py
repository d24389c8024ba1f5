"""One engine builds its index in a process of its own: `python -m bench.search.building NAME CORPUS FOLDER`."""

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bench.search.asking import Ask
from bench.search.corpus import read


class Engine(Protocol):
    """What the comparison asks of an engine."""

    def build(self, batches: Iterator[list[dict[str, Any]]]) -> None:
        """Index all articles."""

    def ask(self, ask: Ask) -> int | None:
        """Answer a query and return how many were found; None when the engine has no such query."""

    def close(self) -> None:
        """Close the files."""


@dataclass(frozen=True, slots=True)
class Built:
    """What building took: CPU seconds of all processes, wall seconds, peak memory of one, index size in bytes."""

    cpu: float
    wall: float
    memory: int
    size: int


def opened(name: str, folder: Path) -> Engine:
    """Open an engine by its name in the comparison."""
    match name:
        case "fts5":
            from bench.search.fts5 import Fts5

            return Fts5(folder)
        case "tantivy":
            from bench.search.tantivy_peer import Tantivy

            return Tantivy(folder)
        case "stock whoosh":
            from bench.search.stock import Stock

            return Stock(folder)
    from bench.search.ours import Ours

    return Ours(folder, {"pressmark": "columnar", "pressmark stock": "stock"}[name])


def build(name: str, corpus: Path, folder: Path) -> Built:
    """Build in a process of its own, so that its memory is only its own; an index that is there is used again."""
    result = folder.with_suffix(".json")
    if not result.exists():
        command = [sys.executable, "-m", "bench.search.building", name, str(corpus), str(folder)]
        result.write_text(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return Built(**json.loads(result.read_text()))


def _timed(corpus: Path, reading: list[float]) -> Iterator[list[dict[str, Any]]]:
    """The corpus batch by batch, the CPU time of reading it noted apart."""
    batches = read(corpus)
    while True:
        began = time.thread_time()
        batch = next(batches, None)
        reading[0] += time.thread_time() - began
        if batch is None:
            return
        yield batch


def main(name: str, corpus: str, folder: str) -> None:
    """Build, and print what it took as JSON."""
    engine = opened(name, Path(folder))
    reading = [0.0]
    cpu, wall = time.process_time(), time.perf_counter()
    engine.build(_timed(Path(corpus), reading))
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    apart = getattr(engine, "apart", (reading[0], reading[0]))  # ours has stored the articles first
    cpu = time.process_time() - cpu + children.ru_utime + children.ru_stime - apart[0]
    wall = time.perf_counter() - wall - apart[1]
    engine.close()
    peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) * 1024
    peak = max(peak, children.ru_maxrss * 1024)
    size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    print(json.dumps({"cpu": cpu, "wall": wall, "memory": peak, "size": size}))


if __name__ == "__main__":
    main(*sys.argv[1:])
