"""A page's blocks -> which of them are the story, by the probability that the learned model gives a block."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import accumulate, chain, islice, repeat
from operator import or_

import numpy as np
from numpy.typing import NDArray

from crawler.body.model.classifier import Model, model
from crawler.body.model.features import features
from crawler.body.model.frame import Frame
from crawler.body.model.text_features import text_marks
from crawler.markup.blocks import Blocks
from crawler.markup.hints import PageHints
from crawler.markup.tags import BIT, PREFORMATTED
from crawler.text import remember_lengths

_LAST_RESORT = 0.05  # when no block is likely, the likeliest are chosen, but none below this
_BETWEEN = 0.3  # of a block with nothing less likely between it and blocks of the story on both sides

_PREFORMATTED = sum(BIT[tag] for tag in PREFORMATTED if tag in BIT)
_LINES = frozenset({"tr", "li"})
_PLACES = ("figcaption", "footer", "aside", "form", "header", "h1", "figure", "address")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which blocks are the story.

    Attributes:
        chosen: Their numbers, in order.
        chances: The probability of every block of the page to be of the story.
        dropped: Block -> why a rule took it out, although it was likely enough.
        limit: The probability that a block needs which stands at an end of the story.
    """

    chosen: tuple[int, ...] = ()
    chances: tuple[float, ...] = ()
    dropped: dict[int, str] | None = None
    limit: float = 0.0

    def without(self, blocks: frozenset[int], reason: str) -> "Verdict":
        """Return the verdict with some chosen blocks dropped."""
        if not blocks:
            return self
        dropped = (self.dropped or {}) | dict.fromkeys(blocks, reason)
        return replace(self, chosen=tuple(n for n in self.chosen if n not in blocks), dropped=dropped)


def frame_of(blocks: Blocks) -> Frame:
    """Measure the blocks of a page, of which there must be one."""
    marks = text_marks(blocks.texts)
    remember_lengths(blocks.texts, marks.size.tolist())
    return Frame(blocks, marks)


def judge(frame: Frame, hints: PageHints, *, by: Model | None = None) -> Verdict:
    """Ask the model (the shipped one unless another is given) about every block of a page that was measured."""
    judge_ = by or model()
    _, rows = features(frame.blocks, hints, judge_.name_scores, only=judge_.features, frame=frame)
    chances = judge_.trees.probability(rows)
    return verdict_of(chances, judge_.threshold)


def verdict_of(chances: NDArray[np.float64], threshold: float) -> Verdict:
    """Choose the blocks whose chances make them the story; `chances` holds one at least.

    A block needs `threshold`, or the most that a page has. One that runs of likely blocks join to the story before it
    and after it needs less: its place is the second sign.
    """
    limit = min(threshold, max(float(chances.max()), _LAST_RESORT))
    return Verdict(tuple(_chosen(chances, limit)), tuple(np.round(chances, 3).tolist()), limit=round(limit, 3))


def _chosen(chances: NDArray[np.float64], limit: float) -> list[int]:
    """Return the sure blocks, and the likely ones with a sure one on both sides and no gap between."""
    found: list[int] = []
    waiting: list[int] | None = None  # likely blocks after a sure one; None: a gap stands between
    before = -1
    shares = chances.tolist()
    for n in np.flatnonzero(chances >= min(limit, _BETWEEN)).tolist():
        if n != before + 1:
            waiting = None
        if shares[n] >= limit:
            found += (*waiting, n) if waiting else (n,)
            waiting = []
        elif waiting is not None:
            waiting.append(n)
        before = n
    return found


def why_dropped(blocks: Blocks, verdict: Verdict) -> Iterator[tuple[int, str]]:
    """Give every block that is not of the story, in order, with the reason."""
    chosen, rules = frozenset(verdict.chosen), verdict.dropped or {}
    for n, chance in enumerate(verdict.chances):
        if n in chosen:
            continue
        why = rules.get(n) or _unlike(blocks, n)
        yield n, f"{why} ({chance:.2f} likely)"


def _unlike(blocks: Blocks, n: int) -> str:
    """Return the plainest of the reasons that the model may have had; the model weighs many at once."""
    size = len(blocks.texts[n])
    owner = blocks.owners[n]
    if blocks.hidden[owner]:
        return "marked as hidden"
    if blocks.link_chars[n] >= 0.6 * size:
        return "mostly links"
    place = next((tag for tag in _PLACES if blocks.within[owner] & BIT[tag]), None)
    if place:
        return f"stands in <{place}>"
    return "short line" if size < 60 else "unlike the story's text"


def text_of(blocks: Blocks, chosen: tuple[int, ...]) -> str:
    """Join chosen blocks: a blank line between paragraphs, a line break between the rows of a table or list."""
    return "".join(parts_of(blocks, chosen))


def lines_with(blocks: Blocks, n: int) -> tuple[str, int] | None:
    """Return what a block is a line of, the same for all its lines: a list, a table or preformatted text; or None."""
    owner = blocks.owners[n]
    if blocks.within[owner] & _PREFORMATTED:
        while blocks.tags[owner] not in PREFORMATTED:
            owner = blocks.parents[owner]
        return "pre", owner
    return (blocks.tags[owner], blocks.parents[owner]) if blocks.tags[owner] in _LINES else None


def placed(chosen: tuple[int, ...], parts: list[str]) -> list[tuple[int, int, str]]:
    """Return of each chosen block its number, where its text begins in `text_of`, and that text; from `parts_of`."""
    starts = accumulate(map(len, parts), initial=0)
    return [*zip(chosen, islice(starts, 0, None, 2), parts[::2], strict=False)]  # every other part is between two


def parts_of(blocks: Blocks, chosen: tuple[int, ...]) -> list[str]:
    """Return the texts of chosen blocks, and between each two what parts them, as `text_of` joins them."""
    texts = map(blocks.lines.get, chosen, map(blocks.texts.__getitem__, chosen))
    places = [*map(blocks.owners.__getitem__, chosen)]
    around = reduce(or_, map(blocks.within.__getitem__, places), 0)
    if not around & _PREFORMATTED and _LINES.isdisjoint(map(blocks.tags.__getitem__, places)):
        return [*chain.from_iterable(zip(repeat("\n\n"), texts, strict=False))][1:]
    parts: list[str] = []
    before: tuple[str, int] | None = None
    for n, text in zip(chosen, texts, strict=True):
        here = lines_with(blocks, n)
        if parts:
            parts.append("\n" if here and here == before else "\n\n")
        parts.append(text)
        before = here
    return parts
