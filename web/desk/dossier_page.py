"""One dossier: its articles in an order of one's own, with notes and tags, and what is done to them."""

import math
from collections import Counter
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.store.desk.dossiers import Dossier, Entry, Sharing
from corpus.texts import joined, text, texts
from indexer.contract.facets import FacetName
from indexer.results.dossiers import Collected
from web.articles.named import why_withdrawn
from web.desk import actions
from web.desk.dossier_exports import PACKED
from web.desk.dossier_formats import FORMATS, WITH_TEXTS
from web.desk.dossier_reading import (
    NO_TAG,
    ON_A_PAGE,
    as_json,
    collected_of,
    dossier_of,
    dossier_path,
    dossier_to_read,
    first_on_page,
    parts,
    shared_path,
    wanted_tag,
    with_passages_of,
)
from web.desk.shared_page import shown
from web.desk.tagging import typed_note, typed_tags
from web.layout.changes import change, done, keep_private, may_change, one_line_of, own_path, unless_newer
from web.layout.hosts import root
from web.layout.paths import choice_of, named_by
from web.layout.problems import NotAllowed, TooLate
from web.layout.render import day
from web.layout.services import current_services
from web.layout.state import State, address
from web.layout.who import is_mine
from web.search.hits import Card, card

blueprint = Blueprint("dossier", __name__)
keep_private(blueprint)

ORDERS = {"": text("own order"), "date": text("by date"), "site": text("by site")}


@blueprint.get("/d/<mark>")
def page(mark: str) -> Reply | str:
    """Show a dossier."""
    services = current_services()
    dossier = dossier_to_read(mark)
    if mark != dossier.mark:
        return redirect(dossier_path(dossier))
    if not is_mine(dossier.who):
        return shown(dossier, dossier_path(dossier))
    collected = collected_of(dossier, with_text=False, with_passages=False)
    tag, order = wanted_tag(each.tags for each in collected), choice_of("order", ORDERS)
    chosen = _ordered(_tagged(collected, tag), order)
    first = first_on_page(len(chosen))
    rows = [(each, card(each.stored)) for each in with_passages_of(dossier, chosen[first : first + ON_A_PAGE])]
    return render_template(
        "dossier.html",
        title=dossier.name,
        here="Saved",
        noindex=True,
        dossier=dossier,
        path=dossier_path(dossier),
        search_url=State(chosen={FacetName.DOSSIER: (dossier.mark,)}).url(),
        begun=day(dossier.made, services.zone),
        others=sum(is_mine(each.who) for each in services.store.dossiers.all()),
        rows=[_row(each, shown, dossier, order) for each, shown in rows],
        count=len(chosen),
        parts=parts(len(chosen), first, lambda at: _again(dossier, order=order, tag=tag, **{"from": at})),
        notes=sum(bool(each.note) for each in collected),
        missing=dossier.articles - len(collected),
        tag=tag,
        tags=_tags(collected, tag, dossier),
        orders=[(name, None if key == order else _again(dossier, order=key, tag=tag)) for key, name in ORDERS.items()],
        own_order=not order and not tag,
        formats=[
            *((ending, title) for ending, (title, _, _) in {**FORMATS, **WITH_TEXTS}.items()),
            *PACKED.items(),
        ],
        edit=named_by("edit", [each.stored.mark for each, _ in rows], text("the mark of an article on this page")),
        known=[name for name, _ in services.store.dossiers.known_tags()][:200],
        may_change=may_change(),
        samples=_samples(dossier),
        bundles=len(services.store.bundles.of(dossier.id)),
        sharing=dossier.shared.value,
        shared_url=root() + shared_path(dossier) if dossier.shared is Sharing.LINK else None,
        has_people=services.config.web.accounts != "none",
    )


@blueprint.get("/d/<mark>.json")
def data(mark: str) -> Reply:
    """Give a dossier with its articles as data."""
    return jsonify(as_json(dossier_to_read(mark)))


@change(blueprint, "/d/<mark>")
def edit(mark: str) -> Reply:
    """Do to a dossier what the button of its form says."""
    dossier = dossier_of(mark)
    match request.form.get("do", ""):
        case "describe":
            return _describe(dossier)
        case "order":
            return _order(dossier)
        case "note":
            return _note(dossier)
        case "out":
            return _take_out(dossier)
        case "share":
            return _share(dossier)
        case "delete":
            return done(*actions.delete_dossier(dossier), "/dossiers")
    raise NotAllowed(text("The form does not say what is to be done."))


def _describe(dossier: Dossier) -> Reply:
    name = unless_newer("name", one_line_of("name") or dossier.name, dossier.name)
    about = unless_newer("about", one_line_of("about"), dossier.about)
    return done(*actions.describe(dossier, name, about), dossier_path(dossier))


def _share(dossier: Dossier) -> Reply:
    """Let others read it, as the form says: `with` is one of Sharing, or `new-address` for another address."""
    typed = request.form.get("with", "")
    if typed == "new-address" and dossier.shared is Sharing.LINK:
        return done(*actions.share(dossier, Sharing.LINK, new_address=True), f"{dossier_path(dossier)}#share")
    is_known = typed in set(Sharing) and (typed != Sharing.PEOPLE or current_services().config.web.accounts != "none")
    if not is_known:
        raise NotAllowed(text("The form does not say who is to read the dossier."))
    return done(*actions.share(dossier, Sharing(typed)), f"{dossier_path(dossier)}#share")


