"""What people want of the scheduler: written down, followed and cancelled on `/requests` and `/requests/N`.

The pages never ask a site for anything: a scheduler does, which is another thread or another process.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.corrections.rules import parts
from corpus.errors import ConfigChanged
from corpus.runs.planning import jobs
from corpus.store import ArticleStore
from corpus.store.crawls.requests import EXPIRES, CrawlRequest, RequestKind, RequestState
from corpus.texts import text
from indexer.query.parameters import whole_number
from web.layout.changes import change, done, keep_private
from web.layout.paths import source_path
from web.layout.problems import NotAllowed
from web.layout.render import iso, minute
from web.layout.services import current_services
from web.layout.who import Right, may, who_asks
from web.sources.look_page import add_from, look_values
from web.sources.rule_page import rule_values, rule_words, take_rule, wanted_rule
from web.sources.wanting import cancelled, not_paused, request_of, scheduler_is_alive, want_crawl, want_look, wanted

blueprint = Blueprint("requests", __name__)
keep_private(blueprint)

LIST = "/requests"
SHOWN = 100
WORDS = {RequestState.TAKEN: "at work"}  # what else the state is called on the pages
KIND_WORDS = {RequestKind.CRAWL: text("crawl"), RequestKind.LOOK: text("look"), RequestKind.RULE: text("rule")}
SHOW = {RequestKind.LOOK: ("look.html", look_values), RequestKind.RULE: ("rule.html", rule_values)}
FOLLOWED = frozenset({RequestState.WAITING, RequestState.TAKEN})


@blueprint.get(LIST)
def page() -> str:
    """List the latest requests, the last one first."""
    found = current_services().store.requests.latest(SHOWN)
    return render_template(
        "requests.html",
        title=text("Requests"),
        here="Crawls",
        noindex=True,
        rows=[row_of(each) for each in found],
        listed=current_services().store.requests.count(),
        alive=scheduler_is_alive(),
        may_edit=may(Right.EDIT),
    )


@blueprint.get("/requests/<int:id>")
def one(id: int) -> str:
    """Show how far a request is, and what came of it; the page asks again by itself until it has ended."""
    found = request_of(id)
    show = SHOW.get(found.kind) if found.state is RequestState.DONE else None
    return render_template(
        show[0] if show else "request.html",
        title=text("Request {n}", n=id),
        here="Crawls",
        noindex=True,
        row=row_of(found),
        alive=scheduler_is_alive(),
        may_edit=may(Right.EDIT),
        conflict="conflict" in request.args,
        **(show[1](found) if show else {}),
    )


@change(blueprint, "/requests/<int:id>", Right.EDIT)
def add(id: int) -> Reply:
    """Add the site or the rule that was found to config.toml; where it was changed meanwhile, its page says so."""
    found = request_of(id)
    try:
        if found.kind is RequestKind.RULE:
            _, words, taken = rule_taken(found, request.form.get("rule", ""), request.form.get("expected", ""))
            return done(words, taken, f"{LIST}/{found.id}")
        source, words, undo = added(found, request.form.get("name", ""), request.form.get("expected", ""))
    except ConfigChanged:
        return redirect(f"{LIST}/{id}?conflict=1", 303)
    return done(words, undo, source_path(source))


def added(found: CrawlRequest, name: str, expected: str | None) -> tuple[str, str, dict[str, Any] | None]:
    """Write what a look found to config.toml; return the source, what was done in words, and what undoes it.

    Raises:
        ConfigChanged, NotAllowed: as add_from says.
    """
    made = add_from(found, name, expected)
    if made.to:
        return made.to, text("The feed is added to {source}, in config.toml.", source=made.to), None
    words = text("{source} is added to config.toml: the next crawl fetches it.", source=made.name)
    return made.name, words, {"kind": "source added", "name": made.name}


def rule_taken(found: CrawlRequest, place: str, expected: str | None) -> tuple[str, str, dict[str, Any]]:
    """Write a rule that was tried to config.toml; return its source, what was done in words, and what undoes it.

    Raises:
        ConfigChanged, NotAllowed: as take_rule says.
    """
    source, undo = take_rule(found, place, expected)
    return source, text("The rule is in config.toml: the next crawl reads {source} by it.", source=source), undo


@blueprint.get("/requests/<int:id>.json")
def one_as_data(id: int) -> Reply:
    """Give one request as data, with what a look found."""
    return jsonify(record_of(request_of(id)))


@change(blueprint, LIST, Right.EDIT)
def ask_for() -> Reply:
    """Write down that sources are to be crawled now."""
    services, do, name = current_services(), request.form.get("do", ""), request.form.get("name", "")
    if do == "crawl":
        return _crawl([not_paused(name)], source_path(name))
    if do == "job":
        job = next((each for each in jobs(services.config) if each.name == name), None)
        if job is None:
            raise NotFound
        paused = services.store.schedule.paused()
        return _crawl([each for each in job.sources if each not in paused], "/schedule")
    if do == "look":
        return _look(request.form.get("url", "").strip())
    if do == "rule":
        wanted = wanted_rule(name, request.form.get("field", ""))
        made, _ = services.store.requests.add(RequestKind.RULE, wanted, who_asks().name, services.now())
        return redirect(f"{LIST}/{made.id}", 303)
    if do == "cancel":
        return done(cancelled(whole_number(request.form.get("id", "")) or 0), None, LIST)
    raise NotAllowed(text("The form does not say what is wanted."))


def _crawl(names: Sequence[str], back: str) -> Reply:
    return done(*wanted(names, want_crawl(names)), back)


def cancel(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Take back requests for crawls.

    Raises:
        NotAllowed: A scheduler has begun all of them.
    """
    if not sum(store.requests.cancel(id, now) for id in was["ids"]):
        raise NotAllowed(text("The crawl has begun: it cannot be undone."))


