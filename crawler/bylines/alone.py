"""The lines of a page that are nothing but names: under the headline, or where an author signs behind the story.

A name alone is a weak sign. It counts when a given name that many bear begins it, or when the page sets it apart as
authors are: behind a dash, in the brackets in which Japanese papers sign (there a common family name begins it). At
the far edge of the line, where "Back To Top" stands as well, several names may sign, and Vietnamese ones, which begin
with a family name; Korean ones in italics or behind a dash. Behind a quotation a dash names who said it; among other
lines with dashes it begins an entry.

What the story tells of is no author: "Victoria Park" under the headline, "– Green Onions" behind a recipe. So a name
that stands in it counts only with a second sign: another name, a role, or a date beside it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from corpus.characters import may_be_cjk
from corpus.model import AuthorKind
from corpus.people.names import fold
from corpus.texts import text as sentence
from crawler.bylines.family_names import VIETNAMESE, is_eastern_name, is_korean_name, names_in_brackets, names_near_date
from crawler.bylines.given_names import GIVEN_NAMES
from crawler.bylines.lives import is_italic
from crawler.bylines.name_words import PARTICLES
from crawler.bylines.names import names_of
from crawler.bylines.people import judge
from crawler.bylines.roles import is_role
from crawler.bylines.text import credits_others
from crawler.bylines.words import AND, PLACE, SHORT_AND
from crawler.dates.labels import is_label_alone
from crawler.dates.lines import says_when
from crawler.markup.blocks import Blocks
from crawler.text import clean, is_label

_ALONE = frozenset({"p", "div", "span", "section", "header", "address"})
_ALONE_BESIDE_DATE = _ALONE | {"li"}
_ABOVE = 4  # blocks above it, where a name stands beside a date
_DECK = 2  # blocks under the headline, one of which may be the standfirst
_UNDER = 4  # blocks under the headline among which names may stand alone
_LINE = 80  # characters of a line of several names
_PROSE = 80  # characters; a shorter block is a line of its own
_MAX_NAMES = 4
_OTHERS = 2  # signed parts of a page before the last, whose names look alike
_DASHES = " –—―-~|•·*"
_SIGNING = "–—―-~"  # behind which an author signs; the others begin the entries of a list
_HYPHEN = "-"  # which begins an entry as often as a signature: a known name must stand behind it
_QUOTED = re.compile("^[\"'„“”‘«»‹›「『].*[\"'“”’»«›‹」』][.!?…。]?$", re.S)
_FAR = re.compile(r"text-align\s*:\s*(?:right|end)\b", re.I)  # where a signature stands in a line from the left
_FAR_NAMES = re.compile(
    r"(?:^|[-_\s])(?:text|align|has-text-align|ta)-?(?:right|end)(?:$|[-_\s])|(?:^|\s)alignright(?:$|\s)", re.I
)
_MARKS = re.compile(r"\s*[|•·]\s*")  # between a name and what follows it
_MARKS_OF_SENTENCES = re.compile(r"[.!?…:;](?:\s|$)")

_Look: TypeAlias = tuple[str, str | None, int]  # the tag and class of a block, and how many elements stand in it


@dataclass(frozen=True, slots=True)
class NameLine:
    """A block that is nothing but names: the names as they are to be read, the rule that found them, the block."""

    text: str
    rule: str
    at: int


def names_alone(blocks: Blocks, *, start: int, prose: int, last: int, language: str | None) -> Iterator[NameLine]:
    """Give the lines of names between the headline and the story, or right behind it.

    Args:
        start: The block of the headline.
        prose: The first block of the body behind the headline.
        last: The last block of the body.
        language: Of the page.
    """
    for n in range(max(start - _ABOVE, 0), start):  # who and when may stand above the headline, and so may the subject
        story = range(start, last + 1)
        names = _near_headline(blocks, n, story, language, beside=-1)
        if names and _says_what_beside(blocks, n, -1) and not _tells_of(blocks, story, n, names):
            yield NameLine(names, sentence("a name alone above the headline"), n)
    long = [n for n in range(start + 1, last + 1) if len(blocks.texts[n]) >= _PROSE]
    first, end = (min(long), max(long)) if long else (prose, last)
    for n in range(start + 1, min(first, start + 1 + _UNDER)):
        if (names := _near_headline(blocks, n, range(start, last + 1), language, beside=start)) is not None:
            yield NameLine(names, sentence("a name alone under the headline"), n)
    yield from _under_deck(blocks, range(start, last + 1), long, language)
    signed, counted = Counter[_Look](), start + 1  # lines before one that signs which sign, too; up to where
    for n in range(max(end + 1, prose), min(last + 2, len(blocks.texts))):
        if (names_behind := _behind(blocks, n, range(start, last + 1))) is None:
            continue
        before, counted = range(counted, n), n
        signed.update(_look(blocks, at) for at in before if _behind(blocks, at, range(start + 1, n)) is not None)
        if signed[_look(blocks, n)] < _OTHERS:  # else each of them wrote a letter of many
            yield NameLine(names_behind, sentence("a name alone behind the story"), n)


def _under_deck(blocks: Blocks, story: range, long: list[int], language: str | None) -> Iterator[NameLine]:
    """Give the lines of names between what may be the standfirst, a paragraph right under the headline, and the story.

    The first paragraph of a story may be followed by whom it is about: a name there needs another sign, and the story
    must not tell of it.
    """
    start = story[0]
    if len(long) < 2 or long[0] > start + _DECK:
        return
    for n in range(long[0] + 1, min(long[1], long[0] + 1 + _UNDER)):
        if (line := _near_headline(blocks, n, story, language, beside=start)) is None:
            continue
        names, _ = names_of(line, language=language)
        is_known_what = _says_what_under(blocks, n) or _says_what_beside(blocks, n, start)
        if is_known_what and not any(_tells_of(blocks, story, n, name) for name in names):
            yield NameLine(line, sentence("a name alone under the headline"), n)


def _near_headline(blocks: Blocks, n: int, story: range, language: str | None, *, beside: int) -> str | None:
    """Return a line of names, of which each begins with a common given name; what they are may follow.

    Args:
        beside: Lines behind this block may say when the story was written.
    """
    if n >= len(blocks.texts) or len(blocks.texts[n]) > _LINE:
        return None
    if not _stands_alone(blocks, n, tags=_ALONE_BESIDE_DATE):
        return None
    line = _first_line(blocks, n).strip(_DASHES)
    if _MARKS_OF_SENTENCES.search(line):
        return None
    if blocks.tag(n) == "li" and not _says_what_beside(blocks, n, beside):
        return None
    if (behind := _behind_date(line)) is not None:
        return behind
    if may_be_cjk(line) and (eastern := names_near_date(line)):
        is_subject = any(_tells_of(blocks, story, n, name) for name in eastern)
        return ", ".join(eastern) if _says_what_beside(blocks, n, beside) and not is_subject else None
    names, _ = names_of(line, language=language)
    is_known_under = _says_what_under(blocks, n)  # what somebody is, under a name, says that it is one
    people = [name for name in names if _is_name(name, common=not is_known_under)]
    if not 0 < len(people) <= _MAX_NAMES or people[0] != names[0] or not line.startswith(people[0]):
        return None
    behind = line[len(people[0]) :]
    if _is_sentence(behind, language):
        return None
    is_known_what = is_known_under or _says_what_beside(blocks, n, beside)
    if len(people) > 1 or _says_what(behind) or _says_for_whom(behind) or is_known_what:
        return line
    return None if behind or _tells_of(blocks, story, n, people[0]) else line


def _first_line(blocks: Blocks, n: int) -> str:
    """Return a block's text, or its first line where it is set in lines: a name, and under it what somebody is."""
    return clean(blocks.lines[n].partition("\n")[0]) if n in blocks.lines else blocks.texts[n]