def _order(dossier: Dossier) -> Reply:
    services = current_services()
    before = {each.article: each.place for each in services.store.dossiers.entries(dossier.id)}
    marks = {each.stored.mark: each.stored.id for each in collected_of(dossier, with_text=False, with_passages=False)}
    places: dict[int, float] = {}
    gone = 0
    for name, typed in request.form.items():
        if not name.startswith("place-") or not typed.strip():
            continue
        if (id := marks.get(name.removeprefix("place-"))) is None:
            gone += 1
        else:
            places[id] = _place(typed)
    services.store.dossiers.set_places(dossier.id, places, services.now())
    undo = {"kind": "dossier ordered", "id": dossier.id, "places": list(before.items())}
    words = text("The articles are in the new order.")
    if gone:
        left = texts("{n:,} of them is no longer in the dossier.", "{n:,} of them are no longer in the dossier.", gone)
        words = joined(" ", (words, left))
    return done(words, undo, dossier_path(dossier))


def _place(typed: str) -> float:
    try:
        place = float(typed.replace(",", "."))
    except ValueError:
        place = math.nan
    if not math.isfinite(place):
        raise NotAllowed(text("“{typed}” is no place: expected a number, such as 3 or 1.5.", typed=typed[:20]))
    return place


def _note(dossier: Dossier) -> Reply:
    """Write note and tags, as far as the form has them: an article's own page sends the note alone."""
    entry, mark = _entry(dossier)
    note = typed_note(entry.note) if "note" in request.form else None
    tags = typed_tags(entry.article) if "tags" in request.form else None
    if note is None and tags is None:
        raise NotAllowed(text("The form does not say what is to be done."))
    action = actions.annotate(dossier, entry, mark, note=note, tags=tags)
    return done(*action, own_path(request.form.get("back", ""), f"{dossier_path(dossier)}#{mark}"))


def _take_out(dossier: Dossier) -> Reply:
    entry, mark = _entry(dossier)
    action = actions.take_out(dossier, entry.article, mark)
    if action is None:
        raise NotFound
    return done(*action, own_path(request.form.get("back", ""), dossier_path(dossier)))


def _entry(dossier: Dossier) -> tuple[Entry, str]:
    store = current_services().store
    stored = store.by_mark(request.form.get("mark", ""))
    found = [each for each in store.dossiers.entries(dossier.id) if stored and each.article == stored.id]
    if stored is None:
        raise NotFound
    if not found:
        raise TooLate(text("{mark} is not in this dossier; nothing was changed.", mark=stored.mark))
    return found[0], stored.mark


def _tagged(collected: list[Collected], tag: str) -> list[Collected]:
    if not tag:
        return collected
    return [each for each in collected if (tag in each.tags or (tag == NO_TAG and not each.tags))]


def _ordered(collected: list[Collected], order: str) -> list[Collected]:
    if order == "date":
        return sorted(collected, key=lambda each: (each.stored.article.published is None, _when(each), each.place))
    if order == "site":
        return sorted(collected, key=lambda each: (each.stored.article.source, each.place))
    return collected


def _when(each: Collected) -> float:
    published = each.stored.article.published
    return published.at.timestamp() if published else 0.0


def _row(each: Collected, shown: Card, dossier: Dossier, order: str) -> dict[str, Any]:
    return {
        "collected": each,
        "card": shown,
        "withdrawn": why_withdrawn(each.stored.withdrawn) if each.stored.withdrawn else None,
        "tags": [(tag, _again(dossier, tag=tag)) for tag in each.tags],
        "edit_url": _again(dossier, order=order, edit=each.stored.mark),
        "leave_url": _again(dossier, order=order),
    }


def _samples(dossier: Dossier) -> list[dict[str, str]]:
    """Return the samples of who asks that were drawn from a dossier: the mark, and how each was drawn."""
    zone, store = current_services().zone, current_services().store
    return [
        {
            "mark": each.mark,
            "said": joined(
                " · ",
                [
                    texts("{n:,} article", "{n:,} articles", each.articles),
                    text("seed {seed}", seed=str(each.recipe.seed)),
                    day(each.made, zone),
                ],
            ),
        }
        for each in store.samples.all(dossier.mark)
        if is_mine(each.who)
    ]


def _tags(collected: list[Collected], chosen: str, dossier: Dossier) -> list[tuple[str, str, str | None]]:
    """Return the tags of the articles, the most frequent first, and how many have none: name, count, address."""
    counts = Counter(tag for each in collected for tag in each.tags)
    listed = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    untagged = sum(not each.tags for each in collected)
    if counts and untagged:
        listed.append((NO_TAG, untagged))
    return [_tag(name, count, chosen, dossier) for name, count in listed]


def _tag(name: str, count: int, chosen: str, dossier: Dossier) -> tuple[str, str, str | None]:
    said = text("no tag") if name == NO_TAG else name
    return said, texts("{n:,} article", "{n:,} articles", count), None if name == chosen else _again(dossier, tag=name)


def _again(dossier: Dossier, **parameters: str) -> str:
    return address(dossier_path(dossier), [(name, value) for name, value in parameters.items() if value])
