"""The keys of a record, as any tool names them -> the fields of an article, read and cleaned.

A value that cannot be read costs its field, never the article, and is noted.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from corpus import urls
from corpus.model import Author, AuthorKind, PageDate
from corpus.people.names import fold
from corpus.texts.languages import code as named
from crawler.bylines.listed import listed
from crawler.bylines.people import is_credential
from crawler.bylines.text import read_byline
from crawler.discovery.entries import keywords
from crawler.extraction.language import NO_LANGUAGE, code
from crawler.importing.dates import date_of
from crawler.importing.items import quoted
from crawler.importing.keys import KEYS, NO_ADDRESS, plain_key
from crawler.importing.markup import holds_markup, markup_text

MAX_AUTHORS = 50
MAX_NAME = 500  # characters; a longer one is no list of names
_NOTHING = frozenset({"", "none", "null", "nan", "nat", "n/a", "na", "undefined", "[]", "{}", "-", "--"})
_SEPARATOR = re.compile(r"\s*[;|\n]\s*")
_FURTHER = re.compile(r"\s*[;,/|(]")  # what stands after the first of several languages
_LIST = re.compile(r"\s*\[.*\]\s*\Z", re.S)


class Record:
    """One record under any tool's keys; what could not be read is collected in `notes`.

    Args:
        place: Where it stands; each note begins with it.
        day_first: How its file writes 3/4/2024; None: unknown.
        is_ours: An export of ours, whose values are taken as they are: no tool's words for nothing, no markup.
    """

    def __init__(
        self, record: Mapping[str, Any], place: str, *, day_first: bool | None = None, is_ours: bool = False
    ) -> None:
        self._values: dict[str, Any] = {}
        for key, value in record.items():
            if value not in (None, "") if is_ours else not _is_nothing(value):
                self._values.setdefault(plain_key(str(key)), value)
        self._place = place
        self._day_first = day_first
        self._is_ours = is_ours
        self.notes: list[str] = []

    def value(self, field: str) -> Any:
        """Return what the first key of the field holds."""
        return next((self._values[key] for key in KEYS[field] if key in self._values), None)

    def text(self, field: str) -> str | None:
        """Return a field as one line of text, markup and entities read."""
        value = self.value(field)
        if self._is_ours and isinstance(value, str):
            return value
        if isinstance(value, Mapping):
            value = next((value[key] for key in ("name", "rendered", "value", "title") if key in value), value)
        if field == "section":
            value = next(iter(_sections(value)), None)
        if field == "language" and isinstance(value, list) and value:
            value = self._first_language(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and field in {"headline", "section"}:
            value = str(value)
        if value is None or isinstance(value, str):
            shown = value or ""
            return (" ".join(markup_text(shown).split()) if holds_markup(shown) else " ".join(shown.split())) or None
        self._left_out(field, value, "a text")
        return None

    def subjects(self) -> tuple[str, ...]:
        """Return all sections of the record, where it has several: the first is the article's."""
        sections = [] if self._is_ours else _sections(self.value("section"))
        found = keywords(sections) if len(sections) > 1 else ()
        return found if len(found) > 1 else ()

    def body(self) -> str | None:
        """Return the text as it is given, markup and all; None when there is none."""
        for key in KEYS["body"]:
            value = self._values.get(key)
            if isinstance(value, Mapping):
                value = value.get("rendered") or value.get("value") or value.get("text")
            if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
                value = "\n\n".join(value)
            if isinstance(value, str) and value.strip():
                return value
            if value is not None:
                self._left_out("text", value, "a text")
        return None

    def url(self) -> str | None:
        """Return the canonical address; None when no key holds one."""
        for key in KEYS["url"]:
            value = self._values.get(key)
            if isinstance(value, str) and (found := urls.canonical(value)):
                return found
        stated = next((self._values[key] for key in KEYS["url"] if key in self._values and key not in NO_ADDRESS), None)
        if stated is not None:
            expected = "an address such as https://gazette.example/story; the article is known by its content"
            self._left_out("url", stated, expected)
        return None

    def stated_url(self) -> Any:
        """Return what the key `url` holds, whatever that is."""
        return self._values.get("url")

    def language(self) -> str | None:
        """Return the code of the language, named by a code or in words; what is neither is left out."""
        said = self.text("language")
        if said is None or said.lower() in NO_LANGUAGE:
            return None
        first = _FURTHER.split(said)[0]
        found = named(said) or named(first) or code(first)
        if found is None:
            self._left_out("language", said, "a language such as de, de-AT or German")
        return found

    def _first_language(self, said: list[Any]) -> Any:
        if len(said) > 1:
            self.notes.append(f"{self._place}: language = {quoted(said)}: the first was taken")
        return said[0]

    def source(self) -> str | None:
        """Return the outlet's name; an address under that key is no name."""
        for key in KEYS["source"]:
            value = self._values.get(key)
            if isinstance(value, Mapping):
                value = value.get("name") or value.get("title")
            if isinstance(value, str) and value.strip() and not value.lower().startswith(("http:", "https:")):
                return " ".join(value.split())
        return None

    def date(self, field: str, now: datetime) -> PageDate | None:
        """Return a date; one that cannot be read is left out."""
        value = self.value(field)
        if value is None:
            return None
        found = date_of(value, now, day_first=self._day_first)
        if found is None:
            self._left_out(field, value, "a date such as 2024-03-01 or 2024-03-01T14:05Z")
        elif found.doubtful:
            self.notes.append(f"{self._place}: {field} = {quoted(value)}: may be another day; it is marked as doubtful")
        return found

    def authors(self, language: str | None = None) -> tuple[Author, ...]:
        """Return the authors, read as bylines are."""
        value = self.value("authors")
        found: dict[str, Author] = {}
        names = author_names(value) if value is not None else []
        if value is not None and not names:
            self._left_out("authors", value, "names")
        for name in names[:MAX_AUTHORS]:
            read = _read_name(name[:MAX_NAME], language)
            if not read:
                self._left_out("authors", name, "a name")
            elif len(name) > MAX_NAME:
                self.notes.append(f"{self._place}: authors: a name of {len(name):,} characters was cut at {MAX_NAME}")
            found |= {author.key: author for author in read if author.key not in found}
        if len(names) > MAX_AUTHORS:
            self.notes.append(f"{self._place}: authors: {len(names)} names, the first {MAX_AUTHORS} were taken")
        return tuple(found.values())

    def byline_authors(self, byline: str | None, language: str | None) -> tuple[Author, ...]:
        """Return the authors a printed byline names."""
        return read_byline(byline, language=language).authors if byline else ()

    def _left_out(self, field: str, value: object, expected: str) -> None:
        self.notes.append(f"{self._place}: {field} = {quoted(value)}: expected {expected}; left out")


