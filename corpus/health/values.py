"""The values of health: the states of a source, and what is known of its past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from corpus.runs.receipts import SourceReceipt
from corpus.texts import text


class HealthState(StrEnum):
    """How a source does; each state but the first is a trouble, and they stand in the order in which they are asked."""

    OK = "ok"
    MOVED = "moved"  # its front page, or most of its stories, are at another site
    BLOCKED = "blocked"  # it turns us away
    FAILING = "failing"  # most of its stories cannot be read
    DRIFTING = "drifting"  # more of its articles than before lack an author, a date or a text, are lost or are gone
    SLOW = "slow"  # it takes longer to answer than it did, or asks us to slow down
    QUIET = "quiet"  # it has no news, and by its own rhythm it should


# causes that are no reason of a visit
NO_STORY = "no-story"  # lists were read, and no story was ever found
GONE = "gone"  # stored stories are no longer at their addresses

NOT_FOLLOWED = text("its pages ask that none of their links is followed")  # beside what is missing for that

NOW_AND_THEN = "now-and-then"  # the kind of a trouble that comes and goes, while it is away

# Where a change lasts for good, no comparison ends these: of the others some run shows the end.
BY_COMPARISON = frozenset({HealthState.DRIFTING, HealthState.SLOW})


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong with a source; several may be at once.

    Attributes:
        cause: The word that the advice goes by, such as a reason of visits.
        why: A sentence without a full stop.
        kind: What drifts, such as author; in other states NOW_AND_THEN or "". A source has one trouble of a state at a
            time, and one drift of a kind.
        acknowledged: When its user said that they know; None: they did not.
    """

    state: HealthState
    cause: str
    why: str
    since: datetime
    kind: str = ""
    acknowledged: datetime | None = None

    def is_same(self, other: "Trouble") -> bool:
        """Whether two are one trouble, as two runs show it."""
        return (self.state, self.drifting) == (other.state, other.drifting)

    @property
    def drifting(self) -> str:
        """What drifts; "" in other states."""
        return self.kind if self.state is HealthState.DRIFTING else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source does: its worst trouble, and those beside it.

    Attributes:
        since: When the state began.
        cause, why, kind, acknowledged: Of its worst trouble, as in `Trouble`; "" and None when there is none.
        beside: Its other troubles, the worst first. What cannot be judged while a worse one lasts stays among them.
    """

    source: str
    state: HealthState
    since: datetime
    cause: str = ""
    why: str = ""
    kind: str = ""
    acknowledged: datetime | None = None
    beside: tuple[Trouble, ...] = ()

    @property
    def is_alarming(self) -> bool:
        """Whether there is a trouble that nobody has acknowledged."""
        return any(each.acknowledged is None for each in self.troubles)

    @property
    def is_bad_now(self) -> bool:
        """Whether it is alarming by more than what comes and goes, and was away in the latest run."""
        return any(each.acknowledged is None and each.kind != NOW_AND_THEN for each in self.troubles)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """All that is wrong, the worst first."""
        if self.state is HealthState.OK:
            return ()
        worst = Trouble(self.state, self.cause, self.why, self.since, self.kind, self.acknowledged)
        return (worst, *self.beside)

    def apart(self) -> "tuple[Health, ...]":
        """Return a Health for each trouble, as if it were the only one; itself where there is one or none."""
        return tuple(troubled(self.source, [each]) for each in self.troubles) or (self,)


def troubled(source: str, troubles: Sequence[Trouble]) -> Health:
    """Return how a source with these troubles does, the worst one first; there is one at least."""
    worst, *beside = troubles
    return Health(
        source=source,
        state=worst.state,
        since=worst.since,
        cause=worst.cause,
        why=worst.why,
        kind=worst.kind,
        acknowledged=worst.acknowledged,
        beside=tuple(beside),
    )


@dataclass(frozen=True, slots=True)
class Day:
    """A day, in UTC, on which a source was crawled, and how many new articles it brought; 1 if all were lost."""

    day: date
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known of a source when a run ends.

    Attributes:
        recent: The receipts of its latest runs, oldest first; the last one is of the run that ended.
        earlier: Receipts with new stories of before them, oldest first; none where these have stories enough.
        usual: Receipts of before all these and of before the first of its troubles, oldest first; none without one.
        days: The days of the last quarter on which it brought news, lost some, or its lists were read, oldest first;
            of a silent source those of years.
        has_articles: Whether an article of it stands.
    """

    source: str
    recent: tuple[SourceReceipt, ...]
    earlier: tuple[SourceReceipt, ...] = ()
    usual: tuple[SourceReceipt, ...] = ()
    days: tuple[Day, ...] = ()
    has_articles: bool = True
