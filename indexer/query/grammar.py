"""Tokens -> what a query asks: its clause, filters and dates, and notes on what was not understood.

    query   = clauses side by side: all of them          OR binds closer: a b OR c is a, and b or c
    clause  = -clause | NOT clause | (query) | field:clause | term | "phrase" | clause OR clause
Filters (author: site: lang: section:) and dates narrow the whole search wherever they stand. An operator
with nothing to join is text. Nothing typed is an error.
"""

import re
from dataclasses import replace

from indexer.analysis.stop_words import EVERY_STOP_WORD
from indexer.contract.facets import FACETS
from indexer.contract.values import And, Clause, MultiPhrase, Not, Or, Phrase, TextField
from indexer.query import terms
from indexer.query.builder import SINCE_FIELDS, UNTIL_FIELDS, QueryBuilder
from indexer.query.lexer import Kind, Token, tokens

MAX_TERM_CLAUSES = 64
MAX_PHRASE = 32  # words: no two articles that have so many in a row are told apart by more
MAX_DEPTH = 16  # parentheses within parentheses; deeper ones are left out

TEXT_FIELDS = {
    "title": TextField.HEADLINE, "headline": TextField.HEADLINE, "standfirst": TextField.STANDFIRST,
    "body": TextField.BODY, "text": TextField.BODY, "byline": TextField.BYLINE,
}  # fmt: skip
FACET_FIELDS = {field: name for name, facet in FACETS.items() for field in facet.fields}
_FIELDS = frozenset(TEXT_FIELDS) | frozenset(FACET_FIELDS) | SINCE_FIELDS | UNTIL_FIELDS | {"date"}

_RANGE = re.compile(r"(.*?)\.\.+(.*)")
_OPERATORS = {"OR": "or", "|": "or", "||": "or", "AND": "and", "NOT": "not"}


def read(text: str, builder: QueryBuilder) -> Clause | None:
    """Return what the words of a typed query ask, and put its filters, dates and notes into `asked`."""
    return _Reader(tokens(text, _FIELDS), builder).group(0, None, excluded=False)


