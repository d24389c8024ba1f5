"""A page's tree and blocks -> every field but the body: headline, standfirst, byline, authors, dates ..."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from lxml import etree

from corpus.model import Author, PageDate
from corpus.texts import text
from corpus.urls import canonical
from crawler.body.signature import Signature
from crawler.bylines.agencies import is_agency
from crawler.bylines.authors import signed
from crawler.dates.resolution import read_dates
from crawler.extraction.headline import headline, standfirst
from crawler.extraction.language import code, language_of
from crawler.extraction.selected import select
from crawler.markup.blocks import Blocks
from crawler.markup.jsonld import Signer
from crawler.markup.marked import index_of, nearest, read_marked
from crawler.markup.metadata import Metadata
from crawler.markup.tree import Gathered
from crawler.markup.view import PageView
from crawler.text import clean
from crawler.values import ELSEWHERE, Candidate

_SECTIONS = (
    "article:section",
    "parsely-section",
    "sailthru.section",
    "section",
    "og:section",
    "cxenseparse:section",
    "dc.subject",
)
_STANDFIRST = re.compile(
    r"stand-?first|(?<![a-z])(?:dek|chapo|vorspann|entradilla|strapline)(?![a-z])|sub-?headline", re.I
)
_BESIDE = frozenset({"url", "sitemap"})  # what dates a page without being on it
_LISTS = frozenset({"collectionpage", "searchresultspage", "profilepage"})
# "GENEVA (Reuters) -", "WASHINGTON, May 3 --", "Berlin (dpa)": capitals, or a place before an agency in brackets.
_DATELINE = re.compile(
    r"^((?:[A-ZÀ-ÞŁŚŻА-Я][\w.'’]*+(?:-[\w.'’]++)*[ ,/]{0,2}){1,6})(?:\(([^()]{2,40})\)"
    r"|,? ?\w{3,9}\.? \d{1,2}(?: \(([^()]{2,40})\))?)?\s*(-{1,2}|–|—|:)?\s"
)
_MIN_TITLE = 10  # characters
_BEHIND_TITLE = re.compile(r"\s*[-–—|·•:»]\s*\S")
_PROSE = 80  # characters; the first chosen block of this size opens the story
_MOBILE = re.compile(r"^(?:www|m|amp|mobile|edition)\d?\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What a page says of its article; None where it says nothing.

    Attributes:
        canonical: Canonical URL the page names, made canonical, when it points to the same site.
        noindex: The page asks not to be indexed.
        is_listing, is_live, is_locked: The page's own types say listing, live blog, not free to read.
        facts: Field -> the rule it was found by.
    """

    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    authors: tuple[Author, ...] = ()
    dateline: str | None = None
    published: PageDate | None = None
    updated: PageDate | None = None
    language: str | None = None
    section: str | None = None
    canonical: str | None = None
    canonical_by: str = "link"
    noindex: bool = False
    is_listing: bool = False
    is_live: bool = False
    is_locked: bool = False
    facts: dict[str, str] = field(default_factory=dict, hash=False)
    candidates: tuple[Candidate, ...] = ()


def read_fields(view: PageView, parts: Gathered, *, explain: bool = False) -> Fields:
    """Read every field; the chosen blocks of the view are those judged to be the body, before it is cleaned."""
    page, tree, blocks, metadata, chosen = view.page, view.tree, view.blocks, view.metadata, view.chosen
    configured = select(tree, page.selectors)
    title, title_rule, element, titles = headline(parts, metadata, address=page.address, explain=explain)
    index = index_of(blocks)
    headline_at = _place(blocks, element, index)
    body = " ".join(blocks.texts[n] for n in chosen[:60])
    language, language_rule = language_of(body, declared=metadata.language or metadata.story.language or page.language)
    marked = read_marked(tree, blocks, index)
    known = replace(view, headline_at=headline_at, language=language)
    who = signed(known, marked.bylines, selected=configured.byline, explain=explain)
    when = read_dates(known, marked.dates, byline_at=who.at, selected=configured.published, explain=explain)
    start = 0 if headline_at is None else headline_at + 1
    under = blocks.texts[start : start + 8]
    lead, lead_rule = standfirst(metadata, texts=under, headline=title, marked=_marked_standfirst(blocks, start))
    section, section_rule = _section(metadata)
    opening = next((n for n in chosen if len(blocks.texts[n]) >= _PROSE and n != headline_at), None)
    line = _dateline(blocks.texts[opening]) if opening is not None else None
    facts = _facts(
        headline=page.selectors.origin("headline")
        if configured.headline
        else title_rule or (page.hints.headline and text("feed")),
        standfirst=page.selectors.origin("standfirst") if configured.standfirst else lead_rule,
        authors=who.rule,
        language=language_rule,
        section=page.selectors.origin("section")
        if configured.section
        else section_rule or (page.hints.section and text("feed")),
        dateline="the body begins with it" if line else "byline" if who.place else None,
        keywords="; ".join(page.hints.keywords),
        **dict(when.rules),
    )
    types = metadata.story.types
    own, is_elsewhere = _canonical(metadata, page.address)
    return Fields(
        headline=configured.headline or title or page.hints.headline,
        standfirst=configured.standfirst or lead,
        byline=who.byline,
        authors=who.authors,
        dateline=line or who.place,
        published=when.published,
        updated=when.updated,
        language=language or code(page.hints.language),
        section=configured.section or section or page.hints.section,
        canonical=own,
        canonical_by=ELSEWHERE if is_elsewhere else metadata.canonical_by,
        noindex=metadata.noindex,
        is_listing=bool(types & _LISTS) and metadata.story.headline is None,
        is_live="liveblogposting" in types,
        is_locked=metadata.story.free is False,
        facts=facts,
        candidates=(*titles, *who.candidates, *when.candidates),
    )


