"""Score extraction on any folder of pages with truths, beside the libraries that are installed.

    python -m bench.extraction DIR... [--only pressmark --only trafilatura] [--limit 100] [--worst 20] [--chances FILE]

Each page goes through every reader in turn, in one process, and its CPU time is counted: a busy machine slows
all of them alike. The format of DIR is that of bench/extraction/truths.py. Figures of pages a model was trained
on flatter it: `--chances`, of `python -m bench.extraction.train DIR... --chances FILE`, gives the cross-validated ones.
"""

import argparse
import gc
import os
import pickle
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.extraction.peers import Reader, installed
from bench.extraction.score import body_counts, body_summary, summary
from bench.extraction.truths import Case, cases
from bench.extraction.unseen import unseen

Pairs = list[tuple[dict[str, Any], dict[str, Any]]]
Chances = dict[str, NDArray[np.float64]]  # file -> of its blocks, by trees that have not seen the page's site


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, score every set, print a table each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--only", action="append", help="a reader; give it more than once for more")
    parser.add_argument("--limit", type=int, help="pages of each set")
    parser.add_argument("--worst", type=int, default=0, help="show the pages with the worst body of ours")
    parser.add_argument("--chances", type=Path, help="of blocks, cross-validated: our body is read by them")
    options = parser.parse_args(arguments)
    if not options.folders:
        print("no pages to read: name a folder of pages with truths (its form: bench/extraction/truths.py)")
        return
    readers = installed(options.only)
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(", ".join(f"{name} {version}" for name, (_, version) in readers.items()))
    chances: Chances = pickle.loads(options.chances.read_bytes()) if options.chances else {}
    sets: dict[str, list[Case]] = {}
    for folder in options.folders:
        for case in cases(folder):
            sets.setdefault(case.set, []).append(case)
    for name, pages in sets.items():
        missing = sum(str(page.file) not in chances for page in pages)
        if chances:
            print(f"{name}: {missing} pages without cross-validated chances")
        calls = {reader: call for reader, (call, _) in readers.items()}
        run(name, pages[: options.limit], calls, options.worst, chances)


def run(name: str, pages: list[Case], readers: dict[str, Reader], worst: int, chances: Chances) -> None:
    """Score one set."""
    pairs: dict[str, Pairs] = {reader: [] for reader in readers}
    cpu, slowest, failed = dict.fromkeys(readers, 0.0), dict.fromkeys(readers, 0.0), dict.fromkeys(readers, 0)
    for count, case in enumerate(pages):
        html = case.html()
        for reader, call in readers.items():
            start = time.process_time()
            try:
                with unseen(chances.get(str(case.file))):
                    found = call(html, case.url or None)
            except Exception:
                found = {}
                failed[reader] += 1
            took = time.process_time() - start
            cpu[reader] += took
            slowest[reader] = max(slowest[reader], took)
            pairs[reader].append((case.truth, found))
        if count % 50 == 0:
            gc.collect()
            print(f"\r{name}: {count + 1} of {len(pages)}", end="", file=sys.stderr, flush=True)
    print(f"\r{name}, {len(pages)} pages" + " " * 20)
    for reader in readers:
        figures = "  ".join(f"{field} {value:.4f}" for field, value in summary(pairs[reader]).items())
        speed = f"{len(pages) / cpu[reader]:.1f} pages/CPU s, slowest {slowest[reader]:.2f} s, failed {failed[reader]}"
        print(f"  {reader:17}{figures}  {speed}")
    first = next(iter(readers))
    ranked = sorted(zip(pages, pairs[first], strict=True), key=lambda row: _f1(*row[1]))
    for case, (truth, found) in ranked[:worst]:
        print(f"  {_f1(truth, found):.2f} {case.file.name} {case.url[:90]}")


def _f1(truth: dict[str, Any], found: dict[str, Any]) -> float:
    return body_summary([body_counts(truth.get("text") or "", found.get("text") or "")]).f1


if __name__ == "__main__":
    main()
