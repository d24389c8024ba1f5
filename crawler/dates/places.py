"""Where a page gives its dates: in its data, in its address, in what it prints near the headline.

Nothing is judged here but what a date is of: the publication, or an update.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from crawler.markup.blocks import Blocks
from crawler.markup.marked import MarkedElement
from crawler.markup.metadata import Metadata

MAX_TIMES = 240  # elements named as dates that are looked at
SHORT = 60  # characters; a longer line has its date in a sentence
_NEAR = 14  # blocks around the headline

_PUBLISHED = tuple(
    """article:published_time og:article:published_time article:published og:published_time datepublished
    publishdate publish_date publish-date publication_date publicationdate pubdate pub_date published_at
    published publishedtime published_time article.published parsely-pub-date sailthru.date
    cxenseparse:recs:publishtime dc.date.issued dcterms.issued dcterms.created dc.date.created dcterms.date
    dc.date citation_publication_date citation_date citation_online_date rnews:datepublished
    article:publish_date article_date_original displaydate ptime iso-8601-publish-date bt:pubdate
    prism.publicationdate originalpublicationdate date article:date mediator_published_time dable:published_time
    firstpublished pdate create_date created weibo:article:create_at eomportal-firstpublished""".split()
)
_UPDATED = tuple(
    """article:modified_time og:updated_time datemodified dateupdated lastmod last-modified dcterms.modified
    dc.date.modified article:updated article:updated_time modified_time updated_time revised utime
    eomportal-lastupdate date.modified""".split()
)
_KNOWN = frozenset((*_PUBLISHED, *_UPDATED))
_DATED_NAME = re.compile(r"date|time(?!r)")
_UPDATED_WORD = re.compile(
    r"\b(?:updated|modified|revised|edited|aktualisiert|geändert|modifié|mis à jour|mise à jour|actualizado"
    r"|actualizada|modificado|aggiornat[oa]|modificato|atualizad[oa]"
    r"|bijgewerkt|gewijzigd|uppdaterad|opdateret|oppdatert|päivitetty|aktualizacja|zaktualizowano|güncelleme"
    r"|güncellendi|обновлен[оа]?|изменено|оновлено)\b|更新|수정|تحديث|עודכן",
    re.I,
)
_PUBLISHED_WORD = re.compile(
    r"\b(?:published|posted|publish|created|first|veröffentlicht|erstellt|publié|publicado|publicada"
    r"|pubblicat[oa]|gepubliceerd|publicerad|udgivet|publisert|julkaistu|opublikowano|yayınlan\w+|yayın"
    r"|опубликован[оа]|дата|опубліковано)\b|发布|发表|公開|入力|입력|등록|نشر|פורסם",
    re.I,
)
_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2})([/_.-]?)(0[1-9]|1[0-2]|[1-9](?=[/_.-]))\2([0-2]\d|3[01]|[1-9](?!\d))(?!\d)"
)
_URL_NAMED = re.compile(r"/((?:19|20)\d{2})/([a-z]{3,9})/(\d{1,2})(?!\d)", re.I)
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})[/-](0[1-9]|1[0-2])(?=/)")
_NOT_HERE = re.compile(
    r"comment|related|recommend|sidebar(?!-)|(?<!article-)(?<!template-)(?<!entry-)(?<!post-)footer"
    r"|widget(?!-container)|teaser|promo|carousel|trending|popular|latest|events?\b|\bcard|-card\b"
    r"|\b(?:next|prev(?:ious)?)\b|read-?more|more-|archive|countdown",
    re.I,
)


class Given(NamedTuple):
    """One place where a date may stand: how it was found, its origin, its text, what it is of, its block."""

    rule: str
    origin: str
    text: str
    updated: bool = False
    at: int | None = None


def url_date(address: str) -> Given | None:
    """Return the date in a page's address: "/2023/12/05/", "/2023/dec/05/", "/2023/12/"; None when it has none."""
    try:
        path = unquote(urlsplit(address).path)[:500]
    except ValueError:
        return None
    named, day, month = _URL_NAMED.search(path), _URL_DAY.search(path), _URL_MONTH.search(path)
    if named:
        text = f"{named[3]} {named[2]} {named[1]}"
    elif day:
        text = f"{day[1]}-{int(day[3]):02}-{int(day[4]):02}"
    elif month:
        text = f"{month[1]}-{month[2]}"
    else:
        return None
    return Given("date in the URL", "url", text)


def data_dates(metadata: Metadata) -> Iterator[Given]:
    yield Given("json-ld datePublished", "json-ld", metadata.story.published or "")
    yield Given("json-ld dateModified", "json-ld", metadata.story.updated or "", True)
    for updated, names in ((False, _PUBLISHED), (True, _UPDATED)):
        for name in names:
            for value in metadata.metas.get(name, ())[:2]:
                yield Given(f"meta {name}", "meta", value, updated, None)
    for name, values in metadata.metas.items():
        if name not in _KNOWN and _DATED_NAME.search(name):
            updated = bool(re.search(r"modif|updat|revis|last", name))
            if updated or re.search(r"publi|creat|issue|post|release|original", name):
                yield Given(f"meta {name}", "meta", values[0], updated, None)
    for updated, prop in ((False, "datepublished"), (False, "datecreated"), (True, "datemodified")):
        for element, content in metadata.props.get(prop, ())[:3]:
            written = content or "".join(map(str, element.itertext()))[:200]
            yield Given(f"itemprop {prop}", "itemprop", written, updated, None)


