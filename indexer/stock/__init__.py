"""The search engine on a Whoosh index with Whoosh's codec: correct before fast, the oracle of the columnar engine."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from operator import and_
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexError_, IndexLocked
from corpus.locks import hold
from indexer.analysis.forms import is_bounded, reading
from indexer.contract.bars import histogram, in_range
from indexer.contract.clauses import wanted_clauses, worth_naming
from indexer.contract.facets import FacetName
from indexer.contract.listing import Listing
from indexer.contract.protocol import Batch
from indexer.contract.values import Completion, Explanation, Hit, Match, Query, Results, Sort
from indexer.query.completion import completions
from indexer.query.matching import ENOUGH, any_of, essential, excluded_phrases
from indexer.query.serialise import serialise
from indexer.query.substitutes import tried, with_substitutes
from indexer.query.suggest import FEW, corrections
from indexer.stock import schema, upstream
from indexer.stock.counting import facets
from indexer.stock.matching import clause_rows, date_rows, dates, filter_rows, times
from indexer.stock.scoring import contributions, scores
from indexer.stock.similar import similar
from indexer.stock.snapshot import Mask, Numbers, Snapshot

MAX_DEPTH = 10_000  # hits that can be paged through; past them a page is empty, and the total still exact


class WhooshEngine:
    """A SearchEngine in one folder. Searches take turns: Whoosh's readers are not to be shared between threads."""

    def __init__(self, path: Path, *, languages: tuple[str, ...] = ()) -> None:
        """Open the index in a folder; word forms are those of `languages`, or of the articles' when it names none."""
        self._languages = languages
        self._path = path
        self._turn = RLock()
        path.mkdir(parents=True, exist_ok=True)
        if not upstream.exists_in(str(path)):
            with hold(path / "lock", what="an index update", error=IndexLocked):
                upstream.create_in(str(path), schema.schema()).close()
        self._index: Any = upstream.open_dir(str(path))
        self._snapshot = Snapshot(self._index, self._languages)

    @property
    def position(self) -> int:
        """The last sequence committed."""
        with self._reading() as snapshot:
            return snapshot.position

    def apply(self, batches: Iterable[Batch]) -> int:
        """Apply the batches in order, each in a commit of its own."""
        with hold(self._path / "lock", what="an index update", error=IndexLocked):
            if not self.position:
                upstream.create_in(str(self._path), schema.schema()).close()
            for batch in batches:
                try:
                    self._write(batch)
                except OSError as error:
                    raise IndexError_(f"{self._path}: {error.strerror or error}: the index stays as it was") from error
        return self.position

    def search(self, query: Query) -> Results:
        """Answer the query."""
        with self._reading() as snapshot:
            snapshot = snapshot.annotated(query.annotations)
            found = with_substitutes(
                _answer(query, snapshot), query, snapshot.vocabulary, lambda other: _answer(other, snapshot)
            )
            if found.substitutes or found.total >= FEW or not query.suggests or not (query.clause or query.filters):
                return found
            return found._replace(suggestion=_better(query, found.total, snapshot))

    def listing(self, query: Query) -> Listing:
        """Return all matches in the order of the query, of one committed state."""
        with self._reading() as snapshot:
            snapshot = snapshot.annotated(query.annotations)
            rows = _matching(query, snapshot)
            ids = _ids_in_order(_required(query, snapshot)[0], rows, snapshot)
            return Listing(ids, len(ids), snapshot.position, partial=False, bounded=_answer(query, snapshot).bounded)

    def complete(self, prefix: str, *, limit: int = 8) -> tuple[Completion, ...]:
        """Complete the last word typed."""
        with self._reading() as snapshot:
            rows = np.flatnonzero(snapshot.live)
            authors = Counter(key for row in rows for key in snapshot.keys[FacetName.AUTHOR][row])
            return completions(prefix, snapshot.vocabulary, authors, limit)

    def similar(self, id: int, texts: Sequence[str], *, limit: int = 5) -> tuple[Hit, ...]:
        """Return the articles most like this one."""
        del texts  # it keeps its own
        with self._reading() as snapshot:
            row = snapshot.row_of.get(id)
            return () if row is None else similar(snapshot, row, limit)

    def explain(self, query: Query, id: int) -> Explanation:
        """Say why the article has the score it has for this query."""
        with self._reading() as snapshot:
            snapshot = snapshot.annotated(query.annotations)
            row = snapshot.row_of.get(id)
            queries = tried(query, self.search) if row is not None else iter(())
            found = next((one for one in queries if _matching(one, snapshot)[row]), None)
            if row is None or found is None:
                return Explanation(matches=False, score=0.0)
            parts = contributions(_required(found, snapshot)[0].clause, row, snapshot)
            return Explanation(True, sum(part.score for part in parts), parts)

    def __len__(self) -> int:
        with self._reading() as snapshot:
            return len(snapshot.row_of)

    def close(self) -> None:
        """Close the files."""
        with self._turn:
            self._snapshot.close()
            self._index.close()

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        """The newest committed state, for one caller at a time."""
        with self._turn:
            if self._index.latest_generation() != self._snapshot.generation:
                self._snapshot.close()
                self._snapshot = Snapshot(self._index, self._languages)
            yield self._snapshot

    def _write(self, batch: Batch) -> None:
        latest = {document.id: document for document in batch.documents}
        writer = self._index.writer()
        try:
            for id in (*batch.deletions, *latest):
                writer.delete_by_term("key", str(id))
            for id, document in latest.items():
                if id not in batch.deletions:
                    writer.add_document(**schema.fields(document))
            writer.delete_by_term("key", schema.STATE)
            writer.add_document(**schema.state(batch.position))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()


