"""A search's address <-> its state: the URL holds all of it, in a fixed order, defaults left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from indexer.contract.facets import FacetName
from indexer.contract.values import Dating, Interval, Match, Sort
from indexer.query.parameters import (
    BARS,
    COPIES,
    COUNT,
    DATE,
    EXCLUDED,
    INTERVAL,
    MATCH,
    PAGE,
    SINCE,
    SORT,
    TEXT,
    UNTIL,
    read_parameters,
)
from indexer.query.parameters import PER_PAGE as USUAL

PER_PAGE = (USUAL, 50, 100)  # offered; an address may say another number
MAX_HITS = 1000  # that can be paged through; further ones are for a narrower search or an export
CHOSEN = tuple((facet.value, facet) for facet in FacetName)  # the names of the parameters, in their order
LEFT_OUT = tuple((f"{EXCLUDED}{facet}", facet) for facet in FacetName)
SHARE, UNFOLDED = BARS.choices[0], COPIES.choices[0]


_NOTHING: Mapping[FacetName, tuple[str, ...]] = MappingProxyType({})


class State(NamedTuple):  # a results page makes some twenty: a dataclass takes four times as long
    """A search as an address gives it.

    Attributes:
        chosen, excluded: Facet -> values, each once, in the order given.
        since, until: As typed; the parser judges them.
        match: ANY when articles with any of the words answer; None: the default.
        sort: None: the default, which is relevance with words and newest without.
        per_page: None: as configured.
        share: The histogram shows shares of all articles, not counts.
        unfolded: Copies of one text are hits of their own.
    """

    q: str = ""
    chosen: Mapping[FacetName, tuple[str, ...]] = _NOTHING
    excluded: Mapping[FacetName, tuple[str, ...]] = _NOTHING
    since: str = ""
    until: str = ""
    dating: Dating = Dating.ANY
    match: Match | None = None
    sort: Sort | None = None
    interval: Interval = Interval.AUTO
    share: bool = False
    unfolded: bool = False
    per_page: int | None = None
    page: int = 1

    def but(self, **changes: Any) -> "State":
        """Return the state with these fields changed, back on its first page unless a page is given."""
        changes = {"page": 1, **changes}
        made = _state(map(changes.pop, _FIELDS, self))  # as `_replace`, in half of the steps
        if changes:
            raise ValueError(f"no fields of a search: {', '.join(changes)}")
        return made

    def without(self, facet: FacetName, value: str) -> "State":
        """Return the state without a value of a facet, chosen or excluded."""
        return self.but(
            chosen={**self.chosen, facet: tuple(each for each in self.chosen.get(facet, ()) if each != value)},
            excluded={**self.excluded, facet: tuple(each for each in self.excluded.get(facet, ()) if each != value)},
        )

    def only_words(self) -> "State":
        """Return the words alone, every filter dropped."""
        return State(q=self.q, match=self.match, sort=self.sort, per_page=self.per_page)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters that differ from their defaults, in the fixed order."""
        pairs = [(TEXT.name, self.q)] if self.q else []
        if self.chosen:
            pairs += [(name, value) for name, facet in CHOSEN for value in self.chosen.get(facet, ()) if value]
        if self.excluded:
            pairs += [(name, value) for name, facet in LEFT_OUT for value in self.excluded.get(facet, ()) if value]
        further = self[_DATES:]
        if further != _USUAL:  # most of a page's thirty searches differ in none
            pairs += self._further()
        return pairs

    def _further(self) -> Iterator[tuple[str, str]]:
        further = (
            (SINCE.name, self.since),
            (UNTIL.name, self.until),
            (DATE.name, self.dating if self.dating is not Dating.ANY else ""),
            (MATCH.name, self.match if self.match is not Match.ALL else ""),
            (SORT.name, self.sort),
            (INTERVAL.name, self.interval if self.interval is not Interval.AUTO else ""),
            (BARS.name, SHARE if self.share else ""),
            (COPIES.name, UNFOLDED if self.unfolded else ""),
            (COUNT.name, str(self.per_page or "")),
            (PAGE.name, str(self.page) if self.page != 1 else ""),
        )
        return ((name, value) for name, value in further if value)

    @property
    def filtered(self) -> bool:
        """Whether anything but words narrows the search."""
        dated = self.since or self.until or self.dating is Dating.NONE
        return bool(dated or any(self.chosen.values()) or any(self.excluded.values()))

    def url(self, path: str = "/search") -> str:
        """Return the address of this search; `path` may be another page that takes the same state."""
        return address(path, self.pairs())


