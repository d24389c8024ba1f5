"""Saved searches: what is new in each since one last looked."""

import csv
import io
from datetime import date

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.characters import shortened
from corpus.store.desk.saved import Often, SavedSearch
from corpus.texts import text, texts
from indexer.query.describe import describe
from web.desk import actions
from web.desk.counted_search import SINCE, CountedSearch, entered_in, moment_of, request_of, table, weeks
from web.layout.alarms import unsent
from web.layout.changes import (
    LONGEST_PURPOSE,
    change,
    done,
    keep_private,
    may_change,
    note_change,
    one_line_of,
    unless_newer,
)
from web.layout.paths import choice_of
from web.layout.problems import Gone, NotAllowed
from web.layout.render import day, minute, number, typographic
from web.layout.services import current_services
from web.layout.state import State, address
from web.layout.who import Right, is_mine, may
from web.search.hits import card
from web.search.request import SearchRequest
from web.sources.cadence_words import said_cadence

blueprint = Blueprint("saved", __name__)
keep_private(blueprint)

LIST = "/saved"
SHOWN = 20  # new articles on the page


@blueprint.get("/saved")
def page() -> str:
    """List the saved searches, and the articles that entered since one last looked, or since another moment."""
    services = current_services()
    searches = [CountedSearch(each) for each in mine()]
    searches.sort(key=lambda each: (each.search.paused is not None, -each.newest))
    active = [each for each in searches if each.search.paused is None]
    since = choice_of("since", SINCE)
    moment = moment_of(since, services.now().astimezone(services.zone))
    new = entered_in(active, moment)
    latest = sorted(new, reverse=True)[: None if choice_of("all", ("1",)) else SHOWN]
    stored = services.store.articles(latest)
    return render_template(
        "saved.html",
        title=text("Saved searches"),
        here="Saved",
        noindex=True,
        tabs=tabs("Searches"),
        rows=[each.row() for each in searches],
        new=len({id for each in active for id in each.new}),
        entered=len(new),
        since=[(said, None if key == since else _since(key)) for key, said in SINCE.items()],
        all_url=address(LIST, [*([("since", since)] if since else []), ("all", "1")]) + "#new",
        news=[address(f"{LIST}/new.{each}", [("since", since)] if since else []) for each in ("csv", "json")],
        count=texts("{n:,} search", "{n:,} searches", len(searches)),
        looked=max((minute(each.search.looked_at, services.zone) for each in searches), default=None),
        items=[(card(stored[id]), _links(new[id])) for id in latest if id in stored],
        more=len(new) - len(latest),
        change=choice_of("change", [str(each.search.id) for each in searches]),
        may_change=may_change(),
        may_send=may(Right.EDIT),
        ways=[(each, actions.WAYS[each], each in actions.set_up(services.config)) for each in actions.WAYS],
        often=[(each.value, said) for each, said in actions.OFTEN.items()],
        failing=unsent(current_services().store, 1),
        digest=said_cadence(services.config.notify.digest),
    )


def _since(key: str) -> str:
    return address(LIST, [("since", key)] if key else []) + "#new"


@blueprint.get("/saved.json")
def data() -> Reply:
    """Give the saved searches as data, with how many articles entered in each of the last twelve weeks."""
    counted = [CountedSearch(each) for each in mine()]
    begins = [f"{day}" for day in _weeks()]
    return jsonify(
        [
            each.as_json()
            | {"weeks": [{"begins": day, "entered": n} for day, n in zip(begins, each.by_week() or (), strict=False)]}
            for each in counted
        ]
    )


@blueprint.get("/saved.csv")
def csv_table() -> Reply:
    """Give the saved searches as a table, a column for each of the last twelve weeks."""
    out = io.StringIO()
    csv.writer(out).writerows(table((CountedSearch(each) for each in mine()), _weeks()))
    reply = Response(out.getvalue().encode("utf-8", "replace"), content_type="text/csv; charset=utf-8")
    reply.headers["Content-Disposition"] = 'attachment; filename="saved-searches.csv"'
    return reply


def _weeks() -> list[date]:
    services = current_services()
    return weeks(services.now().astimezone(services.zone))


@change(blueprint, LIST, once=True)
def save() -> Reply:
    """Save the search of the form."""
    search = request_of(request.form.get("search", ""))
    return done(*actions.save(search, one_line_of("name") or name_of(search)), LIST)


