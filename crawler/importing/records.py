"""One record of a file, under any tool's keys -> its article; what of it could not be read is noted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from corpus import urls
from corpus.errors import ExtractError, ImportFailed
from corpus.model import Article, Author
from corpus.structure.as_data import spans_of
from corpus.structure.values import Span
from crawler.extraction.language import language_of
from crawler.importing.dates import moment_of
from crawler.importing.fields import Record, author_names, own_author
from crawler.importing.identity import content_url, is_content_url
from crawler.importing.items import ImportItem, Options, Origin, quoted
from crawler.importing.keys import KEYS
from crawler.importing.markup import holds_markup, markup_body
from crawler.importing.own import MANIFEST, MERGE, author_merge, is_whole, whole_article

EXPECTED = '{"url": ..., "title": ..., "text": ...}'
OURS = "is_ours"  # the key by which a reader of citations says that our own export wrote the entry
_OWN_KEYS = ("id", "url", "first_seen", "revision", "authors")  # of every export of ours, JSON or CSV


def record_item(
    record: Any,
    place: str,
    origin: Origin,
    options: Options,
    *,
    citation: bool = False,
    day_first: bool | None = None,
) -> ImportItem | None:
    """Read one record: an article, one of our own exports with all its texts, or a merge of authors.

    Args:
        record: A decoded value; an object with at least a text.
        place: Where it stands, such as `articles.jsonl:3`.
        citation: It is an entry of a bibliography: a headline is enough.
        day_first: How its file writes 3/4/2024; None: unknown.

    Returns:
        None for the line of a download that says what was searched for.

    Raises:
        ImportFailed: It is no article; the message says what was expected.
    """
    if not isinstance(record, Mapping):
        raise ImportFailed(f"{place}: {quoted(record)}: expected an object such as {EXPECTED}")
    if set(record) == {MANIFEST}:
        return None
    if set(record) == {MERGE}:
        return ImportItem(place, author_merge(record[MERGE], place, options.now))
    if is_whole(record):
        whole = whole_article(record, place, options.now)
        if options.source is not None:
            whole = replace(whole, article=replace(whole.article, source=options.source))
        return ImportItem(place, whole)
    ours = is_ours(record)
    reader = Record(record, place, day_first=day_first, is_ours=ours)
    article = _article(reader, place, origin, options, ours=ours, citation=citation)
    if ours and record.get("structure") is not None:
        try:
            article = replace(article, structure=_structure(record, article.body))
        except ValueError as error:
            reader.notes.append(f"{place}: structure: {error}; left out")
    return ImportItem(place, article, tuple(reader.notes))


def record_items(records: Iterable[Any], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read the records of a file, each under its number; a record that is no article gives an item that says so."""
    for number, record in enumerate(records, start=1):
        place = f"{origin.place}:{number}"
        try:
            item = record_item(record, place, origin, options)
        except ImportFailed as error:
            item = ImportItem(place, error)
        if item is not None:
            yield item


def paragraphs(text: str) -> str:
    """Return plain text as paragraphs separated by one blank line, however its lines were broken."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = re.split(r"\n[^\S\n]*\n", text)
    if len(parts) == 1:
        parts = text.split("\n")
    return "\n\n".join(line for part in parts if (line := " ".join(part.split())))


def is_ours(record: Mapping[str, Any]) -> bool:
    """Does a record have the keys of an export of ours? Its values are taken as they are then."""
    return record.get(OURS) is True or all(key in record for key in _OWN_KEYS)


def _article(reader: Record, place: str, origin: Origin, options: Options, *, ours: bool, citation: bool) -> Article:
    headline = reader.text("headline")
    given = reader.body()
    if given is None and not ((citation or ours) and (headline or reader.stated_url())):
        wanted = f'expected a key "text" (or {", ".join(KEYS["body"][1:9])})'
        raise ImportFailed(f"{place}: no text: {wanted}")
    byline = reader.text("byline")
    declared = None if ours else reader.language()
    authors = _own_authors(reader) if ours else reader.authors(declared) or reader.byline_authors(byline, declared)
    body = _body(given or "", headline, authors, place, options, ours=ours)
    published = reader.date("published", options.now)
    fetched = moment_of(reader.value("fetched"), options.now) or options.now
    url = _url(reader) or content_url(headline, body, published.at.isoformat() if published else None, reader.source())
    return Article(
        url=url,
        source=options.source or reader.source() or urls.host(url) or "imported",
        headline=headline,
        standfirst=reader.text("standfirst"),
        byline=byline,
        authors=authors,
        published=published,
        updated=reader.date("updated", options.now),
        language=reader.text("language") if ours else declared or language_of(body, declared=None)[0],
        section=reader.text("section"),
        body=body,
        fetched=fetched,
        facts={"import": f"{origin.file}{place.removeprefix(origin.place)}", **_subject_facts(reader)},
    )


def _subject_facts(reader: Record) -> dict[str, str]:
    subjects = reader.subjects()
    return {"keywords": "; ".join(subjects)} if subjects else {}


def _structure(record: Mapping[str, Any], body: str) -> tuple[Span, ...] | None:
    if record.get("text") != body:
        raise ValueError("its text has other lines here")
    return spans_of(record["structure"], body)


def _url(reader: Record) -> str | None:
    stated = reader.stated_url()
    if isinstance(stated, str) and is_content_url(stated):
        return stated
    return reader.url()


def _body(
    given: str, headline: str | None, authors: tuple[Author, ...], place: str, options: Options, *, ours: bool
) -> str:
    if ours:  # its lines are those of a list, a table, verse or preformatted text
        return re.sub(r"\n{3,}", "\n\n", given.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    if not holds_markup(given):
        return paragraphs(given)
    try:
        names = tuple(author.name for author in authors)
        return paragraphs(options.run(place, markup_body, given, headline, names))
    except ExtractError as error:
        raise ImportFailed(f"{place}: text: {error}") from error


def _own_authors(reader: Record) -> tuple[Author, ...]:
    """Return the authors of an export of ours, which are names already."""
    value = reader.value("authors")
    names = value.split("; ") if isinstance(value, str) else author_names(value) if value is not None else []
    found = (own_author(name) for name in names)
    return tuple({author.key: author for author in found if author is not None}.values())
