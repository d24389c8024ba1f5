"""A receipt -> the shares that may drift: of articles that lack something, of stories that are lost or gone."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from corpus.health.values import GONE
from corpus.reasons import Reason
from corpus.runs.receipts import SourceReceipt
from corpus.texts import message

MIN_JUMP = 0.2  # of a share: a fifth of the articles is what a reader of the facets notices
MIN_GONE = 1 / 3  # the same of stored stories that are gone: some sites clear away what is old, a month at a time
LEAST_GONE = 20  # stored stories that were asked for: a few that are gone at once are one change of the site
LEAST_OF_WAVE = 3  # stories that are gone

Counted = tuple[Mapping[str, int], int]
"""Why so many of the articles of a receipt lack something, "" where no reason is noted, and how many there are."""


class Share(NamedTuple):
    """What is counted of a receipt, how it is said, by how much it must jump, and in how many articles at least."""

    what: str
    lacking: Callable[[SourceReceipt], Counted]
    says: str
    jump: float = MIN_JUMP
    least: int = 1


def is_wave(receipt: SourceReceipt) -> bool:
    """Whether many of the stories that a run asked for again were gone."""
    gone, of = _gone(receipt)
    return sum(gone.values()) >= max(LEAST_OF_WAVE, MIN_GONE * of)


def _author(receipt: SourceReceipt) -> Counted:
    return {"": receipt.no_author}, receipt.stories


def _date(receipt: SourceReceipt) -> Counted:
    return {"": receipt.no_date}, receipt.stories


def _day(receipt: SourceReceipt) -> Counted:
    return ({}, 0) if receipt.no_day is None else ({"": receipt.no_day}, receipt.stories)


def _headline(receipt: SourceReceipt) -> Counted:
    return ({}, 0) if receipt.no_headline is None else ({"": receipt.no_headline}, receipt.stories)


def _text(receipt: SourceReceipt) -> Counted:
    return {"": receipt.empty}, receipt.stories + receipt.empty


def _story(receipt: SourceReceipt) -> Counted:
    """Count new stories that were lost; those without a text are said as such."""
    lost = {word: count for word, count in receipt.first_lost_for.items() if word != Reason.EMPTY}
    return lost, receipt.first_had + receipt.first_lost


def _gone(receipt: SourceReceipt) -> Counted:
    """Count stories that an earlier run stored, and that are no longer at their addresses."""
    of = receipt.of("withdrawn") + receipt.had + receipt.lost - receipt.first_had - receipt.first_lost
    return receipt.gone_for, of


STORY = "story"
SHARES = (
    Share("author", _author, message("no author in {lacking:,} of {of:,} articles, usual {usual:.0%}")),
    Share("date", _date, message("no date in {lacking:,} of {of:,} articles, usual {usual:.0%}")),
    Share("day", _day, message("no day of publication in {lacking:,} of {of:,} articles, usual {usual:.0%}")),
    Share("headline", _headline, message("no headline in {lacking:,} of {of:,} articles, usual {usual:.0%}")),
    Share("text", _text, message("no text in {lacking:,} of {of:,} articles, usual {usual:.0%}")),
    Share(STORY, _story, message("{lacking:,} of {of:,} new stories could not be read, usual {usual:.0%}")),
    Share(
        GONE,
        _gone,
        message("{lacking:,} of {of:,} stories are gone from their addresses, usual {usual:.0%}"),
        MIN_GONE,
        LEAST_GONE,
    ),
)
