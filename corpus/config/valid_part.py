"""A configuration with wrong values -> the same without them, so that all else in it can be tried in one round."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from corpus.config.lines import Key

# A configuration -> the key of each fault in it, and what is said of that.
Validate = Callable[[dict[str, Any]], Iterable[tuple[Key, str]]]


def take_out(part: dict[str, Any], keys: Iterable[Key], wrong: Validate) -> Iterator[Key]:
    """Take the values at some keys out of a configuration; give the keys that have no value any more.

    A source keeps its place among the others: where its address or its name is wrong, another one stands in for it.
    Of values of a table that are wrong together, the first goes without which something else is said, or nothing.
    """
    for key in sorted(set(keys), key=_from_the_end):
        table = _at(part, key)
        if isinstance(table, dict) and not _is_source(key):
            yield from _thin(part, table, key, wrong)
        else:
            _remove(part, key)
            while key and isinstance(key[-1], int):  # an item of a list, which may have others
                key = key[:-1]
            if not _at(part, key):
                yield key


def _from_the_end(key: Key) -> tuple[int, list[tuple[bool, int, str]]]:
    """Order keys so that the deepest goes first, and the last item of a list before those that it would move."""
    parts = [(isinstance(part, str), -part if isinstance(part, int) else 0, str(part)) for part in key]
    return -len(key), parts


def _thin(part: dict[str, Any], table: dict[str, Any], key: Key, wrong: Validate) -> Iterator[Key]:
    """Take one value out of a table, or all where no single one changes what is said of them together."""

    def said() -> set[str]:
        return {message for found, message in wrong(part) if found[: len(key)] == key}

    before, values = said(), dict(table)
    for name in values:
        del table[name]
        if said() != before:
            yield (*key, name)
            return
        table.clear()
        table.update(values)
    table.clear()
    yield from ((*key, name) for name in values)


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
