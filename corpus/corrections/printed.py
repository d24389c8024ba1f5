"""An article's text -> the corrections that the paper itself prints in it: "An earlier version of this article said".

One hint alone is not believed, as papers also write about corrections. A paragraph near the head or the end of the text
that names an earlier version of "this article" must also report what it said, or name a fault. A paragraph that is
headed "Correction" must also be the first or among the last, bear a date, speak of "this article", or name a fault.
Both hints are of one language.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.corrections.printed_words import WORDS
from corpus.model import Article

NEAR_HEAD = 4  # paragraphs that are read
NEAR_END = 10
HEAD = 2  # paragraphs at the beginning, the standfirst among them, where a correction is printed
TAIL = 4  # paragraphs at the end: author's notes and tags may follow a correction
LONGEST = 4_000  # characters of a paragraph that are read; what is longer is no note
BEFORE = 160  # characters around an earlier version in which the fault is named
AFTER = 240
MOST = 10  # corrections of one article that are given

_SPACE = re.compile(r"\s+")
_QUOTE = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "ـ": None, "\u200f": None, "\u200e": None, "ł": "l", "ı": "i", "ø": "o"}
)
_DATE = r"[ ,(–—-]{1,3}(?=[^:\d]{0,24}\d)[^:]{1,48}?(?= ?[:：)\]–—]| - )"  # "(12 January 2024)", after a heading
_DAY = r"[ ,:(–—-]{1,3}(?=[^:\d]{0,16}\d)[^:]{1,24}"  # the rest of a heading
AROUND = " :：.-–—*()[]【】"


@dataclass(frozen=True, slots=True)
class _Rules:
    label: re.Pattern[str]
    heading: re.Pattern[str]
    this: re.Pattern[str]
    earlier: re.Pattern[str]
    elsewhere: re.Pattern[str]
    corrected: re.Pattern[str]
    fault: re.Pattern[str]
    says: re.Pattern[str]


def printed_corrections(article: Article) -> tuple[str, ...]:
    """Return the paragraphs in which the paper corrects the article, in their order, whole.

    A heading of its own comes with the paragraph after it.
    """
    every = list(filter(None, (article.standfirst, *article.body.split("\n\n"))))
    paragraphs = every if len(every) <= NEAR_HEAD + NEAR_END else [*every[:NEAR_HEAD], *every[-NEAR_END:]]
    whole = "\n\n".join(paragraphs).casefold()
    hints = _SMALL_HINTS if whole.isascii() else _HINTS
    near = [(hint, languages) for hint, languages in hints.items() if hint in whole]
    return tuple(dict.fromkeys(_printed(paragraphs, near)))[:MOST] if near else ()


def _printed(paragraphs: list[str], near: list[tuple[str, list[str]]]) -> Iterator[str]:
    last = len(paragraphs) - TAIL
    for at, paragraph in enumerate(paragraphs):
        folded = paragraph.casefold() if len(paragraph) <= LONGEST else ""
        found = dict.fromkeys(each for hint, languages in near if hint in folded for each in languages)
        mine = [_rules(each) for each in found]
        if mine:
            read = plain(paragraph)
            following = paragraphs[at + 1] if at + 1 < len(paragraphs) else ""
            at_edge = at < HEAD or at >= last
            behind = plain(following[:LONGEST])
            if at_edge and any(_heads(read, behind, rules) for rules in mine):
                yield f"{paragraph} {following}"
            elif any(_corrects(read, rules, at_edge=at_edge) for rules in mine):
                yield paragraph


def plain(text: str) -> str:
    """Return a text in small letters, without accents and vowel marks, with single spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_QUOTE))
    if apart.isascii():
        return _SPACE.sub(" ", apart).strip()
    bare = "".join(each for each in apart if not unicodedata.combining(each) or each in "\u3099\u309a")
    return _SPACE.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def _corrects(read: str, rules: _Rules, *, at_edge: bool) -> bool:
    """Whether a paragraph is a correction by itself."""
    if rules.corrected.search(read):
        return True
    for earlier in rules.earlier.finditer(read):
        around = read[max(0, earlier.start() - BEFORE) : earlier.end() + AFTER]
        behind = read[earlier.end() : earlier.end() + AFTER]
        if rules.fault.search(around) or (rules.says.search(behind) and not rules.elsewhere.match(behind)):
            return True
    label = rules.label.match(read)
    if label is None or not label["rest"].strip(AROUND):
        return False
    is_marked = label["mark"] is not None
    if label["date"]:
        return is_marked
    return is_marked and (at_edge or bool(rules.fault.search(label["rest"]) or rules.this.search(label["rest"])))


def _heads(read: str, following: str, rules: _Rules) -> bool:
    """Whether a paragraph is only the heading of a correction, which is the paragraph after it."""
    return bool(rules.heading.match(read) and (rules.fault.search(following) or rules.this.search(following)))


@cache
def _rules(language: str) -> _Rules:
    """Return the rules of a language, which are made when a text first needs them."""
    words = WORDS[language]

    def made(part: str) -> re.Pattern[str]:
        return re.compile(plain_pattern(part.replace("{}", f"(?:{words.this})")), re.DOTALL)

    return _Rules(
        label=made(
            rf"[\W_]{{,6}}{words.label}\b(?P<date>{_DATE})?\s?[)\]】]?\s?(?P<mark>[:：–—】\]]|- |\. )?(?P<rest>.*)"
        ),
        heading=made(rf"[\W_]{{,6}}{words.label}(?:{_DAY})?[\W_]{{,6}}$"),
        this=made(words.this),
        earlier=made(words.earlier),
        elsewhere=made(words.elsewhere),
        corrected=made(words.corrected),
        fault=made(words.fault),
        says=made(words.said),
    )


def plain_pattern(part: str) -> str:
    """Return the words of a pattern as `plain` has texts; its operators stay."""
    apart = unicodedata.normalize("NFKD", part)
    return unicodedata.normalize("NFC", "".join(each for each in apart if not unicodedata.combining(each)))


_HINTS = {
    hint: [language for language, words in WORDS.items() if hint in words.hints]
    for hint in dict.fromkeys(hint for words in WORDS.values() for hint in words.hints)
}
_SMALL_HINTS = {hint: languages for hint, languages in _HINTS.items() if hint.isascii()}
