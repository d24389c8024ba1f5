"""An article -> its record: the keys under which pages, exports and the command line give it as data, written once.

Every view names the keys it shows; a key means the same in all of them. Dates are ISO 8601 (corpus/iso_dates.py).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from corpus.corrections.values import Correction, authors_value, date_value, value_of
from corpus.iso_dates import iso_date, iso_day
from corpus.model import Article, AuthorKind, Revision, StoredArticle
from corpus.structure.as_data import links, spans_data

EXPORTED = (
    "id", "url", "source", "headline", "standfirst", "byline", "authors", "published", "day", "updated", "language",
    "section", "first_seen", "revision", "corrected", "text",
)  # fmt: skip
EXPORTABLE = (*EXPORTED[:-1], "structure", "text")  # what a table or line of an export may give; lines give all of it
PAGE = (*EXPORTED[:-1], "dateline", "author_keys", "fetched", "facts", "links", "structure", "text")
WHOLE = (*EXPORTED[:-1], "dateline", "signed", "date_details", "fetched", "fetched_url", "facts", "structure", "text")
HIT = ("id", "url", "headline", "authors", "published", "day", "source", "language", "section", "first_seen")
COPY = ("id", "url", "source", "headline")
EXTRACTED = (
    "headline", "standfirst", "byline", "authors", "published", "day", "updated", "language", "section",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """All that a store knows of an article, in the form in which it goes to another store.

    Attributes:
        mark: Its pressmark in the store it comes from.
        article: The article as it stands; a withdrawn article has no text.
        revisions: The texts before the one that stands, the first one first.
        fingerprint: Of the text that a withdrawn article had; None for one that stands.
        confirmed: When the text that stands was last seen again; None: not since it was fetched.
        withdrawn: Why its text was taken away; None for one that stands.
        withdrawn_at: When its text was last taken away; an article that stands may have come back since.
        corrections: What people corrected of it; `article` is as its page says.
    """

    mark: str | None
    article: Article
    first_seen: datetime
    revisions: tuple[Revision, ...] = ()
    fingerprint: str | None = None
    confirmed: datetime | None = None
    withdrawn: str | None = None
    withdrawn_at: datetime | None = None
    corrections: tuple[Correction, ...] = ()


_ARTICLE: dict[str, Callable[[Article], Any]] = {
    "url": lambda article: article.url,
    "source": lambda article: article.source,
    "headline": lambda article: article.headline,
    "standfirst": lambda article: article.standfirst,
    "byline": lambda article: article.byline,
    "authors": lambda article: [author.name for author in article.authors],
    "author_keys": lambda article: [each.key for each in article.authors if each.kind is AuthorKind.PERSON],
    "signed": lambda article: authors_value(article.authors),
    "dateline": lambda article: article.dateline,
    "published": lambda article: iso_date(article.published),
    "day": lambda article: iso_day(article.published),
    "updated": lambda article: iso_date(article.updated),
    "date_details": lambda article: {
        name: date_value(date)
        for name, date in (("published", article.published), ("updated", article.updated))
        if date is not None
    },
    "language": lambda article: article.language,
    "section": lambda article: article.section,
    "fetched": lambda article: article.fetched.isoformat(),
    "fetched_url": lambda article: article.fetched_url,
    "facts": lambda article: dict(article.facts),
    "links": lambda article: links(article.structure),
    "structure": lambda article: spans_data(article.structure),
    "text": lambda article: article.body,
}
OF_TEXT = ("links", "structure", "text")
_STORED: dict[str, Callable[[StoredArticle], Any]] = {
    "id": lambda stored: stored.mark,
    "first_seen": lambda stored: stored.first_seen.isoformat(timespec="seconds"),
    "revision": lambda stored: stored.revision,
    "corrected": lambda stored: list(stored.corrected),
}


def article_record(article: Article, keys: Iterable[str]) -> dict[str, Any]:
    """Return what is known of an article under these keys, in their order."""
    return {key: _ARTICLE[key](article) for key in keys}


def stored_record(stored: StoredArticle, keys: Iterable[str] = EXPORTED, *, with_text: bool = True) -> dict[str, Any]:
    """Return a stored article under these keys; text, structure and links are None where not to be given."""
    shown = {key: _STORED[key](stored) if key in _STORED else _ARTICLE[key](stored.article) for key in keys}
    return shown if with_text else shown | {key: None for key in OF_TEXT if key in shown}


def whole_record(
    stored: StoredArticle,
    revisions: Sequence[Revision],
    *,
    confirmed: datetime | None = None,
    withdrawn_at: datetime | None = None,
    corrections: Sequence[Correction] = (),
) -> dict[str, Any]:
    """Return all that a store knows of an article; an import makes the same article of it.

    Args:
        revisions: All texts it has had, the one that stands last; may be empty when it had only that.
        confirmed: When the text that stands was last seen again.
        withdrawn_at: When its text was last taken away.
        corrections: What people corrected of it; each is given with what its page says.
    """
    shown = stored_record(stored, WHOLE) | {"first_seen": stored.first_seen.isoformat()}
    if len(revisions) > 1:
        shown["revisions"] = [_revision(each) for each in revisions[:-1]]
    if confirmed is not None:
        shown["confirmed"] = confirmed.isoformat()
    if withdrawn_at is not None:
        shown["withdrawn_at"] = withdrawn_at.isoformat()
    if stored.withdrawn is not None:
        fingerprint = revisions[-1].fingerprint if revisions else None
        shown |= {"withdrawn": stored.withdrawn, "fingerprint": fingerprint}
    own = [_correction(each, stored.page_says) for each in corrections if each.url == stored.article.url]
    return shown | ({"corrections": own} if own else {})


def _correction(correction: Correction, page: Article) -> dict[str, Any]:
    return {
        "field": correction.field.value,
        "value": correction.value,
        "page_said": value_of(page, correction.field),
        "other": correction.other,
        "who": correction.who,
        "why": correction.why,
        "at": correction.at.isoformat(),
    }


def _revision(revision: Revision) -> Mapping[str, Any]:
    """Return a text; of a text that was taken away, its fingerprint is what is left."""
    shown = {
        "number": revision.number,
        "seen": revision.seen.isoformat(),
        "headline": revision.headline,
        "standfirst": revision.standfirst,
        "byline": revision.byline,
        "text": revision.body,
    }
    if revision.structure is not None:
        shown["structure"] = spans_data(revision.structure)
    is_empty = not (revision.headline or revision.standfirst or revision.body)
    return shown | ({"fingerprint": revision.fingerprint} if is_empty else {})
