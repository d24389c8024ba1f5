"""A configuration with wrong values -> the same without them, so that all else in it can be tried in one round."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from corpus.config.lines import Key

Validate = Callable[[dict[str, Any]], Iterable[Key]]  # a configuration -> the keys of what is wrong with it


def take_out(part: dict[str, Any], keys: Iterable[Key], wrong: Validate) -> None:
    """Take the values at some keys out of a configuration.

    A source keeps its place among the others: where its address or its name is wrong, another one stands in for it.
    Of a table whose values are wrong together, those stay that are valid beside the others, in their order.
    """
    for key in sorted(set(keys), key=_from_the_end):
        table = _at(part, key)
        if isinstance(table, dict) and not _is_source(key):
            _thin(part, table, key, wrong)
        else:
            _remove(part, key)


def _from_the_end(key: Key) -> tuple[int, list[tuple[bool, int, str]]]:
    """Order keys so that the deepest goes first, and the last item of a list before those that it would move."""
    parts = [(isinstance(part, str), -part if isinstance(part, int) else 0, str(part)) for part in key]
    return -len(key), parts


def _thin(part: dict[str, Any], table: dict[str, Any], key: Key, wrong: Validate) -> None:
    """Take the values out of a table, and put each back that makes nothing wrong there."""
    values = dict(table)
    table.clear()
    for name, value in values.items():
        table[name] = value
        if any(found[: len(key)] == key for found in wrong(part)):
            del table[name]


def _remove(part: dict[str, Any], key: Key) -> None:
    *above, last = key or ("",)
    holder = _at(part, tuple(above))
    if _is_source(key):
        holder[last] = {}
    elif isinstance(holder, dict):
        holder.pop(last, None)
    elif isinstance(holder, list) and isinstance(last, int) and last < len(holder):
        del holder[last]
    for number, source in _sources_of(part, key):
        source.setdefault("url", f"https://source-{number}.invalid/")
        source.setdefault("name", f"source-{number}")


def _sources_of(part: dict[str, Any], key: Key) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the source that a key is of, with its number."""
    if key[:1] == ("source",) and len(key) > 1 and isinstance(key[1], int):
        source = part["source"][key[1]]
        if isinstance(source, dict):
            yield key[1], source


def _is_source(key: Key) -> bool:
    return len(key) == 2 and key[0] == "source"


def _at(part: Any, key: Key) -> Any:
    """Return what stands at a key; None: nothing does."""
    for name in key:
        try:
            part = part[name]
        except (KeyError, IndexError, TypeError):
            return None
    return part
