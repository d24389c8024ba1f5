"""What one occurrence counts in each text, of tables as long as a piece, longer, and with deleted articles."""

import numpy as np
import pytest

from indexer.contract.ranking import LENGTH, WEIGHTS
from indexer.contract.values import TextField
from indexer.searching.scoring import PIECE, field_weights


@pytest.mark.parametrize("articles", [0, 1, PIECE - 1, PIECE, 2 * PIECE + 3])
@pytest.mark.parametrize("deleted", [0.0, 0.3, 1.0])
def test_weights_are_those_of_the_formula_text_by_text(articles: int, deleted: float) -> None:
    chance = np.random.default_rng(articles)
    lengths = (chance.integers(0, 900, (articles, 4)) * chance.integers(0, 2, (articles, 4))).astype(np.uint32)
    live = chance.random(articles) >= deleted if deleted else None
    segments = [lengths[: articles // 3].ravel(), lengths[articles // 3 :].ravel(), lengths[:0].ravel()]
    found = field_weights(segments, live).reshape(-1, 4)
    assert found.tolist() == field_weights([lengths.ravel()], live).reshape(-1, 4).tolist()
    for at, field in enumerate(TextField):
        own = lengths[:, at] if live is None else lengths[live, at]
        filled = own[own > 0]
        average = max(filled.mean(), 1.0) if len(filled) else 1.0
        expected = WEIGHTS[field] / (1 - LENGTH[field] + LENGTH[field] * lengths[:, at] / average)
        assert np.allclose(found[:, at], expected, rtol=1e-6)
