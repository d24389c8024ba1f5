"""What the archive covers: a source day by day for a year, its gaps with their causes; and all sources at once."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.exceptions import NotFound

from corpus.runs.coverage import CoveredDay, Gap
from corpus.texts import Text, joined, text, texts
from indexer.contract.facet_values import site_key
from indexer.contract.facets import FacetName
from indexer.results.exporting import csv_line
from web.languages import formats
from web.layout.charts import spark
from web.layout.paths import LONGEST_FINDING, choice_of, note_parameter, page_of, source_path
from web.layout.render import number
from web.layout.services import current_services
from web.layout.state import State, address
from web.sources.coverage_reading import (
    MONTHS,
    Month,
    Year,
    lost_for,
    month_of,
    months_before,
    once,
    read_year,
    why_lost,
)
from web.sources.coverage_strip import PATTERN, highest, strip

blueprint = Blueprint("coverage", __name__)

ON_A_PAGE = 25  # sources; a year of each is read, and the page stays below 40 kB
COLUMNS = ("day", "found", "read", "read_later", "lost", "lost_for", "usual", "crawls", "gap")


@blueprint.get("/sources/<path:name>/coverage")
def page(name: str) -> str:
    """Show a year of a source."""
    year = _year(name)
    scale = highest(year.days)
    month = choice_of("month", [each.name for each in year.months])
    opened = next((each for each in year.months if each.name == month), None)
    table = opened or next((each for each in year.months if each.days), year.months[0])
    last, path = year.months[0].first, f"{source_path(name)}/coverage"
    present = month_of("")
    return render_template(
        "coverage.html",
        title=text("Coverage of {source}", source=name),
        here="Sources",
        noindex=True,
        name=name,
        source_url=source_path(name),
        lead=_lead(year),
        span=text("{first} to {last}", first=_said(year.months[-1].first), last=_said(last)),
        before=_of(path, months_before(last, MONTHS).isoformat()[:7]) if last.year > 2 else None,
        after=_of(path, months_before(last, -MONTHS).isoformat()[:7]) if last < present else None,
        files=[(form.upper(), _of(f"{path}.{form}", f"{last:%Y-%m}")) for form in ("csv", "json")],
        all_url=_of("/coverage", f"{last:%Y-%m}"),
        trends_url=address("/trends", [("line", "site"), ("site", site_key(name) or name), ("by", "month")]),
        pattern=PATTERN,
        rows=[_row(each, name, scale, path, last.isoformat()[:7]) for each in year.months],
        total=_sums(year),
        is_open=opened is not None,
        month=_said(table.first),
        days=[_day(each, name) for each in table.days],
        gaps=[_gap(each, name) for each in reversed(year.gaps)],
    )


@blueprint.get("/sources/<path:name>/coverage.json")
def data(name: str) -> Response:
    """Give a year of a source as data."""
    year = _year(name)
    return jsonify(
        {
            "source": name,
            "from": f"{year.months[-1].first}",
            "days": [dict(zip(COLUMNS, _values(each), strict=True)) for each in year.days],
            "gaps": [
                {
                    "number": each.number,
                    "first": f"{each.first}",
                    "last": f"{each.last}",
                    "missed": each.missed,
                    "read_later": each.later,
                    "name": each.name,
                    "what": each.what,
                }
                for each in year.gaps
            ],
        }
    )


@blueprint.get("/sources/<path:name>/coverage.csv")
def table(name: str) -> Response:
    """Give a year of a source as a table, a row a day."""
    lines = [csv_line(COLUMNS), *(csv_line(_cells(each)) for each in _year(name).days)]
    return Response("".join(lines), mimetype="text/csv")


@blueprint.get("/coverage")
def everything() -> str:
    """Show the same year of all sources, a row a source, a column a week."""
    last = _last()
    names = _names()
    pages = max(1, -(-len(names) // ON_A_PAGE))
    at = page_of(pages)
    shown = tuple(names[(at - 1) * ON_A_PAGE : at * ON_A_PAGE])
    rows = once(lambda: [_source(read_year(name, last), last.isoformat()[:7]) for name in shown], shown, last)
    return render_template(
        "coverages.html",
        title=text("Coverage"),
        here="Sources",
        noindex=True,
        span=text("{first} to {last}", first=_said(months_before(last, MONTHS - 1)), last=_said(last)),
        before=_of("/coverage", months_before(last, MONTHS).isoformat()[:7]) if last.year > 2 else None,
        rows=rows,
        more=address("/coverage", [("to", f"{last:%Y-%m}"), ("page", str(at + 1))]) if at < pages else None,
        said=texts("{n:,} source", "{n:,} sources", len(names)),
    )


def _last() -> date:
    """Return the month that the year ends with; the present one where the address names none."""
    typed = request.args.get("to", "").strip()
    last = month_of(typed)
    if typed and last.isoformat()[:7] != typed:
        note_parameter("to", typed, text("a month such as 2024-03"))
    return last


def _names() -> list[str]:
    services = current_services()
    return sorted({each.name for each in services.config.sources} | services.store.sources.names())


def _year(name: str) -> Year:
    return year_of(name, _last())


def year_of(name: str, last: date) -> Year:
    """Return the year of a source that ends with a month; NotFound where no source has the name."""
    if name not in _names():
        raise NotFound(text("No source here is called {name}.", name=name[:LONGEST_FINDING]))
    return once(lambda: read_year(name, last), name, last)


def _of(path: str, month: str) -> str:
    return address(path, [("to", month)])


def _lead(year: Year) -> Text:
    """Say how much was read of how much is usual, and what the gaps cost."""
    usual = sum(each.usual or 0 for each in year.months)
    read = texts("{n:,} article read", "{n:,} articles read", year.read)
    if usual:
        of = texts(
            "{n:,} is usual in the days whose past is known", "{n:,} are usual in the days whose past is known", usual
        )
    else:
        of = text("too early to say what is usual")
    known = joined("; ", (read, of))
    if not year.gaps:
        return text("{read}. No gaps.", read=known)
    days = sum((each.last - each.first).days + 1 for each in year.gaps)
    missed, later = sum(each.missed or 0 for each in year.gaps), sum(each.later for each in year.gaps)
    return text(
        "{read}. {gaps}, {days}, about {missed} and {later:,} of them read later.",
        read=known,
        gaps=texts("{n:,} gap", "{n:,} gaps", len(year.gaps)),
        days=texts("{n:,} day", "{n:,} days", days),
        missed=texts("{n:,} article missed", "{n:,} articles missed", missed),
        later=later,
    )


def _sums(year: Year) -> dict[str, str]:
    lost = sum(each.lost for each in year.months)
    usual = [each.usual for each in year.months if each.usual is not None]
    return {
        "found": number(year.read + lost),
        "read": number(year.read),
        "lost": number(lost),
        "why": why_lost(lost_for(year.days)),
        "usual": number(sum(usual)) if usual else "–",
    }


def _row(month: Month, name: str, scale: float, path: str, to: str) -> dict[str, Any]:
    return {
        "name": _said(month.first),
        "url": address(path, [("to", to), ("month", month.name)]) + "#days",
        "svg": strip(month.days, scale),
        "found": number(month.read + month.lost),
        "read": number(month.read),
        "read_url": _search(name, month.name, month.name) if month.read else None,
        "lost": number(month.lost),
        "usual": "–" if month.usual is None else number(month.usual),
    }


def _day(each: CoveredDay, name: str) -> dict[str, Any]:
    return {
        "day": formats.weekday_and_day(each.day),
        "found": number(each.facts.read + each.facts.lost),
        "read": number(each.facts.read),
        "read_url": _search(name, f"{each.day}", f"{each.day}") if each.facts.read else None,
        "lost": number(each.facts.lost),
        "why": why_lost(lost_for([each])),
        "usual": "–" if each.usual is None else formats.exact(each.usual),
        "crawls": number(each.facts.crawls),
        "gap": each.gap,
    }


def _gap(each: Gap, name: str) -> dict[str, Any]:
    days = (each.last - each.first).days + 1
    first, last = (formats.day(at) for at in (each.first, each.last))
    return {
        "number": each.number,
        "name": each.name,
        "days": first if days == 1 else text("{first} to {last}", first=first, last=last),
        "url": _search(name, f"{each.first}", f"{each.last}"),
        "long": texts("{n:,} day", "{n:,} days", days),
        "missed": text("not known") if each.missed is None else text("about {n:,}", n=each.missed),
        "what": each.what,
        "later": text("{n:,} read later", n=each.later),
    }


def _source(year: Year, to: str) -> dict[str, Any]:
    days = year.days
    weeks = [sum(each.facts.read for each in days[at : at + 7]) for at in range(0, len(days), 7)]
    sums = _sums(year)
    return sums | {
        "name": year.source,
        "url": _of(f"{source_path(year.source)}/coverage", to),
        "svg": spark(weeks or [0]),
        "gaps": len(year.gaps),
        "gaps_url": _of(f"{source_path(year.source)}/coverage", to) + "#gaps",
    }


def _values(each: CoveredDay) -> list[Any]:
    facts = each.facts
    return [
        f"{each.day}",
        facts.read + facts.lost,
        facts.read,
        facts.later,
        facts.lost,
        lost_for([each]),
        each.usual,
        facts.crawls,
        each.gap,
    ]


def _cells(each: CoveredDay) -> list[Any]:
    """Return the values of a day as a file's table has them: its reasons as JSON names them, each with its number."""
    return [_reasons(value) if isinstance(value, dict) else value for value in _values(each)]


def _reasons(lost_for: dict[str, int]) -> str:
    return ", ".join(f"{word or 'no reason noted'} ×{count:,}" for word, count in lost_for.items())


def _search(name: str, since: str, until: str) -> str:
    return State(chosen={FacetName.SITE: (site_key(name),)}, since=since, until=until).url()


def _said(first: date) -> str:
    return formats.month(first.year, first.month)
