"""Query -> one line of text, or the parameters of a URL, that read as the same query."""

import re

from indexer.analysis.text import is_run
from indexer.contract.facets import ANNOTATED, NONE, Filter
from indexer.contract.values import (
    And,
    Clause,
    DateRange,
    Dating,
    Fuzzy,
    Match,
    Not,
    Or,
    Phrase,
    Query,
    Sort,
    TermClause,
    TextField,
)
from indexer.query.parameters import (
    COPIES,
    COUNT,
    DATE,
    EXCLUDED,
    INTERVAL,
    MATCH,
    PAGE,
    PER_PAGE,
    SINCE,
    SORT,
    TEXT,
    UNTIL,
    in_order,
)

_NEEDS_QUOTES = re.compile(r"[\s()]")
_FIELD_NAMES = {TextField.HEADLINE: "title"}  # how a field is typed, where not by its own name


def serialise(query: Query) -> str:
    """Return one line of text that reads as this query: words, filters and dates."""
    parts = [written(query.clause), *(_written_filter(one) for one in query.filters)]
    if query.since and query.since == query.until:
        parts.append(f"date:{query.since.text}")
    else:
        parts += [f"{name}:{end.text}" for name, end in (("since", query.since), ("until", query.until)) if end]
    if query.dating is not Dating.ANY:
        parts.append(f"date:{query.dating}")
    return " ".join(filter(None, parts))


def parameters(query: Query) -> tuple[tuple[str, str], ...]:
    """Return the parameters of the URL of a query in their fixed order, defaults left out."""
    ordinary = Sort.RELEVANCE if query.clause else Sort.NEWEST
    return tuple(
        in_order(
            {
                TEXT.name: (written(query.clause),),
                **{one.facet.value: one.values for one in query.filters},
                **{f"{EXCLUDED}{one.facet}": one.excluded for one in query.filters},
                SINCE.name: (query.since.text if query.since else "",),
                UNTIL.name: (query.until.text if query.until else "",),
                DATE.name: (query.dating,),
                MATCH.name: (query.match if query.match is Match.ANY else "",),
                SORT.name: (query.sort if query.sort is not ordinary else "",),
                INTERVAL.name: (query.interval or "",),
                COPIES.name: ("" if query.folded else COPIES.choices[0],),
                COUNT.name: (str(query.per_page) if query.per_page != PER_PAGE else "",),
                PAGE.name: (str(query.page),),
            }
        )
    )


def written(clause: Clause | None) -> str:
    """Return the words of a query as they could be typed."""
    return " ".join(map(typed, side_by_side(clause)))


def typed(clause: Clause) -> str:
    """Return one clause among others as it could be typed."""
    match clause:
        case And(clauses):
            return f"({' '.join(map(typed, clauses))})"
        case Or(clauses):
            return f"({' OR '.join(map(typed, clauses))})"
        case Not(inner):
            return f"-{typed(inner)}"
        case Filter():
            said = _written_filter(clause)
            return f"({said})" if " " in said else said
        case DateRange():
            return _written_dates(clause)
    name = f"{_FIELD_NAMES.get(clause.field, clause.field)}:" if clause.field else ""
    return name + unfielded(clause)


def unfielded(clause: TermClause) -> str:
    """Return a term clause as it could be typed, its field left out."""
    match clause:
        case Phrase(words, 0) if len(words) > 1 and is_run(words):
            return words[0] + "".join(word[1] for word in words[1:])
        case Phrase(words, slop):
            return f'"{" ".join(words)}"' + (f"~{slop}" if slop else "")
        case Fuzzy(text, distance):
            return f"{text}~" + (str(distance) if distance > 1 else "")
    return clause.text


def _written_dates(one: DateRange) -> str:
    if one.dating is Dating.NONE:
        return f"date:{one.dating}"
    if one.since == one.until and one.since:
        return f"date:{one.since.text}"
    return f"date:{one.since.text if one.since else ''}..{one.until.text if one.until else ''}"


def _written_filter(one: Filter) -> str:
    def value(key: str) -> str:
        if key == f"{NONE}-" and one.facet not in ANNOTATED:
            return '"none"'
        return f'"{key}"' if _NEEDS_QUOTES.search(key) else key

    chosen = [f"{one.facet}:{value(key)}" for key in one.values]
    return " ".join(chosen + [f"-{one.facet}:{value(key)}" for key in one.excluded])


def side_by_side(clause: Clause | None) -> tuple[Clause, ...]:
    """Return the clauses at the top of a query: those of its And, or the one there is."""
    if clause is None:
        return ()
    return clause.clauses if isinstance(clause, And) else (clause,)
