"""What the API answers about articles and counts: the classes that its JSON and its OpenAPI document are made from."""

from dataclasses import dataclass
from typing import Any

from web.api.archive_values import RemovedText


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a search found.

    Attributes:
        id: Its pressmark, such as `k7f003`.
        url: Its canonical address.
        headline: As printed; null: the page has none.
        authors: Names as printed, in order.
        published: ISO 8601, as precise as the page: `2024`, `2024-03`, `2024-03-01`, `2024-03-01T00:30:00+02:00`.
        day: The day that the page prints.
        source: The name of its source.
        language: A code such as `en`.
        section: As the site names it.
        first_seen: When it entered the archive; where it is dated later, it has its place in time there.
        copy_of: The id of the article whose text this one repeats.
        snippet: Plain text around the words that were found.
        scanned: How many characters of a longer text were looked through, when none of the words is shown; else null.
        removed: When the text of the snippet was there and since when it is gone; null: it stands.
        tags: Those that who asks may see.
        dossiers: The marks of the dossiers of who asks that hold it.
    """

    id: str
    url: str
    headline: str | None
    authors: list[str]
    published: str | None
    day: str | None
    source: str
    language: str | None
    section: str | None
    first_seen: str
    copy_of: str | None
    snippet: str
    scanned: int | None
    removed: RemovedText | None
    tags: list[str]
    dossiers: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """A part of what a search found, in its order.

    Attributes:
        total: How many articles match, all parts together.
        position: The state of the archive that all parts reflect.
        read_as: How the search was read, in words.
        items: The articles of this part.
        left_out: How many articles of this part were withdrawn since; they are not among the items.
        next: The `cursor` of the next part; null: this is the last.
        forms: Each word as typed, with the forms of it that were searched.
        suggestion: A corrected query that finds more.
        notes: What was not understood, cut or not searched, in sentences.
    """

    total: int
    position: int
    read_as: str
    items: list[Hit]
    left_out: int
    next: str | None
    forms: dict[str, list[str]]
    suggestion: str | None
    notes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it stands.

    Attributes:
        id: Its pressmark.
        url: Its canonical address.
        source: The name of its source.
        headline: As printed.
        standfirst: As printed.
        byline: As printed.
        authors: Names as printed, in order.
        author_keys: The keys of those that are persons, for the filter `author`.
        published: ISO 8601, as precise as the page.
        day: The day that the page prints.
        updated: ISO 8601, as precise as the page.
        language: A code such as `en`.
        section: As the site names it.
        dateline: The place that the story begins with.
        first_seen: When it entered the archive.
        fetched: When the text that stands was fetched.
        revision: The number of the text that stands, from 1.
        corrected: The fields that a person corrected.
        copies: The ids of the other articles with its text.
        facts: How each field was found.
        links: Addresses that the text links to, in its order, each once; null: not read, or the archive is public.
        structure: How the text was set on its page: objects with `kind` (heading, item, quote, table, caption, row,
            cell, preformatted, link, image), `start` and `end` in characters of `text`, and where they have them
            `level`, `number`, `header`, `address`, `caption`; null: not read, or the archive is public.
        text: Paragraphs are separated by an empty line; null: the archive is public and shows no whole texts.
    """

    id: str
    url: str
    source: str
    headline: str | None
    standfirst: str | None
    byline: str | None
    authors: list[str]
    author_keys: list[str]
    published: str | None
    day: str | None
    updated: str | None
    language: str | None
    section: str | None
    dateline: str | None
    first_seen: str
    fetched: str
    revision: int
    corrected: list[str]
    copies: list[str]
    facts: dict[str, Any]
    links: list[str] | None
    structure: list[dict[str, Any]] | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a facet.

    Attributes:
        key: What a filter takes; `none`: the articles that do not say.
        name: The name to show.
        articles: How many articles have it.
    """

    key: str
    name: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetPage:
    """Values of a facet among the articles found, the most frequent first; counted under all filters but its own.

    Attributes:
        distinct: How many values there are.
        position: The state of the archive that all parts reflect.
        next: The `cursor` of the next part; null: this is the last.
        notes: What was not understood or cut, in sentences.
    """

    facet: str
    distinct: int
    position: int
    items: list[FacetValue]
    next: str | None
    notes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period of time.

    Attributes:
        period: As a search has it: `2024`, `2024-Q1`, `2024-03`, `2024-W09`, `2024-03-01`, `2024-03-01T14`, `2020s`.
        articles: How many articles found are dated in it.
    """

    period: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistogramAnswer:
    """The articles found over time.

    Attributes:
        interval: The width of a period; null: no article found has a date.
        undated: How many articles found have no date, and stand in no period.
        periods: From the first to the last one with an article, zeros between included.
        partial: The time limit cut the work short: counts are lower bounds.
    """

    total: int
    position: int
    interval: str | None
    undated: int
    periods: list[Period]
    partial: bool
    notes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """A line in one period.

    Attributes:
        count: The articles; null: nothing of the period was crawled, and no article is dated in it.
        of: The articles that the filters leave without the words, of which `count` is a part.
        mean: Of this period and those before it, where all have data and are over.
        over: The period has ended.
    """

    period: str
    count: int | None
    of: int
    mean: float | None
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendLine:
    """One line of a trend.

    Attributes:
        search: The page of its articles.
        total: The articles with a date in the range.
        undated: The articles without a date.
        later: The articles that are dated in days to come, where these were not asked for: they stand in no period.
    """

    name: str
    search: str
    total: int
    undated: int
    later: int
    points: list[TrendPoint]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Up to five searches over the same periods.

    Attributes:
        interval: The width of a period; null: no article found has a date.
        measure: What the means are of.
    """

    interval: str | None
    measure: str
    lines: list[TrendLine]
    notes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A completed query.

    Attributes:
        text: The whole query.
        kind: What was completed: `word`, or the name of a field.
        articles: How many articles it finds, never 0.
    """

    text: str
    kind: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Completions:
    """What a query that is being typed may become, the likeliest first."""

    items: list[Completion]
