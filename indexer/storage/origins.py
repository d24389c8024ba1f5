"""A commit and what an index must be made of -> whether the commit may answer, and why not."""

from collections.abc import Callable

from indexer.contract.origin import Origin
from indexer.storage import commits
from indexer.storage.commits import Contents

Expected = Callable[[int], Origin | None]  # position -> the origin to find there; None: nothing can have come so far


def is_foreign(contents: Contents, expected: Expected | None) -> bool:
    """Whether a commit is made of another store, or of writes that a restored store no longer has.

    Its articles are then not those of the store, and it must not answer.
    """
    if expected is None or not contents.position:
        return False
    origin = expected(contents.position)
    return origin is None or origin.history != contents.origin.history


def is_readable(contents: Contents) -> bool:
    """Are its segments in the format that is read today?"""
    return contents.versions[:1] == commits.VERSIONS[:1]


def outdated(contents: Contents, expected: Expected | None) -> str | None:
    """Return why an index that may answer is to be rebuilt, in words; None when it is as it would be made today."""
    if contents.versions != commits.VERSIONS:
        return "the index was made by another version"
    if expected is None or not contents.position:
        return None
    origin = expected(contents.position)
    if origin is None or origin.settings == contents.origin.settings:
        return None
    return f"the index was made with {contents.origin.settings}, and the configuration says {origin.settings}"