def _look(typed: str) -> Reply:
    return redirect(f"{LIST}/{want_look(typed).id}", 303)


def wanted_of(source: str) -> dict[str, Any] | None:
    """Return the crawl of a source that somebody wants and that has not ended; None: there is none."""
    open_ = current_services().store.requests.open()
    found = next((each for each in open_ if each.kind is RequestKind.CRAWL and each.about == source), None)
    row = row_of(found) if found is not None else None
    return row if row is not None and row["is_open"] else None


def row_of(found: CrawlRequest) -> dict[str, Any]:
    """Return what a list shows of a request."""
    services = current_services()
    state = found.state_at(services.now())
    return {
        "id": found.id,
        "url": f"{LIST}/{found.id}",
        "kind": found.kind.value,
        "kind_word": KIND_WORDS[found.kind],
        "about": rule_words(found) if found.kind is RequestKind.RULE else found.about,
        "who": found.who,
        "made": minute(found.made, services.zone),
        "state": WORDS.get(state, state.value),
        "is_open": state in FOLLOWED,
        "waits": state is RequestState.WAITING,
        "outcome": found.outcome,
        "run": found.run,
        "source_url": _source_of(found),
        "until": minute(found.made + EXPIRES, services.zone),
    }


def _source_of(found: CrawlRequest) -> str | None:
    if found.kind is RequestKind.RULE:
        named = parts(found.about)
        return source_path(named[1]) if named else None
    return source_path(found.about) if found.kind is RequestKind.CRAWL else None


def record_of(found: CrawlRequest) -> dict[str, Any]:
    """Return a request as data; times in ISO 8601."""
    services = current_services()
    return {
        "id": found.id,
        "kind": found.kind.value,
        "about": found.about,
        "who": found.who,
        "made": iso(found.made, services.zone),
        "state": found.state_at(services.now()).value,
        "taken": iso(found.taken, services.zone) if found.taken else None,
        "finished": iso(found.finished, services.zone) if found.finished else None,
        "outcome": found.outcome,
        "run": found.run,
        "found": found.answer or None,
    }
