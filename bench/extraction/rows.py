"""Cases -> training rows: each page's blocks with their features and labels, kept on disk between runs."""

import hashlib
import pickle
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.extraction.labels import labels
from bench.extraction.truths import Case
from corpus.errors import ExtractError
from crawler.body.model.classifier import name_parts
from crawler.body.model.features import Frame, base_features, name_features
from crawler.markup.blocks import Blocks, segment
from crawler.markup.hints import read_page_hints
from crawler.markup.tree import gathered, parse

FOLDS = 5
MIN_DOMAINS = 5  # a name part seen on fewer sites is not learned
NEAR = 5  # how many ancestors' names are counted as a block's, its owner's being the first
PRIOR_DOMAINS = 2.0


@dataclass(slots=True)
class Sample:
    """One page's rows."""

    case: Case
    fold: int
    texts: list[str]
    columns: dict[str, NDArray[Any]]
    frame: Frame
    chosen: NDArray[np.bool_]
    weight: NDArray[np.float64]


def fold_of(domain: str) -> int:
    """Return the fold a site belongs to; all its pages, in every set, share it."""
    return zlib.crc32(domain.encode()) % FOLDS


def samples(cases: Iterable[Case], cache: Path | None = None) -> list[Sample]:
    """Segment, measure and label every page that has a true text."""
    found = []
    for case in cases:
        if not case.truth.get("text"):
            continue
        file = cache / (hashlib.sha1(str(case.file).encode()).hexdigest() + ".pickle") if cache else None
        if file and file.exists():
            sample = pickle.loads(file.read_bytes())
        else:
            sample = _sample(case)
            if file:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(pickle.dumps(sample))
        if sample:
            found.append(sample)
    return found


def _sample(case: Case) -> Sample | None:
    try:
        tree = parse(case.html())
    except ExtractError:
        return None
    blocks = segment(tree) if tree is not None else Blocks()
    if tree is None or not len(blocks):
        return None
    frame, columns = base_features(blocks, read_page_hints(gathered(tree)))
    for elements in (blocks.nodes, blocks.marked, blocks.images):
        elements.clear()  # lxml's elements cannot be pickled, and keep the tree
    chosen, weight = labels(blocks.texts, case.truth["text"])
    return Sample(case, fold_of(case.domain), blocks.texts, columns, frame, np.array(chosen), np.array(weight))


class NameTable:
    """How much each name part speaks for the story: the mean over sites, shrunk to the prior, as log-odds."""

    def __init__(self, rows: list[Sample]) -> None:
        self.counts: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
        self.folds: dict[str, int] = {}
        self.totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for row in rows:
            self._count(row)

    def _count(self, row: Sample) -> None:
        domain = row.case.domain
        self.folds[domain] = row.fold
        frame = row.frame
        names, tags = [*frame.blocks.names, ""], frame.tags
        for n in range(frame.count):
            parts = {f"<{tags[frame.owners[n]]}>", f"<{tags[frame.parent[n]]}>"}
            for at in frame.chain[:NEAR, n]:
                parts.update(name_parts(names[at]))
            positive, weight = row.weight[n] * row.chosen[n], row.weight[n]
            for part in parts:
                found = self.counts[part][domain]
                found[0] += positive
                found[1] += weight
            self.totals[domain][0] += positive
            self.totals[domain][1] += weight

    def scores(self, without: frozenset[int] = frozenset()) -> dict[str, float]:
        """Return the table made from all sites but those of some folds."""
        seen = [total for domain, total in self.totals.items() if self.folds[domain] not in without]
        prior = sum(a / b for a, b in seen) / len(seen)
        base = np.log(prior / (1 - prior))
        table = {}
        for part, domains in self.counts.items():
            shares = [a / b for domain, (a, b) in domains.items() if self.folds[domain] not in without and b > 0]
            if len(shares) < MIN_DOMAINS:
                continue
            mean = (sum(shares) + PRIOR_DOMAINS * prior) / (len(shares) + PRIOR_DOMAINS)
            mean = min(max(mean, 0.002), 0.998)
            table[part] = round(float(np.log(mean / (1 - mean)) - base), 3)
        return table


def matrix(row: Sample, table: dict[str, float], names: list[str]) -> NDArray[np.float32]:
    """Return a page's features, those of the learned names from `table`."""

    def scores(parts: list[tuple[str, ...]]) -> list[float]:
        return [sum(table.get(part, 0.0) for part in each) for each in parts]

    columns = row.columns | name_features(row.frame, scores)
    return np.column_stack([columns[name] for name in names]).astype(np.float32)
