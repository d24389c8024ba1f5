"""The parameters of an API request -> the right ones; a wrong or unknown one is refused, with what would be right."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from indexer.contract.facet_values import CORRECTION
from indexer.contract.facets import ANNOTATED, FACETS, FacetName
from indexer.contract.values import Interval
from indexer.query.parameters import (
    DATE,
    EXCLUDED,
    FILTERS,
    INTERVAL,
    MATCH,
    MAX_FILTERS,
    ON,
    SINCE,
    SORT,
    TEXT,
    UNTIL,
    Parameter,
    shown,
)
from indexer.query.query import parse
from indexer.results.addressed import MAX_URL
from web.api.problems import Fault
from web.batch.batch_page import LIST, MOST_CHARACTERS
from web.batch.counting import INTERVALS
from web.desk.tagging import LONGEST_TAG
from web.trends.asking import LINES, MEANS, MOST_LINES

MOST_TEXTS = 1_000_000  # a number above that of any text of an article

LIMIT = Parameter(name="limit", most=100, default="20")
CURSOR = Parameter(name="cursor", longest=100)
FIND = Parameter(name="find")
ORDER = Parameter(name="order", choices=("name", "count"), default="name")
LINE = Parameter(name="line", choices=LINES, default=LINES[0])
MEAN = Parameter(name="mean", choices=tuple(str(each) for each in MEANS if each))
SHARE = Parameter(name="measure", choices=("count", "share"), default="count")
URL = Parameter(name="url", longest=MAX_URL)
QUERIES = Parameter(name=LIST, longest=MOST_CHARACTERS)
PERIOD = Parameter(name=INTERVAL.name, choices=tuple(INTERVALS), default=Interval.YEAR)
TAG = Parameter(name=FacetName.TAG, longest=LONGEST_TAG)
BOM = Parameter(name="bom", choices=("1",))
OLDER = Parameter(name="old", most=MOST_TEXTS)
NEWER = Parameter(name="new", most=MOST_TEXTS)
MONTH = Parameter(name="month")
TEXTS = replace(TEXT, repeats=True)

CHARTS = {"csv": "text/csv", "svg": "image/svg+xml"}  # the ending of a trend as a file -> its type

NARROWING = (*FILTERS, SINCE, UNTIL, ON, DATE, MATCH)
SEARCH = (TEXT, *NARROWING)
PAGES = (LIMIT, CURSOR)

_VALUES = {  # of the facets that do not take every text
    FacetName.SITE.value: "a host such as news.example, or none",
    FacetName.LANGUAGE.value: "a language code such as en, or none",
    FacetName.FEATURE.value: f"{CORRECTION} or none",
    FacetName.LINKS.value: "a host such as news.example, or none",
}
_DATES = (SINCE, UNTIL, ON)
_DATE = "a date such as 2024, 2024-03, 2024-03-09, yesterday or -7d"

ABOUT = {
    TEXT.name: "The words, as typed into the search box; left out: all articles.",
    **{facet.value: f"Only articles with this {FACETS[facet].noun}, or `none`." for facet in FacetName},
    "has": f"Only articles in which the paper corrects itself (`{CORRECTION}`), or in which it does not (`none`).",
    **{f"{EXCLUDED}{facet}": f"Only articles without this {FACETS[facet].noun}." for facet in FacetName},
    SINCE.name: f"Published on or after: {_DATE}.",
    UNTIL.name: f"Published on or before: {_DATE}.",
    ON.name: f"Published within: {_DATE}.",
    DATE.name: "`none`: only undated articles. `fetched`: dates are those of the first fetch.",
    MATCH.name: "Which articles are found: those with all words, or those with any of them.",
    SORT.name: "The order. Left out: by relevance with words, else the newest first.",
    INTERVAL.name: "The width of a period. `auto`, where it is a choice: the narrowest that gives at most 80 periods.",
    LIMIT.name: "How many items an answer has at most.",
    CURSOR.name: "The `next` of the answer before, with the other parameters unchanged.",
    FIND.name: "Only authors with this part of a name.",
    ORDER.name: "By name, or the most articles first.",
    LINE.name: "What makes a line: each `q`, or each value of a facet that is chosen or most frequent.",
    MEAN.name: "Give the mean of so many periods, too.",
    SHARE.name: "Whether counts are drawn, or shares of all articles (0 to 1); the mean is of these.",
    URL.name: "An address, with or without its `https://`, or a pressmark.",
    QUERIES.name: "The queries of a batch, a line each, or a CSV with a column `query`.",
    OLDER.name: "The number of the older text; left out: the one before the newer.",
    NEWER.name: "The number of the newer text; left out: the one that stands.",
    MONTH.name: "The last of the twelve months, such as 2026-08; left out: the present one.",
    BOM.name: "A CSV that Excel reads as UTF-8.",
}


def faults_of(
    pairs: Iterable[tuple[str, str]], takes: Sequence[Parameter], *, now: datetime, zone: tzinfo
) -> list[Fault]:
    """Return what is wrong with the parameters of a request: unknown names, wrong values, too many of them."""
    known = {each.name: each for each in takes}
    names = ", ".join(known) or "none"
    given: dict[str, int] = {}
    faults = []
    for name, value in pairs:
        parameter = known.get(name)
        if parameter is None:
            expected = f"one of the parameters that are known here: {names}"
            faults.append(Fault(f"query: {shown(name)}", shown(value), expected))
            continue
        given[name] = given.get(name, 0) + 1
        if given[name] > 1 and not parameter.repeats:
            faults.append(Fault(f"query: {name}", shown(value), "this parameter once"))
        elif given[name] > MAX_FILTERS:  # refused by their number below, whatever their values are
            continue
        elif (right := _expected(parameter, value, now, zone)) is not None:
            faults.append(Fault(f"query: {name}", shown(value), right))
    faults += [
        Fault(f"query: {name}", f"{given[name]:,} times", f"at most {most} times")
        for name, most in ((TEXT.name, MOST_LINES), *((each.name, MAX_FILTERS) for each in FILTERS))
        if given.get(name, 0) > most
    ]
    if sum(given.get(each.name, 0) for each in FILTERS) > MAX_FILTERS:
        faults.append(Fault("query", "more filters", f"at most {MAX_FILTERS} filters of all facets together"))
    return faults


def schema_of(parameter: Parameter) -> dict[str, object]:
    """Return the JSON Schema of a parameter."""
    if parameter.most:
        schema: dict[str, object] = {"type": "integer", "minimum": 1, "maximum": parameter.most}
    elif parameter.choices:
        schema = {"type": "string", "enum": list(parameter.choices)}
    else:
        schema = {"type": "string", "maxLength": parameter.longest}
        schema |= {} if parameter.name in (TEXT.name, FIND.name, QUERIES.name) else {"minLength": 1}
    if parameter.default:
        schema["default"] = int(parameter.default) if parameter.most else parameter.default
    most = MOST_LINES if parameter is TEXTS else MAX_FILTERS
    return {"type": "array", "items": schema, "maxItems": most} if parameter.repeats else schema


def _expected(parameter: Parameter, value: str, now: datetime, zone: tzinfo) -> str | None:
    """Return what a value should have been; None when it is right."""
    if parameter.most or parameter.choices:
        is_right = parameter.value(value) == value.lstrip("0") if parameter.most else value in parameter.choices
        return None if is_right else f"one of {', '.join(parameter.choices)}" if parameter.choices else parameter.right
    if len(value) > parameter.longest:
        return f"at most {parameter.longest:,} characters"
    if parameter.name in (TEXT.name, FIND.name, QUERIES.name):
        return None
    if not value.strip():
        return "a text that is not empty"
    if parameter in _DATES:
        return _DATE if parse("", {SINCE.name: [value]}, now=now, zone=zone).notes else None
    if parameter in FILTERS and parameter.name.removeprefix(EXCLUDED) not in ANNOTATED:
        right = _VALUES.get(parameter.name.removeprefix(EXCLUDED), "a value of this facet, or none")
        return right if parse("", {parameter.name: [value]}, now=now, zone=zone).notes else None
    return None
