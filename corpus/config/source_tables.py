"""The text of a config file -> the same with a source or a setting more or less; all else in it stays."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice, takewhile
from typing import Any

from corpus import urls
from corpus.errors import PressmarkError

MAX_ENDS = 20  # lines tried as the end of a source; the file is read again for each

_HEADER = re.compile(r"[ \t]*\[\[[ \t]*source[ \t]*\]\]")
_SINGLE_HEADER = re.compile(r"^[ \t]*\[[ \t]*source[ \t]*\]", re.MULTILINE)
_INNER_HEADER = re.compile(r"[ \t]*\[{1,2}[ \t]*source[ \t]*\.")
_ANY_HEADER = re.compile(r"[ \t]*\[")
_ADDRESS = re.compile(r"[ \t]*url[ \t]*=")
_NOTHING = re.compile(r"[ \t]*(#.*)?$")


def with_source(
    text: str,
    url: str,
    name: str | None,
    *,
    feeds: Sequence[str] = (),
    sitemaps: Sequence[str] = (),
    section: str | None = None,
) -> str:
    """Return the text with a source at the end, in the form the file has sources in.

    Raises:
        PressmarkError: The one source that is there is written in a form that none can be put beside.
    """
    import tomlkit
    from tomlkit.items import AoT, Array, Table

    document = _read(_with_list(text))
    table = tomlkit.table()
    given = {"name": name, "url": url, "feeds": list(feeds), "sitemaps": list(sitemaps), "section": section}
    for key, value in given.items():
        if value:
            table[key] = value
    sources = document.get("source")
    if sources is None:
        sources = document["source"] = tomlkit.aot()
    if isinstance(sources, AoT):
        sources.append(table)
        return tomlkit.dumps(document)
    inline = tomlkit.inline_table()
    inline.update(table)
    one = inline if len(table) > 1 else url
    if isinstance(sources, Array):
        sources.append(one)
    elif isinstance(sources, Table):
        raise PressmarkError("the one source is written in a form that none is put beside from here: write [[source]]")
    else:
        document["source"] = array = tomlkit.array()
        array.extend([sources.unwrap(), one])
    return tomlkit.dumps(document)


def with_feed(text: str, name: str, feed: str) -> str | None:
    """Return the text with one more feed of a source; None when the source is not in it, or has the feed already."""
    import tomlkit

    document = _read(text)
    sources = document.get("source")
    if sources is None:
        return None
    holder: Any = sources if isinstance(sources, list) else document
    for place, source in enumerate(sources) if holder is sources else [("source", sources)]:
        if _name_of(source) != name:
            continue
        if isinstance(source, str):
            table = tomlkit.inline_table()
            table.update({"url": str(source), "feeds": [feed]})  # a copy: the item is robbed of its comment
            holder[place] = table
        elif feed in source.get("feeds", ()):
            return None
        else:
            source["feeds"] = [*source.get("feeds", ()), feed]
        return tomlkit.dumps(document)
    return None


def with_setting(text: str, name: str, keys: tuple[str, ...], value: Any) -> tuple[str, Any]:
    """Return the text with a setting of a source changed, and the former value; None is a setting that is not set.

    Args:
        keys: Of the setting within the source, such as ("selectors", "byline").

    Raises:
        PressmarkError: There is no such source, or it is written in a form that is not changed from here.
    """
    wanted = tomllib.loads(text)
    sources = wanted.get("source", [])
    is_list = isinstance(sources, list)
    place = next((n for n, each in enumerate(sources if is_list else [sources]) if _name_of(each) == name), None)
    if place is None:
        raise PressmarkError(f'source "{name}": it is not in the file')
    holder: Any = sources if is_list else wanted
    key: Any = place if is_list else "source"
    if isinstance(holder[key], str):
        holder[key] = {"url": holder[key]}
    is_new = value is not None and keys[0] not in holder[key]
    was = _set(holder[key], keys, value)
    for found in (*(_with_lines_of(text, place, keys, value) if is_new else ()), _edited(text, place, keys, value)):
        with suppress(tomllib.TOMLDecodeError):
            if tomllib.loads(found) == wanted:
                return found, was
    raise PressmarkError(f'source "{name}": it is written in a form that is not changed from here: write it by hand')


def without_source(text: str, name: str) -> tuple[str, str] | None:
    """Return the text without a source, and the source's own lines; None when it has none of that name.

    Comments after its last line stay: they may belong to what comes next.

    Raises:
        PressmarkError: The source is written in a way that we do not take out, such as within a line with others.
    """
    sources = tomllib.loads(text).get("source", [])
    listed = sources if isinstance(sources, list) else [sources]
    place = next((n for n, each in enumerate(listed) if _name_of(each) == name), None)
    if place is None:
        return None
    lines = text.splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if _HEADER.match(line)]
    start = starts[place] if len(starts) == len(listed) else len(lines)
    ends = (n for n in range(start + 1, len(lines) + 1) if n == len(lines) or _begins_another(lines[n]))
    for end in islice(ends, MAX_ENDS):  # what looks like another table may stand in a text
        while end > start + 1 and _NOTHING.match(lines[end - 1].rstrip("\r\n")):
            end -= 1
        found = "".join([*lines[:start], *lines[end:]])
        if _is_without(found, text, place):
            return found, "".join(lines[start:end])
    raise PressmarkError(f'source "{name}": it is written in a form that is not changed from here: take it out by hand')


def with_lines(text: str, lines: str) -> str:
    """Return the text with lines at its end, such as those of a source that was taken out.

    Raises:
        PressmarkError: The file would be no TOML then.
    """
    found = f"{text.rstrip()}\n\n{lines}" if text.strip() else lines
    try:
        tomllib.loads(found)
    except tomllib.TOMLDecodeError as error:
        raise PressmarkError(f"the lines cannot be put back: {error}") from error
    return found


def _set(table: Any, keys: tuple[str, ...], value: Any) -> Any:
    """Set a value in a table and the tables in it, and return what it was; None: not set. No empty table stays."""
    if len(keys) > 1:
        inner = table.get(keys[0], {})
        was = _set(inner, keys[1:], value)
        if inner and keys[0] not in table:
            table[keys[0]] = inner
        elif not inner:
            table.pop(keys[0], None)
        return was
    was = table.get(keys[0])
    if value is None:
        table.pop(keys[0], None)
    else:
        table[keys[0]] = value
    return was


def _with_lines_of(text: str, place: int, keys: tuple[str, ...], value: Any) -> Iterator[str]:
    """Give the text with a line more in a [[source]]: after its address, or after its header."""
    import tomlkit

    lines = text.splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if _HEADER.match(line)][place : place + 1]
    for start in starts:
        own = list(takewhile(lambda n: not _ANY_HEADER.match(lines[n]), range(start + 1, len(lines))))
        behind = [n for n in own if _ADDRESS.match(lines[n])][:1]
        for at in (*behind, start):
            before = "".join(lines[: at + 1])
            line = f"{'.'.join(keys)} = {tomlkit.item(value).as_string()}\n"
            yield "".join([before if before.endswith("\n") else f"{before}\n", line, *lines[at + 1 :]])


def _edited(text: str, place: int, keys: tuple[str, ...], value: Any) -> str:
    """Return the text with a setting changed where its source stands, in the form the source has."""
    import tomlkit

    document = tomlkit.parse(text)
    sources = document["source"]
    holder: Any = sources if isinstance(sources, list) else document
    key: Any = place if isinstance(sources, list) else "source"
    if isinstance(holder[key], str):
        table = tomlkit.inline_table()
        table["url"] = str(holder[key])
        holder[key] = table
    _set(holder[key], keys, value)
    return tomlkit.dumps(document)


def _with_list(text: str) -> str:
    """Return the text with its one [source] as the first [[source]], so that others can stand beside it."""
    wanted = tomllib.loads(text)
    found = _SINGLE_HEADER.sub("[[source]]", text, count=1)
    if not isinstance(wanted.get("source"), dict) or found == text:
        return text
    wanted["source"] = [wanted["source"]]
    with suppress(tomllib.TOMLDecodeError):
        if tomllib.loads(found) == wanted:
            return found
    return text


def _begins_another(line: str) -> bool:
    return _ANY_HEADER.match(line) is not None and not _INNER_HEADER.match(line)


def _is_without(found: str, text: str, place: int) -> bool:
    """Whether a text says what the other one does, but for the source at a place."""
    try:
        left = tomllib.loads(found)
    except tomllib.TOMLDecodeError:
        return False
    wanted = tomllib.loads(text)
    del wanted["source"][place]
    return left == (wanted if wanted["source"] else {key: wanted[key] for key in wanted if key != "source"})


def _name_of(source: Any) -> str | None:
    url = source if isinstance(source, str) else source.get("url", "")
    return (None if isinstance(source, str) else source.get("name")) or urls.host(url) or url[:80]


def _read(text: str) -> Any:
    """The text as tomlkit reads it, which keeps comments and order."""
    import tomlkit

    return tomlkit.parse(f"{text.rstrip()}\n\n" if text.strip() else "")
