"""What crawls left behind and [keep] no longer wants -> counted, and taken away: visits, receipts, raw responses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from corpus.captures import Captures
from corpus.config import KeepSettings
from corpus.errors import NotFound
from corpus.model import CaptureRef
from corpus.store import ArticleStore
from corpus.store.desk.audit import UNDO_WITHIN
from corpus.warc.ageing import AgedRecord, aged_records
from corpus.warc.emptying import Place, given_back, sync_folder

_PATTERN = "pressmark-*.warc.gz"


@dataclass(frozen=True, slots=True)
class Pruned:
    """What is, or would be, taken away.

    Attributes:
        visits, runs: Rows.
        captures: Raw responses that are emptied where they stand; `files` of them go whole.
        bytes: What the disk gets back, about.
        needed: Raw responses that are old enough, and stay because a later one refers to their text.
        stuck: Raw responses that are old enough, and stay because their record is too short to be emptied, or damaged;
            not known before they are tried.
        damaged: Files with damage: what stands after it is not read, so that it stays however old it is.
        bundles: Files of dossiers that were deleted too long ago for an undo; `bundle_bytes` in all.
    """

    visits: int = 0
    runs: int = 0
    captures: int = 0
    files: int = 0
    bytes: int = 0
    needed: int = 0
    stuck: int = 0
    damaged: int = 0
    bundles: int = 0
    bundle_bytes: int = 0


@dataclass(slots=True)
class _Old:
    """The records of one file that are too old: those with a payload, and where all of them stand."""

    path: Path
    records: list[AgedRecord] = field(default_factory=list)
    forgotten: list[int] = field(default_factory=list)
    whole: bool = True  # nothing else is in the file
    needed: int = 0
    is_damaged: bool = False


def prune(store: ArticleStore, captures: Path, keep: KeepSettings, now: datetime, *, dry_run: bool) -> Pruned:
    """Take away what is older than [keep] says, or count it; no crawl may be under way.

    An article whose raw response goes stays as it is, and cannot be read again.
    """
    visits, runs = store.journal.forget(visits=now - keep.visits, runs=now - keep.runs, dry_run=dry_run)
    bundles, bundle_bytes = store.bundles.forget(now - UNDO_WITHIN, dry_run=dry_run)
    if keep.captures is None:
        return Pruned(visits=visits, runs=runs, bundles=bundles, bundle_bytes=bundle_bytes)
    old = list(_old(captures, now - keep.captures))
    sizes = [each.path.stat().st_size if each.whole else _size(each.records) for each in old]
    stuck: list[AgedRecord] = []
    if not dry_run:
        with Captures(captures) as opened:
            for each in old:
                stuck += _take(store, opened, each)
    return Pruned(
        visits=visits,
        runs=runs,
        captures=sum(len(each.records) for each in old) - len(stuck),
        files=sum(each.whole for each in old),
        bytes=sum(sizes) - _size(stuck),
        needed=sum(each.needed for each in old),
        stuck=len(stuck),
        damaged=sum(each.is_damaged for each in old),
        bundles=bundles,
        bundle_bytes=bundle_bytes,
    )


def _size(records: Iterable[AgedRecord]) -> int:
    """Return what the disk gets back of records in files that stay: whole pages alone, of small responses none."""
    return sum(given_back(Place(record.offset, record.length)) for record in records)


def _old(folder: Path, before: datetime) -> Iterator[_Old]:
    """Give the files that have old records or damage; the last file never goes whole: the next crawl appends to it."""
    paths = sorted(folder.glob(_PATTERN))
    held = {path: aged_records(path) for path in paths}
    needed: defaultdict[str, set[int]] = defaultdict(set)
    for records, _ in held.values():
        for record in records:
            for place in record.needs if record.at >= before else ():
                file, _, offset = place.rpartition(";")
                needed[file].add(int(offset) if offset.isdecimal() else -1)
    for path in paths:
        records, is_all = held[path]
        found = _Old(path, whole=is_all and bool(records) and path != paths[-1], is_damaged=not is_all)
        for record in records:
            if record.at >= before or record.offset in needed[path.name]:
                found.whole = False
                found.needed += record.at < before
                continue
            found.forgotten.append(record.offset)
            if record.has_payload:
                found.records.append(record)
        if found.records or found.needed or found.whole or found.is_damaged:
            yield found


def _take(store: ArticleStore, captures: Captures, old: _Old) -> list[AgedRecord]:
    """Forget where the responses are, then take them away: whenever one is killed, what is named is there.

    Returns:
        The records that could not be emptied.
    """
    name = old.path.name
    store.journal.forget_captures(name, None if old.whole else old.forgotten)
    if old.whole:
        old.path.unlink()
        sync_folder(old.path.parent)
        return []
    stuck = []
    for record in old.records:
        try:
            captures.empty(CaptureRef(name, record.offset), alone=True)
        except NotFound:
            stuck.append(record)
    return stuck
