"""A folder of rule files -> the rules of a site: `HOST.toml` is ours, `HOST.txt` in the format of ftr-site-config.

A file whose name begins with a full stop, `.example.org.txt`, holds for the hosts below example.org. Only the files of
the hosts that are asked about are opened: shared collections have thousands.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.config.ftr import read_ftr

MAX_BYTES = 200_000  # of one file
MAX_LABELS = 8  # of a host; nothing is looked up below
FIELDS = ("headline", "standfirst", "byline", "published", "section", "body")
_TEXTS = "remove"


@dataclass(frozen=True, slots=True)
class SiteRule:
    """What one file says of a site.

    Attributes:
        file: Its name.
        fields: Field -> selector: CSS, or alternatives that each begin with `xpath:`, a line each.
        remove: Selectors of what is never part of a story.
        replaced: Texts to replace in the page's markup, before it is parsed.
        ignored: Commands of the file that are not followed, and how often each stands in it.
        problem: Why the file could not be read; empty when it could.
    """

    file: str
    fields: tuple[tuple[str, str], ...] = ()
    remove: tuple[str, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    ignored: tuple[tuple[str, int], ...] = ()
    problem: str = ""


def rules_of(folder: Path, host: str) -> tuple[SiteRule, ...]:
    """Return the rules of a host, the one believed most first: ours before others', the host's before its domain's."""
    labels = host.lower().removeprefix("www.").split(".")[-MAX_LABELS:]
    names = [".".join(labels), *(f".{'.'.join(labels[n:])}" for n in range(1, len(labels) - 1))]
    files = (folder / f"{name}{ending}" for ending in (".toml", ".txt") for name in names)
    stamps = ((file, _stamp(file)) for file in files)
    return tuple(_read(file, stamp) for file, stamp in stamps if stamp)


def all_rules(folder: Path, *, ending: str | None = None) -> Iterator[SiteRule]:
    """Give every rule of a folder, by name; `ending`: of the files that end so alone."""
    endings = {ending} if ending else {".toml", ".txt"}
    for file in sorted(folder.iterdir()):
        if file.suffix in endings and (stamp := _stamp(file)):
            yield _read(file, stamp)


def _stamp(file: Path) -> tuple[int, int] | None:
    """Return what changes with a file's content; None when there is no such file."""
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=4_096)
def _read(file: Path, _: tuple[int, int]) -> SiteRule:
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            return SiteRule(file.name, problem=f"is over {MAX_BYTES} bytes")
        text = content.decode("utf-8-sig")
    except OSError as error:
        return SiteRule(file.name, problem=f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        return SiteRule(file.name, problem=f"byte {content[error.start]:#x} is not UTF-8: save the file as UTF-8")
    return _ours(file.name, text) if file.suffix == ".toml" else _theirs(file.name, text)


def _theirs(name: str, text: str) -> SiteRule:
    rule = read_ftr(text)
    return SiteRule(name, tuple(rule.fields.items()), rule.remove, rule.replaced, rule.ignored)


def _ours(name: str, text: str) -> SiteRule:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return SiteRule(name, problem=str(error)[0].lower() + str(error)[1:])
    for key, value in values.items():
        if key not in {*FIELDS, _TEXTS}:
            return SiteRule(name, problem=f'"{key}": expected one of {", ".join((*FIELDS, _TEXTS))}')
        if not (_is_texts(value) if key == _TEXTS else isinstance(value, str) and value.strip()):
            expected = "a list of selectors" if key == _TEXTS else "a selector in quotes"
            return SiteRule(name, problem=f"{key} = {value!r}: expected {expected}")
    fields = tuple((field, values[field]) for field in FIELDS if field in values)
    return SiteRule(name, fields, tuple(values.get(_TEXTS, ())))


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)
