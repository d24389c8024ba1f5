"""Paths -> the items in them: articles, pages still to be extracted, or what is wrong and where.

A folder is walked in the order of names. A link that leads out of it is not followed. Files are read a piece at a
time; memory stays bounded.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from os import SEEK_END
from os.path import realpath
from pathlib import Path
from typing import Any

from corpus.errors import ImportFailed
from corpus.model import Article, Revision
from corpus.records import ArticleRecord
from corpus.texts.counted import counted
from crawler.importing.bounded import limit_of
from crawler.importing.formats import KINDS, reader_of
from crawler.importing.items import Budget, ImportItem, Options, Origin, failed, note, shown
from crawler.text import MAX_UNREADABLE, unreadable_share

MAX_FILES = 1_000_000
_TOO_MUCH = f"of its characters cannot be read: expected {MAX_UNREADABLE:.0%} at most"
MAX_NAMED = 5  # endings of files of no known kind, named in one note


def find(
    paths: Iterable[Path], *, source: str | None, now: datetime, run: Callable[..., Any] | None = None
) -> Iterator[ImportItem]:
    """Read the paths in order.

    Args:
        source: The source to file all of it under; None: what each says, then the host of its URL.
        now: When it was taken in; aware UTC.
        run: Calls a function with a stranger's bytes, in a process of its own: what it is, function, values.
    """
    options = Options(source, now, run) if run is not None else Options(source, now)
    for path in paths:
        if path.is_dir():
            yield from map(_readable, _folder(path, options))
        elif path.exists() and not path.is_file():  # a pipe would be waited for without an end
            yield failed(shown(path), "a pipe, a socket or a device: expected a file or a folder")
        else:
            yield from map(_readable, _file(path, options))


def _readable(found: ImportItem) -> ImportItem:
    """The item, or why it is no article: too much of its text cannot be read, whatever file it stood in.

    Of an export of ours an earlier text that cannot be read is left out alone.
    """
    item = found.item
    article = item.article if isinstance(item, ArticleRecord) else item
    if not isinstance(article, Article):
        return found
    share = _unreadable(article)
    if share > MAX_UNREADABLE:
        return replace(found, item=ImportFailed(f"{found.place}: {share:.0%} {_TOO_MUCH}"))
    if not isinstance(item, ArticleRecord):
        return found
    readable = tuple(each for each in item.revisions if _unreadable(each) <= MAX_UNREADABLE)
    if len(readable) == len(item.revisions):
        return found
    said = tuple(
        f"{found.place}: revisions: the text of {each.seen:%Y-%m-%d %H:%M}: {_unreadable(each):.0%} {_TOO_MUCH};"
        " it was left out"
        for each in item.revisions
        if each not in readable
    )
    return replace(found, item=replace(item, revisions=readable), notes=found.notes + said)


def _unreadable(one: Article | Revision) -> float:
    return unreadable_share(" ".join(filter(None, (one.headline, one.standfirst, one.body))))


def _folder(folder: Path, options: Options) -> Iterator[ImportItem]:
    root = Path(realpath(folder))  # `Path.resolve` raises where a link leads to itself
    endings: Counter[str] = Counter()
    count = 0
    for number, file in enumerate(sorted(folder.rglob("*"))):
        if number >= MAX_FILES:
            yield failed(shown(folder), f"holds over {MAX_FILES:,} files; the rest was left")
            return
        if file.is_symlink() and not Path(realpath(file)).is_relative_to(root):
            yield note(shown(file), "a link that leads out of the folder; left out")
        elif file.is_dir():
            continue
        elif not file.is_file():
            yield note(shown(file), "a link that leads nowhere, a pipe, a socket or a device; left out")
        elif _is_part_of_page(file, folder) or reader_of(file.name) is None:
            endings[file.suffix.lower() or "no ending"] += 1
        else:
            count += 1
            yield from _file(file, options)
    if not count:
        yield ImportItem(shown(folder), ImportFailed(f"no file of a known kind in {shown(folder)}: expected {KINDS}"))
    elif endings:
        named = ", ".join(f"{number:,} {shown(ending)}" for ending, number in endings.most_common(MAX_NAMED))
        yield note(shown(folder), f"left out, of other kinds: {counted(endings.total(), 'file')}: {named}")


def _is_part_of_page(file: Path, folder: Path) -> bool:
    """Does a file belong to a page that a browser saved with its parts: `story_files/ad.html` beside `story.html`?"""
    for parent in file.parents:
        if parent in (folder, folder.parent):
            return False
        name, _, ending = parent.name.rpartition("_")
        if ending in {"files", "Dateien", "fichiers", "archivos", "file"} and any(
            parent.with_name(f"{name}{each}").exists() for each in (".html", ".htm")
        ):
            return True
    return False


def _written(file: Path, now: datetime) -> datetime:
    """Return when a file was last written, never in the future; `now` for a time that no calendar has."""
    try:
        return min(datetime.fromtimestamp(file.stat().st_mtime, UTC), now)
    except (ValueError, OverflowError):
        return now


def _file(file: Path, options: Options) -> Iterator[ImportItem]:
    place = shown(file)
    reader = reader_of(file.name)
    if reader is None:
        yield failed(place, f"expected {KINDS}")
        return
    try:
        with file.open("rb") as opened:
            budget = Budget(limit_of(opened.seek(0, SEEK_END)))
            opened.seek(0)
            origin = Origin(place, file.name.lower(), _written(file, options.now), budget=budget)
            is_empty = True
            for item in reader(opened, origin, options):
                is_empty = False
                yield item
            if is_empty:
                yield note(place, "holds nothing to take in")
    except ImportFailed as error:
        yield ImportItem(place, error)
    except OSError as error:
        yield failed(place, f"cannot be read: {error.strerror or error}")
