"""Saved searches and dossiers of the API: what the pages keep, with the same undo in the browser."""

from dataclasses import replace
from urllib.parse import parse_qsl

from werkzeug.exceptions import NotFound

from corpus.store.desk.dossiers import Dossier as StoredDossier
from corpus.store.desk.dossiers import Sharing
from corpus.store.desk.saved import Often
from corpus.store.desk.saved import SavedSearch as StoredSearch
from indexer.query.parameters import SORT
from indexer.results.dossiers import Collected
from web.api.keeping.passage_values import QuotedPassage
from web.api.keeping.values import (
    ChangedDossier,
    ChangedSearch,
    CollectedArticle,
    Collecting,
    Dossier,
    DossierArticles,
    Dossiers,
    Filled,
    NewDossier,
    NewFilling,
    NewSearch,
    SavedSearch,
    SavedSearches,
)
from web.api.operations import CHANGES, WRITES, Call, operation
from web.api.parameters import SEARCH, faults_of
from web.api.problems import Fault, wrong
from web.articles.named import article, known
from web.desk import actions
from web.desk.counted_search import CountedSearch
from web.desk.dossier_reading import collected_of, dossier_of, dossier_to_read, record_of, shared_path
from web.desk.keeping import all_found, fill
from web.desk.saved_page import mine, my_search, name_of, require_sender
from web.desk.tagging import note_of, tags_of
from web.layout.changes import LONGEST_NOTE, LONGEST_PURPOSE, note_change, only_for_readers
from web.layout.hosts import root
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.layout.who import Right, is_mine
from web.search.request import SearchRequest, ask


@operation("GET", "/saved-searches", "Saved searches", gives=SavedSearches)
def saved_searches(_call: Call) -> SavedSearches:
    """List the saved searches of who asks, with how much is new in each."""
    only_for_readers()
    return SavedSearches(items=[_saved(each) for each in mine()])


@operation("POST", "/saved-searches", "Saved searches", body=NewSearch, gives=SavedSearch, status=201, **WRITES)
def save_search(call: Call) -> SavedSearch:
    """Save a search: what enters the archive from now on is new in it."""
    body: NewSearch = call.body
    search = search_of(body.search)
    words, undo = actions.save(search, line(body.name, "name") or name_of(search))
    note_change(words, undo)
    return _saved(my_search(undo["id"]))


@operation("GET", "/saved-searches/{number}", "Saved searches", gives=SavedSearch, refuses=(404, 410))
def saved_search(call: Call) -> SavedSearch:
    """Give a saved search."""
    only_for_readers()
    return _saved(my_search(call.number))


@operation("PATCH", "/saved-searches/{number}", "Saved searches", body=ChangedSearch, gives=SavedSearch, **CHANGES)
def change_search(call: Call) -> SavedSearch:
    """Rename a saved search, pause or resume it, set how it tells what is new, or note that one has looked at it."""
    body: ChangedSearch = call.body
    search = my_search(call.number)
    ways = list(search.ways) if body.ways is None else _ways(body.ways)
    often = search.often if body.often is None else _often(body.often)
    if new := set(ways) - set(search.ways):
        require_sender(new)
    if body.name is not None and (name := _name(body.name)) != search.name:
        note_change(*actions.rename(search, name))
    if body.paused is True and search.paused is None:
        note_change(*actions.pause(search))
    if body.paused is False and search.paused is not None:
        note_change(*actions.resume(search))
    if set(ways) != set(search.ways) or often is not search.often:
        note_change(*actions.set_delivery(search, ways, often))
    if body.looked:
        note_change(*actions.look([search]))
    return _saved(my_search(search.id))


@operation("DELETE", "/saved-searches/{number}", "Saved searches", status=204, **CHANGES)
def delete_search(call: Call) -> None:
    """Delete a saved search; the pages can undo it for 30 days."""
    note_change(*actions.delete_search(my_search(call.number)))


@operation("GET", "/dossiers", "Dossiers", gives=Dossiers)
def dossiers(_call: Call) -> Dossiers:
    """List the dossiers of who asks."""
    only_for_readers()
    return Dossiers(items=[_dossier(each) for each in current_services().store.dossiers.all() if is_mine(each.who)])


@operation("POST", "/dossiers", "Dossiers", body=NewDossier, gives=Dossier, status=201, **WRITES)
def begin_dossier(call: Call) -> Dossier:
    """Begin a dossier."""
    body: NewDossier = call.body
    name, about = _name(body.name), line(body.about, "about")
    made, action = actions.begin(name, about)
    note_change(*action)
    return _dossier(dossier_of(made.mark))


@operation("GET", "/dossiers/{mark}", "Dossiers", gives=Dossier, refuses=(404, 410))
def dossier(call: Call) -> Dossier:
    """Give a dossier, one's own or one that is shared with all accounts."""
    only_for_readers()
    return _dossier(dossier_to_read(call.path["mark"]))


@operation("PATCH", "/dossiers/{mark}", "Dossiers", body=ChangedDossier, gives=Dossier,
           right=Right.KEEP, refuses=(404, 410, 413, 415))  # fmt: skip
def change_dossier(call: Call) -> Dossier:
    """Give a dossier another name or sentence, or let others read it; the pages can undo it for 30 days."""
    body: ChangedDossier = call.body
    found = dossier_of(call.path["mark"])
    name = found.name if body.name is None else _name(body.name)
    about = found.about if body.about is None else line(body.about, "about")
    shared = found.shared if body.shared is None else _sharing(body.shared)
    if body.new_address and shared is not Sharing.LINK:
        raise wrong([Fault("body: new_address", "true", "a dossier that is shared by its address")])
    if (name, about) != (found.name, found.about):
        note_change(*actions.describe(found, name, about))
    if shared is not found.shared or body.new_address:
        note_change(*actions.share(found, shared, new_address=found.shared is shared))
    return _dossier(dossier_of(found.mark))


