"""Undo: a change made by hand -> the state before it. Each kind of change says here how it is undone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response as Reply

from corpus.store import ArticleStore
from corpus.store.desk.audit import AuditEntry
from corpus.store.desk.dossiers import Entry
from corpus.store.desk.saved import Often
from corpus.store.desk.standing import Standing
from corpus.store.file.rows import moment
from corpus.texts import Text, joined, text, texts
from indexer.query.parameters import whole_number
from web.articles import passages
from web.articles.correcting import redo_correction, undo_correction
from web.authors.merging import merge_again, split_again
from web.desk import actions
from web.desk.history import making
from web.layout.changes import change, change_named, done, own_path
from web.layout.problems import NotAllowed, TooLate
from web.layout.render import one_line
from web.layout.services import current_services
from web.layout.who import Right, is_mine, may
from web.sources import changing, look_page, requests_page, rule_page, schedule_page

blueprint = Blueprint("undoing", __name__)

Undoing = Callable[[ArticleStore, dict[str, Any], datetime], object]  # a Text it gives says what stays


def _take_out_again(store: ArticleStore, was: dict[str, Any], now: datetime) -> str | None:
    # What was noted since is never thrown away.
    noted = {each.article for each in store.dossiers.entries(was["id"]) if each.note not in ("", was.get("note"))}
    staying = [id for id in was["articles"] if id in noted]
    store.dossiers.take_out(was["id"], [id for id in was["articles"] if id not in noted], now)
    if "noted" in was and not staying:
        store.dossiers.forget_search(was["id"], moment(was["noted"]))
    if was["begun"]:
        _delete_empty(store, was, now)
    if not staying:
        return None
    return texts(
        "{n:,} article stays in the dossier: a note was written on it since.",
        "{n:,} articles stay in the dossier: notes were written on them since.",
        len(staying),
    )


def _begin_no_more(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    if store.dossiers.entries(was["id"]):
        raise NotAllowed(text("This is not undone: there are articles in the dossier now. It can be deleted."))
    store.dossiers.delete(was["id"], now)


def _delete_empty(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Delete the dossier that was begun, unless something was kept in it since."""
    if not store.dossiers.entries(was["id"]):
        store.dossiers.delete(was["id"], now)


