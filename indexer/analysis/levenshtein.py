"""A word -> the words within so many edits of it: a letter added, left out, changed, or two neighbours swapped."""

from collections.abc import Iterable

MAX_LETTERS = 64


def within(distance: int, word: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates at most `distance` edits from `word` (optimal string alignment), in the order given."""
    from rapidfuzz.distance import OSA  # here, since most commands compare no words

    edits, letters = OSA.distance, len(word)
    return [
        one
        for one in candidates
        if -distance <= len(one) - letters <= distance
        and len(one) <= MAX_LETTERS
        and edits(word, one, score_cutoff=distance) <= distance
    ]
