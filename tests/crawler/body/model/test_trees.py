"""The compiled kernel walks trees as NumPy does, to the last bit, and refuses arrays that do not go together."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from crawler.body.model import trees
from crawler.body.model.classifier import model
from crawler.body.model.compiled import TREES, compiled
from crawler.body.model.trees import Bound, Trees
from crawler.extraction.page_judge import page_model
from crawler.pool.sandbox import environment


def random_trees(draw: np.random.Generator, *, count: int, width: int, bound: Bound | None) -> Trees:
    """Trees of every shape over nine features, as deep as they happen to be."""
    feature, split = np.zeros((count, width), int), np.zeros((count, width))
    left, right = (np.tile(np.arange(width), (count, 1)) for _ in range(2))
    for tree in range(count):
        free = 1
        for node in range(width):
            if node < free and free + 1 < width and draw.random() < 0.8:
                feature[tree, node], split[tree, node] = draw.integers(9), draw.integers(-2, 3)
                left[tree, node], right[tree, node], free = free, free + 1, free + 2
    return Trees(feature, split, left, right, draw.normal(size=(count, width)), width, bound)


def both(monkeypatch, kernel, forest: Trees, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The chances by NumPy, and by the kernel."""
    monkeypatch.setattr(trees, "compiled", lambda: None)
    slow = forest.probability(rows)
    monkeypatch.setattr(trees, "compiled", lambda: kernel)
    return slow, forest.probability(rows)


@pytest.mark.parametrize("bound", [None, Bound(10, 1.5), Bound(10, 0.0), Bound(90, 2.0)])
@pytest.mark.parametrize("count", [0, 1, 4, 5, 31, 32, 33, 200])
def test_rows_of_every_number_get_the_same_chances(monkeypatch, kernel, bound, count) -> None:
    draw = np.random.default_rng(count)
    rows = draw.normal(size=(count, 9)).astype(np.float32)
    rows[::7, 1], rows[::5, 2], rows[::3, 0] = np.nan, np.inf, 1.0
    for width in (1, 3, 61, 201):
        forest = random_trees(draw, count=40, width=width, bound=bound)
        for given in (rows, np.asfortranarray(rows), rows[::2]):
            slow, fast = both(monkeypatch, kernel, forest, given)
            assert slow.tolist() == fast.tolist()


@pytest.mark.parametrize("shipped", [model, page_model])
def test_the_shipped_models_answer_the_same(monkeypatch, kernel, shipped) -> None:
    rows = np.random.default_rng(3).normal(scale=3, size=(300, len(shipped().features))).astype(np.float32)
    slow, fast = both(monkeypatch, kernel, shipped().trees, rows)
    assert slow.tolist() == fast.tolist()


def test_arrays_that_do_not_go_together_are_refused(kernel) -> None:
    """A tree of one split on feature 2 and two leaves, with one number of it changed."""
    whole = {
        "feature": np.array([2, 0, 0], np.int32),
        "split": np.array([0.0, np.inf, np.inf], np.float32),
        "left": np.array([1, 1, 2], np.int32),
        "value": np.array([0.0, -1.0, 1.0]),
        "part": np.array([0, 0, 0], np.uint8),
    }
    forest = kernel.forest(*whole.values(), 1)
    columns = np.array([0.0, 0.0, 0.0, 0.0, -1.0, 1.0], np.float32)
    assert np.frombuffer(kernel.descend(forest, columns, 2, 1, 0.0)).tolist() == [-1.0, 1.0]
    for count, first in ((3, 1), (-1, 1), (2, -1), (1 << 62, 1)):
        with pytest.raises(ValueError, match="do not go together"):
            kernel.descend(forest, columns, count, first, 0.0)
    damage = {
        "feature": ([-1, 0, 0],),
        "split": ([0.0, 0.0, np.inf],),
        "left": ([0, 1, 2], [2, 1, 2], [-1, 1, 2], [1, 0, 2]),
        "part": ([0, 0, 4],),
    }
    for name, wrongs in damage.items():
        for wrong in wrongs:
            with pytest.raises(ValueError, match="do not go together"):
                kernel.forest(*(whole | {name: np.array(wrong, whole[name].dtype)}).values(), 1)
    shared = {
        "feature": [0] * 5,
        "split": [0, 0] + [np.inf] * 3,
        "left": [2, 2, 2, 3, 4],
        "value": [0] * 5,
        "part": [0] * 5,
    }
    with pytest.raises(ValueError, match="do not go together"):  # two roots with the same children
        kernel.forest(*(np.array(shared[name], whole[name].dtype) for name in whole), 2)
    for trees_, shorter in ((0, whole), (4, whole), (1, whole | {"value": np.array([0.0])})):
        with pytest.raises(ValueError, match="do not go together"):
            kernel.forest(*shorter.values(), trees_)


@pytest.mark.parametrize(
    ("installed", "switch", "is_used"),
    [
        (SimpleNamespace(TREES=TREES), "on", True),
        (SimpleNamespace(TREES=TREES), "off", False),
        (SimpleNamespace(VERSION=1), "on", False),
        (None, "on", False),
    ],
)
def test_a_kernel_that_is_switched_off_or_has_other_functions_is_left_aside(
    monkeypatch, installed, switch, is_used
) -> None:
    monkeypatch.setitem(sys.modules, "pressmark_kernel", installed)
    monkeypatch.setenv("PRESSMARK_KERNEL", switch)
    assert (compiled.__wrapped__() is not None) is is_used


def test_a_worker_learns_that_the_kernel_is_switched_off(monkeypatch) -> None:
    monkeypatch.delenv("PRESSMARK_KERNEL", raising=False)
    assert "PRESSMARK_KERNEL" not in environment()
    monkeypatch.setenv("PRESSMARK_KERNEL", "off")
    assert environment()["PRESSMARK_KERNEL"] == "off"
