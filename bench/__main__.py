"""`python -m bench`: every comparison there is, one after the other. What was seen is in docs/benchmarks.md."""

import argparse
import importlib
import importlib.util
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the comparisons of search, ranking (with judged collections at hand), crawling and extraction."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, help="of the generated corpus")
    parser.add_argument("--judged", help="a folder of judged collections, see bench/ranking.py")
    parser.add_argument("--pages", help="a folder of judged pages, see bench/extraction")
    given = parser.parse_args(arguments)
    _run("bench.search", ["--articles", str(given.articles), "--stock", str(min(given.articles, 5000))])
    if given.judged:
        _run("bench.ranking", [given.judged])
    _run("bench.crawl", [])
    if importlib.util.find_spec("bench.extraction") is not None:
        _run("bench.extraction", [given.pages] if given.pages else [])


def _run(name: str, arguments: list[str]) -> None:
    print(f"\n== {name} {' '.join(arguments)}", flush=True)
    found = importlib.util.find_spec(f"{name}.__main__") if name != "bench.ranking" else None
    importlib.import_module(f"{name}.__main__" if found else name).main(arguments)


if __name__ == "__main__":
    main()
