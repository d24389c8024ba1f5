"""A plain text or Markdown file -> its article, or the articles of a database's export."""

import re
from collections.abc import Iterator
from typing import IO

from corpus.errors import ImportFailed
from crawler.extraction.plaintext import read_text
from crawler.importing.databases.splitting import split_text
from crawler.importing.identity import file_url
from crawler.importing.items import ImportItem, Options, Origin, content_of, failed, note, too_large
from crawler.importing.pages import IMPORTED
from crawler.importing.records import record_item, record_items
from crawler.importing.texts import text_in
from crawler.markup.sniff import refusal

MAX_TEXT_BYTES = 100_000_000  # an export of a database holds up to 1,000 articles
MAX_ARTICLE_CHARACTERS = 5_000_000

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,50000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_PAIR = re.compile(r"([A-Za-z][\w -]{0,60}):[ \t]*(.*)\Z")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.+)\Z")
_FENCE = re.compile(r"^(?:```|~~~).*$", re.M)
_IMAGE = re.compile(r"!\[[^\]\n]{0,1000}\]\([^)\s]{0,3000}(?:[ \t][^)\n]{0,300})?\)")
_LINK = re.compile(r"\[([^\]\n]{1,1000})\](?:\([^)\s]{0,3000}(?:[ \t][^)\n]{0,300})?\)|\[[^\]\n]{0,300}\])")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", re.M)
_LINE_MARK = re.compile(r"^[ \t]{0,3}(?:>[ \t]?|[-*+][ \t]+|\d{1,3}[.)][ \t]+)+", re.M)
_EMPHASIS = re.compile(r"(?<![\w*_])(\*\*\*|\*\*|__|\*|_|`)(?=\S)([^*_`\n]{1,2000}?)(?<=\S)\1(?![\w*_])")
_RULE = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.M)


def read_plain(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read one text file."""
    content = content_of(opened, max_bytes=MAX_TEXT_BYTES)
    if content is None:
        yield too_large(origin, MAX_TEXT_BYTES)
    elif other := refusal(content, None, page=True):
        yield failed(origin.place, f"begins like a file of another type ({other}): expected text")
    else:
        text, said = text_in(content)
        if said:
            yield note(origin.place, said)
        yield from text_items(text, file_url(content), origin, options)


def text_items(text: str, url: str, origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Give the articles of a text: those of a database's export, or else the text as one article.

    Args:
        url: What the text is known by when it is one article.
    """
    try:
        records = split_text(text)
    except ImportFailed as error:
        yield failed(origin.place, f"{error}; the file was left")
        return
    if records is not None:
        yield from record_items(records, origin, options)
        return
    if len(text) > MAX_ARTICLE_CHARACTERS:
        yield failed(
            origin.place, f"{len(text):,} characters: expected one article, or a database's export; it was left"
        )
        return
    article = read_text(text, url=url, source=options.source or IMPORTED, fetched=min(origin.written, options.now))
    yield ImportItem(origin.place, article) if article.body else failed(origin.place, "holds no text")


def read_markdown(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read one Markdown file; what its front matter says of it is used (Hugo's, Jekyll's, web clippers')."""
    content = content_of(opened)
    if content is None:
        yield too_large(origin)
        return
    text, said = text_in(content)
    if said:
        yield note(origin.place, said)
    text = text.replace("\r\n", "\n")
    match = _FRONT.match(text)
    record = _front_matter(match[1]) if match else {}
    body = text[match.end() :] if match else text
    has_title = any(key.lower() in {"title", "headline"} for key in record)
    heading = None if has_title else _HEADING.search(body)
    if heading and not body[: heading.start()].strip():
        record["title"] = plain_markdown(heading[1])
        has_title = True
        body = body[heading.end() :]
    plain = plain_markdown(body)
    if not plain.strip():
        yield failed(origin.place, "holds no text")
    elif not has_title:
        yield from text_items(plain, file_url(content), origin, options)
    else:
        item = record_item({**record, "text": plain}, origin.place, origin, options)
        if item is not None:
            yield item


def plain_markdown(text: str) -> str:
    """Return the text of Markdown: marks and addresses of links dropped, paragraphs as they are."""
    text = _RULE.sub("", _FENCE.sub("", _IMAGE.sub("", text)))
    text = _LINE_MARK.sub("", _HEADING.sub(r"\n\1\n", _LINK.sub(r"\1", text)))
    for _ in range(3):  # emphasis in emphasis
        text = _EMPHASIS.sub(r"\2", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", text)


def _front_matter(text: str) -> dict[str, str | list[str]]:
    """Read the pairs of a YAML header: texts and lists of texts; nested values are passed over."""
    record: dict[str, str | list[str]] = {}
    last = None
    for line in text.split("\n"):
        if (item := _ITEM.match(line)) and last is not None:
            values = record.setdefault(last, [])
            if isinstance(values, list):
                values.append(_unquoted(item[1]))
        elif pair := _PAIR.match(line):
            last = pair[1].strip()
            value = pair[2].strip()
            if value.startswith("[") and value.endswith("]"):
                record[last] = [_unquoted(each) for each in value[1:-1].split(",") if each.strip()]
            elif value:
                record[last] = _unquoted(value)
    return record


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
