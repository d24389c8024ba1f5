"""The newest committed state of an index, opened when the table of contents has moved."""

from pathlib import Path
from threading import Lock

from corpus.errors import IndexDamaged
from indexer.columnar import commits
from indexer.columnar.commits import Contents
from indexer.columnar.snapshot import Snapshot

TRIES = 20  # a writer may commit, and remove what we were about to open, this often while we open it


class Reading:
    """Snapshots of one directory. A snapshot lives as long as someone holds it; its files are mapped that long."""

    def __init__(self, directory: Path, languages: tuple[str, ...] = ()) -> None:
        self._directory = directory
        self._languages = languages
        self._snapshot: Snapshot | None = None
        self._damage: tuple[int, IndexDamaged] | None = None  # of which commit
        self._lock = Lock()

    def snapshot(self) -> Snapshot:
        """Return the newest commit's snapshot.

        Raises:
            IndexDamaged: a file of it is missing, or not as it was written.
        """
        number = commits.generation(self._directory)
        if self._damage and self._damage[0] == number:
            raise IndexDamaged(str(self._damage[1]))
        try:
            known = self._snapshot
            if known is None or known.number != number:
                with self._lock:
                    known = self._snapshot
                    if known is None or known.number < number:
                        known = self._snapshot = self._open(known)
            known.check()
        except IndexDamaged as error:
            self._damage = number, error
            self._snapshot = None
            raise
        return known

    def close(self) -> None:
        """Forget the snapshot."""
        self._snapshot = None

    def _open(self, known: Snapshot | None) -> Snapshot:
        missing: FileNotFoundError | None = None
        for _ in range(TRIES):
            number = commits.generation(self._directory)
            if number < 0:
                return Snapshot(self._directory, Contents(), -1, languages=self._languages)
            try:
                contents = commits.read(self._directory, number)
                return Snapshot(self._directory, contents, number, known, languages=self._languages)
            except FileNotFoundError as error:
                missing = error
                if commits.generation(self._directory) == number:
                    break
        raise IndexDamaged(f"{missing and missing.filename}: missing: the index needs it") from missing
