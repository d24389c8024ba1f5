"""The text of a TOML file -> the line each key stands on, such as ("source", 0, "delay") -> 7.

The text has been read by tomllib already, so it is valid; this only finds line numbers. Tables, arrays of tables,
dotted keys, inline tables and the items of arrays all have their line, the first one that names them.
"""

import re
from bisect import bisect_right

Key = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")|'  # up to two quotes may stand before the closing three
    r"'''.*?'{3,5}(?!')|"
    r'"(?:[^"\\]|\\.)*"|'
    r"'[^']*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\r\n]*")
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|(.))")


def key_lines(text: str) -> dict[Key, int]:
    """Return key path -> line, counted from 1."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._lines: dict[Key, int] = {}
        self._last_item: dict[Key, int] = {}  # array of tables -> index of its latest

    def scan(self) -> dict[Key, int]:
        table: Key = ()
        while self._skip(_BLANK) < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self._lines

    def _header(self) -> Key:
        start = self._at
        array = self._text.startswith("[[", start)
        self._at += 2 if array else 1
        path: Key = ()
        *parents, last = self._key()
        for part in parents:
            path = self._inside((*path, part), start)
        self._at = self._text.index("]", self._at) + (2 if array else 1)
        if not array:
            return self._inside((*path, last), start)
        path = (*path, last)
        self._note(path, start)
        self._last_item[path] = self._last_item.get(path, -1) + 1
        return self._inside(path, start)

    def _inside(self, path: Key, start: int) -> Key:
        """Enter a table; of an array of tables, enter the latest."""
        self._note(path, start)
        if path in self._last_item:
            path = (*path, self._last_item[path])
            self._note(path, start)
        return path

    def _pair(self, table: Key) -> None:
        start = self._at
        path = table
        for part in self._key():
            path = (*path, part)
            self._note(path, start)
        self._at = self._text.index("=", self._at) + 1
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: Key) -> None:
        character = self._text[self._at]
        if character == "[":
            self._items(path)
        elif character == "{":
            self._pairs(path)
        else:
            self._skip(_STRING if character in "\"'" else _SCALAR)

    def _items(self, path: Key) -> None:
        self._at += 1
        index = 0
        while self._text[self._skip(_BLANK)] != "]":
            self._note((*path, index), self._at)
            self._value((*path, index))
            index += 1
            if self._text[self._skip(_BLANK)] == ",":
                self._at += 1
        self._at += 1

    def _pairs(self, path: Key) -> None:
        self._at += 1
        while self._text[self._skip(_BLANK)] != "}":
            self._pair(path)
            if self._text[self._skip(_BLANK)] == ",":
                self._at += 1
        self._at += 1

    def _key(self) -> list[str]:
        """Read a key, its dotted parts apart."""
        parts: list[str] = []
        while True:
            self._skip(_SPACE)
            start = self._at
            if self._text[start] in "\"'":
                written = self._text[start + 1 : self._skip(_STRING) - 1]
                parts.append(_ESCAPE.sub(_unescape, written) if self._text[start] == '"' else written)
            else:
                parts.append(self._text[start : self._skip(_BARE)])
            if self._text[self._skip(_SPACE)] != ".":
                return parts
            self._at += 1

    def _skip(self, pattern: re.Pattern[str]) -> int:
        """Go past what matches here; return where that ends."""
        if found := pattern.match(self._text, self._at):
            self._at = found.end()
        return self._at

    def _note(self, path: Key, start: int) -> None:
        self._lines.setdefault(path, bisect_right(self._starts, start))


def _unescape(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    return chr(int(code, 16)) if code else _ESCAPES[found[4]]
