"""PRESSMARK__SECTION__KEY variables -> the settings they override, and what is wrong with their names."""

import tomllib
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from corpus.config.lines import Key
from corpus.config.problems import tables, unknown
from corpus.errors import Problem

PREFIX = "PRESSMARK__"
_FILE = "_file"


def overrides(environ: Mapping[str, str], model: type[BaseModel]) -> tuple[dict[Key, tuple[str, Any]], list[Problem]]:
    """Return key -> (variable, value) for every variable that overrides a setting, and the problems.

    A name with `_FILE` after it gives the path of a file that holds the value, for secrets. `PORT` is read
    too, as hosting platforms set it. Sources stand in the file only.
    """
    found: dict[Key, tuple[str, Any]] = {}
    problems: list[Problem] = []
    if environ.get("PORT", "").isdecimal():
        found["web", "port"] = ("PORT", int(environ["PORT"]))
    for variable in sorted(name for name in environ if name.startswith(PREFIX)):
        key = tuple(variable[len(PREFIX) :].lower().split("__"))
        try:
            known = _known(key, model)
            text = environ[variable] if known == key else _content(environ[variable])
            found[known] = (variable, _value(text, known, model))
        except ValueError as error:
            problems.append(Problem(variable, None, "", str(error)))
    return found, problems


def _known(key: tuple[str, ...], model: type[BaseModel]) -> tuple[str, ...]:
    if key[0] == "source":
        raise ValueError("sources stand in config.toml only")
    table = model
    for at, name in enumerate(key):
        fields, inner = table.model_fields, tables(table).get(name)
        if at == len(key) - 1 and inner is None:
            name = name.removesuffix(_FILE) if name not in fields else name
        if name not in fields or (inner is None and at < len(key) - 1):
            raise ValueError(f'"{name}": {unknown(name, [each for each in fields if each != "sources"])}')
        table = inner or table
    if inner is not None:
        example = "__".join((*key, next(iter(table.model_fields)))).upper()
        raise ValueError(f"a table: name one of its keys, such as {PREFIX}{example}")
    return (*key[:-1], name)


def _table(sections: list[str], model: type[BaseModel]) -> type[BaseModel]:
    for section in sections:
        model = tables(model)[section]
    return model


def _value(text: str, key: tuple[str, ...], model: type[BaseModel]) -> Any:
    """Read a value as TOML where the setting is no text: `8000`, `true`, `["a", "b"]`."""
    *sections, name = key
    if _is_text(_table(sections, model).model_fields[name].annotation):
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _content(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "expected UTF-8"
        raise ValueError(f'"{path}" cannot be read: {why}') from error


def _is_text(annotation: Any) -> bool:
    kinds = get_args(annotation) if get_origin(annotation) in (types.UnionType, Union) else (annotation,)
    plain = (get_args(kind)[0] if get_origin(kind) is Annotated else kind for kind in kinds)
    return all(kind in (str, Path, type(None)) for kind in plain)
