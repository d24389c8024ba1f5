"""Authors put together and taken apart by a click: names that may be one person's, each with its evidence."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, jsonify, render_template, request
from werkzeug.wrappers import Response as Reply

from corpus.people.identity import Merge
from corpus.people.names import fold
from corpus.store import ArticleStore
from corpus.store.values import Alias
from corpus.texts import Text, text
from web.layout.changes import change, done, one_line_of
from web.layout.paths import author_path
from web.layout.problems import NotAllowed
from web.layout.replies import say_whole
from web.layout.services import current_services
from web.layout.who import Right, may, who_asks

blueprint = Blueprint("merging", __name__)

LIST = "/merges"
MOST = 200  # suggestions that are looked for
SHOWN = 50
FRESH = 600.0  # seconds after which they are looked for again: comparing 20,000 names takes four

_Done = tuple[Text, dict[str, Any], str]  # what was done in words, how to undo it, and the page that follows


@blueprint.get(LIST)
def page() -> str:
    """List the pairs of names that may belong to one person."""
    found = suggested()
    return render_template(
        "merges.html",
        is_whole=_is_whole(),
        title=text("Names that may be one person's"),
        here="Search",
        noindex=True,
        pairs=said(found[:SHOWN]),
        more=max(0, len(found) - SHOWN),
        may_edit=may(Right.EDIT),
    )


@blueprint.get(f"{LIST}.json")
def data() -> Reply:
    """Give the pairs of names as data."""
    reply = jsonify([{"from": each.key, "into": each.into, "evidence": list(each.evidence)} for each in suggested()])
    say_whole(reply, is_whole=_is_whole())
    return reply


@change(blueprint, "/authors", Right.EDIT)
def put_together_or_apart() -> Reply:
    """Make two keys one author, or one author two, or note that they are two people."""
    services, do = current_services(), request.form.get("do", "")
    authors = services.store.authors
    key, into = fold(request.form.get("key", "")), fold(request.form.get("into", ""))
    known = authors.labels({each for each in (key, into) if each})
    for each in (key, into) if do != "split" else (key,):
        if each not in known:
            raise NotAllowed(
                text(
                    "“{name}” is the author of no article here: expected a name as in the list of authors.",
                    name=each[:60],
                )
            )
    if do != "split" and authors.aliases().get(into, into) == authors.aliases().get(key, key):
        raise NotAllowed(
            text("“{one}” and “{other}” are one author already.", one=known[key].name, other=known[into].name)
        )
    if do == "split":
        words, undo, back = _split(key, known[key].name)
    elif do == "merge":
        words, undo, back = _merged(key, into, known[key].name, known[into].name)
    elif do == "apart":
        words, undo, back = _apart(key, into, known[key].name, known[into].name)
    else:
        raise NotAllowed(text("Expected merge, split or apart."))
    services.follow_store()
    return done(words, undo, back if request.form.get("back") != LIST else LIST)


def _split(key: str, name: str) -> _Done:
    authors = current_services().store.authors
    row = _alias(key)
    if row is None:
        raise NotAllowed(text("“{name}” was not put together with another author.", name=key[:60]))
    authors.split(key)
    undo = {"kind": "authors split", "key": key, "into": row.canonical, "evidence": row.evidence}
    return text("{name} is an author again.", name=name), undo, author_path(key)


def _merged(key: str, into: str, name: str, other: str) -> _Done:
    services = current_services()
    authors, row = services.store.authors, _alias(key)
    evidence = "; ".join(filter(None, [one_line_of("evidence"), f"by hand, {who_asks().name}"]))
    authors.merge([key], into, evidence, at=services.now())
    leader = authors.aliases()[key]
    before = {"into": row.canonical, "evidence": row.evidence} if row else None
    undo = {"kind": "authors merged", "key": key, "into": leader, "before": before}
    return text("{one} now counts as {other}.", one=name, other=other), undo, author_path(leader)


def _apart(key: str, into: str, name: str, other: str) -> _Done:
    services = current_services()
    services.store.authors.set_other_people(key, into, who=who_asks().name, at=services.now())
    words = text("{one} and {other} are two people; that is not asked again.", one=name, other=other)
    return words, {"kind": "authors apart", "key": key, "into": into}, LIST


def _alias(key: str) -> Alias | None:
    """Return what a key was merged into; None: nothing."""
    return next((each for each in current_services().store.authors.alias_rows() if each.key == key), None)


def merge_again(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Put an author together again that was split off.

    Raises:
        NotAllowed: The author was put together with another since.
    """
    _refuse_changed(store, was["key"], None)
    store.authors.merge([was["key"]], was["into"], was["evidence"], at=now)


def split_again(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Split off an author that was put together with another; what the author counted as before holds again.

    Raises:
        NotAllowed: The author was split off, or put together with another, since.
    """
    if "into" in was:
        _refuse_changed(store, was["key"], was["into"])
    store.authors.split(was["key"])
    if before := was.get("before"):
        store.authors.merge([was["key"]], before["into"], before["evidence"], at=now)


def _refuse_changed(store: ArticleStore, key: str, into: str | None) -> None:
    if next((each.canonical for each in store.authors.alias_rows() if each.key == key), None) != into:
        raise NotAllowed(
            text("The author was split off or put together with another since: expected that to be undone first.")
        )


def suggested(*, wait: bool = True) -> list[Merge]:
    """Return the pairs that may be one person's, best founded first, as they were some minutes ago.

    Args:
        wait: Wait for them where they were not looked for yet; else they are looked for behind the answer.
    """
    authors = current_services().store.authors
    aliases, apart = authors.aliases(), authors.other_people()
    return [
        each
        for each in _looked_for(wait=wait)
        if aliases.get(each.key, each.key) != aliases.get(each.into, each.into)
        and tuple(sorted((each.key, each.into))) not in apart
    ]


def _looked_for(*, wait: bool = True) -> Sequence[Merge]:
    services = current_services()
    found = services.refreshed(
        "merges", lambda: services.store.authors.suggestions(limit=MOST), seconds=FRESH, wait=wait
    )
    return found or ()


def _is_whole() -> bool:
    """Whether no more pairs were looked for than are shown: there may be others after MOST of them."""
    return len(_looked_for()) < MOST


def said(merges: list[Merge]) -> list[dict[str, Any]]:
    """Return suggestions as a page shows them: both names with their profiles, the evidence."""
    labels = current_services().store.authors.labels({key for each in merges for key in (each.key, each.into)})
    return [
        {
            "key": each.key,
            "into": each.into,
            "name": labels[each.key].name,
            "other": labels[each.into].name,
            "url": author_path(each.key),
            "other_url": author_path(each.into),
            "evidence": each.evidence,
        }
        for each in merges
        if each.key in labels and each.into in labels
    ]