def _says_what_under(blocks: Blocks, n: int) -> bool:
    """Whether the lines of a block under its first one say what somebody is, or when they wrote."""
    return any(map(_says_what, blocks.lines[n].splitlines()[1:])) if n in blocks.lines else False


def _behind_date(line: str) -> str | None:
    """Return the names of a line whose parts begin with a date: "3 May 2024 · 4 minutes · Ana Pérez"."""
    parts = [part.strip() for part in _MARKS.split(line)]
    if len(parts) < 2 or not says_when(parts[0]):
        return None
    names = [part for part in parts[1:] if _is_name(part, common=True)]
    return ", ".join(names[:_MAX_NAMES]) or None


def _is_sentence(behind: str, language: str | None) -> bool:
    """Whether a sentence goes on behind a name: a word in small letters, which leads to no place and no other name."""
    if not behind[:1].isspace() or not behind.lstrip()[:1].islower():
        return False
    joint = SHORT_AND.get((language or "")[:2], SHORT_AND[""])
    return not any(pattern.match(behind) for pattern in (PLACE, AND, joint))


def _says_what(text: str) -> bool:
    """Whether a text behind or beside a name says what somebody is, or when they wrote: "Editor", "| 3 May 2024"."""
    return any(map(says_when, {text, *_MARKS.split(text)})) or any(is_role(fold(word)) for word in text.split())


def _says_for_whom(text: str) -> bool:
    """Whether a text behind a name says for whom somebody writes: ", Reuters", "| The Coast Newsroom"."""
    author = judge(text).author
    return author is not None and author.kind is not AuthorKind.PERSON


def _says_what_beside(blocks: Blocks, n: int, headline: int) -> bool:
    """Whether a line beside a name, and not the headline, says when it was written or what its author is."""
    near = [blocks.texts[at] for at in (n - 1, n + 1) if headline < at < len(blocks.texts)]
    near = [text for text in near if is_label(text) and not credits_others(text)]
    return any(_says_what(text) or is_label_alone(text) for text in near)


