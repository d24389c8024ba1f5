"""Saved searches and dossiers of the API: what the pages keep, with the same undo in the browser."""

from dataclasses import replace
from urllib.parse import parse_qsl

from werkzeug.exceptions import NotFound

from corpus.iso_dates import iso_date
from corpus.store.desk.dossiers import Dossier as StoredDossier
from corpus.store.desk.saved import SavedSearch as StoredSearch
from indexer.query.parameters import SORT
from indexer.results.dossiers import Collected
from web.api.desk_values import (
    ChangedSearch,
    CollectedArticle,
    Collecting,
    Dossier,
    DossierArticles,
    Dossiers,
    NewDossier,
    NewSearch,
    SavedSearch,
    SavedSearches,
)
from web.api.operations import Call, operation
from web.api.parameters import SEARCH, faults_of
from web.api.problems import Fault, wrong
from web.desk.dossier_page import LONGEST_NOTE, entry_values, tags_of
from web.desk.dossier_reading import collected_of, dossier_of
from web.desk.saved_page import CountedSearch, mine, name_of
from web.layout.changes import LONGEST_PURPOSE, note_change, only_for_readers
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.layout.who import Right, is_mine, who_asks
from web.search.request import SearchRequest, ask

WRITES = {"right": Right.KEEP, "refuses": (404, 413, 415)}


@operation("GET", "/saved-searches", "Saved searches", gives=SavedSearches)
def saved_searches(_call: Call) -> SavedSearches:
    """List the saved searches of who asks, with how much is new in each."""
    only_for_readers()
    return SavedSearches(items=[_saved(each) for each in mine()])


@operation("POST", "/saved-searches", "Saved searches", body=NewSearch, gives=SavedSearch, status=201, **WRITES)
def save_search(call: Call) -> SavedSearch:
    """Save a search: what enters the archive from now on is new in it."""
    body: NewSearch = call.body
    services, search = current_services(), search_of(body.search)
    name = line(body.name, "name") or name_of(search)
    id = services.store.saved.add(
        name, search.state.but(page=1).url().partition("?")[2], who_asks().name, services.now()
    )
    note_change(
        f"“{name}” is saved: what enters the corpus from now on is new in it.", {"kind": "search saved", "id": id}
    )
    return _saved(_search(str(id)))


@operation("GET", "/saved-searches/{number}", "Saved searches", gives=SavedSearch, refuses=(404,))
def saved_search(call: Call) -> SavedSearch:
    """Give a saved search."""
    only_for_readers()
    return _saved(_search(call.path["number"]))


@operation("PATCH", "/saved-searches/{number}", "Saved searches", body=ChangedSearch, gives=SavedSearch, **WRITES)
def change_search(call: Call) -> SavedSearch:
    """Rename a saved search, pause or resume it, or note that one has looked at it."""
    body: ChangedSearch = call.body
    services, search = current_services(), _search(call.path["number"])
    saved, id = services.store.saved, search.id
    if body.name is not None and (name := line(body.name, "name")) and name != search.name:
        saved.rename(id, name)
        undo = {"kind": "search renamed", "id": id, "name": search.name}
        note_change(f"“{search.name}” is called “{name}” now.", undo)
    if body.paused is True and search.paused is None:
        saved.pause(id, services.now(), "by hand")
        note_change(f"“{search.name}” is paused.", {"kind": "search paused", "id": id})
    if body.paused is False and search.paused is not None:
        saved.pause(id, None, None)
        note_change(f"“{search.name}” goes on.", {"kind": "search resumed", "id": id})
    if body.looked:
        before = [[id, search.looked, int(search.looked_at.timestamp() * 1e6)]]
        saved.look(id, saved.last_article, services.now())
        note_change(f"“{search.name}” is marked as looked at.", {"kind": "looked", "searches": before})
    return _saved(_search(str(id)))


@operation("DELETE", "/saved-searches/{number}", "Saved searches", status=204, **WRITES)
def delete_search(call: Call) -> None:
    """Delete a saved search; the pages can undo it for 30 days."""
    search = _search(call.path["number"])
    current_services().store.saved.delete(search.id, current_services().now())
    note_change(f"“{search.name}” is deleted.", {"kind": "search deleted", "id": search.id})


@operation("GET", "/dossiers", "Dossiers", gives=Dossiers)
def dossiers(_call: Call) -> Dossiers:
    """List the dossiers of who asks."""
    only_for_readers()
    return Dossiers(items=[_dossier(each) for each in current_services().store.dossiers.all() if is_mine(each.who)])


@operation("POST", "/dossiers", "Dossiers", body=NewDossier, gives=Dossier, status=201, **WRITES)
def begin_dossier(call: Call) -> Dossier:
    """Begin a dossier."""
    body: NewDossier = call.body
    services, name, about = current_services(), line(body.name, "name"), line(body.about, "about")
    if not name:
        raise wrong([Fault("body: name", body.name[:40], "a name")])
    made = services.store.dossiers.add(name, who_asks().name, services.now())
    if about:
        services.store.dossiers.describe(made.id, name, about)
    note_change(f"“{name}” is begun.", {"kind": "dossier begun", "id": made.id})
    return _dossier(dossier_of(made.mark))


@operation("GET", "/dossiers/{mark}", "Dossiers", gives=Dossier, refuses=(404, 410))
def dossier(call: Call) -> Dossier:
    """Give a dossier."""
    only_for_readers()
    return _dossier(dossier_of(call.path["mark"]))


