"""Articles into a dossier: those checked among the results, all that a search finds, or the one that is read."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from flask import Blueprint, request
from werkzeug.wrappers import Response as Reply

from corpus.errors import message_of
from corpus.store.desk.dossiers import Dossier, Filling
from corpus.texts import text
from indexer.results.receipts import found_ids
from web.desk import actions
from web.desk.dossier_reading import dossier_of, dossier_path
from web.desk.tagging import typed_note
from web.layout.changes import Action, change, done, one_line_of
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.search.request import SearchRequest, ask

blueprint = Blueprint("keeping", __name__)

MOST = 10_000  # articles put into a dossier at once
NEW = "new"  # in place of a dossier's mark: begin one


@change(blueprint, "/keep", once=True)
def keep() -> Reply:
    """Put articles into the dossier of the form, which may be a new one."""
    search = _search() if "search" in request.form else None
    if request.form.get("what") == "all":
        articles = all_found(search or ask([]))
    else:
        articles = _checked()
    note = typed_note()
    dossier, is_new = _dossier()
    if note and not is_new:
        _refuse_over_another(dossier, articles)
    words, undo = fill(dossier, articles, search, is_new=is_new, note=note)
    return done(words, undo if undo["articles"] else None, dossier_path(dossier))


def _refuse_over_another(dossier: Dossier, articles: Sequence[int]) -> None:
    """Raise where an article is in the dossier already: the note would be lost, or overwrite what is noted there."""
    held = {each.article for each in current_services().store.dossiers.entries(dossier.id)}
    if held & {*articles}:
        raise NotAllowed(
            text("It is in “{dossier}” already: write the note there. Nothing was changed.", dossier=dossier.name)
        )


def fill(
    dossier: Dossier, articles: Sequence[int], search: SearchRequest | None, *, is_new: bool = False, note: str = ""
) -> Action:
    """Put articles into a dossier, with a note on each of them, and note the search that they come from."""
    words, undo = actions.put(dossier, articles, is_new=is_new, note=note)
    if search is not None and undo["articles"]:
        services = current_services()
        state = search.state.but(page=1).url().partition("?")[2]
        filling = Filling(state, services.now(), len(undo["articles"]))
        services.store.dossiers.note_search(dossier.id, filling)
        undo["noted"] = int(filling.at.timestamp() * 1e6)
    return words, undo


def _checked() -> list[int]:
    store = current_services().store
    marks = list(dict.fromkeys(request.form.getlist("mark")))
    if len(marks) > MOST:
        raise NotAllowed(
            text(
                "{n:,} articles are checked; at most {most:,} are kept at once: nothing was kept.",
                n=len(marks),
                most=MOST,
            )
        )
    found = [store.by_mark(mark) for mark in marks]
    if None in found:
        unknown = marks[found.index(None)]
        raise NotAllowed(text("{mark} is no article of this archive: nothing was kept.", mark=unknown[:20]))
    withdrawn = [each.mark for each in found if each is not None and each.withdrawn is not None]
    if withdrawn:
        raise NotAllowed(text("The text of {mark} was taken away: nothing was kept.", mark=withdrawn[0]))
    ids = [each.id for each in found if each is not None]
    if not ids:
        raise NotAllowed(text("No article is checked: check those to keep, at the left of each."))
    return ids


def all_found(search: SearchRequest) -> list[int]:
    """Return the articles that a search finds.

    Raises:
        NotAllowed: None, or more than are kept at once.
    """
    services = current_services()
    try:
        ids = found_ids(search.query, services.engine, services.store)
    except ValueError as error:
        raise NotAllowed(text("Nothing was kept: {error}.", error=message_of(error))) from None
    if not ids or len(ids) > MOST:
        raise NotAllowed(
            text(
                "The search finds {n:,} articles; at most {most:,} are kept at once: narrow it.", n=len(ids), most=MOST
            )
        )
    return list(ids)


def _search() -> SearchRequest:
    return ask(parse_qsl(request.form.get("search", "").removeprefix("?"), keep_blank_values=True))


def _dossier() -> tuple[Dossier, bool]:
    """Return the dossier chosen, or a new one where a name of none chosen is typed; whether it is new."""
    mark, name = request.form.get("dossier", NEW), one_line_of("dossier_name")
    if mark != NEW:
        chosen = dossier_of(mark)
        if name in ("", chosen.name):
            return chosen, False
    elif not name:
        raise NotAllowed(text("A new dossier needs a name: type it beside the list."))
    return actions.begin(name)[0], True
