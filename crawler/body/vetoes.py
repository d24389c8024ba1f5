"""A story's blocks -> those whose own element says plainly that they are none of it, where their look agrees.

What an element is named (class, id, role, tag) is believed only with a second fact: what the block says, how it is
linked, that it repeats the story, or where it stands. A box that holds most of the story is the story.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from crawler.body import box_words, wall_words
from crawler.body.named import kinds_of
from crawler.body.story import PROSE, STOP, Story
from crawler.markup.blocks import HEADINGS

MOST = 0.5  # of the story's text; an element that holds as much is the story's own
FEW = 0.3  # of the story's text that boxes of one kind may take away together
ADVERT = 600  # letters of one advertisement
CAPTION = 400  # letters of one caption
OFFER = 600  # letters of one offer among the paragraphs
TEASER = 300  # letters of one that leads to another story
LABEL = 80  # letters of the line that says what a box is
LINKED = 0.3  # of the text of a box that leads to other stories
QUOTE_WORDS = (5, 80)  # of a sentence of the story that is set large
RUN = 3  # words; a quotation is known by its runs of them
REPEATED = 0.9  # of its runs that the story has
BEHIND = 0.4  # of the story that stands before its comments
LEFT = 60  # letters that must stay beside a question for consent

_LISTS = frozenset({"li", "tr", "pre", "dt", "dd", "td"})  # whose lines are said again and again
_WORD = re.compile(r"\w+")


def adverts(story: Story) -> Sequence[int]:
    """Boxes named as advertisement that are labelled so, linked, or named so twice."""
    return _few(story, "advert", lambda n, at: story.size(story.inside(at)) <= ADVERT and _is_advert(story, at))


def _is_advert(story: Story, element: int) -> bool:
    blocks = story.blocks
    first, end = blocks.first[element], blocks.end[element]
    texts = blocks.texts[first:end]
    if any(len(text) < LABEL and box_words.FURNITURE.fullmatch(text) for text in texts):
        return True
    if sum(blocks.link_chars[first:end]) >= LINKED * sum(map(len, texts)):
        return True
    names = {blocks.names[at] for at in range(element, len(blocks.tags)) if first <= blocks.first[at] < end}
    return len({name for name in names if "advert" in kinds_of(name)}) > 1


def captions(story: Story) -> Sequence[int]:
    """Short lines in elements named as caption."""
    return _few(story, "caption", lambda n, at: story.length(n) <= CAPTION)


def offers(story: Story) -> Sequence[int]:
    """Boxes named as an offer that speak of one: they break a story, and do not end it."""
    return _few(
        story,
        "offer",
        lambda n, at: story.size(story.inside(at)) <= OFFER and _speak_of_offer(story, at),
    )


def _speak_of_offer(story: Story, element: int) -> bool:
    """Whether most of what a box says speaks of an offer; a heading's own id names what it is about."""
    inside = story.inside(element)
    speaking = [n for n in inside if wall_words.OFFER.search(story.text(n))]
    return story.blocks.tags[element] not in HEADINGS and story.size(speaking) >= MOST * story.size(inside)


def related(story: Story) -> Sequence[int]:
    """Boxes named as related, and asides, that lead to other stories."""

    def leads(n: int, at: int) -> bool:
        blocks = story.blocks
        first, end = blocks.first[at], blocks.end[at]
        if story.length(n) > TEASER:
            return False
        if any(box_words.TAIL.fullmatch(text) for text in blocks.texts[first:end] if len(text) < LABEL):
            return True
        # A paragraph without a link is no teaser, unless the box says what it holds.
        if story.length(n) >= PROSE and STOP.search(story.text(n)) and story.linked(n) < MOST:
            return False
        return sum(blocks.link_chars[first:end]) >= LINKED * sum(map(len, blocks.texts[first:end]))

    aside = _few_of(story, ((n, story.outermost(n, "aside")) for n in story.chosen), leads)
    return [*aside, *_few(story, "related", leads)]


def quotes(story: Story) -> Sequence[int]:
    """Sentences of the story set large beside it: marked off as a quotation, and said in the text as well."""
    found = []
    for n in story.chosen:
        marked = any(story.stands_in(n, tag) for tag in ("aside", "blockquote"))
        if not marked and story.box(n, "quote") is None:
            continue
        if story.blocks.tag(n) in _LISTS:
            continue
        said = _WORD.findall(story.text(n).lower())
        if QUOTE_WORDS[0] <= len(said) <= QUOTE_WORDS[1] and _is_said(said, story, n):
            found.append(n)
    return found if story.enough_without(frozenset(found), 1 - FEW) else ()


def _is_said(said: list[str], story: Story, n: int) -> bool:
    """Whether a longer block of the story says the same."""
    runs = {tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1)}
    for other in story.chosen:
        if other != n and story.length(other) > story.length(n):
            words = _WORD.findall(story.text(other).lower())
            known = set(zip(words, words[1:], words[2:], strict=False))
            if len(runs & known) >= REPEATED * len(runs):
                return True
    return False


def consent(story: Story) -> Sequence[int]:
    """Boxes named for consent that ask for it, when a story stands beside them."""
    boxes = {at: story.inside(at) for n in story.chosen if (at := story.box(n, "consent")) is not None}
    whole = story.size(story.chosen)
    found: set[int] = set()
    for inside in boxes.values():
        asking = story.size(n for n in inside if wall_words.CONSENT.search(story.text(n)))
        # A banner may say more than a brief; then most of what it says must ask.
        needed = MOST * story.size(inside) if story.size(inside) >= MOST * whole else 1
        if asking >= needed:
            found.update(inside)
    left = [n for n in story.chosen if n not in found]
    return tuple(found) if any(story.length(n) >= LEFT and STOP.search(story.text(n)) for n in left) else ()


def comments(story: Story) -> Sequence[int]:
    """What stands in a container of comments, behind the story."""
    whole = story.size(story.chosen)

    def is_behind(at: int) -> bool:
        return story.size(m for m in story.chosen if m < story.blocks.first[at]) >= BEHIND * whole

    return [
        n
        for n in story.chosen
        if (at := story.box(n, "comments")) is not None
        and is_behind(at)
        and story.size(story.inside(at)) < MOST * whole
    ]


def _few(story: Story, kind: str, agrees: Callable[[int, int], bool]) -> Sequence[int]:
    return _few_of(story, ((n, story.box(n, kind)) for n in story.chosen), agrees)


def _few_of(
    story: Story, placed: Iterable[tuple[int, int | None]], agrees: Callable[[int, int], bool]
) -> Sequence[int]:
    """Of blocks and the boxes they stand in: those whose look agrees, unless they are much of the story."""
    whole = story.size(story.chosen)
    small: dict[int, bool] = {}
    found = []
    for n, at in placed:
        if at is None:
            continue
        if at not in small:
            small[at] = story.size(story.inside(at)) < MOST * whole
        if small[at] and agrees(n, at):
            found.append(n)
    return found if story.size(found) <= FEW * whole else ()
