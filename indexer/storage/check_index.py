"""An index -> what is wrong with it: checksums first, then whether its arrays agree with one another."""

from pathlib import Path

from corpus.errors import IndexDamaged
from indexer.storage import commits
from indexer.storage.segment import Segment
from indexer.storage.segment_checks import broken_rules, checked
from indexer.storage.segment_file import OpenSegment


def verify(directory: Path) -> list[str]:
    """Return every problem of the index in a directory, a sentence each; none when it is as it was written."""
    number = commits.generation(directory)
    if number < 0:
        lost = commits.has_segments(directory)
        return [f"{directory}: its table of contents is missing"] if lost else []
    try:
        contents = commits.read(directory, number)
    except (IndexDamaged, OSError) as error:
        return [str(error)]
    problems = [problem for segment in contents.segments for problem in _problems(directory, segment)]
    if problems:
        return problems  # what the table of contents says of sizes is believed of files that agree with it
    live = sum(segment.live_count() for segment in contents.segments)
    return [f"{directory}: an article stands in it twice"] if live != len(_ids(directory, contents)) else []


def _problems(directory: Path, segment: Segment) -> list[str]:
    path = directory / segment.filename()
    try:
        return [f"{path}: {said}" for said in broken_rules(checked(directory, segment, wholly=True))]
    except (IndexDamaged, OSError) as error:
        return [str(error)]


def _ids(directory: Path, contents: commits.Contents) -> set[int]:
    ids: set[int] = set()
    for segment in contents.segments:
        opened = OpenSegment(directory / segment.filename())
        ids.update(opened.columns.ids[segment.live()].tolist())
    return ids
