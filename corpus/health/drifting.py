"""A source's latest runs and its usual ones -> each share that jumped: of articles that lack something, or are lost."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from corpus.health.chance import Counts, by_chance, spread_of
from corpus.health.comparing import counted_reasons, standing, usual_of
from corpus.health.shares import SHARES, STORY, Share, is_wave
from corpus.health.shortfalls import MIN_LOST, MOST_LOST
from corpus.health.values import GONE, Health, HealthState, Past, Trouble
from corpus.runs.receipts import SourceReceipt
from corpus.texts import text

NEW_BY_CHANCE = 1 / 1_000_000  # judged night for night, by six shares and from any day on: once in 500 years
OVER_BY_CHANCE = 1 / 1000
ENDING_BY_CHANCE = 1 / 100  # the same of one that is not told yet: what ended a few days ago does not begin again
EASED = 0.5  # of a jump: a share at its bound does not go back and forth
MIN_USUAL_DAYS = 8  # with articles: fewer do not show how much a share goes up and down
MOST_STORIES = 200  # of the latest: a jump of a fifth shows in as many, whatever is usual
SAID = 20  # articles that a sentence on a lasting drift counts at least, where there are as many
MIN_LOSING = 3  # days with lost stories: what is lost on one or two passed, and was told then where it was much
DAY = timedelta(hours=22)  # a nightly crawl begins an hour early after a clock change, and a manual one some time
BETWEEN_WAVES = timedelta(days=30)


@dataclass(slots=True)
class _Day:
    """The runs of a day, the newest first, and how many of how many articles lack something in them."""

    receipts: list[SourceReceipt]
    lacking: int
    of: int

    @property
    def counts(self) -> Counts:
        return self.lacking, self.of


@dataclass(frozen=True, slots=True)
class _Jump:
    """The latest days, the newest first, whose share is above the usual one."""

    share: Share
    days: Sequence[_Day]
    usual: float

    @property
    def by(self) -> float:
        return _share(_sum(self.days)) - self.usual


def drifts(past: Past, before: Health | None) -> list[Trouble]:
    """Return a trouble for each share that jumped, the highest jump first; one stands until articles show its end."""
    found: list[tuple[float, Trouble]] = []
    for share in SHARES:
        stands = standing(before, HealthState.DRIFTING, share.what)
        if stands is None:
            jump = _begun(share, _days((*past.usual, *past.earlier, *past.recent), share))
            found += [(jump.by, _trouble(jump))] if jump else []
            continue
        during, usual = _during(past, share, stands)
        if not during:
            found.append((0.0, stands))
        elif not _has_ended(during, usual + share.jump * EASED):
            now = _Jump(share, _latest(during), usual)
            found.append((now.by, _trouble(now)))
        elif share.what == GONE and _is_between_waves(past):
            found.append((0.0, stands))
    kinds = {each.kind: each for _, each in sorted(found, key=lambda each: -each[0])}
    if "date" in kinds and standing(before, HealthState.DRIFTING, "day") is None:
        kinds.pop("day", None)  # what has no date has no day
    return [*kinds.values()]


def still_loses(past: Past, before: Health) -> Trouble | None:
    """Return the trouble of a failing source that now loses fewer of its new stories, but no usual share; else None."""
    if not past.recent[-1].first_lost_for:
        return None
    share = next(each for each in SHARES if each.what == STORY)
    failing = before.troubles[0]
    during, usual = _during(past, share, failing)
    below = max(MOST_LOST * EASED, usual + share.jump * EASED)
    lost, of = _sum(during)
    if lost < MIN_LOST or lost < below * of or _is_over(during, below, ENDING_BY_CHANCE):
        return None
    found = _trouble(_Jump(share, _latest(during), usual))
    return replace(found, state=failing.state, since=failing.since, kind="")


def _during(past: Past, share: Share, trouble: Trouble) -> tuple[list[_Day], float]:
    """Return the days since a trouble began, the newest first, and the share that was usual before it."""
    days = _days((*past.earlier, *past.recent), share)
    usual = _share(_sum(_days(usual_of(past, trouble), share)))
    return [day for day in days if day.receipts[-1].started >= trouble.since], usual


def _begun(share: Share, days: Sequence[_Day]) -> _Jump | None:
    """Return the jump that the latest days show, since the day from which on it is least by chance; else None."""
    if not days or not _lacks_some(days[0], share):
        return None
    best, least = None, NEW_BY_CHANCE
    lacking = of = losing = 0
    for number, day in enumerate(days, start=1):
        lacking, of, losing = lacking + day.lacking, of + day.of, losing + bool(day.lacking)
        if day.lacking and of >= share.least and (share.what != STORY or losing >= MIN_LOSING):
            before = days[number:]
            if len(before) < MIN_USUAL_DAYS:
                break
            usual = _sum(before)
            if lacking / of - _share(usual) >= share.jump:
                chance = by_chance((lacking, of), usual, spread_of([each.counts for each in before]))
                jump = _Jump(share, days[:number], _share(usual))
                if chance < least and not _is_over(jump.days, 1, ENDING_BY_CHANCE):
                    best, least = jump, chance
        if of >= MOST_STORIES:
            break
    return best


def _has_ended(days: Sequence[_Day], below: float) -> bool:
    """Whether a drift that was told is over; where its beginning is no longer read, the share alone says it."""
    counts = _sum(days)
    return _is_over(days, below, OVER_BY_CHANCE) or (counts[1] >= SAID and _share(counts) < below)


def _is_over(days: Sequence[_Day], below: float, bound: float) -> bool:
    """Whether the latest days of a drift have a share below one, as those before them have by chance below a bound."""
    lacking = of = 0
    for number, day in enumerate(days[:-1], start=1):
        lacking, of = lacking + day.lacking, of + day.of
        if lacking / of >= below:
            continue
        some, all_of = _sum(days[number:])
        if by_chance((of - lacking, of), (all_of - some, all_of)) < bound:
            return True
        if of >= MOST_STORIES:
            break
    return False


def _lacks_some(day: _Day, share: Share) -> bool:
    """Whether the latest run with articles lacks some: with a run that is well no drift begins."""
    counted = (share.lacking(receipt) for receipt in day.receipts)
    return next((bool(sum(reasons.values())) for reasons, of in counted if of), False)


def _latest(days: Sequence[_Day]) -> Sequence[_Day]:
    """Return the latest days, as many as it takes to see SAID articles."""
    of = 0
    for number, day in enumerate(days, start=1):
        of += day.of
        if of >= SAID:
            return days[:number]
    return days


def _is_between_waves(past: Past) -> bool:
    """Whether other stories may be found gone: old ones are read rarely."""
    last = next((each.started for each in reversed(past.recent) if is_wave(each)), None)
    return last is not None and past.recent[-1].started - last < BETWEEN_WAVES


def _days(receipts: Sequence[SourceReceipt], share: Share) -> list[_Day]:
    """Return the receipts that have articles, day by day, the newest first."""
    found: list[_Day] = []
    first: datetime | None = None
    for receipt in reversed(receipts):
        reasons, of = share.lacking(receipt)
        if not of:
            continue
        if first is None or first - receipt.started >= DAY:
            first = receipt.started
            found.append(_Day([], 0, 0))
        day = found[-1]
        day.receipts.append(receipt)
        day.lacking += sum(reasons.values())
        day.of += of
    return found


def _sum(days: Sequence[_Day]) -> Counts:
    return sum(day.lacking for day in days), sum(day.of for day in days)


def _share(counts: Counts) -> float:
    return counts[0] / counts[1] if counts[1] else 0.0


def _trouble(jump: _Jump) -> Trouble:
    """Return a jump as the trouble of a source."""
    reasons: Counter[str] = Counter()
    for day in jump.days:
        for receipt in day.receipts:
            reasons.update(jump.share.lacking(receipt)[0])
    lacking, of = _sum(jump.days)
    why = text(jump.share.says, lacking=lacking, of=of, usual=jump.usual)
    named = {word: count for word, count in reasons.most_common() if word}
    if named:
        why = text("{what}: {reasons}", what=why, reasons=counted_reasons(named))
    cause = next(iter(named), jump.share.what) if jump.share.what != GONE else GONE
    return Trouble(HealthState.DRIFTING, cause, why, _since(jump), jump.share.what)


def _since(jump: _Jump) -> datetime:
    """Return when the first run began whose own share is as high as makes a drift; else the first that lacks some."""
    found = None
    for receipt in reversed(jump.days[-1].receipts):
        reasons, of = jump.share.lacking(receipt)
        lacking = sum(reasons.values())
        if of and lacking / of >= jump.usual + jump.share.jump:
            return receipt.started
        found = found or (receipt.started if lacking else None)
    return found or jump.days[-1].receipts[-1].started
