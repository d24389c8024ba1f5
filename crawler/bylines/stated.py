"""A page's data and its feed's hints -> the authors they name: JSON-LD, meta tags, a list written as text.

The rule beside an author says when part of a value was not read, because it is too long or names too many.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Author, AuthorKind
from corpus.texts import text as sentence
from crawler.bylines.inverted_names import turned
from crawler.bylines.leads.lines import without_lead
from crawler.bylines.listed import listed
from crawler.bylines.names import joined_people, parts_names
from crawler.bylines.people import judge
from crawler.bylines.text import MAX_TEXT, Reading, read_byline, within
from crawler.markup.metadata import Metadata
from crawler.markup.view import PageView

MAX_AUTHORS = 40
_METAS = tuple(
    """citation_author parsely-author sailthru.author author article:author dc.creator dcterms.creator
    dc.contributor byl article.author og:article:author article:author:name author_name twitter:data1 authors
    creator cxenseparse:author citation_authors rnews:author mediator_author dable:author
    shareaholic:article_author_name bt:author artauthor wp-author""".split()
)
_PARTED = re.compile("[,;،、，]")  # between names; after a bar stands what a paper adds to one
_LIBRARIES = ("citation_", "dc.", "dcterms.")  # their rules put the family first
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ADDRESSED = re.compile(
    r"\s*(?:[^\s@<>()]+@[^\s@<>()]+\s*\(([^()]{2,80})\)|([^<>()@]{2,80}?)\s*[<(]\s*[^\s@<>()]+@[^\s@<>()]+\s*[>)])\s*"
)
_LABELLED = re.compile(
    r"written by|author|autor|auteur|verfasst|geschrieben|escrito|scritto|écrit|by|автор|作者|執筆", re.I
)


@dataclass(frozen=True, slots=True)
class Source:
    """One place that names authors: the rule it was found by, its text as given, what was read from it, its block."""

    rule: str
    shown: str
    reading: Reading
    at: int | None = None


def of_data(metadata: Metadata, language: str | None = None) -> list[Source]:
    """Read the authors that the page's data names, the source believed most first.

    Args:
        language: Of the page; a letter such as "e" joins two names only where that language is written.
    """
    sources = []
    signers = metadata.story.authors
    if signers:
        readings = [
            _name(name, metadata, language=language, organisation=signer.organisation)
            for signer in signers
            for name in _parts([signer.name])
        ]
        names = [signer.name for signer in signers]
        sources.append(Source(f"json-ld author{cut(names)}", ", ".join(names), joined(readings)))
    for name in filter(metadata.metas.__contains__, _METAS):
        values = [value for value in metadata.metas[name] if not value.startswith(("http:", "https:", "//"))]
        if name == "twitter:data1" and not _LABELLED.search(metadata.value("twitter:label1") or ""):
            continue
        if values:
            library = name.startswith(_LIBRARIES)
            readings = [_name(value, metadata, language=language, library=library) for value in _parts(values)]
            sources.append(Source(f"meta {name}{cut(values)}", ", ".join(values), joined(readings)))
    return sources


def _parts(values: Sequence[str]) -> list[str]:
    """Return the values of the page's data; of a list written as text, its parts."""
    return [part for value in values for part in (listed(value) or [value])][:MAX_AUTHORS]


def cut(values: Sequence[str]) -> str:
    """Say what of the values of the page's data is not read: names beyond the limit, and the rest of long ones."""
    count = sum(len(listed(value) or [value]) for value in values)
    long = sum(len(part) > MAX_TEXT for part in _parts(values))
    said = [sentence("{most} of {n:,} names were read", most=MAX_AUTHORS, n=count)] if count > MAX_AUTHORS else []
    said += (
        [sentence("{n:,} of {all:,} was read up to {most} characters", n=long, all=count, most=MAX_TEXT)]
        if long
        else []
    )
    return f" ({'; '.join(said)})" if said else ""


def cut_in_print(texts: Sequence[str]) -> str:
    """Say how many names of printed lists are read: those within the bound of each list, and of all of them."""
    count = sum(map(_parted, texts))
    read = min(sum(_parted(within(text)) for text in texts), MAX_AUTHORS)
    if read < count:
        return f" ({sentence('{most} of {n:,} names were read', most=read, n=count)})"
    return cut([text for text in texts if len(text) > MAX_TEXT])


def _parted(text: str) -> int:
    return sum(bool(part.strip()) for part in _PARTED.split(text))


def _name(
    text: str, metadata: Metadata, *, language: str | None, organisation: bool = False, library: bool = False
) -> Reading:
    """Read one value of the page's data: one name, or several where commas or words such as "and" part them."""
    text = turned(_bare(within(text)), library=library)
    if organisation:
        whole = judge(text, outlets=metadata.outlets, organisation=True, handles=True)
        return Reading((whole.author,) if whole.author else (), rejected=() if whole.author else ((text, whole.why),))
    if len(people := joined_people(text, language, outlets=metadata.outlets)) > 1:
        return joined([_name(name, metadata, language=language) for name in people])
    if not parts_names(text) and not without_lead(text, None)[1]:
        whole = judge(text, outlets=metadata.outlets, handles=True, person=True)
        if whole.author and whole.author.kind is AuthorKind.PERSON:
            return Reading((whole.author,))
    return read_byline(text, language=None, outlets=metadata.outlets, handles=True)


def _bare(text: str) -> str:
    """Return a value without its tags, of "ana@coast.example (Ana Pérez)" the name."""
    if "<" in text:
        text = " ".join(_TAG.sub(" ", text).split())
    match = _ADDRESSED.fullmatch(text) if "@" in text else None
    return match[1] or match[2] if match else text


def of_hints(view: PageView) -> Source | None:
    """Read the authors that a feed or sitemap named for the page."""
    names = view.page.hints.authors
    reading = joined([_name(name, view.metadata, language=view.language) for name in _parts(names)])
    return Source(f"feed{cut(names)}", ", ".join(names), reading) if reading.authors else None


def joined(readings: list[Reading]) -> Reading:
    """Return several readings as one, each author once."""
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
