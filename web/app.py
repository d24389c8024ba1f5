"""The pages as one Flask app: what is wired to what."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, request
from markupsafe import Markup

from corpus import VERSION
from corpus.config import Config
from corpus.errors import PressmarkError
from corpus.store import ArticleStore
from corpus.texts import text
from indexer.contract.protocol import SearchEngine
from web import help, language_page, start, static_files
from web.accounts import account_page, audit_page, login_page, people_page, require_sign_in
from web.api import reference, serving
from web.api.listing import lists
from web.articles import article_page, capture_page, correcting, lookup, passages, revisions, search_archive
from web.authors import author_pages, merging
from web.batch import batch_page
from web.desk import (
    corrections_page,
    dossier_exports,
    dossier_page,
    dossiers_page,
    keeping,
    receipt_page,
    saved_feed,
    saved_page,
    shared_page,
    tagging,
    undoing,
)
from web.desk.history import bundles, history_page
from web.languages.speaking import speak_to_readers
from web.languages.wording import install, said
from web.layout import changes, other_machines, paths, problems, render, replies, well_known, who
from web.layout.health_words import STATE_WORDS
from web.layout.hosts import is_ours
from web.layout.mounting import LANGUAGE, Mounted, public_address, put_links_under_their_path
from web.layout.paths import misread
from web.layout.services import EXTENSION, Services, current_services
from web.metrics import metrics_page
from web.processes.shared import Shared
from web.sampling import sample_page, samples_page
from web.search import (
    advanced_page,
    downloads,
    export_page,
    facets,
    feed,
    hit_markup,
    search_page,
    suggesting,
    timeline,
)
from web.sources import (
    changing,
    coverage_page,
    crawls,
    requests_page,
    run_page,
    run_visits,
    schedule_page,
    source_pages,
)
from web.trends import trends_page
from web.words import words_page

PARTS = (
    start,
    trends_page,
    words_page,
    batch_page,
    merging,
    author_pages,
    search_page,
    downloads,
    feed,
    facets,
    suggesting,
    advanced_page,
    export_page,
    article_page,
    capture_page,
    search_archive,
    revisions,
    correcting,
    passages,
    corrections_page,
    coverage_page,
    changing,
    source_pages,
    crawls,
    schedule_page,
    requests_page,
    run_page,
    run_visits,
    help,
    language_page,
    lookup,
    well_known,
    metrics_page,
    saved_page,
    saved_feed,
    dossier_page,
    dossiers_page,
    history_page,
    bundles,
    dossier_exports,
    shared_page,
    keeping,
    tagging,
    receipt_page,
    samples_page,
    sample_page,
    undoing,
    login_page,
    account_page,
    people_page,
    audit_page,
    serving,
    reference,
    lists,
)
ENDS = {
    "running": text("is running since"),
    "failed": text("failed"),
    "died": text("broke off"),
    "stopped": text("was stopped"),
}  # what the foot says of a crawl in place of what it brought
STATES = {
    "ok": ("ok", "●"),
    "slow": ("warn", "▲"),
    "failing": ("red", "■"),
    "moved": ("red", "■"),
    "drifting": ("warn", "▲"),
    "quiet": ("warn", "▲"),
    "blocked": ("red", "■"),
    "missing": ("red", "■"),
    "failed": ("red", "■"),
    "died": ("red", "■"),
    "paused": ("", "○"),
    "waiting": ("", "○"),
    "running": ("", "○"),
    "at work": ("", "○"),
    "done": ("ok", "●"),
    "expired": ("warn", "▲"),
    "stopped": ("warn", "▲"),
    "partial": ("warn", "▲"),
}


class _App(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a view or what runs beside it: none of ours is a coroutine, and Flask looks at fifteen a request."""
        return func


