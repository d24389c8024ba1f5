"""A BibTeX file -> its entries as CSL items; BibLaTeX's and Zotero's fields too. Linear in the length of the file."""

import re
from collections.abc import Iterator
from typing import Any

from corpus.errors import ImportFailed
from crawler.importing.citations.tex import plain

MAX_VALUE = 1_000_000  # characters of one value
MAX_BROKEN = 20  # entries that do not end; each may cost a look at MAX_VALUE characters

_ENTRY = re.compile(r"@\s*([A-Za-z]{1,40})\s*([{(])")
_KEY = re.compile(r"\s*([^,\s{}()]{0,300})\s*,")
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w:.+-]{0,60})\s*=\s*")
_WORD = re.compile(r"[^\s,#{}\"()]{1,1000}")
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_OWN_NOTE = re.compile(r"(?:\A|; )Pressmark [a-z][0-9][0-9a-z]{4,12}\Z")


def bibtex_items(text: str) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Give each entry with the line it begins in; None for one whose braces do not close.

    Raises:
        ImportFailed: After `MAX_BROKEN` of these, if there are more entries: they are not looked at.
    """
    macros: dict[str, str] = {}
    at, line, counted, broken = 0, 1, 0, 0
    while match := _ENTRY.search(text, at):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        kind = match[1].lower()
        if kind in {"comment", "preamble"}:
            at = match.end()
            continue
        fields, at, whole = _fields(text, match.end(), macros, has_key=kind != "string")
        if kind == "string":
            macros |= fields
        else:
            broken += not whole
            yield line, _item(fields) if whole else None
            if broken == MAX_BROKEN and (left := sum(1 for _ in _ENTRY.finditer(text, at))):
                raise ImportFailed(f"{broken} entries do not end: the {left:,} that follow were left")


def _fields(text: str, at: int, macros: dict[str, str], *, has_key: bool) -> tuple[dict[str, str], int, bool]:
    """Return the fields of an entry, where it ends, and whether it is whole."""
    if has_key and (key := _KEY.match(text, at)):
        at = key.end()
    fields: dict[str, str] = {}
    while name := _FIELD.match(text, at):
        value, at, whole = _value(text, name.end(), macros)
        if not whole:
            return fields, at, False
        fields.setdefault(name[1].lower(), value)
    end = re.compile(r"[\s,]*[})]").match(text, at)
    return fields, end.end() if end else at, end is not None


def _value(text: str, at: int, macros: dict[str, str]) -> tuple[str, int, bool]:
    """Return a value, which may be joined of several by #, and where it ends."""
    parts: list[str] = []
    while True:
        if at >= len(text):
            return "", at, False
        if text[at] in '{"':
            end = _closing(text, at)
            if end is None:
                return "", at + 1, False
            parts.append(text[at + 1 : end])
            at = end + 1
        elif word := _WORD.match(text, at):
            parts.append(macros.get(word[0].lower(), word[0]))
            at = word.end()
        else:
            return "", at + 1, False
        joined = re.compile(r"\s*#\s*").match(text, at)
        if joined is None:
            return "".join(parts), at, True
        at = joined.end()


def _closing(text: str, at: int) -> int | None:
    """Return where the brace or quotation mark at `at` is closed."""
    opening, depth = text[at], 0
    for match in re.compile(r"\\.|[{}\"]", re.S).finditer(text, at + 1, min(len(text), at + MAX_VALUE)):
        mark = match[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            if opening == "{" and depth == 0:
                return match.start()
            depth -= 1
        elif mark == '"' and opening == '"' and depth == 0:
            return match.start()
    return None


def _item(fields: dict[str, str]) -> dict[str, Any]:
    def first(*names: str) -> str | None:
        return next((value for name in names if (value := plain(fields.get(name, "")))), None)

    url = fields.get("url") or (re.findall(r"https?://[^\s{}]+", fields.get("howpublished", "")) or [None])[0]
    item = {
        "URL": url.replace("\\", "").strip("{} ") if url else None,
        "title": first("title"),
        "author": [_name(name) for name in _split(fields.get("author", ""))],
        "issued": _date(fields),
        "container-title": first("journal", "journaltitle", "newspaper", "booktitle", "publisher", "organization"),
        "language": first("language", "langid"),
        "section": first("section"),
        "abstract": first("abstract"),
        "accessed": {"raw": fields["urldate"]} if "urldate" in fields else None,
        "archive": "Pressmark" if _OWN_NOTE.search(first("note") or "") else None,
    }
    return {key: value for key, value in item.items() if value}


def _split(names: str) -> list[str]:
    """Split names at "and" outside of braces."""
    found, depth, start = [], 0, 0
    for match in re.finditer(r"\\.|[{}]|\sand\s", names, re.S):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth == 0 and len(match[0]) > 2:
            found.append(names[start : match.start()])
            start = match.end()
    return [name.strip() for name in (*found, names[start:]) if name.strip() not in ("", "others")]


def _name(name: str) -> dict[str, str]:
    if name.startswith("{") and name.endswith("}"):
        return {"literal": plain(name)}
    family, comma, given = name.partition(",")
    return {"family": plain(family), "given": plain(given)} if comma else {"literal": plain(name)}


def _date(fields: dict[str, str]) -> Any:
    if fields.get("date"):
        return {"raw": plain(fields["date"]).split("/")[0]}
    year = plain(fields.get("year", ""))
    if not year.isdecimal():
        return {"raw": year} if year else None
    month, day = plain(fields.get("month", "")).lower(), plain(fields.get("day", ""))
    number = month.lstrip("0") if month.isdecimal() else _MONTHS.get(month[:3])
    parts = [year, *([number] if number else []), *([day] if number and day.isdecimal() else [])]
    return {"date-parts": [parts]}
