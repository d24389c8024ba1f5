"""Text <-> JSON: a sentence that is stored can still be said in a reader's language."""

import json
from datetime import date, datetime
from typing import Any

from corpus.texts import Text, joined, text, texts
from corpus.texts.sizes import Size

DEEPEST = 8  # texts within texts that are read; ours have three


def as_json(shown: str) -> str | None:
    """Return JSON from which `restored` makes the text again; None for a plain `str`, which is English alone."""
    packed = _packed(shown)
    return None if isinstance(packed, str) else json.dumps(packed)


def restored(english: str, stored: str | None) -> str:
    """Return the text that was stored, with its template and values.

    Args:
        english: The English of the text, as it was stored beside.
        stored: What `as_json` gave. None, JSON of another make, or of another text: the result is `english`.
    """
    if stored is None:
        return english
    try:
        found = _unpacked(json.loads(stored), DEEPEST)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return english
    return found if found == english else english


def _packed(shown: Any) -> Any:
    if isinstance(shown, date):
        return {_kind_of_date(shown): shown.isoformat()}
    if isinstance(shown, Size):
        return {"bytes": int(shown)}
    if not isinstance(shown, Text):
        return str(shown) if isinstance(shown, str) else shown
    values = {name: _packed(value) for name, value in shown.values.items()}
    if shown.template is not None:
        counted = {} if shown.many is None else {"many": shown.many, "number": shown.number}
        return {"template": shown.template, "values": values, **counted}
    is_joined = shown.then is None and all(isinstance(value, str) for value in shown.values.values())
    return {"between": shown.between, "parts": [*values.values()]} if is_joined else str(shown)


def _kind_of_date(shown: date) -> str:
    return "moment" if isinstance(shown, datetime) else "day"


def _unpacked(packed: Any, depth: int) -> Any:
    if not isinstance(packed, dict):
        return packed
    if not depth:
        raise ValueError
    if "moment" in packed:
        return datetime.fromisoformat(packed["moment"])
    if "day" in packed:
        return date.fromisoformat(packed["day"])
    if "bytes" in packed:
        return Size(packed["bytes"])
    if "parts" in packed:
        return joined(packed["between"], [_unpacked(each, depth - 1) for each in packed["parts"]])
    values = {name: _unpacked(value, depth - 1) for name, value in packed["values"].items()}
    if "many" in packed:
        values.pop("n", None)
        return texts(packed["template"], packed["many"], packed["number"], **values)
    return text(packed["template"], **values)
