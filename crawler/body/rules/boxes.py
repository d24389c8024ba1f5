"""A story's blocks -> those that stand in boxes among them: letters, appeals, captions, links to other stories."""

from collections.abc import Sequence

from crawler.body.rules.story import Story
from crawler.body.words import box_words as words
from crawler.markup.tags import BIT, HEADINGS
from crawler.text import ends_sentence

FEW_LETTERS = 2  # lines of such an offer; with more of them the story is about letters
PICTURES, GALLERY = 3, 60  # captions that make a gallery of a page without a text; letters of one that tells
ESSAY = 5  # captions that tell, and have more letters than all other text: the story is told in pictures
CAPTION = 400  # letters; a longer block is no caption
PICTURE = 250  # letters of a line under a picture that says who took it
UNSURE = 0.6  # probability of a block in a figure that is no table; the model is surer of a story's own blocks
ALSO = 300  # letters of a line that leads to another story
ALSO_LINKED = 0.4  # of such a line
APPEALS = 12  # paragraphs of a box; more paragraphs are a story
LABEL = 80  # letters of a line of the page's furniture
MARK = 40  # letters of a label beside a heading
MARK_LINKED = 0.8  # of such a label

_PICTURES = frozenset({"img", "picture", "figure", "amp-img"})
_FIGURE, _FIGCAPTION, _TABLE = BIT["figure"], BIT["figcaption"], BIT["table"]


def letters(story: Story) -> Sequence[int]:
    """A box among the paragraphs that offers the paper's letter."""
    texts = story.blocks.texts
    if not words.ANY_LETTER.stands_in("\n".join(map(texts.__getitem__, story.short_lines))):
        return ()
    found = frozenset(n for n in story.short_lines if _offers_letter(texts[n]))
    return tuple(found) if len(found) <= FEW_LETTERS and story.enough_without(found) else ()


def _offers_letter(text: str) -> bool:
    return words.ANY_LETTER.stands_in(text) and bool(words.SIGN_UP.search(text.lower()))


def captions(story: Story) -> Sequence[int]:
    """Captions and credits; those of a gallery are its text, where nothing else is or they outweigh all else."""
    found = _captions(story)
    telling = {n for n in found if story.length(n) >= GALLERY}
    if len(found) < len(story.chosen):
        telling = {n for n in telling if story.stands_in(n, "figure") and ends_sentence(story.text(n))}
        rest = story.size(story.chosen) - story.size(found)
        telling = telling if len(telling) >= ESSAY and story.size(telling) > rest else set()
    return [n for n in found if n not in telling] if len(found) >= PICTURES else found


def _captions(story: Story) -> list[int]:
    found: set[int] = set()
    if story.around & (_FIGCAPTION | _FIGURE):
        found.update(n for n, place in zip(story.chosen, story.places, strict=True) if _is_of_figure(story, n, place))
    lengths, texts = story.lengths, story.blocks.texts
    found.update([n for n in story.chosen if lengths[n] < CAPTION and _credits(texts[n])])
    short = [n for n in story.chosen if lengths[n] < PICTURE and n not in found]
    credited = [n for n in words.CREDITED.among(texts, short) if words.CREDITED.search(texts[n])]
    found.update([n for n in credited if _is_under_picture(story, n)])
    return sorted(found)


def _is_of_figure(story: Story, n: int, place: int) -> bool:
    """Whether a block is the caption of a figure, or stands in one that is no table and is doubtful."""
    around = story.blocks.within[place]
    if around & _FIGCAPTION:
        return True
    return bool(around & _FIGURE and not around & _TABLE and story.verdict.chances[n] < UNSURE)


def _credits(text: str) -> bool:
    """Whether a line says who took a picture: at its beginning, or after a word or a slash within it."""
    found = words.CREDIT_LEAD.match(text) or (("/" in text or "Photo by" in text) and words.CREDIT.search(text))
    return bool(found)


def _is_under_picture(story: Story, n: int) -> bool:
    """Whether a block stands alone in its element, right under a picture without text."""
    blocks = story.blocks
    owner = blocks.owners[n]
    if not blocks.nodes or blocks.end[owner] - blocks.first[owner] != 1:
        return False
    before = blocks.nodes[owner].getprevious()
    if before is None or (before.tag not in _PICTURES and next(before.iter("img"), None) is None):
        return False
    return not any(text.strip() for text in map(str, before.itertext()))


def also(story: Story) -> Sequence[int]:
    """Lines that lead to another story, and say that they do."""
    return [
        n
        for n in story.linking
        if story.lengths[n] < ALSO and story.linked(n) > ALSO_LINKED and words.ALSO.match(story.text(n))
    ]


def appeals(story: Story) -> Sequence[int]:
    """Boxes that ask for money or consent: paragraphs side by side, many of which say so, apart from the rest."""
    if not words.APPEAL_WORDS.stands_in(story.said):
        return ()
    boxes: dict[int, list[int]] = {}
    for n in story.chosen:
        boxes.setdefault(story.blocks.parents[story.blocks.owners[n]], []).append(n)
    found: list[int] = []
    for box in boxes.values():
        if len(box) > APPEALS or len(box) >= len(story.chosen) / 2 + 4:
            continue
        asking = sum(bool(words.APPEAL.search(story.text(n))) for n in box)
        if asking >= max(2, len(box) / 2):
            found += box
    return found if len(found) < len(story.chosen) else ()


def furniture(story: Story) -> Sequence[int]:
    """Labels of the page, such as "Advertisement" or "Share this article"."""
    lengths, texts = story.lengths, story.blocks.texts
    short = (n for n in story.chosen if lengths[n] < LABEL)
    return [n for n in short if words.FURNITURE.fullmatch(texts[n]) or words.ADVERT.fullmatch(texts[n])]


def labels(story: Story) -> Sequence[int]:
    """Links that stand beside a heading, in a box of the two alone: "edit", "all stories"."""
    blocks = story.blocks
    found = []
    for n in story.linking:
        if story.linked(n) < MARK_LINKED or story.length(n) > MARK or blocks.tag(n) in HEADINGS:
            continue
        owner = blocks.owners[n]
        box = owner if blocks.end[owner] - blocks.first[owner] == 2 else blocks.parents[owner]
        if box < 0 or blocks.end[box] - blocks.first[box] != 2:
            continue
        other = blocks.first[box] + (blocks.first[box] == n)
        if blocks.tag(other) in HEADINGS:
            found.append(n)
    return found
