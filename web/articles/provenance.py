"""An article and its visits -> where its text comes from, in sentences, in the order of events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from hashlib import sha256

from markupsafe import Markup, escape

from corpus.corrections.printed import printed_corrections
from corpus.model import Article, Outcome, PageDate, Revision, StoredArticle
from corpus.store import ArticleStore, LoggedVisit
from corpus.structure.blocks import Block
from corpus.texts import joined, text, texts
from indexer.analysis.joined import words_indexed
from web.articles.differences import compare
from web.articles.named import revision_times
from web.articles.setting import layout_counts, linked
from web.languages.recognizing import shown
from web.languages.wording import language_attribute, said
from web.layout.health_words import OUTCOME_WORDS
from web.layout.paths import diff_path
from web.layout.render import breakable, day, minute, near, page_date, size, web_address
from web.layout.services import Services
from web.layout.who import reads_in_full
from web.sources.via_words import first_named

ORIGINS = {
    "json-ld": text("from JSON-LD"),
    "meta": text("from the page's metadata"),
    "time": text("from an element named date or time"),
    "text": text("as printed"),
    "url": text("from the address"),
    "feed": text("from the feed"),
    "sitemap": text("from the sitemap"),
    "import": text("as imported"),
    "hand": text("corrected by hand"),
}
KINDS = {
    "json-ld": text("JSON-LD"),
    "opengraph": text("OpenGraph"),
    "microdata": text("microdata"),
    "meta": text("meta"),
    "class": text("class"),
    "selector": text("selector"),
}
UNSPACED = frozenset({"zh", "ja", "th", "km", "lo", "my"})
VISITS = 8  # fetches that are listed one by one
LONG = 6  # words quoted of a changed headline


@dataclass(frozen=True, slots=True)
class Said:
    """A revision of an article as a page lists it.

    Attributes:
        what: What it changed.
        url: The page of what it changed; None: there is none, or not for this reader.
        read: Its text; None: it is damaged.
    """

    number: int
    seen: str
    what: str
    url: str | None
    read: Revision | None


@dataclass(frozen=True, slots=True)
class Revisions:
    """Revisions of an article, the latest first; how many it has, and how many are before those that are listed."""

    listed: list[Said]
    count: int
    earlier: int


def said_dates(stored: StoredArticle, zone: tzinfo) -> str:
    """Return the fact line: published, how that is known, updated, fetched."""
    article = stored.article
    undated = text("Undated: the page gives no date")
    parts: list[str] = [_published(article.published, stored, zone) if article.published else undated]
    if article.updated and (article.published is None or article.updated.at > article.published.at):
        parts.append(text("updated {date}", date=page_date(article.updated, zone)))
    return joined(" · ", [*parts, text("fetched {moment}", moment=minute(article.fetched, zone))])


def _published(date: PageDate, stored: StoredArticle, zone: tzinfo) -> str:
    known = ORIGINS.get(date.origin) or text("from {origin}", origin=date.origin)
    if stored.is_dated_ahead:
        known = text("{known}, later than it was added", known=known)
    elif date.doubtful:
        known = text("{known}, day and month may be swapped", known=known)
    return text("Published {date} ({known})", date=page_date(date, zone), known=known)


def provenance(
    stored: StoredArticle, blocks: Iterable[Block], store: ArticleStore, zone: tzinfo
) -> list[tuple[str, str | Markup]]:
    """Return names and values, in the order things happened; `blocks` are those of the whole text."""
    article = stored.article
    entry = store.frontier.entry(article.url)
    visits = store.journal.visits(article.url, limit=VISITS)
    rows: list[tuple[str, str | Markup]] = []
    if entry:
        rows.append((text("Discovered"), first_named(entry.first_seen, entry.via or "", entry.parent, zone)))
    rows.append((text("Fetched"), _fetched(stored, visits, zone)))
    address = article.fetched_url or article.url
    rows.append((text("Address"), _link(address)))
    rows.append((text("Canonical"), text("same as the address") if address == article.url else _link(article.url)))
    rows += [(name, _rule(article.facts[key])) for key, name in FACTS if article.facts.get(key)]
    if article.facts.get("keywords"):
        rows.append((text("Filed under"), article.facts["keywords"]))
    rows.append((text("Cleaned"), _length(article)))
    if partly := words_indexed(article.body):
        rows.append((text("Searched"), text("the first {most:,} of {n:,} words", most=partly[0], n=partly[1])))
    if reads_in_full():
        rows.append((text("Links"), linked(article)))
        if article.structure is not None:
            rows.append((text("Set as"), layout_counts(blocks)))
    rows.append(("SHA-256", Markup('<span class="m">{}</span>').format(sha256(article.body.encode()).hexdigest())))
    if article.capture:
        file = Markup('<span class="m">{}</span>').format(breakable(article.capture.file))
        where = said(text("{file} at byte {n:,}", file=file, n=article.capture.offset))
        rows.append((text("Raw page"), Markup(where)))  # noqa: S704 - a message of ours, and markup made above
    if visits:
        rows.append((text("Every fetch"), _every(visits, store.journal.count(article.url) - len(visits), zone)))
    return rows


FACTS = (
    ("headline", text("Headline")),
    ("published", text("Date")),
    ("authors", text("Byline")),
    ("byline", text("Byline as printed")),
    ("language", text("Language")),
    ("section", text("Section")),
    ("body", text("Text")),
    ("stories", text("Stories")),
    ("cut", text("Cut")),
    ("parts", text("Pages")),
    ("goes_on", text("Further page")),
    ("leaving", text("Asks to be left out")),
    ("encoding", text("Encoding")),
)


def _length(article: Article) -> str:
    """Return the length of the text in words, or in characters where the script has no spaces between words."""
    unspaced = (article.language or "")[:2] in UNSPACED
    count = sum(not each.isspace() for each in article.body) if unspaced else len(article.body.split())
    if unspaced:
        return texts("{n:,} character stored", "{n:,} characters stored", count)
    return texts("{n:,} word stored", "{n:,} words stored", count)


def _rule(fact: str) -> Markup:
    """Return how a field was found: "JSON-LD datePublished", a name of the page's own in the voice of addresses."""
    kind, _, rest = fact.partition(" ")
    named = kind in KINDS and rest and " " not in rest
    return Markup('{} <span class="m">{}</span>').format(said(KINDS[kind]), rest) if named else _with_link(fact)


