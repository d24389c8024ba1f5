"""A page's blocks -> readers' comments after its story, known by their form where no element is named for comments.

Two facts must agree: a line over them that says "34 comments" in some language, and under it elements of one shape,
each of which begins with who wrote it and when. A live blog has the second, a story about comments the first.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from crawler.dates.calendars import has_number
from crawler.dates.printed import parse_date
from crawler.markup.blocks import Blocks
from crawler.markup.comments import comment_headings
from crawler.markup.tags import HEADINGS as TITLES

STORY = 300  # letters of a story before its comments; a shorter story needs the share of BEHIND
BEHIND = 0.4  # of all that was taken for the story
LEAST = 2  # comments of one shape, by different people or at different times
SIGNATURE = 60  # characters of the line with which a comment begins
ABOVE = 4  # blocks over the first comment, among which the heading stands: a count, how to sort, a form
HEADINGS = 2  # lines that say so, the last of a page: links lead to its comments
CLIMB = 4  # elements around a signature, of which one is the comment

_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # only whether there is a date is asked, not which
_LETTER = re.compile(r"[^\W\d_]")


def among_comments(blocks: Blocks, chosen: Sequence[int], lengths: Sequence[int] | NDArray[np.int64]) -> Sequence[int]:
    """Return which of the chosen blocks are comments, their heading with them; `lengths`: of each block of the page."""
    texts = blocks.texts
    headings = comment_headings(texts, range(chosen[0] + 1, chosen[-1])) if chosen else []
    for heading in headings[-HEADINGS:]:
        before = sum(lengths[n] for n in chosen if n < heading)
        if before >= min(STORY, BEHIND * sum(lengths[n] for n in chosen)) and (end := _end(blocks, heading)):
            return [n for n in chosen if heading <= n < end]
    return ()


def _end(blocks: Blocks, heading: int) -> int:
    """Return where the signed elements of one shape under a heading end, or their signed texts; 0: there are none."""
    alike: dict[tuple[int, str, str], dict[int, str]] = defaultdict(dict)
    flat: dict[tuple[int, str, str], dict[int, str]] = defaultdict(dict)  # signatures in elements of their own
    for n in range(heading + 1, len(blocks)):
        who, size = _signature(blocks.texts, n)
        at, climbed = blocks.owners[n], 0
        while size and at > 0 and blocks.first[at] == n and climbed < CLIMB:
            if blocks.end[at] - n > size:  # something is said under it
                alike[blocks.parents[at], blocks.tags[at], blocks.names[at]].setdefault(at, who)
            at, climbed = blocks.parents[at], climbed + 1
        if size and blocks.first[alone := blocks.owners[n]] == n and blocks.end[alone] - n == size:
            flat[blocks.parents[alone], blocks.tags[alone], blocks.names[alone]].setdefault(alone, who)
    for same in alike.values():
        begins = min(blocks.first[at] for at in same)
        if len(set(same.values())) >= LEAST and begins - heading <= ABOVE:
            return max(blocks.end[at] for at in same)
    for (around, _, _), lines in flat.items():
        if len(set(lines.values())) >= LEAST and blocks.first[min(lines)] - heading <= ABOVE:
            return _end_of_list(blocks, max(lines), around)
    return 0


def _end_of_list(blocks: Blocks, last: int, around: int) -> int:
    """Return where the comment under the last signature ends: before a heading, or with the element around it."""
    begin, end = blocks.end[last], blocks.end[around]
    return next((n for n in range(begin, end) if blocks.tag(n) in TITLES), end)


def _signature(texts: Sequence[str], n: int) -> tuple[str, int]:
    """Return who wrote what begins with a block, and how many blocks say so, with a day; "" and 0: none do."""
    first = texts[n]
    if len(first) > SIGNATURE or not _LETTER.search(first):
        return "", 0
    if has_number(first):
        return (first, 1) if _says_when(first) else ("", 0)
    behind = texts[n + 1] if n + 1 < len(texts) else ""
    is_day = len(behind) <= SIGNATURE and has_number(behind) and _says_when(behind)
    return (first, 2) if is_day else ("", 0)


def _says_when(line: str) -> bool:
    return parse_date(line, today=_ANY_DAY) is not None
