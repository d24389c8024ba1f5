"""Train the judge of pages on folders of pages whose kinds are known, and say what the whole extraction takes them for.

    python -m bench.extraction.kinds DIR... [--chances FILE] [--out crawler/extraction/kinds.npz] [--cache DIR]

Cross-validated by site in five folds, tables of names included. `--chances` are those of `bench.extraction.train
--chances`, of trees that have not seen a page's site: without them the judge of blocks is surer than on other pages.
Prints, for each kind, how many pages are taken for articles: by the rules alone, and with the judge.
"""

import argparse
import pickle
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import lightgbm
import numpy as np
from numpy.typing import NDArray

from bench.extraction.rows import FOLDS, fold_of
from bench.extraction.train import SETTINGS, write
from bench.extraction.truths import Case, cases
from corpus.errors import ExtractError
from crawler.body.classify import frame_of, judge
from crawler.extraction.collection import BY_JUDGE, LIMITS, SURE, agreed, decisive, is_signed, said_of, states_story
from crawler.extraction.extract import extract
from crawler.extraction.fields import read_fields
from crawler.extraction.kind_evidence import read_evidence
from crawler.extraction.page_features import likely_blocks, page_features
from crawler.extraction.page_judge import name_numbers, page_names
from crawler.extraction.page_pieces import page_pieces
from crawler.extraction.page_structure import page_structure
from crawler.markup.blocks import segment
from crawler.markup.hints import read_page_hints
from crawler.markup.metadata import read_metadata
from crawler.markup.tree import gathered, parse
from crawler.markup.view import PageView
from crawler.values import Extraction, Page

COLLECTIONS = frozenset({"listing", "product", "collection", "forum"})
OTHER_WEIGHT = 0.5  # of pages that are neither: prose of services and handbooks, which is no press and no list
TREES = 250
MIN_SITES = 4  # a word of a name that is seen on fewer is not learned
PRIOR_SITES = 3.0
SEEDS = (1, 2)
LOST = 12  # pages taken for articles that one lost article outweighs: an archive is searched for what is in it
GIVEN = {"": SURE, "certain": LIMITS["certain"], "denied": LIMITS["denied"]}  # limits that no page decides
LEAST = {"one": 0.45}  # which no limit may be below: pages of our own
_LIMITS = [0.01, 0.02, 0.03, 0.05, 0.07, *(round(0.02 * n, 2) for n in range(5, 50)), 1.0]  # 1: never
SHIPPED = {"": SURE, **LIMITS}
KINDS = SETTINGS | {"num_leaves": 15, "bagging_fraction": 0.8, "min_data_in_leaf": 8, "lambda_l2": 3}


@dataclass(frozen=True, slots=True)
class PageSample:
    """One page: its numbers and names, what it is, and what the rules take it for.

    `fact` is what agrees with the judge: the key of `LIMITS` that decides; "story" (it is never asked); or nothing.
    """

    file: str
    site: str
    fold: int
    kind: str
    numbers: dict[str, float]
    names: frozenset[str]
    by_rule: str
    fact: str

    @property
    def is_collection(self) -> bool:
        return self.kind in COLLECTIONS

    @property
    def is_story(self) -> bool:
        return self.kind == "article"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, cross-validate, print, train on all pages, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--chances", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--likely", type=Path, help="write the cross-validated likelihoods here")
    parser.add_argument("--cache", type=Path, help="keep what was read of the pages in this file")
    parser.add_argument("--wrong", action="store_true", help="name the pages that the shipped limits take for another")
    options = parser.parse_args(arguments)
    if options.cache and options.cache.exists():
        pages = pickle.loads(options.cache.read_bytes())
    else:
        chances = pickle.loads(options.chances.read_bytes()) if options.chances else {}
        found = (sample(case, chances) for folder in options.folders for case in cases(folder))
        pages = [page for page in found if page]
        if options.cache:
            options.cache.write_bytes(pickle.dumps(pages))
    likely = cross_validated(pages)
    if options.likely:
        options.likely.write_bytes(pickle.dumps(likely))
    report(pages, likely)
    if options.wrong:
        known = [
            (page, chance) for page, chance in zip(pages, likely, strict=True) if page.is_collection or page.is_story
        ]
        for page, chance in known:
            if _is_taken(page, chance, SHIPPED) != page.is_story:
                print(f"{page.kind} {chance:.3f} {page.fact or 'alone'} {page.by_rule} {page.file}")
    if options.out:
        features = [*pages[0].numbers, *name_numbers(frozenset(), {})]
        unseen = {fold: name_table(pages, frozenset({fold})) for fold in range(FOLDS)}
        rows = [row(page, unseen[page.fold]) for page in pages]
        write(options.out, [fit(pages, rows, seed) for seed in SEEDS], name_table(pages), features)
        print(f"wrote {options.out}: {options.out.stat().st_size / 1000:.0f} kB")