def _tells_of(blocks: Blocks, story: range, n: int, name: str) -> bool:
    """Whether a headline or a story names somebody or something; its end, which may say who wrote it, is left out."""
    return any(name in blocks.texts[at] for at in story[:-1] if at != n)


def _behind(blocks: Blocks, n: int, story: range) -> str | None:
    """Return the names of a line that signs the story."""
    if len(blocks.texts[n]) > _LINE or not _stands_alone(blocks, n):
        return None
    line = blocks.texts[n].strip()
    if may_be_cjk(line) and (bracketed := names_in_brackets(line)) is not None:
        return ", ".join(bracketed) or None
    if _is_quotation(blocks, n - 1):
        return None
    if is_bracketed := line[0] in "([" and line[-1] in ")]":  # "(Ana Pérez)", "[Ana Pérez, Li Wei]"
        line = line[1:-1].strip()
    behind_dash = line[:1] in _SIGNING and not _is_listed(blocks, n)
    is_far = _is_at_the_far_edge(blocks, n)
    if is_far and may_be_cjk(line) and (is_eastern_name(line) or _is_korean_signature(blocks, n, story)):
        return line.strip(_DASHES)
    is_dated = is_bracketed and not is_label_alone(line) and _says_what_beside(blocks, n, story.start)
    apart = behind_dash or is_far or is_bracketed
    names = re.split(r"\s+[-–—/]\s+|\s*[,;]\s+", line.strip(_DASHES)) if apart else [line.strip(_DASHES)]
    if len(names) > _MAX_NAMES:
        return None
    for name in names:
        if not _is_name(name, common=not (behind_dash or is_dated), family_first=is_far):
            return None
        is_known = _is_name(name, common=True, family_first=True)
        if not is_known and (line[0] == _HYPHEN or _tells_of(blocks, story, n, name)):
            return None
    return ", ".join(names)


def _is_korean_signature(blocks: Blocks, n: int, story: range) -> bool:
    """Whether a line is as a Korean name is, and set as signatures are: in italics, or behind a dash.

    Words such as "previous text" begin with a family name and have three syllables, too.
    """
    line = blocks.texts[n].strip()
    name = line.strip(_DASHES)
    is_set_so = line[:1] in _SIGNING or is_italic(blocks, n)
    return is_set_so and is_korean_name(name) and not _tells_of(blocks, story, n, name)


def _look(blocks: Blocks, n: int) -> _Look:
    element = blocks.nodes[blocks.owners[n]]
    return blocks.tag(n), element.get("class"), len(element)


def _is_quotation(blocks: Blocks, n: int) -> bool:
    """Whether a block is what somebody said and nothing else: all of it is in quotation marks, or it is marked so."""
    element = blocks.nodes[blocks.owners[n]]
    is_marked = element.tag == "blockquote" or any(True for _ in element.iterancestors("blockquote"))
    return is_marked or _QUOTED.match(blocks.texts[n].strip()) is not None


def _is_listed(blocks: Blocks, n: int) -> bool:
    """Whether the line before or behind a line with a dash has one, too."""
    return any(blocks.texts[at].lstrip()[:1] in _SIGNING for at in (n - 1, n + 1) if at < len(blocks.texts))


def _is_at_the_far_edge(blocks: Blocks, n: int) -> bool:
    """Whether a block, or the element around it, is set flush with the end of the line."""
    element = blocks.nodes[blocks.owners[n]]
    return any(
        part is not None
        and (
            _FAR.search(part.get("style") or "") is not None
            or (part.get("align") or "").lower() == "right"
            or _FAR_NAMES.search(part.get("class") or "") is not None
        )
        for part in (element, element.getparent())
    )


def _is_name(text: str, *, common: bool, family_first: bool = False) -> bool:
    """Whether a text is nothing but a person's name.

    Args:
        common: It must begin with a common given name.
        family_first: Or with a common Vietnamese family name.
    """
    words = text.split()
    caseless = all(word[:1].title() == word[:1] and not word[:1].isupper() for word in words)  # no capitals to go by
    if not 2 <= len(words) <= 4 or not (
        caseless or all(word[:1].isupper() or fold(word) in PARTICLES for word in words)
    ):
        return False
    is_vietnamese = family_first and words[0].casefold() in VIETNAMESE
    if (common or caseless) and not is_vietnamese and fold(words[0]) not in GIVEN_NAMES:
        return False
    author = judge(text).author
    return author is not None and author.kind is AuthorKind.PERSON


def _stands_alone(blocks: Blocks, n: int, *, tags: frozenset[str] = _ALONE) -> bool:
    """Whether a block is an element of its own, with one of these tags, and no link in it."""
    owner = blocks.owners[n]
    if blocks.tags[owner] not in tags or blocks.hidden[owner]:
        return False
    return not blocks.link_chars[n] and blocks.end[owner] - blocks.first[owner] == 1
