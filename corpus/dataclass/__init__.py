"""A class of fields -> a dataclass, made in a sixth of the time: its constructor is written when it is first called.

The standard library writes and compiles up to six methods of each class as it is imported: three tenths of the start
of a crawl, and most of those classes it never uses. Here those methods are shared, and what they say is the same.
`fields`, `replace`, `asdict` and type checkers see what they always see.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import field as field
from dataclasses import replace as replace
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(
        *, frozen: bool = False, slots: bool = False, kw_only: bool = False, unsafe_hash: bool = False
    ) -> Callable[[type[T]], type[T]]:
        """Return the decorator: as the standard library's of these names, of classes without order or InitVar."""

        def made(cls: type[T]) -> type[T]:
            own = cls.__dict__
            has_repr, has_eq, has_hash = "__repr__" in own, "__eq__" in own, own.get("__hash__") is not None
            cls.__doc__ = cls.__doc__ or cls.__name__  # else a signature is written for it
            cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
            fields = dataclasses.fields(cls)
            if "__init__" not in own:
                _construct(cls, frozen=frozen, slots=slots)
            if not has_repr:
                _give(cls, __repr__=_repr)
            if not has_eq:
                _compare(cls, [field.name for field in fields if field.compare])
            if not has_hash:
                hashed = [each.name for each in fields if (each.compare if each.hash is None else each.hash)]
                cls.__hash__ = _hash(hashed) if frozen or unsafe_hash else None
            if frozen:
                _freeze(cls, {field.name for field in fields})
            return cls

        return made


def _give(cls: Any, **methods: Callable[..., Any]) -> None:
    for name, method in methods.items():
        setattr(cls, name, method)


def _construct(cls: Any, *, frozen: bool, slots: bool) -> None:
    """Give a class a constructor that puts the true one in its place as it is called first."""

    def __init__(self: Any, *args: Any, **options: Any) -> None:
        cls.__init__ = _constructor(cls, frozen=frozen, slots=slots)
        cls.__init__(self, *args, **options)

    cls.__init__ = __init__


def _constructor(cls: Any, *, frozen: bool, slots: bool) -> Callable[..., None]:
    """Write and compile the constructor of a class, from the names of its fields alone."""
    within: dict[str, Any] = {"_absent": _ABSENT, "_set": object.__setattr__}
    plain, named, lines = list[str](), list[str](), list[str]()
    for each in dataclasses.fields(cls):
        name, given = each.name, each.name
        if each.default is not dataclasses.MISSING:
            within[f"_default_{name}"] = each.default
            default = f"=_default_{name}"
        elif each.default_factory is not dataclasses.MISSING:
            within[f"_make_{name}"] = each.default_factory
            default, given = "=_absent", f"_make_{name}() if {name} is _absent else {name}"
        else:
            default = ""
        if each.init:
            (named if each.kw_only else plain).append(name + default)
        elif each.default_factory is not dataclasses.MISSING:
            given = f"_make_{name}()"
        elif default and slots:
            given = f"_default_{name}"
        else:
            continue  # its own __post_init__ sets it
        if frozen and slots:
            within[f"_set_{name}"] = getattr(cls, name).__set__
            lines.append(f"_set_{name}(self, {given})")
        else:
            lines.append(f"_set(self, {name!r}, {given})" if frozen else f"self.{name} = {given}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    heads = ["self", *plain, *(["*"] if named else []), *named]
    body = "".join(f"\n {line}" for line in lines or ["pass"])
    exec(f"def __init__({', '.join(heads)}):{body}", within)  # noqa: S102  names of fields, which are identifiers
    written: Callable[..., None] = within["__init__"]
    written.__qualname__ = f"{cls.__qualname__}.__init__"
    written.__module__ = cls.__module__
    return written


_ABSENT: Any = object()


def _values(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of some fields."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _compare(cls: Any, names: list[str]) -> None:
    values = _values(names)

    def __eq__(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    cls.__eq__ = __eq__


def _hash(names: list[str]) -> Callable[[Any], int]:
    values = _values(names)

    def __hash__(self: object) -> int:
        return hash(values(self))

    return __hash__


@recursive_repr()
def _repr(self: Any) -> str:
    parts = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(parts)})"


def _freeze(cls: Any, names: set[str]) -> None:
    """Let nothing be set or deleted; what is copied or unpickled is set past that."""

    def __setattr__(self: object, name: str, value: object) -> None:
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: object, name: str) -> None:
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    cls.__setattr__, cls.__delattr__ = __setattr__, __delattr__
    if "__slots__" in cls.__dict__:
        _give(cls, __getstate__=_state, __setstate__=_set_state)


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
