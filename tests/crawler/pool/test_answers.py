from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, Literal

import numpy as np
import pytest

from corpus.errors import ExtractError
from crawler.discovery.feeds import read_feed
from crawler.extraction.extract import extract
from crawler.pool.answers import declared, read, written
from crawler.values import Extraction, Listing, Page
from tests.crawler.pool.test_workers import STORY, page


class Colour(StrEnum):
    RED = "rot"


@dataclass(frozen=True, slots=True)
class Paint:
    name: str | None
    colour: Colour
    layers: tuple[int, ...] = ()
    made: datetime | None = None
    tags: frozenset[str] = frozenset()
    facts: dict[str, str] | None = None


PAINT = Paint("é\ud800", Colour.RED, (1, 2), datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC), frozenset("ab"), {"a": "b"})


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (PAINT, Paint),
        ((PAINT, PAINT), tuple[Paint, ...]),
        ((), tuple[Paint, ...]),
        ([PAINT, replace(PAINT, name=None), replace(PAINT, layers=())], list[Paint]),
        ([(1, "a"), (2, "b")], list[tuple[int, str]]),
        (None, None),
        (None, Paint | None),
        (PAINT, Paint | int),
        (3, Paint | int | None),
        (b"\x00\xff", bytes),
        (date(2026, 2, 3), date),
        (timedelta(days=-1, microseconds=3), timedelta),
        (datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=5, minutes=30))), datetime),
        (float("inf"), float),
        ({"a": [1]}, dict[str, list[int]]),
        ("b", Literal["a", "b"]),
        ({"x": [1, None, True]}, Any),
    ],
)
def test_a_value_comes_back_as_it_was(value: object, kind: object) -> None:
    assert read(written(value, kind), kind) == value


def test_what_all_values_of_a_kind_share_is_written_once() -> None:
    many = tuple(replace(PAINT, name=str(number)) for number in range(100))
    assert len(written(many, tuple[Paint, ...])) < 100 * len("'99',") + 2 * len(written(PAINT, Paint))


def test_numbers_of_numpy_come_back_as_plain_ones() -> None:
    back = read(written((np.int64(7),), tuple[int, ...]), tuple[int, ...])
    assert (back, type(back[0])) == ((7,), int)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"1", str),
        (b"true", int),
        (b'"1"', int),
        (b"[]", Paint),
        (b'["a","RED",[1],null,[],null,7]', Paint),
        (b'["a","BLUE",[],null,[],null]', Paint),
        (b'["a","__class__",[],null,[],null]', Paint),
        (b'["a","RED",["x"],null,[],null]', Paint),
        (b'["a","RED",[],"soon",[],null]', Paint),
        (b'{"name":"a"}', Paint),
        (b"[5,1]", Paint | int),
        (b"[-9,1]", Paint | int),
        (b'"c"', Literal["a", "b"]),
        (b'"&&"', bytes),
        (b"1" * 5_000, int),
        (b'["a","RED",' + b"[" * 50_000, Paint),
        (b"[]", tuple[Paint, ...]),
        (b'[["a",1],["RED"],[[]],[null],[[]],[null]]', tuple[Paint, ...]),
        (b'[["a","b","c"],["RED"],[[],[]],[null],[[]],[null]]', tuple[Paint, ...]),
        (b'[["a"],["RED","RED"],[[]],[null],[[]],[null]]', tuple[Paint, ...]),
        (b'[["a"],["BLUE"],[[]],[null],[[]],[null]]', tuple[Paint, ...]),
        (b"\xff", str),
    ],
)
def test_what_is_no_value_of_the_type_is_refused(answer: bytes, kind: object) -> None:
    with pytest.raises(ValueError):
        read(answer, kind)


@pytest.mark.parametrize("kind", [object, complex, type, ExtractError, Page.__class__])
def test_a_type_that_may_hold_anything_is_refused(kind: object) -> None:
    with pytest.raises(TypeError):
        written(None, kind)


def test_what_is_read_of_a_page_and_a_feed_comes_back_whole() -> None:
    assert (declared(extract), declared(read_feed)) == (Extraction, Listing)
    found = extract(page(STORY), explain=True)
    assert read(written(found, Extraction), Extraction) == found