def _answer(query: Query, snapshot: Snapshot) -> Results:
    typed = query.clause
    query, ignored = _required(query, snapshot)
    base = clause_rows(query.clause, snapshot) & date_rows(query, snapshot)
    passed = {one.facet: filter_rows(one, snapshot) for one in query.filters}
    rows = reduce(and_, passed.values(), base)
    more = _more(query, rows, passed, snapshot)
    at = dates(query, snapshot)[rows]
    dated = in_range(at[at != schema.UNDATED], query)
    hits, stories = _hits(query, rows, snapshot)
    some, further = _further_hits(query, stories, more, snapshot)
    readings = [reading(clause, snapshot.vocabulary) for clause in dict.fromkeys(wanted_clauses(query.clause))]
    excluded = (reading(clause, snapshot.vocabulary) for clause in excluded_phrases(query.clause))
    return Results(
        total=int(rows.sum()),
        stories=stories + further,
        some_stories=further,
        more=int(more.sum()),
        ignored=ignored,
        hits=hits + some,
        facets=facets(query, base, passed, snapshot),
        histogram=histogram(dated, len(at) - len(dated), query.interval) if query.interval else None,
        readings=worth_naming(readings, typed),
        bounded=tuple(one.clause for one in (*readings, *excluded) if is_bounded(one)),
        position=snapshot.position,
    )


def _required(query: Query, snapshot: Snapshot) -> tuple[Query, tuple[str, ...]]:
    clause, ignored = essential(query, snapshot.languages)
    if query.match is Match.ANY:
        clause = any_of(clause) or clause
    return query._replace(clause=clause), ignored


def _more(query: Query, rows: Mask, passed: Mapping[FacetName, Mask], snapshot: Snapshot) -> Mask:
    """Return the rows with some of the words, when few have all words and the query wants the best."""
    clause = any_of(query.clause) if query.match is Match.BEST and int(rows.sum()) < ENOUGH else None
    if clause is None:
        return np.zeros_like(rows)
    some = clause_rows(clause, snapshot) & date_rows(query, snapshot)
    return reduce(and_, passed.values(), some) & ~rows


def _further_hits(query: Query, before: int, more: Mask, snapshot: Snapshot) -> tuple[tuple[Hit, ...], int]:
    """The hits of a page that have some of the words, after the others, the best first; and how many there are."""
    start, end = (max(0, page * query.per_page - before) for page in (query.page - 1, query.page))
    every = query._replace(sort=Sort.RELEVANCE, page=1, per_page=max(end, 1))
    hits, count = _hits(every, more, snapshot)
    return tuple(hit._replace(some=True) for hit in hits[start:end]), count


def _matching(query: Query, snapshot: Snapshot) -> Mask:
    query, _ = _required(query, snapshot)
    passed = [filter_rows(one, snapshot) for one in query.filters]
    return reduce(and_, passed, clause_rows(query.clause, snapshot) & date_rows(query, snapshot))


def _better(query: Query, total: int, snapshot: Snapshot) -> str | None:
    """The text of a corrected query that finds more than `total`, if there is one."""
    authors = {key for row in snapshot.row_of.values() for key in snapshot.keys[FacetName.AUTHOR][row]}
    for other in corrections(query, snapshot.vocabulary, authors):
        if int(_matching(other, snapshot).sum()) > total:
            return serialise(other)
    return None


def _ids_in_order(query: Query, rows: Mask, snapshot: Snapshot) -> list[int]:
    chosen, order, _ = _ordered(query, rows, snapshot)
    return [int(id) for id in snapshot.number[chosen][order]]


def _ordered(query: Query, rows: Mask, snapshot: Snapshot) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    """Return the rows of a mask, their places in the order of the query, and their scores."""
    chosen = np.flatnonzero(rows)
    score = scores(query.clause, rows, snapshot)[chosen] if query.sort is Sort.RELEVANCE else np.zeros(len(chosen))
    number = snapshot.number[chosen]
    at = times(query, snapshot)[chosen]
    first: dict[Sort, Numbers | Any] = {
        Sort.RELEVANCE: -score,
        Sort.NEWEST: -at,
        Sort.OLDEST: np.where(at == schema.UNDATED, -schema.UNDATED, at),
        Sort.ADDED: -snapshot.added[chosen],
    }
    return chosen, np.lexsort((-number, -at, first[query.sort])), score


def _hits(query: Query, rows: Mask, snapshot: Snapshot) -> tuple[tuple[Hit, ...], int]:
    """The hits of one page, sorted, ties by newest and then by higher id; and how many there are on all pages."""
    chosen, order, score = _ordered(query, rows, snapshot)
    number = snapshot.number[chosen]
    groups: dict[int, list[int]] = {}
    leaders = snapshot.leader[chosen] if query.folded else number
    for one in order.tolist():
        groups.setdefault(int(leaders[one]), []).append(one)
    start = (query.page - 1) * query.per_page
    page = list(groups.values())[start : min(start + query.per_page, MAX_DEPTH)]
    return tuple(
        Hit(int(number[one]), float(score[one]), tuple(int(number[other]) for other in others)) for one, *others in page
    ), len(groups)
