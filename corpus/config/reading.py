"""config.toml and the environment -> Config, or what is valid of it and all problems, each with its file and line."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from corpus import urls
from corpus.config.environment import overrides
from corpus.config.lines import Key, key_lines
from corpus.config.problems import Places, key_of, message, written_key
from corpus.config.secrets import is_secret, without_tokens
from corpus.config.settings import Config
from corpus.config.site_rules import all_rules
from corpus.config.valid_part import take_out
from corpus.errors import ConfigError, Problem
from corpus.outline.reading import MAX_BYTES, read_bytes, source_name

MAX_ROUNDS = 12  # the values; then each fault of values together, of which a table says one at a time; the rest

_NAME = re.compile(r"[a-z_]+")


def read(path: Path | None, environ: Mapping[str, str], *, cwd: Path, default_data: Path) -> Config:
    """Return the configuration of a file (None: defaults only) under the environment.

    Args:
        path: The file to read.
        environ: Variables that override it.
        cwd: Where relative paths of variables start; those of the file start from the file.
        default_data: The corpus's folder when nothing names another.

    Raises:
        ConfigError: with every problem found.
    """
    config, problems = examine(path, environ, cwd=cwd, default_data=default_data)
    if config is None or problems:
        raise ConfigError(problems)
    return config


def examine(
    path: Path | None, environ: Mapping[str, str], *, cwd: Path, default_data: Path
) -> tuple[Config | None, tuple[Problem, ...]]:
    """Return what is valid of the configuration that `read` returns (None: nothing), and every problem of the rest.

    Raises:
        ConfigError: The file cannot be read, or is no TOML.
    """
    name = path.name if path else "config"
    text = _text(path) if path else ""
    raw, lines = _toml(name, text)
    places = Places(name, text, lines)
    origins = {written_key(key): f"{name}:{line}" for key, line in lines.items()}
    _expand_sources(raw)
    changed, env_problems = overrides(environ, Config)
    for key, (variable, value) in changed.items():
        _set(raw, key, value)
        origins[written_key(key)] = variable
    by_variable = {key: variable for key, (variable, _) in changed.items()}
    config, problems = _valid_part(raw, lambda error, part: _problems(error, part, places, by_variable))
    problems += _doubles(raw, places)
    if config is not None and config.crawler.site_rules:
        problems += _rule_problems((path.parent.absolute() if path else cwd) / config.crawler.site_rules, places)
    problems.sort(key=lambda problem: problem.line or 0)
    found = (*dict.fromkeys(problems), *env_problems)
    if config is None:
        return None, found
    base = path.parent.absolute() if path else cwd
    data = default_data
    if "data" in raw:
        data = (cwd if ("data",) in changed else base) / config.data
    return _placed(config, path, base, data, origins), found


def _valid_part(
    raw: dict[str, Any], named: Callable[[ValidationError, dict[str, Any]], list[Problem]]
) -> tuple[Config | None, list[Problem]]:
    """Return the configuration without what is wrong in it (None: no part of it is valid), and what is wrong.

    What values say together is looked at once each of them is valid. What is said then of a value that was taken out
    of the same table is no problem of its own.
    """
    part, found, removed = raw, list[Problem](), set[str]()
    for _ in range(MAX_ROUNDS):
        try:
            return Config.model_validate(_frozen(part)), found
        except ValidationError as error:
            found += [each for each in named(error, part) if not _follows(each, removed)]
            keys = _keys_of(error, part)
        part = deepcopy(raw) if part is raw else part
        removed |= {written_key(key) for key in take_out(part, keys, _wrong)}
    return None, found


def _follows(problem: Problem, removed: set[str]) -> bool:
    """Whether a problem is of a table without one of the values that it names, because that was taken out."""
    table = f"{problem.key}." if problem.key else ""
    return any(f"{table}{name}" in removed for name in _NAME.findall(problem.message))


def _wrong(part: dict[str, Any]) -> list[tuple[Key, str]]:
    try:
        Config.model_validate(_frozen(part))
    except ValidationError as error:
        said = (each["msg"] for each in error.errors(include_url=False))
        return [*zip(_keys_of(error, part), said, strict=True)]
    return []


def _keys_of(error: ValidationError, raw: dict[str, Any]) -> list[Key]:
    return [key_of(each, raw) for each in error.errors(include_url=False)]


def _text(path: Path) -> str:
    try:
        content = read_bytes(path)
        size = path.stat().st_size
    except OSError as error:
        raise _refused(path.name, None, f"cannot be read: {error.strerror}") from error
    if len(content) > MAX_BYTES:
        raise _refused(path.name, None, f"{size} bytes is over {MAX_BYTES}; is it another kind of file?")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(
            path.name, line, f"byte {content[error.start]:#x} is not UTF-8: save the file as UTF-8"
        ) from error


def _toml(name: str, text: str) -> tuple[dict[str, Any], dict[Key, int]]:
    try:
        return tomllib.loads(text), key_lines(text)
    except RecursionError:
        raise _refused(name, None, "tables or lists are nested too deep") from None
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", said)
        line = int(place[1]) if place and place[1] else max(1, len(text.splitlines()))
        why = said[: place.start()] if place else said
        problem = Places(name, text, {}).at(line, "", f"not TOML: {why[:1].lower()}{why[1:]}")
        raise ConfigError((problem,)) from error


def _refused(name: str, line: int | None, why: str) -> ConfigError:
    return ConfigError((Problem(name, line, "", why),))


def _expand_sources(raw: dict[str, Any]) -> None:
    """Make every source a table; a source may be its address alone, and a single source needs no list."""
    given = raw.get("source")
    if isinstance(given, str | dict):
        given = [given]
    if isinstance(given, list):
        raw["source"] = [{"url": each} if isinstance(each, str) else each for each in given]
    for each in raw.get("source") or () if isinstance(given, list) else ():
        if isinstance(each, dict) and "name" not in each and isinstance(each.get("url"), str):
            each["name"] = source_name(each)


def _set(raw: dict[str, Any], key: Key, value: Any) -> None:
    *sections, name = key
    table: Any = raw
    for section in sections:
        table = table.setdefault(section, {})
        if not isinstance(table, dict):
            return  # the file has no table here, which is reported as a problem of its own
    table[name] = value


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _frozen(each) for name, each in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _problems(error: ValidationError, raw: Any, places: Places, variables: Mapping[Key, str]) -> list[Problem]:
    found: dict[Key, Problem] = {}
    for each in error.errors(include_url=False):
        key = key_of(each, raw)
        near = next((variable for known, variable in variables.items() if known == key[: len(known)]), None)
        of_file = near is not None and near.endswith("_FILE")
        said = message(each, Config, secret=of_file or is_secret(key))
        found.setdefault(key, Problem(near, None, "", said) if near else places.problem(key, said))
    # pydantic also reports a list with a wrong item as not being the word "auto".
    inner = {key[:end] for key in found for end in range(1, len(key))}
    return [problem for key, problem in found.items() if key not in inner]


def _doubles(raw: Mapping[str, Any], places: Places) -> list[Problem]:
    """Return the problems of sources that share a name or an address."""
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    problems = []
    sources = raw.get("source")
    for index, source in enumerate(sources if isinstance(sources, list) else ()):
        for field in ("url", "name"):
            value = source.get(field) if isinstance(source, dict) else None
            if not isinstance(value, str) or not value:
                continue
            same = urls.key_of(value) if field == "url" else value.casefold()
            first = seen[field].setdefault(same, index)
            if first != index:
                line = places.line(("source", first, field))
                where = f"source[{first}]" + (f" on line {line}" if line else "")
                problems.append(
                    places.problem(
                        ("source", index, field), f'"{without_tokens(value)}" is taken by {where}: give another'
                    )
                )
                break
    return problems


def _rule_problems(folder: Path, places: Places) -> list[Problem]:
    """Return what is wrong with the folder of rule files, and with the files in it that are ours."""
    key = ("crawler", "site_rules")
    if not folder.is_dir():
        return [places.problem(key, f"{folder} is no folder: expected one with files such as gazette.example.toml")]
    broken = (rule for rule in all_rules(folder, ending=".toml") if rule.problem)
    return [places.problem(key, f"{rule.file}: {rule.problem}") for rule in broken]


def _placed(config: Config, path: Path | None, base: Path, data: Path, origins: dict[str, str]) -> Config:
    """Make paths absolute and remember where each value is from."""
    sources = tuple(
        each.model_copy(update={"cookies_file": base / each.cookies_file}) if each.cookies_file else each
        for each in config.sources
    )
    indexer = config.indexer
    if indexer.ca:
        indexer = indexer.model_copy(update={"ca": base / indexer.ca})
    notify = config.notify
    if notify.smtp_ca:
        notify = notify.model_copy(update={"smtp_ca": base / notify.smtp_ca})
    crawler = config.crawler
    if crawler.ca:
        crawler = crawler.model_copy(update={"ca": base / crawler.ca})
    if crawler.site_rules:
        crawler = crawler.model_copy(update={"site_rules": base / crawler.site_rules})
        for source in sources:
            source._site_rules = crawler.site_rules  # noqa: SLF001
    changed = {"data": data, "sources": sources, "indexer": indexer, "notify": notify, "crawler": crawler}
    placed = config.model_copy(update=changed)
    placed._path = path  # noqa: SLF001  pydantic keeps what is no setting in private attributes
    placed._origins = origins  # noqa: SLF001
    return placed
