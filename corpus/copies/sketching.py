"""A text -> the hashes by which its copies are found: more of them where a thousand texts have the first ones."""

from collections.abc import Callable, Sequence

from corpus.copies.shingles import Hashes, checksum, sketch, smallest
from corpus.store.sketches.form import Sketch

ENOUGH = 0.5  # of as many hashes as a sketch has: where no more find every text that has them, others do
DEEPEST = 96  # hashes of a text of a form


def sketch_of(hashes: Hashes) -> Sketch:
    """Return the sketch of a text."""
    return Sketch(sketch(hashes), len(hashes))


def room(sketch: Sketch, crowded: int) -> float:
    """Return the share of a sketch's hashes by which every text is found that has them; so many are crowded."""
    return 1 - crowded / len(sketch.hashes) if sketch.hashes else 1.0


def deeper(plain: Sketch, hashes: Hashes, crowded: Callable[[Sequence[int]], int]) -> Sketch:
    """Return a sketch with further hashes, until enough of them are not crowded."""
    count = len(plain.hashes)
    further, deep = list[int](), count
    while deep < min(len(hashes), DEEPEST):
        deep *= 2
        further = smallest(hashes, min(deep, DEEPEST))[count:]
        if len(further) - crowded(further) >= ENOUGH * count:
            break
    return Sketch(plain.hashes, plain.shingles, further, checksum(hashes))
