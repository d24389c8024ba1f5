"""A dossier as others read it: by its address without signing in, or with an account. Nothing of it is changed here."""

from flask import Blueprint, Response, jsonify, render_template
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.store.desk.dossiers import Dossier
from web.desk.dossier_exports import export_of
from web.desk.dossier_formats import FORMATS
from web.desk.dossier_reading import (
    ON_A_PAGE,
    SHARED,
    as_json,
    collected_of,
    first_on_page,
    parts,
    shared_dossier,
    shared_path,
    tag_of,
    with_passages_of,
)
from web.layout.render import day, web_address
from web.layout.services import current_services
from web.layout.who import HERE, may_read
from web.search.hits import card

blueprint = Blueprint("shared_dossiers", __name__)


@blueprint.get(f"{SHARED}<name>")
def page(name: str) -> str:
    """Show a dossier to anyone who has its address."""
    dossier = shared_dossier(name)
    return shown(dossier, shared_path(dossier))


@blueprint.get(f"{SHARED}<name>.json")
def data(name: str) -> Reply:
    """Return a shared dossier as JSON."""
    return jsonify(as_json(shared_dossier(name)))


@blueprint.get(f"{SHARED}<name>/export.<ending>")
def export(name: str, ending: str) -> Response:
    """Give it as a file, in a format without whole texts: those are not handed over by an address."""
    if ending not in FORMATS:
        raise NotFound
    dossier = shared_dossier(name)
    return export_of(dossier, ending, tag_of(dossier))


def shown(dossier: Dossier, path: str) -> str:
    """Return the page of a dossier for somebody who may not change it.

    Args:
        path: Its address for who asks; its exports and its data stand below it.
    """
    services = current_services()
    collected = collected_of(dossier, with_text=False, with_passages=False)
    first = first_on_page(len(collected))
    return render_template(
        "shared.html",
        title=dossier.name,
        noindex=True,
        dossier=dossier,
        path=path,
        owner=dossier.who if dossier.who != HERE and may_read() else None,
        changed=day(dossier.changed, services.zone),
        rows=[
            {
                "collected": each,
                "card": card(each.stored),
                "original": web_address(each.stored.article.fetched_url or each.stored.article.url),
            }
            for each in with_passages_of(dossier, collected[first : first + ON_A_PAGE])
        ],
        count=len(collected),
        parts=parts(len(collected), first, lambda at: f"{path}?from={at}"),
        missing=dossier.articles - len(collected),
        formats=[(ending, title) for ending, (title, _, _) in FORMATS.items()],
        reads_here=may_read(),
        foot_of=None,
    )
