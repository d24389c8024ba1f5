"""What a reading returns <-> JSON, from which only a value of the declared type can be built.

A worker that was taken over may answer anything. Its answer is parsed as JSON and built, piece by piece, by the type
that the reading function declares to return: no name in the answer chooses a class, and nothing is called but the
constructors of those dataclasses. Types: None, bool, int, float, str, bytes, datetime, date, timedelta, enums,
dataclasses, tuples, lists, sets, dicts with text for keys, unions of these, and Any for what JSON itself holds.
"""

import json
import types
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache, lru_cache
from itertools import repeat
from operator import attrgetter, is_
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from corpus.characters import printable
from crawler.pool.reading import Reading

Turn = Callable[[Any], Any]

_PLAIN = (str, int, bool, type(None))
_MICROSECOND = timedelta(microseconds=1)


class _Codec(NamedTuple):
    """How a type is written as what JSON holds, and read back; `plain` when both leave it as it is.

    `read_all` reads a list of such values at once, where that is cheaper than one after the other.
    """

    write: Turn
    read: Turn
    plain: bool = False
    read_all: Callable[[list[Any]], list[Any]] | None = None

    def column(self, values: list[Any]) -> list[Any]:
        """Read values that stand in one list."""
        return self.read_all(values) if self.read_all else list(map(self.read, values))


@lru_cache(32)  # the hints of a function take as long as a twentieth of a page
def declared(function: Callable[..., Any]) -> Any:
    """Return the type a function declares to return; Any when it declares none."""
    if isinstance(function, Reading):
        return function.answer
    return get_type_hints(function).get("return", Any)


def parted(answer: bytes) -> tuple[str, bytes]:
    """Return the reason of a worker's answer (empty when there is none), and the JSON after it, not yet read.

    Raises:
        ValueError: It is no answer of a worker.
    """
    head, comma, _ = answer[:40].partition(b",")
    reason = json.loads(head[1:]) if comma and head.startswith(b"[") and answer.endswith(b"]") else None
    if not isinstance(reason, str):
        raise ValueError("no answer")
    return printable(reason), answer[len(head) + 1 : -1]


def written(value: Any, kind: Any) -> bytes:
    """Return a value of the type as JSON.

    Raises:
        TypeError: The type, or a value within, is none we can write.
    """
    return json.dumps(_codec(kind).write(value), separators=(",", ":"), default=_number_of).encode("ascii")


def read(answer: bytes, kind: Any) -> Any:
    """Return the value of the type that an answer holds.

    Raises:
        ValueError: The answer holds none.
    """
    try:
        return _codec(kind).read(json.loads(answer))
    except (TypeError, LookupError, OverflowError, RecursionError, AttributeError) as error:
        raise ValueError(f"the answer is no {kind}") from error


@cache
def _codec(kind: Any) -> _Codec:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return _Codec(_same, _same)
    if kind in _PLAIN or kind is None:
        return _scalar(type(None) if kind is None else kind)
    if kind is float:
        return _Codec(_same, _number)
    if origin in (Union, types.UnionType):
        return _union(tuple(_codec(each) for each in inner), inner)
    if origin is Literal:
        return _Codec(_same, lambda value: inner[inner.index(value)])
    if origin in (tuple, list, set, frozenset):
        return _sequence(origin, inner)
    if origin is dict:
        key, value = map(_codec, inner)
        return _Codec(
            lambda whole: [[key.write(name), value.write(each)] for name, each in whole.items()],
            lambda pairs: {key.read(name): value.read(each) for name, each in _list(pairs)},
        )
    return _class(kind)


def _class(kind: Any) -> _Codec:
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        # The name, without the call of Python's that `name` is.
        return _Codec(attrgetter("_name_"), dict(kind.__members__).__getitem__)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(kind)
    raise TypeError(f"{kind} is no type that a worker can answer with")


def _dataclass(kind: type) -> _Codec:
    members = _members(kind)
    names, codecs = [name for name, _ in members], [codec for _, codec in members]

    def write(value: Any) -> list[Any]:
        return [getattr(value, name) if codec.plain else codec.write(getattr(value, name)) for name, codec in members]

    reads = [codec.read for codec in codecs]

    def build(values: Any) -> Any:
        pairs = zip(names, reads, _list(values), strict=True)
        return kind(**{name: read_one(each) for name, read_one, each in pairs})

    # JSON writes the tuple of what is plain as a list.
    return _Codec(attrgetter(*names) if len(names) > 1 and all(codec.plain for codec in codecs) else write, build)


def _members(kind: type) -> tuple[tuple[str, _Codec], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, _codec(hints[field.name])) for field in fields(kind) if field.init)


