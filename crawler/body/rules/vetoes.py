"""A story's blocks -> the blocks whose element names them as something else, where a second fact agrees.

What an element is named (class, id, role, tag) is believed only with a second fact: what the block says, how it is
linked, that it repeats the story, or where it stands. A box that holds most of the story is the story.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import compress

from lxml import etree

from crawler.body.rules.named import kinds_of
from crawler.body.rules.story import PROSE, Story, words_of
from crawler.body.words import box_words, wall_words
from crawler.markup.tags import BIT, HEADINGS
from crawler.text import Caseless, ends_sentence

MOST = 0.5  # of the story's text; an element that holds as much is the story's own
FEW = 0.3  # of the story's text that boxes of one kind may take away together
ADVERT = 600  # letters of one advertisement
LINES = 4  # blocks of a small box
PICTURE = 250  # letters of a line beside a picture
SLANTED = 0.8  # of such a line that is set in italics
WHOLLY = 0.8  # of a heading that leads to another story
CAPTION = 400  # letters of one caption
OFFER = 600  # letters of one offer among the paragraphs
ASKING = 250  # letters of a box, not named for the letter, that asks for an address
TEASER = 300  # letters of one that leads to another story
LABEL = 80  # letters of the line that says what a box is
LINKED = 0.3  # of the text of a box that leads to other stories
BEHIND = 0.4  # of the story that stands before a box after it
LEVELS = 3  # elements around a link whose first line may announce it
LEFT = 60  # letters that must stay beside a question for consent

_APART = frozenset({"aside", "ins", "section", "complementary", "region"})  # tags and roles of what stands apart


def adverts(story: Story) -> Sequence[int]:
    """Boxes named as advertisement that are labelled so, linked, set apart or named so twice; and labelled boxes."""
    named = _few(story, "advert", lambda n, at: story.size(story.inside(at)) <= ADVERT and _is_advert(story, at))
    plain = _few(story, "plainly advert", lambda n, at: _is_small(story, at))
    labelled = _few_of(story, _labelled(story), lambda n, at: _is_small(story, at))
    return sorted({*named, *plain, *labelled})


def _is_small(story: Story, element: int) -> bool:
    """Whether a box has few lines and says little, and is no story's own."""
    lines = story.blocks.end[element] - story.blocks.first[element]
    return lines <= LINES and story.size(story.inside(element)) <= ADVERT


@lru_cache(1_024)  # of furniture, which stands on all pages of a site
def _is_advert_line(text: str) -> bool:
    return box_words.ADVERT.fullmatch(text) is not None


def _labelled(story: Story) -> Iterable[tuple[int, int | None]]:
    """The blocks of elements that begin with a line such as "Advertisement", and chosen ones of those so labelled."""
    blocks = story.blocks
    short = [*compress(range(len(blocks)), map(LABEL.__gt__, map(len, blocks.texts)))]
    for label in box_words.ADVERT.among(blocks.texts, short):
        if _is_advert_line(blocks.texts[label]):
            owner = blocks.owners[label]
            at = owner if blocks.tags[owner] == "div" else blocks.parents[owner]
            if at > 0 and blocks.first[at] == label:
                yield from ((n, at) for n in story.inside(at))
    around = story.boxes if blocks.nodes else ()  # the elements that chosen blocks stand in
    apart = [at for at in around if at and (blocks.tags[at] in _APART or blocks.nodes[at].get("role") in _APART)]
    innermost: dict[int, int] = {}
    for at in apart:  # what stands in another one comes after it
        if box_words.ADVERT.fullmatch(_label(blocks.nodes[at])):
            innermost.update(dict.fromkeys(story.inside(at), at))
    yield from innermost.items()


def _label(node: etree._Element) -> str:
    return (node.get("aria-label") or "")[:LABEL]


def _is_advert(story: Story, element: int) -> bool:
    blocks = story.blocks
    first, end = blocks.first[element], blocks.end[element]
    texts = blocks.texts[max(first - 1, 0) : end]
    if any(len(text) < LABEL and box_words.FURNITURE.fullmatch(text) for text in texts):
        return True
    if _says_advert(story, element):
        return True
    texts = blocks.texts[first:end]
    if blocks.tags[element] in {"aside", "ins"} or sum(blocks.link_chars[first:end]) >= LINKED * sum(map(len, texts)):
        return True
    names = {blocks.names[at] for at in range(element, len(blocks.tags)) if first <= blocks.first[at] < end}
    return len({name for name in names if "advert" in kinds_of(name)}) > 1


