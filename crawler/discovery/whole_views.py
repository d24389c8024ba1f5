"""A page of a story on several pages -> the others: its first, its next, and those that may show all of it.

An address counts that is the story's own with a word for "all" or "print" in it, or to which a link says so; a version
for phones comes last. A page that names no further one may be the abstract of a text at the same address with "full" in
its path. Whether an address shows the story is seen by its text, once it was fetched.
"""

# ruff: noqa: E501 - lists of words, some languages a line

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lxml import etree

from corpus import urls
from crawler.discovery.further_pages import further_pages
from crawler.discovery.path_words import PRINT
from crawler.markup.comments import holds_comments
from crawler.markup.pointers import href_of, label_of
from crawler.text import Caseless
from crawler.values import StoryPages

MAX_VIEWS = 2  # that are asked for
MAX_LABEL = 60  # characters; a longer link is a headline

_ALL = re.compile(
    r"[?&](?:(?:page|pg|seite|pagina|view|show|display|pages|currentpage|pagewanted)=(?:all|full|single|alles?|komplett"
    r"|tout|toutes?|todas?|todo|tutt[oe]|alle|0)|(?:single_?page|full_?(?:page|text|article)?|show_?all|view_?all|one_?page)(?:=(?:1|true|yes|y)?)?)"
    r"(?=&|#|$)|[/_.-](?:all|full|full-?text|single-?page|one-?page|view-?all|show-?all|page-?all|all-?pages|komplettansicht"
    r"|gesamt|einseitig|page-?unique|texte-?integral|completo|pagina-?unica|una-?pagina)(?:\.\w{2,5})?/?(?=[?#]|$)",
    re.IGNORECASE,
)
_PRINT = re.compile(rf"(?<![^\W_]){PRINT}(?![^\W_])", re.IGNORECASE)
_SAYS_ALL = Caseless(
    r"\b(?:(?:view|show|read|see)(?: it| them)? all(?: pages)?|all pages|single page|(?:on|as|in) (?:one|a single) page|full (?:article|story|text)"
    r"|(?:alles )?auf einer seite|ganzer (?:artikel|text)|gesamter (?:artikel|text)|komplettansicht|(?:sur|en) une (?:seule )?page"
    r"|page unique|texte intégral|toutes les pages|en una (?:sola )?página|página única|todas las páginas|numa (?:só )?página"
    r"|todas as páginas|in una (?:sola )?pagina|pagina unica|tutte le pagine|op één pagina|alle pagina['’]?s|på én side"
    r"|på en sida|alla sidor|yhdellä sivulla|na jednej stronie|całość|na jedné stránce|tek sayfa|на одной странице"
    r"|все страницы|на одній сторінці|ολόκληρο)\b|全文|全ページ|1ページで|单页|單頁|全部显示|한 ?페이지|전체 ?보기|عرض الكل|صفحة واحدة"
)
# Segments of a path that are one of two views of a paper: its text, its abstract.
_FULL = re.compile(
    r"(?:/full|/full[-_]?text|/text[-_]?full|/volltext|/texte[-_]?integral|/texto[-_]?completo|/testo[-_]?completo)"
    r"(?:\.x?html?)?(?=/|$|[?#\n])",
    re.IGNORECASE,
)
_NAMES_FULL = Caseless(_FULL.pattern)
_ABSTRACT = re.compile(
    r"/(?:abs|abstract|summary|resume|resumen|resumo|zusammenfassung)(?:\.x?html?)?(?=/|$)", re.IGNORECASE
)
_SAYS_FULL = re.compile(
    r"^\W*(?:(?:read|view|see|show)(?: the)? )?(?:full[ -]?text|full article|complete article|html)(?: (?:html|article|\(html\)))?\W*$"
    r"|^\W*(?:volltext|texte intégral|texto completo|texto íntegro|testo completo|volledige tekst|fulltext|pełny tekst"
    r"|полный текст|повний текст|plný text|tam metin|全文|원문|النص الكامل|متن کامل)\b",
    re.IGNORECASE,
)


