"""The sources and their state: `/sources`, and a page for every source."""

import re
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template
from markupsafe import Markup, escape
from werkzeug.exceptions import NotFound

from corpus import urls
from corpus.config import Source
from corpus.health.advice import advice
from corpus.health.values import Health, HealthState
from corpus.model import Outcome, UrlState
from corpus.reasons import consequence, in_words
from corpus.runs import lost_lists
from corpus.runs.receipts import SourceReceipt
from corpus.runs.robots_bounds import in_words as robots_in_words
from corpus.runs.words import at_rest
from corpus.store import SourceStats
from corpus.texts import joined, text, texts
from indexer.contract.facet_values import site_key
from indexer.contract.facets import FacetName
from indexer.contract.values import Dating, Sort
from web.languages import formats
from web.languages.wording import said
from web.layout.charts import spark
from web.layout.health_words import OUTCOME_WORDS, STATE_WORDS, in_a_line
from web.layout.paths import LONGEST_FINDING, choice_of, source_path
from web.layout.render import capitalized, near, percent, web_address
from web.layout.services import current_services
from web.layout.state import State
from web.layout.who import Right, may, reads_in_full
from web.sources.cadence_words import said_cadence
from web.sources.changing import left_out
from web.sources.reason_words import counted, meaning, with_code
from web.sources.requests_page import wanted_of
from web.sources.rule_page import offers
from web.sources.wanting import scheduler_is_alive

blueprint = Blueprint("sources", __name__)

ORDER = ("moved", "blocked", "failing", "drifting", "slow", "quiet", "paused", "waiting", "ok")
TROUBLE = {
    "moved": text("has moved"),
    "blocked": text("turns us away"),
    "failing": text("gives no or few stories"),
    "drifting": text("reads worse than it did"),
    "slow": text("is slow to answer"),
    "quiet": text("has no news"),
    "paused": text("is paused"),
}
_COMMAND = re.compile(r"`([^`]*)`")
CRAWLS = 5  # the latest of a source
NO_FAILURES = (0,) * 7
STALE = timedelta(days=7)


@blueprint.get("/sources")
def page() -> str:
    """List every source with its state; `?state=` shows those of one state."""
    rows = _rows()
    counts = Counter(row["state"] for row in rows)
    search_request = choice_of("state", ORDER) or None
    states: list[tuple[str, str | None]] = [(text("All {n}", n=len(rows)), "/sources" if search_request else None)]
    states += [
        (
            text("{state} {n}", state=STATE_WORDS[state], n=counts[state]),
            None if state == search_request else f"/sources?state={state}",
        )
        for state in reversed(ORDER)
        if counts[state]
    ]
    return render_template(
        "sources.html",
        title=text("Sources"),
        here="Sources",
        canonical="/sources",
        rows_all=len(rows),
        totals=current_services().totals(),
        trouble=[row for row in rows if row["trouble"]],
        states=states,
        rows=[row for row in rows if search_request in (None, row["state"])],
        may_edit=may(Right.EDIT),
        contact=current_services().config.crawler.contact,
    )


@blueprint.get("/sources/<path:name>")
def source(name: str) -> str:
    """Show one source: what it has, how it is read, what fails."""
    row = next((each for each in _rows() if each["name"] == name), None)
    if row is None:
        raise NotFound(text("No source here is called {name}.", name=name[:LONGEST_FINDING]))
    settings = current_services().config.source(name)
    return render_template(
        "source.html",
        title=name,
        here="Sources",
        row=row,
        home=web_address(settings.url) if settings else None,
        trouble=capitalized(in_a_line(row["health"], current_services().zone)) if row["health"] else None,
        tries=_tries(row["health"], settings) if row["health"] else (),
        facts=_facts(row, settings),
        may_edit=may(Right.EDIT) and settings is not None,
        paused=row["state"] == "paused",
        alive=scheduler_is_alive(),
        address=settings.url if settings else None,
        wanted=wanted_of(name) if reads_in_full() else None,
        crawls=[_crawl(*each) for each in current_services().store.runs.of_source(name, CRAWLS)],
        acknowledged=bool(row["health"] and not row["health"].is_alarming),
        left_out=left_out(name) if reads_in_full() else [],
        offers=offers(name) if settings is not None and reads_in_full() else [],
    )


