"""The sizes of the segments -> which of them to merge next.

Segments stand on steps, each STEP times as large as the one below; a step that holds FULL of them is merged into one.
So a document is moved some twice log(documents) / log(STEP) times, and there are never many segments.
"""

from collections.abc import Sequence

STEP = 8
FULL = 4  # segments on one step: each cost a cold page .2 ms and a rare word .1 at 30,000 articles
SMALL = 1_000  # documents; below that all segments stand on one step
MOST = 10  # segments; each costs every search a little


def to_merge(sizes: Sequence[int], most: int = MOST) -> tuple[int, ...]:
    """Return which segments to merge into one, by their places in `sizes`; none when all is well."""
    steps: dict[int, list[int]] = {}
    for at, size in enumerate(sizes):
        steps.setdefault(_step(size), []).append(at)
    for _, members in sorted(steps.items()):
        if len(members) >= FULL:
            return tuple(members)
    if len(sizes) > most:
        smallest = sorted(range(len(sizes)), key=lambda at: sizes[at])
        return tuple(sorted(smallest[: len(sizes) - most + 1]))
    return ()


def _step(size: int) -> int:
    step, limit = 0, SMALL
    while size > limit:
        step, limit = step + 1, limit * STEP
    return step
