"""A RIS file -> its entries as CSL items. Zotero, EndNote, the databases and our own pages write it."""

import re
from collections.abc import Iterator
from typing import Any

_LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?\Z")
_TITLES = ("TI", "T1", "CT")
_OUTLETS = ("T2", "JF", "JO", "JA", "J2", "BT", "PB")
_DATES = ("DA", "Y1", "PY")


def ris_items(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give each entry with the line it begins in. What stands between entries is passed over."""
    fields: dict[str, list[str]] | None = None
    begins, last = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.match(line.rstrip())
        if match is None:
            if fields is not None and last and line.strip():
                fields[last][-1] += f" {line.strip()}"
            continue
        tag, value = match[1], (match[2] or "").strip()
        if tag == "TY":
            if fields:  # the end of the one before is missing
                yield begins, _item(fields)
            fields, begins, last = {"TY": [value]}, number, "TY"
        elif tag == "ER":
            if fields is not None:
                yield begins, _item(fields)
            fields, last = None, ""
        elif fields is not None:
            fields.setdefault(tag, []).append(value)
            last = tag
    if fields is not None:
        yield begins, _item(fields)


def _item(fields: dict[str, list[str]]) -> dict[str, Any]:
    def first(*tags: str) -> str | None:
        return next((value for tag in tags for value in fields.get(tag, ()) if value), None)

    authors = [name for tag in ("AU", "A1") for name in fields.get(tag, ()) if name]
    item = {
        "URL": first("UR", "L2", "LK"),
        "title": first(*_TITLES),
        "author": [_name(name) for name in authors],
        "issued": _date(first(*_DATES)),
        "container-title": first(*_OUTLETS),
        "language": first("LA"),
        "section": first("SE"),
        "abstract": first("AB", "N2"),
        "accessed": _date(first("Y2")),
        "archive": first("DB", "DP"),
    }
    return {key: value for key, value in item.items() if value}


def _name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}


def _date(written: str | None) -> Any:
    """Return a date; RIS writes 2024/05/06/ with empty parts for what is not known."""
    if written is None:
        return None
    parts = [part for part in written.split("/")[:3] if part.strip()]
    if parts and all(part.strip().isdecimal() for part in parts):
        return {"date-parts": [parts]}
    return {"raw": written.strip("/ ")}
