"""The articles of a search -> one WACZ file with their pages as they were fetched, `/search.wacz`."""

from collections import Counter

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from corpus.texts import text
from indexer.query.describe import describe
from indexer.query.serialise import unfielded
from indexer.results.addressed import listing
from indexer.results.exports import BEYOND, standing
from web.articles.web_archive import given
from web.layout.problems import NotAllowed
from web.layout.replies import say_whole
from web.layout.services import current_services
from web.layout.who import reads_in_full
from web.search.downloads import MOST_ARCHIVED, busy, everything, turn
from web.search.request import search_of_address

blueprint = Blueprint("search_archive", __name__)


@blueprint.get("/search.wacz")
def archive() -> Response:
    """Give the pages of one state, in the order of the hits; the file and its headers say what was left out.

    Raises:
        NotAllowed: The archive is public: it shows a part of texts, and no page whole.
    """
    services = current_services()
    if services.federation is not None:
        raise NotFound
    if not reads_in_full():
        raise NotAllowed(text("This archive is public: pages as they were fetched are not shown."))
    query = everything(search_of_address())
    with turn() as has_turn:
        if not has_turn:
            return busy()
        found = listing(query, services.engine, services.store)
        ids = found.ids[:MOST_ARCHIVED]
        is_whole = len(ids) == found.total and not found.partial and not found.bounded
        title = f"Articles of a search: {describe(query, services.labels(query)) or 'all articles'}"
        about = f"{found.total} articles match, of state {found.position} of the archive"
        if not is_whole:
            cut = "".join(f"; not all forms of {unfielded(each)} were searched" for each in found.bounded)
            about += f"; not complete, {len(ids)} of them were looked up{cut}"
        with services.store.one_state():
            left_out = Counter({BEYOND: found.total - len(ids)})
            articles = standing(ids, services.store, left_out)
            reply = given(articles, "pressmark.wacz", title=title, about=about, left_out=lambda: left_out)
    reply.headers["Pressmark-Total"] = str(found.total)
    say_whole(reply, is_whole=is_whole)
    reply.headers["Pressmark-Position"] = str(found.position)
    return reply
