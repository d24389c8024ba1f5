"""What pydantic found wrong -> problems in our words, each with its key, line and excerpt."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from corpus.config.lines import Key
from corpus.config.secrets import is_secret_line, without_tokens
from corpus.config.units import shown
from corpus.errors import Problem

_EXPECTED = {
    "bool_type": "expected true or false",
    "int_type": "expected a whole number",
    "int_parsing_size": "expected a whole number of fewer digits",
    "float_type": "expected a number",
    "string_type": "expected text in quotes",
    "string_too_short": "expected text that is not empty",
    "tuple_type": "expected a list in square brackets",
    "dict_type": "expected a table",
    "model_type": "expected a table",
    "model_attributes_type": "expected a table",
}
# The pattern of a name in letters, as the settings write it: "^[a-z][a-z0-9-]{0,39}$".
_NAME = re.compile(r"\^\[(A-Z)?a-z\]\[(A-Z)?a-z0-9(?P<also>_?)-\]\{0,(?P<more>\d+)\}\$")


def written_key(key: Key) -> str:
    """Return a key path as we name it: `source[0].delay`."""
    name = ""
    for part in key:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name


class Places:
    """Where each key of a file stands."""

    def __init__(self, file: str, text: str, lines: Mapping[Key, int]) -> None:
        self._file = file
        self._texts = text.splitlines()
        self._lines = lines

    def line(self, key: Key) -> int | None:
        """Return the line of a key, or of the nearest table around it."""
        while key and key not in self._lines:
            key = key[:-1]
        return self._lines.get(key)

    def problem(self, key: Key, message: str) -> Problem:
        """Return a problem with this key."""
        return self.at(self.line(key), written_key(key), message)

    def at(self, line: int | None, key: str, message: str) -> Problem:
        """Return a problem on this line; the line is left out where it may hold a secret."""
        excerpt = None
        if line and line <= len(self._texts) and not is_secret_line(self._texts, line):
            excerpt = without_tokens(self._texts[line - 1].rstrip()[:200])
        return Problem(self._file, line, key, message, excerpt)


def key_of(error: ErrorDetails, raw: Any) -> Key:
    """Return the key an error is about: pydantic also names the branches of a union, which no file holds."""
    key: Key = ()
    for part in error["loc"]:
        if isinstance(raw, Mapping) and isinstance(part, str) and (part in raw or error["type"] == "missing"):
            raw = raw.get(part)
        elif isinstance(raw, Sequence) and not isinstance(raw, str) and isinstance(part, int) and part < len(raw):
            raw = raw[part]
        else:
            continue
        key = (*key, part)
    return key


def message(error: ErrorDetails, model: type[BaseModel], *, secret: bool = False) -> str:
    """Return what is wrong with a value, and what would be right; a secret value is not quoted."""
    kind, written, context = error["type"], shown(error["input"]), error.get("ctx", {})
    given = "its value" if secret else written
    if kind == "extra_forbidden":
        return _misplaced(error, model) or unknown(str(error["loc"][-1]), known_keys(model, error["loc"][:-1]))
    if kind == "missing":
        return "is required"
    if kind == "value_error":
        return str(context["error"]).replace(written, given)
    if kind in _EXPECTED:
        return f"{given}: {_EXPECTED[kind]}"
    bounds = {"greater_than_equal": "must be {ge} or more", "less_than_equal": "must be {le} or less"}
    if kind in bounds:
        return f"{given}: {bounds[kind].format(**context)}"
    if kind == "literal_error":
        return f"{given}: expected {context['expected'].replace(chr(39), chr(34))}"
    if kind == "string_pattern_mismatch":
        return f"{given}: {_mismatch(context['pattern'])}"
    return f"{given}: {error['msg'][:1].lower()}{error['msg'][1:]}"


def _mismatch(pattern: str) -> str:
    """Say what a pattern of the settings lets pass: one for names in letters, or one for any text."""
    named = _NAME.fullmatch(pattern)
    if named is None:
        return "has characters that cannot stand there: expected text without control characters, no blank at its ends"
    first, others = ("letter" if capitals else "small letter" for capitals in named.groups()[:2])
    also, most = ", -, _" if named["also"] else ", -", int(named["more"]) + 1
    return f"expected a {first}, then {others}s, digits{also}: at most {most} characters"


def unknown(key: str, known: Sequence[str]) -> str:
    """Say that a key is not known, and which known key was perhaps meant."""
    from difflib import get_close_matches  # only where something is wrong

    close = get_close_matches(key.lower(), known, n=1, cutoff=0.6)
    return (
        f'not a known key — did you mean "{close[0]}"?' if close else f"not a known key; known are {', '.join(known)}"
    )


def _misplaced(error: ErrorDetails, model: type[BaseModel]) -> str | None:
    """Return what to say of a key for the top of the file that stands below a [table]; None for any other key."""
    *table, key = error["loc"]
    if not table or key not in known_keys(model, ()) or isinstance(error["input"], dict):
        return None
    return f"not a key of [{written_key(tuple(table))}]: it belongs above the first [table] of the file"


def known_keys(model: type[BaseModel], key: Sequence[str | int]) -> list[str]:
    """Return the keys of the table at a key path."""
    for part in key:
        if isinstance(part, str):
            inner = next((each for name, each in tables(model).items() if name == part), None)
            model = inner or model
    return [field.alias or name for name, field in model.model_fields.items()]


def tables(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Return key -> model of the tables inside a table."""
    found: dict[str, type[BaseModel]] = {}
    for name, field in model.model_fields.items():
        kinds = [field.annotation, *getattr(field.annotation, "__args__", ())]
        found.update(
            (field.alias or name, kind) for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)
        )
    return found
