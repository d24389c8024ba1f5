"""The evidence that a short line is nothing but a name: its form, how it stands, what stands beside it."""

import re

from corpus.model import AuthorKind
from corpus.people.names import fold
from crawler.bylines.family_names import VIETNAMESE
from crawler.bylines.given_names import GIVEN_NAMES
from crawler.bylines.name_words import PARTICLES
from crawler.bylines.other_credits import credits_others
from crawler.bylines.people import judge
from crawler.bylines.roles import is_role
from crawler.dates.labels import is_label_alone
from crawler.dates.lines import says_when
from crawler.markup.blocks import Blocks
from crawler.text import is_label

ALONE = frozenset({"p", "div", "span", "section", "header", "address"})
LINE = 80  # characters of a line of several names
MAX_NAMES = 4
_INNER = re.compile(r"(?:[a-z]{1,2}['’]|al-)[A-ZÀ-Þ]")  # "d'Aubigné", "al-Asad"
_ROLE = 40  # characters, at most, of a line that says what somebody does
DASHES = " –—―-~|•·*"
MARKS = re.compile(r"\s*[|•·]\s*")  # between a name and what follows it


def says_what(text: str) -> bool:
    """Whether a text after or beside a name says what somebody is, or when they wrote: "Editor", "| 3 May 2024"."""
    return _is_dated(text) or _has_role(text)


def _is_dated(text: str) -> bool:
    return any(map(says_when, {text, *MARKS.split(text)}))


def _has_role(text: str) -> bool:
    return any(is_role(fold(word)) for word in text.split())


def says_what_beside(blocks: Blocks, n: int, headline: int) -> bool:
    """Whether a line beside a name, and not the headline, says when it was written or what its author is."""
    near = [blocks.texts[at] for at in (n - 1, n + 1) if headline < at < len(blocks.texts)]
    near = [text for text in near if is_label(text) and not credits_others(text)]
    return any(says_what(text) or is_label_alone(text) for text in near)


def is_dated_beside(blocks: Blocks, n: int, headline: int) -> bool:
    """Whether a line beside a name, and not the headline, is a date, or a mark parts a date from the rest of it."""
    around = [n - 1, n + 1]
    if n + 2 < len(blocks.texts) and len(blocks.texts[n + 1]) <= _ROLE and _is_beside(blocks, n, n + 2):
        around.append(n + 2)  # what somebody is stands between
    near = (blocks.texts[at] for at in around if headline < at < len(blocks.texts))
    return any(is_label(text) and _is_dated(text) for text in near)


def _is_beside(blocks: Blocks, n: int, other: int) -> bool:
    return blocks.parents[blocks.owners[n]] == blocks.parents[blocks.owners[other]]


def has_role_under(blocks: Blocks, n: int) -> bool:
    """Whether the next line, in the same element, is short and says what somebody is."""
    if n + 1 >= len(blocks.texts) or len(blocks.texts[n + 1]) > _ROLE or not _is_beside(blocks, n, n + 1):
        return False
    return _has_role(blocks.texts[n + 1])


def is_dated_across(blocks: Blocks, n: int, headline: int) -> bool:
    """Whether a headline parts a line from the line that says when it was written."""
    if abs(n - headline) != 1:
        return False
    across = 2 * headline - n
    return 0 <= across < len(blocks.texts) and says_when(blocks.texts[across])


def has_words(blocks: Blocks, n: int, names: list[str]) -> bool:
    """Whether a word of names stands elsewhere on the page in small letters, or a link of a menu has the name."""
    words = {word.lower() for name in names for word in name.split() if fold(word) not in PARTICLES}
    small = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
    return any(
        at != n
        and (
            (any(map(text.__contains__, words)) and small.search(text) is not None)
            or (blocks.link_chars[at] > 0 and text in names)
        )
        for at, text in enumerate(blocks.texts)
    )


def tells_of(blocks: Blocks, story: range, n: int, name: str) -> bool:
    """Whether a headline or a story names somebody or something; its end, which may say who wrote it, is left out."""
    return any(name in blocks.texts[at] for at in story[:-1] if at != n)


def is_name(text: str, *, common: bool, family_first: bool = False) -> bool:
    """Whether a text is nothing but a person's name.

    Args:
        common: It must begin with a common given name.
        family_first: Or with a common Vietnamese family name.
    """
    words = text.split()
    caseless = all(word[:1].title() == word[:1] and not word[:1].isupper() for word in words)  # no capitals to go by
    if not 2 <= len(words) <= 4 or not (
        caseless or all(word[:1].isupper() or fold(word) in PARTICLES or _INNER.match(word) for word in words)
    ):
        return False
    is_vietnamese = family_first and words[0].casefold() in VIETNAMESE
    if (common or caseless) and not is_vietnamese and fold(words[0]) not in GIVEN_NAMES:
        return False
    author = judge(text).author
    return author is not None and author.kind is AuthorKind.PERSON


def stands_alone(blocks: Blocks, n: int, *, tags: frozenset[str] = ALONE) -> bool:
    """Whether a block is an element of its own, with one of these tags, and no link in it."""
    owner = blocks.owners[n]
    if blocks.tags[owner] not in tags or blocks.hidden[owner]:
        return False
    return not blocks.link_chars[n] and blocks.end[owner] - blocks.first[owner] == 1
