"""All trees are asked, unless a bound was measured for them; names are cut into words once."""

import numpy as np
import pytest

from crawler.body.model.classifier import BLOCKS, Bound, Trees, model, name_parts
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


def test_names_are_cut_into_words() -> None:
    assert name_parts("ArticleBody main-text a") == ("article", "body", "main", "text")
    assert name_parts("<td>") == ("<td>",)
