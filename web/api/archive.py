"""The operations of the API on sources, crawls and authors."""

from dataclasses import fields
from datetime import datetime

from werkzeug.exceptions import NotFound

from corpus.health.values import HealthState
from corpus.model import Run as StoredRun
from corpus.people.names import fold
from corpus.texts import joined
from indexer.query.parameters import whole_number
from web.api.archive_values import Author, Authors, NameForm, Profile, Run, RunReceipt, Runs, Source, Sources
from web.api.operations import Call, operation
from web.api.parameters import CURSOR, FIND, LIMIT, ORDER, PAGES
from web.api.pinned import Whole, part_of
from web.api.problems import Fault, wrong
from web.authors.author_pages import people
from web.layout.services import current_services
from web.sources.crawls import shown
from web.sources.run_record import record_of
from web.sources.source_pages import sources_of

NEWEST = 1 << 62  # above the number of any run


@operation("GET", "/sources", "Sources and crawls", gives=Sources)
def sources(_call: Call) -> Sources:
    """List the sources."""
    return Sources(items=sources_as_data())


@operation("GET", "/sources/{name}", "Sources and crawls", gives=Source, refuses=(404,))
def source(call: Call) -> Source:
    """Give one source by its name."""
    found = next((each for each in sources_as_data() if each.name == call.path["name"]), None)
    if found is None:
        raise NotFound
    return found


@operation("GET", "/runs", "Sources and crawls", takes=PAGES, gives=Runs)
def runs(call: Call) -> Runs:
    """List the crawls; a cursor is the number of the last crawl that was given."""
    limit, typed = int(call.one(LIMIT)), call.one(CURSOR)
    before = whole_number(typed) if typed else NEWEST
    if before is None:
        raise wrong([Fault("query: cursor", typed[:40], "the `next` of an answer of this list")])
    found = current_services().store.runs.latest(limit + 1, before=before)
    part = found[:limit]
    return Runs(items=[run_of(each) for each in part], next=str(part[-1].id) if len(found) > limit else None)


@operation("GET", "/runs/{number}", "Sources and crawls", gives=RunReceipt, refuses=(404,))
def run(call: Call) -> RunReceipt:
    """Give the receipt of a crawl: what each source brought, lost and left out, and how long it took."""
    store = current_services().store
    found = store.runs.run(call.number)
    if found is None:
        raise NotFound
    record = record_of(store, shown(found))
    return RunReceipt(**{each.name: record[each.name] for each in fields(RunReceipt)})


@operation("GET", "/authors", "Authors", takes=(FIND, ORDER, *PAGES), gives=Authors, refuses=(410,))
def authors(call: Call) -> Authors:
    """List the people who sign articles."""

    def listed(_now: datetime) -> Whole:
        position = current_services().engine.position
        found, cut = people(call.one(FIND).strip()[:100], order=call.one(ORDER) or "name")
        return Whole(found, len(found), position, (str(cut),) if cut else ())

    part = part_of(call.name_without(LIMIT, CURSOR), call.one(CURSOR), int(call.one(LIMIT)), listed)
    return Authors(
        total=part.whole.total,
        position=part.whole.position,
        notes=[*part.whole.notes],
        items=[Author(key=each.author.key, name=each.author.name, articles=each.articles) for each in part.items],
        next=part.next,
    )


@operation("GET", "/authors/{key}", "Authors", gives=Profile, refuses=(404,))
def author(call: Call) -> Profile:
    """Give an author by a key; the key of another form of the name gives the one that counts."""
    store = current_services().store
    key = store.authors.aliases().get(fold(call.path["key"]), fold(call.path["key"]))
    counted = (
        next((each for each in store.authors.counts(limit=2, prefix=key) if each.author.key == key), None)
        if key
        else None
    )
    if counted is None:
        raise NotFound
    heads = store.authors.aliases()
    forms = [each for each in store.authors.alias_rows() if heads.get(each.key) == key]
    return Profile(
        key=key,
        name=counted.author.name,
        articles=counted.articles,
        forms=[
            NameForm(key=each.key, evidence=each.evidence, made=each.made.isoformat(timespec="seconds"))
            for each in forms
        ],
    )


def sources_as_data() -> list[Source]:
    """Return the sources and how they do."""
    services = current_services()
    now = services.now()
    return [
        Source(
            name=stats.name,
            title=settings.title if settings else None,
            home=settings.url if settings else None,
            followed=settings is not None,
            state=str(state),
            since=_moment(health.since) if health and health.state is not HealthState.OK else None,
            why=joined("; ", [each.why for each in health.troubles]) or None if health else None,
            articles=stats.articles,
            new=stats.new,
            last_ok=_moment(stats.last_ok),
            next=_moment(
                None
                if stats.paused or settings is None
                else (settings.schedule or services.config.schedule.crawl).next(now, services.zone)
            ),
            visits=stats.visits,
            failed=sum(stats.failures.values()),
            without_byline=round(stats.without_byline, 4),
            without_date=round(stats.without_date, 4),
        )
        for stats, state, health, settings in sources_of(now)
    ]


def run_of(run: StoredRun) -> Run:
    """Return a crawl with the outcomes of its visits, of all sources together, as its reader may see it."""
    visits: dict[str, int] = {}
    for counts in run.counts.values():
        for outcome, count in counts.items():
            visits[outcome] = visits.get(outcome, 0) + count
    return Run(
        run=run.id,
        started=run.started.isoformat(),
        ended=_moment(run.ended),
        due=_moment(run.due),
        trigger=run.trigger,
        status=run.status,
        visits=visits,
        bytes=run.bytes,
        note=shown(run).note,
    )


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
