"""Train the judge of blocks on folders of pages with truths.

    python -m bench.extraction.train DIR... [--out crawler/body/model/weights.npz] [--cache DIR] [--no-cv]
        [--weight SET=0.5] [--chances FILE]

Prints the body figures of each set before cleaning, cross-validated by site in five folds: neither the trees nor the
tables of class names of a fold have seen its sites, and the rows the trees learn from never see their own site's table.
Then trains on all pages, and writes the trees and the table to one file.
"""

import argparse
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from bench.extraction.rows import FOLDS, NameTable, Sample, matrix, samples
from bench.extraction.score import body_counts, body_summary
from bench.extraction.truths import cases
from crawler.body.classify import verdict_of

TREES = 300
THRESHOLD = 0.4
SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 31,
    "learning_rate": 0.05,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "min_data_in_leaf": 30,
    "lambda_l2": 5,
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "seed": 1,
    "verbose": -1,
}
NAME_FEATURES = ("own", "parent", "grandparent", "near", "least", "most", "sum", "tag", "parent_tag")

Rows = NDArray[np.float32]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, cross-validate, train, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cache", type=Path, help="keep segmented pages here between runs")
    parser.add_argument("--no-cv", action="store_true")
    parser.add_argument("--weight", action="append", default=[], help="SET=0.5: how much a page of this set counts")
    parser.add_argument(
        "--chances", type=Path, help="write the cross-validated chances here, for bench.extraction.kinds"
    )
    options = parser.parse_args(arguments)
    pages = samples([case for folder in options.folders for case in cases(folder)], options.cache)
    names = [*pages[0].columns, *(f"k_{name}" for name in NAME_FEATURES)]
    table = NameTable(pages)
    for page in pages:
        page.weight = page.weight * _weights(options.weight).get(page.case.set, 1.0)
    if not options.no_cv:
        chances = cross_validated(pages, table, names)
        if options.chances:
            by_file = {str(page.case.file): found for page, found in zip(pages, chances, strict=True)}
            options.chances.write_bytes(pickle.dumps(by_file))
        report(pages, chances)
    if options.out:
        booster, scores = train_all(pages, table, names)
        write(options.out, [booster], scores, names)
        print(f"wrote {options.out}: {options.out.stat().st_size / 1000:.0f} kB")


def _weights(written: Sequence[str]) -> dict[str, float]:
    return {name: float(value) for name, _, value in (text.partition("=") for text in written)}


def cross_validated(pages: list[Sample], table: NameTable, names: list[str]) -> list[NDArray[np.float64]]:
    """Return each page's chances, from a model that has not seen its site."""
    chances: list[NDArray[np.float64]] = [np.zeros(0)] * len(pages)
    for fold in range(FOLDS):
        rows = [page for page in pages if page.fold != fold]
        tables = {other: table.scores(frozenset({fold, other})) for other in range(FOLDS) if other != fold}
        booster = fit(rows, [matrix(page, tables[page.fold], names) for page in rows])
        unseen = table.scores(frozenset({fold}))
        for n, page in enumerate(pages):
            if page.fold == fold:
                chances[n] = np.asarray(booster.predict(matrix(page, unseen, names), num_threads=1))
    return chances


def train_all(pages: list[Sample], table: NameTable, names: list[str]) -> tuple[lightgbm.Booster, dict[str, float]]:
    """Train on every page; the rows of a fold are made with the table of the other folds."""
    tables = {fold: table.scores(frozenset({fold})) for fold in range(FOLDS)}
    return fit(pages, [matrix(page, tables[page.fold], names) for page in pages]), table.scores()


def fit(pages: list[Sample], rows: list[Rows]) -> lightgbm.Booster:
    """Train the trees on pages' rows."""
    weights = np.concatenate([trusted(page) for page in pages])
    labels = np.concatenate([page.chosen for page in pages]).astype(int)
    options = {"max_bin": SETTINGS["max_bin"], "num_threads": 1, "verbose": -1}
    data = lightgbm.Dataset(np.concatenate(rows), labels, weight=weights / weights.mean(), params=options)
    return lightgbm.train(SETTINGS, data, TREES)