class _Reader:
    """Where the reading of one list of tokens stands."""

    def __init__(self, found: list[Token], builder: QueryBuilder) -> None:
        self.tokens = found
        self.builder = builder
        self.at = 0
        self.clauses = 0
        self.in_capitals = not any(map(str.islower, "".join(token.text for token in found)))
        self.skipped = 0  # parentheses opened below MAX_DEPTH

    def group(self, depth: int, within: str | None, *, excluded: bool) -> Clause | None:
        """Read up to the parenthesis that closes this group; `within` is the field before its parenthesis."""
        group = _Group()
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
                self._operand(token, group, depth, within, excluded=excluded)
        if group.mixed:
            self.builder.note("filters and dates narrow the whole search: OR and parentheses do not reach them")
        return group.clause()

    def _operator(self, token: Token, group: "_Group") -> str | None:
        """Return `or`, `and` or `not` when the token is one and has something to join."""
        operator = _OPERATORS.get(token.text) if token.is_bare else None
        if operator is None or self.at == len(self.tokens):
            return None
        after = self.tokens[self.at]
        joins = after.kind is not Kind.CLOSE and not (after.is_bare and _OPERATORS.get(after.text) in ("or", "and"))
        return operator if joins and (operator == "not" or group.may_join) else None

    def _operand(self, token: Token, group: "_Group", depth: int, within: str | None, *, excluded: bool) -> None:
        name = token.field or within
        negated = token.excluded is not group.excludes
        if token.kind is Kind.OPEN:
            if depth == MAX_DEPTH:
                self.skipped += 1
                return
            inner = self.group(depth + 1, name, excluded=excluded is not negated)
            group.add(_not(inner) if inner and negated else inner, is_filter=name in FACET_FIELDS)
        elif self._narrows(token, name, excluded=excluded is not negated):
            group.mixed |= excluded and within is None
            group.add(None, is_filter=True)
        else:
            clause = self._leaf(token, TEXT_FIELDS.get(name or ""))
            group.add(_not(clause) if clause and negated else clause)

    def _narrows(self, token: Token, name: str | None, *, excluded: bool) -> bool:
        """Take the token as a filter or date when it is one."""
        if name in FACET_FIELDS:
            self.builder.choose(FACET_FIELDS[name], token.text, excluded=excluded)
            return True
        ends = _RANGE.fullmatch(token.text) if token.kind is Kind.TERM else None
        if name is None and not (
            ends and any(ends.groups()) and all(map(self.builder.is_date, filter(None, ends.groups())))
        ):
            return False
        if name in TEXT_FIELDS:
            return False
        if excluded:
            self.builder.note(f'"{token.text[:80]}" not understood: a date cannot be excluded')
        elif ends:
            for end, text in zip(("since", "until"), ends.groups(), strict=True):
                if text:
                    self.builder.limit(end, text)
        else:
            self.builder.limit(name or "date", token.text)
        return True

    def _leaf(self, token: Token, within: TextField | None) -> Clause | None:
        if self.clauses == MAX_TERM_CLAUSES:
            self.builder.note(f"only the first {MAX_TERM_CLAUSES} words and phrases are searched for")
            return None
        if self._is_name(token):
            clause: Clause | None = Phrase((token.text.lower(),), field=within)
        elif token.kind is Kind.PHRASE:
            clause = terms.phrase(token.text, token.slop, within, self.builder.notes)
        else:
            clause = terms.term(token.text, within, self.builder.notes)
        self.clauses += clause is not None
        if isinstance(clause, Phrase) and len(clause.words) > MAX_PHRASE:
            self.builder.note(f"only the first {MAX_PHRASE} words of a phrase are searched for")
            return replace(clause, words=clause.words[:MAX_PHRASE])
        if isinstance(clause, MultiPhrase) and len(clause.parts) > MAX_PHRASE:
            self.builder.note(f"only the first {MAX_PHRASE} words of a phrase are searched for")
            return replace(clause, parts=clause.parts[:MAX_PHRASE], joined=None)
        return clause

    def _is_name(self, token: Token) -> bool:
        """Is this a stop word in capitals among small letters: WHO, IT? Then it is a name."""
        word = token.text
        capital = token.kind is Kind.TERM and len(word) > 1 and word.isupper() and word not in _OPERATORS
        return capital and word.lower() in EVERY_STOP_WORD and not self.in_capitals


class _Group:
    """The clauses of one parenthesis so far: a list of all, each an OR of one or more."""

    def __init__(self) -> None:
        self.alternatives: list[list[Clause]] = []
        self.joins = self.excludes = self.mixed = False
        self.after: str | None = None  # what an OR now would join to: a clause or a filter

    @property
    def may_join(self) -> bool:
        """Is there something before for an operator to join?"""
        return self.after is not None and not self.joins

    def take(self, operator: str) -> None:
        """Let an operator apply to what comes next."""
        self.joins = self.joins or operator == "or"
        self.excludes = self.excludes is not (operator == "not")

    def add(self, clause: Clause | None, *, is_filter: bool = False) -> None:
        """Add what an operand asks; None when it is a filter, or has no word in it."""
        kind = "filter" if is_filter and clause is None else "clause"
        self.mixed |= self.joins and kind != self.after
        if clause is not None and self.joins and self.after == "clause" and self.alternatives:
            self.alternatives[-1].append(clause)
        elif clause is not None:
            self.alternatives.append([clause])
        self.joins = self.excludes = False
        self.after = kind if clause is not None or is_filter else self.after

    def clause(self) -> Clause | None:
        """Return what the group asks, or None when it asks for nothing."""
        every = [_any(group) for group in self.alternatives]
        if len(every) < 2:
            return every[0] if every else None
        return And(tuple(inner for one in every for inner in (one.clauses if isinstance(one, And) else (one,))))


def _any(group: list[Clause]) -> Clause:
    if len(group) == 1:
        return group[0]
    return Or(tuple(inner for one in group for inner in (one.clauses if isinstance(one, Or) else (one,))))


def _not(clause: Clause) -> Clause:
    return clause.clause if isinstance(clause, Not) else Not(clause)
