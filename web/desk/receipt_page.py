"""A receipt: what a search found then, the same search today, and the difference."""

from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.errors import message_of
from corpus.model import StoredArticle
from corpus.store.desk.receipts import Receipt
from corpus.texts import text, texts
from indexer.results.receipts import Comparison, compare, make
from web.articles.named import why_withdrawn
from web.desk.receipt_words import (
    STYLES,
    citation,
    facts_of_search,
    in_a_sentence,
    in_text,
    published,
    reading_of,
    styles,
    sum_of,
    zone_of,
)
from web.desk.saved_page import tabs
from web.layout.changes import change, done, may_change, one_line_of, unless_newer
from web.layout.hosts import root
from web.layout.paths import LONGEST_FINDING, choice_of, page_of
from web.layout.problems import Gone, NotAllowed
from web.layout.render import day, iso, minute, number, typographic
from web.layout.services import current_services
from web.layout.state import State
from web.layout.who import Right, is_mine, may, reads_in_full, who_asks
from web.search.annotating import annotations_for
from web.search.hits import card
from web.search.request import SearchRequest, ask

blueprint = Blueprint("receipts", __name__)

SHOWN = 20  # articles of each list on the page
ON_A_PAGE = 200  # of one list alone
AROUND = 4  # pages named before and after the one that is shown
MOST_REMEMBERED = 50_000  # articles in the lists of a comparison that is kept for the next reader
LISTS = ("new", "withdrawn", "lost", "changed")


@blueprint.get("/receipts")
def receipts() -> str:
    """List the receipts, the last one first."""
    if not reads_in_full():
        raise NotAllowed(text("This archive is public: a receipt is shown to who has its mark."))
    zone = current_services().zone
    rows = [
        {
            "mark": each.mark,
            "url": f"/q/{each.mark}",
            "made": minute(each.made, zone),
            "total": number(each.total),
            "read_as": typographic(each.read_as) or text("all articles"),
            "purpose": each.purpose,
            "withdrawn": each.withdrawn and day(each.withdrawn, zone),
        }
        for each in current_services().store.receipts.latest()
    ]
    return render_template(
        "receipts.html",
        title=text("Receipts"),
        here="Saved",
        noindex=True,
        tabs=tabs("Receipts"),
        rows=rows,
        listed=current_services().store.receipts.count(withdrawn=True),
    )


@change(blueprint, "/q", once=True)
def keep() -> Reply:
    """Make the receipt of the search of the form."""
    search = ask(parse_qsl(request.form.get("search", "").removeprefix("?"), keep_blank_values=True))
    mark = made_of(search, one_line_of("purpose"))
    return done(text("The receipt {mark} is made.", mark=mark), {"kind": "receipt made", "mark": mark}, f"/q/{mark}")


def made_of(search: SearchRequest, purpose: str) -> str:
    """Store the receipt of a search, and return its mark.

    Raises:
        NotAllowed: The search finds more than a receipt can hold.
    """
    services = current_services()
    try:
        receipt = make(
            search.query,
            search.typed.but(page=1).url().partition("?")[2],
            services.store,
            services.engine,
            who=who_asks().name,
            purpose=purpose,
            now=services.now().astimezone(services.zone),
        )
    except ValueError as error:
        raise NotAllowed(text("No receipt was made: {error}.", error=message_of(error))) from None
    return services.store.receipts.add(receipt)


@blueprint.get("/q/<mark>")
def page(mark: str) -> Reply | str:
    """Show a receipt, run again just now."""
    form = mark.rpartition(".")[2] if "." in mark else ""
    if form not in ("", "json", "txt"):
        raise NotFound
    receipt = standing(mark.removesuffix(f".{form}") if form else mark)
    if not form and receipt.mark != mark:
        return redirect(f"/q/{receipt.mark}")
    search, found = run_again(receipt)
    match form:
        case "":
            return _page(receipt, search, found)
        case "json":
            return jsonify(record_of(receipt, found))
        case _:
            return Response(in_text(receipt, found), mimetype="text/plain")


@change(blueprint, "/q/<mark>")
def edit(mark: str) -> Reply:
    """Do to a receipt what the button of its form says."""
    services = current_services()
    receipt = standing(mark)
    if not (is_mine(receipt.who) or may(Right.RULE)):
        raise NotAllowed(text("The receipt is {who}'s, who alone changes it.", who=receipt.who))
    back = f"/q/{receipt.mark}"
    match request.form.get("do", ""):
        case "purpose":
            purpose = unless_newer("purpose", one_line_of("purpose"), receipt.purpose)
            before = services.store.receipts.set_purpose(receipt.mark, purpose)
            undo = {"kind": "purpose", "mark": receipt.mark, "purpose": before}
            return done(text("What the receipt is for is changed."), undo, back)
        case "withdraw":
            services.store.receipts.set_withdrawn(receipt.mark, services.now())
            undo = {"kind": "receipt withdrawn", "mark": receipt.mark}
            return done(
                text("The receipt {mark} is withdrawn; its mark says so.", mark=receipt.mark), undo, "/receipts"
            )
    raise NotAllowed(text("The form does not say what is to be done."))


def standing(mark: str) -> Receipt:
    """Return the receipt with a mark.

    Raises:
        NotFound: There is none.
        Gone: It was withdrawn.
    """
    receipt = current_services().store.receipts.get(mark.lower())
    if receipt is None:
        raise NotFound(text("No receipt here has the mark {mark}.", mark=mark[:LONGEST_FINDING]))
    if receipt.withdrawn is not None:
        raise Gone(
            text(
                "The receipt {mark} was withdrawn on {day}.",
                mark=receipt.mark,
                day=day(receipt.withdrawn, current_services().zone),
            )
        )
    return receipt


