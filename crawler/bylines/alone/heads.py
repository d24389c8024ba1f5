"""A line near the headline -> the names it is: beside a date, with what somebody is, or a known name by itself."""

import re

from corpus.characters import HANGUL, may_be_cjk
from corpus.model import AuthorKind
from corpus.patterns import deferred
from corpus.people.names import fold
from crawler.bylines.alone.evidence import (
    ALONE,
    DASHES,
    LINE,
    MAX_NAMES,
    has_words,
    is_dated_across,
    is_dated_beside,
    is_name,
    says_what,
    says_what_beside,
    stands_alone,
    tells_of,
)
from crawler.bylines.family_names import is_korean_name, names_near_date
from crawler.bylines.name_words import PLACES
from crawler.bylines.names import TRADES, names_of
from crawler.bylines.people import judge
from crawler.bylines.words import AND, PLACE, SHORT_AND
from crawler.dates.lines import says_when
from crawler.markup.blocks import Blocks
from crawler.text import clean

_ALONE_BESIDE_DATE = ALONE | {"li", "td"}
# "김민수입력 2026. 1. 2.": parts of one line that nothing but their looks part.
_KOREAN_DATED = deferred(
    rf"([{HANGUL}]{{3,4}})(?:\s?(?:{'|'.join(TRADES)}))?\s?[|·/]?\s?((?:기사\s?)?(?:입력|등록|승인|발행|송고|게재|\d{{4}}[.년-]).*)"
)
_COLONS = frozenset(":：")
# "Le Monde", "Ana Pérez/AP"
_OPENS_TITLES = re.compile(r"(?:l[aeio]s?|el|al|the|de[rn]|das|d[ei]l?|von)\s|[^/]*/", re.I)
_DASHED = re.compile(r"\s+[-–—]\s+([^|•·]*[^\s|•·])")
_MARKS_OF_SENTENCES = re.compile(r"(?:[!?…:;]|(?<!\d)\.)(?:\s|$)")  # a day may have a full stop: "11. September"
_BEHIND_DATE = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+")


def near_headline(blocks: Blocks, n: int, story: range, language: str | None, *, beside: int) -> str | None:
    """Return a line of names, of which each begins with a common given name; what they are may follow.

    Rare names sign where two things more speak for them: see `_rare`.

    Args:
        beside: Lines after this block may say when the story was written.
    """
    if n >= len(blocks.texts) or len(blocks.texts[n]) > LINE:
        return None
    if not stands_alone(blocks, n, tags=_ALONE_BESIDE_DATE):
        return None
    line = _first_line(blocks, n).strip(DASHES)
    if blocks.tag(n) == "td" and not any(map(says_when, _BEHIND_DATE.split(line))):
        return None
    if may_be_cjk(line) and (korean := _korean(line)) is not None:
        return None if tells_of(blocks, story, n, korean) else korean
    ends_as_label = line[-1:] in _COLONS  # "Ana Pérez:", where nothing but a date follows
    line = line[:-1].rstrip() if ends_as_label else line
    if not line or _MARKS_OF_SENTENCES.search(line):
        return None
    if (ends_as_label or blocks.tag(n) == "li") and not says_what_beside(blocks, n, beside):
        return None
    if (behind := _behind_date(blocks, n, story, line)) is not None:
        return behind
    if may_be_cjk(line) and (eastern := names_near_date(line)):
        is_subject = any(tells_of(blocks, story, n, name) for name in eastern)
        return ", ".join(eastern) if says_what_beside(blocks, n, beside) and not is_subject else None
    names, _ = names_of(line, language=language)
    if (known := _known(blocks, n, story, line, names, language, beside=beside)) is not None:
        return known
    return _rare(blocks, n, story, line, names, language, beside=beside)


def _korean(line: str) -> str | None:
    """Return the Korean name of a line that goes on with nothing but a date."""
    found = _KOREAN_DATED.match(line)
    return found[1] if found and is_korean_name(found[1]) and says_when(found[2]) else None


