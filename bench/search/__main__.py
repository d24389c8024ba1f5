"""`python -m bench.search --articles 100000`: build every index, ask every engine the same, print the tables."""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.search import corpus
from bench.search.asking import KINDS, Ask, questions
from bench.search.building import Built, Engine, build, opened
from bench.search.writing import updates
from indexer.storage.kernel import kernel

Times = dict[tuple[str, str], list[tuple[float, float]]]  # engine and kind -> cold and warm milliseconds

US, PEERS, STOCK = "pressmark", ("tantivy", "fts5"), "stock whoosh"


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare at one size, and with stock Whoosh at the size it can bear."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--stock", type=int, default=10_000, help="articles for stock Whoosh (0: leave it out)")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=PEERS)
    parser.add_argument("--queries", type=int, default=40, help="of each kind")
    parser.add_argument("--folder", type=Path, help="where corpora and indexes stay for the next run")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-search-") as scratch:
        folder = given.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        compare(folder, given.articles, (US, *given.peers), given.queries)
        if given.stock:
            compare(folder, min(given.stock, given.articles), (US, STOCK), max(5, given.queries // 4))
        updates(folder, given.articles)


def compare(folder: Path, articles: int, names: Sequence[str], each: int) -> None:
    """Build and ask engines over a corpus of one size."""
    path = folder / f"{articles}.jsonl"
    text = corpus.write(path, articles)
    loops = "with the compiled kernel" if kernel() else "without the compiled kernel"
    print(f"\n{articles:,} articles, {text / 1e6:,.0f} MB of text; CPU time of one process; {loops}", flush=True)
    print(f"{'':16}{'articles/s':>12}{'seconds':>9}{'index/text':>12}{'peak MB':>9}")
    places = {name: folder / f"{name.replace(' ', '-')}-{articles}" for name in names}
    for name in names:
        show_built(name, build(name, path, places[name]), articles, text)
    engines = {name: opened(name, places[name]) for name in names}
    show(names, times(engines, questions(path, each)))
    for engine in engines.values():
        engine.close()


def times(engines: dict[str, Engine], asked: list[Ask]) -> Times:
    """Ask every engine every query in turn, twice in a row; return (engine, kind) -> milliseconds of both.

    The first answer is cold, as nobody has asked for these words before; the second has what the first left behind.
    """
    found: Times = {(name, kind): [] for name in engines for kind in KINDS}
    for engine in engines.values():
        engine.ask(asked[0])  # imports and the first look at the files
    for ask in asked:
        for name, engine in engines.items():
            began = time.process_time()
            total = engine.ask(ask)
            between = time.process_time()
            engine.ask(ask)
            if total is not None:
                found[name, ask.kind].append(((between - began) * 1000, (time.process_time() - between) * 1000))
    return found


def show_built(name: str, built: Built, articles: int, text: int) -> None:
    """Print one line of the table of indexes."""
    rate = f"{articles / built.cpu:12,.0f}"
    print(f"{name:16}{rate}{built.cpu:9.1f}{built.size / text:12.2f}{built.memory / 1e6:9.0f}", flush=True)


def show(names: Sequence[str], found: Times) -> None:
    """Print percentiles of cold answers, medians of warm ones, and our cold median by each peer's."""
    us, others = names[0], names[1:]
    heads = "".join(f"{name:>16} p50     p95     p99    warm" for name in names)
    print(f"\n{'ms, cold':10}{heads}" + "".join(f"{'/ ' + name:>16}" for name in others))
    for kind in KINDS:
        cold = {name: shape([first for first, _ in found[name, kind]]) for name in names}
        warm = {name: shape([second for _, second in found[name, kind]])[0] for name in names}
        line = "".join(
            f"{half:>20.2f}{most:>8.2f}{worst:>8.2f}{warm[name]:>8.2f}" for name, (half, most, worst) in cold.items()
        )
        ratios = (f"{cold[us][0] / cold[name][0]:>16.2f}" if cold[name][0] else f"{'-':>16}" for name in others)
        print(f"{kind:10}{line}{''.join(ratios)}", flush=True)


def shape(values: list[float]) -> tuple[float, float, float]:
    """Return the median, the 95th and the 99th percentile; nought when there are none."""
    if not values:
        return 0.0, 0.0, 0.0
    ordered = sorted(values)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[int(len(ordered) * 0.99)]


if __name__ == "__main__":
    main()
