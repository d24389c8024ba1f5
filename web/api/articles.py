"""The operations of the API on articles and the texts they have had."""

from dataclasses import dataclass, fields
from datetime import datetime

from corpus.model import StoredArticle
from corpus.records import stored_record
from indexer.query.parameters import TEXT, shown
from indexer.results.addressed import known_at, next_visit
from web.api.archive_values import WordOverTime
from web.api.operations import Call, operation
from web.api.parameters import URL
from web.api.problems import Fault, wrong
from web.api.values import Article
from web.articles.appearing import of_article
from web.articles.around import copies_of
from web.articles.named import article as article_of
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.layout.who import reads_in_full
from web.search.request import ask
from web.sources.reason_words import meaning

KEYS = tuple(each.name for each in fields(Article) if each.name != "copies")  # of corpus/records.py


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A text that an article has had.

    Attributes:
        number: From 1.
        seen: When it was first fetched.
        headline: As printed.
        standfirst: As printed.
        byline: As printed.
        text: The whole text.
    """

    number: int
    seen: str
    headline: str | None
    standfirst: str | None
    byline: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """All texts that an article has had, the first one first.

    Attributes:
        unreadable: The numbers of the texts that are damaged, and not among the items.
        words: Of the query, the words and phrases that some text has; of an article with one text, none. The last
            200 texts are looked through for it.
    """

    id: str
    items: list[Revision]
    unreadable: list[int]
    words: list[WordOverTime]


def _state(call: Call) -> tuple[object, ...]:
    return current_services().store.sequence, call.path["id"]


@operation("GET", "/articles/{id}", "Articles", gives=Article, refuses=(404, 410), state=_state)
def article(call: Call) -> Article:
    """Give an article by its pressmark; 410 says why the text of one was taken away."""
    stored = article_of(call.path["id"])
    return Article(**stored_record(stored, KEYS, with_text=reads_in_full()), copies=_copies(stored))


@operation(
    "GET", "/articles/{id}/revisions", "Articles", takes=(TEXT,), gives=Revisions, refuses=(404, 410), state=_state
)
def revisions(call: Call) -> Revisions:
    """Give all texts that an article has had, and since which the words of a query stand; not in a public archive."""
    stored = article_of(call.path["id"])
    if not reads_in_full():
        raise NotAllowed("This archive is public: whole texts are not shown.")
    store = current_services().store
    found = store.revisions(stored.id)
    return Revisions(
        id=stored.mark,
        items=[
            Revision(
                number=each.number,
                seen=each.seen.isoformat(timespec="seconds"),
                headline=each.headline,
                standfirst=each.standfirst,
                byline=each.byline,
                text=each.body,
            )
            for each in found
        ],
        unreadable=sorted(store.revision_times(stored.id).keys() - {each.number for each in found}),
        words=[
            WordOverTime(
                word=each.word,
                first=each.first.number,
                last=each.last.number,
                since=each.since.number if each.since else None,
                first_seen=each.first.seen.isoformat(timespec="seconds"),
                seen=each.since.seen.isoformat(timespec="seconds") if each.since else None,
            )
            for each in of_article(stored, ask(call.pairs).query)
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressKnown:
    """What the archive knows of an address.

    Attributes:
        url: As it is known here; null: it is a pressmark that no article has.
        article: The id of its article; null: it has none.
        withdrawn: Why the text of the article was taken away; null: it stands, or there is none.
        state: `stored`; `left out`: named somewhere, and not asked for; `never seen`; or the state in which it waits:
            `waiting`, `leased` (a crawl asks for it now) or `dropped` (it is not asked for again).
        via: How it was found first: `feed`, `sitemap`, `section`, `home`; null: by name, or it is not known.
        parent: The address in which it was found.
        checked: When it was last fetched.
        next: When a crawl asks for it again: when it is due, or when its host has rested; null: never as things stand,
            such as while its source is paused or stands in no `[[source]]` table.
        outcome: How the last visit ended.
        reason: Why no article came of it, or why it is left out, as a word.
        meaning: The reason in words.
    """

    url: str | None
    article: str | None
    withdrawn: str | None
    state: str
    source: str | None
    via: str | None
    parent: str | None
    first_seen: str | None
    checked: str | None
    next: str | None
    outcome: str | None
    reason: str | None
    meaning: str | None


@operation("GET", "/lookup", "Articles", takes=(URL,), gives=AddressKnown)
def lookup(call: Call) -> AddressKnown:
    """Find the article of an address, whatever its scheme, `www.` or tracking; else what became of the address."""
    services, typed = current_services(), call.one(URL).strip()
    store = services.store
    known = known_at(typed, store)
    if known is None:
        raise wrong(
            [Fault("query: url", shown(typed), "an address such as https://news.example/a-page, or a pressmark")]
        )
    stored, entry = known.stored, known.entry
    if known.left_out is not None:
        found, since = known.left_out
        return _known(
            found.url,
            "left out",
            reason=found.reason,
            via=found.via or None,
            parent=found.parent,
            first_seen=_at(since),
        )
    if entry is None:
        return _known(known.url, "stored" if stored else "never seen", stored=stored)
    return _known(
        entry.url,
        "stored" if stored else entry.state.value,
        stored=stored,
        source=entry.source,
        via=entry.via,
        parent=entry.parent,
        first_seen=_at(entry.first_seen),
        checked=_at(entry.checked),
        next=_at(next_visit(entry, store, services.config, services.now()).at),
        outcome=entry.outcome,
        reason=entry.reason,
    )


def _known(url: str | None, state: str, *, stored: StoredArticle | None = None, **facts: str | None) -> AddressKnown:
    reason = facts.get("reason")
    names = ("source", "via", "parent", "first_seen", "checked", "next", "outcome", "reason")
    return AddressKnown(
        url=url,
        state=state,
        article=stored.mark if stored else None,
        withdrawn=stored.withdrawn if stored else None,
        meaning=str(meaning(reason)) if reason else None,
        **{name: facts.get(name) for name in names},
    )


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _copies(stored: StoredArticle) -> list[str]:
    return [each.mark for each in copies_of(stored)]
