"""A dossier -> its bundle, written now and stored as it is handed over; what undoes that, and the bounds."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

from werkzeug.exceptions import ServiceUnavailable

from corpus.store import ArticleStore
from corpus.store.desk.bundles import Bundle
from corpus.store.desk.dossiers import Dossier
from corpus.texts import Text, text, texts
from corpus.texts.sizes import Size
from web.desk.dossier_bundle import written
from web.desk.dossier_exports import left_out_of, reader_of
from web.layout.changes import Action
from web.layout.problems import NotAllowed, TooLate
from web.layout.services import current_services
from web.layout.spool import SpoolFull
from web.layout.who import who_asks
from web.search.downloads import busy, no_room, turn

MOST_BYTES = 100_000_000  # of one file: a writer of the store waits for it some seconds
MOST_BYTES_OF_ALL = 1_000_000_000  # of the files of all dossiers: each backup has them
MOST = 100  # of a dossier
FILE_GONE = text("Its file is gone: it was taken away, or others needed its room.")
_PIECE = 1 << 20


def make(dossier: Dossier, tag: str) -> tuple[Bundle, Action]:
    """Write a bundle of a dossier, or of its articles with a tag, and store it.

    Raises:
        NotAllowed: There is nothing to hand over, or a bound is reached.
        TooLate: An article was withdrawn meanwhile.
        ServiceUnavailable: Other exports take all turns, or all room.
    """
    services = current_services()
    store, tag = services.store, " ".join(tag.split())
    _refuse_too_many(dossier.id)
    with turn() as has_turn:
        if not has_turn:
            raise ServiceUnavailable(response=busy())
        try:
            with store.one_state():
                dossier = store.dossiers.get(dossier.mark) or dossier  # as it is in that state
                left_out = left_out_of(dossier, tag)
                out, articles = written(dossier, reader_of(dossier, tag), tag, left_out)
        except SpoolFull:
            raise ServiceUnavailable(response=no_room()) from None
    with closing(out):
        if not articles:
            raise NotAllowed(text("There is no article to hand over."))
        size, checksum = _measured(out)
        with store.audit.writing():  # what is checked here holds when it is stored
            _refuse_too_many(dossier.id)
            _refuse_too_large(size)
            if any(each.withdrawn is not None for each in store.heads(articles).values()):
                raise TooLate(text("An article was withdrawn while the bundle was written. Make it again."))
            store.bundles.make_room(size, MOST_BYTES_OF_ALL)
            made = store.bundles.add(
                dossier.id,
                who_asks().name,
                services.now(),
                tag=tag,
                articles=articles,
                left_out=sum(asdict(left_out).values()),
                checksum=checksum,
                pieces=_pieces(out),
            )
    words = texts("A bundle of {n:,} article is made and stored: {mark}.",
                  "A bundle of {n:,} articles is made and stored: {mark}.", len(articles), mark=made.mark)  # fmt: skip
    return made, (words, {"kind": "bundle made", "id": dossier.id, "bundle": made.id})


def delete(dossier: Dossier, bundle: Bundle) -> Action:
    """Delete a bundle; its bytes stay for an undo as long as there is room for them."""
    current_services().store.bundles.delete(bundle.id, current_services().now())
    words = text("The bundle {mark} is deleted.", mark=bundle.mark)
    return words, {"kind": "bundle deleted", "id": dossier.id, "bundle": bundle.id}


def undo_make(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Undo that a bundle was made."""
    store.bundles.delete(was["bundle"], now)


def undo_delete(store: ArticleStore, was: dict[str, Any], _: datetime) -> Text | None:
    """Bring a bundle back; without its file, where newer bundles took its room meanwhile."""
    _refuse_too_many(was["id"])
    store.bundles.delete(was["bundle"], None)
    is_stored = any(store.bundles.pieces(was["bundle"]))
    return None if is_stored else FILE_GONE


def _refuse_too_many(dossier: int) -> None:
    if len(current_services().store.bundles.of(dossier)) >= MOST:
        raise NotAllowed(text("A dossier has at most {most:,} stored bundles: delete one first.", most=MOST))


def _refuse_too_large(size: int) -> None:
    if size > MOST_BYTES:
        raise NotAllowed(
            text(
                "The bundle has {size}; one that is stored may have {most}. Its ZIP can be"
                " downloaded, and one of the articles with a tag is smaller.",
                size=Size(size),
                most=Size(MOST_BYTES),
            )
        )
    taken = current_services().store.bundles.stored_bytes()
    if taken + size > MOST_BYTES_OF_ALL:
        raise NotAllowed(
            text(
                "The stored bundles of all dossiers have {taken}, and may have {most}: this one has {size}."
                " Delete some first.",
                taken=Size(taken),
                most=Size(MOST_BYTES_OF_ALL),
                size=Size(size),
            )
        )


def _measured(out: BinaryIO) -> tuple[int, str]:
    """Return how many bytes a file has, and their SHA-256."""
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(out):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


def _pieces(out: BinaryIO) -> Iterator[bytes]:
    out.seek(0)
    while piece := out.read(_PIECE):
        yield piece
