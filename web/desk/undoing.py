"""Undo: a change made by hand -> the state before it. Each kind of change says here how it is undone."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response as Reply

from corpus.store import ArticleStore
from corpus.store.desk.deeds import Deed
from web.layout.changes import change, done, own_path
from web.layout.problems import NotAllowed
from web.layout.services import current_services

blueprint = Blueprint("undoing", __name__)

UNDO: dict[str, Callable[[ArticleStore, dict[str, Any]], object]] = {
    "receipt made": lambda store, was: store.receipts.set_withdrawn(was["mark"], current_services().now()),
    "receipt withdrawn": lambda store, was: store.receipts.set_withdrawn(was["mark"], None),
    "purpose": lambda store, was: store.receipts.set_purpose(was["mark"], was["purpose"]),
    "search saved": lambda store, was: store.saved.delete(was["id"], current_services().now()),
    "search deleted": lambda store, was: store.saved.delete(was["id"], None),
    "search renamed": lambda store, was: store.saved.rename(was["id"], was["name"]),
    "search paused": lambda store, was: store.saved.pause(was["id"], None, None),
    "search resumed": lambda store, was: store.saved.pause(was["id"], current_services().now(), "by hand"),
    "looked": lambda store, was: store.saved.set_looked(was["searches"]),
}


@change(blueprint, "/undo")
def undo() -> Reply:
    """Undo a change, and lead back to where it was made."""
    services = current_services()
    typed = request.form.get("deed", "")
    deed = services.store.deeds.get(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None
    if deed is None or deed.undo is None or not deed.can_be_undone(services.now()):
        raise NotAllowed("This change cannot be undone: it was undone already, or is older than 30 days.")
    UNDO[deed.undo["kind"]](services.store, deed.undo)
    services.store.deeds.set_undone(deed.id, services.now())
    return done(f"Undone: {deed.words}", None, own_path(request.form.get("back", ""), "/"))


def done_line() -> Deed | None:
    """Return the change that the address of a page names, for the line that says what was done."""
    number = request.args.get("done", "")
    if not number.isascii() or not number.isdigit() or len(number) > 17:
        return None
    return current_services().store.deeds.get(int(number))
