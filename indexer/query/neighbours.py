"""Words side by side -> those of them that others write as one: 12 km is 12km, 3 500 is 3500, J R is JR.

A name and its number are written as one, too: covid 19 is covid19, and the doubled letters of Spanish: EE UU is EEUU.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from indexer.analysis.joints import ELIDED
from indexer.analysis.numerals import UNITS, is_doubled, pieces, together
from indexer.contract.values import Clause, MultiPhrase, Word

_DIGITS = 4  # of a number that is written in one word with what stands before it
_LETTERS = 3  # of that, where the number has several parts: PM, L

Joined = tuple[int, Word | MultiPhrase]  # how many clauses are written as one, and the one


def written_as_one(
    clauses: Sequence[Clause], ignored: Collection[str]
) -> Iterator[tuple[int, int, Word | MultiPhrase]]:
    """Yield the first of some clauses and the one after their last, and what they are as one.

    Args:
        ignored: The stop words that are not sought.
    """
    at = 0
    while at < len(clauses):
        one = clauses[at]
        found: Joined | None = None
        if isinstance(one, Word):
            words = _same(clauses, at)
            if clock := _of_a_clock(one, words):
                yield at, at + clock[0], clock[1]
            found = _of_words(one, words, ignored) or _of_a_name(one, clauses[at + 1 : at + 2])
        elif isinstance(one, MultiPhrase) and at + 1 < len(clauses):
            found = _of_a_number(one, clauses[at + 1])
        if found is not None:
            yield at, at + found[0], found[1]
        is_name = isinstance(one, Word) and one.text.isalpha() and len(one.text) > 1  # its number may have a unit
        at += found[0] if found and not is_name else 1


def _same(clauses: Sequence[Clause], at: int) -> list[str]:
    """The words from one on that stand side by side in one field."""
    words: list[str] = []
    field = None
    for one in clauses[at:]:
        if not isinstance(one, Word) or (words and one.field is not field):
            break
        field = one.field
        words.append(one.text)
    return words


def _of_words(first: Word, words: list[str], ignored: Collection[str]) -> Joined | None:
    """Initials in a row, also doubled; the thousands of a number, a number and its unit, a name and its number."""
    if len(words) < 2:
        return None
    count, one = 2, "".join(words[:2])
    if is_doubled(first.text):
        count = next((at for at, word in enumerate(words) if not is_doubled(word)), len(words))
        one = "".join(words[:count])
    elif len(first.text) == 1 and first.text.isalpha() and words[1].isdecimal():
        count = 2 if len(words[1]) <= _DIGITS and first.text not in ignored else 1  # B 12
    elif len(first.text) == 1 and first.text.isalpha():
        count = next((at for at, word in enumerate(words) if len(word) > 1 or not word.isalpha()), len(words))
        one = "".join(words[:count])
        if count < 2 or all(letter in ignored or letter in ELIDED for letter in one):
            return None  # articles and pronouns: il y a
    elif first.text.isdecimal() and words[1].isdecimal():
        one = together(words)[0]
        count = 1 + (len(one) - len(first.text)) // 3
    elif first.text.isdecimal():
        count = 2 if words[1] in UNITS else 1
    elif first.text in ignored or pieces(one) != tuple(words[:2]):
        return None
    return (count, replace(first, text=one)) if count > 1 else None


def _of_a_clock(hour: Word, words: list[str]) -> Joined | None:
    """An hour and its minutes: 20 h 30 is 20h30."""
    one = "".join(words[:3])
    is_clock = len(words) > 2 and words[1] == "h" and pieces(one) == tuple(words[:3])
    return (3, replace(hour, text=one)) if is_clock else None


def _of_a_name(name: Word, after: Sequence[Clause]) -> Joined | None:
    """A name and a number of several parts: PM 2.5 is PM2.5, L. 121-1 is L121-1."""
    number = after[0] if after else None
    if not isinstance(number, MultiPhrase) or number.slop or number.field is not name.field:
        return None
    first = number.parts[0]
    if not isinstance(first, Word) or not first.text.isdecimal() or len(first.text) > _DIGITS:
        return None
    if not name.text.isalpha() or len(name.text) > _LETTERS:
        return None
    parts = (Word(name.text + first.text), *number.parts[1:])
    return 2, replace(number, parts=parts, text=name.text + number.text, joined=None)


def _of_a_number(number: MultiPhrase, unit: Clause) -> Joined | None:
    """A number with a decimal and its unit: 1.5 kg is 1.5kg."""
    if not isinstance(unit, Word) or unit.text not in UNITS or unit.field is not number.field:
        return None
    digits = [part for part in number.parts if isinstance(part, Word) and part.text.isdecimal()]
    if number.slop or len(digits) < len(number.parts):
        return None
    last = Word(digits[-1].text + unit.text)
    joined = number.joined + unit.text if number.joined else None
    return 2, replace(number, parts=(*digits[:-1], last), text=number.text + unit.text, joined=joined)
