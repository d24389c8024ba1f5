"""Lists of a source that were read once and give nothing now -> the sentences that say so, as long as that lasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from corpus.model import UrlKind
from corpus.reasons import consequence
from corpus.texts import Text, about, first_of, text, texts

MOST = 20  # lists of a source that are named; JSON has all


@dataclass(frozen=True, slots=True)
class LostList:
    """A list that was read once and gives nothing: why and since when; `is_over`: it is no longer asked for."""

    address: str
    kind: UrlKind
    reason: str
    since: datetime | None
    is_over: bool


def of_source(name: str, lost: Sequence[LostList], zone: tzinfo) -> Text:
    """Say of how many lists of a source that is so, since when at the longest, and why."""
    first = min((one.since for one in lost if one.since is not None), default=None)
    reasons = first_of([*dict.fromkeys(consequence(one.reason).says for one in lost)])
    said = texts(
        "{source}: {n:,} list that was read before gives nothing now: {reasons}",
        "{source}: {n:,} lists that were read before give nothing now: {reasons}",
        len(lost),
        source=name,
        reasons=reasons,
    )
    return _since(said, first, zone)


def each(lost: Sequence[LostList], zone: tzinfo) -> list[Text]:
    """Return a sentence for each list; beyond MOST, how many more there are."""
    said = [_one(one, zone) for one in lost[:MOST]]
    more = len(lost) - MOST
    return [*said, texts("{n:,} more list", "{n:,} more lists", more)] if more > 0 else said


def _one(lost: LostList, zone: tzinfo) -> Text:
    said = _since(about(lost.address, consequence(lost.reason).says), lost.since, zone)
    return text("{said}; it is no longer asked for", said=said) if lost.is_over else said


def _since(said: Text, at: datetime | None, zone: tzinfo) -> Text:
    return said if at is None else text("{said}, since {day:%d %b %Y}", said=said, day=at.astimezone(zone).date())
