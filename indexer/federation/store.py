"""What the pages ask of an article store, answered from the indexes of all stores.

What no index has is asked of a file of this machine's own, which has no article: its people, their sessions and
tokens. Crawls, captures, revisions and what readers saved are where the stores are.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path

from corpus.errors import IndexUnreachable
from corpus.model import Author, Revision, StoredArticle
from corpus.store import Alias, ArticleStore, AuthorCount, Times, Totals
from indexer.contract.values import Query, Sort
from indexer.federation.articles import A_REQUEST, ClusterArticles
from indexer.federation.states import StoreState
from indexer.opensearch_engine.engine import OpenSearchEngine


class FederatedAuthors:
    """The authors of all stores, under the keys that the indexes have: each store has merged its own."""

    def __init__(self, articles: ClusterArticles) -> None:
        self._articles = articles

    def labels(self, keys: Collection[str]) -> dict[str, Author]:
        """Return key -> a name printed under it; unknown keys are left out."""
        return self._articles.names(keys)

    def counts(self, *, limit: int = 100, offset: int = 0, prefix: str = "") -> list[AuthorCount]:
        """Return authors as `ArticleStore.authors.counts` does."""
        return self._articles.authors(limit, offset, prefix)

    def aliases(self) -> dict[str, str]:
        """Return nothing: the indexes have the keys that authors are known by."""
        return {}

    def alias_rows(self) -> list[Alias]:
        """Return nothing: the stores have the merges, and their evidence."""
        return []


class FederatedCopies:
    """The copies of a text among the articles of its store."""

    def __init__(self, articles: ClusterArticles) -> None:
        self._articles = articles

    def group(self, article: int) -> list[int]:
        """Return the ids of an article's copy group, the leader first; the article's own id when it has no copies."""
        return self._articles.group(article)


class FederatedReceipts:
    """The marks of articles. Receipts are kept where the stores are, so that none is found here."""

    def __init__(self, articles: ClusterArticles) -> None:
        self._articles = articles

    def marks(self, ids: Iterable[int]) -> dict[int, str]:
        """Return id -> mark."""
        return {id: each.mark for id, each in self._articles.articles(ids, with_text=False).items()}

    def get(self, mark: str) -> None:
        """Find no receipt."""


class FederatedStore:
    """The articles of all stores, with the members of an ArticleStore that pages and exports ask.

    Args:
        own: The file of this machine, for its people; it is closed with this.
    """

    def __init__(self, articles: ClusterArticles, engine: OpenSearchEngine, own: ArticleStore) -> None:
        self._articles, self._engine, self._own = articles, engine, own
        self.authors = FederatedAuthors(articles)
        self.copies = FederatedCopies(articles)
        self.users, self.sessions, self.tokens, self.audit = own.users, own.sessions, own.tokens, own.audit
        self.receipts = FederatedReceipts(articles)
        self.saved, self.dossiers, self.passages = own.saved, own.dossiers, own.passages
        self.frontier, self.journal, self.evidence = own.frontier, own.journal, own.evidence
        self.runs, self.schedule, self.sources = own.runs, own.schedule, own.sources
        self.requests = own.requests
        self.health, self.damage, self.notices = own.health, own.damage, own.notices
        self.corrections = own.corrections

    @property
    def path(self) -> Path:
        """Where the file of this machine is."""
        return self._own.path

    @property
    def read_only(self) -> bool:
        """Whether nobody can sign in; articles are never written here."""
        return self._own.read_only

    @property
    def sequence(self) -> int:
        """What the indexes reflect: how far the stores are is known where they are."""
        return self._engine.position

    def history(self, sequence: int) -> str | None:
        """Return a token for all stores together: that of this machine's file."""
        return self._own.history(0) if sequence == 0 else None

    def stores(self, *, now: bool = False) -> tuple[StoreState, ...]:
        """Return the stores that index into the cluster, as the last search found them; `now`: as they are."""
        return self._articles.stores(now=now)

    def unsearched(self) -> tuple[str, ...]:
        """Return a sentence for each store whose articles the last search left out, or that there is no store."""
        return self._articles.unsearched

    @property
    def nothing_indexed(self) -> str:
        """The sentence that no machine has indexed an article in the cluster."""
        return self._articles.nothing_indexed

    def store_of(self, id: int) -> StoreState | None:
        """Return the store that has an article."""
        return self._articles.store_of(id)

    def article(self, id: int) -> StoredArticle | None:
        """Return the article with this id."""
        return self.articles([id]).get(id)

    def articles(self, ids: Iterable[int], *, with_structure: bool = True) -> dict[int, StoredArticle]:
        """Return id -> article in the order given; unknown ids are left out."""
        return self._articles.articles(ids, with_structure=with_structure)

    def heads(self, ids: Iterable[int]) -> dict[int, StoredArticle]:
        """Return id -> article without its body, in the order given."""
        return self._articles.articles(ids, with_text=False)

    @property
    def state(self) -> None:
        """None: what other machines write is not seen here."""
        return None

    def missing(self, ids: Iterable[int]) -> list[int]:
        """Return the ids that no article has."""
        wanted = list(ids)
        found = self.heads(wanted)
        return [id for id in wanted if id not in found]

    def by_mark(self, mark: str) -> StoredArticle | None:
        """Return the article with this pressmark; of several stores' articles, that which was fetched last."""
        return self._articles.by_mark(mark)

    def by_url(self, url: str) -> StoredArticle | None:
        """Return the article with this canonical URL; of several stores' articles, that which was fetched last."""
        return self._articles.by_url(url)

    def newest(self, limit: int) -> list[StoredArticle]:
        """Return the articles published last, undated ones by when they were first seen."""
        return self._articles.newest(limit)

    def revision_times(self, id: int) -> dict[int, datetime]:
        """Return the number of the text that stands and when it was fetched; the store has those before it."""
        return {each.number: each.seen for each in self.revisions(id)}

    def revisions(self, id: int, *, numbers: Collection[int] | None = None) -> list[Revision]:
        """Return the text that stands, under its number; the store has those before it."""
        stored = self.article(id)
        if stored is None or (numbers is not None and stored.revision not in numbers):
            return []
        each = stored.article
        texts = each.headline, each.standfirst, each.byline, each.body
        return [Revision(stored.revision, each.fetched, *texts, fingerprint="")]

    def times(self, id: int) -> Times:  # noqa: ARG002
        """Return that nothing is known: the store knows."""
        return Times()

    def every(self) -> Iterator[StoredArticle]:
        """Walk through the articles of all stores that are not left out, the newest first.

        Raises:
            IndexUnreachable: a part of an index did not answer.
        """
        found = self._engine.listing(Query(sort=Sort.NEWEST))
        ids = found.ids
        if len(ids) < found.total or (found.partial and not self.unsearched()):
            raise IndexUnreachable("a part of an index did not answer: not all articles could be listed")
        for start in range(0, len(ids), A_REQUEST):
            yield from self.articles(ids[start : start + A_REQUEST]).values()

    def withdrawn(self) -> Iterator[tuple[StoredArticle, datetime]]:
        """Yield nothing: what was withdrawn is in no index."""
        yield from ()

    def totals(self) -> Totals:
        """Return the figures of all stores together."""
        return self._articles.totals()

    def one_state(self) -> AbstractContextManager[object]:
        """Do nothing: an article is read as it stands when its turn comes."""
        return nullcontext()

    def close(self) -> None:
        """Close the file of this machine."""
        self._own.close()
