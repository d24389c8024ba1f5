"""The texts an article has had, and what changed between two of them."""

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.model import Revision, StoredArticle
from corpus.texts import text
from indexer.query.parameters import whole_number
from web.articles.appearing import sentences
from web.articles.differences import Comparison, Line, Run, compare, folded
from web.articles.head import head
from web.articles.named import article
from web.articles.provenance import said_revisions
from web.layout.paths import choice_of, diff_path, note_parameter, note_search
from web.layout.render import iso, minute, near
from web.layout.services import current_services
from web.layout.state import address
from web.layout.who import reads_in_full
from web.search.request import SearchRequest, ask

blueprint = Blueprint("revisions", __name__)

MOST = 100  # texts on a page, each compared with the one before it
BEFORE = "before"  # of an address: the number of the text after those that are listed
VIEWS = {"side": text("Side by side"), "inline": text("Inline"), "changes": text("Only changes")}


@blueprint.get("/a/<mark>/revisions")
def page(mark: str) -> str:
    """List the texts the article has had, the latest first, MOST a page; with a search, since when its words stand."""
    stored = _article(mark)
    services = current_services()
    typed = request.args.get(BEFORE, "").strip()
    before = whole_number(typed)
    revisions = said_revisions(stored, MOST, services, before=before)
    if typed and not (before and before <= revisions.count + 1):
        note_parameter(BEFORE, typed, text("a number from 1 to {most:,}", most=revisions.count + 1))
    rows = [
        {
            "number": each.number,
            "seen": minute(each.read.seen, services.zone) if each.read else each.seen,
            "headline": (each.read.headline or text("No headline")) if each.read else None,
            "words": len(each.read.body.split()) if each.read else None,
            "what": each.what,
            "url": each.url,
        }
        for each in revisions.listed
    ]
    search = ask(request.args.items(multi=True))
    note_search(search.notes)
    return render_template(
        "revisions.html",
        title=text("Revisions"),
        noindex=True,
        **head(stored),
        revisions=rows,
        count=revisions.count,
        earlier=_earlier(stored, search, revisions.listed[-1].number) if revisions.earlier else None,
        over_time=sentences(stored, search.query),
    )


def _earlier(stored: StoredArticle, search: SearchRequest, number: int) -> str:
    return address(f"/a/{stored.mark}/revisions", [*search.state.pairs(), (BEFORE, str(number))])


@blueprint.get("/a/<mark>/diff/<span>")
def diff(mark: str, span: str) -> Reply | str:
    """Show what changed between two revisions, named as `1..2`."""
    stored = _article(mark)
    data = span.endswith(".json")
    ends = span.removesuffix(".json").split("..")
    old, new = map(whole_number, ends) if len(ends) == 2 else (None, None)
    if old is None or new is None:
        raise NotFound
    if old > new:
        return redirect(diff_path(stored.mark, new, old))
    store = current_services().store
    numbers = store.revision_times(stored.id)
    if old not in numbers or new not in numbers or old == new:
        raise NotFound
    both = store.revisions(stored.id, numbers=(old, new))
    if len(both) < 2:  # the article can be read all the same
        raise NotFound(text("One of these texts is damaged in the store; a backup may have it whole."))
    a, b = both
    return _data(stored, a, b) if data else _diff(stored, a, b, len(numbers))


def _article(mark: str) -> StoredArticle:
    stored = article(mark)
    if not reads_in_full():  # whole texts are not shown to others
        raise NotFound
    return stored


def _diff(stored: StoredArticle, old: Revision, new: Revision, count: int) -> str:
    services = current_services()
    view = choice_of("view", VIEWS, "side")
    made = compare(old, new)
    here = diff_path(stored.mark, old.number, new.number)
    return render_template(
        "diff.html",
        title=text("Revision {old} to {new}", old=old.number, new=new.number),
        noindex=True,
        canonical=here,
        **head(stored),
        view=view,
        views=[
            (name, None if key == view else address(here, [("view", key)] if key != "side" else []))
            for key, name in VIEWS.items()
        ],
        a={"number": old.number, "seen": minute(old.seen, services.zone)},
        b={"number": new.number, "seen": minute(new.seen, services.zone)},
        count=count,
        said=text(
            "{new} replaced {old}",
            new=near(new.seen, services.now(), services.zone),
            old=near(old.seen, services.now(), services.zone),
        ),
        added=made.added,
        removed=made.removed,
        lines=_lines(made, only_changes=view == "changes"),
        json_url=f"{here}.json",
    )


def _lines(made: Comparison, *, only_changes: bool) -> list[dict[str, Any]]:
    """Return the rows of the page; runs of unchanged paragraphs are one row that opens."""
    rows: list[dict[str, Any]] = []
    for each in folded(made.lines):
        if isinstance(each, Line):
            if not (only_changes and each.kind == "same"):
                rows.append(_row(each))
        elif not only_changes:
            last = each[-1].name.rpartition(" ")[2]
            rows.append({"name": f"{each[0].name}–{last}", "folded": [_row(line) for line in each]})
    return rows


def _row(line: Line) -> dict[str, Any]:
    return {"name": line.name, "kind": line.kind, "old": line.old, "new": line.new, "both": _in_one(line)}


def _in_one(line: Line) -> list[dict[str, str | None]]:
    """Weave both texts into one: what went, then what came, between what stayed."""
    old, new = list(line.old or ()), list(line.new or ())
    woven: list[dict[str, str | None]] = []
    while old or new:
        if old and old[0].changed:
            woven.append({"kind": "del", "text": old.pop(0).text})
        elif new and new[0].changed:
            woven.append({"kind": "ins", "text": new.pop(0).text})
        else:
            same = _first(old, new)
            woven.append({"kind": None, "text": same.text})
    return woven


def _first(old: list[Run], new: list[Run]) -> Run:
    run = old.pop(0) if old else new[0]
    if new and not new[0].changed:
        new.pop(0)
    return run


def _data(stored: StoredArticle, old: Revision, new: Revision) -> Response:
    return jsonify({"id": stored.mark, "url": stored.article.url, "old": _text(old), "new": _text(new)})


def _text(revision: Revision) -> dict[str, Any]:
    return {
        "revision": revision.number,
        "seen": iso(revision.seen, current_services().zone),
        "headline": revision.headline,
        "standfirst": revision.standfirst,
        "byline": revision.byline,
        "text": revision.body,
    }
