"""A page's frame -> all features of its blocks at once, by the compiled kernel: a table with a row a feature.

The kernel does what features.py and context_features.py do with NumPy, and its numbers are the same to their last bit:
sums are added in the same order, and NumPy takes the logarithms.
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from crawler.body.model.compiled import Kernel
from crawler.body.model.frame import GROUPING, Frame, Titles
from crawler.markup.tags import HEADINGS, TELLING

_AGAINST = ("in", "share", "deeper", "place", "left", "beyond")
_NEAR = ("far", "parent", "grandparent", "deeper", "same_tag")
_BESIDE = ("size", "linked", "sentences", "good", "heading", "p", "listed", "ends")
_GROUP = ("many", "share", "links", "size", "good")

# The kernel's rows, in its order: those that Python has, as `features.base_features` and `name_features` name them.
NAMES = (
    *"linked links bold good depth hidden only_block".split(),
    *(f"in_{tag}" for tag in TELLING),
    *(f"{name}_{level}" for level in range(5) for name in ("share", "links", "blocks", "purity")),
    *"score_parent score_grandparent score_own".split(),
    *(f"best_{name}" for name in _AGAINST),
    "best_score",
    *(f"holds_{share}_{name}" for share in (50, 80) for name in _AGAINST),
    *"article_share articles main_share mains".split(),
    *"place index good_before size_before page_blocks page_good page_links page_purity".split(),
    *(f"{side}_{name}" for side in ("before", "after") for name in _NEAR),
    *"heading p".split(),
    *(f"{name}_{step:+d}" for step in (-2, -1, 1, 2) for name in _BESIDE),
    *"good_3 size_3 good_8 links_8 size_8 purity_8 longer_than_next".split(),  # links_3, purity_3: above
    *"title_like described told title_far title_good h1_far h1_good".split(),
    *(f"under_{name}" for name in ("far", "listed", "related", "parent", "deeper", "size", "good")),
    *"times later".split(),
    *(f"{group}_{name}" for group in ("alike", "beside") for name in _GROUP),
    *(f"list_{name}" for name in ("blocks", "links", "size", "good", "digits", "share_around")),
    *"list_prose_before list_prose_after list_colon_before list_place".split(),
    *(f"k_{name}" for name in ("own", "parent", "grandparent", "near", "least", "most", "sum", "tag", "parent_tag")),
)

_KINDS = (HEADINGS, {"p"}, GROUPING, {"article"}, {"main"}, {"h1"})  # what the kernel gets of a tag, a bit each
_FACTS = {
    tag: sum((tag in kind) << bit for bit, kind in enumerate(_KINDS))
    for tag in frozenset().union(*map(frozenset, _KINDS))
}


def columns(
    kernel: Kernel, frame: Frame, titles: Titles, *, tags: Mapping[str, float], names: Mapping[str, float]
) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Return the names of all features, and a row of each for the blocks.

    Args:
        tags: How much each tag of the page speaks for the story.
        names: How much the names of an element do.
    """
    blocks, marks, own = frame.blocks, frame.marks, frame.marks.columns
    table = np.empty((len(own) + len(NAMES), frame.count), np.float32)
    for row, column in zip(table, own.values(), strict=False):
        row[:] = column
    kernel.columns(
        table[len(own) :],
        (
            blocks.texts, blocks.tags, blocks.names, blocks.owners, blocks.bold_chars, blocks.links,
            blocks.parents, blocks.depths, blocks.within, blocks.hidden, blocks.first, blocks.end,
        ),
        (
            frame.size, own["log_size"], frame.linked, frame.amount, own["digits"],
            titles.like, titles.described, titles.stated, own["listed"], own["w_related"],
            frame.good, marks.sentences > 0, own["ends_stop"], own["ends_colon"],
        ),
        _FACTS, tags, names, len(TELLING), titles.best, frame.total, _logarithms,
    )  # fmt: skip
    return (*own, *NAMES), table


@lru_cache(8)
def places(names: tuple[str, ...], only: tuple[str, ...]) -> NDArray[np.intp]:
    """Return where some names stand among all."""
    at = {name: n for n, name in enumerate(names)}
    return np.array([at[name] for name in only], np.intp)


def _logarithms(numbers: bytes) -> NDArray[np.float64]:
    logs: NDArray[np.float64] = np.log1p(np.frombuffer(numbers))
    return logs
