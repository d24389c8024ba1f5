"""A saved search, without signing in: its feed at an address of its own, and the page that pauses it from a mail."""

from urllib.parse import parse_qsl

from flask import Blueprint, Response, render_template
from werkzeug.exceptions import Gone, NotFound
from werkzeug.wrappers import Response as Reply

from corpus.store.desk.saved import SavedSearch
from corpus.texts import text
from web.desk.saved_links import FEED, PAUSE, feed_of, paused_by
from web.layout.paths import page_of
from web.layout.services import current_services
from web.search import feed
from web.search.annotating import annotations_for
from web.search.request import ask

blueprint = Blueprint("saved_feed", __name__)

BY_MAIL = "from a message"


@blueprint.get(f"{FEED}<name>.atom")
def atom(name: str) -> Response:
    """Give the feed of a saved search: what its owner finds, by the owner's dossiers too, as in messages on it."""
    services = current_services()
    search = feed_of(services.store, name)
    if search is None:
        raise NotFound
    if search.deleted is not None:
        raise Gone
    pairs = [pair for pair in parse_qsl(search.address, keep_blank_values=True) if pair[0] != "page"]
    page = page_of(feed.LAST_PAGE)
    found = ask([*pairs, ("page", str(page))], annotations=annotations_for(search.who), commands=False)
    return feed.feed_of(found, title=search.name, path=f"{FEED}{name}.atom")


@blueprint.get(f"{PAUSE}<name>")
def page(name: str) -> str:
    """Show what is paused, and the button that does it: a program that reads mails opens links, and sends no form."""
    return _page(_searches(name), name)


@blueprint.post(f"{PAUSE}<name>")
def pause(name: str) -> str | Reply:
    """Pause the searches: the form of the page sends this, and a mail program's "unsubscribe" (RFC 8058)."""
    services, searches = current_services(), _searches(name)
    for search in searches:
        if search.paused is None:
            services.store.saved.pause(search.id, services.now(), BY_MAIL)
            words = text("“{name}” is paused from a message.", name=search.name)
            services.store.audit.add(services.now(), search.who, words, {"kind": "search paused", "id": search.id})
    return _page(_searches(name), name)


def _searches(name: str) -> list[SavedSearch]:
    found = paused_by(current_services().store, name)
    if not found:
        raise NotFound
    return found


def _page(searches: list[SavedSearch], name: str) -> str:
    return render_template(
        "pause.html",
        title=text("Pause messages"),
        noindex=True,
        here="Saved",
        searches=searches,
        is_paused=all(each.paused is not None for each in searches),
        path=f"{PAUSE}{name}",
        foot_of=None,
    )
