"""What was corrected by hand, the latest first: `/corrections`, and as data."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from corpus.corrections.values import Correction
from corpus.store import ArticleStore
from corpus.texts import text, texts
from web.corrections.wording import NAMES, in_words
from web.desk.saved_page import tabs
from web.layout.changes import keep_private
from web.layout.paths import article_path, page_of
from web.layout.render import minute, one_line
from web.layout.services import current_services
from web.layout.state import address
from web.layout.who import Right, may
from web.sources.rule_page import offers

blueprint = Blueprint("corrections", __name__)
keep_private(blueprint)

ON_A_PAGE = 100


@blueprint.get("/corrections")
def page() -> str:
    """List the corrections that stand."""
    services = current_services()
    found = list(services.store.corrections.all())[::-1]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    at = page_of(pages)
    shown = found[(at - 1) * ON_A_PAGE : at * ON_A_PAGE]
    return render_template(
        "corrections.html",
        title=text("Corrections"),
        here="Saved",
        tabs=tabs("Corrections"),
        noindex=True,
        said=texts("{n:,} correction", "{n:,} corrections", len(found)),
        rows=[_row(each, services.store) for each in shown],
        may_edit=may(Right.EDIT),
        offers=offers(),
        more=address("/corrections", [("page", str(at + 1))]) if at < pages else None,
    )


@blueprint.get("/corrections.json")
def data() -> Response:
    """Give all of them as data."""
    return jsonify(
        [
            {
                "url": each.url,
                "field": each.field.value,
                "value": each.value,
                "page_said": each.said,
                "other": each.other,
                "who": each.who,
                "why": each.why,
                "at": each.at.isoformat(),
            }
            for each in current_services().store.corrections.all()
        ]
    )


def _row(each: Correction, store: ArticleStore) -> dict[str, Any]:
    zone = current_services().zone
    stored = store.by_url(each.url)
    return {
        "id": each.id,
        "name": NAMES[each.field],
        "was": in_words(each.field, each.said, zone) if each.said is not None else None,
        "now": in_words(each.field, each.value, zone),
        "url": article_path(stored) if stored else address("/lookup", [("url", each.url)]),
        "language": stored.article.language if stored else None,
        "title": one_line(stored.article.headline or stored.mark) if stored else each.url,
        "who": each.who,
        "when": minute(each.at, zone),
        "why": each.why,
    }
