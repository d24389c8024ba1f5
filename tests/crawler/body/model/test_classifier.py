"""All trees are asked, unless a bound was measured for them; names are cut into words once."""

import numpy as np
import pytest

from crawler.body.model.classifier import BLOCKS, model, name_parts
from crawler.body.model.trees import Bound, Trees
from crawler.extraction.page_judge import page_model


def stumps(values: list[float], bound: Bound | None) -> Trees:
    """Trees that give one value to all rows above 0, and nothing to the others."""
    count = len(values)
    return Trees(
        np.zeros((count, 3), np.uint8),
        np.tile([0.0, np.inf, np.inf], (count, 1)),
        np.tile([1, 1, 2], (count, 1)),
        np.tile([2, 1, 2], (count, 1)),
        np.array([[0.0, 0.0, value] for value in values]),
        1,
        bound,
    )


def test_without_a_bound_the_last_tree_may_turn_a_row() -> None:
    rows = np.array([[1.0], [-1.0]], np.float32)
    chances = stumps([4.0, -3.0, -3.0], None).probability(rows)
    assert chances == pytest.approx([1 / (1 + np.exp(2.0)), 0.5])


def test_a_bound_stops_the_rows_it_decides_and_no_others() -> None:
    rows = np.array([[1.0], [-1.0]], np.float32)
    assert stumps([4.0, -3.0], Bound(1, 3.5)).probability(rows)[0] == pytest.approx(1 / (1 + np.exp(-4.0)))
    assert stumps([3.0, -4.0], Bound(1, 3.5)).probability(rows)[0] == pytest.approx(1 / (1 + np.exp(1.0)))


def test_the_bound_of_blocks_is_not_that_of_pages() -> None:
    assert model().trees.bound == BLOCKS
    assert page_model().trees.bound is None


def test_all_rows_walk_together_as_each_would_alone() -> None:
    """Trees of every shape, some a leaf alone, with numbers that lie on a split and some that are none."""
    draw, count, width = np.random.default_rng(7), 40, 31
    feature, split = np.zeros((count, width), int), np.zeros((count, width))
    left, right = (np.tile(np.arange(width), (count, 1)) for _ in range(2))
    value = draw.integers(-9, 9, (count, width)).astype(float)
    for tree in range(count):
        free = 1
        for node in range(width):
            if node < free and free + 1 < width and draw.random() < 0.8:
                feature[tree, node], split[tree, node] = draw.integers(3), draw.integers(-2, 3)
                left[tree, node], right[tree, node], free = free, free + 1, free + 2
    rows = draw.integers(-3, 4, (50, 3)).astype(np.float32)
    rows[::7, 1] = np.nan

    def odds(row: np.ndarray) -> float:
        total = 0.0
        for tree in range(count):
            node = 0
            while left[tree, node] != node:
                side = right if row[feature[tree, node]] > split[tree, node] else left
                node = side[tree, node]
            total += value[tree, node]
        return total

    chances = Trees(feature, split, left, right, value, width).probability(rows)
    assert chances == pytest.approx([1 / (1 + np.exp(-odds(row))) for row in rows])


def test_names_are_cut_into_words() -> None:
    assert name_parts("ArticleBody main-text a") == ("article", "body", "main", "text")
    assert name_parts("<td>") == ("<td>",)