def _with_link(fact: str) -> Markup:
    """Return a stored sentence, the address that it ends with as a link."""
    whole = escape(shown(fact))
    before, _, last = fact.rpartition(" ")
    url = web_address(last) if before else None
    return whole if url is None else Markup(str(whole).replace(str(escape(url)), str(_link(url)), 1))  # noqa: S704 - escaped


def _fetched(stored: StoredArticle, visits: Iterable[LoggedVisit], zone: tzinfo) -> str:
    at = minute(stored.article.fetched, zone)
    first = next((each for each in visits if each.at == stored.article.fetched), None)
    if first is None:
        return at
    facts = [f"HTTP {first.status}" if first.status else "", size(first.bytes) if first.bytes else ""]
    return joined(" · ", [at, *filter(None, facts), text("robots.txt allowed it")])


def _every(visits: list[LoggedVisit], earlier: int, zone: tzinfo) -> str:
    fetches = [_fetch(each, zone) for each in reversed(visits)]
    more = [text("and {n:,} more", n=earlier)] if earlier else []
    return joined(" · ", [*fetches, *more])


def _fetch(visit: LoggedVisit, zone: tzinfo) -> str:
    at = minute(visit.at, zone)
    return at if visit.outcome is Outcome.NEW else joined(" ", (at, OUTCOME_WORDS[visit.outcome]))


def _link(url: str) -> str | Markup:
    safe = web_address(url)
    if safe is None:
        return url
    return Markup('<a class="m" href="{}" rel="noreferrer nofollow">{}</a>').format(safe, breakable(safe))


def printed(stored: StoredArticle) -> list[tuple[str, str]]:
    """Return the corrections that the paper prints in the text, for those who may read the text."""
    found = printed_corrections(stored.article) if reads_in_full() else ()
    span = Markup("<span{} dir=auto>{}</span>")
    of_text = language_attribute(stored.article.language)
    return [(text("Printed correction"), span.format(of_text, each)) for each in found]


def said_revisions(stored: StoredArticle, most: int, services: Services, before: int | None = None) -> Revisions:
    """Return the last revisions of an article, or the last ones before a number: at most `most`, each compared.

    One whose text is damaged is among them, and says so.
    """
    times = revision_times(stored)
    numbers = [number for number in times if before is None or number < before]
    texts = {each.number: each for each in services.store.revisions(stored.id, numbers=numbers[-most - 1 :])}
    shown = []
    for at in range(max(0, len(numbers) - most), len(numbers)):
        number, earlier = numbers[at], numbers[at - 1] if at else None
        one, other = texts.get(number), texts.get(earlier) if earlier else None
        what: str
        if one is None:
            what = text("damaged in the store: a backup may have it whole")
        elif other is None:
            what = text("what changed is not known: the text before it is damaged") if earlier else text("first seen")
        else:
            what = _changed(other, one)
        both = diff_path(stored.mark, other.number, number) if one and other and reads_in_full() else None
        seen = f"{near(times[number], services.now(), services.zone)} {_clock(times[number], services)}".strip()
        shown.append(Said(number, seen, what, both, one))
    return Revisions(shown[::-1], len(times), len(numbers) - len(shown))


def _clock(seen: datetime, services: Services) -> str:
    same_day = day(seen, services.zone) == day(services.now(), services.zone)
    return "" if same_day else minute(seen, services.zone).rpartition(" ")[2]


def _changed(old: Revision, new: Revision) -> str:
    """Say "“record” for “worst”, +42 −17 words"."""
    made = compare(old, new)
    words = text("+{added:,} −{removed:,} words", added=made.added, removed=made.removed)
    line = next((each for each in made.lines if each.kind == "changed" and each.old and each.new), None)
    if line is None:
        return words
    came = next((run.text for run in line.new or () if run.changed), "")
    went = next((run.text for run in line.old or () if run.changed), "")
    if came and went and max(len(came.split()), len(went.split())) <= LONG:
        return text("“{new}” for “{old}”, {words}", new=came.strip(), old=went.strip(), words=words)
    return words
