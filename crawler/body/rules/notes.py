"""A story's blocks -> the outlet's own notes beside it: appeals, commissions, rights, apps.

A short line says in words what it is, and is set unlike the paragraphs of the story: in other elements, wholly
emphasised, or with a link of its own after it. What leads on from such a note, a line that is a link, goes with it.
"""

from collections import Counter
from collections.abc import Sequence

from crawler.body.rules.story import LINE, Story
from crawler.body.words.note_words import NOTE
from crawler.markup.tags import HEADINGS
from crawler.text import ends_sentence

BUTTON = 60  # letters of a link that leads on from one
LINKED = 0.8  # of such a link
WHOLLY = 0.9  # of a note that is emphasised
LINES = 4  # blocks of the box of a note
FEW = 0.3  # of the story that notes may be

_LEADS = tuple(":：>»›→–—-")  # before a link that a line leads to

_Setting = tuple[str, str, str, str]


def notes(story: Story) -> Sequence[int]:
    """The notes among a story's blocks, and the links that lead on from them."""
    texts = story.blocks.texts
    said = [n for n in NOTE.among(texts, story.short_lines) if NOTE.is_in(texts[n])]
    said = [n for n in said if not (story.stands_in(n, "li") or story.stands_in(n, "blockquote"))]  # others' words
    if not said or len(said) == len(story.chosen):
        return ()
    chosen = frozenset(story.chosen)
    usual = _usual(story)
    found = {n for n in said if _is_apart(story, n, usual)}
    for n in sorted(found):
        found.update(m for m in (n - 1, n + 1) if m in chosen and _leads_on(story, m, n))
        if _is_button(story, n) and n - 1 in chosen and _is_led_on(story, n - 1, n, usual):
            found.add(n - 1)
    dropped = frozenset(found)
    return sorted(dropped) if story.enough_without(dropped, 1 - FEW) else ()


def _setting(story: Story, n: int) -> _Setting:
    """The tags and names of the two elements right around a block."""
    blocks = story.blocks
    owner = blocks.owners[n]
    around = max(blocks.parents[owner], 0)
    return blocks.tags[owner], blocks.names[owner], blocks.tags[around], blocks.names[around]


def _usual(story: Story) -> _Setting:
    """How most of the story's text is set."""
    sizes: Counter[_Setting] = Counter()
    for n in story.chosen:
        sizes[_setting(story, n)] += story.length(n)
    return sizes.most_common(1)[0][0]


def _is_apart(story: Story, n: int, usual: _Setting) -> bool:
    blocks, text = story.blocks, story.text(n)
    if blocks.tag(n) in HEADINGS:
        return False
    if text.startswith("©"):
        return True
    return _setting(story, n) != usual or blocks.bold_chars[n] >= WHOLLY * len(text) or _ends_in_link(story, n)


def _ends_in_link(story: Story, n: int) -> bool:
    """Whether a line leads to a link after it, or asks by the link; a paragraph ends in one that names its source."""
    if not story.blocks.links[n] or n not in story.blocks.marked:
        return bool(story.blocks.links[n]) and story.linked(n) >= LINKED
    pieces, marks = story.blocks.marked[n]
    link = next((mark for mark in reversed(marks) if mark.element.tag == "a"), None)
    if link is None or any(character.isalnum() for character in "".join(pieces[link.end :])):
        return False
    before, said = "".join(pieces[: link.first]).strip(), "".join(pieces[link.first : link.end])
    return not before or ends_sentence(before) or before.endswith(_LEADS) or NOTE.is_in(" ".join(said.split()))


def _leads_on(story: Story, n: int, note: int) -> bool:
    """Whether a line beside a note is a short link, or a heading in the note's own box."""
    blocks = story.blocks
    if _is_button(story, n):
        return True
    around = blocks.parents[blocks.owners[note]]
    is_headed = around > 0 and n < note and blocks.tag(n) in HEADINGS and blocks.first[around] == n
    return is_headed and blocks.end[around] - blocks.first[around] <= LINES


def _is_button(story: Story, n: int) -> bool:
    return story.length(n) < BUTTON and story.linked(n) >= LINKED


def _is_led_on(story: Story, n: int, button: int, usual: _Setting) -> bool:
    """Whether a short line before a button is of the same small box, or set apart as a whole."""
    blocks = story.blocks
    if story.length(n) >= LINE or blocks.tag(n) in HEADINGS:
        return False
    around = blocks.owners[button]
    if blocks.first[around] == button:
        around = blocks.parents[around]
    is_boxed = around > 0 and blocks.first[around] <= n and blocks.end[around] - blocks.first[around] <= LINES
    return (is_boxed and _setting(story, n) != usual) or blocks.bold_chars[n] >= WHOLLY * len(story.text(n))
