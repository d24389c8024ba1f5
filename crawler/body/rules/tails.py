"""A story's blocks -> the blocks after its end, and the blocks that repeat others."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from crawler.body.rules.story import PROSE, Story, alike, words_of
from crawler.body.words.box_words import TAIL
from crawler.markup.tags import HEADINGS

COPY = 200  # letters of a paragraph, or of a run of paragraphs; shorter texts recur in interviews and lists
MOST = 0.7  # of the story that stands before its tail
LINE = 100  # letters of a byline
LABEL = 60  # letters of a line that opens the tail
SAME = 0.75  # of the words of an article's heading and of the headline that must be the same
MAX_ARTICLES = 200
POINTS = 3  # headings with nothing under them; that many are the points of a list
APART = 3  # blocks around one that stands apart, none of which is the story's
BEHIND = 0.5  # of the story that stands before it: a standfirst may stand apart from its story
SURE = 0.6  # probability of a block that is the story's wherever it stands


def copies(story: Story) -> Sequence[int]:
    """Return the paragraphs that repeat earlier ones: long paragraphs, and runs of shorter ones."""
    if len(set(map(story.blocks.texts.__getitem__, story.chosen))) == len(story.chosen):
        return ()  # as in nearly all stories
    first: dict[str, int] = {}
    found: list[int] = []
    again: list[tuple[int, int]] = []  # places of a block and of the block it repeats
    for place, n in enumerate(story.chosen):
        text = story.blocks.texts[n]
        if text in first:
            again.append((place, first[text]))
        else:
            first[text] = place
    for run in _runs(again):
        numbers = [story.chosen[place] for place in run]
        if story.size(numbers) >= COPY:
            found += numbers
    return found


def _runs(again: list[tuple[int, int]]) -> list[list[int]]:
    """Group the repeated blocks that follow one another in the same order as the blocks they repeat."""
    runs: list[list[int]] = []
    last = (-2, -2)
    for pair in again:
        if pair == (last[0] + 1, last[1] + 1):
            runs[-1].append(pair[0])
        else:
            runs.append([pair[0]])
        last = pair
    return runs


def tail(story: Story) -> Sequence[int]:
    """What follows a line such as "Related posts" after most of the story, and headings nothing follows."""
    chosen, lengths = story.chosen, story.lengths
    before = [0, *accumulate(map(lengths.__getitem__, chosen))]
    behind = range(bisect_left(before, MOST * before[-1]), len(chosen))
    lines = (place for place in behind if lengths[chosen[place]] < LABEL and TAIL.fullmatch(story.text(chosen[place])))
    last = end = next(lines, len(chosen))
    while end and story.blocks.tag(story.chosen[end - 1]) in HEADINGS:
        end -= 1
    if last - end >= POINTS and _are_points(story, end, last):
        end = last
    return story.chosen[end:] if end else ()


def apart(story: Story) -> Sequence[int]:
    """What stands alone after half of the story, among what is none of it, when the model is not sure of it either."""
    around = (len(story.blocks), *story.chosen, len(story.blocks) + APART + 1)
    alone = [
        n
        for last, n, following in zip(around, around[1:], around[2:], strict=False)
        if n - last > APART and following - n > APART and story.verdict.chances[n] < SURE
    ]
    least = BEHIND * story.size(story.chosen) if alone else 0
    return [n for n in alone if story.size(story.before(n)) >= least]


def loose(story: Story) -> Sequence[int]:
    """Doubtful blocks at the ends of the story: they were of it only while they stood between two parts of it."""
    chances, limit = story.verdict.chances, story.verdict.limit
    first = next((n for n in story.chosen if chances[n] >= limit), None)
    if first is None:
        return ()
    last = next(n for n in reversed(story.chosen) if chances[n] >= limit)
    return story.before(first) + story.chosen[bisect_right(story.chosen, last) :]


def closing(story: Story) -> Sequence[int]:
    """The lines after the story that say nothing but when, or repeat its byline."""
    byline = words_of(story.cues.byline)
    lines = []
    for n in reversed(story.chosen[1:]):
        text = story.text(n)
        if text not in story.cues.dated and not (byline and story.length(n) < LINE and words_of(text) == byline):
            break
        lines.append(n)
    return lines if story.enough_without(frozenset(lines)) else ()


def others(story: Story) -> Sequence[int]:
    """Return what stands in a second article and after it: an element of its own, with a first heading of its own."""
    blocks = story.blocks
    headed = list(_headed_articles(story))
    if len(headed) < 2:
        return ()
    title = words_of(story.cues.headline)
    own = [at for at, words in headed if not title or alike(words, title) >= SAME]
    first = own[0] if own else headed[0][0]
    read = sum(story.length(n) for n in story.inside(first))
    after = [
        blocks.first[at]
        for at, words in headed
        if blocks.first[at] >= blocks.end[first] and not (title and alike(words, title) >= SAME)
    ]
    if read < PROSE or not after or not own:
        return ()
    return [n for n in story.chosen if n >= min(after)]


def _headed_articles(story: Story) -> Iterator[tuple[int, frozenset[str]]]:
    """Give the articles that hold a first heading and a chosen block, each with the heading's words."""
    blocks = story.blocks
    articles = blocks.elements("article")[:MAX_ARTICLES]
    headings = blocks.elements("h1") if len(articles) > 1 else []
    for at in articles:
        first, end = blocks.first[at], blocks.end[at]
        heading = next((h for h in headings if h > at and first <= blocks.first[h] < end), None)
        if heading is not None and story.inside(at):
            said = " ".join(blocks.texts[blocks.first[heading] : blocks.end[heading]])
            yield at, words_of(said)


def _are_points(story: Story, start: int, end: int) -> bool:
    """Whether headings nothing follows are a list's: of one tag, none of them a link."""
    row = story.chosen[start:end]
    return len({story.blocks.tag(n) for n in row}) == 1 and all(story.linked(n) < 0.5 for n in row)