def trusted(page: Sample) -> NDArray[np.float64]:
    """Return a page's weights: 0 where prose goes on beside a truth that stopped short.

    Some truths end in the middle of their story; learning from what follows would teach that stories end so.
    """
    weights, frame = page.weight.copy(), page.frame
    found = np.flatnonzero(page.chosen & frame.good)
    if len(found):
        last = found[-1]
        beyond = np.flatnonzero((frame.parent == frame.parent[last]) & frame.good & (np.arange(frame.count) > last))
        if len(beyond) >= 2 and beyond[0] - last <= 4 and frame.amount[beyond].sum() > 400:
            weights[last + 1 : beyond[-1] + 1] = 0.0
    return weights


def report(pages: list[Sample], chances: list[NDArray[np.float64]]) -> None:
    """Print body figures by set and threshold, before cleaning: its rules need the tree, which no sample has."""
    for name in sorted({page.case.set for page in pages}):
        mine = [(page, chance) for page, chance in zip(pages, chances, strict=True) if page.case.set == name]
        for limit in (0.35, 0.4, 0.45, 0.5, 0.55):
            found = body_summary([_counts(page, chance, limit) for page, chance in mine])
            print(f"{name} n={len(mine)} threshold {limit}: F1 {found.f1:.4f} "
                  f"(precision {found.precision:.4f}, recall {found.recall:.4f}, empty {found.empty})")  # fmt: skip


def _counts(page: Sample, chances: NDArray[np.float64], limit: float) -> tuple[int, int, int]:
    chosen = verdict_of(chances, limit).chosen
    return body_counts(page.case.truth["text"], "\n".join(page.texts[n] for n in chosen))


def write(file: Path, boosters: list[lightgbm.Booster], table: dict[str, float], names: list[str]) -> None:
    """Write the trees as arrays, one row a tree, and the table of names; of several boosters their mean."""
    trees = [_flat(tree["tree_structure"]) for booster in boosters for tree in booster.dump_model()["tree_info"]]
    used = sorted({int(node[0]) for tree in trees for node in tree[0]})
    place = {feature: n for n, feature in enumerate(used)}
    width = max(len(tree[0]) for tree in trees)
    arrays = {name: np.zeros((len(trees), width), kind) for name, kind in _ARRAYS.items()}
    for row, (nodes, _) in enumerate(trees):
        for n, (feature, split, left, right, value) in enumerate(nodes):
            arrays["feature"][row, n] = place[int(feature)]
            arrays["split"][row, n] = split
            arrays["left"][row, n], arrays["right"][row, n] = left, right
            arrays["value"][row, n] = value / len(boosters)
    words = [word for word, score in sorted(table.items()) if abs(score) >= 0.05]
    np.savez_compressed(
        file,
        **arrays,
        depth=max(depth for _, depth in trees),
        features="\n".join(names[n] for n in used),
        names="\n".join(words),
        scores=np.array([table[word] for word in words], np.float16),
        threshold=THRESHOLD,
    )


_ARRAYS = {"feature": np.uint8, "split": np.float32, "left": np.uint8, "right": np.uint8, "value": np.float32}

Node = tuple[int, float, int, int, float]


def _flat(root: dict[str, Any]) -> tuple[list[Node], int]:
    """Number a tree's nodes from its root; a leaf is its own child. Also return its depth."""
    nodes: list[Node] = []
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        at = len(nodes)
        nodes.append((0, np.inf, at, at, float(node.get("leaf_value", 0.0))))
        if "split_feature" in node:
            left, right = add(node["left_child"], depth + 1), add(node["right_child"], depth + 1)
            nodes[at] = (node["split_feature"], node["threshold"], left, right, 0.0)
        return at

    add(root, 0)
    return nodes, deepest


if __name__ == "__main__":
    main()
