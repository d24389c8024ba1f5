"""The clause of a query -> the live rows that match it, and their scores."""

import time
from collections.abc import Iterator
from typing import NoReturn

from indexer.contract.facets import Filter
from indexer.contract.values import (
    And,
    Clause,
    DateRange,
    Fuzzy,
    MultiPhrase,
    Not,
    Or,
    Pattern,
    Phrase,
    Reading,
    TermClause,
    Word,
)
from indexer.query.writings import MOST
from indexer.searching.matches import NOTHING, Matches, OutOfTime, complement, difference, intersection, union, unscored
from indexer.searching.selection import dated_rows, filter_mask
from indexer.searching.snapshot import Snapshot
from indexer.searching.terms import clause_matches, reading
from indexer.storage.arrays import Ints, Mask
from indexer.storage.terms.vocabulary import StoredVocabulary

MAX_TERM_CLAUSES = 64 * (1 + MOST)  # those of a query, each with its other writings; the rest is left out
TERMS = (Word, Phrase, Pattern, Fuzzy, MultiPhrase)  # of a union of types, Python looks at each
TIME_LIMIT = 2.0  # seconds of wall clock; then what was found so far is the answer


class Evaluation:
    """One evaluation, with its bounds. `partial` says that they cut it short."""

    def __init__(self, snapshot: Snapshot, *, seconds: float = TIME_LIMIT) -> None:
        self.partial = False
        self._snapshot = snapshot
        self._deadline = time.monotonic() + seconds
        self._left = MAX_TERM_CLAUSES

    def found(self, clause: Clause | None) -> Matches:
        """Return the rows that match; some of them when `partial`, never others."""
        if clause is None:
            return self.everything()
        try:
            return self._found(clause)
        except OutOfTime as end:
            return _so_far(clause, end)

    def reading(self, clause: TermClause) -> Reading:
        """Return how a term clause was searched; without forms where there was no time to find them."""
        try:
            return reading(clause, self._snapshot, self.checkpoint)
        except OutOfTime:
            places: tuple[tuple[str, ...], ...] = ()
            if isinstance(clause, Phrase | MultiPhrase):
                places = ((),) * len(clause.words if isinstance(clause, Phrase) else clause.parts)
            return Reading(clause, (), places)

    def vocabulary(self) -> StoredVocabulary:
        """Return the vocabulary, which raises OutOfTime when this evaluation's time is up."""
        return self._snapshot.vocabulary.interrupted(self.checkpoint)

    def renew(self) -> None:
        """Allow as many term clauses to be evaluated again; the time limit stays."""
        self._left = MAX_TERM_CLAUSES

    def everything(self) -> Matches:
        """Return all live rows."""
        return unscored(self._live())

    def _live(self) -> Ints:
        live = self._snapshot.live
        return self._snapshot.numbers[:-1] if live is None else self._snapshot.numbers[:-1][live]

    def _narrowed(self, passed: Mask) -> Matches:
        return unscored(self._live()[passed])

    def _found(self, clause: Clause, *, is_excluded: bool = False) -> Matches:
        self.checkpoint()
        if isinstance(clause, TERMS):
            if self._left <= 0:
                self._give_up()
            self._left -= 1
            return clause_matches(clause, self._snapshot, self.checkpoint, is_excluded=is_excluded)
        match clause:
            case And(clauses):
                return self._all(clauses, is_excluded=is_excluded)
            case Or(clauses):
                return union(list(self._any(clauses, is_excluded=is_excluded)), self._snapshot)
            case Not(inner):
                return complement(self._found(inner, is_excluded=True).rows, self._snapshot)
            case Filter():
                return self._narrowed(filter_mask(clause, self._snapshot)[self._live()])
            case DateRange():
                dated = dated_rows(clause, self._live(), self._snapshot)
                return self.everything() if dated is None else self._narrowed(dated)

    def checkpoint(self) -> None:
        """Raise OutOfTime when the time is up."""
        if time.monotonic() > self._deadline:
            self._give_up()

    def _give_up(self) -> NoReturn:
        self.partial = True
        raise OutOfTime

    def _all(self, clauses: tuple[Clause, ...], *, is_excluded: bool) -> Matches:
        wanted = [self._found(one, is_excluded=is_excluded) for one in clauses if not isinstance(one, Not)]
        found = intersection(wanted, self._snapshot) if wanted else self.everything()
        for one in clauses:
            if isinstance(one, Not) and len(found.rows):
                found = difference(found, self._found(one.clause, is_excluded=True).rows, self._snapshot)
        return found

    def _any(self, clauses: tuple[Clause, ...], *, is_excluded: bool) -> Iterator[Matches]:
        for one in clauses:
            try:
                yield self._found(one, is_excluded=is_excluded)
            except OutOfTime as end:
                if is_excluded:  # what is left out by some of the clauses only would leave in what the others leave out
                    raise
                yield _so_far(one, end)
                return


def _so_far(clause: Clause, end: OutOfTime) -> Matches:
    """The rows of a clause when time ended; those of a part of it say nothing of the whole."""
    return NOTHING if isinstance(clause, And | Or | Not) else end.so_far
