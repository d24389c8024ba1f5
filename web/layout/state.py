"""A search's address <-> its state: the URL holds all of it, in a fixed order, defaults left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote_plus

from indexer.contract.facets import FacetName
from indexer.contract.values import Dating, Interval, Match, Sort
from indexer.query.lexer import MAX_CHARS
from indexer.query.query import MAX_PER_PAGE

MAX_VALUE = 200  # characters of one facet value
MAX_VALUES = 50  # facet values in one address
PER_PAGE = (20, 50, 100)  # offered; an address may say any number up to MAX_PER_PAGE
MAX_HITS = 1000  # that can be paged through; further ones are for a narrower search or an export

DATINGS = (Dating.ANY, Dating.NONE, Dating.FETCHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One search as an address says it.

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
    chosen: Mapping[FacetName, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[FacetName, tuple[str, ...]] = field(default_factory=dict)
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
        return replace(self, **{"page": 1, **changes})

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
        found = [("q", self.q)]
        for facet in FacetName:
            found += [(facet.value, value) for value in self.chosen.get(facet, ())]
        for facet in FacetName:
            found += [(f"not.{facet.value}", value) for value in self.excluded.get(facet, ())]
        found += [("from", self.since), ("to", self.until)]
        found += [("date", "" if self.dating is Dating.ANY else self.dating.value)]
        found += [("match", self.match.value if self.match else "")]
        found += [("sort", self.sort.value if self.sort else "")]
        found += [("by", "" if self.interval is Interval.AUTO else self.interval.value)]
        found += [("y", "share" if self.share else "")]
        found += [("copies", "show" if self.unfolded else "")]
        found += [("n", str(self.per_page or ""))]
        found += [("page", "" if self.page == 1 else str(self.page))]
        return [(name, value) for name, value in found if value]

    @property
    def filtered(self) -> bool:
        """Whether anything but words narrows the search."""
        dated = self.since or self.until or self.dating is Dating.NONE
        return bool(dated or any(self.chosen.values()) or any(self.excluded.values()))

    def url(self, path: str = "/search") -> str:
        """Return the address of this search; `path` may be another page that takes the same state."""
        return address(path, self.pairs())


@dataclass(frozen=True, slots=True)
class Read:
    """What an address said: the state, sentences on what was not understood, and whether it wants its clean form."""

    state: State
    notes: tuple[str, ...] = ()
    untidy: bool = False


def address(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Return path and parameters; letters of every script stay readable, what means something in a URL is escaped."""
    search_request = "&".join(f"{name}={_escaped(value)}" for name, value in pairs)
    return f"{path}?{search_request}" if search_request else path


def read(pairs: Iterable[tuple[str, str]], *, per_page: int = PER_PAGE[0]) -> Read:
    """Read the parameters of a request; unknown ones are dropped, bad ones become notes.

    Args:
        pairs: As in the address.
        per_page: How many hits a page has unless the address says otherwise.
    """
    given: dict[str, list[str]] = {}
    untidy = False
    for name, value in pairs:
        text = _printable(value).strip()
        untidy |= not text
        if text:
            given.setdefault(name, []).append(text)
    reader = _Reader(given, per_page)
    state = reader.state()
    on = reader.one("on")
    if on:  # a row of the histogram's table: one period
        state = state.but(since=on, until=on)
    return Read(state, tuple(reader.notes), untidy or bool(on) or reader.defaults)


class _Reader:
    """Reads one parameter after another and gathers the notes."""

    def __init__(self, given: Mapping[str, list[str]], per_page: int) -> None:
        self.given = given
        self.usual = per_page
        self.notes: list[str] = []
        self.defaults = False
        self.room = MAX_VALUES

    def state(self) -> State:
        text = self.one("q")
        if len(text) > MAX_CHARS:
            self.notes.append(f"only the first {MAX_CHARS:,} characters of {len(text):,} were searched")
        sorts = {each.value: each for each in Sort}
        sort = self.choice("sort", sorts, None, "rel, new, old or added")
        default = Sort.RELEVANCE if text else Sort.NEWEST
        if sort is default:
            self.defaults, sort = True, None
        return State(
            q=text[:MAX_CHARS].strip(),
            chosen={facet: values for facet in FacetName if (values := self.values(facet.value))},
            excluded={facet: values for facet in FacetName if (values := self.values(f"not.{facet.value}"))},
            since=self.one("from")[:MAX_VALUE],
            until=self.one("to")[:MAX_VALUE],
            dating=self.choice("date", {each.value: each for each in DATINGS}, Dating.ANY, "none or fetched"),
            match=self.choice("match", {"any": Match.ANY, "all": None}, None, "any"),
            sort=sort,
            interval=self.choice(
                "by", {each.value: each for each in Interval}, Interval.AUTO, f"one of {', '.join(Interval)}"
            ),
            share=self.choice("y", {"share": True, "count": False}, False, "share"),
            unfolded=self.choice("copies", {"show": True, "fold": False}, False, "show"),
            per_page=self.choice(
                "n",
                {str(each): each if each != self.usual else None for each in range(1, MAX_PER_PAGE + 1)},
                None,
                f"a number from 1 to {MAX_PER_PAGE}",
            ),
            page=self.page(),
        )

    def one(self, name: str) -> str:
        """Return the last value of a parameter, as a form that repeats a field means it."""
        return self.given.get(name, [""])[-1]

    def values(self, name: str) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(each[:MAX_VALUE] for each in self.given.get(name, ())))
        kept = found[: self.room]
        self.room -= len(kept)
        if len(kept) < len(found):
            self.notes.append(f"only {MAX_VALUES} filters were used")
        return kept

    def choice(self, name: str, known: Mapping[str, Any], default: Any, right: str) -> Any:
        text = self.one(name)
        if not text:
            return default
        if text not in known:
            self.notes.append(f"{name}={shown(text)} not understood: expected {right}")
            return default
        self.defaults |= known[text] == default
        return known[text]

    def page(self) -> int:
        text = self.one("page")
        if not text:
            return 1
        if not text.isascii() or not text.isdigit() or not int(text[:9]):
            self.notes.append(f"page={shown(text)} not understood: expected a number from 1")
            return 1
        self.defaults |= int(text[:9]) == 1
        return int(text[:9])


def shown(text: str) -> str:
    """Return a bad value short enough to quote back."""
    return text if len(text) <= 40 else f"{text[:40]}…"


def _printable(text: str) -> str:
    """Return the text without control characters and lone surrogates, which no text holds and no answer can carry."""
    return "".join(
        " " if each < " " or "\x7f" <= each < "\xa0" or "\ud800" <= each <= "\udfff" else each for each in text
    )


def _escaped(text: str) -> str:
    """Percent-encode ASCII that is not unreserved; leave other letters as they are, as browsers show them."""
    return "".join(quote_plus(each, safe=":*.,~") if each.isascii() or each.isspace() else each for each in text)
