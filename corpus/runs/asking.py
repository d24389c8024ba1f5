"""An address that crawls know -> when it is asked for again, or why it is not."""

from dataclasses import dataclass
from datetime import datetime

from corpus.model import FrontierEntry, UrlState
from corpus.texts import Text, text


@dataclass(frozen=True, slots=True)
class Again:
    """When an address is asked for again: None, never as things stand. `said`: why then, or why not; else None."""

    at: datetime | None
    said: Text | None = None


def again(entry: FrontierEntry, *, followed: bool, paused: bool, rests_until: datetime | None) -> Again:
    """Return when a crawl asks for an address again.

    Args:
        followed: Config names its source.
        paused: Crawls leave its source alone.
        rests_until: Until when its host rests; None: it does not.
    """
    if entry.state is UrlState.DROPPED:
        return Again(None, text("not asked for again"))
    if not followed:
        return Again(None, text("not while config.toml does not name {source}", source=entry.source))
    if paused:
        return Again(None, text("not while {source} is paused", source=entry.source))
    if rests_until is not None and rests_until > entry.due:
        return Again(rests_until, text("when its host has rested"))
    return Again(entry.due)