_state = partial(tuple.__new__, State)
_FIELDS = State._fields
_DATES = State._fields.index("since")  # the first field after words and facets
_USUAL = State()[_DATES:]


@dataclass(frozen=True, slots=True)
class Read:
    """The result of reading an address: the state, notes, and whether a cleaner address exists."""

    state: State
    notes: tuple[str, ...] = ()
    untidy: bool = False


def address(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Return path and parameters; letters of every script stay readable, what means something in a URL is escaped."""
    search_request = "&".join([f"{name}={_escaped(value)}" for name, value in pairs])
    return f"{path}?{search_request}" if search_request else path


def read(pairs: Iterable[tuple[str, str]], *, per_page: int = PER_PAGE[0]) -> Read:
    """Read the parameters of a request; unknown ones are dropped, bad ones become notes.

    Args:
        pairs: As in the address.
        per_page: How many hits a page has unless the address says otherwise.
    """
    given: dict[str, list[str]] = {}
    empty = False
    for name, value in pairs:
        text = _printable(value).strip()
        empty |= not text
        given.setdefault(name, []).append(text)
    values = read_parameters(given)
    text, sort, count = values.one(TEXT), values.one(SORT), values.one(COUNT)
    sort_is_usual = sort == (Sort.RELEVANCE if text else Sort.NEWEST)
    count_is_usual = count == str(per_page)
    state = State(
        q=text,
        chosen={facet: found for name, facet in CHOSEN if (found := values.all(name))},
        excluded={facet: found for name, facet in LEFT_OUT if (found := values.all(name))},
        since=values.one(SINCE),
        until=values.one(UNTIL),
        dating=Dating(values.one(DATE)),
        match=Match.ANY if values.one(MATCH) == Match.ANY else None,
        sort=Sort(sort) if sort and not sort_is_usual else None,
        interval=Interval(values.one(INTERVAL)),
        share=values.one(BARS) == SHARE,
        unfolded=values.one(COPIES) == UNFOLDED,
        per_page=int(count) if count and not count_is_usual else None,
        page=int(values.one(PAGE)),
    )
    untidy = empty or values.respelled or values.has_defaults() or sort_is_usual or count_is_usual
    return Read(state, values.notes, untidy)


def _printable(text: str) -> str:
    """Return the text without control characters and lone surrogates, which no text holds and no answer can carry."""
    if text.isprintable():
        return text
    return "".join(
        " " if each < " " or "\x7f" <= each < "\xa0" or "\ud800" <= each <= "\udfff" else each for each in text
    )


def appended(url: str, name: str, value: object) -> str:
    """Return an address with one parameter more, which comes last and needs no escape."""
    return f"{url}{'&' if '?' in url else '?'}{name}={value}"


def moved(url: str, path: str) -> str:
    """Return the address of another page with the same parameters."""
    return path + url[url.find("?") :] if "?" in url else path


@lru_cache(maxsize=1024)
def _escaped(text: str) -> str:
    """Percent-encode ASCII that is not unreserved; leave other letters as they are, as browsers show them."""
    if text.isascii():
        is_plain = text.replace(" ", "").isalnum()  # as most searches are: it takes a thirtieth of the other
        return text.replace(" ", "+") if is_plain else quote_plus(text, safe=":*.,~")
    return "".join(quote_plus(each, safe=":*.,~") if each.isascii() or each.isspace() else each for each in text)
