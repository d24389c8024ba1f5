"""The sources and their state: `/sources`, and a page for every source."""

import re
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from markupsafe import Markup, escape
from werkzeug.exceptions import NotFound

from corpus.config import Source
from corpus.health.advice import advice
from corpus.health.values import Health, HealthState
from corpus.model import UrlState
from corpus.store import SourceStats
from indexer.contract.facet_values import site_key
from indexer.contract.facets import FacetName
from indexer.contract.values import Dating, Sort
from web.layout.charts import spark
from web.layout.health_words import in_a_line
from web.layout.paths import source_path
from web.layout.render import near, number, percent, plural, web_address
from web.layout.services import current_services
from web.layout.state import State
from web.layout.who import Right, may, reads_in_full
from web.sources.changing import left_out
from web.sources.requests_page import scheduler_is_alive, wanted_of

blueprint = Blueprint("sources", __name__)

ORDER = ("moved", "blocked", "failing", "drifting", "slow", "quiet", "paused", "waiting", "ok")
TROUBLE = {
    "moved": "has moved",
    "blocked": "turns us away",
    "failing": "gives no or few stories",
    "drifting": "reads worse than it did",
    "slow": "is slow to answer",
    "quiet": "has no news",
    "paused": "is paused",
}
_COMMAND = re.compile(r"`([^`]*)`")
NO_FAILURES = (0,) * 7
STALE = timedelta(days=7)


@blueprint.get("/sources")
def page() -> str:
    """List every source with its state; `?state=` shows those of one state."""
    rows = _rows()
    counts = Counter(row["state"] for row in rows)
    search_request = request.args.get("state")
    search_request = search_request if search_request in counts else None
    states: list[tuple[str, str | None]] = [(f"All {len(rows)}", "/sources" if search_request else None)]
    states += [
        (f"{state} {counts[state]}", None if state == search_request else f"/sources?state={state}")
        for state in reversed(ORDER)
        if counts[state]
    ]
    return render_template(
        "sources.html",
        title="Sources",
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
        raise NotFound
    settings = current_services().config.source(name)
    return render_template(
        "source.html",
        title=name,
        here="Sources",
        row=row,
        home=web_address(settings.url) if settings else None,
        trouble=_sentence(row["health"]) if row["health"] else None,
        tries=_tries(row["health"], settings) if row["health"] else (),
        facts=_facts(row, settings),
        may_edit=may(Right.EDIT) and settings is not None,
        paused=row["state"] == "paused",
        alive=scheduler_is_alive(),
        address=settings.url if settings else None,
        wanted=wanted_of(name) if reads_in_full() else None,
        acknowledged=bool(row["health"] and row["health"].acknowledged),
        left_out=left_out(name) if reads_in_full() else [],
    )


def _sentence(health: Health) -> str:
    line = in_a_line(health, current_services().zone)
    return line[:1].upper() + line[1:]


def _tries(health: Health, settings: Source | None) -> list[Markup]:
    """Return what its keeper may try, the commands in code; nothing where others read the pages, too."""
    if current_services().config.web.public:
        return []
    tries = advice(health, site=settings.url if settings else None)
    return [Markup(_COMMAND.sub(r"<code>\1</code>", str(escape(each)))) for each in tries]  # noqa: S704 - escaped first


def _rows() -> list[dict[str, Any]]:
    """Return every source, configured or only imported from: those with most articles first."""
    now = current_services().now()
    return [_row(stats, now, health, state, settings) for stats, state, health, settings in sources_of(now)]


def sources_of(now: datetime) -> list[tuple[SourceStats, str, Health | None, Source | None]]:
    """Return what is known of every source, its state, its health, its settings; those with most articles first."""
    services = current_services()
    stats = services.store.sources.stats(now)
    names = {each.name for each in services.config.sources} | set(stats)
    health = services.store.health.all()
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
    site = {FacetName.SITE: (site_key(name),)}
    return {
        "name": name,
        "url": source_path(name),
        "search_url": State(chosen=site).url(),
        "state": state,
        "trouble": None if health and health.acknowledged else TROUBLE.get(state),
        "health": health if state in TROUBLE and state != "paused" else None,
        "articles": stats.articles,
        "new": stats.new,
        "new_url": State(chosen=site, since="-7d", dating=Dating.FETCHED, sort=Sort.ADDED).url(),
        "last_ok": near(stats.last_ok, now, services.zone) if stats.last_ok else "never",
        "next": _next(stats, settings, now),
        "visits": stats.visits,
        "failed": sum(stats.failures.values()),
        "spark": spark(stats.failed_days or NO_FAILURES),
        "note": _note(stats, settings),
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
        return "not followed"
    cadence = settings.schedule or services.config.schedule.crawl
    due = None if stats.paused else cadence.next(now, services.zone)
    if due is None:
        return "paused" if stats.paused else "never"
    local = due.astimezone(services.zone)
    return f"{local:%a %H:%M}" if due - now < timedelta(days=7) else near(due, now, services.zone)


def _note(stats: SourceStats, settings: Source | None) -> str:
    if not stats.visits:
        return "imported" if settings is None else "not asked in the last seven days"
    failed = sum(stats.failures.values())
    parts = [f"{percent(failed / stats.visits)} of fetches failed" if failed else "no failures"]
    worst = sorted(stats.failures, key=lambda each: -stats.failures[each])[:2]
    parts += [f"{reason} × {number(stats.failures[reason])}" for reason in worst]
    return "; ".join(parts)


def _facts(row: dict[str, Any], settings: Source | None) -> list[tuple[str, str | Markup]]:
    stats: SourceStats = row["stats"]
    services = current_services()
    facts: list[tuple[str, str | Markup]] = []
    if settings:
        delay = settings.delay or services.config.crawler.delay
        facts.append(("Address", Markup('<span class="m">{}</span>').format(settings.url)))
        facts += [(name, _addresses(urls)) for name, urls in _ways(settings) if urls]
        schedule = settings.schedule or services.config.schedule.crawl
        facts.append(("Crawled", "only when asked to" if schedule.never else f"{schedule}, next {row['next']}"))
        facts.append(("Rest between pages", f"{delay.total_seconds():g} s"))
    facts.append(("Last good", row["last_ok"]))
    facts.append(("Seven days", f"{plural(stats.visits, 'fetch', 'fetches')}, {plural(stats.new, 'new article')}"))
    facts += [(f"Failed: {reason}", plural(count, "time")) for reason, count in sorted(stats.failures.items())]
    facts.append(("No byline", f"{percent(stats.without_byline)} of articles"))
    facts.append(("No date", f"{percent(stats.without_date)} of articles"))
    facts += [
        (f"Addresses: {state}", _reasons(reasons))
        for state, reasons in services.store.census.counts(row["name"]).items()
    ]
    known = services.store.frontier.counts().get(row["name"], {})
    waiting = plural(known.get(UrlState.WAITING, 0), "address", "addresses")
    facts.append(("Frontier", f"{waiting} waiting, {number(known.get(UrlState.DROPPED, 0))} not asked for again"))
    return facts


def _reasons(reasons: dict[str, int]) -> str:
    """Say how many addresses are in a state, and for which reasons when there is more than one."""
    each = ", ".join(f"{reason} × {number(count)}" for reason, count in reasons.items())
    return f"{number(sum(reasons.values()))}: {each}"


def _ways(settings: Source) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("Feeds", settings.feeds), ("Sitemaps", settings.sitemaps), ("Sections", settings.sections))


def _addresses(urls: tuple[str, ...]) -> Markup:
    return Markup("<br>").join(Markup('<span class="m">{}</span>').format(each) for each in urls)
