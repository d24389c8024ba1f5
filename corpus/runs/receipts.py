"""One source in one run -> its receipt: what came, what was lost and why, how long it took, what is left."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_GONE = ("http-404", "http-410", "soft-404")  # what a site answers where a story was


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReceipt:
    """What one run did for one source.

    Attributes:
        state: `running`; `done`; `stopped` when the run was asked to end first; `failed` when the store or the disk
            ended it; `died` when it ended without a word: its process was killed, or the disk was full.
        due: When the schedule wanted it; None: the crawl was started by hand.
        counts: Outcome -> first word of the reason, "" where there is none -> visits.
        requests: Visits that asked the site, each with its redirects; a refusal by robots.txt alone asks nothing.
        fetching: Time that answers took, all together.
        waiting: Time that requests waited for the site's rest, all together.
        left: Addresses that were due when the run ended its work on the source, and were not asked for.
        rests_until: When the first of the hosts has rested that addresses were left for; None: they were left for
            another reason, or an older receipt does not say. `left_at_rest`: those of them whose hosts rest; 0 in older
            receipts.
        stories: Articles that were read for the first time. `no_author`, `no_date`: those of them without one;
            `no_day`: without a date, or with its month or year alone; None in older receipts; so is
            `no_headline`.
        empty: Pages that were read for the first time, and on which no text was found.
        had, lost: Stories that were read, and those that were not; one that an earlier run lost already is in neither
            when it is lost again, as it says nothing of today.
        lost_for: First word of the reason -> stories among those lost.
        first_had, first_lost_for: The same of stories that no run had visited before: those that are news. Older
            receipts have neither.
        lists, lists_lost: Visits to feeds, sitemaps, front and section pages, and those that were refused or failed;
            `lists_lost_for`: why, but in older receipts; `unfollowed`: those that ask that none of their links is
            followed, 0 in older receipts.
        moved_to: The other site at which the front page answered; "" when it answered where config says, None when it
            was not asked for or did not answer.
        read_again: Stored articles that were read again, as boilerplate of the source was learned; `cleaned`: those
            of them that changed; `unread`: stored articles that the next crawl will look at.
        visits_alone: The run has not ended its work on the source, or never did: its visits, their bytes, and the time
            that answers took are counted from the log. All else is 0 and not known.
    """

    source: str
    state: str
    started: datetime
    ended: datetime | None = None
    due: datetime | None = None
    counts: dict[str, dict[str, int]] = field(default_factory=dict, hash=False)
    bytes: int = 0
    requests: int = 0
    fetching: timedelta = timedelta()
    waiting: timedelta = timedelta()
    left: int = 0
    rests_until: datetime | None = None
    left_at_rest: int = 0
    stories: int = 0
    no_author: int = 0
    no_date: int = 0
    no_day: int | None = None
    no_headline: int | None = None
    empty: int = 0
    had: int = 0
    lost: int = 0
    lost_for: dict[str, int] = field(default_factory=dict, hash=False)
    first_had: int = 0
    first_lost_for: dict[str, int] = field(default_factory=dict, hash=False)
    lists: int = 0
    lists_lost: int = 0
    unfollowed: int = 0
    lists_lost_for: dict[str, int] = field(default_factory=dict, hash=False)
    moved_to: str | None = None
    read_again: int = 0
    cleaned: int = 0
    unread: int = 0
    visits_alone: bool = False

    def of(self, *outcomes: str) -> int:
        """Return how many visits ended in any of the outcomes."""
        return sum(sum(self.counts.get(outcome, {}).values()) for outcome in outcomes)

    @property
    def first_lost(self) -> int:
        """Stories that no run had visited before, and that were lost."""
        return sum(self.first_lost_for.values())

    @property
    def gone_for(self) -> dict[str, int]:
        """Why stories that an earlier run stored are no longer at their addresses -> how many."""
        gone = Counter(self.counts.get("withdrawn", {}))
        for word in _GONE:
            gone[word] += self.lost_for.get(word, 0) - self.first_lost_for.get(word, 0)
        return {word: count for word, count in gone.items() if count > 0}

    @property
    def visits(self) -> int:
        """All visits."""
        return sum(sum(reasons.values()) for reasons in self.counts.values())

    @property
    def took(self) -> timedelta | None:
        """How long the run worked on the source; None while it does, or where that is not known."""
        return None if self.ended is None or self.ended < self.started else self.ended - self.started