@change(blueprint, "/saved/<int:id>")
def edit(id: int) -> Reply:
    """Do to a saved search what the button of its form says."""
    search = my_search(id)
    match request.form.get("do", ""):
        case "rename":
            return done(*actions.rename(search, _typed_name(search)), LIST)
        case "pause":
            if search.paused is not None:
                raise NotAllowed(text("{name} is paused; nothing was changed.", name=search.name))
            return done(*actions.pause(search), LIST)
        case "resume":
            if search.paused is None:
                raise NotAllowed(text("{name} is not paused; nothing was changed.", name=search.name))
            return done(*actions.resume(search), LIST)
        case "change":
            return _change(search)
        case "address":
            words, _ = actions.end_feed(search)
            return done(words, None, f"{LIST}?change={search.id}#s{search.id}")
        case "delete":
            return done(*actions.delete_search(search), LIST)
        case "look":
            return done(*actions.look([search]), LIST)
    raise NotAllowed(text("The form does not say what is to be done."))


def require_sender(ways: set[str]) -> None:
    """Let messages on a search be sent by these ways, too.

    Raises:
        NotAllowed: Who asks is no editor, or [notify] does not set one of them up.
    """
    if not may(Right.EDIT):
        raise NotAllowed(text("Messages go to the addresses of [notify], so an editor sets them up; a feed is yours."))
    if ways - actions.set_up(current_services().config):
        raise NotAllowed(text("This way is not set up in [notify] of config.toml."))


def _change(search: SavedSearch) -> Reply:
    """Change name, ways and how often, as the form says; only an editor has messages sent, as others get them."""
    ways = [each for each in request.form.getlist("way") if each in actions.WAYS]
    try:
        often = Often(request.form.get("often", search.often.value))
    except ValueError:
        raise NotAllowed(text("Messages come after each run, once a day or once a week.")) from None
    if (request.form.getlist("was_way"), request.form.get("was_often")) == (ways, often.value):
        ways, often = list(search.ways), search.often  # the form leaves them as they were
    name = _typed_name(search)
    if new := set(ways) - set(search.ways):
        require_sender(new)  # before anything is changed
    changes = [actions.rename(search, name)] if name != search.name else []
    if set(ways) != set(search.ways) or often is not search.often:
        changes.append(actions.set_delivery(search, ways, often))
    if not changes:
        return done(text("Nothing was changed."), None, LIST)
    words, undo = changes[-1]
    if len(changes) == 2:
        note_change(*changes[0])
    return done(words, undo, LIST)


def _typed_name(search: SavedSearch) -> str:
    return unless_newer("name", one_line_of("name") or search.name, search.name)


@change(blueprint, "/saved/looked")
def look_at_all() -> Reply:
    """Mark all saved searches as looked at."""
    return done(*actions.look(mine()), LIST)


def tabs(here: str) -> list[tuple[str, str, str | None]]:
    """Return the lists of what is kept: name, count, address; None: the list that is shown."""
    store = current_services().store
    counted = (
        (text("Searches"), len(mine()), LIST),
        (text("Dossiers"), sum(is_mine(each.who) for each in store.dossiers.all()), "/dossiers"),
        (text("Receipts"), store.receipts.count(), "/receipts"),
        (text("Samples"), sum(map(is_mine, store.samples.owners())), "/samples"),
        (text("Corrections"), store.corrections.count(), "/corrections"),
    )
    return [(name, number(count), None if name == here else url) for name, count, url in counted]


def mine() -> list[SavedSearch]:
    """Return the saved searches of who asks."""
    return [each for each in current_services().store.saved.all() if is_mine(each.who)]


def my_search(id: int) -> SavedSearch:
    """Return a saved search of who asks by its number.

    Raises:
        NotFound: There is none, or it is another person's.
        Gone: It was deleted.
    """
    found = current_services().store.saved.get(id)
    if found is None or not is_mine(found.who):
        raise NotFound
    if found.deleted is not None:
        when = day(found.deleted, current_services().zone)
        raise Gone(text("“{name}” was deleted on {day}.", name=found.name, day=when))
    return found


def name_of(search: SearchRequest) -> str:
    """Return the name of a search that its reader did not name: its words, or how it was read where there is more.

    A long one ends with an ellipsis.
    """
    if search.state.but(sort=None) == State(q=search.state.q) and search.state.q:
        return shortened(" ".join(search.state.q.split()), LONGEST_PURPOSE)
    names = current_services().labels(search.query)
    return shortened(typographic(describe(search.query, names)) or text("All articles"), LONGEST_PURPOSE)


def _links(searches: list[SavedSearch]) -> list[tuple[str, str]]:
    return [(each.name, request_of(each.address).state.url()) for each in searches]
