"""The raw responses, stored as WARC files in `<data>/captures`: append a response, read it back.

A capture outlives the process when `append` returns, and the machine's power when `sync` does: call both before
recording the visit that names it, and an article's capture always exists. A process killed while appending leaves a
torn last record, which the next one cuts off.
"""

import fcntl
import math
import os
import stat
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from corpus import VERSION
from corpus.errors import ImportFailed, NotFound, StoreError
from corpus.model import CaptureRef
from corpus.warc import emptying
from corpus.warc.exchange import Exchange, about, payload_digest, whole_until, written, written_date

if TYPE_CHECKING:
    from corpus.warc.reading import Record

MAX_FILE_BYTES = 1_000_000_000  # as web archives cut theirs
RESUME_BELOW = 16_000_000  # bytes; a larger last file is left alone: checking it would take over half a second
MAX_BODY_BYTES = 100_000_000  # never reached by what the crawler stores (max_bytes)
REMEMBERED = 2000  # payloads of this session that may come again: error pages, one story under many URLs


class Captures:
    """The capture files of one corpus. One process appends to a file at a time; any may read."""

    def __init__(self, folder: Path, *, max_file_bytes: int = MAX_FILE_BYTES) -> None:
        self._folder = folder
        self._max_file_bytes = max_file_bytes
        self._handle: int | None = None
        self._file = ""
        self._size = 0
        self._is_synced = True
        self._seen: OrderedDict[str, CaptureRef] = OrderedDict()

    def append(
        self, exchange: Exchange, *, previous: CaptureRef | None = None, parts: Sequence[CaptureRef] = ()
    ) -> CaptureRef:
        """Store an exchange and return where its response is.

        Args:
            exchange: Request and response.
            previous: The latest capture of the same URL; with the same payload, only a reference to it is written.
            parts: Where the further pages of its story are, appended before: they are read and emptied with it.

        Raises:
            StoreError: the exchange could not be written (a full disk); no part of it was.
        """
        digest = payload_digest(exchange.body)
        original = self._original(digest, previous)
        places = tuple(f"{each.file};{each.offset}" for each in parts)
        content, begins = written(exchange, original=original, digest=digest, parts=places)
        offset = self._write(content) + begins
        ref = CaptureRef(self._file, offset)
        if original is None and exchange.body:
            self._seen[digest] = ref
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return ref

    def read(self, ref: CaptureRef) -> Exchange:
        """Return the exchange at a reference, with the further pages of its story, their request headers left out.

        Raises:
            NotFound: the file does not exist, has no response at that offset, or the response was emptied; or that is
                so of a further page.
        """
        record = self._record(ref)
        parts = tuple(self._whole(self._record(_parse(place))) for place in record.parts)
        return replace(self._whole(record), parts=parts)

    def is_emptied(self, ref: CaptureRef) -> bool:
        """Whether the response at a reference, and those it needs, have no payload any more; False: nobody can say."""
        try:
            record = self._record(ref)
            needs = (*filter(None, [record.refers_to]), *record.parts)
            own = not record.exchange.body or _is_emptied(record.exchange)
            return own and all(self.is_emptied(_parse(place)) for place in needs)
        except NotFound:
            return False

    def parts_of(self, ref: CaptureRef) -> tuple[CaptureRef, ...]:
        """Return where the further pages of the story are whose first page is at a reference; (): nowhere."""
        try:
            return tuple(map(_parse, self._record(ref).parts))
        except NotFound:
            return ()

    def _whole(self, record: "Record") -> Exchange:
        """Return the exchange of a record, with the body that stands with another record."""
        original = record if record.refers_to is None else self._record(_parse(record.refers_to))
        if _is_emptied(original.exchange):
            raise NotFound(f"{self._folder}: the capture of {record.exchange.url} was emptied")
        return replace(record.exchange, body=original.exchange.body)

    def empty(self, ref: CaptureRef, *, alone: bool = False) -> int:
        """Remove the payload of the response at a reference, and of those it refers to; return how many had a payload.

        Every other record stays where it is. `alone`: those it needs stay, too.

        Raises:
            NotFound: There is no response at that place.
            StoreError: It could not be written.
        """
        self._finish()
        record = self._record(ref)
        needs = () if alone else (*filter(None, [record.refers_to]), *record.parts)
        done = sum(self.empty(_parse(place)) for place in needs)
        if not record.exchange.body or _is_emptied(record.exchange):
            return done
        path = self._folder / Path(ref.file).name
        try:
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            try:
                place = emptying.place_of(handle, ref.offset)
            finally:
                os.close(handle)
            url, date = record.exchange.url, written_date(record.exchange.at)
            if place is None or not emptying.empty(path, place, url=url, date=date):
                raise NotFound(f"{path}: the capture at {ref.offset} cannot be emptied: it has no room of its own")
        except OSError as error:
            raise StoreError(f"{path}: cannot be written: {error.strerror}") from error
        for digest in [digest for digest, seen in self._seen.items() if seen == ref]:
            del self._seen[digest]
        return done + 1

    def sync(self) -> None:
        """Wait until all that was appended is on disk.

        Raises:
            StoreError: It could not be written.
        """
        if self._handle is None or self._is_synced:
            return
        try:
            os.fdatasync(self._handle)
        except OSError as error:
            raise self._unwritable(error) from error
        self._is_synced = True

    def close(self) -> None:
        """Close the file, once all of it is on disk."""
        if self._handle is None:
            return
        try:
            self.sync()
        finally:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> "Captures":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _original(self, digest: str, previous: CaptureRef | None) -> tuple[str, Exchange] | None:
        """Find the earlier record that holds this payload; a reference to another record is followed."""
        ref = self._seen.get(digest)
        try:
            if ref is None and previous is not None:
                latest = self._record(previous)
                ref = _parse(latest.refers_to) if latest.refers_to else previous
            record = self._record(ref) if ref else None
        except NotFound:
            return None
        if ref is None or record is None or record.digest != digest or not record.exchange.body:
            return None
        return f"{ref.file};{ref.offset}", record.exchange

    def _record(self, ref: CaptureRef) -> "Record":
        from corpus.warc.reading import records  # most crawls read no capture

        path = self._folder / Path(ref.file).name  # a reference never leads out of the folder
        try:
            with os.fdopen(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as file:  # a pipe is empty
                file.seek(ref.offset)
                found = next(records(file, max_bytes=MAX_BODY_BYTES), None)
        except OSError as error:
            raise NotFound(f"{path}: no such capture file: {error.strerror}") from error
        except ImportFailed as error:
            raise NotFound(f"{path}: no capture at {ref.offset}: {error}") from error
        except (ValueError, OverflowError) as error:  # a name or a place that no file can have
            raise NotFound(f"{str(path)!a}: no capture: it is no place in a file") from error
        if found is None:
            raise NotFound(f"{path}: no capture at {ref.offset}")
        return found

    def _write(self, content: bytes) -> int:
        """Append whole or not at all; return where it begins."""
        try:
            handle = self._open(len(content))
            begins = self._size
            try:
                _write_all(handle, content)
            except OSError:
                os.ftruncate(handle, begins)
                raise
        except OSError as error:
            raise self._unwritable(error) from error
        self._size += len(content)
        self._is_synced = False
        return begins

    def _unwritable(self, error: OSError) -> StoreError:
        return StoreError(f"{self._folder / self._file}: cannot be written: {error.strerror}")

    def _open(self, coming: int) -> int:
        if self._handle is not None and self._size + coming <= self._max_file_bytes:
            return self._handle
        self.close()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._finish()
        names = sorted(path.name for path in self._folder.glob("pressmark-*.warc.gz"))
        if names and _size_of(self._folder / names[-1]) + coming <= min(RESUME_BELOW, self._max_file_bytes):
            handle = os.open(self._folder / names[-1], os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW)
            if _locked(handle):
                return self._resume(handle, names[-1])
            os.close(handle)
        return self._begin(names)

    def _resume(self, handle: int, name: str) -> int:
        """Go on with the last file; a torn last record is cut off."""
        with os.fdopen(os.dup(handle), "rb") as file:
            end = whole_until(file)
        os.ftruncate(handle, end)
        self._handle, self._file, self._size = handle, name, end
        return handle

    def _finish(self) -> None:
        """End what a process that was killed had begun to empty."""
        try:
            emptying.finish(self._folder)
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise StoreError(f"{self._folder / emptying.INTENT}: cannot be carried out: {error}") from error

    def _begin(self, names: list[str]) -> int:
        number = 1 + max((int(name[-13:-8]) for name in names if name[-13:-8].isdecimal()), default=0)
        name = f"pressmark-{datetime.now(UTC):%Y%m%d%H%M%S}-{number:05}.warc.gz"
        handle = os.open(self._folder / name, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        _locked(handle)
        self._handle, self._file, self._size = handle, name, 0
        opening = about(f"pressmark/{VERSION}", name)
        _write_all(handle, opening)
        self._size = len(opening)
        emptying.sync_folder(self._folder)
        return handle


def _is_emptied(exchange: Exchange) -> bool:
    return f"{exchange.status} {exchange.phrase}" == emptying.STATUS


def _parse(place: str) -> CaptureRef:
    file, _, offset = place.rpartition(";")
    return CaptureRef(file, int(offset) if offset.isdecimal() and len(offset) < 20 else 0)


def _size_of(path: Path) -> float:
    """Return the size of a file that may be added to; for a link or a pipe in its place, more than any file's."""
    status = path.lstat()
    return status.st_size if stat.S_ISREG(status.st_mode) else math.inf


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write_all(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]