@operation("DELETE", "/dossiers/{mark}", "Dossiers", status=204, right=Right.KEEP, refuses=(404, 410))
def delete_dossier(call: Call) -> None:
    """Delete a dossier; its articles stay in the archive, and the pages can undo it for 30 days."""
    note_change(*actions.delete_dossier(dossier_of(call.path["mark"])))


@operation("GET", "/dossiers/{mark}/articles", "Dossiers", gives=DossierArticles, refuses=(404, 410))
def dossier_articles(call: Call) -> DossierArticles:
    """Give the articles of a dossier, with notes and tags."""
    only_for_readers()
    found = dossier_to_read(call.path["mark"])
    return DossierArticles(mark=found.mark, items=[_collected(each) for each in collected_of(found, with_text=False)])


@operation(
    "PUT", "/dossiers/{mark}/articles/{id}", "Dossiers",
    body=Collecting, gives=CollectedArticle, right=Right.KEEP, refuses=(404, 410, 413, 415),
)  # fmt: skip
def collect(call: Call) -> CollectedArticle:
    """Put an article into a dossier, at its end, if it is not in it; write its note and tags, if any are given."""
    body: Collecting = call.body
    found, stored = dossier_of(call.path["mark"]), known(call.path["id"])
    tags = tags_of_body(body.tags) if body.tags is not None else None
    note = _note(body.note) if body.note is not None else None
    if all(each.article != stored.id for each in current_services().store.dossiers.entries(found.id)):
        article(stored.mark)  # one that was withdrawn is not put in; a note on one that is in it already is written
    words, undo = actions.put(found, [stored.id])
    if undo["articles"]:
        note_change(words, undo)
    if note is not None or tags is not None:
        entries = current_services().store.dossiers.entries(found.id)
        for entry in (each for each in entries if each.article == stored.id):
            note_change(*actions.annotate(found, entry, stored.mark, note=note, tags=tags))
    for each in collected_of(found, with_text=False, article=stored.id):
        return _collected(each)
    raise NotFound  # somebody took it out meanwhile


@operation("DELETE", "/dossiers/{mark}/articles/{id}", "Dossiers", status=204, right=Right.KEEP, refuses=(404, 410))
def take_out(call: Call) -> None:
    """Take an article out of a dossier."""
    stored = known(call.path["id"])
    action = actions.take_out(dossier_of(call.path["mark"]), stored.id, stored.mark)
    if action is None:
        raise NotFound
    note_change(*action)


@operation(
    "POST", "/dossiers/{mark}/searches", "Dossiers",
    body=NewFilling, gives=Filled, status=201, right=Right.KEEP, refuses=(404, 410, 413, 415),
)  # fmt: skip
def fill_dossier(call: Call) -> Filled:
    """Put all articles that a search finds at the end of a dossier; its bundle and history name the search."""
    body: NewFilling = call.body
    found, search = dossier_of(call.path["mark"]), search_of(body.search)
    articles = all_found(search)
    words, undo = fill(found, articles, search)
    if undo["articles"]:
        note_change(words, undo)
    return Filled(new=len(undo["articles"]), found=len(articles))


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


def _name(typed: str) -> str:
    name = line(typed, "name")
    if not name:
        raise wrong([Fault("body: name", typed[:40], "a name")])
    return name


def _ways(typed: list[str]) -> list[str]:
    for each in typed:
        if each not in actions.WAYS:
            raise wrong([Fault("body: ways", each[:40], f"one of {', '.join(actions.WAYS)}")])
    return list(dict.fromkeys(typed))


def _often(typed: str) -> Often:
    if typed not in set(Often):
        raise wrong([Fault("body: often", typed[:40], f"one of {', '.join(Often)}")])
    return Often(typed)


def _sharing(typed: str) -> Sharing:
    has_people = current_services().config.web.accounts != "none"
    choices = [each.value for each in Sharing if has_people or each is not Sharing.PEOPLE]
    if typed not in choices:
        named = ", ".join(each or "an empty text" for each in choices)
        raise wrong([Fault("body: shared", typed[:40], f"one of {named}")])
    return Sharing(typed)


def _note(typed: str) -> str:
    note = note_of(typed)
    if len(note) > LONGEST_NOTE:
        raise wrong([Fault("body: note", f"{len(note):,} characters", f"at most {LONGEST_NOTE:,}")])
    return note


def tags_of_body(typed: list[str]) -> list[str]:
    """Return the tags of a body in order.

    Raises:
        Refused: There are too many, or one is too long or has a comma.
    """
    try:
        if any("," in each for each in typed):
            raise NotAllowed("A tag has no comma.")
        return tags_of(",".join(typed))
    except NotAllowed as error:
        raise wrong([Fault("body: tags", ", ".join(typed)[:40], str(error), is_sentence=True)]) from None


def _saved(search: StoredSearch) -> SavedSearch:
    record = CountedSearch(search).as_json()
    return SavedSearch(**{**record, "feed": root() + record["feed"]})


def _dossier(found: StoredDossier) -> Dossier:
    return Dossier(
        mark=found.mark,
        name=found.name,
        about=found.about,
        articles=found.articles,
        made=found.made.isoformat(timespec="seconds"),
        changed=found.changed.isoformat(timespec="seconds"),
        shared=found.shared.value,
        address=root() + shared_path(found) if found.shared is Sharing.LINK and is_mine(found.who) else None,
    )


def _collected(each: Collected) -> CollectedArticle:
    record = record_of(each)
    return CollectedArticle(**{**record, "passages": [QuotedPassage(**quoted) for quoted in record["passages"]]})
