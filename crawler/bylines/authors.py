"""Who wrote it: "By Ana Pérez and Li Wei in Geneva" -> people, desks, agencies, and the byline as printed.

Sources in order of trust: JSON-LD, meta and microdata, elements marked as the byline, a line of the text. The
printed byline wins when it has the names of the page's data and more: data often names only the first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.model import Author, AuthorKind
from crawler.bylines.author_notes import life_of_author
from crawler.bylines.places import Place, byline_places
from crawler.bylines.printing import printed
from crawler.bylines.stated import Source, cut_in_print, joined, of_data, of_hints
from crawler.bylines.text import MAX_TEXT, Reading, read_byline, within
from crawler.markup.marked import MarkedElement
from crawler.markup.metadata import Metadata
from crawler.markup.view import PageView
from crawler.text import clean
from crawler.values import Candidate

_HANDLE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*|\w+_\w+|[A-Za-z]+\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """The authors of a page.

    Attributes:
        byline: As printed, whatever was read from it; None when the page prints none.
        rule: Where the authors were read; None when there are none.
        at: The block the byline stands in.
    """

    authors: tuple[Author, ...] = ()
    byline: str | None = None
    place: str | None = None
    rule: str | None = None
    at: int | None = None
    candidates: tuple[Candidate, ...] = ()


def signed(
    view: PageView, marked: Sequence[MarkedElement], *, selected: str | None = None, explain: bool = True
) -> Signed:
    """Find who wrote the page.

    Where the page names nobody, the authors that its feed named are taken.

    Args:
        view: A byline stands before the chosen blocks, or right after.
        marked: The elements marked as bylines.
        selected: The byline as the source's own selector finds it; believed before all else.
        explain: Give the candidates.
    """
    metadata, language, chosen = view.metadata, view.language, view.chosen
    data = of_data(metadata, language)
    if selected is not None:
        reading = read_byline(selected, language=language, outlets=metadata.outlets, handles=True)
        own = Source(f"{view.page.selectors.origin('byline')}{cut_in_print([selected])}", selected, reading)
        return _signed(own, own, [own, *data] if explain else [])
    start = view.headline_at if view.headline_at is not None else (chosen[0] if chosen else 0)
    last = max(chosen[-1] if chosen else start, start)
    first_prose = next((n for n in chosen if n > start), start)
    places = byline_places(view.blocks, marked, start=start, prose=first_prose, last=last, language=language)
    on_page = _of_page(places, metadata, (start, first_prose, last), language)
    others = {key for source in on_page for key in source.reading.others}
    chosen_data = _best([_without(source, others) for source in data])
    visible = _visible(on_page, chosen_data)
    decided = _decided(chosen_data, visible)
    hinted = of_hints(view)
    if hinted and (decided is None or not decided.reading.authors):
        decided = hinted
    if decided is None and (life := life_of_author(view.blocks, chosen)) is not None:
        decided = Source(life[1], life[0], read_byline(life[0], language=language, outlets=metadata.outlets))
    return _signed(decided, visible, [*data, *on_page, *([hinted] if hinted else [])] if explain else [])


def _visible(printed: list[Source], data: Source | None) -> Source | None:
    """Return the printed byline: the first that names the authors of the page's data alone, else the first of all."""
    named = [source for source in printed if _people(source)]
    known = {author.key for author in _people(data)} if data else set()
    if named and known and not _is_led(named[0]):
        confirming = next((source for source in named if {author.key for author in _people(source)} == known), None)
        if confirming:
            return confirming
    return next(iter(named or printed), None)


def _is_led(source: Source) -> bool:
    """Whether a word such as "By" says that the names of a source are the authors'."""
    return source.reading.led


# ---------------------------------------------------------------- what the page prints


def _of_page(
    places: tuple[Place, ...], metadata: Metadata, landmarks: tuple[int, int, int], language: str | None
) -> list[Source]:
    """Read the printed bylines, the likeliest first; landmarks: the headline, the first and the last block of prose."""
    ranked: list[tuple[tuple[float, ...], Place, Reading]] = []
    for place in places:
        handles = place.trust == 3
        reading = read_byline(place.text, language=language, outlets=metadata.outlets, handles=handles)
        if place.within and (len(place.within) == len(reading.authors) or not (reading.authors or reading.others)):
            texts = map(printed, place.within)
            inner = joined([read_byline(text, language=language, outlets=metadata.outlets) for text in texts])
            if not reading.authors or _is_longer(reading, inner):
                reading = replace(inner, led=reading.led)
        if reading.authors or reading.led or reading.others:
            ranked.append((_rank(place, reading, *landmarks), place, reading))
    ranked.sort(key=lambda item: item[0])
    return _grouped([(place, reading) for rank, place, reading in ranked if rank[0] < 9])


def _is_longer(reading: Reading, inner: Reading) -> bool:
    """Whether each name of a place ends or begins with a name that is marked within it: "New Ana Pérez"."""
    marked = [author.name for author in inner.authors]
    return (
        bool(marked)
        and len(reading.authors) == len(marked)
        and all(
            author.name != name and f" {name} " in f" {author.name} "
            for author, name in zip(reading.authors, marked, strict=True)
        )
    )