def sample(case: Case, chances: dict[str, NDArray[np.float64]]) -> PageSample | None:
    """Read one page as the extraction does; None when it has no block."""
    address = case.url or "https://page.invalid/page"
    page = Page(url=address, address=address, source="bench", content=case.html(), fetched=datetime.now(UTC))
    try:
        tree = parse(page.content)
        by_rule = _by_rule(extract(page))
    except ExtractError:
        return None
    blocks = segment(tree) if tree is not None else None
    if tree is None or not blocks:
        return None
    frame = frame_of(blocks)
    verdict = judge(frame, read_page_hints(parts := gathered(tree)))
    metadata = read_metadata(tree, address, parts)
    view = PageView(page=page, tree=tree, blocks=blocks, metadata=metadata, chosen=verdict.chosen)
    fields = read_fields(view, parts)
    evidence = read_evidence(view, fields, controls=False)
    unseen = chances.get(str(case.file))
    given = unseen if unseen is not None and len(unseen) == len(blocks) else np.array(verdict.chances)
    numbers = page_features(frame, given, parts, address, said=said_of(fields, evidence))
    chosen = likely_blocks(given)
    structure, pieces = page_structure(frame, chosen, tree, address), page_pieces(frame, chosen)
    is_story = states_story(view, evidence)
    facts = agreed(metadata, address, numbers, structure=structure, pieces=pieces)
    fact = decisive(facts, is_story=is_story, is_signed=is_signed(numbers))
    fact = fact or ("story" if is_story else "")
    names = page_names(frame, tree, parts, address=address, metadata=metadata)
    return PageSample(str(case.file), case.domain, fold_of(case.domain), case.kind, numbers, names, by_rule, fact)


def _by_rule(extraction: Extraction) -> str:
    return "article" if extraction.reason.startswith(BY_JUDGE) else extraction.kind.value


def name_table(pages: list[PageSample], without: frozenset[int] = frozenset()) -> dict[str, float]:
    """Return how much each word of a name speaks for a collection: the mean over sites, shrunk, as log-odds."""
    sites: dict[str, list[bool]] = defaultdict(list)
    words: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for page in pages:
        if page.fold not in without:
            sites[page.site].append(page.is_collection)
            for name in page.names:
                words[name][page.site].append(page.is_collection)
    prior = float(np.mean([np.mean(found) for found in sites.values()]))
    table = {}
    for name, by_site in words.items():
        if len(by_site) >= MIN_SITES:
            share = (sum(float(np.mean(found)) for found in by_site.values()) + PRIOR_SITES * prior) / (
                len(by_site) + PRIOR_SITES
            )
            share = min(max(share, 0.005), 0.995)
            table[name] = round(float(np.log(share / (1 - share)) - np.log(prior / (1 - prior))), 3)
    return table


def row(page: PageSample, table: dict[str, float]) -> list[float]:
    """Return a page's numbers, those of its names from `table`."""
    return [*page.numbers.values(), *name_numbers(page.names, table).values()]


