"""The authors of the archive: `/authors`, and a profile of each: how much, where, since when, with whom."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.model import AuthorKind
from corpus.people.names import fold, has_word_from
from corpus.store import AuthorCount
from corpus.texts import Text, text, texts
from indexer.contract.facet_values import author_keys
from indexer.contract.facets import FACETS, NONE, FacetName
from indexer.contract.periods import local_minutes
from indexer.contract.values import Interval, Query, Results, Sort
from indexer.query.describe import Labels, label
from web.authors.merging import said, suggested
from web.layout.notes import note_for_programs
from web.layout.paths import LONGEST_FINDING, author_path, choice_of, finding_of, page_of
from web.layout.render import number, page_day
from web.layout.services import current_services
from web.layout.state import State, address
from web.layout.who import Right, may
from web.search.hits import card
from web.search.request import ask
from web.search.spans import coverage, coverage_url, whole_range
from web.search.timeline import UNITS, timeline
from web.search.timeline import said as said_period

blueprint = Blueprint("authors", __name__)

ON_A_PAGE = 100
LATEST = 5
MOST = 100_000  # authors that are looked through by name
SIDE = (FacetName.SITE, FacetName.SECTION, FacetName.AUTHOR)
SHOWN = 8  # values of a list at the side
READ = 1000  # latest articles in which co-authors are counted


@blueprint.get("/authors")
def index() -> str:
    """List the authors by name, or by how many articles they have; `fq=` finds a part of a name."""
    find, order = finding_of(), choice_of("order", ("name", "count"), "name")
    everyone, cut = _signers(find, order=order)
    found = [each for each in everyone if each.author.kind is AuthorKind.PERSON]
    bodies = [each for each in everyone if each.author.kind is not AuthorKind.PERSON]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    at = page_of(pages)
    given = [("fq", find)] * bool(find)
    ordered = [("order", "count")] * (order == "count")
    return render_template(
        "authors.html",
        title=text("Authors"),
        here="Search",
        noindex=True,
        canonical=address("/authors", [*given, *ordered, *([("page", str(at))] if at > 1 else [])]),
        find=find,
        order=order,
        said=_counted(len(found), find),
        cut=cut,
        articles=current_services().totals().articles,
        people=_rows(found[(at - 1) * ON_A_PAGE : at * ON_A_PAGE]),
        bodies=_rows(bodies[:ON_A_PAGE]),
        bodies_said=texts("{n:,} desk or agency", "{n:,} desks and agencies", len(bodies)),
        bodies_cut=ON_A_PAGE if len(bodies) > ON_A_PAGE else 0,
        orders=[
            (name, None if value == order else address("/authors", [*given, *by]))
            for value, name, by in (("name", text("A–Z"), []), ("count", text("by count"), [("order", "count")]))
        ],
        pages=[
            (str(each), None if each == at else address("/authors", [*given, *ordered, ("page", str(each))]))
            for each in range(1, pages + 1)
            if abs(each - at) < 5 or each in (1, pages)
        ],
    )


@blueprint.get("/authors/<key>")
def profile(key: str) -> Reply | str:
    """Show an author; the key of another spelling of the name leads to the one that counts."""
    services = current_services()
    right = services.aliases().get(fold(key), fold(key))
    if right and right != key:
        return redirect(author_path(right), 301)
    who = services.store.authors.labels({right}).get(right) if right else None
    state = State(chosen={FacetName.AUTHOR: (right,)})
    everything = ask(state.pairs()).query
    query = everything._replace(
        facets=SIDE[:2], facet_size=50, interval=_width(), per_page=LATEST, sort=Sort.NEWEST, folded=True
    )
    results = services.search(query).results
    if who is None or not results.total:
        raise NotFound(text("No author here is known as {name}.", name=key[:LONGEST_FINDING]))
    names = services.labels(query, results)
    return render_template(
        "author.html",
        title=who.name,
        here="Search",
        noindex=True,
        canonical=author_path(right),
        who=who,
        total=texts("{n:,} article", "{n:,} articles", results.total),
        search_url=state.url(),
        said=_said(results),
        forms=_forms(right),
        key=right,
        may_edit=may(Right.EDIT),
        pairs=_pairs_with(right) if may(Right.EDIT) else [],
        chart=_chart(query, results, state),
        widths=[
            (UNITS[each], None if each.value == request.args.get("by") else f"{author_path(right)}?by={each}")
            for each in (Interval.MONTH, Interval.QUARTER, Interval.YEAR)
        ],
        latest=[card(each) for each in services.store.heads(hit.id for hit in results.hits).values()],
        lists=list(_lists(results, names, state)),
        files=[(name, state.url(f"/search.{name.lower()}")) for name in ("Atom", "CSV", "JSON")],
        trends_url=state.url("/trends"),
    )


def _pairs_with(key: str) -> list[dict[str, Any]]:
    """Return the suggestions of merges of an author; none in the seconds after a start, while they are looked for."""
    return said([each for each in suggested(wait=False) if key in {each.key, each.into}])


def people(find: str, *, order: str = "name") -> tuple[list[AuthorCount], Text | None]:
    """Return the persons among the authors, and what to say of names that were not looked through; None: all were.

    An answer that is no page says it in its header of notes.

    Args:
        find: A part of a name that they have; empty: all of them.
        order: "name": by key; "count": those with most articles first.
    """
    found, cut = _signers(find, order=order)
    return [each for each in found if each.author.kind is AuthorKind.PERSON], cut


def _signers(find: str, *, order: str) -> tuple[list[AuthorCount], Text | None]:
    """Return what `people` does, with the desks and agencies."""
    everyone = current_services().store.authors.counts(limit=MOST + 1)
    cut = None
    if len(everyone) > MOST:
        cut = text(
            "Only the first {n:,} names in the order of the alphabet are looked through, up to {name}:"
            " those after it are not in this list.",
            n=MOST,
            name=everyone[MOST - 1].author.name,
        )
        note_for_programs([cut])
    found = everyone[:MOST]
    if part := fold(find):
        found = [each for each in found if has_word_from(each.author.key, part)]
    return sorted(found, key=lambda each: (-each.articles, each.author.key)) if order == "count" else found, cut


def _rows(authors: list[AuthorCount]) -> list[dict[str, Any]]:
    """Return the lines of a list; an agency has no address, as the index has it only where nobody else signs."""
    return [
        {
            "name": each.author.name,
            "url": author_path(each.author.key) if each.author.kind is not AuthorKind.AGENCY else None,
            "count": each.articles,
        }
        for each in authors
    ]


def _width() -> Interval:
    return Interval(choice_of("by", (Interval.MONTH, Interval.QUARTER, Interval.YEAR), Interval.AUTO))


def _said(results: Results) -> str:
    """Say where and from when to when: "in 3 sites, Mar 2019 to 23 Nov 2026"."""
    services = current_services()
    sites = next((each.distinct for each in results.facets if each.name is FacetName.SITE), 0)
    bars = [bar for bar in results.histogram.bars if bar.count] if results.histogram else []
    newest = services.store.heads(hit.id for hit in results.hits[:1])
    last = next((each.article.published for each in newest.values()), None)
    if results.histogram and bars and last:
        return texts(
            "in {n:,} site, {first} to {last}.",
            "in {n:,} sites, {first} to {last}.",
            sites,
            first=said_period(bars[0], results.histogram.interval),
            last=page_day(last, services.zone),
        )
    return texts("in {n:,} site.", "in {n:,} sites.", sites)


def _counted(count: int, find: str) -> Text:
    """Say how many authors there are, or how many have a text in their names."""
    if find:
        return texts(
            "{n:,} author with “{find}” in the name", "{n:,} authors with “{find}” in the name", count, find=find
        )
    return texts("{n:,} author has signed articles here", "{n:,} authors have signed articles here", count)


def _forms(key: str) -> list[dict[str, Any]]:
    """Return the other keys that count as this author, with the evidence and the day."""
    authors = current_services().store.authors
    heads = authors.aliases()
    rows = [each for each in authors.alias_rows() if heads.get(each.key) == key]
    return [{"key": each.key, "evidence": each.evidence, "made": f"{each.made:%Y-%m-%d}"} for each in rows]


def _chart(query: Query, results: Results, state: State) -> dict[str, Any] | None:
    services = current_services()
    if results.histogram is None:
        return None
    now = local_minutes(services.now(), services.zone)
    found = whole_range(results.histogram, query, now)
    where = _where_they_write(query, results)
    made = timeline(found, state, now=now, covered=coverage(where, found.interval))
    if made is None:
        return None
    shown = {"svg": made.svg, "caption": made.caption, "rows": made.rows, "missing": made.missing}
    return shown | {"coverage_url": coverage_url(where)}


def _where_they_write(query: Query, results: Results) -> Query:
    """Return the query for the sites of the author, whose coverage is what matters."""
    sites = next((each.counts for each in results.facets if each.name is FacetName.SITE), ())
    chosen = ask(State(chosen={FacetName.SITE: tuple(each.value for each in sites[:SHOWN])}).pairs()).query
    return query._replace(filters=chosen.filters)


def _lists(results: Results, names: Labels, state: State) -> Iterator[dict[str, Any]]:
    """Yield the lists at the side: sites, sections, co-authors; each value with the search for both."""
    together_with = text("Written with")
    if results.total > READ:
        together_with = text("Written with, latest {n:,} articles", n=READ)
    titles = {FacetName.SITE: text("Sites"), FacetName.SECTION: text("Sections"), FacetName.AUTHOR: together_with}
    together = _co_authors(state)
    known = current_services().store.authors.labels(list(together)[:SHOWN])
    names = {**names, **{(FacetName.AUTHOR, key): author.name for key, author in known.items()}}
    for facet in SIDE:
        found = next((each for each in results.facets if each.name is facet), None)
        counts = (
            together
            if facet is FacetName.AUTHOR
            else {each.value: each.count for each in found.counts}
            if found
            else {}
        )
        rows = [
            {
                "name": FACETS[facet].missing if value == NONE else label(facet, value, names),
                "count": number(count),
                "url": None if facet is FacetName.AUTHOR else _narrowed(state, facet, value),
                "profile": author_path(value) if facet is FacetName.AUTHOR else None,
            }
            for value, count in list(counts.items())[:SHOWN]
        ]
        if rows:
            yield {"title": titles[facet], "rows": rows, "more": len(counts) - len(rows)}


def _narrowed(state: State, facet: FacetName, value: str) -> str:
    return state._replace(chosen={**state.chosen, facet: (value,)}).url()


def _co_authors(state: State) -> dict[str, int]:
    """Return who signed with the author: counted among the latest READ articles."""
    services = current_services()
    own = state.chosen[FacetName.AUTHOR][0]
    aliases = services.aliases()
    ids = services.engine.listing(ask(state.pairs()).query._replace(sort=Sort.NEWEST)).ids[:READ]
    counts: dict[str, int] = {}
    for stored in services.store.heads(map(int, ids)).values():
        for who in {*author_keys(stored.article, aliases)} - {own}:
            counts[who] = counts.get(who, 0) + 1
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
