"""When was it published, when updated: every date the page gives, and the one that is believed.

Order of trust: the source's selector, JSON-LD, meta, microdata and <time>, a date printed near the headline, the
URL, the hints of a feed or sitemap. Dates to come and dates before 1990 are doubted: any other goes before them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlsplit

from lxml import etree

from corpus.model import Hints, PageDate, Precision
from crawler.blocks import Blocks
from crawler.metadata import Metadata
from crawler.page import Candidate, Page
from crawler.printed_dates import Moment, parse_date
from crawler.signs import Sign

_EARLIEST = 1990
_AHEAD = timedelta(days=2)  # clocks and time zones; more is a date to come
MAX_TIMES = 60
_NEAR = 14  # blocks around the headline
_UNDER = 10  # blocks
_SHORT = 60  # characters; a longer line has its date in a sentence

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When the page says it was published and updated; `rules` by field; `at` the block of the printed date."""

    published: PageDate | None = None
    updated: PageDate | None = None
    rules: tuple[tuple[str, str], ...] = ()
    at: int | None = None
    candidates: tuple[Candidate, ...] = ()


# (rule, origin, text, whether it is of an update, block)
_Given = tuple[str, str, str | None, bool, int | None]


@dataclass(frozen=True, slots=True)
class _Found:
    rule: str
    origin: str
    text: str
    date: PageDate
    updated: bool = False
    at: int | None = None


def read_dates(
    page: Page,
    blocks: Blocks,
    told: Metadata,
    signs: Sequence[Sign],
    *,
    kept: Sequence[int],
    headline_at: int | None,
    byline_at: int | None = None,
    language: str | None = None,
    selected: str | None = None,
) -> Dates:
    """Read every date a page gives and choose the published and the updated one."""
    day_first = page.day_first if page.day_first is not None else _day_first(told.language or page.language or language)
    reader = _Reader(page.fetched, day_first)
    found = [
        *reader.read((("selector", "selector", selected, False, None),)),
        *reader.read(_of_data(told)),
        *reader.read(_of_page(blocks, signs, kept, headline_at, byline_at)),
        *reader.of_url(page.address),
        *_of_hints(page.hints),
    ]
    published = _chosen([item for item in found if not item.updated], page.fetched)
    published = _printed_before(published, found, headline_at) or published
    updated = _chosen([item for item in found if item.updated], page.fetched)
    if published is None and updated is not None:
        published, updated = replace(updated, rule=f"{updated.rule}, the only date"), None
    if published and updated and updated.date.at <= published.date.at:
        updated = None
    return Dates(
        published=_own_day(_refined(published, found), found) if published else None,
        updated=updated.date if updated else None,
        rules=tuple((name, item.rule) for name, item in (("published", published), ("updated", updated)) if item),
        at=next((item.at for item in found if item.at is not None and item.origin in {"text", "time"}), None),
        candidates=tuple(_candidates(found, published, updated)),
    )


def _day_first(language: str | None) -> bool | None:
    """How a declared language writes 3/4/2024; bare `en` is written both ways."""
    tag = (language or "").replace("_", "-").lower()
    if tag in {"en-us", "en-ph"}:
        return False
    if tag in {"", "en", "en-ca", "en-x"}:
        return None  # and doubtful
    return True


class _Reader:
    """Reads texts with what is known of the page: when it was fetched, how it writes its days."""

    def __init__(self, fetched: datetime, day_first: bool | None) -> None:
        self.fetched, self.day_first = fetched, day_first

    def read(
        self,
        given: Sequence[_Given] | Iterator[_Given],
    ) -> Iterator[_Found]:
        for rule, origin, text, updated, at in given:
            moment = parse_date(text, today=self.fetched, day_first=self.day_first) if text else None
            if moment and text:
                yield _Found(rule, origin, text[:100], self.dated(moment, origin), updated, at)

    def dated(self, moment: Moment, origin: str) -> PageDate:
        at = moment.at.replace(tzinfo=UTC)
        if moment.precision is Precision.MINUTE and moment.offset is not None:
            at -= moment.offset
        implausible = at.year < _EARLIEST or at > self.fetched.astimezone(UTC) + _AHEAD
        return PageDate(at, moment.precision, origin, moment.offset, moment.doubtful or implausible)

    def of_url(self, address: str) -> Iterator[_Found]:
        try:
            path = unquote(urlsplit(address).path)[:500]
        except ValueError:
            return
        named = _URL_NAMED.search(path)
        day = _URL_DAY.search(path)
        month = _URL_MONTH.search(path)
        if named:
            text = f"{named[3]} {named[2]} {named[1]}"
        elif day:
            text = f"{day[1]}-{int(day[3]):02}-{int(day[4]):02}"
        elif month:
            text = f"{month[1]}-{month[2]}"
        else:
            return
        yield from self.read((("date in the URL", "url", text, False, None),))


