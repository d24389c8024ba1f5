"""Who wrote it: "By Ana Pérez and Li Wei in Geneva" -> people, desks, agencies, and the byline as printed.

Sources in order of trust: JSON-LD, meta and microdata, elements marked as the byline, a line of the text. The
printed byline wins when it has the names of the page's data and more: data often names only the first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.model import Author, AuthorKind
from crawler.bylines.people import is_credential, judge
from crawler.bylines.places import Place, byline_places
from crawler.bylines.text import Reading, read_byline
from crawler.markup.blocks import Blocks
from crawler.markup.marked import MarkedElement
from crawler.markup.metadata import Metadata
from crawler.text import clean
from crawler.values import Candidate

MAX_AUTHORS = 40
_METAS = tuple(
    """citation_author parsely-author sailthru.author author article:author dc.creator dcterms.creator
    dc.contributor byl article.author og:article:author article:author:name author_name twitter:data1 authors
    creator cxenseparse:author citation_authors rnews:author mediator_author dable:author
    shareaholic:article_author_name bt:author artauthor wp-author""".split()
)
_LABELLED = re.compile(
    r"written by|author|autor|auteur|verfasst|geschrieben|escrito|scritto|écrit|by|автор|作者|執筆", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who signs a page.

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


@dataclass(frozen=True, slots=True)
class _Source:
    rule: str
    shown: str
    reading: Reading
    at: int | None = None


def signed(
    blocks: Blocks,
    marked: Sequence[MarkedElement],
    metadata: Metadata,
    *,
    chosen: Sequence[int],
    headline_at: int | None,
    language: str | None = None,
    selected: str | None = None,
) -> Signed:
    """Find who wrote the page.

    Args:
        marked: The elements marked as bylines.
        chosen: The blocks of the body; a byline stands before them, or right behind.
        headline_at: The block with the headline.
        language: Of the page.
        selected: The byline as the source's own selector finds it; believed before all else.
    """
    data = _of_data(metadata)
    if selected is not None:
        own = _Source(
            "selector", selected, read_byline(selected, language=language, outlets=metadata.outlets, handles=True)
        )
        return _signed(own, own, [own, *data])
    start = headline_at if headline_at is not None else (chosen[0] if chosen else 0)
    last = max(chosen[-1] if chosen else start, start)
    places = byline_places(blocks, marked, start=start, last=last, language=language)
    first_prose = next((n for n in chosen if n > start), start)
    printed = _of_page(places, metadata, (start, first_prose, last), language)
    visible = next((source for source in printed if _people(source)), None) or next(iter(printed), None)
    others = {key for source in printed for key in source.reading.others}
    chosen_data = _best([_without(source, others) for source in data])
    return _signed(_decided(chosen_data, visible), visible, [*data, *printed])


# ---------------------------------------------------------------- what the page's data says


def _of_data(metadata: Metadata) -> list[_Source]:
    sources = []
    signers = metadata.story.authors
    if signers:
        readings = [(signer, _name(signer.name, metadata, organisation=signer.organisation)) for signer in signers]
        sources.append(_Source("json-ld author", ", ".join(s.name for s in signers), _joined([r for _, r in readings])))
    for name in _METAS:
        values = [value for value in metadata.metas.get(name, ()) if not value.startswith(("http:", "https:", "//"))]
        if name == "twitter:data1" and not _LABELLED.search(metadata.value("twitter:label1") or ""):
            continue
        if values:
            readings_of = [
                _name(_turned(value) if name.startswith("citation") else value, metadata)
                for value in values[:MAX_AUTHORS]
            ]
            sources.append(_Source(f"meta {name}", ", ".join(values), _joined(readings_of)))
    return sources


def _turned(name: str) -> str:
    """Turn "Pérez, Ana" of library data about; "Ana Pérez, PhD" is left."""
    family, comma, given = name.partition(", ")
    turns = comma and "," not in given and family.count(" ") <= 2 and not is_credential(given)
    return f"{given} {family}" if turns else name


def _name(text: str, metadata: Metadata, *, organisation: bool = False) -> Reading:
    """Read one value of the page's data, which may hold several names."""
    whole = judge(text, outlets=metadata.outlets, organisation=organisation, handles=True)
    if organisation:
        return Reading((whole.author,) if whole.author else (), rejected=() if whole.author else ((text, whole.why),))
    return read_byline(text, language=None, outlets=metadata.outlets, handles=True)


def _joined(readings: list[Reading]) -> Reading:
    authors: dict[str, Author] = {}
    for reading in readings:
        for author in reading.authors:
            authors.setdefault(author.key, author)
    place = next((reading.place for reading in readings if reading.place), None)
    return Reading(
        tuple(authors.values())[:MAX_AUTHORS],
        place,
        rejected=tuple(pair for reading in readings for pair in reading.rejected),
        others=tuple(key for reading in readings for key in reading.others if key not in authors),
    )


