"""The values of health: the states of a source, and what is known of its past."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from corpus.runs.receipts import SourceReceipt


class HealthState(StrEnum):
    """How a source does; each state but the first is a trouble, and they stand in the order in which they are asked."""

    OK = "ok"
    MOVED = "moved"  # its front page, or most of its stories, are at another site
    BLOCKED = "blocked"  # it turns us away
    FAILING = "failing"  # most of its stories cannot be had
    DRIFTING = "drifting"  # more of its articles than before lack an author, a date or a text, are lost or are gone
    SLOW = "slow"  # it takes longer to answer than it did, or asks us to slow down
    QUIET = "quiet"  # it has no news, and by its own rhythm it should


# causes that are no reason of a visit
NO_STORY = "no-story"  # lists were read, and no story was ever found
GONE = "gone"  # stored stories are no more at their addresses

# An acknowledgement of these says "this is the usual from now on"; of the others, only "we know".
BY_COMPARISON = frozenset({HealthState.DRIFTING, HealthState.SLOW, HealthState.QUIET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source does.

    Attributes:
        since: When the state began.
        cause: The word that the advice goes by, such as a reason of visits; "" when there is no trouble.
        why: A sentence without a full stop; "" when there is no trouble.
        acknowledged: When its user said that they know; None: they did not, or the trouble is another one since.
        usual_from: What was before is not compared with, since its user said that things have changed for good.
    """

    source: str
    state: HealthState
    since: datetime
    cause: str = ""
    why: str = ""
    acknowledged: datetime | None = None
    usual_from: datetime | None = None

    @property
    def is_alarming(self) -> bool:
        """Whether there is a trouble that nobody has acknowledged."""
        return self.state is not HealthState.OK and self.acknowledged is None


@dataclass(frozen=True, slots=True)
class Day:
    """A day, in UTC, on which a source was crawled, and how many new articles it brought."""

    day: date
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known of a source when a run ends.

    Attributes:
        recent: The receipts of its latest runs, oldest first; the last one is of the run that ended.
        earlier: Receipts with new stories of before them, oldest first; none where these have stories enough.
        usual: Receipts of before all these and of before the trouble it is in, oldest first; none where it is in none.
        days: The days of the last quarter on which it brought news, or its lists were read and no new story was lost,
            oldest first; of a silent source those of years.
        has_articles: Whether an article of it stands.
    """

    source: str
    recent: tuple[SourceReceipt, ...]
    earlier: tuple[SourceReceipt, ...] = ()
    usual: tuple[SourceReceipt, ...] = ()
    days: tuple[Day, ...] = ()
    has_articles: bool = True


@dataclass(frozen=True, slots=True)
class Trouble:
    """A state other than ok, as one run shows it; fields as in `Health`."""

    state: HealthState
    cause: str
    why: str
    since: datetime
