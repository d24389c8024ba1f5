"""What a clock shows -> whether it can be right: a board without a battery begins in 1970."""

from datetime import UTC, datetime, timedelta

from corpus.errors import PressmarkError
from corpus.model import Run
from corpus.texts import Text, text

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)  # before Pressmark was begun
NOTABLE = timedelta(hours=1)
AMID = timedelta(minutes=5)  # that a clock is set back while a crawl runs


def require_clock(now: datetime) -> None:
    """Raise PressmarkError where a clock shows a time that is certainly past: what is crawled would be dated by it."""
    if now < EARLIEST:
        raise PressmarkError(
            f"the clock of this machine shows {now:%Y-%m-%d %H:%M} UTC, which is long past: nothing is crawled until it"
            " is set"
        )


def set_back(last: Run | None, began: datetime) -> Text | None:
    """Return that a run begins long before the one before it did, as its clock shows; None: it does not."""
    if last is None or last.started - began <= NOTABLE:
        return None
    return text(
        "the clock shows an earlier time than when crawl {id} began ({then:%Y-%m-%d %H:%M} UTC): it was ahead then, or"
        " is behind now, and what was stored is dated by it",
        id=last.id,
        then=last.started.astimezone(UTC),
    )


def took(run: Run) -> timedelta | None:
    """Return how long a run took; None while it is under way, or where the clock was set back meanwhile."""
    return None if run.ended is None or run.ended < run.started else run.ended - run.started


def set_back_amid(began: datetime, ran: timedelta, ended: datetime) -> Text | None:
    """Return that a clock was set back while a run was under way; None: it was not.

    Args:
        ran: How long the run took, by a clock that nobody sets.
    """
    if began + ran - ended <= AMID:
        return None
    return text(
        "the clock was set back from about {then:%Y-%m-%d %H:%M} to {now:%Y-%m-%d %H:%M} UTC meanwhile: what was found"
        " before that is due only when the clock shows that time again",
        then=(began + ran).astimezone(UTC),
        now=ended.astimezone(UTC),
    )