def _sequence(make: Any, inner: tuple[Any, ...]) -> _Codec:
    if make is tuple and not (len(inner) == 2 and inner[1] is Ellipsis):
        parts = tuple(map(_codec, inner))
        return _Codec(
            lambda whole: [codec.write(each) for codec, each in zip(parts, whole, strict=True)],
            lambda listed: tuple(codec.read(each) for codec, each in zip(parts, _list(listed), strict=True)),
        )
    item = _codec(inner[0])
    if is_dataclass(inner[0]):
        return _table(make, inner[0])
    write, read_item = item.write, item.read
    if inner[0] in _PLAIN:
        return _Codec(list, lambda listed: make(_all_of({inner[0]}, _list(listed))))
    if item.plain:
        return _Codec(list, lambda listed: make(map(read_item, _list(listed))))
    return _Codec(lambda whole: list(map(write, whole)), lambda listed: make(map(read_item, _list(listed))))


def _table(make: Any, kind: Any) -> _Codec:
    """Dataclasses of one kind, written by columns: a page's links differ in their addresses, and in little else.

    A column of one value, which all of them share, is written once; never the first, so that no answer is short and
    asks for more than it holds.
    """
    members = _members(kind)
    names = [name for name, _ in members]
    columns = [(attrgetter(name), codec, n > 0) for n, (name, codec) in enumerate(members)]

    def write(whole: Any) -> list[list[Any]]:
        rows = list(whole)
        return [_column(list(map(value_of, rows)), codec, may_be_shared) for value_of, codec, may_be_shared in columns]

    def build(written: Any) -> Any:
        listed = list(map(_list, _list(written)))
        if not any(listed) and len(listed) == len(members):
            return make()
        count = len(listed[0])
        read_columns = [_rows(column, codec, count) for column, (_, codec) in zip(listed, members, strict=True)]
        return make(kind(**dict(zip(names, row, strict=True))) for row in zip(*read_columns, strict=True))

    return _Codec(write, build)


def _column(values: list[Any], codec: _Codec, may_be_shared: bool) -> list[Any]:
    if may_be_shared and len(values) > 1 and all(map(is_, values, repeat(values[0]))):
        values = values[:1]
    return values if codec.plain else list(map(codec.write, values))


def _rows(column: list[Any], codec: _Codec, count: int) -> list[Any]:
    values = codec.column(column)
    return values * count if len(values) == 1 else values


def _union(codecs: tuple[_Codec, ...], kinds: tuple[Any, ...]) -> _Codec:
    """None, or one of the other types; which one is written before the value when there are several."""
    others = [(kind, codec) for kind, codec in zip(kinds, codecs, strict=True) if kind is not type(None)]
    if len(others) == 1 and len(kinds) == 2:
        kind, codec = others[0]
        write, read_one = codec.write, codec.read
        if kind in _PLAIN:
            allowed = (kind, type(None))
            return _Codec(_same, _one_of(allowed), True, lambda values: _all_of(set(allowed), values))
        return _Codec(
            lambda value: None if value is None else write(value),
            lambda value: None if value is None else read_one(value),
            codec.plain,
        )

    def choose(value: Any) -> list[Any]:
        for place, (kind, codec) in enumerate(zip(kinds, codecs, strict=True)):
            if isinstance(value, get_origin(kind) or kind):
                return [place, codec.write(value)]
        raise TypeError(f"{type(value)} is none of {kinds}")

    return _Codec(choose, lambda pair: codecs[range(len(codecs))[pair[0]]].read(pair[1]))


def _scalar(kind: type) -> _Codec:
    return _Codec(_same, _one_of((kind,)), True, lambda values: _all_of({kind}, values))


def _one_of(kinds: tuple[type, ...]) -> Turn:
    def check(value: Any) -> Any:
        if type(value) not in kinds:
            raise ValueError(f"expected {' or '.join(kind.__name__ for kind in kinds)}")
        return value

    return check


def _same(value: Any) -> Any:
    return value


def _number_of(value: Any) -> Any:
    """Return the plain number in one of NumPy's."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} is nothing JSON holds")


def _number(value: Any) -> float:
    if type(value) not in (int, float):
        raise ValueError("expected a number")
    return float(value)


def _all_of(kinds: set[type], values: list[Any]) -> list[Any]:
    if not kinds.issuperset(map(type, values)):
        raise ValueError(f"expected {' or '.join(sorted(kind.__name__ for kind in kinds))}")
    return values


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise ValueError("expected a list")
    return value


_SIMPLE = {
    bytes: _Codec(lambda value: b64encode(value).decode("ascii"), lambda text: b64decode(text, validate=True)),
    datetime: _Codec(datetime.isoformat, datetime.fromisoformat),
    date: _Codec(date.isoformat, date.fromisoformat),
    timedelta: _Codec(lambda value: value // _MICROSECOND, lambda number: number * _MICROSECOND),
}