def _known(
    blocks: Blocks, n: int, story: range, line: str, names: list[str], language: str | None, *, beside: int
) -> str | None:
    """Return a line whose names begin with common given names, or under which stands what somebody is."""
    is_known_under = says_what_under(blocks, n)  # what somebody is, under a name, says that it is one
    people = [name for name in names if is_name(name, common=not is_known_under)]
    if not 0 < len(people) <= MAX_NAMES or people[0] != names[0] or not line.startswith(people[0]):
        return None
    behind = line[len(people[0]) :]
    if _is_sentence(behind, language):
        return None
    is_known_what = is_known_under or says_what_beside(blocks, n, beside)
    if len(people) > 1 or says_what(behind) or _says_for_whom(behind) or is_known_what:
        return line
    return None if behind or tells_of(blocks, story, n, people[0]) else line


def _rare(
    blocks: Blocks, n: int, story: range, line: str, names: list[str], language: str | None, *, beside: int
) -> str | None:
    """Return a line of rare names beside a date, or with what somebody is.

    "Climate Change" and "Premier League" stand so, too: the story must not tell of them, and no word of them may
    stand anywhere on the page in small letters, as those of names do not.
    """
    people = [name for name in names if _may_be_person(name)]
    if not 0 < len(people) <= MAX_NAMES or not line.startswith(people[0]):
        return None
    behind = line[len(people[0]) :]
    if _is_sentence(behind, language):
        return None
    dash = _DASHED.match(behind)
    if dash and is_name(dash[1], common=False):  # a place, or who else wrote
        return None
    if not all(name in people or fold(name) in PLACES or says_when(name) or _says_for_whom(name) for name in names):
        return None
    is_known_what = says_what(behind) or _says_for_whom(behind) or is_dated_beside(blocks, n, beside)
    if not (is_known_what or is_dated_across(blocks, n, story.start)):
        return None
    return line if _are_rare(blocks, n, story, people) else None


def _may_be_person(name: str) -> bool:
    return is_name(name, common=False) and not _OPENS_TITLES.match(name)


def _are_rare(blocks: Blocks, n: int, story: range, people: list[str]) -> bool:
    """Whether the story tells of none of these, and no word of them stands on the page in small letters."""
    return not any(tells_of(blocks, story, n, name) for name in people) and not has_words(blocks, n, people)


def _first_line(blocks: Blocks, n: int) -> str:
    """Return a block's text, or its first line where it is set in lines: a name, and under it what somebody is."""
    return clean(blocks.lines[n].partition("\n")[0]) if n in blocks.lines else blocks.texts[n]


def says_what_under(blocks: Blocks, n: int) -> bool:
    """Whether the lines of a block under its first one say what somebody is, or when they wrote."""
    return any(map(says_what, blocks.lines[n].splitlines()[1:])) if n in blocks.lines else False


def _behind_date(blocks: Blocks, n: int, story: range, line: str) -> str | None:
    """Return the names of a line whose parts begin with a date: "3 May 2024 · 4 minutes · Ana Pérez"."""
    parts = [part.strip() for part in _BEHIND_DATE.split(line)]
    if len(parts) < 2 or not says_when(parts[0]):
        return None
    names = [
        part
        for part in parts[1:]
        if is_name(part, common=True) or (_may_be_person(part) and _are_rare(blocks, n, story, [part]))
    ]
    return ", ".join(names[:MAX_NAMES]) or None


def _is_sentence(behind: str, language: str | None) -> bool:
    """Whether a sentence goes on after a name: a word in small letters, which leads to no place and no other name."""
    if not behind[:1].isspace() or not behind.lstrip()[:1].islower():
        return False
    joint = SHORT_AND.get((language or "")[:2], SHORT_AND[""])
    return not any(pattern.match(behind) for pattern in (PLACE, AND, joint))


def _says_for_whom(text: str) -> bool:
    """Whether a text after a name says for whom somebody writes: ", Reuters", "| The Coast Newsroom"."""
    author = judge(text).author
    return author is not None and author.kind is not AuthorKind.PERSON