def fit(pages: list[PageSample], rows: list[list[float]], seed: int) -> lightgbm.Booster:
    """Train the trees; pages of neither kind weigh less."""
    weights = [1.0 if page.is_collection or page.kind == "article" else OTHER_WEIGHT for page in pages]
    labels = np.array([page.is_collection for page in pages], int)
    data = lightgbm.Dataset(np.array(rows, np.float32), labels, weight=weights, params={"max_bin": 63, "verbose": -1})
    return lightgbm.train(KINDS | {"seed": seed}, data, TREES)


def cross_validated(pages: list[PageSample]) -> list[float]:
    """Return how likely each page is a collection, by trees and tables that have not seen its site."""
    likely = [0.0] * len(pages)
    for fold in range(FOLDS):
        seen = [page for page in pages if page.fold != fold]
        tables = {other: name_table(pages, frozenset({fold, other})) for other in range(FOLDS)}
        rows = [row(page, tables[page.fold]) for page in seen]
        boosters = [fit(seen, rows, seed) for seed in SEEDS]
        at = [n for n, page in enumerate(pages) if page.fold == fold]
        unseen = np.array([row(pages[n], tables[fold]) for n in at], np.float32)
        odds = np.mean([booster.predict(unseen, raw_score=True) for booster in boosters], axis=0)
        for n, value in zip(at, odds, strict=True):
            likely[n] = float(1 / (1 + np.exp(-value)))
    return likely


def report(pages: list[PageSample], likely: list[float]) -> None:
    """Print, for each kind, how many pages are taken for articles: by the rules, and with the judge at limits that
    were chosen on the other folds, on all of them, and at those that ship; then the limits of all folds."""
    at_folds = {fold: limits(pages, likely, without=fold) for fold in range(FOLDS)}
    on_all = limits(pages, likely)
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    for page, chance in zip(pages, likely, strict=True):
        count = taken[page.kind]
        count["pages"] += 1
        by_rule = page.by_rule == "article"
        count["rules"] += by_rule
        for name, chosen in (("unseen limits", at_folds[page.fold]), ("all", on_all), ("shipped", SHIPPED)):
            count[name] += _is_taken(page, chance, chosen)
    for kind, count in sorted(taken.items()):
        said = ", ".join(f"{name} {count[name]}" for name in ("rules", "unseen limits", "all", "shipped"))
        print(f"{kind}: {count['pages']} pages; taken for articles: {said}")
    print("limits chosen on all folds:", ", ".join(f"{fact or 'alone'} {limit:.2f}" for fact, limit in on_all.items()))


def _is_taken(page: PageSample, chance: float, chosen: Mapping[str, float]) -> bool:
    """Return whether a page is taken for an article at these limits."""
    if page.by_rule != "article" or page.fact == "story":  # its data says that it is a story
        return page.by_rule == "article"
    return chance < min(chosen[""], chosen[page.fact])


def limits(pages: list[PageSample], likely: list[float], *, without: int | None = None) -> dict[str, float]:
    """Return, for each kind of fact, the likelihood at which a page is refused: the least faults on all other folds.

    A lost article weighs as much as `LOST` pages that are taken for one. Of limits with equally few faults the middle
    one is chosen, as far from the articles as from the lists. Pages that the judge is sure of alone have no part in it.
    """
    chosen = GIVEN.copy()
    for fact in LIMITS.keys() - GIVEN.keys():
        asked = [
            (chance, page)
            for page, chance in zip(pages, likely, strict=True)
            if page.fact == fact and page.by_rule == "article" and page.fold != without and chance < SURE
        ]
        good = np.array([chance for chance, page in asked if page.kind == "article"])
        bad = np.array([chance for chance, page in asked if page.is_collection])
        faults = [LOST * int((good >= limit).sum()) + int((bad < limit).sum()) for limit in _LIMITS]
        equal = [limit for fault, limit in zip(faults, _LIMITS, strict=True) if fault == min(faults)]
        chosen[fact] = max(equal[len(equal) // 2], LEAST.get(fact, 0))
    return chosen


if __name__ == "__main__":
    main()
