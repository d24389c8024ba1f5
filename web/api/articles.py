"""Articles of the API, and the texts they have had."""

from dataclasses import fields

from corpus.model import StoredArticle
from corpus.records import stored_record
from indexer.query.parameters import TEXT
from web.api.archive_values import WordOverTime
from web.api.operations import Call, operation
from web.api.values import Article, Revision, Revisions
from web.articles.appearing import of_article
from web.articles.article_page import article as article_of
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.layout.who import reads_in_full
from web.search.request import ask

KEYS = tuple(each.name for each in fields(Article) if each.name != "copies")  # of corpus/records.py


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
    found = current_services().store.revisions(stored.id)
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


def _copies(stored: StoredArticle) -> list[str]:
    store = current_services().store
    others = [id for id in store.copies.group(stored.id) if id != stored.id]
    return [each.mark for each in store.heads(others).values() if each.withdrawn is None]