def printed_dates(
    blocks: Blocks,
    marked: Sequence[MarkedElement],
    chosen: Sequence[int],
    headline_at: int | None,
    byline_at: int | None,
) -> Iterator[Given]:
    """Give the dates printed near the headline: in <time>, in elements named so, in short lines."""
    start = headline_at if headline_at is not None else (chosen[0] if chosen else 0)
    last = chosen[-1] + 12 if chosen else start
    found = list(
        _marked([element for element in marked if start - _NEAR <= element.at <= max(last, start + 2 * _NEAR)])
    )
    near = sorted(
        (item for item in found if -_NEAR <= item[0] - start <= 2 * _NEAR),
        key=lambda item: item[0] - start if item[0] >= start else 2 * (start - item[0]) + 2,
    )
    for at, rule, text, updated in near:
        yield Given(rule, "time", text, updated, at)
    anchors = [at for at in (byline_at, headline_at) if at is not None]
    order = sorted(range(len(blocks)), key=lambda n: min((abs(n - at) for at in anchors), default=n))[: 2 * _NEAR]
    order.sort(key=lambda n: len(blocks.texts[n]) > SHORT)
    for n in order:
        text = blocks.texts[n]
        if len(text) <= 160 and any(sign.isdigit() for sign in text):
            yield from _line(text, n)
    tail = range(chosen[-1] - 2, min(len(blocks), chosen[-1] + _NEAR)) if chosen else range(0)
    for n in tail:
        text = blocks.texts[n] if n >= 0 else ""
        if len(text) <= 120 and (_UPDATED_WORD.search(text) or _PUBLISHED_WORD.search(text)):
            yield from _line(text, n)
    for at, rule, written, updated in found[:20]:
        if not -_NEAR <= at - start <= 2 * _NEAR and chosen and at <= chosen[-1] + 12:
            yield Given(f"{rule} away from the headline", "time", written, updated, at)


def _line(text: str, n: int) -> Iterator[Given]:
    """Give a line's dates: what follows "updated" apart from what follows "published"."""
    mark = _UPDATED_WORD.search(text)
    published = _PUBLISHED_WORD.search(text)
    if mark and published:
        first, second = sorted((mark, published), key=lambda match: match.start())
        yield Given("printed date", "text", text[first.start() : second.start()], first is mark, n)
        yield Given("printed date", "text", text[second.start() :], second is mark, n)
    elif mark:
        yield Given("printed date", "text", text[: mark.start()], False, n)
        yield Given("printed date", "text", text[mark.start() :], True, n)
    else:
        yield Given("printed date", "text", text, False, n)


def _marked(marked: Sequence[MarkedElement]) -> Iterator[tuple[int, str, str, bool]]:
    """Give (block, rule, text, whether it is of an update) of the elements that are named as dates."""
    for sign in marked[:MAX_TIMES]:
        element = sign.element
        text = " ".join(" ".join(map(str, element.itertext())).split()) if len(element) < 30 else ""
        is_time = element.tag == "time"
        if (not is_time and (not text or len(text) > 120)) or not _may_stand(element, sign.naming, text):
            continue
        rule = "<time>" if is_time else "element named date"
        changed = _UPDATED_WORD.search(text)
        if changed and (_PUBLISHED_WORD.search(text) or changed.start() > 5):
            for _, _, part, updated, _ in _line(text, 0):
                yield sign.at, rule, part or "", updated
            continue
        words = f"{_before(element)[-30:]} {text[:30]}"
        updated = bool(_UPDATED_WORD.search(words) or re.search(r"updated|modified", sign.naming, re.I))
        yield sign.at, rule, element.get("datetime") or text, updated


def _may_stand(element: etree._Element, naming: str, text: str) -> bool:
    """Whether the element is not within a comment, a teaser, a footer ..."""
    around = list(element.iterancestors())[:8]
    names = [
        naming,
        *(
            (above.get("class") or "")[:200]
            for above in around[:5]
            if above.tag not in {"body", "html", "article", "main"}
        ),
    ]
    aside = any(_NOT_HERE.search(name) for name in names) or any(
        above.tag in {"aside", "footer", "nav"} for above in around
    )
    return not aside or bool(_UPDATED_WORD.search(text))


def _before(element: etree._Element) -> str:
    """Return the words right before an element: its sibling's tail, or its parent's text."""
    previous = element.getprevious()
    if previous is not None:
        return (
            (previous.tail or "").strip() or " ".join("".join(map(str, previous.itertext())).split())[-40:]
            if len(previous) < 20
            else ""
        )
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""