def _write_again(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Bring back the note, the tags, or both: what the change was of."""
    if "note" in was:
        store.dossiers.set_note(was["id"], was["article"], was["note"], now)
    if "tags" in was:
        store.dossiers.set_tags(was["article"], was["tags"])


def _put_back(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    entries = [Entry(id, place, note, moment(added)) for id, place, note, added in was["entries"]]
    store.dossiers.put_back(was["id"], entries, now)


UNDO: dict[str, Undoing] = {
    "receipt made": lambda store, was, now: store.receipts.set_withdrawn(was["mark"], now),
    "receipt withdrawn": lambda store, was, _: store.receipts.set_withdrawn(was["mark"], None),
    "purpose": lambda store, was, _: store.receipts.set_purpose(was["mark"], was["purpose"]),
    "search saved": lambda store, was, now: store.saved.delete(was["id"], now),
    "search deleted": lambda store, was, _: store.saved.delete(was["id"], None),
    "search renamed": lambda store, was, _: store.saved.rename(was["id"], was["name"]),
    "search paused": lambda store, was, _: store.saved.pause(was["id"], None, None),
    "search resumed": lambda store, was, now: store.saved.pause(was["id"], now, actions.BY_HAND),
    "search told": lambda store, was, now: store.saved.set_delivery(was["id"], was["ways"], Often(was["often"]), now),
    "looked": lambda store, was, _: store.saved.set_looked(was["searches"]),
    "sample drawn": lambda store, was, now: store.samples.delete(was["id"], now),
    "sample deleted": lambda store, was, _: store.samples.delete(was["id"], None),
    "bundle made": making.undo_make,
    "bundle deleted": making.undo_delete,
    "dossier begun": _begin_no_more,
    "dossier deleted": lambda store, was, _: store.dossiers.delete(was["id"], None),
    "dossier described": lambda store, was, _: store.dossiers.describe(was["id"], was["name"], was["about"]),
    "dossier shared": actions.share_as_before,
    "dossier ordered": lambda store, was, now: store.dossiers.set_places(was["id"], dict(was["places"]), now),
    "note written": _write_again,
    "tagged": lambda store, was, _: store.dossiers.set_tags(was["article"], was["tags"]),
    "taken out": _put_back,
    "passage marked": passages.undo_mark,
    "passage noted": passages.undo_note,
    "passage deleted": passages.undo_delete,
    "kept": _take_out_again,
    "corrected": undo_correction,
    "correction undone": redo_correction,
    "authors merged": split_again,
    "authors split": merge_again,
    "source paused": changing.resume,
    "source resumed": changing.pause,
    "schedule paused": schedule_page.undo_pause,
    "schedule resumed": schedule_page.undo_resume,
    "request made": requests_page.cancel,
    "source added": look_page.take_out,
    "source removed": look_page.put_back,
    "rule taken": rule_page.give_back,
    "authors apart": lambda store, was, now: store.authors.set_other_people(
        was["key"], was["into"], who="", at=now, apart=False
    ),
}
OF_EDITORS = frozenset(
    {
        "corrected", "correction undone", "authors merged", "authors split", "authors apart", "source paused",
        "source resumed", "request made", "source added", "source removed", "rule taken",
        "schedule paused", "schedule resumed",
    }
)  # fmt: skip
SHOWN = {
    "note": text("Note"),
    "tags": text("Tags"),
    "name": text("Name"),
    "about": text("Sentence"),
    "purpose": text("Purpose"),
}  # what a conflict of an undo shows of what stands now
LONGEST_SHOWN = 300  # characters of it
GONE = {
    "receipt made": "/receipts",
    "dossier begun": "/dossiers",
    "source added": "/sources",
}  # what is undone had a page, and has none now


@change(blueprint, "/undo")
def undo() -> Reply:
    """Undo a change, and lead back to where it was made."""
    services = current_services()
    entry = services.store.audit.get(whole_number(request.form.get("change", "")) or 0)
    if entry is None or not _may_undo(entry) or entry.undo is None or not entry.can_be_undone(services.now()):
        raise NotAllowed(text("This change cannot be undone: it was undone already, or is older than 30 days."))
    with services.store.audit.writing():
        if not services.store.audit.claim(entry.id, services.now()):
            raise NotAllowed(text("This change was undone already."))
        if newer := services.store.audit.newer(entry):
            raise TooLate(_conflict(entry, newer))
        staying = UNDO[entry.undo["kind"]](services.store, entry.undo, services.now())
    services.follow_store()
    left = GONE.get(entry.undo["kind"]) or ("/dossiers" if entry.undo.get("begun") else None)
    words = text("Undone: {words}", words=entry.words)
    if isinstance(staying, Text):
        words = joined(" ", (words, staying))
    if services.store.audit.is_unrecorded(entry):
        unknown = text("What it had left was not recorded, so it is not known whether something newer was overwritten.")
        words = joined(" ", (words, unknown))
    return done(words, None, left or own_path(request.form.get("back", ""), "/"))


def done_line() -> AuditEntry | None:
    """Return the change that the address of a page names, for the line that says what was done."""
    entry = current_services().store.audit.get(whole_number(change_named()[0]) or 0)
    return entry if entry is not None and _may_undo(entry) else None


def _conflict(entry: AuditEntry, newer: Standing) -> str:
    """Return why a change is not undone: what was written since, and what undo would write in its place.

    The words of a person are shown to that person alone.
    """
    said: list[str] = [text("This is not undone: it was changed again since, and undo would overwrite that.")]
    undo = entry.undo or {}
    for part in newer if is_mine(entry.who) else ():
        if part in SHOWN and part in undo:
            was = undo[part] if isinstance(undo[part], str) else ", ".join(undo[part])
            now = ", ".join(str(row[0]) for row in newer[part])
            said.append(
                text(
                    "{what}: “{now}” now, “{was}” before the change.",
                    what=SHOWN[part],
                    now=one_line(now)[:LONGEST_SHOWN],
                    was=one_line(was)[:LONGEST_SHOWN],
                )
            )
    return joined(" ", said)


def _may_undo(entry: AuditEntry) -> bool:
    needed = Right.EDIT if entry.undo is not None and entry.undo["kind"] in OF_EDITORS else Right.KEEP
    return (is_mine(entry.who) and may(needed)) or may(Right.RULE)
