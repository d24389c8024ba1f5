"""A page's blocks + the true text -> which blocks belong to the story."""

from collections import Counter

from bench.extraction.score import words_of

LONG = 8  # words; a shorter block is looked for only beside the long ones that were found
RUN = 3
NEAR = 60  # words between a short block and the block before it in the truth


def labels(texts: list[str], truth: str) -> tuple[list[bool], list[float]]:
    """Return, for each block, whether it belongs to the story, and its weight (each page counts alike)."""
    wanted = words_of(truth)
    found = [words_of(text) for text in texts]
    chosen = [False] * len(texts)
    spans = _match_long(found, wanted, chosen)
    _match_short(found, wanted, chosen, spans)
    whole = max(len(wanted), 150)
    return chosen, [(min(len(words), 150) + 2) / whole for words in found]


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)]


def _match_long(found: list[list[str]], wanted: list[str], chosen: list[bool]) -> dict[int, tuple[int, int]]:
    """Mark the long blocks, longest first, each using up the runs it has; return where they stand in the truth."""
    left = Counter(_runs(wanted))
    places: dict[tuple[str, ...], int] = {}
    for n, run in enumerate(_runs(wanted)):
        places.setdefault(run, n)
    spans: dict[int, tuple[int, int]] = {}
    for n in sorted(range(len(found)), key=lambda n: -len(found[n])):
        if len(found[n]) <= LONG:
            break
        mine = Counter(_runs(found[n]))
        common = mine & left
        if sum(common.values()) >= 0.5 * sum(mine.values()):
            left -= common
            chosen[n] = True
            at = [places[run] for run in common]
            spans[n] = (min(at), max(at) + RUN)
    return spans


def _match_short(
    found: list[list[str]], wanted: list[str], chosen: list[bool], spans: dict[int, tuple[int, int]]
) -> None:
    """Mark the short blocks that stand, in order, between the long ones where the truth has them."""
    cursor = 0
    following = [len(wanted)] * (len(found) + 1)
    for n in range(len(found) - 1, -1, -1):
        following[n] = spans[n][0] if n in spans else following[n + 1]
    for n, words in enumerate(found):
        if n in spans:
            cursor = spans[n][1]
        elif 0 < len(words) <= LONG:
            limit = following[n] if following[n] > cursor else len(wanted)
            start = cursor if spans else 0
            # Before the first long block, only what stands right before it in the truth.
            start = max(start, limit - NEAR) if not any(k < n for k in spans) and spans else start
            at = _find(words, wanted, start, min(limit, start + NEAR))
            if at is not None:
                chosen[n] = True
                cursor = at + len(words)


def _find(words: list[str], wanted: list[str], start: int, end: int) -> int | None:
    for at in range(start, end - len(words) + 1):
        if wanted[at : at + len(words)] == words:
            return at
    return None
