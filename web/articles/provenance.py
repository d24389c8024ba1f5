"""An article and its visits -> where its text comes from, in sentences, in the order of events."""

from collections.abc import Iterable
from datetime import tzinfo
from hashlib import sha256
from typing import Any

from markupsafe import Markup, escape

from corpus.model import Article, FrontierEntry, Outcome, PageDate, Revision, StoredArticle
from corpus.store import ArticleStore, LoggedVisit
from web.articles.differences import compare
from web.layout.render import breakable, day, minute, near, number, page_date, size, web_address
from web.layout.services import Services

ORIGINS = {
    "json-ld": "from JSON-LD",
    "meta": "from the page's metadata",
    "time": "from a time element",
    "text": "as printed",
    "url": "from the address",
    "feed": "from the feed",
    "sitemap": "from the sitemap",
    "import": "as imported",
    "hand": "corrected by hand",
}
KINDS = {
    "json-ld": "JSON-LD",
    "opengraph": "OpenGraph",
    "microdata": "microdata",
    "meta": "meta",
    "class": "class",
    "selector": "selector",
}
UNSPACED = frozenset({"zh", "ja", "th", "km", "lo", "my"})
VIAS = {"feed": "in the feed", "sitemap": "in the sitemap", "section": "on the page", "home": "on the front page"}
VISITS = 8  # fetches that are listed one by one
LONG = 6  # words quoted of a changed headline


def said_dates(stored: StoredArticle, zone: tzinfo) -> str:
    """Return the fact line: published, how that is known, updated, fetched."""
    article = stored.article
    parts = [_published(article.published, zone) if article.published else "Undated: the page gives no date"]
    if article.updated and (article.published is None or article.updated.at > article.published.at):
        parts.append(f"updated {page_date(article.updated, zone)}")
    return " · ".join([*parts, f"fetched {minute(article.fetched, zone)}"])


def _published(date: PageDate, zone: tzinfo) -> str:
    known = ORIGINS.get(date.origin, f"from {date.origin}")
    doubt = ", day and month may be swapped" if date.doubtful else ""
    return f"Published {page_date(date, zone)} ({known}{doubt})"


def provenance(stored: StoredArticle, store: ArticleStore, zone: tzinfo) -> list[tuple[str, str | Markup]]:
    """Return names and values, in the order things happened."""
    article = stored.article
    entry = store.frontier.entry(article.url)
    visits = store.journal.visits(article.url, limit=VISITS)
    rows: list[tuple[str, str | Markup]] = []
    if entry:
        rows.append(("Discovered", _discovered(entry, zone)))
    rows.append(("Fetched", _fetched(stored, visits, zone)))
    address = article.fetched_url or article.url
    rows.append(("Address", _link(address)))
    rows.append(("Canonical", "same as the address" if address == article.url else _link(article.url)))
    rows += [(name, _rule(article.facts[key])) for key, name in FACTS if article.facts.get(key)]
    if article.facts.get("keywords"):
        rows.append(("Filed under", article.facts["keywords"]))
    rows.append(("Cleaned", _length(article)))
    rows.append(("SHA-256", Markup('<span class="m">{}</span>').format(sha256(article.body.encode()).hexdigest())))
    if article.capture:
        where = Markup('<span class="m">{}</span> at byte {}')
        rows.append(("Raw page", where.format(breakable(article.capture.file), number(article.capture.offset))))
    if visits:
        rows.append(("Every fetch", _every(visits, zone)))
    return rows


FACTS = (
    ("headline", "Headline"),
    ("published", "Date"),
    ("authors", "Byline"),
    ("byline", "Byline as printed"),
    ("language", "Language"),
    ("section", "Section"),
    ("body", "Text"),
)


def _length(article: Article) -> str:
    """Return the length of the text in words, or in characters where the script has no spaces between words."""
    unspaced = (article.language or "")[:2] in UNSPACED
    count = sum(not each.isspace() for each in article.body) if unspaced else len(article.body.split())
    return f"{number(count)} {'characters' if unspaced else 'words'} stored"


def _rule(fact: str) -> Markup:
    """Return how a field was found: "JSON-LD datePublished", a name of the page's own in the voice of addresses."""
    kind, _, rest = fact.partition(" ")
    named = kind in KINDS and rest and " " not in rest
    return Markup('{} <span class="m">{}</span>').format(KINDS[kind], rest) if named else escape(fact)


def _discovered(entry: FrontierEntry, zone: tzinfo) -> Markup:
    via = VIAS.get(entry.via or "", entry.via or "")
    parent = Markup(' <span class="m">{}</span>').format(breakable(entry.parent)) if entry.parent else ""
    return Markup("{} {}{}").format(minute(entry.first_seen, zone), via, parent)


def _fetched(stored: StoredArticle, visits: Iterable[LoggedVisit], zone: tzinfo) -> str:
    said = minute(stored.article.fetched, zone)
    first = next((each for each in visits if each.at == stored.article.fetched), None)
    if first is None:
        return said
    facts = [f"HTTP {first.status}" if first.status else "", size(first.bytes) if first.bytes else ""]
    return " · ".join([said, *filter(None, facts), "robots.txt allowed it"])


def _every(visits: list[LoggedVisit], zone: tzinfo) -> str:
    said = [f"{minute(each.at, zone)} {'' if each.outcome is Outcome.NEW else each.outcome}".strip() for each in visits]
    more = " · earlier ones not shown" if len(visits) == VISITS else ""
    return " · ".join(reversed(said)) + more


def _link(url: str) -> str | Markup:
    safe = web_address(url)
    if safe is None:
        return url
    return Markup('<a class="m" href="{}" rel="noreferrer nofollow">{}</a>').format(safe, breakable(safe))


def said_revisions(revisions: list[Revision], services: Services) -> list[dict[str, Any]]:
    """Return the revisions, the latest first, each with what it changed."""
    said = []
    for before, each in zip([None, *revisions[:-1]], revisions, strict=True):
        said.append(
            {
                "number": each.number,
                "seen": f"{near(each.seen, services.now(), services.zone)} {_clock(each, services)}".strip(),
                "what": "first seen" if before is None else _changed(before, each),
            }
        )
    return said[::-1]


def _clock(revision: Revision, services: Services) -> str:
    same_day = day(revision.seen, services.zone) == day(services.now(), services.zone)
    return "" if same_day else minute(revision.seen, services.zone).rpartition(" ")[2]


def _changed(old: Revision, new: Revision) -> str:
    """Say "“record” for “worst”, +42 −17 words"."""
    made = compare(old, new)
    words = f"+{number(made.added)} −{number(made.removed)} words"
    line = next((each for each in made.lines if each.kind == "changed" and each.old and each.new), None)
    if line is None:
        return words
    came = next((run.text for run in line.new or () if run.changed), "")
    went = next((run.text for run in line.old or () if run.changed), "")
    if came and went and max(len(came.split()), len(went.split())) <= LONG:
        return f"“{came.strip()}” for “{went.strip()}”, {words}"
    return words
