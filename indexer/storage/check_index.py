"""An index -> what is wrong with it: checksums first, then whether its arrays agree with one another."""

from pathlib import Path

from corpus.errors import IndexDamaged
from indexer.storage import commits
from indexer.storage.segment import Segment
from indexer.storage.segment_checks import broken_rules, checked
from indexer.storage.segment_file import OpenSegment

LOOKS = 9  # at an index that others write; each takes a commit within the one before it


def verify(directory: Path) -> list[str]:
    """Return every problem of the index in a directory, a sentence each; none when it is as it was written.

    Others may write the index meanwhile: a merge takes away files that a commit names. What a look finds is believed
    when no commit was made since it began; else another look is taken, at the segments that were not seen whole. What
    the last look finds is told with the word that it may be of files that were taken away meanwhile.
    """
    whole: set[str] = set()  # files of segments, which no commit changes
    problems: list[str] = []
    for _ in range(LOOKS):
        number = commits.generation(directory)
        problems = _problems(directory, number, whole)
        if not problems or commits.generation(directory) == number:
            return problems
    return [f"{directory}: rewritten during each of {LOOKS} looks: what follows may be gone, check again", *problems]


def _problems(directory: Path, number: int, whole: set[str]) -> list[str]:
    """Return what is wrong with a commit; the segments that are whole are noted, and not looked at again."""
    if number < 0:
        lost = commits.has_segments(directory)
        return [f"{directory}: its table of contents is missing"] if lost else []
    try:
        contents = commits.read(directory, number)
        problems = [problem for segment in contents.segments for problem in _of_segment(directory, segment, whole)]
        if problems:
            return problems  # what the table of contents says of sizes is believed of files that agree with it
        live = sum(segment.live_count() for segment in contents.segments)
        return [f"{directory}: an article stands in it twice"] if live != len(_ids(directory, contents)) else []
    except (IndexDamaged, OSError) as error:
        return [str(error)]


def _of_segment(directory: Path, segment: Segment, whole: set[str]) -> list[str]:
    name = segment.filename()
    if name in whole:
        return []
    path = directory / name
    try:
        problems = [f"{path}: {said}" for said in broken_rules(checked(directory, segment, wholly=True))]
    except (IndexDamaged, OSError) as error:
        return [str(error)]
    whole.update([] if problems else [name])
    return problems


def _ids(directory: Path, contents: commits.Contents) -> set[int]:
    ids: set[int] = set()
    for segment in contents.segments:
        opened = OpenSegment(directory / segment.filename())
        ids.update(opened.columns.ids[segment.live()].tolist())
    return ids
