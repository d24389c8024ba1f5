"""A printed byline -> its names: "By Ana Pérez and Li Wei in Geneva, Reuters | 3 May 2024".

Lines are read one by one; a line break stands between elements of the page that touch. What follows a name
(a place, a role, a date, "in Geneva") is cut off, never letters inside a name.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Author, AuthorKind
from corpus.people.names import fold
from crawler.bylines.dates import undated
from crawler.bylines.leads.lines import CACHED, is_led, without_lead
from crawler.bylines.name_words import DESKS, ENDINGS
from crawler.bylines.names import names_of
from crawler.bylines.other_credits import credits_others, parted_from_others
from crawler.bylines.people import judge
from crawler.bylines.words import AND, CJK_WITHIN, SOURCE, joints
from crawler.text import clean

MAX_TEXT = 600
MAX_NAMES = 40
_COUNT = re.compile(r"\s[^\W\d_]+\s?[:：]\s*\d[\d\s.,]*$")  # "Author: Ana Pérez Views: 863"
_LAST_NAME = re.compile(r"[,;|/\n،、，·•][^,;|/\n،、，·•]*\Z")  # with the sign that parts it from the one before

# A whole line: "（佐藤健一）", "[Ana Pérez]".
_IN_BRACKETS = re.compile(r"[(（\[【〔]\s*([^()（）\[\]【】〔〕]{2,80}?)\s*[)）\]】〕]")


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of a byline: its authors in order, their place, whether a word such as "By" led them.

    `others` are the keys of people named for other work than writing: pictures, checking, editing.
    """

    authors: tuple[Author, ...] = ()
    place: str | None = None
    led: bool = False
    rejected: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()


def read_byline(
    text: str, *, language: str | None = None, outlets: frozenset[str] = frozenset(), handles: bool = False
) -> Reading:
    """Read the names of a byline.

    Args:
        text: The byline as printed; line breaks where elements of the page met.
        language: Of the page; "di" or "de" lead a byline only where that language is written.
        outlets: Folded names of the outlet.
        handles: Take a single word in lower case as a name.
    """
    read = _cached_reading if len(text) <= CACHED else _reading
    return read(text, language, outlets, handles)


def _reading(text: str, language: str | None, outlets: frozenset[str], handles: bool) -> Reading:
    state = _State(outlets, handles)
    for line in _lines(text):
        if not state.read(line, language):
            break
    people = state.without_places()
    others = tuple(key for key in state.others if key not in {author.key for author in people})
    return Reading(people, state.place, state.led, tuple(state.rejected), others)


_cached_reading = lru_cache(1_000)(_reading)  # the bylines of a site's few authors


class _State:
    """The state while the lines of a byline are read."""

    def __init__(self, outlets: frozenset[str], handles: bool) -> None:
        self.outlets, self.handles = outlets, handles
        self.authors: dict[str, Author] = {}
        self.others: list[str] = []
        self.rejected: list[tuple[str, str]] = []
        self.place: str | None = None
        self.led = False
        self.waiting = False  # for the names after a "By" that stood alone
        self.aside = False  # the next line names somebody who did not write it
        self.open = True  # a further line may still name an author

    def read(self, line: str, language: str | None) -> bool:
        """Read one line; False when nothing after it belongs to the byline."""
        line = self._without_others(line, language)
        if not line:
            return True
        if self._credits_agencies(line):
            return True
        line = _without_brackets(line)
        rest, led = (line, False) if fold(line) in DESKS else without_lead(line, language)
        if led and not self.led:
            self.authors.clear()  # what stood before "By" was something else
            self.open = True
        joined = self.waiting or led or bool(joints(language).begins.match(line))
        self.led = self.led or led
        self.waiting = (led and not rest) or (self.waiting and not rest)
        if not rest:
            return True
        if self.led and self.authors and not (joined or self.open):
            return fold(rest).split("-")[0] not in ENDINGS
        rest = _COUNT.sub("", undated(rest)) if self.led else undated(rest)
        names, where = names_of(joints(language).ends.sub("", rest), outlets=self.outlets, language=language)
        self.place = self.place or where
        before = len(self.authors)
        short = self.led and line.count(" ") <= 3
        alone = len(names) == 1  # several words in small letters are a sentence
        for name in names:
            self._judge(name, handles=alone and (self.handles or short))
        self.open = not self.led or joints(language).ends.search(line) is not None or len(self.authors) == before == 0
        return fold(rest).split("-")[0] not in ENDINGS

    def _credits_agencies(self, line: str) -> bool:
        """Read "Quelle: dpa/APA": a source that is an agency is the author; any other source is none."""
        match = SOURCE.match(line)
        if not match or CJK_WITHIN.search(line):
            return False
        for name in re.split(r"\s*[/,;&]\s*", AND.sub(",", line[match.end() :]))[:5]:
            judged = judge(name)
            if judged.author and judged.author.kind is AuthorKind.AGENCY:
                self.authors.setdefault(judged.author.key, judged.author)
        return True

    def _judge(self, name: str, *, handles: bool) -> None:
        judged = judge(name, outlets=self.outlets, handles=handles, led=self.led)
        if judged.author is None:
            self.rejected.append((name, judged.why))
        elif judged.author.key not in self.authors and len(self.authors) < MAX_NAMES:
            self.authors[judged.author.key] = judged.author

    def _without_others(self, line: str, language: str | None) -> str:
        """Cut off the people who took the pictures, checked the facts, edited; remember their names."""
        if self.aside:
            self.aside = False
            self._other(line)
            return ""
        found = parted_from_others(line)
        if found is None:
            return line
        before, named = found
        self.aside = not named
        self._other(named)
        return joints(language).ends.sub("", before)  # "By Ana Pérez and photos by ..."

    def _other(self, text: str) -> None:
        names, _ = names_of(text, outlets=self.outlets)
        for name in names[:20]:
            judged = judge(name, outlets=self.outlets)
            if judged.author:
                self.others.append(judged.author.key)

    def without_places(self) -> tuple[Author, ...]:
        """Return the authors: single words after whole names are places, desks beside people where these work."""
        people = [author for author in self.authors.values() if author.kind is AuthorKind.PERSON]
        if not people:
            return tuple(self.authors.values())
        whole = any(" " in author.name for author in people)
        return tuple(
            author
            for author in self.authors.values()
            if author.kind is AuthorKind.AGENCY
            or (author.kind is AuthorKind.PERSON and (not whole or " " in author.name or not author.name.isascii()))
        )


def may_be_led(text: str, language: str | None) -> bool:
    """Return whether a byline may have a word such as "By" before its names; False: `read_byline` finds none."""
    return any(credits_others(line) or is_led(_without_brackets(line), language) for line in _lines(text))


def _without_brackets(line: str) -> str:
    whole = _IN_BRACKETS.fullmatch(line)
    return whole[1] if whole else line


def _lines(text: str) -> list[str]:
    return [line for part in within(text).splitlines()[:30] if (line := clean(part))]


def within(text: str) -> str:
    """Return the first MAX_TEXT characters of a list of names, without the name that they would cut in two."""
    if len(text) <= MAX_TEXT:
        return text
    head = text[: MAX_TEXT + 1]
    whole = _LAST_NAME.sub("", head)
    return whole if 0 < len(whole) < len(head) else head[:MAX_TEXT].rpartition(" ")[0] or head[:MAX_TEXT]
