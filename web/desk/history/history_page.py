"""The history of a dossier: who put in, noted, shared or handed over what, and when; `/d/MARK/history`."""

from typing import Any

from flask import Blueprint, jsonify, render_template
from werkzeug.wrappers import Response as Reply

from corpus.store.desk.audit import AuditEntry
from corpus.store.desk.dossiers import Dossier
from corpus.texts import text, texts
from web.desk.dossier_reading import dossier_of, dossier_path
from web.desk.history.bundles import bundle_records, row_of
from web.layout.changes import keep_private, may_change
from web.layout.render import iso, minute
from web.layout.services import current_services

blueprint = Blueprint("dossier_history", __name__)
keep_private(blueprint)

MOST = 1000  # changes, the latest; that there are more is said


@blueprint.get("/d/<mark>/history")
def page(mark: str) -> str:
    """Show the changes of a dossier, the last one first."""
    services, dossier = current_services(), dossier_of(mark)
    found, is_whole = changes_of(dossier)
    searches = _searches(dossier)
    return render_template(
        "history.html",
        title=text("History of {dossier}", dossier=dossier.name),
        here="Saved",
        noindex=True,
        dossier=dossier,
        path=dossier_path(dossier),
        bundles=[row_of(dossier, each) for each in services.store.bundles.of(dossier.id)],
        may_change=may_change(),
        said=texts("{n:,} change", "{n:,} changes", len(found)),
        is_whole=is_whole,
        rows=[
            {
                "when": minute(each.at, services.zone),
                "who": each.who,
                "words": each.words,
                "search": _search(searches, each),
                "undone": minute(each.undone, services.zone) if each.undone else None,
            }
            for each in found
        ],
    )


@blueprint.get("/d/<mark>/history.json")
def data(mark: str) -> Reply:
    """Return the history of a dossier as JSON."""
    return jsonify(as_json(dossier_of(mark)))


def changes_of(dossier: Dossier) -> tuple[list[AuditEntry], bool]:
    """Return the latest changes of a dossier, and whether these are all."""
    found = current_services().store.audit.of_dossier(dossier.id, MOST + 1)
    return found[:MOST], len(found) <= MOST


def as_json(dossier: Dossier) -> dict[str, Any]:
    """Return the history of a dossier as JSON can hold it; `articles` are those that a change touched."""
    services = current_services()
    found, is_whole = changes_of(dossier)
    searches = _searches(dossier)
    touched = {each.id: _articles(each) for each in found}
    marks = services.store.receipts.marks({id for ids in touched.values() for id in ids})
    return {
        "mark": dossier.mark,
        "complete": is_whole,
        "bundles": bundle_records(dossier),
        "items": [
            {
                "at": iso(each.at, services.zone),
                "who": each.who,
                "kind": (each.undo or {}).get("kind", ""),
                "said": str(each.words),
                "articles": [marks[id] for id in touched[each.id] if id in marks],
                "search": _search(searches, each),
                "undone": iso(each.undone, services.zone) if each.undone else None,
            }
            for each in found
        ],
    }


def _articles(entry: AuditEntry) -> list[int]:
    undo = entry.undo or {}
    one = [undo["article"]] if "article" in undo else []
    return [*undo.get("articles", ()), *one, *(each[0] for each in undo.get("entries", ()))]


def _searches(dossier: Dossier) -> dict[int, str]:
    """Return when articles of a search were put in, in microseconds -> the page of the search."""
    known = current_services().store.dossiers.searches(dossier.id)
    return {int(each.at.timestamp() * 1e6): f"/search?{each.address}" for each in known}


def _search(searches: dict[int, str], entry: AuditEntry) -> str | None:
    """Return the page of the search that articles came from; None: from none, or it is forgotten by an undo."""
    noted = (entry.undo or {}).get("noted")
    return None if noted is None else searches.get(noted)
