"""A press release's blocks -> what its sender set after it: who they are, whom to ask, notes to editors, files.

Such a tail is read in parts, each a label and what stands under it. A part tells by its label's words what it may be,
and by what stands under it whether it is that: an address of mail under "Contact", a text about the very name that
stands after "About". One sign alone drops nothing, nor do several of which each is no more than a word over notes; and
marks of the end that stand twice are breaks between chapters.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.body.rules.story import PROSE, Story
from crawler.body.words.release_words import (
    ABOUT,
    CONTACT,
    ENDED,
    MARKED,
    MAX_NAME,
    NOTES,
    REACHED,
    names_site,
    reaches,
)
from crawler.markup.tags import BOLD, HEADINGS
from crawler.text import ends_sentence

BEHIND = 0.4  # of the story that stands before such a tail
MOST = 0.6  # of the story that such a tail may be: a short release has a long one
FURTHER = 30  # blocks after the story's last, in the same container, that may say what the tail is
LABEL = 80  # letters of a label
LINE_LABEL = 50  # of one that nothing sets apart but its words
WHOLLY = 0.9  # of a label that is emphasised
LINE = 220  # letters of a line with an address or a number
LINES = 12  # of such lines
TEXTS = 3  # paragraphs under "About"
LOOSE = 200  # letters without a label that may stand in a tail: a link, who sent it
NAMED = 90  # characters, at the beginning of a text about it, that hold a name
SHORT, STEM = 3, 6  # letters of a word that is no name by itself; of a name that stay the same
NEEDED = 2  # signs of a tail

_WORD = re.compile(r"\w{2,}")
_COLONS = (":", "：", "】", "﹕", "፦")


@dataclass(slots=True)
class _Part:
    """A label, empty where none stands, and the blocks from it to the next.

    `set_apart`: the label is a line of its own; `is_reached`: a text under it says how to reach somebody; `is_end`: the
    part is a line that says that the release ends.
    """

    label: str
    rest: list[str]
    blocks: list[int]
    set_apart: bool = True
    is_reached: bool = False
    is_end: bool = False

    def add(self, text: str) -> None:
        """Take a text under the label."""
        self.rest.append(text)
        self.is_reached = self.is_reached or reaches(text)


def releases(story: Story) -> Sequence[int]:
    """What the sender of a press release set after it."""
    late = _late(story)
    said = "\n".join(map(story.text, late))
    if not late or not (names_site(said) or reaches(said)):
        return ()
    chosen = frozenset(story.chosen)
    start = _start(list(_parts(story, late)), chosen)
    if start is None:
        return ()
    found = frozenset(n for n in story.chosen if n >= start)
    return tuple(found) if story.enough_without(found, 1 - MOST) else ()


def _late(story: Story) -> list[int]:
    """The blocks after the first part of the story, and what follows it in the element that holds all of it."""
    if not story.chosen:
        return []
    blocks, whole, before = story.blocks, story.size(story.chosen), 0
    first = last = story.chosen[-1]
    for n in story.chosen:
        if before >= BEHIND * whole:
            first = n
            break
        before += story.length(n)
    else:
        return []
    at = blocks.owners[last]
    while at > 0 and blocks.first[at] > story.chosen[0]:
        at = blocks.parents[at]
    return list(range(first, min(blocks.end[at], last + FURTHER)))


def _parts(story: Story, numbers: Sequence[int]) -> Iterator[_Part]:
    part: _Part | None = None
    ends = Counter(text for n in {*story.chosen, *numbers} if _ends(text := story.text(n)))
    for n in numbers:
        label, rest = _label(story, n)
        if label and rest and part is not None and part.label and not any(part.rest):
            label = ""  # the first line under a label that stands alone
        is_full = part is not None and story.length(n) >= LOOSE and _is_full(part)
        text = story.text(n)
        if label or part is None or is_full or text in ends:
            if part is not None:
                yield part
            set_apart = not rest or n in story.blocks.lines or bool(_emphasised_lead(story, n))
            is_end = not label and ends[text] == 1 and MARKED.match(text) is not None
            part = _Part(label, [], [n], set_apart, is_end=is_end)
            part.add(rest if label else text)
        else:
            part.add(text)
            part.blocks.append(n)
    if part is not None:
        yield part


def _ends(text: str) -> bool:
    return len(text) <= LINE_LABEL and ENDED.fullmatch(text) is not None


def _is_full(part: _Part) -> bool:
    """Whether a paragraph under a part is another one: the part has no label, or says already how to reach somebody."""
    return not part.label or part.is_reached


def _label(story: Story, n: int) -> tuple[str, str]:
    """The label that a block is or begins with, and what follows in the block; both empty where it has none."""
    text, blocks = story.text(n), story.blocks
    first, _, under = blocks.lines.get(n, text).strip().partition("\n")
    if under and len(first) <= LABEL and not ends_sentence(first):
        return first, under
    if lead := _emphasised_lead(story, n):
        return lead, text[len(lead) :]
    if len(text) <= LABEL and not ends_sentence(text) and (_is_heading(story, n) or _names_tail(text)):
        return text, ""
    for colon in _COLONS:
        lead, _, rest = text.partition(colon)
        if rest.startswith((" ", "\n")) or (rest and colon != ":"):
            return (lead + colon, rest) if 1 < len(lead) <= LABEL and not ends_sentence(lead) else ("", "")
    return "", ""


def _is_heading(story: Story, n: int) -> bool:
    """Whether a short line is set as a heading: by its element, its emphasis or its colon."""
    blocks, text = story.blocks, story.text(n)
    is_named = blocks.tag(n) in HEADINGS or blocks.tag(n) == "dt"
    return is_named or blocks.bold_chars[n] >= WHOLLY * len(text) or text.rstrip().endswith(_COLONS)


def _names_tail(text: str) -> bool:
    """Whether a line that is set as any other begins with the words of a tail's label."""
    if len(text) > LINE_LABEL or reaches(text):
        return False
    return bool(ABOUT.match(text) or ((found := CONTACT.search(text)) and not found.start()))


