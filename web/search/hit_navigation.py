"""An article's address as a hit of a search -> the way back, and the hits before and after it."""

from collections.abc import Callable, Iterable

from corpus.model import StoredArticle
from indexer.contract.values import Query, Results
from indexer.query.parameters import whole_number
from web.layout.paths import article_path, note_search
from web.layout.services import current_services
from web.layout.state import MAX_HITS, State, address
from web.search.request import SearchRequest, ask

LONGEST = 400  # characters of a search repeated in the address of each of its hits
RANK = "i"  # the parameter that says which hit of the search this is, from 1


class Trail:
    """The search an article was opened from. `rank` is None when the article does not stand there any more."""

    def __init__(self, search_request: SearchRequest, id: int, rank: int | None) -> None:
        self.search_request = search_request
        self.per_page = search_request.query.per_page
        self.results = self._page(rank or 1)
        self.rank = rank if rank and self._id(rank) == id else None

    @property
    def query(self) -> Query:
        """What was searched for."""
        return self.search_request.best

    @property
    def total(self) -> int:
        """How many hits the search has."""
        return self.results.stories

    @property
    def back(self) -> str:
        """The address of the page of results the article stands on."""
        page = (self.rank - 1) // self.per_page + 1 if self.rank else 1
        return self.search_request.state.but(page=page).url()

    def neighbour(self, step: int) -> str | None:
        """Return the address of the hit before (-1) or after (1) this one."""
        rank = (self.rank or 0) + step
        if self.rank is None or not 1 <= rank <= min(self.total, MAX_HITS):
            return None
        id = self._id(rank)
        stored = current_services().store.article(id) if id else None
        return None if stored is None else hit_url(stored, self.search_request.state, rank)

    def beside(self, stored: StoredArticle) -> str:
        """Return the address of an article that is no hit but stands beside one; its way back is this search."""
        return hit_urls(self.search_request.state)(stored, None)

    def _page(self, rank: int) -> Results:
        page = (rank - 1) // self.per_page + 1
        return current_services().search(self.query._replace(page=page)).results

    def _id(self, rank: int) -> int | None:
        hits = self._page(rank).hits
        at = (rank - 1) % self.per_page
        return hits[at].id if at < len(hits) else None


def trail(pairs: Iterable[tuple[str, str]], id: int) -> Trail | None:
    """Return the search that the parameters of an article's address name, or None when they name none.

    The page says what was not read of it.
    """
    given = list(pairs)
    search_request = ask(pair for pair in given if pair[0] not in (RANK, "page"))
    note_search(search_request.notes)
    typed = next((value for name, value in given if name == RANK), "")
    rank = whole_number(typed, MAX_HITS) or None
    if rank is None and not search_request.state.pairs():
        return None
    return Trail(search_request, id, rank)


def hit_url(stored: StoredArticle, state: State, rank: int) -> str:
    """Return the address of a hit: the article's own, and the search it is read from unless that is long."""
    return hit_urls(state)(stored, rank)


def hit_urls(state: State) -> Callable[[StoredArticle, int | None], str]:
    """Return what gives the address of each hit of a search; rank None: of an article that is not one of its hits."""
    pairs = state.but().pairs()
    length = sum(len(name) + len(value) for name, value in pairs) + len(RANK)
    search = address("", pairs)
    ranked = f"{search}{'&' if pairs else '?'}{RANK}="

    def url(stored: StoredArticle, rank: int | None) -> str:
        path = article_path(stored)
        if length + len(str(rank)) > LONGEST:
            return path
        return f"{path}{search}" if rank is None else f"{path}{ranked}{rank}"

    return url
