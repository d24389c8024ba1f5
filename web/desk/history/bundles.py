"""A dossier as it was handed over: the bundles that are stored, and the file of each again."""

import base64
import hashlib
from contextlib import ExitStack, closing
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.errors import StoreDamaged
from corpus.store.desk.bundles import Bundle
from corpus.store.desk.dossiers import Dossier
from corpus.texts import Text, joined, text, texts
from web.desk.dossier_bundle import described
from web.desk.dossier_reading import NO_TAG, dossier_of, dossier_path
from web.desk.history.making import FILE_GONE, delete, make
from web.layout.changes import change, done, keep_private
from web.layout.problems import Gone, NotAllowed
from web.layout.render import day, iso, minute, size
from web.layout.services import current_services
from web.layout.spool import SpoolFull
from web.search.downloads import no_room, sent, spool

blueprint = Blueprint("dossier_bundles", __name__)
keep_private(blueprint)


@change(blueprint, "/d/<mark>/bundles", once=True)
def edit(mark: str) -> Reply:
    """Make a bundle now, or delete the one that the form names."""
    dossier = dossier_of(mark)
    match request.form.get("do", ""):
        case "make":
            _, action = make(dossier, request.form.get("tag", ""))
        case "delete":
            action = delete(dossier, bundle_of(dossier, request.form.get("bundle", "")))
        case _:
            raise NotAllowed(text("The form does not say what is to be done."))
    return done(*action, f"{dossier_path(dossier)}/history#bundles")


@blueprint.get("/d/<mark>/bundles/<bundle>.zip")
def file(mark: str, bundle: str) -> Response:
    """Give a bundle: the bytes that were handed over."""
    return file_of(bundle_of(dossier_of(mark), bundle))


def bundle_of(dossier: Dossier, mark: str) -> Bundle:
    """Return the bundle of a dossier with a mark.

    Raises:
        NotFound: There is none.
        Gone: It was deleted.
    """
    found = current_services().store.bundles.get(mark.lower())
    if found is None or found.dossier != dossier.id:
        raise NotFound
    if found.deleted is not None:
        raise Gone(text("The bundle was deleted on {day}.", day=day(found.deleted, current_services().zone)))
    return found


def file_of(bundle: Bundle) -> Response:
    """Return the file of a bundle.

    Raises:
        Gone: The text of an article in it was taken away.
        StoreDamaged: Its bytes are not as they were stored.
    """
    store = current_services().store
    with store.one_state(), ExitStack() as until_written:  # no article is taken away between the question and the bytes
        if (why := why_not_given(store.bundles.get(bundle.mark) or bundle)) is not None:
            raise Gone(why)
        if request.method == "HEAD":
            return _headed(Response(), bundle)
        out = until_written.enter_context(closing(spool.file()))
        digest = hashlib.sha256()
        try:
            for piece in store.bundles.pieces(bundle.id):
                digest.update(piece)
                out.write(piece)
            out.flush()
        except SpoolFull:
            return no_room()
        if digest.hexdigest() != bundle.checksum:
            raise StoreDamaged(f"bundle {bundle.mark}: its file is not as it was stored")
        until_written.pop_all()
    return _headed(sent(out), bundle)


def why_not_given(bundle: Bundle) -> Text | None:
    """Return why the file of a bundle is not given; None: it is."""
    if bundle.withdrawn:
        return texts(
            "Not given: the text of {n:,} article in it was taken away since.",
            "Not given: the texts of {n:,} articles in it were taken away since.",
            bundle.withdrawn,
        )
    return None if bundle.is_stored else FILE_GONE


def record_of(dossier: Dossier, bundle: Bundle) -> dict[str, Any]:
    """Return a bundle as JSON can hold it."""
    return {
        "mark": bundle.mark,
        "made": iso(bundle.made, current_services().zone),
        "who": bundle.who,
        "tag": bundle.tag or None,
        "articles": bundle.articles,
        "left_out": bundle.left_out,
        "bytes": bundle.size,
        "sha256": bundle.checksum,
        "withdrawn": bundle.withdrawn,
        "file": None if why_not_given(bundle) else _path(dossier, bundle),
    }


def bundle_records(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the bundles of a dossier, the last one first, as JSON can hold them."""
    return [record_of(dossier, each) for each in current_services().store.bundles.of(dossier.id)]


def row_of(dossier: Dossier, bundle: Bundle) -> dict[str, Any]:
    """Return what a list shows of a bundle."""
    counts = [texts("{n:,} article", "{n:,} articles", bundle.articles)]
    if bundle.tag:
        counts.append(text("no tag") if bundle.tag == NO_TAG else text("with the tag “{tag}”", tag=bundle.tag))
    if bundle.left_out:
        counts.append(texts("{n:,} left out", "{n:,} left out", bundle.left_out))
    return {
        "mark": bundle.mark,
        "made": minute(bundle.made, current_services().zone),
        "who": bundle.who,
        "counts": joined(" · ", counts),
        "size": size(bundle.size),
        "bytes": bundle.size,
        "checksum": bundle.checksum,
        "file": None if (why := why_not_given(bundle)) else _path(dossier, bundle),
        "why": why,
    }


def _path(dossier: Dossier, bundle: Bundle) -> str:
    return f"{dossier_path(dossier)}/bundles/{bundle.mark}.zip"


def _headed(reply: Response, bundle: Bundle) -> Response:
    digest = base64.b64encode(bytes.fromhex(bundle.checksum)).decode()
    reply.headers["Repr-Digest"] = f"sha-256=:{digest}:"  # RFC 9530
    return described(reply, bundle.mark)
