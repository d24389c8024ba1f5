"""Tokens -> the clause, filters and dates of a query, and notes on what was not understood.

    query   = clauses side by side: all of them          OR binds closer: a b OR c is a, and b or c
    clause  = -clause | NOT clause | (query) | field:clause | term | "phrase" | clause OR clause
Filters (author: site: lang: section: has: links: tag: in:) and dates are clauses like others; those side by side with
all else narrow the whole search. An operator with nothing to join is text. No text is an error; a
text without a word finds nothing.
"""

import re
import unicodedata
from dataclasses import replace

from corpus.texts import text
from indexer.analysis.stop_words import EVERY_STOP_WORD, stop_words
from indexer.analysis.text import MAX_FORM
from indexer.contract.facets import FACETS, FacetName, Filter
from indexer.contract.values import And, Clause, DateRange, Dating, MultiPhrase, Or, Phrase, TermClause, TextField, Word
from indexer.query import terms
from indexer.query.builder import DATE_FIELDS, QueryBuilder
from indexer.query.groups import Group, negated
from indexer.query.lexer import Kind, Token, tokens

MAX_TERM_CLAUSES = 64
MAX_PHRASE = 32  # words: no two articles that have so many in a row are told apart by more
MAX_DEPTH = 16  # parentheses within parentheses; deeper ones are left out

TEXT_FIELDS = {
    "title": TextField.HEADLINE, "headline": TextField.HEADLINE, "intitle": TextField.HEADLINE,
    "standfirst": TextField.STANDFIRST,
    "body": TextField.BODY, "text": TextField.BODY, "intext": TextField.BODY, "byline": TextField.BYLINE,
}  # fmt: skip
_OF_ALL = {"allintitle": "title", "allintext": "body"}  # fields of all that follows, as in other engines
FACET_FIELDS = {field: name for name, facet in FACETS.items() for field in facet.fields}
_FIELDS = frozenset(TEXT_FIELDS) | frozenset(_OF_ALL) | frozenset(FACET_FIELDS) | DATE_FIELDS

_NAMED = "title, body, byline, author, site, lang, section, has, links, tag, in, after, before, date"
_NEAR = re.compile(r"(?:NEAR|ONEAR|PRE)(?:/(\d{1,3}))?|(?:near|onear|pre|adj|[wWN])/(\d{1,3})|ADJ(?:/?(\d{1,3}))?")
_IN_ORDER = re.compile(r"ONEAR|PRE", re.IGNORECASE)  # elsewhere, the second word after the first
_NEXT = "ADJ"  # elsewhere, next to each other; with a number, near each other
# Elsewhere within a sentence or a paragraph, which no index here knows; as words they would be letters.
_WITHIN = re.compile(r"(?:[wWnN]|NEAR|near)?/(?:[spSP]|sent|para)")
NEAR = 10  # other words between, where NEAR does not say how many
_WORD = rf"[a-z]{{1,{MAX_FORM}}}"
_SMALL_LETTERS = re.compile(rf"{_WORD}(?: {_WORD}){{1,{MAX_TERM_CLAUSES - 1}}}")
_ALTERNATIVES = re.compile(rf"{_WORD}(?: OR {_WORD}){{1,{MAX_TERM_CLAUSES - 1}}}")
_OPERATORS = {"OR": "or", "|": "or", "||": "or", "AND": "and", "NOT": "not"}


def words_alone(typed: str) -> Clause | None:
    """Return what plain words ask, all of them or any; None where there is more to read: a mark, a field, an accent."""
    if typed.isalpha() and typed.isascii() and typed.islower():
        return Word(typed) if len(typed) <= MAX_FORM else None
    if _SMALL_LETTERS.fullmatch(typed):
        return And(tuple(map(Word, typed.split(" "))))
    return Or(tuple(map(Word, typed.split(" OR ")))) if _ALTERNATIVES.fullmatch(typed) else None