# ---------------------------------------------------------------- what the page prints


def _of_page(
    places: tuple[Place, ...], metadata: Metadata, landmarks: tuple[int, int, int], language: str | None
) -> list[_Source]:
    """Read the printed bylines, the likeliest first; landmarks: the headline, the first and the last block of prose."""
    ranked: list[tuple[tuple[float, ...], Place, Reading]] = []
    for place in places:
        handles = place.trust == 3
        reading = read_byline(place.text, language=language, outlets=metadata.outlets, handles=handles)
        if reading.authors or reading.led or reading.others:
            ranked.append((_rank(place, reading, *landmarks), place, reading))
    ranked.sort(key=lambda item: item[0])
    return _grouped([(place, reading) for rank, place, reading in ranked if rank[0] < 9])


def _rank(place: Place, reading: Reading, start: int, first_prose: int, last: int) -> tuple[float, ...]:
    """Order places: near the headline, then right behind the body, then elsewhere; 9: not to be believed."""
    if start - 12 <= place.at <= max(start + 25, first_prose + 2) and place.at <= max(first_prose + 8, start + 12):
        zone = 0
    elif last < place.at <= last + 12 or place.at <= last:
        zone = 1
    else:
        zone = 2
    if zone and place.trust == 2 and not (place.rule.startswith("byline") and place.at >= last - 3 and zone == 1):
        return (9,)
    if zone == 2 and place.trust < 3:
        return (9,)
    empty = not reading.authors
    return (zone, empty, not reading.led and place.trust < 3, -place.trust, abs(place.at - start))


def _grouped(found: list[tuple[Place, Reading]]) -> list[_Source]:
    """Join the places next to the first one: each author of a byline may have an element of their own."""
    sources: list[_Source] = []
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
        shown = " ".join(dict.fromkeys(pair[0].text.replace("\n", " ") for pair in group))
        sources.append(_Source(place.rule, shown, _joined([pair[1] for pair in group]), group[0][0].at))
    return sources


# ---------------------------------------------------------------- the decision


def _people(source: _Source) -> list[Author]:
    return [author for author in source.reading.authors if author.kind is AuthorKind.PERSON]


def _best(sources: list[_Source]) -> _Source | None:
    """Return the first source that names people, or a later one that names them all and more; else desks, agencies."""
    best = next((source for source in sources if _people(source)), None)
    if best is None:
        return next((source for source in sources if source.reading.authors), None)
    for source in sources[sources.index(best) + 1 :]:
        if _holds_more(source, best) and len(_people(source)) <= 12:
            best = source
    return best


def _decided(data: _Source | None, printed: _Source | None) -> _Source | None:
    if data is None or printed is None or not printed.reading.authors:
        return data if data else printed
    if not _people(data):
        return printed if _people(printed) or printed.reading.led else data
    if _only_handles(data) and _people(printed) and not _only_handles(printed):
        return printed
    return printed if _holds_more(printed, data) else data


def _without(source: _Source, others: set[str]) -> _Source:
    """Leave out those whom the page prints as photographers, editors ...; the data of some sites lists all of them."""
    left = tuple(author for author in source.reading.authors if author.key not in others)
    return replace(source, reading=replace(source.reading, authors=left)) if left else source


def _only_handles(source: _Source) -> bool:
    return all(" " not in author.name and author.name.islower() for author in _people(source))


def _holds_more(source: _Source, other: _Source) -> bool:
    """Whether a source names all people that another names, and more."""
    ours = {author.key for author in _people(source)}
    theirs = {author.key for author in _people(other)}
    return ours > theirs and len(ours) <= len(theirs) + 6


def _signed(chosen: _Source | None, printed: _Source | None, sources: list[_Source]) -> Signed:
    authors = chosen.reading.authors if chosen else ()
    place = (printed.reading.place if printed else None) or (chosen.reading.place if chosen else None)
    return Signed(
        authors=authors,
        byline=(clean(printed.shown)[:400] or None) if printed else None,
        place=place,
        rule=chosen.rule if chosen and authors else None,
        at=printed.at if printed else None,
        candidates=tuple(_candidates(chosen, sources)),
    )


def _candidates(chosen: _Source | None, sources: list[_Source]) -> list[Candidate]:
    found = []
    for source in sources[:20]:
        names = ", ".join(author.name for author in source.reading.authors)
        why = "; ".join(f"{name[:60]}: {reason}" for name, reason in source.reading.rejected[:5])
        won = chosen is not None and (source.rule, source.shown) == (chosen.rule, chosen.shown)
        lost = None if won else "a source believed more" if names else why or "no name"
        found.append(Candidate("authors", names or source.shown[:120], source.rule, lost))
    return found