def _tries(health: Health, settings: Source | None) -> list[Markup]:
    """Return what its operator may try, the commands in code; nothing where others read the pages, too."""
    if current_services().config.web.public:
        return []
    tries = advice(health, site=settings.url if settings else None)
    return [Markup(_COMMAND.sub(r"<code>\1</code>", str(escape(capitalized(said(each)))))) for each in tries]  # noqa: S704 - escaped first


def _rows() -> list[dict[str, Any]]:
    """Return every source, configured or only imported from: those with most articles first."""
    now = current_services().now()
    return [_row(stats, now, health, state, settings) for stats, state, health, settings in sources_of(now)]


def sources_of(now: datetime) -> list[tuple[SourceStats, str, Health | None, Source | None]]:
    """Return what is known of every source, its state, its health, its settings; those with most articles first."""
    services = current_services()
    stats = services.store.sources.stats(now)
    followed = {each.name for each in services.config.sources}
    names, health = followed | set(stats), services.store.health.of_followed(followed)
    found = []
    for name in names:
        one, settings = stats.get(name, SourceStats(name=name)), services.config.source(name)
        state = _state(one, now, health.get(name), followed=settings is not None)
        found.append((one, state, health.get(name), settings))
    return sorted(found, key=lambda each: (-each[0].articles, each[0].name))


def _row(
    stats: SourceStats, now: datetime, health: Health | None, state: str, settings: Source | None
) -> dict[str, Any]:
    services, name = current_services(), stats.name
    shown = health if state in TROUBLE and state != "paused" else None
    site = {FacetName.SITE: (site_key(name),)}
    return {
        "name": name,
        "url": source_path(name),
        "search_url": State(chosen=site).url(),
        "state": state,
        "trouble": None if health and not health.is_alarming else TROUBLE.get(state),
        "health": shown,
        "articles": stats.articles,
        "new": stats.new,
        "new_url": State(chosen=site, since="-7d", dating=Dating.FETCHED, sort=Sort.ADDED).url(),
        "last_ok": near(stats.last_ok, now, services.zone) if stats.last_ok else text("never"),
        "next": _next(stats, settings, now),
        "visits": stats.visits,
        "failed": sum(stats.failures.values()),
        "spark": spark(stats.failed_days or NO_FAILURES),
        "note": _note(stats, settings, shown),
        "stats": stats,
    }


def _state(stats: SourceStats, now: datetime, health: Health | None, *, followed: bool) -> str:
    if stats.paused:
        return "paused"
    if followed and health is not None and health.state is not HealthState.OK:
        return health.state
    if not stats.visits and (stats.last_ok is None or now - stats.last_ok > STALE):
        return "waiting" if followed or not stats.articles else "ok"
    return "ok"


def _next(stats: SourceStats, settings: Source | None, now: datetime) -> str:
    services = current_services()
    if settings is None:
        return text("not followed")
    cadence = settings.schedule or services.config.schedule.crawl
    due = None if stats.paused else cadence.next(now, services.zone)
    if due is None:
        return text("paused") if stats.paused else text("never")
    local = due.astimezone(services.zone)
    return (
        f"{formats.weekday(local)} {formats.clock(local)}"
        if due - now < timedelta(days=7)
        else near(due, now, services.zone)
    )


def _note(stats: SourceStats, settings: Source | None, health: Health | None) -> str:
    """Say why a source has the trouble that it has; of any other, how its visits ended."""
    trouble = [in_words(each.why) for each in health.troubles] if health else []
    if not stats.visits:
        return joined("; ", trouble) or (
            text("imported") if settings is None else text("not asked in the last seven days")
        )
    failed = sum(stats.failures.values())
    share = percent(failed / stats.visits)
    parts = [text("{share} of visits refused or failed", share=share)] if failed else []
    if trouble:
        return joined("; ", [*trouble, *parts])
    parts = parts or [text("no failures")]
    worst = sorted(stats.failures, key=lambda each: -stats.failures[each])[:2]
    parts += [text("{reason} ×{n:,}", reason=meaning(reason), n=stats.failures[reason]) for reason in worst]
    return joined("; ", parts)