def read(typed: str, builder: QueryBuilder) -> Clause | None:
    """Return what a typed query asks; filters and dates that hold for all of it go into the builder, as do notes."""
    found = tokens(typed, _FIELDS)
    clause = _Reader(found, builder).group(0, None)
    if clause is None:
        if builder.dating is not Dating.ANY:
            return None
        if found:
            builder.note(text('nothing of "{typed}" can be searched for', typed=typed.strip()[:80]))
        return Or(()) if found else None
    left = []
    for one in clause.clauses if isinstance(clause, And) else (clause,):
        if isinstance(one, Filter | DateRange):
            builder.take(one)
        else:
            left.append(one)
    return And(tuple(left)) if len(left) > 1 else next(iter(left), None)


class _Reader:
    """The state while a list of tokens is read."""

    def __init__(self, found: list[Token], builder: QueryBuilder) -> None:
        self.tokens = found
        self.builder = builder
        self.at = 0
        self.clauses = 0
        self.in_capitals = not any(map(str.islower, "".join(token.text for token in found)))
        self.skipped = 0  # parentheses opened below MAX_DEPTH

    def group(self, depth: int, within: str | None) -> Clause | None:
        """Read up to the parenthesis that closes this group; `within` is the field before its parenthesis."""
        group = Group()
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.kind is Kind.CLOSE:
                if self.skipped:
                    self.skipped -= 1
                elif depth:
                    break
            elif operator := self._operator(token, group):
                group.take(operator)
            else:
                within = _OF_ALL.get(token.field or "", within)
                clause = self._operand(token, depth, within)
                is_negated = token.excluded is not group.excludes
                group.add(negated(clause) if clause is not None and is_negated else clause)
        return group.clause()

    def _operator(self, token: Token, group: Group) -> str | None:
        """Return `or`, `and` or `not` when the token is one and has something to join."""
        operator = _OPERATORS.get(token.text) if token.is_bare else None
        if operator is None or self.at == len(self.tokens):
            return None
        after = self.tokens[self.at]
        if operator == "not" and self._is_said(after):
            return None
        joins = after.kind is not Kind.CLOSE and not (after.is_bare and _OPERATORS.get(after.text) in ("or", "and"))
        return operator if joins and (operator == "not" or group.may_join) else None

    def _is_said(self, after: Token) -> bool:
        """Whether NOT is a word like others, as in "NOT in my name": nobody leaves out what each article has."""
        said = after.is_bare and stop_words([after.text.lower()], ("en",))
        return bool(said) and not self._is_name(after)

    def _operand(self, token: Token, depth: int, within: str | None) -> Clause | None:
        """Return what an operand asks, its minus left aside."""
        name = within if token.field in _OF_ALL else token.field or within
        if token.kind is Kind.OPEN:
            if depth == MAX_DEPTH:
                self.skipped += 1
                return None
            return self.group(depth + 1, name)
        if self.clauses == MAX_TERM_CLAUSES:
            self.builder.note(text("only the first {n} words and phrases are searched for", n=MAX_TERM_CLAUSES))
            return None
        if self._is_left_out(token):
            return None
        if self._joins_groups(token):
            self.builder.note(text('"{word}" is left out: it joins words and phrases, not groups', word=token.text))
            return None
        clause = self._filter(token, name)
        if clause is None and (name is None or name in TEXT_FIELDS):
            clause = self._near(self._term(token, TEXT_FIELDS.get(name or "")), token)
        self.clauses += clause is not None
        return clause

    def _filter(self, token: Token, name: str | None) -> Clause | None:
        """Return the filter or the range of dates that a token is, or None."""
        if name in FACET_FIELDS:
            return self.builder.filter(FACET_FIELDS[name], token.text)
        if name == "from" and self.builder.is_name(token.text):
            return self.builder.filter(FacetName.AUTHOR, token.text)
        if name in DATE_FIELDS:
            return self.builder.dates(name, token.text)
        if name is None and token.kind is Kind.TERM and self.builder.are_dates(token.text):
            return self.builder.dates("date", token.text)
        return None

    def _term(self, token: Token, within: TextField | None) -> Clause | None:
        """Return the term clause of a token; what is no word is noted."""
        if token.unknown:
            self.builder.note(
                text(
                    '"{field}:" is no field, so its words were searched for; fields are {fields}',
                    field=token.unknown,
                    fields=_NAMED,
                )
            )
        if self._is_name(token):
            return Phrase((token.text.lower(),), field=within)
        if token.kind is Kind.PHRASE:
            clause = terms.phrase(token.text, token.slop, within, self.builder.notes)
        else:
            clause = terms.term(token.text, within, self.builder.notes)
        if clause is None and (token.kind is Kind.PHRASE or any(map(_is_symbol, token.text))):
            self.builder.note(text('"{word}" is not searched for: it has no letter or digit', word=token.text[:40]))
        return self._cut(clause)

    def _cut(self, clause: Clause | None) -> Clause | None:
        if isinstance(clause, Phrase) and len(clause.words) > MAX_PHRASE:
            self.builder.note(text("only the first {n} words of a phrase are searched for", n=MAX_PHRASE))
            return replace(clause, words=clause.words[:MAX_PHRASE])
        if isinstance(clause, MultiPhrase) and len(clause.parts) > MAX_PHRASE:
            self.builder.note(text("only the first {n} words of a phrase are searched for", n=MAX_PHRASE))
            return replace(clause, parts=clause.parts[:MAX_PHRASE], joined=None)
        return clause

    def _near(self, clause: Clause | None, token: Token) -> Clause | None:
        """Join a term with those that NEAR follows it by: `flood NEAR/5 wall`, `flood w/5 wall`."""
        found, written, slop = [clause], [_written(token)], 0
        while clause is not None and self.at + 1 < len(self.tokens):
            operator, after = self.tokens[self.at : self.at + 2]
            distance = _NEAR.fullmatch(operator.text) if operator.is_bare else None
            if distance is None or after.kind not in (Kind.TERM, Kind.PHRASE) or after.excluded or after.field:
                break
            self.at += 2
            own = next((max(1, int(one)) for one in distance.groups() if one), 0 if operator.text == _NEXT else NEAR)
            slop = max(slop, own)
            found.append(self._term(after, None))
            written += [f"NEAR/{slop}" if slop else _NEXT, _written(after)]
            if _IN_ORDER.match(operator.text):
                self.builder.note(text('"{word}" was read as NEAR/{n}: in any order', word=operator.text, n=own))
        wanted = [one for one in found if one is not None]
        if len(found) == 1:
            return clause
        bare = [replace(one, field=None) if isinstance(one, TermClause) else one for one in wanted]
        joined = terms.near(bare, slop, " ".join(written))
        if joined is None:
            return And(tuple(wanted)) if len(wanted) > 1 else next(iter(wanted), None)
        return replace(joined, field=clause.field) if isinstance(clause, TermClause) else joined

    def _joins_groups(self, token: Token) -> bool:
        """Whether a token is NEAR between what it cannot join: one of the two is in parentheses."""
        if not (token.is_bare and _NEAR.fullmatch(token.text) and 2 <= self.at < len(self.tokens)):
            return False
        return self.tokens[self.at - 2].kind is Kind.CLOSE or self.tokens[self.at].kind is Kind.OPEN

    def _is_left_out(self, token: Token) -> bool:
        """Whether a token is another engine's operator for a sentence or a paragraph, between words; it is noted."""
        if not (token.is_bare and _WITHIN.fullmatch(token.text) and 2 <= self.at < len(self.tokens)):
            return False
        self.builder.note(
            text('"{word}" is left out; NEAR/10 finds words near each other, in any order', word=token.text)
        )
        return True

    def _is_name(self, token: Token) -> bool:
        """Whether a stop word in capitals stands among small letters, as a name: WHO, IT."""
        word = token.text
        capital = token.kind is Kind.TERM and len(word) > 1 and word.isupper() and word not in _OPERATORS
        return capital and word.lower() in EVERY_STOP_WORD and not self.in_capitals


def _is_symbol(character: str) -> bool:
    """Whether a token is an emoji or a currency sign, which a person may mean."""
    return unicodedata.category(character) in ("So", "Sc")


def _written(token: Token) -> str:
    return f'"{token.text}"' if token.kind is Kind.PHRASE else token.text