def _says_advert(story: Story, element: int) -> bool:
    """Whether a box says what it is: in its label for screen readers, or in the words its first line begins with."""
    blocks = story.blocks
    label = _label(blocks.nodes[element]) if blocks.nodes else ""
    first = blocks.texts[blocks.first[element]]
    return bool(box_words.ADVERT.fullmatch(label) or box_words.ADVERT_LEAD.match(first))


def captions(story: Story) -> Sequence[int]:
    """Short lines in elements named as caption; and a line beside a picture in a box of the two."""
    named = _few(story, "caption", lambda n, at: story.length(n) <= CAPTION)
    beside = _few_of(story, ((n, _picture_box(story, n)) for n in _pictured(story)), lambda n, at: True)
    return sorted({*named, *beside})


def _pictured(story: Story) -> Iterable[int]:
    """The chosen blocks that are set in italics, or stand in a box named as picture."""
    bold, texts = story.blocks.bold_chars, story.blocks.texts
    slanted = [n for n in story.chosen if bold[n] and bold[n] >= SLANTED * len(texts[n])]
    named = [n for n, around in story.boxed if "picture" in around] if "picture" in story.kinds else ()
    return sorted({*slanted, *named})


def _picture_box(story: Story, n: int) -> int | None:
    """The box of a picture and of a line alone, which is named so or set in italics; None when it is none."""
    blocks = story.blocks
    owner = blocks.owners[n]
    slanted = blocks.bold_chars[n] >= SLANTED * len(blocks.texts[n])
    if not (slanted or "picture" in story.boxes[owner]) or not blocks.nodes or story.length(n) > PICTURE:
        return None  # as nearly all blocks
    for at in (owner, blocks.parents[owner]):
        if at <= 0 or blocks.end[at] - blocks.first[at] > 1 or blocks.tags[at] in HEADINGS:
            return None
        if next(blocks.nodes[at].iter("img"), None) is not None:
            return at if slanted or "picture" in kinds_of(blocks.names[at]) else None
    return None


def letters(story: Story) -> Sequence[int]:
    """Boxes named for the paper's letter that speak of it or have a field for an address; forms with such a field."""
    named = _few(story, "letter", lambda n, at: _is_letter(story, at))
    asking = _few_of(story, _asking(story), lambda n, at: True)
    return sorted({*named, *asking})


def _is_letter(story: Story, element: int) -> bool:
    return _is_box_of(story, element, box_words.LETTER_WORD) or (
        _is_small(story, element) and _has_address(story, element)
    )


def _asking(story: Story) -> Iterable[tuple[int, int | None]]:
    """The chosen blocks of forms with a field for an address, and of the small box around one."""
    for form in story.blocks.elements("form"):
        if _has_address(story, form):
            around = (story.blocks.parents[form], form)
            at = next((at for at in around if _is_small(story, at) and story.size(story.inside(at)) <= ASKING), None)
            yield from ((n, at) for n in (story.inside(at) if at is not None else ()))


def _has_address(story: Story, element: int) -> bool:
    """Whether a box has a field for the reader's e-mail address, and none for a longer text."""
    node = story.blocks.nodes[element] if story.blocks.nodes else None
    if node is None or next(node.iter("textarea"), None) is not None:
        return False
    return any(
        (field.get("type") or "").lower() == "email" or "mail" in (field.get("name") or "").lower()
        for field in node.iter("input")
    )


def apps(story: Story) -> Sequence[int]:
    """Boxes named for the paper's app that speak of it."""
    return _few(story, "app", lambda n, at: _is_box_of(story, at, box_words.APP))


def embeds(story: Story) -> Sequence[int]:
    """Return the placeholders of posts that are shown only with consent."""
    return _few(story, "embed", lambda n, at: _is_box_of(story, at, box_words.EMBED))


def _is_box_of(story: Story, element: int, words: Caseless) -> bool:
    return _is_small(story, element) and any(words.search(story.text(n)) for n in story.inside(element))


def bios(story: Story) -> Sequence[int]:
    """Boxes named for a life of the author that name one of the story's authors, after part of the story."""
    names = [name for author in story.cues.authors if (name := words_of(author))]
    whole = story.size(story.chosen)

    def is_bio(_: int, at: int) -> bool:
        said = words_of(" ".join(story.text(m) for m in story.inside(at)))
        behind = story.size(m for m in story.chosen if m < story.blocks.first[at]) >= BEHIND * whole
        return behind and _is_small(story, at) and any(name <= said for name in names)

    return _few(story, "bio", is_bio)


