"""Pages on a machine without a store -> sentences and links that lead to the machines that have the stores."""

from dataclasses import dataclass

from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Reply

from corpus.marks import read_mark
from corpus.model import StoredArticle
from corpus.texts import text
from web.layout.problems import wants_json
from web.layout.render import web_address
from web.layout.services import current_services
from web.layout.who import may_read, may_watch

# The parts that the indexes can answer; every other page is on the machines that have the stores.
ANSWERED = frozenset(
    {
        "start", "search", "downloads", "feed", "facets", "suggesting", "articles", "authors", "trends", "lookup",
        "help", "machines", "login", "account", "people", "audit",
        "words", "batch", "export", "advanced", "language_page",
    }
)  # fmt: skip
LISTS = frozenset(f"lists.{name}_{ending}" for name in ("authors", "people", "audit") for ending in ("json", "csv"))
OPERATIONS = frozenset(  # of the API
    {
        "openapi", "article", "citations", "article_export", "similar_articles", "search", "suggest", "export", "facet",
        "histogram", "trend", "trend_export", "words", "authors", "batch",
    }
)  # fmt: skip
SAID = text(
    "This archive shows the articles of several machines. Crawls, sources, revisions and what readers saved are there."
)


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine that has a store.

    Attributes:
        url: The address of its pages; None when its config.toml names none.
        left_out: Why its articles are not searched now; None when they are.
    """

    name: str
    url: str | None
    left_out: str | None


def watch(app: Flask) -> None:
    """Lead to the machines wherever only they can answer; nothing where the pages have a store."""
    app.before_request(_led_there)


def machines(*, now: bool = False) -> list[Machine]:
    """Return the machines whose articles are shown; none where the pages have a store of their own.

    Args:
        now: As they are, not as the last search found them.
    """
    federation = current_services().federation
    if federation is None:
        return []
    return [Machine(one.where, web_address(one.state.home), one.left_out) for one in federation.stores(now=now)]


def left_out() -> tuple[str, ...]:
    """Return a sentence for each machine whose articles are not searched now."""
    federation = current_services().federation
    return federation.unsearched() if federation else ()


def machine_of(stored: StoredArticle, path: str) -> Machine | None:
    """Return the machine that has an article, and the address of its page there; None where the store is here."""
    federation = current_services().federation
    store = federation.store_of(stored.id) if federation else None
    if store is None:
        return None
    home = web_address(store.state.home)
    return Machine(store.where, home and home.rstrip("/") + path, None)


def _led_there() -> Reply | Response | None:
    is_own = current_services().config.indexer.stores == "own"
    is_strange = not (may_read() or may_watch())  # a page that is open to all says itself what it refuses
    if is_own or is_strange or request.blueprint is None or request.blueprint in ANSWERED or _is_answered_as_data():
        return None
    if request.blueprint == "revisions" and (to := _of_article()):
        return redirect(to)
    return _page()


def _is_answered_as_data() -> bool:
    blueprint, _, operation = (request.endpoint or "").partition(".")
    return request.endpoint in LISTS or blueprint == "api_reference" or (blueprint == "api" and operation in OPERATIONS)


def _of_article() -> str | None:
    """Return the address of the page that is asked for, of an article, on the machine that has it."""
    mark = read_mark(str((request.view_args or {}).get("mark", "")))
    stored = current_services().store.by_mark(mark) if mark else None
    there = machine_of(stored, request.path) if stored else None
    return there.url if there else None


def _page() -> Response:
    found = machines(now=True)
    if wants_json():
        rows = [{"name": one.name, "url": one.url, "problem": one.left_out} for one in found]
        response = make_response(
            {"title": "On the machines that crawl", "status": 404, "detail": SAID, "machines": rows}, 404
        )
        response.mimetype = "application/problem+json"
        return response
    shown = [(one, one.url and one.url.rstrip("/") + request.path) for one in found]
    return make_response(
        render_template("elsewhere.html", title=text("On other machines"), noindex=True, said=SAID, machines=shown), 404
    )
