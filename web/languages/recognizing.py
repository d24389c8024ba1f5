"""English that was stored without its messages -> the Text that our messages make of it, for a reader's language.

A visit's reason and a fact about an article are stored as plain English, by an older version too. The messages that
they may be made of are those that a catalogue has from the modules that write them: there is no second list. What
no message makes, such as the words of a page or of another program, stays as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from string import Formatter
from typing import Any

from markupsafe import Markup

from corpus.texts import Text, joined, text, texts
from web.languages.catalogues import stored_messages
from web.languages.choice import ENGLISH, current
from web.languages.wording import said

CACHED = 4_096  # sentences and parts of them
LONGEST = 400  # characters of a sentence that is looked at; a visit's reason has 300
ADDRESSES = frozenset({"address"})  # places whose values have no blanks
OURS = frozenset({"what", "facts", "why", "kind", "found", "scheme", "place"})  # places whose values may be messages
SEPARATORS = ("; ", ": ", ", ")  # what stands between two messages
MOST_CUTS = 12  # of a kind in a sentence that are tried; ours have fewer
MIN_OWN = 6  # letters of a message with any text in its places, by which alone it is known: "{n:,} of {source}" has two


def recognized(english: str) -> str:
    """Return a stored English sentence as a Text; as it is where no message makes it, or where the page is English."""
    return english if current() is ENGLISH or len(english) > LONGEST else _made_of(current().code, english)


def shown(english: str) -> str:
    """Return a stored sentence in the language of the page; what no message makes of it is marked as English."""
    made = said(recognized(english))
    if current() is ENGLISH or made != english or not any(map(str.isspace, english)):
        return made
    return Markup("<span lang=en dir=ltr>{}</span>").format(english)


@dataclass(frozen=True, slots=True)
class _Template:
    """A message, and how the sentences that it makes are known.

    Attributes:
        own: How many letters of them are the message's own.
        chunk: The longest part of these, which each of them has.
        numbers: Place -> format of those of its values that are numbers.
    """

    one: str
    many: str | None
    own: int
    chunk: str
    pattern: re.Pattern[str]
    numbers: dict[str, str]

    @property
    def is_known(self) -> bool:
        """Whether its own words are enough to know it by."""
        return self.own >= MIN_OWN or self.pattern.groups == len(self.numbers)

    def made(self, code: str, english: str) -> Text | None:
        """Return the text that the message makes of a sentence's values; None: it is of another message."""
        found = self.pattern.fullmatch(english) if self.chunk in english else None
        if found is None:
            return None
        values: dict[str, Any] = {
            name: _number(value, self.numbers[name])
            if name in self.numbers
            else (_made_of(code, value) if name in OURS else value)
            for name, value in found.groupdict().items()
        }
        made = (
            text(self.one, **values) if self.many is None else texts(self.one, self.many, values.pop("n", 1), **values)
        )
        return made if made == english else None  # a page's words may look like ours: "1.2.3 MB"


@lru_cache(CACHED)
def _made_of(code: str, english: str) -> str:
    with_words, bare = _templates(code)
    for each in with_words:
        if found := each.made(code, english):
            return found
    for separator in SEPARATORS:
        for part, rest in _cuts(english, separator):
            made = _made_of(code, part), _made_of(code, rest)
            if isinstance(made[1], Text) and (
                separator == ": " or isinstance(made[0], Text)
            ):  # an address is no message
                return joined(separator, made)
    for each in bare:
        found = each.made(code, english)
        if found and any(isinstance(value, Text) for value in found.values.values()):
            return found
    halves = [_made_of(code, part) for part in next(_cuts(english, "; "), ())]
    return joined("; ", halves) if any(isinstance(part, Text) for part in halves) else english


def _cuts(english: str, separator: str) -> Iterator[tuple[str, str]]:
    """Yield the two parts of a sentence at each of the first separators in it that stand in no quotation."""
    cuts, at = 0, english.find(separator)
    while at >= 0 and cuts < MOST_CUTS:
        if english.count('"', 0, at) % 2 == 0:
            cuts += 1
            yield english[:at], english[at + len(separator) :]
        at = english.find(separator, at + 1)


@cache
def _templates(code: str) -> tuple[tuple[_Template, ...], tuple[_Template, ...]]:
    """Return the messages with words enough of their own, those with most of them first, and the others."""
    made = [
        _template(words, one, many)
        for one, many in stored_messages(code)
        for words in ((one, many) if many else (one,))
    ]
    made.sort(key=lambda each: each.own, reverse=True)
    return tuple(each for each in made if each.is_known), tuple(each for each in made if not each.is_known)


def _template(words: str, one: str, many: str | None) -> _Template:
    parts, chunks, numbers = [], [""], {}
    for literal, name, spec, _ in Formatter().parse(words):
        parts.append(re.escape(literal))
        chunks.append(literal)
        if name is not None and spec:
            numbers[name] = spec
            point = r"\.\d+" if spec.endswith("f") and not spec.endswith(".0f") else ""
            parts.append(rf"(?P<{name}>\d{{1,3}}(?:,?\d{{3}})*{point}{'%' if spec.endswith('%') else ''})")
        elif name is not None:
            letter = r"\S" if name in ADDRESSES else "."
            parts.append(f"(?P<{name}>{letter}+)")
    own = sum(map(str.isalpha, "".join(chunks)))
    return _Template(one, many, own, max(chunks, key=len), re.compile("".join(parts), re.DOTALL), numbers)


def _number(written: str, spec: str) -> float:
    plain = written.replace(",", "")
    if spec.endswith("%"):
        return float(plain.rstrip("%.")) / 100
    return float(plain.rstrip(".")) if "." in spec else int(plain.partition(".")[0])
