"""A query's clause -> the same, with the other ways to write its words: 12km and 12 km, J R and JR, 国 and 國.

The index holds what was written. So a number that is typed with its unit in one word is sought in two words as well,
two words that others write as one are sought as one, and so are Korean words and Japanese kana that are written in
several ways. What is quoted is sought as it is, but for runs without spaces, which read the same with quotes.
Chinese characters are found in all writings by the vocabulary (indexer/analysis/forms.py), in pairs and in phrases; one
that stands alone in a query begins or ends many pairs, so each of its writings is a clause of its own here.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from corpus.characters import HANGUL, KANA
from indexer.analysis.chinese import in_all_writings
from indexer.analysis.forms import lone_ways
from indexer.analysis.numerals import apart, doubled, is_doubled, pieces, together
from indexer.analysis.text import forms, is_lone_character, is_run
from indexer.contract.values import And, Clause, MultiPhrase, Not, Or, Pattern, Phrase, TextField, Word
from indexer.query.neighbours import written_as_one

MOST = 8  # ways to write a word, and pairs of words that are joined; each is a term clause more

_HANGUL = re.compile(f"[{HANGUL}]{{4,}}")
_KANA = re.compile(f"[{KANA}]{{3,}}")
_SOUNDS = tuple(  # that Japanese writes in two ways
    tuple(pair.split("="))
    for pair in (
        "ヴァ=バ ヴィ=ビ ヴェ=ベ ヴォ=ボ ヴ=ブ バ=ヴァ ウィ=ウイ ウイ=ウィ"
        " ウェ=ウエ ウォ=ウオ ティ=チ ディ=ジ イヤ=イア イア=イヤ"
    ).split()
)
_LONG_VOWEL = "ー"  # which many leave out at the end of a word
_LONG = 10  # digits; a longer number is written in other groups
_LETTERED = re.compile(r"([^\W\d_])(\d{1,4})")
_STARRED = re.compile(r"([^\W\d_]{3,})\*([^\W\d_]+)")  # a pattern; or Bürger*innen, as it was printed
_JOINS_NO_THOUSANDS = re.compile("[-/:]")


def rewritten(clause: Clause | None, ignored: Collection[str] = frozenset()) -> Clause | None:
    """Return a clause that also matches what is written otherwise; the clause itself where nothing is.

    Args:
        ignored: The stop words that are not sought; what consists of them is left as it is.
    """
    match clause:
        case And(clauses) | Or(clauses) if words_of_letters(clauses):
            return clause
        case And():
            return _side_by_side(clause, ignored)
        case Or(clauses):
            found = tuple([rewritten(one, ignored) or one for one in clauses])
            return clause if found == clauses else Or(found)
        case Not(inner):
            other = rewritten(inner, ignored)
            return clause if other is inner or other is None else Not(other)
        case Word() | Phrase() | Pattern() | MultiPhrase():
            return _any(clause, _others(clause))
    return clause


def words_of_letters(clauses: Sequence[Clause]) -> list[Word]:
    """Return clauses that are words of letters, as most are, of which nothing is written otherwise; else none."""
    words = [one for one in clauses if type(one) is Word]
    texts = [one.text for one in words]
    if len(words) < len(clauses) or not "".join(texts).isalpha() or min(map(len, texts)) < 2:
        return []
    return [] if [one for one in texts if one[0] == one[1] and (doubled(one) or is_doubled(one))] else words


def is_whole(word: Word) -> bool:
    """Whether a word is written in no other way."""
    if len(word.text) == 1:
        return len(in_all_writings(word.text)) == 1
    return (word.text.isalpha() and word.text[0] != word.text[1]) or len(pieces(word.text)) < 2


def _any(clause: Clause, others: Sequence[Clause]) -> Clause:
    return Or((clause, *others)) if others else clause


def _others(clause: Clause) -> list[Clause]:
    """The other ways to write a term clause."""
    match clause:
        case Word() | Pattern() if is_lone_character(clause.text.strip("*")):
            return list(lone_ways(clause)[1:])
        case Word(text, field):
            words = pieces(text)
            if len(words) < 2:
                return []
            ways = dict.fromkeys((words, apart(words)))
            return [_next_to_each_other(way, field) for way in ways]
        case Pattern(text, field) if starred := _STARRED.fullmatch(text):
            return [Phrase(starred.groups(), 0, field)]
        case Phrase(words, 0, field) if len(words) > 1 and is_run(words):
            run = words[0] + "".join(word[1] for word in words[1:])
            return list(islice((Phrase(way, 0, field) for way in (*_spaced(run, words), *_sounded(run))), MOST))
        case MultiPhrase(parts, text, 0) if any(isinstance(part, Word) and not part.text.isalpha() for part in parts):
            found = list(_compounds(clause, text))
            apart_too = pieces(clause.joined) if clause.joined and not clause.joined.isdecimal() else ()
            if len(apart_too) > 1 and apart_too != tuple(part.text for part in parts if isinstance(part, Word)):
                found.append(_next_to_each_other(apart_too, clause.field))  # 8 pm of 8p.m.
            return list(found[:MOST])
    return []


def _next_to_each_other(words: Sequence[str], field: TextField | None) -> MultiPhrase:
    return MultiPhrase(tuple(map(Word, words)), " ".join(words), field=field)


def _compounds(clause: MultiPhrase, typed: str) -> Iterator[MultiPhrase]:
    """A number and what is typed with it, parted in other places: 1.5kg, 3,500원."""
    head: list[str] = []
    for part in clause.parts:
        if not isinstance(part, Word):
            break
        head.append(part.text)
    rest = clause.parts[len(head) :]
    ways = [apart(head)]
    if (letter := _LETTERED.fullmatch(head[0] if head else "")) and len(head) > 1:
        ways.append((*letter.groups(), *head[1:]))  # L. 121-1 of L121-1
    if len(head) > 2 and _LETTERED.fullmatch(first := head[0] + head[1]):
        ways.append((first, *head[2:]))
    if not _JOINS_NO_THOUSANDS.search(typed):
        ways.append(together(ways[0]))
    if clause.joined and clause.joined.isdecimal() and len(clause.joined) < _LONG:
        ways.append(pieces(clause.joined))  # lakhs in thousands
    for way in dict.fromkeys(ways):
        if way != tuple(head) and len(way) + len(rest) > 1:
            text = " ".join(
                (*way, *(part.text.strip("*") if not isinstance(part, Phrase) else part.words[0] for part in rest))
            )
            yield replace(clause, parts=(*map(Word, way), *rest), text=text, joined=None)


def _spaced(run: str, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield a Korean word with a space at each place: the pair across the space is left out."""
    if _HANGUL.fullmatch(run):
        for at in range(1, len(words) - 1):
            yield (*words[:at], *words[at + 1 :])


def _sounded(run: str) -> Iterator[tuple[str, ...]]:
    """Yield a word of kana as it is spelled otherwise."""
    if _KANA.fullmatch(run):
        if run.endswith(_LONG_VOWEL):
            yield tuple(forms(run[:-1]))
        for typed, other in _SOUNDS:
            if typed in run:
                yield tuple(forms(run.replace(typed, other)))


def _side_by_side(whole: And, ignored: Collection[str]) -> Clause:
    """Words side by side, some of which others write as one.

    To have both words or the one is to have the first or the one, and the second or the one; so each stays a clause.
    """
    clauses = whole.clauses
    found = list(clauses)
    joined: dict[int, list[Clause]] = {}
    for start, end, spelled in islice(written_as_one(clauses, ignored), MOST):
        for at in range(start, end):
            if not (isinstance(one := clauses[at], Word) and one.text in ignored):  # it is not asked for
                joined.setdefault(at, []).append(spelled)
    for at, one in enumerate(clauses):
        found[at] = _any(one, [*_others(one), *joined[at]]) if at in joined else rewritten(one, ignored) or one
    return whole if tuple(found) == clauses else And(tuple(found))