def _of_data(told: Metadata) -> Iterator[_Given]:
    yield "json-ld datePublished", "json-ld", told.story.published, False, None
    yield "json-ld dateModified", "json-ld", told.story.updated, True, None
    for updated, names in ((False, _PUBLISHED), (True, _UPDATED)):
        for name in names:
            for value in told.metas.get(name, ())[:2]:
                yield f"meta {name}", "meta", value, updated, None
    for name, values in told.metas.items():
        if name not in _KNOWN and _DATED_NAME.search(name):
            updated = bool(re.search(r"modif|updat|revis|last", name))
            if updated or re.search(r"publi|creat|issue|post|release|original", name):
                yield f"meta {name}", "meta", values[0], updated, None
    for updated, prop in ((False, "datepublished"), (False, "datecreated"), (True, "datemodified")):
        for element, content in told.props.get(prop, ())[:3]:
            written = content or "".join(map(str, element.itertext()))[:200]
            yield f"itemprop {prop}", "itemprop", written, updated, None


def _of_page(
    blocks: Blocks, signs: Sequence[Sign], kept: Sequence[int], headline_at: int | None, byline_at: int | None
) -> Iterator[_Given]:
    """Give the dates printed near the headline: in <time>, in elements named so, in short lines."""
    start = headline_at if headline_at is not None else (kept[0] if kept else 0)
    marked = list(_marked(signs))
    near = sorted(
        (item for item in marked if -_NEAR <= item[0] - start <= 2 * _NEAR),
        key=lambda item: item[0] - start if item[0] >= start else 2 * (start - item[0]) + 2,
    )
    for at, rule, text, updated in near:
        yield rule, "time", text, updated, at
    anchors = [at for at in (byline_at, headline_at) if at is not None]
    order = sorted(range(len(blocks)), key=lambda n: min((abs(n - at) for at in anchors), default=n))[: 2 * _NEAR]
    order.sort(key=lambda n: len(blocks.texts[n]) > _SHORT)
    for n in order:
        text = blocks.texts[n]
        if len(text) <= 160 and any(sign.isdigit() for sign in text):
            yield from _line(text, n)
    tail = range(kept[-1] - 2, min(len(blocks), kept[-1] + _NEAR)) if kept else range(0)
    for n in tail:
        text = blocks.texts[n] if n >= 0 else ""
        if len(text) <= 120 and (_UPDATED_WORD.search(text) or _PUBLISHED_WORD.search(text)):
            yield from _line(text, n)
    for at, rule, written, updated in marked[:20]:
        if not -_NEAR <= at - start <= 2 * _NEAR and kept and at <= kept[-1] + 12:
            yield f"{rule} away from the headline", "time", written, updated, at


def _line(text: str, n: int) -> Iterator[_Given]:
    """Give a line's dates: what follows "updated" apart from what follows "published"."""
    mark = _UPDATED_WORD.search(text)
    published = _PUBLISHED_WORD.search(text)
    if mark and published:
        first, second = sorted((mark, published), key=lambda match: match.start())
        yield "printed date", "text", text[first.start() : second.start()], first is mark, n
        yield "printed date", "text", text[second.start() :], second is mark, n
    elif mark:
        yield "printed date", "text", text[: mark.start()], False, n
        yield "printed date", "text", text[mark.start() :], True, n
    else:
        yield "printed date", "text", text, False, n


def _marked(signs: Sequence[Sign]) -> Iterator[tuple[int, str, str, bool]]:
    """Give (block, rule, text, whether it is of an update) of the elements that are named as dates."""
    for sign in signs[: MAX_TIMES * 4]:
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


