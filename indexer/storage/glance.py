"""The table of contents of an index -> its position and number of articles; opens no segment and loads no NumPy."""

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexDamaged
from indexer.storage import commits
from indexer.storage.origins import Expected, is_foreign, outdated
from indexer.storage.segment import stamp
from indexer.storage.verified import is_verified


@dataclass(frozen=True, slots=True)
class Glance:
    """The last sequence of the store that is in an index, its articles, and how many of them are so only in part."""

    position: int
    articles: int
    cut: int = 0


FOLDER_OF_REMOVED = "removed"  # within the folder of the index of the articles: that of the texts that are gone


def glance(directory: Path, expected: Expected) -> Glance | None:
    """Return what an index says of itself; None where only the engine can say what is wrong with it.

    That is when it is damaged, of another store or version, made with other settings, when a file of it is missing or
    was written to, and when a writer replaces what is read here.

    Args:
        directory: The folder of the index.
        expected: What the index must be made of.
    """
    number = commits.generation(directory)
    if number < 0:
        return None if commits.has_segments(directory) else Glance(0, 0)
    try:
        contents = commits.read(directory, number)
        intact = all(_is_intact(directory / one.filename(), one.written) for one in contents.segments)
    except (IndexDamaged, OSError):
        return None
    if not intact or is_foreign(contents, expected) or outdated(contents, expected):
        return None
    segments = contents.segments
    live, cut = sum(one.live_count() for one in segments), sum(one.cut_count() for one in segments)
    return Glance(contents.position, live, cut)


def _is_intact(path: Path, written: tuple[int, int] | None) -> bool:
    """Whether nobody has written to a segment's file since the writer did, or since it was read to its end."""
    own = stamp(path.stat())
    return own == written or is_verified(path, own)
