"""A value as a script writes it -> the value, read and never run: objects, lists, strings, calls of one function.

Reads what JSON is not: keys without quotes, strings in any quotes, `void 0`, `!0`, `new Date(...)`, and a state that a
function returns, `(function(a,b){b.x=1;return {y:a}}("text",{}))`, as old Nuxt writes it. Whatever else stands there
ends the reading. Size, depth and count are bounded.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from crawler.markup.data.serialised import is_within

MAX_DEPTH = 60
MAX_VALUES = 60_000  # of all literals of a page
BEGINNING = 20  # values that one costs to begin: it may be nothing but a comment, and no JSON
MAX_CALLS = 20
MAX_PARAMETERS = 20_000  # of a function that returns a state; each is a value that stands in it several times

_BLANK = re.compile(r"(?:\s++|/\*(?:[^*]|\*(?!/)){0,100}\*/)*")
_STRING = re.compile(
    r'"[^"\\]*+(?:\\.[^"\\]*+)*"|\'[^\'\\]*+(?:\\.[^\'\\]*+)*\'|`[^`\\$]*+(?:(?:\\.|\$(?!\{))[^`\\$]*+)*`', re.S
)
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w$])")
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.S)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": "", "\r\n": ""}
_SPECIAL = re.compile(r"(void 0|!1|!0)(?![\w$])|new (Date|Map|Set)\(|(Object\.create\(null\))")
_CALL = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+\(")  # what a call would give is not known
_WORDS = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None, "Infinity": None}
_FUNCTION = re.compile(r"\(?\s?(?:function\s?\(([\w$,\s]*)\)|\(([\w$,\s]*)\)\s?=>)\s?\{")
_BRACE = re.compile(rf"{_STRING.pattern}|[{{}}]", re.S)
_RETURN = re.compile(r"return(?![\w$])\s?")
_TARGET = re.compile(r"([A-Za-z_$][\w$]*)(?:\.([A-Za-z_$][\w$]*)|\[(\d{1,5}|\"[^\"\\]*\")\])=(?!=)")


@dataclass(slots=True)
class Bounds:
    """How many values may still be read of a page, and how many functions, whose ends are looked for."""

    left: int = MAX_VALUES
    calls: int = MAX_CALLS


@dataclass(slots=True)
class _Reader:
    text: str
    bounds: Bounds
    names: dict[str, Any] = field(default_factory=dict)

    def value(self, at: int, depth: int = 0) -> tuple[Any, int]:
        """Return the value at a place, and where it ends."""
        self.bounds.left -= 1
        if depth > MAX_DEPTH or self.bounds.left < 0:
            raise ValueError
        at = self._past(at)
        first = self.text[at : at + 1]
        if first == "{":
            return self._object(at + 1, depth)
        if first == "[":
            return self._list(at + 1, "]", depth)
        if first in {'"', "'", "`"}:
            return self._string(at)
        return self._word(at, depth)

    def _object(self, at: int, depth: int) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        at = self._past(at)
        while not self.text.startswith("}", at):
            key, at = self._key(at)
            found[key], at = self.value(self._over(at, ":"), depth + 1)
            at = self._between(at, "}")
        return found, at + 1

    def _key(self, at: int) -> tuple[str, int]:
        if self.text[at : at + 1] in {'"', "'"}:
            return self._string(at)
        match = _WORD.match(self.text, at) or _NUMBER.match(self.text, at)
        if match is None:
            raise ValueError
        return match[0], match.end()

    def _list(self, at: int, end: str, depth: int) -> tuple[list[Any], int]:
        found: list[Any] = []
        at = self._past(at)
        while not self.text.startswith(end, at):
            if self.text.startswith(",", at):  # a place without a value
                at = self._past(at + 1)
                continue
            part, at = self.value(at, depth + 1)
            found.append(part)
            at = self._between(at, end)
        return found, at + 1

    def _string(self, at: int) -> tuple[str, int]:
        match = _STRING.match(self.text, at)
        if match is None:
            raise ValueError
        inner = match[0][1:-1]
        if "\\" not in inner:
            return inner, match.end()
        plain = _ESCAPE.sub(_unescaped, inner)  # a character beyond the first plane is written as two halves
        return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), match.end()

    def _word(self, at: int, depth: int) -> tuple[Any, int]:
        if number := _NUMBER.match(self.text, at):
            return json.loads(number[0]) if _is_json(number[0]) else float(number[0]), number.end()
        if special := _SPECIAL.match(self.text, at):
            if special[1]:
                return {"!0": True, "!1": False}.get(special[1]), special.end()
            if special[3]:
                return {}, special.end()
            parts, end = self._list(special.end(), ")", depth)
            part = parts[0] if parts else None
            return (dict(_pairs(part)) if special[2] == "Map" else part), end
        word = _WORD.match(self.text, at)
        if word and word[0] in _WORDS:
            return _WORDS[word[0]], word.end()
        if word and word[0] in self.names:
            return self.names[word[0]], word.end()
        if called := _CALL.match(self.text, at):
            return None, self._list(called.end(), ")", depth)[1]
        raise ValueError

    def call(self, at: int) -> tuple[Any, int]:
        """Return the value of a function that is called where it is written; only its parameters have values in it."""
        head = _FUNCTION.match(self.text, at)
        self.bounds.calls -= 1
        if head is None or self.bounds.calls < 0:
            raise ValueError
        names = [name.strip() for name in (head[1] or head[2] or "").split(",") if name.strip()]
        end = self._body_end(head.end())
        at = self._past(end + 1)
        at = self._past(at + 1) if self.text.startswith(")", at) else at
        values, after = self._list(self._over(at, "("), ")", 0)
        if len(names) > MAX_PARAMETERS:
            raise ValueError
        self.names = dict(zip(names, [*values, *[None] * len(names)], strict=False))
        found = self._returned(head.end(), end)
        if not is_within(found, MAX_VALUES):  # names may put an object in itself, or twice in each of forty
            raise ValueError
        return found, after

    def _returned(self, at: int, end: int) -> Any:
        at = self._past(at)
        while at < end:
            if said := _RETURN.match(self.text, at):
                return self.value(said.end())[0]
            at = self._assigned(at)
            while self.text[at : at + 1] in {";", ","}:
                at = self._past(at + 1)
        raise ValueError

    def _assigned(self, at: int) -> int:
        """Read `a.title="..."`, which fills an object that is an argument."""
        target = _TARGET.match(self.text, at)
        if target is None:
            raise ValueError
        value, at = self.value(target.end(), 1)
        held = self.names.get(target[1])
        key = target[2] or target[3].strip('"')
        if isinstance(held, dict):
            held[key] = value
        elif isinstance(held, list) and key.isdecimal() and int(key) <= len(held):
            held[int(key) : int(key) + 1] = [value]
        return self._past(at)

    def _body_end(self, at: int) -> int:
        depth = 1
        for match in _BRACE.finditer(self.text, at):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if depth == 0:
                return match.start()
        raise ValueError

    def _past(self, at: int) -> int:
        blank = _BLANK.match(self.text, at)
        return blank.end() if blank else at

    def _over(self, at: int, mark: str) -> int:
        at = self._past(at)
        if not self.text.startswith(mark, at):
            raise ValueError
        return at + len(mark)

    def _between(self, at: int, end: str) -> int:
        at = self._past(at)
        return at if self.text.startswith(end, at) else self._past(self._over(at, ","))


def read_literal(text: str, at: int, bounds: Bounds) -> tuple[Any, int]:
    """Return the value that begins at a place of a script, and where it ends.

    Raises:
        ValueError: What stands there is more than data, or goes beyond the bounds.
    """
    bounds.left -= BEGINNING
    return _Reader(text, bounds).value(at)


def read_call(text: str, at: int, bounds: Bounds) -> tuple[Any, int]:
    """Return the value that a function called in place returns, and where the call ends.

    Raises:
        ValueError: The function does more than fill its arguments and return data.
    """
    return _Reader(text, bounds).call(at)


def _pairs(value: Any) -> list[tuple[str, Any]]:
    parts = value if isinstance(value, list) else []
    return [(str(part[0]), part[1]) for part in parts if isinstance(part, list) and len(part) == 2]


def _is_json(number: str) -> bool:
    return number.lstrip("-")[:1].isdigit() and (number.lstrip("-") == "0" or number.lstrip("-")[:1] != "0")


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _ESCAPED.get(match[4], match[4])
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""
