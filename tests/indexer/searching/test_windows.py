"""A window begins where brute force says so, however many words stand between."""

import random
from typing import Any

import numpy as np
import pytest

from indexer.searching.windows import near

NOWHERE = 10_000


@pytest.mark.parametrize("words", [("a", "b"), ("a", "b", "b"), ("a", "b", "c")])
@pytest.mark.parametrize("width", [2, 3, 7, 40, 400])
def test_windows_begin_where_all_words_stand_within_their_width(words: tuple[str, ...], width: int) -> None:
    chance = random.Random(width)
    for size, beside in ((1, 1), (5, 300), (300, 5), (200, 200)):
        forms = [(word,) for word in words]
        wanted: dict[tuple[str, ...], int] = {form: forms.count(form) for form in forms}
        places: dict[tuple[str, ...], list[int]] = {
            form: sorted(chance.choices(range(3_000), k=size if form == ("a",) else beside)) for form in wanted
        }
        addresses: dict[tuple[str, ...], Any] = {
            form: np.array([*own, NOWHERE], np.int32) for form, own in places.items()
        }
        begins, holds = near(forms, width, addresses, NOWHERE)
        each = sorted({(place, at) for at, form in enumerate(wanted) for place in places[form]})
        assert begins.tolist() == [place for place, _ in each]
        expected = {
            place
            for place, _ in each
            if all(
                sum(place <= other < place + width for other in set(places[form])) >= times
                for form, times in wanted.items()
            )
        }
        found = begins[holds].tolist()
        assert found == sorted(expected)