def create_app(
    config: Config,
    open_store: Callable[[], ArticleStore],
    open_engine: Callable[[], SearchEngine],
    *,
    now: Callable[[], datetime] | None = None,
    shared: Shared | None = None,
) -> Flask:
    """Return the app that serves one corpus.

    Args:
        config: Its settings; `[web]` and the time zone are read.
        open_store: Opens the article store, called once, at the first request that needs it.
        open_engine: Opens the search engine, likewise; IndexError_ becomes a page that says so.
        now: The clock, for tests.
        shared: What this process has in common with others that serve the same pages; None: it serves alone.
    """
    app = _App("web", root_path=str(Path(__file__).parent), static_folder=None)
    app.extensions[EXTENSION] = Services(config, open_store, open_engine, now, shared)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the provider flask makes has it
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    _templates(app)
    replies.finish(app)
    put_links_under_their_path(app)  # before replies tags and packs an answer: flask runs these in reverse
    problems.announce(app)
    speak_to_readers(app, config.web.language, LANGUAGE)
    app.before_request(_check_host)
    require_sign_in.watch(app)
    other_machines.watch(app)
    app.wsgi_app = Mounted(app.wsgi_app, config.web.url, config.web.trusted_proxies)  # type: ignore[method-assign]
    app.add_url_rule("/static/<name>", "static", static_files.give)
    for part in PARTS:
        app.register_blueprint(part.blueprint)
    return app


def _check_host() -> None:
    current_services().follow_config()
    web = current_services().config.web
    if request.path in well_known.PROBES:  # a probe names the container, the pod or nothing
        return
    readers = (public_address(web.url).host.rpartition("@")[2].partition(":")[0],) if web.url else ()
    if not is_ours(request.headers.get("Host", ""), (web.host, *web.allowed_hosts, *readers)):
        raise problems.WrongHost(
            text(
                "This archive does not answer to that name. If it should, add the name to allowed_hosts"
                " under [web] in config.toml."
            )
        )


def _templates(app: Flask) -> None:
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    install(app.jinja_env)
    app.jinja_env.filters.update(
        marked=render.marked,
        apart=render.apart,
        alone=render.alone,
        number=render.number,
        capitalize=render.capitalized,
        plural=render.plural,
        breakable=render.breakable,
        facet_rows=facets.rows_markup,
        chart_rows=timeline.rows_markup,
        hits=hit_markup.hits_markup,
        when=hit_markup.when,
        percent=render.percent,
        person=lambda name: text("this machine") if name == who.HERE else name,
        state_word=_state_word,
    )
    app.jinja_env.globals.update(form_token=changes.token, is_public=lambda: not who.reads_in_full())
    app.jinja_env.globals.update(account_links=_account_links, zone_name=lambda: str(current_services().zone))
    app.jinja_env.globals.update(most_listed=lambda: paths.MOST_LISTED)
    app.jinja_env.globals.update(asset=static_files.address, version=VERSION)
    app.jinja_env.globals.update(language_names=language_page.NAMES, languages_path=language_page.languages_path)
    app.context_processor(_common)


def _common() -> dict[str, Any]:
    """Return what every page may show; a page that must not ask the store names another foot."""
    usual = {"desk": None, "here": None, "noindex": False, "canonical": None, "foot_of": _foot, "misread": misread}
    return {**_change_made(), **usual}


def _account_links() -> list[tuple[str, str]]:
    """Return what stands after the pages in the line of links: the way in, or to one's own account."""
    web = current_services().config.web
    if web.accounts == "none":
        return []
    try:
        role, rules = who.who_asks().role, who.may(who.Right.RULE)
    except PressmarkError:  # the page says that the store cannot be read
        return []
    if role is None:
        return [(text("Sign in"), "/login")] if web.accounts == "password" else []
    return [*([(text("People"), "/people")] if rules else []), (text("Account"), "/account")]


def _change_made() -> dict[str, Any]:
    """Return the change that was just made, for the line that says so, with what undoes it."""
    change_made = undoing.done_line() if changes.DONE in request.args and changes.may_change() else None
    if change_made is None:
        return {"change_made": None}
    can_undo = change_made.can_be_undone(current_services().now())
    return {
        "change_made": change_made,
        "can_undo": can_undo,
        "done_here": request.full_path,
        "done_in": changes.change_named()[1],
    }


def _foot() -> dict[str, Any] | None:
    services = current_services()
    try:
        run = services.totals().last_run
    except PressmarkError:
        return None
    if run is None:
        return None
    ended = run.ended or run.started
    near = render.near(ended, services.now(), services.zone)
    return {
        "ended": text("{time} today", time=near) if ":" in near else near,
        "iso": render.iso(ended, services.zone),
        "new": sum(each.get("new", 0) for each in run.counts.values()),
        "failed": ENDS.get(run.status),
    }


def _state_word(state: str) -> Markup:
    colour, shape = STATES.get(state, ("", "○"))
    return Markup('<b class="st {}"><span aria-hidden="true">{}</span> {}</b>').format(
        colour, shape, said(STATE_WORDS.get(state, state))
    )