def signed_by(
    view: PageView, parts: Gathered, fields: Fields, signature: Signature, where: str, *, explain: bool = False
) -> Fields:
    """Return the fields of a page, authors and days that it does not name from the data that its text is from.

    The headline is the data's where the page's title is that and more: "The story - The Gazette".

    Args:
        signature: What that data says.
        where: The data's name.
    """
    story = view.metadata.story
    authors = () if fields.authors else tuple(Signer(name) for name in signature.authors)
    is_dated = fields.published is not None and fields.published.origin not in _BESIDE
    published = None if is_dated else signature.published
    updated = None if fields.updated else signature.updated
    headline = _title_of(fields.headline or "", signature.titles) if fields.facts.get("headline") == "title" else None
    if not (authors or published or updated or headline):
        return fields
    stated = replace(
        story,
        headline=headline or story.headline,
        authors=authors or story.authors,
        published=published or story.published,
        updated=updated or story.updated,
    )
    found = read_fields(replace(view, metadata=replace(view.metadata, story=stated)), parts, explain=explain)
    named = {"authors": authors, "published": published, "updated": updated, "headline": headline}
    facts = {name: where if named.get(name) else rule for name, rule in found.facts.items()}
    return replace(found, facts=facts)


def _title_of(title: str, titles: Sequence[str]) -> str | None:
    """The longest of a story's own titles that a page's title begins with, before a mark and the site's name."""
    own = (one for one in titles if len(one) > _MIN_TITLE and title.startswith(one))
    return next((one for one in sorted(own, key=len, reverse=True) if _BEHIND_TITLE.match(title[len(one) :])), None)


def _marked_standfirst(blocks: Blocks, start: int) -> str | None:
    """The paragraph right under the headline whose class or id says that it introduces the story."""
    for n in range(start, min(start + 5, len(blocks))):
        if _STANDFIRST.search(blocks.names[blocks.owners[n]] or "") and 20 <= len(blocks.texts[n]) <= 600:
            return blocks.texts[n]
    return None


def _facts(**rules: str | None) -> dict[str, str]:
    return {name: rule for name, rule in rules.items() if rule}


def _place(blocks: Blocks, element: etree._Element | None, index: Mapping[etree._Element, int]) -> int | None:
    """Return the block an element begins with."""
    at = nearest(element, index) if element is not None else None
    return min(blocks.first[at], len(blocks) - 1) if at is not None and len(blocks) else None


def _section(metadata: Metadata) -> tuple[str | None, str | None]:
    if metadata.story.section:
        return clean(metadata.story.section)[:100], "json-ld articleSection"
    found = metadata.first(*_SECTIONS)
    return (clean(found[1])[:100], f"meta {found[0]}") if found else (None, None)


def _dateline(opening: str) -> str | None:
    """Return the place and agency a story begins with, as printed, or None."""
    match = _DATELINE.match(opening[:120])
    if not match:
        return None
    place, separator = match[1].strip(" ,"), match[4]
    agency = match[2] or match[3]
    loud = place.isupper() and len(place) > 2
    if (loud and separator and separator != ":") or (agency and is_agency(agency)):
        return clean(opening[: match.end()]).rstrip(" -–—:") or None
    return None


def _canonical(metadata: Metadata, address: str) -> tuple[str | None, bool]:
    """Return a page's canonical URL, or None; and whether the page names an address of another site as its own.

    The URL is believed when it is of the page's site and names more than its front page.
    """
    found = canonical(metadata.canonical) if metadata.canonical is not None else None
    if found is None:
        return None, False
    try:
        there, here = urlsplit(found), urlsplit(address)
        same = _MOBILE.sub("", there.hostname or "") == _MOBILE.sub("", here.hostname or "")
    except ValueError:
        return None, False
    is_front = there.path in {"", "/"} and not there.query and (here.path not in {"", "/"} or bool(here.query))
    return found if same and not is_front else None, not same
