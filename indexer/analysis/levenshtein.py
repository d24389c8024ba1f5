"""A word -> the words within so many edits of it: a letter added, left out, changed, or two neighbours swapped."""

from collections.abc import Iterable

MAX_LETTERS = 64
MANY = 16  # words that are compared together


def within(distance: int, word: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates at most `distance` edits from `word` (optimal string alignment), in the order given."""
    from rapidfuzz.distance import OSA  # here, since most commands compare no words

    words = list(candidates)
    if len(words) < MANY:
        near = [one for one in words if OSA.distance(word, one, score_cutoff=distance) <= distance]
    else:
        from rapidfuzz.process import cdist

        edits = cdist([word], words, scorer=OSA.distance, score_cutoff=distance)[0]
        near = [words[at] for at in (edits <= distance).nonzero()[0].tolist()]
    return [one for one in near if len(one) <= MAX_LETTERS]