def offers(story: Story) -> Sequence[int]:
    """Boxes named as an offer that speak of one: they break a story, and do not end it."""
    return _few(story, "offer", lambda n, at: story.size(story.inside(at)) <= OFFER and _speak_of_offer(story, at))


def _speak_of_offer(story: Story, element: int) -> bool:
    """Whether most of what a box says speaks of an offer; a heading's own id names what it is about."""
    inside = story.inside(element)
    speaking = [n for n in inside if wall_words.OFFER.search(story.text(n))]
    return story.blocks.tags[element] not in HEADINGS and story.size(speaking) >= MOST * story.size(inside)


def related(story: Story) -> Sequence[int]:
    """Boxes named as related, and asides, that lead to other stories."""
    blocks = story.blocks
    plain: dict[int, bool] = {}  # box -> whether it says or shows by a line that it leads to other stories

    def leads(n: int, at: int) -> bool:
        first, end = blocks.first[at], blocks.end[at]
        if story.length(n) > TEASER:
            return False
        if at not in plain:
            is_announced = any(len(text) < LABEL and box_words.announces(text) for text in blocks.texts[first:end])
            plain[at] = is_announced or any(
                blocks.tag(m) in HEADINGS and story.linked(m) >= WHOLLY for m in range(first, end)
            )
        if plain[at]:
            return True
        # A paragraph without a link is no teaser, unless the box says what it holds.
        if story.length(n) >= PROSE and ends_sentence(story.text(n)) and story.linked(n) < MOST:
            return False
        return sum(blocks.link_chars[first:end]) >= LINKED * sum(map(len, blocks.texts[first:end]))

    placed = ((n, story.outermost(n, "aside")) for n in (story.chosen if story.around & BIT["aside"] else ()))
    aside = _few_of(story, placed, leads)
    listed = _few_of(story, _under_heading(story), lambda n, at: story.linked(n) >= WHOLLY)
    return sorted({*aside, *listed, *_few(story, "related", leads)})


def _under_heading(story: Story) -> Iterable[tuple[int, int | None]]:
    """The chosen items of boxes that begin with a line such as "More on this"."""
    blocks = story.blocks
    announced: dict[int, bool] = {}  # element -> whether its first line does
    for n in story.linking:
        if story.linked(n) < WHOLLY:
            continue
        at = blocks.parents[blocks.owners[n]]
        for _ in range(LEVELS):
            if at <= 0:
                break
            if at not in announced:
                text = blocks.texts[blocks.first[at]]
                announced[at] = len(text) < LABEL and box_words.announces(text)
            if announced[at] and blocks.first[at] < n:
                yield n, at
                break
            at = blocks.parents[at]


def consent(story: Story) -> Sequence[int]:
    """Boxes named for consent that ask for it, when a story stands beside them."""
    if "consent" not in story.kinds:
        return ()
    boxes = {at: story.inside(at) for _, around in story.boxed if (at := around.get("consent")) is not None}
    whole = story.size(story.chosen)
    found: set[int] = set()
    for inside in boxes.values():
        asking = story.size(n for n in inside if wall_words.CONSENT.search(story.text(n)))
        # A banner may say more than a brief; then most of what it says must ask.
        needed = MOST * story.size(inside) if story.size(inside) >= MOST * whole else 1
        if asking >= needed:
            found.update(inside)
    left = [n for n in story.chosen if n not in found]
    return tuple(found) if any(story.length(n) >= LEFT and ends_sentence(story.text(n)) for n in left) else ()


def _few(story: Story, kind: str, agrees: Callable[[int, int], bool]) -> Sequence[int]:
    if kind not in story.kinds:
        return ()
    return _few_of(story, ((n, around.get(kind)) for n, around in story.boxed), agrees)


def _few_of(
    story: Story, placed: Iterable[tuple[int, int | None]], agrees: Callable[[int, int], bool]
) -> Sequence[int]:
    """Return the blocks of some boxes on which a second fact agrees; none when they are much of the story."""
    boxed = [(n, at) for n, at in placed if at is not None]
    if not boxed:
        return ()
    whole = story.size(story.chosen)
    small: dict[int, bool] = {}
    found = []
    for n, at in boxed:
        if at not in small:
            small[at] = story.size(story.inside(at)) < MOST * whole
        if small[at] and agrees(n, at):
            found.append(n)
    return found if story.size(found) <= FEW * whole else ()
