"""Our dataclasses are what the standard library's are; only their constructors are written later."""

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from dataclasses import FrozenInstanceError, fields
from types import ModuleType
from typing import Any

import pytest

import corpus
import crawler
import indexer
import web
from corpus import dataclass as ours
from corpus.dataclass import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Point:
    """Two numbers."""

    x: int
    y: int = 2
    seen: dict[str, int] = field(default_factory=dict, hash=False)
    note: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Point):
    name: str
    z: float = 0.0


@dataclass(slots=True)
class Tally:
    """May be written to; its sum is made of what it was given."""

    parts: list[int] = field(default_factory=list)
    total: int = field(init=False)

    def __post_init__(self) -> None:
        self.total = sum(self.parts)


@dataclass(frozen=True)
class Loose:
    one: float


@dataclass(unsafe_hash=True, slots=True)
class Word:
    text: str


def test_a_value_is_made_from_places_names_and_defaults() -> None:
    assert (Point(1).x, Point(1).y, Point(1).seen, Point(y=3, x=4).y) == (1, 2, {}, 3)
    assert Point(1).seen is not Point(1).seen
    assert (Place(1, name="a").name, Place(1, 5, name="a", z=2).y) == ("a", 5)
    assert Tally([1, 2]).total == 3


@pytest.mark.parametrize("args", [(), (1, 2, {}, "", 5)])
def test_too_few_or_too_many_values_are_refused_each_time(args: tuple[Any, ...]) -> None:
    for _ in range(2):
        with pytest.raises(TypeError, match=r"Point\.__init__\(\)"):
            Point(*args)


def test_two_values_are_equal_by_the_fields_that_are_compared() -> None:
    assert Point(1, note="a") == Point(1, note="b")
    assert Point(1) != Point(2)
    assert Point(1) != Place(1, name="a")
    assert Point(1).__eq__(5) is NotImplemented
    nan = float("nan")
    assert Loose(nan) == Loose(nan)  # as in a tuple: the same thing is equal to itself


def test_a_value_that_does_not_change_has_a_hash_of_its_fields() -> None:
    assert hash(Point(1, seen={"a": 1})) == hash(Point(1))
    assert len({Point(1), Point(1), Point(2), Word("a"), Word("a"), Loose(1)}) == 4
    with pytest.raises(TypeError, match="unhashable"):
        hash(Tally())


def test_what_is_printed_names_the_fields() -> None:
    assert repr(Point(1)) == "Point(x=1, y=2, seen={})"
    endless = Tally()
    endless.parts.append(endless)  # type: ignore[arg-type]
    assert repr(endless) == "Tally(parts=[...], total=0)"


def test_nothing_is_set_or_deleted_where_it_is_frozen() -> None:
    for value in (Point(1), Loose(1)):
        name = fields(value)[0].name
        with pytest.raises(FrozenInstanceError, match=f"cannot assign to field '{name}'"):
            setattr(value, name, 2)
        with pytest.raises(FrozenInstanceError, match=f"cannot delete field '{name}'"):
            delattr(value, name)
    with pytest.raises(AttributeError):
        Tally().other = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", [Point(1, 3, {"a": 1}, "n"), Place(1, name="b"), Tally([4]), Loose(2), Word("c")])
def test_a_value_is_copied_pickled_and_replaced(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value), replace(value)):
        assert again == value
        assert repr(again) == repr(value)
        assert type(again) is type(value)
    assert replace(Point(1), y=9) == Point(1, 9)


def test_every_class_of_ours_has_the_constructor_that_the_standard_library_writes() -> None:
    classes = [
        each
        for package in (corpus, crawler, indexer, web)
        for module in _modules(package)
        for each in vars(module).values()
        if isinstance(each, type) and "__dataclass_fields__" in vars(each) and each.__module__ == module.__name__
    ]
    assert len(classes) > 400
    for each in classes:
        plain = type(each.__name__, (), {})
        for one in fields(each):
            given = field(default=one.default) if one.default is not dataclasses.MISSING else field()
            if one.default_factory is not dataclasses.MISSING:
                given = field(default_factory=one.default_factory)
            given.init, given.kw_only = one.init, one.kw_only
            setattr(plain, one.name, given)
        plain.__annotations__ = {one.name: one.type for one in fields(each)}
        expected = inspect.signature(dataclasses.dataclass(plain))
        found = inspect.signature(ours._constructor(each, frozen=False, slots=False))
        assert [(name, given.kind) for name, given in list(found.parameters.items())[1:]] == [
            (name, given.kind) for name, given in expected.parameters.items()
        ], each


def _modules(package: ModuleType) -> list[ModuleType]:
    found = pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    return [importlib.import_module(each.name) for each in found if not each.name.endswith("__main__")]