def _facts(row: dict[str, Any], settings: Source | None) -> list[tuple[str, str | Markup]]:
    stats: SourceStats = row["stats"]
    services = current_services()
    facts: list[tuple[str, str | Markup]] = [] if settings else [(text("Crawled"), text("not followed"))]
    if settings:
        delay = settings.delay or services.config.crawler.delay
        facts.append((text("Address"), Markup('<span class="m">{}</span>').format(settings.url)))
        facts += [(name, _addresses(urls)) for name, urls in _ways(settings) if urls]
        schedule = settings.schedule or services.config.schedule.crawl
        if schedule.never:
            facts.append((text("Crawled"), text("only when asked to")))
        else:
            facts.append(
                (text("Crawled"), text("{schedule}, next {when}", schedule=said_cadence(schedule), when=row["next"]))
            )
        facts.append((text("Rest between pages"), text("{seconds:g} s", seconds=delay.total_seconds())))
        robots = services.store.journal.host(urls.authority(settings.url)).robots
        if robots and (lacks := robots_in_words(robots.text)):
            facts.append((text("robots.txt"), joined("; ", lacks)))
    facts.append((text("Last good"), row["last_ok"]))
    fetches = texts("{n:,} fetch", "{n:,} fetches", stats.visits)
    new = texts("{n:,} new article", "{n:,} new articles", stats.new)
    facts.append((text("Seven days"), joined(", ", (fetches, new))))
    facts += [
        (
            text("Refused") if consequence(reason).outcome is Outcome.REFUSED else text("Failed"),
            with_code(
                text("{sentence} ({times})", times=texts("{n:,} time", "{n:,} times", count), sentence=meaning(reason)),
                reason,
            ),
        )
        for reason, count in sorted(stats.failures.items())
    ]
    if stats.articles:
        facts.append((text("No byline"), text("{share} of articles", share=percent(stats.without_byline))))
        facts.append((text("No date"), text("{share} of articles", share=percent(stats.without_date))))
    facts += [
        (
            text("Addresses: {state}", state=OUTCOME_WORDS.get(state, state)),
            text("{n:,}: {reasons}", n=sum(reasons.values()), reasons=counted(state, reasons)),
        )
        for state, reasons in services.store.census.counts(row["name"]).items()
    ]
    facts += [
        (text("Gives nothing"), said)
        for said in lost_lists.each(services.store.walks.lost(row["name"]).get(row["name"], []), services.zone)
    ]
    if settings:
        known = services.store.frontier.counts(row["name"])
        waiting = texts("{n:,} address waiting", "{n:,} addresses waiting", known[UrlState.WAITING])
        dropped = text("{n:,} not asked for again", n=known[UrlState.DROPPED])
        facts.append((text("For later crawls"), joined(", ", (waiting, dropped))))
        due = services.store.census.due_now([row["name"]], services.now()).get(row["name"])
        if due is not None and due.rests_until is not None:
            facts.append((text("Hosts at rest"), at_rest(due.at_rest, due.rests_until.astimezone(services.zone))))
    return facts


def _crawl(run: int, receipt: SourceReceipt, times_left_out: int) -> dict[str, Any]:
    """Return what a crawl brought of a source, its visits and what it left out, so that the numbers add up."""
    return {
        "url": f"/crawls/{run}",
        "at": near(receipt.started, current_services().now(), current_services().zone),
        "counts": {
            text("new"): receipt.of(Outcome.NEW),
            text("changed"): receipt.of(Outcome.CHANGED),
            text("unchanged"): receipt.of(Outcome.UNCHANGED),
            text("left out"): times_left_out,
            text("refused or failed"): receipt.of(Outcome.REFUSED, Outcome.FAILED),
        },
    }


def _ways(settings: Source) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (text("Feeds"), settings.feeds),
        (text("Sitemaps"), settings.sitemaps),
        (text("Sections"), settings.sections),
    )


def _addresses(urls: tuple[str, ...]) -> Markup:
    return Markup("<br>").join(Markup('<span class="m">{}</span>').format(each) for each in urls)