def story_pages(
    nodes: Sequence[etree._Element], start: str, address: str, *, canonical: str | None, begun: str | None = None
) -> StoryPages | None:
    """Return the other pages of the story of a page; None: it names none. Arguments as of `further_pages`."""
    hrefs = [node.get("href") or href_of(node) for node in nodes]  # nearly all have it so: not a call for each
    first, following = further_pages(nodes, hrefs, start, address, canonical=canonical, begun=begun)
    if first is None and following is None:
        texts = full_texts(nodes, hrefs, start, address, canonical=canonical)
        return StoryPages(views=texts) if texts else None
    views = whole_views(nodes, start, address, canonical) if following else ()
    return StoryPages(first=first, next=following, views=views)


def whole_views(nodes: Sequence[etree._Element], start: str, address: str, canonical: str | None) -> tuple[str, ...]:
    """Return the addresses that may show all of a story, the likeliest first.

    Args:
        nodes: The page's elements that may lead there, as `pointers` gives them.
        start: What its links are relative to.
        address: The page's own address.
        canonical: The address that the page says is its own.
    """
    owns = [each for each in (address, canonical) if each]
    found = sorted(_views(nodes, start, owns), key=lambda pair: pair[0])
    return tuple(dict.fromkeys(url for _, url in found))[:MAX_VIEWS]


def full_texts(
    nodes: Sequence[etree._Element], hrefs: Sequence[str], start: str, address: str, *, canonical: str | None
) -> tuple[str, ...]:
    """Return the addresses that may show the text of which a page shows the abstract; arguments as of `further_pages`.

    They are the page's own but for "abstract" and "full" in their paths, or stand below it and their link says what
    they are.
    """
    owns = [urlsplit(each).path for each in (address, canonical) if each]
    if any(map(_NAMES_FULL.is_in, owns)):
        return ()
    plain = {_ABSTRACT.sub("", own).rstrip("/") for own in owns} - {""}
    below = [f"{own}/" for own in plain]
    said = "/" + "\n/".join(hrefs)
    may_be_full = _NAMES_FULL.is_in(said)
    if not may_be_full and not any(map(said.__contains__, below)):
        return ()  # as of nearly all pages
    found: dict[str, None] = {}
    for node, href in zip(nodes, hrefs, strict=True):
        is_full, label = may_be_full and _NAMES_FULL.is_in(f"/{href}"), ""
        if not is_full and node.tag == "a" and any(map(href.__contains__, below)):
            label = label_of(node)
            is_full = len(label) <= MAX_LABEL and _SAYS_FULL.search(label) is not None
        url = urls.join(start, href) if is_full and not holds_comments(href) else None
        if url is None or not urls.same_site(url, address):
            continue
        path = urlsplit(url).path.rstrip("/")
        if _FULL.sub("", path).rstrip("/") in plain or (label and path.startswith(tuple(below))):
            found[url] = None
    return tuple(found)[:MAX_VIEWS]


def _views(nodes: Sequence[etree._Element], start: str, owns: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Give the addresses that may show all, with how far each is from saying so."""
    plain = {urls.key_of(own) for own in owns}
    marks = {_mark(own) for own in owns} - {""}
    for node in nodes:
        href = href_of(node)
        is_amp = node.tag == "link" and (node.get("rel") or "").lower() == "amphtml"
        rank = _rank(href, label_of(node), is_amp=is_amp)
        url = urls.join(start, href) if rank is not None else None
        if url is None or rank is None or urls.key_of(url) in plain or holds_comments(href):
            continue
        if any(urls.same_site(url, own) for own in owns) and any(mark in url for mark in marks):
            yield rank, url


def _rank(href: str, label: str, *, is_amp: bool) -> int | None:
    if _ALL.search(href):
        return 0
    if len(label) <= MAX_LABEL and _SAYS_ALL.is_in(label):
        return 1
    if _PRINT.search(href):
        return 2
    return 3 if is_amp else None


def _mark(own: str) -> str:
    """Return what an address of the same story has in it: its last part, or the value in its query that has digits."""
    parts = urlsplit(own)
    numbers = [value for value in re.split(r"[&=]", parts.query) if value.isdecimal() and len(value) > 2]
    last = re.sub(r"\.\w{2,5}$", "", parts.path.rstrip("/").rpartition("/")[2])
    return max(numbers, key=len) if numbers else last if len(last) > 3 else ""
