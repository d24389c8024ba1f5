"""What a crawl has counted of its sources -> the lines that are shown while it works."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from corpus.model import Outcome
from crawler.visiting.tally import Tally

_FETCHED = frozenset(Outcome) - {Outcome.REFUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceProgress:
    """The line of a source. `due` is what is still to be fetched; `failed` counts refusals apart."""

    source: str
    due: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    refused: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A crawl under way: `sources` in the order of config; `stopping` once it only finishes what is in flight."""

    sources: tuple[SourceProgress, ...]
    started: datetime
    elapsed: timedelta
    bytes: int = 0
    in_flight: int = 0
    stopping: bool = False

    @property
    def fetched(self) -> int:
        """Requests made, over all sources."""
        return sum(each.fetched for each in self.sources)


def line_of(tally: Tally, source: str, due: int) -> SourceProgress:
    """Return one source as it stands."""
    counts = tally.outcomes_of(source)
    return SourceProgress(
        source=source,
        due=due,
        fetched=sum(counts[each] for each in _FETCHED),
        new=counts[Outcome.NEW],
        changed=counts[Outcome.CHANGED],
        unchanged=counts[Outcome.UNCHANGED],
        withdrawn=counts[Outcome.WITHDRAWN],
        refused=counts[Outcome.REFUSED],
        failed=counts[Outcome.FAILED],
    )