def _sections(value: Any) -> list[Any]:
    """Return the sections in a value: a list, or a text in which they stand between semicolons."""
    if isinstance(value, str):
        return value.split(";")
    return value if isinstance(value, list) else [value]


@lru_cache(maxsize=20_000)  # a collection has far fewer names than articles
def _read_name(name: str, language: str | None) -> tuple[Author, ...]:
    return read_byline(name, language=language, handles=True).authors


def author_names(value: Any) -> list[str]:
    """Return the names in a value: a text, a list, objects with names, or a list written as text."""
    if isinstance(value, str) and _LIST.match(value):
        value = listed(value) or value.strip().strip("[]")
    if isinstance(value, str):
        return [_turned(part) for part in _SEPARATOR.split(value) if part.strip()]
    if isinstance(value, Mapping):
        return [name] if (name := _name_of(value)) else []
    if isinstance(value, Sequence):
        return [name for item in value if not isinstance(item, bytes) for name in _names_in(item)]
    return []


def _names_in(item: Any) -> list[str]:
    if isinstance(item, str):
        return [_turned(item)] if not _is_nothing(item) else []
    return author_names(item) if isinstance(item, Mapping) else []


def _name_of(value: Mapping[str, Any]) -> str:
    """Return the name in an object of schema.org, Zotero, CSL or JSON Feed; empty for an editor or translator."""
    if value.get("creatorType") not in (None, "author", "reporter", "contributor"):
        return ""
    for key in ("literal", "name", "displayName", "full_name", "fullName"):
        if isinstance(value.get(key), str) and value[key].strip():
            return str(value[key])
    given = value.get("given") or value.get("firstName") or value.get("first_name") or ""
    particle = value.get("non-dropping-particle") or value.get("dropping-particle") or ""
    family = value.get("family") or value.get("lastName") or value.get("last_name") or ""
    return " ".join(part for part in (given, particle, family) if isinstance(part, str) and part)


def _turned(name: str) -> str:
    """Turn "Pérez, Ana" about; "Ana Pérez, PhD" and a list of names are left."""
    family, comma, given = name.strip().partition(", ")
    one = comma and "," not in given and family.count(" ") <= 2 and given.count(" ") <= 2
    turns = one and not is_credential(given) and (" " not in family or " " not in given) and not _joins(name)
    return f"{given} {family}" if turns else name


def _joins(name: str) -> bool:
    return re.search(r"\s(?:and|&|und|et|y|e)\s", name) is not None


def own_author(name: str) -> Author | None:
    """Return a name of our own export as it is, its kind read again; None when nothing of it is a letter or digit."""
    cleaned = " ".join(name.split())
    key = fold(cleaned)
    read = _read_name(cleaned[:MAX_NAME], None)
    kind = read[0].kind if len(read) == 1 and read[0].key == key else AuthorKind.PERSON
    return Author(cleaned, key, kind) if key else None


def _is_nothing(value: Any) -> bool:
    """Is this what a tool writes where it knows nothing: None, "nan", an empty list?"""
    if isinstance(value, str):
        return value.strip().lower() in _NOTHING
    return value is None or value in ([], {}) or value != value  # NaN alone differs from itself
