"""A line of our own export -> the article with all its texts and times, as the store it comes from had it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from corpus import urls
from corpus.corrections.values import Correction, Field, read_value, with_values
from corpus.errors import ImportFailed
from corpus.model import Article, Author, AuthorKind, PageDate, Precision, Revision
from corpus.people.names import fold
from corpus.records import ArticleRecord
from corpus.store.articles.corrected import NO_ARTICLE
from corpus.store.values import Alias
from corpus.structure.as_data import spans_of
from corpus.structure.values import Span
from crawler.importing.identity import is_content_url
from crawler.importing.items import quoted

MERGE = "author_merge"  # the key of a line that is a merge of two authors, not an article
MANIFEST = "manifest"  # the key of a line that says what was searched for

_MARKS_ALL = ("id", "first_seen", "revision", "signed", "date_details", "fetched")


def is_whole(record: Mapping[str, Any]) -> bool:
    """Does this record hold all that a store knows of an article, in keys of ours?"""
    url = record.get("url")
    known = isinstance(url, str) and (urls.canonical(url) == url or is_content_url(url))
    return known and all(key in record for key in _MARKS_ALL)


def whole_article(record: Mapping[str, Any], place: str, now: datetime) -> ArticleRecord:
    """Read a record that `corpus.records.whole_record` wrote; times later than now are cut to now.

    Raises:
        ImportFailed: a value of it is none that we write.
    """
    return _Reader(record, place, now).article()


def author_merge(value: Any, place: str, now: datetime) -> Alias:
    """Read a merge of authors.

    Raises:
        ImportFailed: it is none.
    """
    reader = _Reader(value if isinstance(value, Mapping) else {}, f"{place}: {MERGE}", now)
    return Alias(reader.text("key"), reader.text("canonical"), reader.text("evidence"), reader.moment("made"))


class _Reader:
    """Reads the keys of one object, and names the key that is wrong."""

    def __init__(self, record: Mapping[str, Any], place: str, now: datetime) -> None:
        self._record = record
        self._place = place
        self._now = now

    def article(self) -> ArticleRecord:
        withdrawn = self.optional("withdrawn")
        was_withdrawn = self._record.get("withdrawn_at") is not None
        revisions = self._list("revisions") if "revisions" in self._record else []
        article = self._article()
        corrections = tuple(self._corrections(article.url))
        if withdrawn == NO_ARTICLE and article.body:  # put away with its text, by a correction that says so again
            withdrawn, was_withdrawn = None, False
        return ArticleRecord(
            mark=self.text("id"),
            article=self._as_read(article),
            corrections=corrections,
            first_seen=self.moment("first_seen"),
            revisions=tuple(
                _Reader(each, f"{self._place}: revisions", self._now).revision(number)
                for number, each in enumerate(revisions, start=1)
            ),
            fingerprint=self.optional("fingerprint"),
            confirmed=self.moment("confirmed") if self._record.get("confirmed") is not None else None,
            withdrawn=withdrawn,
            withdrawn_at=self.moment("withdrawn_at") if withdrawn is not None or was_withdrawn else None,
        )

    def revision(self, number: int) -> Revision:
        return Revision(
            number=number,
            seen=self.moment("seen"),
            headline=self.optional("headline"),
            standfirst=self.optional("standfirst"),
            byline=self.optional("byline"),
            body=self.optional("text") or "",
            fingerprint=self.optional("fingerprint") or "",
            structure=self._structure(),
        )

    def text(self, key: str) -> str:
        value = self._record.get(key)
        if not isinstance(value, str) or not value:
            raise self._wrong(key, "a text")
        return value

    def optional(self, key: str) -> str | None:
        value = self._record.get(key)
        if value is not None and not isinstance(value, str):
            raise self._wrong(key, "a text or null")
        return value

    def moment(self, key: str) -> datetime:
        found = _moment(self._record.get(key))
        if found is None:
            raise self._wrong(key, "a moment such as 2024-03-01T14:05:00+00:00")
        return min(found, self._now)

    def _article(self) -> Article:
        facts = self._record.get("facts")
        return Article(
            url=self.text("url"),
            source=self.text("source"),
            headline=self.optional("headline"),
            standfirst=self.optional("standfirst"),
            byline=self.optional("byline"),
            authors=self._authors(),
            dateline=self.optional("dateline"),
            published=self._date("published"),
            updated=self._date("updated"),
            language=self.optional("language"),
            section=self.optional("section"),
            body=self.optional("text") or "",
            fetched=self.moment("fetched"),
            fetched_url=self.optional("fetched_url"),
            structure=self._structure(),
            facts={str(key): str(value) for key, value in facts.items()} if isinstance(facts, Mapping) else {},
        )

    def _structure(self) -> tuple[Span, ...] | None:
        try:
            return spans_of(self._record.get("structure"), self.optional("text") or "")
        except ValueError as error:
            raise ImportFailed(f"{self._place}: structure: {error}") from None

    def _corrections(self, url: str) -> Iterator[Correction]:
        """Give what people corrected of the article."""
        for each in self._list("corrections") if "corrections" in self._record else []:
            one = _Reader(each if isinstance(each, Mapping) else {}, f"{self._place}: corrections", self._now)
            try:
                field = Field(one.text("field"))
                value = each.get("value")
                read_value(field, value)
            except ValueError:
                raise ImportFailed(
                    f"{self._place}: corrections: {quoted(each)}: expected a field and its value"
                ) from None
            yield Correction(
                url=url,
                field=field,
                value=value,
                said=each.get("page_said"),
                other=one.optional("other"),
                who=one.text("who"),
                why=one.optional("why") or "",
                at=one.moment("at"),
            )

    def _as_read(self, article: Article) -> Article:
        """Return the article as its page says, without what people corrected."""
        said = {each["field"]: each.get("page_said") for each in self._record.get("corrections", ())}
        try:
            return with_values(article, said)
        except ValueError:
            raise self._wrong("corrections", "what the page said, in the form of the field") from None

    def _authors(self) -> tuple[Author, ...]:
        try:
            signed = [Author(each["name"], each["key"], AuthorKind(each["kind"])) for each in self._list("signed")]
            usable = all(each.key and fold(each.name) for each in signed)
        except (ValueError, TypeError, KeyError, AttributeError):
            usable = False
        if not usable:
            raise self._wrong("signed", 'objects with "name", "key" and "kind"')
        return tuple(signed)

    def _date(self, name: str) -> PageDate | None:
        details = self._record.get("date_details")
        value = details.get(name) if isinstance(details, Mapping) else None
        if value is None:
            return None
        try:
            at, offset = _moment(value["at"]), value["offset"]
            distance = None if offset is None else timedelta(seconds=float(offset))
            if at is None or (distance is not None and abs(distance) >= timedelta(hours=24)):
                raise ValueError(value)
            return PageDate(at, Precision(value["precision"]), str(value["origin"]), distance, bool(value["doubtful"]))
        except (ValueError, TypeError, KeyError, OverflowError):
            raise ImportFailed(
                f'{self._place}: date_details.{name} = {quoted(value)}: expected {{"at", "precision", "origin",'
                ' "offset", "doubtful"}'
            ) from None

    def _list(self, key: str) -> list[Any]:
        value = self._record.get(key)
        if not isinstance(value, list):
            raise self._wrong(key, "a list")
        return value

    def _wrong(self, key: str, expected: str) -> ImportFailed:
        return ImportFailed(f"{self._place}: {key} = {quoted(self._record.get(key))}: expected {expected}")


def _moment(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
