"""The blocks of a text -> how many stories it tells, each under a headline and by an author of its own, as a fact.

Headings alone divide one story, too, and so does a page that lists them. A line that names an author under three of
them, who is not the same everywhere, is another sign: the text is of several people, and the article has the first.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from corpus.texts import text
from crawler.markup.blocks import Blocks
from crawler.markup.tags import HEADINGS

FEWEST = 3  # stories of their own author
NEAR = 3  # blocks after a headline, or before the next one, in which its author stands
MAX_LINE = 120  # characters of a line with an author
MAX_NAMES = 20  # that the fact says

NamesOf = Callable[[str], tuple[str, ...]]
"""The authors that a line names with a word such as "By"; none where it is no such line."""


def facts_of_several(blocks: Blocks, chosen: Sequence[int], names_of: NamesOf) -> dict[str, str]:
    """Return how many stories a text tells, and by whom, as the fact `stories`; empty: one, as nearly every text."""
    tags, owners = blocks.tags, blocks.owners
    heads = [n for n in chosen if tags[owners[n]] in HEADINGS]
    if len(heads) < FEWEST:
        return {}
    ends = [*heads[1:], min(chosen[-1] + 1 + NEAR, len(blocks))]
    signed: list[tuple[str, ...]] = []
    for left, head, end in zip(range(len(heads), 0, -1), heads, ends, strict=True):
        if len(signed) + left < FEWEST:
            return {}  # most texts, after few of their headings
        signed.extend(islice(_authors(blocks, head, end, names_of), 1))
    if len(signed) < FEWEST or len(set(signed)) < 2:
        return {}
    names = list(dict.fromkeys(name for each in signed for name in each))
    listed = ", ".join(names[:MAX_NAMES]) + (" …" if len(names) > MAX_NAMES else "")
    return {
        "stories": text(
            "it tells {n:,} stories, each with a headline and an author: {names}", n=len(signed), names=listed
        )
    }


def _authors(blocks: Blocks, head: int, end: int, names_of: NamesOf) -> Iterator[tuple[str, ...]]:
    """Give the authors that the lines right after a headline name, then those of the last lines before the next."""
    behind = range(head + 1, min(head + 1 + NEAR, end))
    for n in (*behind, *range(max(behind.stop, end - NEAR), end)):
        line = blocks.texts[n]
        if len(line) <= MAX_LINE and not blocks.hidden[blocks.owners[n]] and (names := names_of(line)):
            yield names
