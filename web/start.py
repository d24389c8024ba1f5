"""The start page, and the first-run page of an empty archive with its checks."""

import os
import shutil
from typing import Any

from flask import Blueprint, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Reply

from corpus.config import Config
from corpus.errors import IndexError_
from corpus.store import Totals
from indexer.engine import Interval, Query, Sort
from indexer.periods import civil_minutes
from web.archive import archive
from web.hits import card
from web.render import size
from web.state import State, address
from web.timeline import months

blueprint = Blueprint("start", __name__)

NEWEST = 5
EXAMPLES = 4
TRY = ('"flood defences" -insurance', "council 2024..2026", "title:inquiry", "storm* OR flood")


@blueprint.get("/")
def page() -> Reply | str:
    """Show the corpus in one line, the newest articles and a search box."""
    if request.args.get("q"):
        return redirect(address("/search", request.args.items(multi=True)), 301)
    totals = archive().totals()
    if not totals.articles:
        return _first()
    return render_template(
        "start.html",
        title="",
        here="Search",
        canonical="/",
        desk={"q": "", "articles": totals.articles},
        totals=totals,
        years=_years(totals),
        newest=[card(each, newest=True) for each in archive().store.newest(NEWEST)],
        year=_year(),
        examples=[(text, State(q=text).url()) for text in TRY],
    )


def _years(totals: Totals) -> str | None:
    if totals.first_published is None or totals.last_published is None:
        return None
    first = totals.first_published.astimezone(archive().zone).year
    last = totals.last_published.astimezone(archive().zone).year
    return str(first) if first == last else f"{first}–{last}"


def _year() -> dict[str, Any] | None:
    place = archive()
    everything = Query(sort=Sort.NEWEST, facets=(), interval=Interval.MONTH, per_page=1)
    try:
        found = place.search(everything).results.histogram
    except IndexError_:
        return None
    made = months(found.bars, now=civil_minutes(place.now(), place.zone)) if found else None
    return {"svg": made[0], "caption": made[1]} if made else None


# ---------------------------------------------------------------- first run


def _first() -> str:
    return render_template(
        "first.html", title="Nothing here yet", here="Search", checks=[_config(), _space(), _contact()]
    )


def _config() -> dict[str, Any]:
    path = archive().config.path
    text = Markup("<code>{}</code> read").format(path.name) if path else "no config.toml: the defaults hold"
    return {"state": "ok", "text": text}


def _space() -> dict[str, Any]:
    data = archive().config.data
    try:
        free = shutil.disk_usage(data).free
    except OSError as error:
        return {"state": "missing", "text": f"data directory: {error.strerror or error}"}
    if not os.access(data, os.W_OK):
        return {"state": "failed", "text": "the data directory cannot be written to"}
    return {"state": "ok", "text": f"index can be written, {size(free)} free"}


def _contact() -> dict[str, Any]:
    config: Config = archive().config
    if config.crawler.contact:
        return {"state": "ok", "text": f"contact for site owners: {config.crawler.contact}"}
    text = Markup(
        "contact, <code>[crawler] contact</code> in <code>config.toml</code>. Crawls stay off until sites can see"
        ' whom to write to. <a href="/about#crawler">What it is for</a>'
    )
    return {"state": "missing", "text": text}
