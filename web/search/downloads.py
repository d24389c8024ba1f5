"""A search to follow, `/search.atom`, or to take along in any format of many articles, such as `/search.csv`."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from functools import partial
from itertools import chain

from flask import Blueprint, Response, render_template, request, stream_with_context

from corpus.iso_dates import rfc3339
from corpus.model import StoredArticle
from indexer.contract.values import Query, Sort
from indexer.query.describe import describe
from indexer.results.exporting import OF_MANY, ExportFormat, Options
from indexer.results.present import headline, present
from web.layout.hosts import root
from web.layout.paths import article_path
from web.layout.render import one_line
from web.layout.services import current_services
from web.search.request import SearchRequest, ask

blueprint = Blueprint("feeds", __name__)

FEED_ENTRIES = 50
MOST = 10_000  # articles of one download; `pressmark export` has no limit
AT_ONCE = 200


@blueprint.get("/search.atom")
def atom() -> Response:
    """Give the articles of a search that entered the corpus last, for a feed reader."""
    services = current_services()
    search_request = ask(request.args.items(multi=True))
    query = replace(_everything(search_request), sort=Sort.ADDED, per_page=FEED_ENTRIES)
    shown = present(services.search(query).results, query, services.store)
    base = root()
    entries = [
        {
            "id": f"tag:pressmark,2026:{hit.stored.mark}",
            "title": one_line(headline(hit.stored)),
            "url": base + article_path(hit.stored),
            "updated": hit.stored.first_seen.astimezone(UTC).isoformat(timespec="seconds"),
            "published": rfc3339(hit.stored.article.published),
            "authors": hit.authors,
            "source": hit.stored.article.source,
            "language": hit.stored.article.language,
            "snippet": " … ".join(each.text for each in hit.fragments),
        }
        for hit in shown.hits
    ]
    made = render_template(
        "feed.xml",
        title=search_request.state.q or shown.read_as,
        self_url=base + search_request.state.url("/search.atom"),
        page_url=base + search_request.state.url(),
        updated=entries[0]["updated"] if entries else "1970-01-01T00:00:00+00:00",
        entries=entries,
    )
    return Response(made, mimetype="application/atom+xml")


def _download(form: ExportFormat) -> Response:
    """Give the articles of a search in a format; `bom=1` asks for the CSV that Excel reads."""
    search_request = ask(request.args.items(multi=True))
    if form.name == "csv" and request.args.get("bom") == "1":
        form = OF_MANY["excel"]
    services = current_services()
    options = Options(services.now(), with_text=not services.config.web.public)
    lines = form.write(_articles(search_request), options)
    if form.name == "jsonl":
        lines = chain([_manifest(search_request)], lines)
    response = Response(stream_with_context(each.encode("utf-8", "replace") for each in lines))
    response.headers["Content-Type"] = f"{form.media_type}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="pressmark.{form.ending}"'
    return response


for _form in OF_MANY.values():
    blueprint.add_url_rule(f"/search.{_form.name}", f"search_{_form.name}", partial(_download, _form))


def _everything(search_request: SearchRequest) -> Query:
    return replace(search_request.query, page=1, facets=(), interval=None, folded=False)


def _articles(search_request: SearchRequest) -> Iterator[StoredArticle]:
    """Walk through what the search finds, so many at a time, past the pages' own cache."""
    services = current_services()
    for page in range(1, MOST // AT_ONCE + 1):
        hits = services.engine.search(replace(_everything(search_request), per_page=AT_ONCE, page=page)).hits
        found = services.store.articles(hit.id for hit in hits)
        yield from (each for each in found.values() if each.withdrawn is None)
        if len(hits) < AT_ONCE:
            return


def _manifest(search_request: SearchRequest) -> str:
    """Return the line that says what was searched, when, and how much there is."""
    services = current_services()
    results = services.search(replace(_everything(search_request), per_page=1)).results
    manifest = {
        "query": search_request.state.url(),
        "read_as": describe(search_request.query),
        "at": services.now().astimezone(UTC).isoformat(timespec="seconds"),
        "position": results.position,
        "total": results.total,
        "given": min(results.total, MOST),
    }
    return json.dumps({"manifest": manifest}, ensure_ascii=False) + "\n"
