"""Corrections of one kind on one source -> what a rule in config.toml has to read, and whether a reading is that."""

from collections.abc import Sequence
from typing import Any

from corpus.corrections.values import Correction, Field, read_value
from corpus.model import PageDate, Precision

ENOUGH = 3  # corrections of one field on one source offer a rule
MOST = 10  # of them are used, the latest ones

# Field -> the selector of [source.selectors] that finds it.
SELECTORS = {
    Field.AUTHORS: "byline",
    Field.PUBLISHED: "published",
    Field.HEADLINE: "headline",
    Field.SECTION: "section",
}
DAY_FIRST = "day_first"  # the setting of a source that says how it writes 3/4/2024

_SHOWN = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10, Precision.MINUTE: 10}  # letters of an ISO date


def about(field: Field, source: str) -> str:
    """Return what a request for a rule is about."""
    return f"{field.value} {source}"


def parts(about: str) -> tuple[Field, str] | None:
    """Return the field and the source that a request for a rule names; None when rules cannot read that field."""
    word, _, source = about.partition(" ")
    field = next((each for each in SELECTORS if each.value == word), None)
    return None if field is None or not source else (field, source)


def agrees(field: Field, wanted: Any, read: Any) -> bool:
    """Whether a reading says what a person said; both as plain data, a date as exact as the less exact of the two."""
    one, other = read_value(field, wanted), read_value(field, read)
    if not one or not other:
        return bool(one) == bool(other)
    if field is Field.AUTHORS:
        return [each.key for each in one] == [each.key for each in other]
    if field is Field.PUBLISHED:
        return _same_date(one, other)
    return " ".join(str(one).split()).casefold() == " ".join(str(other).split()).casefold()


def turns_dates(corrections: Sequence[Correction]) -> bool:
    """Whether every correction of a date changes day and month over: 3 April where 4 March was read."""
    return bool(corrections) and all(_is_turned(each) for each in corrections)


def _is_turned(correction: Correction) -> bool:
    if correction.field is not Field.PUBLISHED:
        return False
    try:
        wanted, said = (read_value(correction.field, each) for each in (correction.value, correction.said))
    except ValueError:  # what an import brought of the reading of another store
        return False
    if not (wanted and said and wanted.precision.has_day and said.precision.has_day):
        return False
    right, wrong = wanted.day, said.day
    return right.month != right.day and (right.year, right.month, right.day) == (wrong.year, wrong.day, wrong.month)


def _same_date(one: PageDate, other: PageDate) -> bool:
    if one.precision is other.precision is Precision.MINUTE:
        return one.at.replace(second=0, microsecond=0) == other.at.replace(second=0, microsecond=0)
    shown = min(_SHOWN[one.precision], _SHOWN[other.precision])
    return one.day.isoformat()[:shown] == other.day.isoformat()[:shown]
