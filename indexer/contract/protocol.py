"""Documents in, results out: what every search engine takes, promises and raises.

The docstrings here are the contract; tests/indexer/test_engine_contract.py states each promise once and runs it on
every engine. Engines only translate: what a query means is decided in values.py and in indexer/query.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from corpus.model import StoredArticle
from indexer.contract.facets import FacetName
from indexer.contract.listing import Listing
from indexer.contract.origin import Origin
from indexer.contract.values import Completion, Explanation, Hit, Query, Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as an engine indexes it; document.py makes it.

    Attributes:
        id: The store's id of the article; one document each.
        facets: The article's keys of each facet, each once; a facet it says nothing of may be left out.
        published, added: Local minutes (module docstring); `published` None: undated.
        span: Minutes after `published` at which the article may have appeared as well: its date is a month or a year.
        copy_of: Leading article's id when this one is a copy, else None.
        stored: The article itself, for an index that other machines read; no search looks at it.
    """

    id: int
    headline: str = ""
    standfirst: str = ""
    body: str = ""
    byline: str = ""
    facets: Mapping[FacetName, tuple[str, ...]] = field(default_factory=dict)
    published: int | None = None
    span: int = 0
    added: int = 0
    copy_of: int | None = None
    stored: StoredArticle | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes to apply at once: documents to add or replace, ids to delete, and the position reached by them."""

    documents: Sequence[Document] = field(default_factory=tuple)
    deletions: Sequence[int] = field(default_factory=tuple)
    position: int = 0
    origin: Origin = Origin()


class SearchEngine(Protocol):
    """A search engine over documents.

    One writer at a time, in any process: a second raises IndexLocked, naming the holder. Any number of
    threads may search meanwhile; each search sees one whole committed state, never part of a batch.
    """

    @property
    def position(self) -> int:
        """The last sequence committed; 0 for a new index, or one whose schema or analysis has another version."""

    def apply(self, batches: Iterable[Batch]) -> int:
        """Apply the batches in order and return the position committed.

        Idempotent: a document replaces the one with its id. Each batch is committed with its position in one
        step, or several batches together; after a kill at any moment the index is as one of these commits left it.

        Raises:
            IndexLocked: another process is writing.
            IndexError_: the disk is full, or does not let us write; what was committed stays.
        """

    def search(self, query: Query) -> Results:
        """Answer the query; never raises for what a person typed.

        Past the last page: no hits, the true total. Bounded by 512 forms a term clause that is not excluded (then
        `bounded`), 64 clauses, 2 s of wall clock (then `partial`).
        """

    def listing(self, query: Query) -> Listing:
        """Return all matches in the order of the query, of one committed state, however long that takes.

        An article matches when it has all words, with ANY any of them; pages, facets and folding do not count.
        """

    def complete(self, prefix: str, *, limit: int = 8) -> tuple[Completion, ...]:
        """Complete the last word typed: words by document frequency, authors by number of articles."""

    def similar(self, id: int, texts: Sequence[str], *, limit: int = 5) -> tuple[Hit, ...]:
        """Return the articles most like this one by the rare words of its texts, itself and its copies left out."""

    def explain(self, query: Query, id: int) -> Explanation:
        """Say why the article has the score it has for this query."""

    def __len__(self) -> int:
        """The number of live documents."""

    def close(self) -> None:
        """Release files; searches under way end first."""