def _emphasised_lead(story: Story, n: int) -> str:
    """The words that a block begins with in bold, before a break; "" where it does not."""
    blocks, owner = story.blocks, story.blocks.owners[n]
    if not blocks.nodes or not blocks.bold_chars[n] or blocks.first[owner] != n:
        return ""
    element = blocks.nodes[owner]
    first = element[0] if len(element) else None
    if first is None or first.tag not in BOLD or (element.text or "").strip():
        return ""
    following = first.getnext()
    if following is None or following.tag != "br" or (first.tail or "").strip():
        return ""
    lead = " ".join("".join(map(str, first.itertext())).split())
    return lead if len(lead) <= LABEL and story.text(n).startswith(lead) and not ends_sentence(lead) else ""


def _start(parts: list[_Part], chosen: frozenset[int]) -> int | None:
    """The block that the tail begins with; None: there is none, or too few signs of one."""
    if (ended := _ended(parts)) is not None:
        return ended
    start, evidence, noted = None, 0, 0
    for part in reversed(parts):
        found = _evidence(part)
        if found or _is_noted(part):
            start, evidence, noted = part.blocks[0], evidence + found, noted or int(not found)
        elif evidence + noted >= NEEDED and part.set_apart and part.label and _is_about(part) and _leads_out(part):
            start = part.blocks[0]  # "Acme at a glance", over a text about Acme and its site
        elif chosen.intersection(part.blocks) and _is_substantial(part):
            break
    return start if evidence + noted >= NEEDED else None


def _ended(parts: list[_Part]) -> int | None:
    """The first line that says that the release ends and has a part with a sign after it."""
    ends = [n for n, part in enumerate(parts) if part.is_end]
    if not ends:
        return None
    behind = [part for part in parts[ends[0] :] if not part.is_end]
    return parts[ends[0]].blocks[0] if any(_evidence(part) or _is_noted(part) for part in behind) else None


def _evidence(part: _Part) -> int:
    """How many signs say that a part is of the tail, beside a word over notes."""
    label = part.label
    if not label:
        return int(part.is_end)
    reached = _reached(part)
    if reached and CONTACT.search(label) and (part.set_apart or len(label) <= LINE_LABEL):
        return 2 if part.set_apart else 1
    if reached > 1 and part.set_apart and not any(map(_is_prose, part.rest)):
        return 2
    if ABOUT.match(label) and _is_about(part):
        return 2 if _leads_out(part) else 1
    return 0


def _is_noted(part: _Part) -> bool:
    """Whether the label is one of notes: a sign however many there are, as a story may end in notes, too."""
    return bool(part.label) and NOTES.search(part.label) is not None


def _reached(part: _Part) -> int:
    """How many kinds of ways to reach somebody some short lines name, by mail and by telephone; 0 for a text."""
    lines = [line for text in part.rest for line in text.split("\n")]
    if len(lines) > LINES or not all(len(line) < LINE for line in lines):
        return 0
    found = REACHED.findall("\n".join((part.label, *lines)))
    return len({"@" in way or "at" in way for way in found})


def _is_prose(text: str) -> bool:
    return len(text) >= PROSE and ends_sentence(text)


def _is_about(part: _Part) -> bool:
    """Whether a text begins with a word of the name over it; its first letters are enough, as names are inflected."""
    about = ABOUT.match(part.label)
    name = (about["name"] or about["before"] or "") if about else part.label
    if len(name) > MAX_NAME or len(part.rest) > TEXTS + 1:
        return False
    start = "\n".join(part.rest).strip()[:NAMED].casefold()
    words = (word for word in _WORD.findall(name.casefold()) if len(word) > SHORT or not word.isascii())
    return any(word[:STEM] in start for word in words)


def _leads_out(part: _Part) -> bool:
    """Whether a text names a site, or a way to reach somebody."""
    return any(names_site(text) or reaches(text) for text in part.rest)


def _is_substantial(part: _Part) -> bool:
    """Whether a part is more than a line between the others."""
    return sum(map(len, part.rest)) >= LOOSE or ends_sentence(part.rest[-1])