def run_again(receipt: Receipt) -> tuple[SearchRequest, Comparison]:
    """Return the search of a receipt, and what differs today; both from memory while the archive is the same.

    Tags and dossiers are those of the person who made it, not of the reader.

    Raises:
        NotAllowed: The search finds more than can be compared.
    """
    services = current_services()
    pairs = parse_qsl(receipt.address, keep_blank_values=True)
    search = ask(pairs, now=receipt.made, zone=zone_of(receipt), annotations=annotations_for(receipt.who))
    state = ("receipt", receipt.mark, search.query, services.engine.position, services.store.sequence)
    if (found := services.remembered(state)) is not None:
        return search, found
    try:
        found = compare(receipt, search.query, services.store, services.engine)
    except ValueError as error:
        raise NotAllowed(
            text("The search of this receipt cannot be run again: {error}.", error=message_of(error))
        ) from None
    if sum(len(getattr(found, name)) for name in LISTS) <= MOST_REMEMBERED:
        services.remember(state, found)
    return search, found


def _page(receipt: Receipt, search: SearchRequest, found: Comparison) -> str:
    services = current_services()
    zone, shown = zone_of(receipt), {name: getattr(found, name) for name in LISTS}
    whole = choice_of("all", LISTS)
    at = page_of(max(1, -(-len(shown.get(whole, ())) // ON_A_PAGE)))
    parts = {name: _shown(each, name, whole, at) for name, each in shown.items()}
    ids = [id for each in parts.values() for id in each]
    stored = services.store.articles(ids)
    lists = [
        {
            "name": name,
            "count": len(each),
            "items": [_item(name, stored[id], receipt) for id in parts[name] if id in stored],
            "pages": _pages(receipt, name, len(each), at) if name == whole else [],
            "all_url": None if name == whole or len(each) <= SHOWN else f"/q/{receipt.mark}?all={name}#{name}",
        }
        for name, each in shown.items()
        if each
    ]
    cite, reading = choice_of("cite", STYLES, "chicago"), reading_of(receipt, search.query)
    return render_template(
        "receipt.html",
        title=text("Receipt {mark}", mark=receipt.mark),
        here="Saved",
        noindex=True,
        receipt=receipt,
        heading=texts("{n:,} article on {day}", "{n:,} articles on {day}", receipt.total, day=day(receipt.made, zone)),
        reading=reading,
        made=minute(receipt.made, zone),
        run=minute(services.now(), zone),
        year=receipt.made.astimezone(zone).year,
        search_url=search.state.url(),
        csv_url=search.state.url("/search.csv"),
        others=services.store.receipts.count(),
        found=found,
        published_text=published(found.new, receipt.made, stored),
        sum_text=sum_of(receipt, found),
        lists=lists,
        asked=facts_of_search(receipt, search.query, found, services.store.sequence, reading=reading),
        citation=citation(receipt, cite, root()),
        styles=styles(cite, f"/q/{receipt.mark}"),
        sentence=in_a_sentence(receipt, reading),
        may_change=may_change(),
        again=receipt.address,
    )


def _shown(ids: tuple[int, ...], name: str, whole: str, page: int) -> tuple[int, ...]:
    """Return the articles of a list that are shown: the first ones, or a page of the list that was asked for."""
    if name != whole:
        return ids[:SHOWN]
    start = (page - 1) * ON_A_PAGE
    return ids[start : start + ON_A_PAGE]


def _pages(receipt: Receipt, name: str, count: int, page: int) -> list[tuple[str, str | None]]:
    """Return the pages of a long list: which articles, and the address; None: the page that is shown."""
    return [
        (
            f"{number(start + 1)}–{number(min(start + ON_A_PAGE, count))}",
            None if at == page else f"/q/{receipt.mark}?all={name}&page={at}#{name}",
        )
        for at, start in enumerate(range(0, count, ON_A_PAGE), 1)
        if abs(at - page) < AROUND or start in (0, (count - 1) // ON_A_PAGE * ON_A_PAGE)
    ]


def _item(name: str, stored: StoredArticle, receipt: Receipt) -> dict[str, Any]:
    services = current_services()
    said: str = why_withdrawn(stored.withdrawn) if name == "withdrawn" and stored.withdrawn else ""
    if name == "new" and (stored.article.published is None or stored.article.published.at < receipt.made):
        said = text("entered the corpus {day}", day=day(stored.first_seen, services.zone))
    elif name == "changed" and stored.revision > 1:
        said = text("revision {n}", n=stored.revision)
    return {"card": card(stored), "said": said, "diff": f"/a/{stored.mark}/revisions" if name == "changed" else None}


def record_of(receipt: Receipt, found: Comparison) -> dict[str, Any]:
    """Return a receipt and what differs today as JSON can hold it."""
    services = current_services()
    marks = services.store.receipts.marks([*found.new, *found.withdrawn, *found.lost, *found.changed])
    lists = {name: [marks[id] for id in getattr(found, name) if id in marks] for name in LISTS}
    return {
        "receipt": receipt.mark,
        "made": iso(receipt.made, services.zone),
        "who": receipt.who,
        "purpose": receipt.purpose,
        "query": State().url() + (f"?{receipt.address}" if receipt.address else ""),
        "read_as": receipt.read_as,
        "time_zone": receipt.zone,
        "engine": receipt.engine,
        "store": receipt.store,
        "sequence": receipt.sequence,
        "total": receipt.total,
        "checksum": receipt.checksum,
        "today": {
            "same_store": found.same_store,
            "checksum_agrees": found.intact,
            "engine": found.engine,
            "total": found.found,
            **lists,
        },
    }
