"""The words of a search, `/words`, and the same as CSV and JSON."""

import csv
import io
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from corpus.spreadsheets import guarded
from corpus.texts import Text, text, texts
from indexer.results.keyness import Kind
from web.layout.other_machines import left_out
from web.layout.services import current_services
from web.search.chips import chips
from web.search.request import SearchRequest, search_of_address
from web.search.search_box import desk
from web.words.sampling import SHOWN, Comparison, Term, words_of

blueprint = Blueprint("words", __name__)

KINDS = {Kind.WORD: text("word"), Kind.PHRASE: text("phrase"), Kind.NAME: text("name")}


@blueprint.get("/words")
def page() -> str:
    """Show what the articles of a search say more than the others."""
    search, found = _requested()
    names = current_services().labels(search.query, current_services().search(search.query).results)
    return render_template(
        "words.html",
        title=search.state.q or text("All articles"),
        here="Search",
        noindex=True,
        canonical=search.state.url("/words"),
        desk=desk(search, chips(search.state, search.query, names)),
        notes=(*search.notes, *left_out()),
        found=found,
        said=_said(found),
        rows=[_row(each, found) for each in found.terms],
        back=search.state.url(),
        files=[(ending.upper(), search.state.url(f"/words.{ending}")) for ending in ("csv", "json")],
        shown=SHOWN,
    )


@blueprint.get("/words.csv")
def table() -> Response:
    """Give the terms: a row each."""
    _, found = _requested()
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["term", "kind", "articles", "in_sample", "in_others", "log_likelihood"])
    for each in found.terms:
        word = each.keyword
        score = f"{word.score:.2f}"
        rows.writerow([guarded(word.shown), word.kind.value, each.articles, word.here, word.elsewhere, score])
    response = Response(out.getvalue().encode("utf-8", "replace"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="words.csv"'
    return response


@blueprint.get("/words.json")
def data() -> Response:
    """Give the terms as JSON."""
    search, found = _requested()
    return jsonify({**record_of(found), "notes": [*search.notes, *left_out()]})


def record_of(found: Comparison) -> dict[str, Any]:
    """Return the words of a search as JSON can hold them."""
    return {
        "articles": found.total,
        "others": found.others,
        "articles_read": found.read,
        "others_read": found.read_others,
        "cut": found.cut,
        "terms": [
            {
                "term": each.keyword.shown,
                "kind": each.keyword.kind.value,
                "articles": each.articles,
                "in_sample": each.keyword.here,
                "in_others": each.keyword.elsewhere,
                "log_likelihood": round(each.keyword.score, 2),
                "search": each.state.url(),
            }
            for each in found.terms
        ],
    }


def _requested() -> tuple[SearchRequest, Comparison]:
    search = search_of_address()
    return search, words_of(search)


def _said(found: Comparison) -> Text:
    """Say what was compared with what."""
    if found.why:
        return found.why
    here = texts("{n:,} article", "{n:,} articles", found.total)
    if found.read < found.total:
        here = text("{read:,} of {articles}, spread evenly over time", read=found.read, articles=here)
    others = texts("{n:,} other in the same language", "{n:,} others in the same languages", found.others)
    if found.read_others < found.others:
        others = text("{read:,} of {articles}", read=found.read_others, articles=others)
    return text("Read: {here}; beside them {others}.", here=here, others=others)


def _row(each: Term, found: Comparison) -> dict[str, Any]:
    word = each.keyword
    return {
        "shown": word.shown,
        "kind": KINDS[word.kind],
        "url": each.state.url(),
        "articles": each.articles,
        "here": word.here / found.read,
        "elsewhere": word.elsewhere / found.read_others,
        "score": word.score,
    }
