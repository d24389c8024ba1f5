"""The values of a search: the query that an engine takes, and the results that it returns.

Times in documents and queries are **local minutes**: whole minutes since 1970-01-01 00:00 on the wall clock
of the configured time zone, so that a day is `minutes // 1440` and a filter by day needs no zone.
indexer/contract/document.py makes them; a date known only to the day, month or year is its first local minute,
and a range finds an article whose month or year may lie in it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from corpus.model import value
from indexer.contract.annotations import NO_ANNOTATIONS, Annotations
from indexer.contract.facets import INDEXED, Facet, FacetName, Filter

# ---------------------------------------------------------------- the query


class TextField(StrEnum):
    """The indexed texts of an article, in the order of their usual weight."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BODY = "body"
    BYLINE = "byline"


@dataclass(unsafe_hash=True, slots=True)  # never written to; frozen, it takes four times as long to make
class Word:
    """A bare word: every form sharing its stem or its folded spelling. `field` None: any field."""

    text: str
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted words: exactly these forms, in order. One word is allowed: that form and no other.

    `slop` > 0 is proximity, "a b"~5: all the words in any order, within a window of len(words) + slop
    consecutive positions of one field.
    """

    words: tuple[str, ...]
    slop: int = 0
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A prefix or wildcard, `flood*` or `wo?d`: `*` is any run of characters, `?` one; accents may be left out."""

    text: str
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """`word~`: forms within `distance` (1 or 2) edits, the first letter the same."""

    text: str
    distance: int = 1
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class MultiPhrase:
    """Several terms next to each other, in order: `covid-19`, `"flood insur*"`, `flood NEAR/5 wall`.

    Attributes:
        parts: At least two. Their own fields are None; a Phrase among them has one word.
        text: As it could be typed.
        slop: As in Phrase.
        joined: The parts as one word, in any of its forms, match as well; None when they are not written as one.
    """

    parts: "tuple[Word | Phrase | Pattern | Fuzzy, ...]"
    text: str
    slop: int = 0
    joined: str | None = None
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All of these. A `Not` among them excludes; with nothing but `Not`s, everything minus those."""

    clauses: "tuple[Clause, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    clauses: "tuple[Clause, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but this."""

    clause: "Clause"


@dataclass(frozen=True, slots=True)
class Period:
    """A date as typed, and the local minutes it covers: from `start`, up to but not including `end`."""

    text: str
    start: int
    end: int


class Sort(StrEnum):
    """Order of hits. Ties are broken by newest, then by higher id, so that pages never repeat or drop a hit.

    An article that is dated later than it came counts from when it came: no date to come is above what is new.
    """

    RELEVANCE = "rel"
    NEWEST = "new"
    OLDEST = "old"
    ADDED = "added"  # latest to enter the corpus first


class Interval(StrEnum):
    """Width of a histogram bar. AUTO picks the narrowest that gives at most 80 bars."""

    AUTO = "auto"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"


class Match(StrEnum):
    """Which articles match a query of several words (indexer/query/matching.py says which words may be missing)."""

    ALL = "all"
    ANY = "any"
    BEST = "best"  # those with all words; where they are few, those with some words follow them


