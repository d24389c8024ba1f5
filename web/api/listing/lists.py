"""A list of the pages -> the whole of it as data: `/sources.json`, `/sources.csv` and so on, beside each page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, after_this_request, jsonify

from corpus.texts import text
from indexer.results.exporting import csv_line
from web.accounts import audit_page
from web.api.archive import run_of, sources_as_data
from web.api.keeping.receipts import receipt_of
from web.api.listing import news
from web.api.listing.whole import lacking, marked
from web.authors.author_pages import people
from web.desk import dossiers_page
from web.layout import paths
from web.layout.changes import only_for_readers
from web.layout.paths import choice_of, finding_of
from web.layout.problems import NotAllowed
from web.layout.render import iso
from web.layout.services import current_services
from web.layout.who import Right, may
from web.sampling import samples_page
from web.sources import requests_page, schedule_page

blueprint = Blueprint("lists", __name__)

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class List:
    """A list: its columns in CSV, and its records."""

    columns: Sequence[str]
    records: Callable[[], Iterable[Record]]


def _sources() -> list[Record]:
    return [asdict(each) for each in sources_as_data()]


def _crawls() -> list[Record]:
    return [asdict(run_of(each)) for each in current_services().store.runs.latest(paths.MOST_LISTED + 1)]


def _authors() -> list[Record]:
    found, cut = people(finding_of(), order=choice_of("order", ("name", "count"), "name"))
    if cut:
        after_this_request(lacking)
    return [{"key": each.author.key, "name": each.author.name, "articles": each.articles} for each in found]


def _receipts() -> list[Record]:
    only_for_readers()
    return [asdict(receipt_of(each)) for each in current_services().store.receipts.latest(paths.MOST_LISTED + 1)]


def _dossiers() -> Iterable[Record]:
    only_for_readers()
    return dossiers_page.records()


def _requests() -> list[Record]:
    only_for_readers()
    found = current_services().store.requests.latest(paths.MOST_LISTED + 1)
    return [requests_page.record_of(each) for each in found]


def _samples() -> list[Record]:
    only_for_readers()
    return [samples_page.record_of(each) for each in samples_page.mine()]


def _news() -> list[Record]:
    only_for_readers()
    return [*news.records(paths.MOST_LISTED + 1)]


def _people() -> list[Record]:
    if not may(Right.RULE):
        raise NotAllowed(text("Only an admin sees the people of the archive."))
    services = current_services()
    return [
        {
            "name": each.name,
            "role": each.role.value,
            "made": iso(each.made, services.zone),
            "disabled": iso(each.disabled, services.zone) if each.disabled else None,
        }
        for each in services.store.users.all()
    ]


_SOURCE = (
    "name", "title", "home", "followed", "state", "since", "why", "articles", "new", "last_ok", "next", "visits",
    "failed", "without_byline", "without_date",
)  # fmt: skip
LISTS = {
    "sources": List(_SOURCE, _sources),
    "crawls": List(("run", "started", "ended", "due", "trigger", "status", "visits", "bytes", "note"), _crawls),
    "authors": List(("key", "name", "articles"), _authors),
    "receipts": List(("mark", "made", "who", "purpose", "query", "read_as", "total", "withdrawn"), _receipts),
    "dossiers": List(("mark", "name", "about", "articles", "made", "changed", "shared", "mine"), _dossiers),
    "requests": List(
        ("id", "kind", "about", "who", "made", "state", "taken", "finished", "outcome", "run"), _requests
    ),
    "samples": List(
        (
            "mark", "made", "who", "dossier", "search", "seed", "evenly", "wanted", "columns", "position", "candidates",
            "articles", "withdrawn", "checksum", "file",
        ),
        _samples,
    ),
    "schedule": List(("name", "schedule", "sources", "paused", "next"), schedule_page.records),
    "saved/new": List(news.COLUMNS, _news),
    "audit": List(audit_page.COLUMNS, lambda: audit_page.records(paths.MOST_LISTED + 1)),
    "people": List(("name", "role", "made", "disabled"), _people),
}  # fmt: skip


def as_json(name: str) -> Response:
    """Give a list as JSON."""
    found = list(LISTS[name].records())
    return marked(jsonify(found[: paths.MOST_LISTED] if name in _BOUNDED else found), is_whole=_is_whole(name, found))


def as_csv(name: str) -> Response:
    """Give a list as CSV; a value of many parts is one cell."""
    columns, found = LISTS[name].columns, list(LISTS[name].records())
    shown = found[: paths.MOST_LISTED] if name in _BOUNDED else found
    lines = "".join([csv_line(columns), *(csv_line(_cell(each[column]) for column in columns) for each in shown)])
    reply = Response(lines.encode("utf-8", "replace"), content_type="text/csv; charset=utf-8")
    reply.headers["Content-Disposition"] = f'attachment; filename="{name.replace("/", "-")}.csv"'
    return marked(reply, is_whole=_is_whole(name, found))


_BOUNDED = ("crawls", "receipts", "requests", "saved/new", "audit")


def _is_whole(name: str, found: Sequence[Record]) -> bool:
    return name not in _BOUNDED or len(found) <= paths.MOST_LISTED


def _cell(value: Any) -> Any:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {each}" for name, each in value.items())
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return value


for _name in LISTS:
    if _name not in ("dossiers", "samples", "schedule"):  # their pages give these themselves
        blueprint.add_url_rule(f"/{_name}.json", f"{_name}_json", partial(as_json, _name))
    blueprint.add_url_rule(f"/{_name}.csv", f"{_name}_csv", partial(as_csv, _name))
