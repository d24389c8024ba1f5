"""Config and store -> what is wrong, in sentences: crawls that nobody makes, that failed, sources, index and disk."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from corpus.health.advice import advice, meaning
from corpus.health.values import Health, HealthState
from corpus.notices.values import Alarm
from corpus.runs.absence import is_ahead, is_alive, overdue, unmade
from corpus.runs.disk import room
from corpus.store.crawls.requests import RequestState
from corpus.texts import Text, first_of, joined, text, texts
from web.layout.health_words import STATE_WORDS, named_in_a_line

if TYPE_CHECKING:
    from corpus.config import Config
    from corpus.model import Run
    from corpus.outline.reading import Outline
    from corpus.runs.lost_lists import LostList
    from corpus.store import ArticleStore

RUNS = 20  # that are looked at: what is older was looked at before
WEEK = timedelta(days=7)
INDEX_LATE = timedelta(minutes=30)  # after a crawl; its update takes minutes, and a rebuild says itself that it runs
KEY_OF_SOURCE = re.compile(
    r"source:(?P<source>.+):(?P<state>[a-z]+)(?:-(?P<drifting>[a-z]+))?:(?P<since>\d{4}-\d\d-\d\dT.+)", re.DOTALL
)  # what `_key` makes
BAD_ENDS = frozenset({"failed", "died"})  # a partial crawl has sources with a trouble, which says more
STILL = timedelta(hours=2)  # no host, delay or step of a crawl makes it wait so long
LATE = timedelta(minutes=15)  # a crawl that began later than that was missed first


def absent_scheduler(outline: "Outline", store: "ArticleStore", now: datetime) -> Text | None:
    """Say that no scheduler was alive when the schedule wanted a crawl; None when none is missing.

    A store that never had a scheduler waits for none: its user crawls by hand, or by another program's clock.
    """
    alive = store.schedule.alive()
    if alive is None or not outline.contact:
        return None
    at_rest = store.schedule.paused() | store.runs.held()
    cadences = {cadence for name, cadence in outline.cadences.items() if name not in at_rest}
    last = store.schedule.last_crawl(by=now)
    if is_ahead(alive, now):  # it says nothing of when a scheduler was last at work
        if last is None and any(not cadence.never for cadence in cadences):
            return text("no scheduler since the clock of this machine was set back")
        alive = last or alive
    wanted = unmade(cadences, alive=alive, last_run=last, now=now, zone=outline.zone)
    if wanted is None:
        return None
    there, since = wanted.astimezone(outline.zone), alive.astimezone(outline.zone)
    return text(
        "no scheduler since {since:%d %b %Y %H:%M}, and the crawl of {there:%d %b %Y %H:%M} was not made",
        since=since,
        there=there,
    )


def unmet_requests(store: "ArticleStore", now: datetime) -> Text | None:
    """Say how many looks and crawls people wait for while no scheduler is alive; None: none, or one is."""
    waiting = sum(each.state_at(now) is RequestState.WAITING for each in store.requests.open())
    if not waiting or is_alive(store.schedule.alive(), now):
        return None
    return texts(
        "{n:,} request waits for a scheduler, and none is alive",
        "{n:,} requests wait for a scheduler, and none is alive",
        waiting,
    )


def little_room(outline: "Outline") -> Text | None:
    """Say that the disk of the data is nearly full; None when it is not."""
    try:
        shortage = room(outline.data).shortage
    except OSError as error:
        return text(
            "{place}: the disk does not answer ({error}): see `pressmark doctor`",
            place=str(outline.data),
            error=str(error.strerror),
        )
    if shortage is None:
        return None
    return text("the disk is nearly full: {room}: make room, or move `data` to another disk", room=shortage)


def limits_met(outline: "Outline", store: "ArticleStore") -> Text | None:
    """Say that the latest crawl met a limit of this machine, such as of open files; None: it met none."""
    ended = next((run for run in store.runs.latest(RUNS) if run.ended is not None), None)
    if ended is None or not (visits := store.census.limits_met(ended.id)):
        return None
    return texts(
        "{n:,} visit of {crawl} met a limit of this machine: `pressmark runs {id}` says which",
        "{n:,} visits of {crawl} met a limit of this machine: `pressmark runs {id}` says which",
        visits,
        crawl=_named(ended, outline),
        id=ended.id,
    )


def ailing_sources(config: "Config", store: "ArticleStore") -> Text | None:
    """Say how many sources have a trouble that nobody has acknowledged, by state and without names; None: none has."""
    followed = {source.name for source in config.sources}
    ailing = [each.state for each in store.health.of_followed(followed).values() if each.is_bad_now]
    if not ailing:
        return None
    counts = Counter(ailing).most_common()
    by_state = joined(", ", [text("{n:,} {state}", n=count, state=STATE_WORDS[state]) for state, count in counts])
    return text("{n:,} of {all:,} need attention: {states}", n=len(ailing), all=len(followed), states=by_state)


def unsent(store: "ArticleStore", tries: int) -> dict[str, tuple[str, bool]]:
    """Return channel -> why messages by it failed so many times, and whether some of its addresses get them."""
    found: dict[str, tuple[str, bool]] = {}
    for each in store.notices.stuck(tries):
        channel, reaches_some = str(each.channel), bool(each.message.to)
        if channel not in found or not reaches_some or found[channel][1]:
            found[channel] = each.error or "", reaches_some
    return found


def lists_lost(outline: "Outline", store: "ArticleStore") -> "dict[str, list[LostList]]":
    """Return source -> its lists that give nothing, of followed sources at work; a trouble of the source says more."""
    health, paused = store.health.of_followed(outline.cadences), store.schedule.paused()
    in_trouble = {name for name, each in health.items() if each.state is not HealthState.OK}
    at_work = outline.cadences.keys() - paused - in_trouble
    return {name: lost for name, lost in store.walks.lost().items() if name in at_work}


def late_sources(outline: "Outline", store: "ArticleStore", now: datetime) -> dict[str, datetime]:
    """Return source -> the moment it was due, for each source that is overdue and that nobody crawled since."""
    followed = {name for name, cadence in outline.cadences.items() if not cadence.never}
    late = overdue(
        store.schedule.due(), followed=followed, at_rest=store.schedule.paused() | store.runs.held(), now=now
    )
    crawled = store.schedule.crawled_since(late)  # by hand: the schedule has planned nothing since
    return {source: at for source, at in late.items() if source not in crawled}


def alarms(config: "Config", store: "ArticleStore", now: datetime, *, behind: int) -> list[Alarm]:
    """Return what is wrong now, in the order in which it is said; the keys are those of the same trouble each time.

    Args:
        behind: How many changes the index is behind the store.
    """
    runs = store.runs.latest(RUNS)
    recent = [run for run in runs if now - run.started < WEEK]
    hanging = hanging_crawls(config.outline, store, now)
    found = [
        *missed_crawls(config.outline, store, now),
        *hanging,
        *_of_runs(recent, config),
        *_of_sources(config, store),
    ]
    last = next((run for run in runs if run.ended is not None), None)
    idle = not runs or runs[0].status != "running"
    is_late = last is not None and last.ended is not None and idle and now - last.ended > INDEX_LATE
    if behind > 0 and last is not None and (is_late or _waits(config, store, now, behind)):
        found.append(Alarm("index", behind_by(behind)))
    if (full := little_room(config.outline)) is not None:
        found.append(Alarm("disk", full))
    if (met := limits_met(config.outline, store)) is not None:
        found.append(Alarm("limits", met))
    articles, revisions = store.damage.counts()
    found += [Alarm("damage:articles", said) for said in left_out(articles, 0)]
    found += [Alarm("damage:revisions", said) for said in left_out(0, revisions)]
    return found


def left_out(articles: int, revisions: int) -> list[Text]:
    """Say how many articles and earlier texts are damaged, and so left out."""
    of_articles = texts(
        "{n:,} article is damaged and left out: `pressmark check --full --mend`",
        "{n:,} articles are damaged and left out: `pressmark check --full --mend`",
        articles,
    )
    of_revisions = texts(
        "{n:,} earlier text is damaged and left out of histories: a backup may have it whole",
        "{n:,} earlier texts are damaged and left out of histories: a backup may have them whole",
        revisions,
    )
    return [said for count, said in ((articles, of_articles), (revisions, of_revisions)) if count]


def _waits(config: "Config", store: "ArticleStore", now: datetime, behind: int) -> bool:
    """Whether the first change that the index lacks was fetched so long ago that updates during crawls had it."""
    first = next(iter(store.changes(store.sequence - behind, 1)), None)
    if first is None or first.stored is None or not config.indexer.every:
        return False
    return now - first.stored.article.fetched > INDEX_LATE + config.indexer.every


def behind_by(changes: int) -> Text:
    """Say how many changes the index is behind the store."""
    return texts(
        "the index is {n:,} change behind: `pressmark index`",
        "the index is {n:,} changes behind: `pressmark index`",
        changes,
    )


def hanging_crawls(outline: "Outline", store: "ArticleStore", now: datetime) -> list[Alarm]:
    """Return an alarm for each crawl under way that holds sources and has visited nothing for STILL.

    Its process hangs, or was stopped; no other crawl may have its sources meanwhile.
    """
    found = []
    for run in store.runs.under_way():
        since = max(run.started, store.journal.last_visit(run.id) or run.started)
        if now - since <= STILL:
            continue
        held = [each.source for each in store.runs.receipts(run.id) if each.state == "running"]
        if held:
            said = text(
                "{crawl} has visited nothing since {since:%d %b %Y %H:%M} and holds {sources}: its process hangs or was"
                " stopped; end it, and the next crawl goes on",
                crawl=_named(run, outline),
                since=since.astimezone(outline.zone),
                sources=first_of(held),
            )
            found.append(Alarm(f"hangs:{run.id}", said))
    return found


def missed_crawls(outline: "Outline", store: "ArticleStore", now: datetime) -> list[Alarm]:
    """Return an alarm where crawls are due and nobody makes them; names of sources are as in config.toml."""
    late = late_sources(outline, store, now)
    if late:
        source, at = next(iter(late.items()))
        more = len(late) - 1
        due = text(
            "{sources}: due since {since:%d %b %Y %H:%M}, and nobody crawls:"
            " is `pressmark serve` or `pressmark schedule run` alive?",
            sources=text("{source} and {n:,} more", source=source, n=more) if more else source,
            since=at.astimezone(outline.zone),
        )
        return [Alarm(f"crawls:{at.isoformat()}", due)]
    absent = absent_scheduler(outline, store, now)
    if absent is None:
        return []
    key = f"crawls:{store.schedule.alive()}"
    return [Alarm(key, text("{absent}: start `pressmark serve` or `pressmark schedule run`", absent=absent))]


def _of_runs(runs: "list[Run]", config: "Config") -> Iterator[Alarm]:
    """Say which of the latest crawls ended badly, or began long after they were due."""
    for run in reversed(runs):
        if run.status in BAD_ENDS:
            yield Alarm(f"run:{run.id}", _ended_badly(run, config.outline))
        if run.due is not None and run.started - run.due > LATE and run.status != "running":
            note = run.note or text("no reason is known")
            crawl = _named(run, config.outline)
            yield Alarm(f"late:{run.id}", text("{crawl} was late: {note}", crawl=crawl, note=note))


def cut_short(outline: "Outline", store: "ArticleStore", now: datetime) -> list[Text]:
    """Say which crawls failed or died, the last one and those whose sources no later crawl came to the end of."""
    bad = store.runs.cut_short(now - WEEK)
    last = [run for run in store.runs.latest(1) if run.status in BAD_ENDS and run not in bad]
    return [_ended_badly(run, outline) for run in (*last, *bad)]


def _ended_badly(run: "Run", outline: "Outline") -> Text:
    note = run.note or text("its process was killed, the machine stopped, or the disk was full")
    return text("{crawl} {state}: {note}", crawl=_named(run, outline), state=STATE_WORDS[run.status], note=note)


def _named(run: "Run", outline: "Outline") -> Text:
    return text("crawl {id} of {began:%d %b %Y %H:%M}", id=run.id, began=run.started.astimezone(outline.zone))


def _of_sources(config: "Config", store: "ArticleStore") -> Iterator[Alarm]:
    health = store.health.all()
    for source in config.sources:
        found = health.get(source.name)
        for each in found.apart() if found is not None else ():
            if each.is_alarming:
                tries = [text("To do: {what}", what=what) for what in advice(each, site=source.url)]
                more = (text("It means: {what}", what=meaning(each)), *tries)
                yield Alarm(_key(each), named_in_a_line(each, config.zone), more)


def _key(health: Health) -> str:
    kind = f"-{health.kind}" if health.kind and health.state is HealthState.DRIFTING else ""
    return f"source:{health.source}:{health.state}{kind}:{health.since.isoformat()}"