def _rank(place: Place, reading: Reading, start: int, first_prose: int, last: int) -> tuple[float, ...]:
    """Order places: near the headline, then right after the body, then elsewhere; 9: not to be believed."""
    if start - 12 <= place.at <= max(start + 25, first_prose + 2) and place.at <= max(first_prose + 8, start + 12):
        zone = 0
    elif last < place.at <= last + 12 or place.at <= last:
        zone = 1
    else:
        zone = 2
    if (
        zone
        and place.trust == 2
        and not (place.rule.startswith(("byline", "a name alone")) and place.at >= last - 3 and zone == 1)
    ):
        return (9,)
    if zone == 2 and place.trust < 3:
        return (9,)
    empty = not reading.authors
    return (zone, empty, not reading.led and place.trust < 3, -place.trust, abs(place.at - start))


def _grouped(found: list[tuple[Place, Reading]]) -> list[Source]:
    """Join the places next to the first one: each author of a byline may have an element of their own."""
    sources: list[Source] = []
    used: set[int] = set()
    for n, (place, reading) in enumerate(found):
        if n in used:
            continue
        group = [(place, reading)]
        for m in range(n + 1, len(found)):
            other, also = found[m]
            alike = other.rule == place.rule or other.trust == place.trust == 3
            if m not in used and alike and abs(other.at - group[-1][0].at) <= 3:
                group.append((other, also))
                used.add(m)
        group.sort(key=lambda pair: pair[0].at)
        texts = dict.fromkeys(pair[0].text for pair in group)
        shown = " ".join(text.replace("\n", " ") for text in texts)
        rule = f"{place.rule}{cut_in_print([*texts])}"
        sources.append(Source(rule, shown, joined([pair[1] for pair in group]), group[0][0].at))
    return sources


# ---------------------------------------------------------------- the decision


def _people(source: Source) -> list[Author]:
    return [author for author in source.reading.authors if author.kind is AuthorKind.PERSON]


def _best(sources: list[Source]) -> Source | None:
    """Return the first source that names people, or a later one that names the same and more; else desks, agencies."""
    named = [source for source in sources if _people(source)]
    best = next((source for source in named if not _only_handles(source)), next(iter(named), None))
    if best is None:
        return next((source for source in sources if source.reading.authors), None)
    for source in sources[sources.index(best) + 1 :]:
        if _holds_more(source, best) and len(_people(source)) <= 12:
            best = source
    return best


def _decided(data: Source | None, printed: Source | None) -> Source | None:
    if data is None or printed is None or not printed.reading.authors:
        return data if data else printed
    if not _people(data):
        return printed if _people(printed) or printed.reading.led else data
    if _only_handles(data) and _people(printed) and not _only_handles(printed):
        return printed
    return printed if _holds_more(printed, data) and _adds_names(printed, data) else data


def _adds_names(printed: Source, data: Source) -> bool:
    """Whether all that the page prints beyond its data are whole names; "Verified" beside a name is no name."""
    known = {author.key for author in data.reading.authors}
    added = [author.name for author in _people(printed) if author.key not in known]
    return all(" " in name or not name.isascii() for name in added)


def _without(source: Source, others: set[str]) -> Source:
    """Leave out the people whom the page prints as photographers, editors ...; some sites' data lists them too."""
    left = tuple(author for author in source.reading.authors if author.key not in others)
    return replace(source, reading=replace(source.reading, authors=left)) if left else source


def _only_handles(source: Source) -> bool:
    """Whether all people of a source are accounts or slugs: "nhale", "nora-hale", "nora.hale7"."""
    return all(_HANDLE.fullmatch(author.name) for author in _people(source))


def _holds_more(source: Source, other: Source) -> bool:
    """Whether a source names all people that another names, and more."""
    ours = {author.key for author in _people(source)}
    theirs = {author.key for author in _people(other)}
    return ours > theirs and len(ours) <= len(theirs) + 6


def _signed(chosen: Source | None, printed: Source | None, sources: list[Source]) -> Signed:
    authors = chosen.reading.authors if chosen else ()
    place = (printed.reading.place if printed else None) or (chosen.reading.place if chosen else None)
    return Signed(
        authors=authors,
        byline=(_shown(clean(printed.shown)) or None) if printed else None,
        place=place,
        rule=chosen.rule if chosen and authors else None,
        at=printed.at if printed else None,
        candidates=tuple(_candidates(chosen, sources)),
    )


def _shown(byline: str) -> str:
    """Return a byline as it is stored; of one that is too long, its first names, and a sign that there are more."""
    return byline if len(byline) <= MAX_TEXT else f"{within(byline)} …"


def _candidates(chosen: Source | None, sources: list[Source]) -> list[Candidate]:
    found = []
    for source in sources[:20]:
        names = ", ".join(author.name for author in source.reading.authors)
        why = "; ".join(f"{name[:60]}: {reason}" for name, reason in source.reading.rejected[:5])
        won = chosen is not None and (source.rule, source.shown) == (chosen.rule, chosen.shown)
        lost = None if won else "a source believed more" if names else why or "no name"
        found.append(Candidate("authors", names or source.shown[:120], source.rule, lost))
    return found
