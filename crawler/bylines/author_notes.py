"""A line after a story that tells who its author is -> the author: "Ana Pérez teaches law and lives in Elmhurst."

Such a line begins with a name that many bear and a verb of such lines. It counts where no byline is printed, and where
it is set apart: in a box named so, or all in italics, of somebody whom the story does not name. So does one with a rare
name that says where somebody lives besides what they do, in an element that holds no paragraph of the story.
"""

import re
from itertools import islice

from corpus.people.names import fold
from corpus.texts import text as sentence
from crawler.bylines.given_names import GIVEN_NAMES
from crawler.bylines.name_words import NOISE, PARTICLES
from crawler.markup.blocks import Blocks

MAX_LIFE = 500  # characters
BEFORE, BEHIND = 2, 6  # blocks of the end of a story, and after it, in which such a line stands
_APART = 3  # blocks of an element around such a line and its heading
ABOVE = 4  # elements around such a line whose names are read
_AUTHOR = r"(?:author|writer|contributor|columnist|autor|auteur|autore|autora|verfasser|skribent|yazar)s?"
_BOX = re.compile(
    rf"(?<![a-z]){_AUTHOR}[-_]*(?:box|bio|info|card|about|profile|note|description|details|blurb)|about[-_]*(?:the[-_]*)?{_AUTHOR}"
    rf"|(?<![a-z])(?:bio[-_]*{_AUTHOR}|bio|biography|kurzbio)(?![a-z])",
    re.I,
)
_ITALIC = frozenset({"em", "i"})
_VERBS = "|".join(
    """
    is was has teaches writes lives works covers reports leads runs serves directs edits heads chairs holds hosts
    ist lehrt schreibt lebt arbeitet leitet est vit enseigne écrit dirige travaille es vive enseña escribe trabaja è
    insegna scrive lavora é ensina escreve trabalha woont schrijft doceert werkt är er bor skriver undervisar underviser
    arbetar arbejder arbeider jest mieszka pisze wykłada pracuje on asuu kirjoittaa je žije píše este scrie
    """.split()
)
# "Ana Pérez, a retired teacher, lives in ...": what stands between two commas is passed over.
_LIFE = re.compile(rf"(?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){{1,3}}?)(?:, [^,.]{{3,90}},)? (?:{_VERBS}) ")
# "... and lives in": after what somebody does.
_HOME = re.compile(
    r" (?:and|und|et|y|e|en|og|och|i|ja|a|și) (?:(?:lives|is based|lebt|wohnt|vit|vive|habite|reside|abita|mora|woont"
    r"|bor|mieszka|žije|bydlí|locuiește|trăiește) |asuu\b)"
)


def life_of_author(blocks: Blocks, chosen: tuple[int, ...]) -> tuple[str, str] | None:
    """Return the name of the author whom a line at the end of a story, or right after it, presents, and the rule."""
    if not chosen:
        return None
    end = chosen[-1]
    for n in range(max(end - BEFORE, chosen[0] + 1), min(end + 1 + BEHIND, len(blocks.texts))):
        line = blocks.texts[n].strip()
        found = _LIFE.match(line) if len(line) <= MAX_LIFE and not blocks.hidden[blocks.owners[n]] else None
        if found is None or not _is_written_as_name(found["name"]):
            continue
        if _presents(blocks, n, found["name"], chosen):
            return found["name"], sentence("the life of the author behind the story")
    return None


def _presents(blocks: Blocks, n: int, name: str, chosen: tuple[int, ...]) -> bool:
    """Whether a line with a name and a verb of lives is set apart as that of an author is."""
    others = [blocks.texts[m] for m in range(chosen[0] - 1, chosen[-1] + 1) if 0 <= m != n]
    if fold(name.split()[0]) in GIVEN_NAMES:
        if _is_boxed(blocks, n):
            return True
        if is_italic(blocks, n) and not any(name.split()[-1] in text for text in others):
            return True
    is_at_home = _HOME.search(blocks.texts[n]) is not None
    return is_at_home and _is_apart(blocks, n, chosen) and not any(name in text for text in others)


def _is_apart(blocks: Blocks, n: int, chosen: tuple[int, ...]) -> bool:
    """Whether the element around a line holds no other paragraph of the story, and little else."""
    around = blocks.parents[blocks.owners[n]]
    if around < 0 or blocks.end[around] - blocks.first[around] > _APART:
        return False
    return not any(m != n and blocks.first[around] <= m < blocks.end[around] for m in chosen)


def _is_boxed(blocks: Blocks, n: int) -> bool:
    """Whether a block stands in an element that is named for an author's life."""
    around = blocks.nodes[blocks.owners[n]].iterancestors()
    return any(_BOX.search(f"{part.get('class') or ''} {part.get('id') or ''}"[:300]) for part in islice(around, ABOVE))


def _is_written_as_name(name: str) -> bool:
    words = name.split()
    is_led = words[0][:1].isupper() and fold(words[0]) not in PARTICLES | NOISE
    return is_led and all(word[:1].isupper() or fold(word) in PARTICLES for word in words)


def is_italic(blocks: Blocks, n: int) -> bool:
    """Whether all of a block is in italics, by its element or one within it."""
    element = blocks.nodes[blocks.owners[n]]
    if element.tag in _ITALIC:
        return True
    said = "".join(map(str, element.itertext())).split()
    return any("".join(map(str, part.itertext())).split() == said for part in element.iter("em", "i"))
