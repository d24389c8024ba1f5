"""A page's blocks -> which of them are the story: one verdict a block, with its reason."""

from dataclasses import dataclass

from crawler.blocks import Blocks

_MIN_PROSE = 60  # characters; shorter blocks count for nothing on their own
_MAX_LINKED = 0.34


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether each block belongs to the body; `reasons` holds "" for those kept."""

    kept: tuple[int, ...]
    reasons: tuple[str, ...]


def judge(blocks: Blocks) -> Verdict:
    """Keep the prose under the element that holds most of it."""
    score = [0.0] * len(blocks.tags)
    for text, owner, linked in zip(blocks.texts, blocks.owners, blocks.link_chars, strict=True):
        if len(text) < _MIN_PROSE or linked > _MAX_LINKED * len(text):
            continue
        share, at = 1.0, blocks.parents[owner]
        for _ in range(3):
            if at < 0:
                break
            score[at] += share * len(text)
            share, at = share / 2, blocks.parents[at]
    best = max(range(len(score)), key=score.__getitem__, default=-1)
    reasons = []
    for n, (text, linked) in enumerate(zip(blocks.texts, blocks.link_chars, strict=True)):
        inside = best >= 0 and blocks.first[best] <= n < blocks.end[best]
        if not inside:
            reasons.append("outside the article's element")
        elif linked > 0.6 * len(text):
            reasons.append("links only")
        else:
            reasons.append("")
    return Verdict(tuple(n for n, reason in enumerate(reasons) if not reason), tuple(reasons))
