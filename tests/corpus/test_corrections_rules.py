"""What a rule has to read, of corrections of one kind on one source."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from corpus.corrections.rules import about, agrees, parts, turns_dates
from corpus.corrections.values import Correction, Field, authors_value, date_value
from corpus.model import Author, PageDate, Precision

NOW = datetime(2026, 11, 26, tzinfo=UTC)
ANA, LI = Author("Ana Pérez", "ana-perez"), Author("Li Wei", "li-wei")


def day(year: int, month: int, day: int, precision: Precision = Precision.DAY) -> Any:
    return date_value(PageDate(datetime(year, month, day, tzinfo=UTC), precision, "hand"))


def corrected(value: Any, said: Any) -> Correction:
    return Correction(url="https://x.example/a", field=Field.PUBLISHED, value=value, said=said, who="ana", at=NOW)


def test_what_a_request_is_about_reads_back_and_names_a_field_that_a_selector_finds():
    assert parts(about(Field.AUTHORS, "the gazette 2")) == (Field.AUTHORS, "the gazette 2")
    for wrong in ("kind gazette", "language gazette", "authors", "authors ", "", "gazette"):
        assert parts(wrong) is None


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        (Field.AUTHORS, authors_value([ANA]), authors_value([Author("ANA PEREZ", "ana-perez")]), True),
        (Field.AUTHORS, authors_value([ANA, LI]), authors_value([LI, ANA]), False),
        (Field.AUTHORS, authors_value([ANA]), [], False),
        (Field.AUTHORS, [], [], True),
        (Field.HEADLINE, "The  Wall", "the wall", True),
        (Field.HEADLINE, "The wall", None, False),
        (Field.SECTION, None, None, True),
        (Field.PUBLISHED, day(2024, 3, 4), day(2024, 3, 4, Precision.MINUTE), True),
        (Field.PUBLISHED, day(2024, 3, 4), day(2024, 4, 3), False),
        (Field.PUBLISHED, day(2024, 3, 1, Precision.MONTH), day(2024, 3, 9), True),
        (Field.PUBLISHED, day(2024, 3, 4, Precision.MINUTE), day(2024, 3, 4, Precision.MINUTE), True),
        (Field.PUBLISHED, day(2024, 3, 4), None, False),
    ],
)
def test_two_values_agree_when_they_say_the_same(field: Field, one: Any, other: Any, same: bool):
    assert agrees(field, one, other) is same
    assert agrees(field, other, one) is same


def test_a_day_is_the_one_that_the_page_prints():
    late = datetime(2024, 3, 4, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    printed = date_value(PageDate(late.astimezone(UTC), Precision.MINUTE, "meta", timedelta(hours=-5)))
    assert agrees(Field.PUBLISHED, day(2024, 3, 4), printed)
    assert not agrees(Field.PUBLISHED, day(2024, 3, 5), printed)


def test_dates_are_turned_only_when_each_changes_day_and_month_over():
    turned = corrected(day(2024, 4, 3), day(2024, 3, 4))
    assert turns_dates([turned, turned])
    for other in (
        corrected(day(2024, 4, 3), day(2024, 4, 3)),
        corrected(day(2024, 5, 3), day(2024, 3, 4)),
        corrected(day(2024, 4, 4), day(2024, 4, 4)),
        corrected(day(2024, 4, 3), None),
        corrected(None, day(2024, 4, 3)),
        corrected(day(2024, 4, 3), "nonsense"),
        corrected(day(2024, 4, 3), day(2024, 3, 1, Precision.MONTH)),
    ):
        assert not turns_dates([turned, other])
    assert not turns_dates([])