class Dating(StrEnum):
    """Which articles by their date: all; only those without one; or `fetched`, first seen in place of published."""

    ANY = "any"
    NONE = "none"
    FETCHED = "fetched"


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles within a range of dates, as a part of a clause; its attributes are those of Query."""

    since: Period | None = None
    until: Period | None = None
    dating: Dating = Dating.ANY


TermClause = Word | Phrase | MultiPhrase | Pattern | Fuzzy
Clause = TermClause | Filter | DateRange | And | Or | Not


class Query(NamedTuple):
    """What to search for; made by query.py, never by hand outside tests.

    Attributes:
        text: As typed, cut to the length limit.
        clause: What the words ask, and filters and dates that do not hold for the whole search. None when only
            filters speak, or nothing: everything matches.
        since, until: The range is since.start up to until.end; an undated article is never inside a range.
        match: Which articles answer. With BEST, total, facets and histogram are of those with all words.
        page: From 1. `per_page` hits a page.
        facets: Which to count. Each is counted under all filters but its own (disjunctive).
        facet_size: Values given per facet, most frequent first, then by key; chosen ones always among them.
        interval: None: no histogram.
        folded: Of several hits with one text only the first is given, with the others as its copies.
        suggests: Another query is sought when few articles match.
        annotations: The tags and dossiers that may be filtered and counted by.
        notes: What was not understood, as sentences to show: 'from "21-13" not understood'.
    """

    text: str = ""
    clause: Clause | None = None
    filters: tuple[Filter, ...] = ()
    since: Period | None = None
    until: Period | None = None
    dating: Dating = Dating.ANY
    sort: Sort = Sort.RELEVANCE
    match: Match = Match.ALL
    page: int = 1
    per_page: int = 20
    facets: tuple[FacetName, ...] = INDEXED
    facet_size: int = 10
    interval: Interval | None = Interval.AUTO
    folded: bool = False
    suggests: bool = True
    annotations: Annotations = NO_ANNOTATIONS
    notes: tuple[str, ...] = ()


# ---------------------------------------------------------------- the results


class Hit(NamedTuple):
    """One article found. Scores compare within one result only; 0.0 when nothing was ranked.

    Attributes:
        copies: The ids of the other matches with its text, in the order of the hits; only in folded results.
        some: It has some words of the query, not all.
    """

    id: int
    score: float
    copies: tuple[int, ...] = ()
    some: bool = False


class Bar(NamedTuple):
    """One bar of the histogram: `period` as a query would write it (2024, 2024-Q1, 2024-03, 2024-W09,
    2024-03-01, 2024-03-01T14, 2020s), its first local minute and its count."""

    period: str
    start: int
    count: int  # type: ignore[assignment]  # it hides a method of tuples that nobody asks of a bar


@dataclass(frozen=True, slots=True)
class Histogram:
    """Hits over time: every bar from the first to the last that is not zero, zeros between included.

    Counted under all filters (the date range too). `undated` hits stand in no bar.
    """

    interval: Interval
    bars: tuple[Bar, ...]
    undated: int


class Reading(NamedTuple):
    """How one term clause of the query was searched: the forms found in the corpus, most frequent first.

    Snippets mark these forms (for a phrase: where they stand as the phrase). Empty: no article has it.

    Attributes:
        places: Of a phrase, the forms at each place.
        joined: Of a MultiPhrase, the forms that match on their own.
    """

    clause: TermClause
    forms: tuple[str, ...]
    places: tuple[tuple[str, ...], ...] = ()
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Substitutes:
    """What was searched for in place of words that no article has.

    Attributes:
        words: What was typed, and the words in its place, none where it was left out; in typed order.
        clause: The clause of the query with these words. The suggestion is the text of that query.
    """

    words: tuple[tuple[str, tuple[str, ...]], ...]
    clause: Clause


class Results(NamedTuple):
    """What a search found.

    Attributes:
        total: How many articles match; exact, copies included.
        stories: How many hits there are on all pages: fewer than `total` and `more` where copies are folded.
        some_stories: How many of these hits have only some of the words.
        more: Of a query for the best, how many articles have some of the words beside those that have all; where no
            article has any of them, how many have the substitutes.
        ignored: Stop words of the query that were not asked for.
        hits: This page's, best first; empty past the end.
        readings: One per term clause that is not excluded, in typed order.
        bounded: Term clauses with a pattern of more forms than are searched for; phrases that are excluded, too.
        suggestion: A corrected query text ("did you mean"), when the corpus has one with more hits.
        partial: True when the time limit cut the work short: total and counts are then lower bounds.
        position: The store's sequence this answer reflects.
        substitutes: Of a query for the best that no article matches: the words that the hits have in place of those
            that no article has. The readings of both are given.
        removed: The query was asked of texts that are gone, not of those that stand.
    """

    total: int
    hits: tuple[Hit, ...]
    more: int = 0
    ignored: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    histogram: Histogram | None = None
    readings: tuple[Reading, ...] = ()
    bounded: tuple[TermClause, ...] = ()
    suggestion: str | None = None
    partial: bool = False
    position: int = 0
    stories: int = 0
    some_stories: int = 0
    substitutes: Substitutes | None = None
    removed: bool = False

    @property
    def whole_stories(self) -> int:
        """How many hits on all pages have all words; `total` unless copies are folded."""
        return self.stories - self.some_stories

    @property
    def are_folded(self) -> bool:
        """Whether some hits stand for several articles."""
        return self.stories < self.total + self.more


@value()
class Highlighted:
    """A text and the spans [start, end) of it to mark, in order, never overlapping. Never markup."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """A suggestion while typing: a word of the corpus or an author. `count` articles have it."""

    text: str
    kind: str  # "word" or "author"
    count: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """One part of a score: a term clause, a form of it, the field it stands in, how often, and what that adds."""

    clause: TermClause
    form: str
    field: TextField
    frequency: int
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an article has its score: the contributions add up to it. `matches` False: it is not a hit at all."""

    matches: bool
    score: float
    contributions: tuple[Contribution, ...] = ()