def _of_hints(hints: Hints) -> Iterator[_Found]:
    for updated, date in ((False, hints.published), (True, hints.updated)):
        if date is not None:
            yield _Found(f"hint of a {date.origin}", date.origin, date.at.isoformat(), date, updated)


# ---------------------------------------------------------------- the decision


def _chosen(found: list[_Found], fetched: datetime) -> _Found | None:
    """Return the first date that is not in doubt; a month only when there is no day; else the first doubted one."""
    sound = [item for item in found if not item.date.doubtful]
    days = [item for item in sound if item.date.precision in {Precision.DAY, Precision.MINUTE}]
    for choice in (days, sound, [item for item in found if _may_be(item, fetched)]):
        if choice:
            return choice[0]
    return None


def _printed_before(chosen: _Found | None, found: list[_Found], headline_at: int | None) -> _Found | None:
    """Return the day printed under the headline when the page's data tells a later one.

    Data is rewritten when a site moves or a story is saved again; nobody prints a day earlier than the first.
    """
    if chosen is None or chosen.origin in {"time", "text", "selector"} or headline_at is None:
        return None
    for item in found:
        is_line = (
            item.origin in {"time", "text"} and item.at is not None and headline_at <= item.at <= headline_at + _UNDER
        )
        if is_line and not item.updated and not item.date.doubtful and len(item.text) <= _SHORT and _has_day(item):
            return item if timedelta(days=2) < chosen.date.at - item.date.at else None
    return None


def _has_day(item: _Found) -> bool:
    return item.date.precision in {Precision.DAY, Precision.MINUTE} and "away" not in item.rule


def _may_be(item: _Found, fetched: datetime) -> bool:
    """Whether a doubted date is worth showing: one to come by years is not."""
    return item.date.at < fetched.astimezone(UTC) + timedelta(days=366) and item.date.at.year > 1000


def _refined(chosen: _Found, found: list[_Found]) -> PageDate:
    """Settle which of day and month is which by another date of the page that says it."""
    if not chosen.date.doubtful or chosen.date.precision is Precision.YEAR:
        return chosen.date
    for item in found:
        if not item.date.doubtful and abs((item.date.at - chosen.date.at).days) <= 1:
            return replace(chosen.date, doubtful=False)
    return chosen.date


def _own_day(date: PageDate, found: list[_Found]) -> PageDate:
    """Give a moment told in UTC the page's own offset, when the page prints its day: 19 December 02:00 is the 18th there.

    The offset is taken from another spelling of the same moment, else it is the least that gives the printed day.
    """
    if date.precision is not Precision.MINUTE or date.offset:
        return date
    for item in found:
        if item.date.at == date.at and item.date.offset and item.date.precision is Precision.MINUTE:
            return replace(date, offset=item.date.offset)
    printed = next(
        (item for item in found if item.origin in {"text", "time"} and not item.updated and _is_near(item, date)), None
    )
    if printed is None or printed.date.day == date.day:
        return date
    ahead = printed.date.day > date.day
    midnight = datetime.combine(printed.date.day if ahead else date.day, datetime.min.time(), UTC)
    hours = (
        -(-abs((midnight - date.at).total_seconds()) // 3600)
        if ahead
        else (date.at - midnight).total_seconds() // 3600 + 1
    )
    if hours > (14 if ahead else 12):
        return date
    return replace(date, offset=timedelta(hours=hours if ahead else -hours))


def _is_near(item: _Found, date: PageDate) -> bool:
    """Whether a printed day is the day of a moment, or the one before or behind it."""
    return item.date.offset is None and not item.date.doubtful and abs((item.date.day - date.at.date()).days) <= 1


def _candidates(found: list[_Found], published: _Found | None, updated: _Found | None) -> Iterator[Candidate]:
    for item in found[:30]:
        won = item is published or item is updated
        why = "in doubt: day and month, or the year" if item.date.doubtful else "a source believed more"
        yield Candidate(
            "updated" if item.updated else "published",
            f"{item.text} = {item.date.day}",
            item.rule,
            None if won else why,
        )
