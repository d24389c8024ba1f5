"""What crawls left behind and [keep] no longer wants -> counted, and taken away: visits, receipts, raw responses."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from corpus.captures import Captures
from corpus.config import KeepSettings
from corpus.errors import NotFound
from corpus.model import CaptureRef
from corpus.store import ArticleStore
from corpus.store.desk.deeds import UNDO_DAYS
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
        bundles: Files of dossiers that were deleted too long ago for an undo; `bundle_bytes` in all.
    """

    visits: int = 0
    runs: int = 0
    captures: int = 0
    files: int = 0
    bytes: int = 0
    needed: int = 0
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


def prune(store: ArticleStore, captures: Path, keep: KeepSettings, now: datetime, *, dry_run: bool) -> Pruned:
    """Take away what is older than [keep] says, or count it; no crawl may be under way.

    An article whose raw response goes stays as it is, and cannot be read again.
    """
    visits, runs = store.journal.forget(visits=now - keep.visits, runs=now - keep.runs, dry_run=dry_run)
    bundles, bundle_bytes = store.bundles.forget(now - UNDO_DAYS, dry_run=dry_run)
    if keep.captures is None:
        return Pruned(visits=visits, runs=runs, bundles=bundles, bundle_bytes=bundle_bytes)
    old = list(_old(captures, now - keep.captures))
    taken = sum(each.path.stat().st_size if each.whole else _size(each) for each in old)
    if not dry_run:
        with Captures(captures) as opened:
            for each in old:
                _take(store, opened, each)
    return Pruned(
        visits=visits,
        runs=runs,
        captures=sum(len(each.records) for each in old),
        files=sum(each.whole for each in old),
        bytes=taken,
        needed=sum(each.needed for each in old),
        bundles=bundles,
        bundle_bytes=bundle_bytes,
    )


def _size(old: _Old) -> int:
    """Of a file that stays, the disk gets whole pages alone: of small responses, none."""
    return sum(given_back(Place(record.offset, record.length)) for record in old.records)


def _old(folder: Path, before: datetime) -> Iterator[_Old]:
    """Give the files that have old records; the last file never goes whole, as the next crawl appends to it."""
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
        found = _Old(path, whole=is_all and bool(records) and path != paths[-1])
        for record in records:
            if record.at >= before or record.offset in needed[path.name]:
                found.whole = False
                found.needed += record.at < before
                continue
            found.forgotten.append(record.offset)
            if record.has_payload:
                found.records.append(record)
        if found.records or found.needed or found.whole:
            yield found


def _take(store: ArticleStore, captures: Captures, old: _Old) -> None:
    """Forget where the responses are, then take them away: whenever one is killed, what is named is there."""
    name = old.path.name
    store.journal.forget_captures(name, None if old.whole else old.forgotten)
    if old.whole:
        old.path.unlink()
        sync_folder(old.path.parent)
        return
    for record in old.records:
        try:
            captures.empty(CaptureRef(name, record.offset), alone=True)
        except NotFound:
            continue  # too short for an empty record: it holds next to nothing