@operation("DELETE", "/dossiers/{mark}", "Dossiers", status=204, right=Right.KEEP, refuses=(404, 410))
def delete_dossier(call: Call) -> None:
    """Delete a dossier; its articles stay in the archive, and the pages can undo it for 30 days."""
    found = dossier_of(call.path["mark"])
    current_services().store.dossiers.delete(found.id, current_services().now())
    words = f"“{found.name}” is deleted; the articles stay in the archive."
    note_change(words, {"kind": "dossier deleted", "id": found.id})


@operation("GET", "/dossiers/{mark}/articles", "Dossiers", gives=DossierArticles, refuses=(404, 410))
def dossier_articles(call: Call) -> DossierArticles:
    """Give the articles of a dossier, with notes and tags."""
    only_for_readers()
    found = dossier_of(call.path["mark"])
    return DossierArticles(mark=found.mark, items=[_collected(each) for each in collected_of(found, with_text=False)])


@operation(
    "PUT", "/dossiers/{mark}/articles/{id}", "Dossiers",
    body=Collecting, gives=CollectedArticle, right=Right.KEEP, refuses=(404, 410, 413, 415),
)  # fmt: skip
def collect(call: Call) -> CollectedArticle:
    """Put an article into a dossier, at its end, if it is not in it; write its note and tags, if any are given."""
    body: Collecting = call.body
    services, found, id = current_services(), dossier_of(call.path["mark"]), _article(call.path["id"])
    store, mark = services.store.dossiers, call.path["id"]
    tags = _tags(body.tags) if body.tags is not None else None
    if new := store.put(found.id, [id], services.now()):
        note_change(
            f"1 article is kept in “{found.name}”.", {"kind": "kept", "id": found.id, "articles": new, "begun": False}
        )
    if body.note is not None or tags is not None:
        entry = next(each for each in store.entries(found.id) if each.article == id)
        before = list(store.tags([id]).get(id, ()))
        store.set_note(found.id, id, entry.note if body.note is None else body.note[:LONGEST_NOTE], services.now())
        store.set_tags(id, before if tags is None else tags)
        undo = {"kind": "note written", "id": found.id, "article": id, "note": entry.note, "tags": before}
        note_change(f"Note and tags of {mark} are saved.", undo)
    return next(_collected(each) for each in collected_of(found, with_text=False) if each.stored.id == id)


@operation("DELETE", "/dossiers/{mark}/articles/{id}", "Dossiers", status=204, right=Right.KEEP, refuses=(404, 410))
def take_out(call: Call) -> None:
    """Take an article out of a dossier."""
    services, found, id = current_services(), dossier_of(call.path["mark"]), _article(call.path["id"])
    gone = services.store.dossiers.take_out(found.id, [id], services.now())
    if not gone:
        raise NotFound
    undo = {"kind": "taken out", "id": found.id, "entries": [entry_values(each) for each in gone]}
    note_change(f"{call.path['id']} is taken out.", undo)


def search_of(typed: str) -> SearchRequest:
    """Return the search that a body names by its parameters.

    Raises:
        Refused: A parameter is not known, or has a value that is not right.
    """
    services, pairs = current_services(), parse_qsl(typed.removeprefix("?"), keep_blank_values=True)
    faults = faults_of(pairs, (*SEARCH, SORT), now=services.now(), zone=services.zone)
    if faults:
        raise wrong([replace(each, where=f"body: search, {each.where}") for each in faults])
    return ask(pairs)


def line(typed: str, where: str) -> str:
    """Return a text of a body in one line.

    Raises:
        Refused: It is too long.
    """
    text = " ".join(typed.split())
    if len(text) > LONGEST_PURPOSE:
        raise wrong([Fault(f"body: {where}", f"{len(text):,} characters", f"at most {LONGEST_PURPOSE}")])
    return text


def _tags(typed: list[str]) -> list[str]:
    try:
        if any("," in each for each in typed):
            raise NotAllowed("A tag has no comma.")
        return tags_of(",".join(typed))
    except NotAllowed as error:
        raise wrong([Fault("body: tags", ", ".join(typed)[:40], str(error))]) from None


def _saved(search: StoredSearch) -> SavedSearch:
    return SavedSearch(**CountedSearch(search).as_json())


def _search(typed: str) -> StoredSearch:
    store = current_services().store.saved
    found = store.get(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None
    if found is None or found.deleted or not is_mine(found.who):
        raise NotFound
    return found


def _article(typed: str) -> int:
    stored = current_services().store.by_mark(typed)
    if stored is None:
        raise NotFound
    return stored.id


def _dossier(found: StoredDossier) -> Dossier:
    return Dossier(
        mark=found.mark,
        name=found.name,
        about=found.about,
        articles=found.articles,
        made=found.made.isoformat(timespec="seconds"),
        changed=found.changed.isoformat(timespec="seconds"),
    )


def _collected(each: Collected) -> CollectedArticle:
    article = each.stored.article
    return CollectedArticle(
        id=each.stored.mark,
        place=each.place,
        url=article.url,
        headline=article.headline,
        published=iso_date(article.published),
        source=article.source,
        note=each.note,
        tags=list(each.tags),
        withdrawn=each.stored.withdrawn,
    )
