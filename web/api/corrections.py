"""Corrections of the API: what an editor says of an article in place of what was read."""

from datetime import datetime
from typing import Any

from werkzeug.exceptions import NotFound

from corpus.corrections.values import Correction as StoredCorrection
from corpus.corrections.values import Field, Kind, value_of
from corpus.model import StoredArticle
from web.api.archive_values import Correction, Corrections, NewCorrection
from web.api.keeping.desk import line
from web.api.operations import Call, operation
from web.api.parameters import CURSOR, LIMIT, PAGES
from web.api.pinned import Whole, part_of
from web.api.problems import Fault, wrong
from web.articles.correcting import apply_correction, value_typed, withdraw_correction
from web.articles.named import article as article_of
from web.layout.changes import note_change, only_for_readers
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.layout.who import Right, who_asks

NOT_HERE = {Field.COPIES}  # needs a second article; the page of an article has a form for it


@operation("GET", "/corrections", "Corrections", takes=PAGES, gives=Corrections, refuses=(410,))
def corrections(call: Call) -> Corrections:
    """List the corrections that stand, the latest first."""
    only_for_readers()

    def listed(_now: datetime) -> Whole:
        services = current_services()
        found = list(services.store.corrections.all())[::-1]
        return Whole(found, len(found), services.engine.position)

    part = part_of(call.name_without(LIMIT, CURSOR), call.one(CURSOR), int(call.one(LIMIT)), listed)
    return Corrections(total=part.whole.total, items=[_correction(each) for each in part.items], next=part.next)


@operation(
    "POST", "/articles/{id}/corrections", "Corrections",
    body=NewCorrection, gives=Correction, status=201, right=Right.EDIT, refuses=(404, 410, 413, 415),
)  # fmt: skip
def correct(call: Call) -> Correction:
    """Correct a field of an article; it stands above what any crawl, import or re-reading says."""
    body: NewCorrection = call.body
    services, stored = current_services(), article_of(call.path["id"])
    field = next((each for each in Field if each == body.field and each not in NOT_HERE), None)
    if field is None:
        fields = ", ".join(each for each in Field if each not in NOT_HERE)
        raise wrong([Fault("body: field", body.field[:40], f"one of {fields}")])
    made = StoredCorrection(
        url=stored.article.url,
        field=field,
        value=_value(body, field, stored),
        said=value_of(stored.page_says, field),
        who=who_asks().name,
        why=line(body.why, "why"),
        at=services.now(),
    )
    words, undo = apply_correction(made, stored)
    note_change(words, undo)
    found = services.store.corrections.get(undo["id"])
    assert found is not None
    return _correction(found)


@operation("DELETE", "/corrections/{number}", "Corrections", status=204, right=Right.EDIT, refuses=(404,))
def undo_correction(call: Call) -> None:
    """Withdraw a correction: the article says again what its page says."""
    found = current_services().store.corrections.get(call.number)
    if found is None or found.undone is not None:
        raise NotFound
    words, undo = withdraw_correction(found)
    note_change(words, undo)


def _value(body: NewCorrection, field: Field, stored: StoredArticle) -> Any:
    if field is Field.KIND:
        if body.value != Kind.NOT_ARTICLE:
            raise wrong([Fault("body: value", str(body.value)[:40], Kind.NOT_ARTICLE.value)])
        return Kind.NOT_ARTICLE
    typed = "\n".join(body.value) if isinstance(body.value, list) else body.value or ""
    try:
        return value_typed(stored, field, typed)
    except NotAllowed as error:
        raise wrong([Fault("body: value", typed[:40], str(error), is_sentence=True)]) from None


def _correction(each: StoredCorrection) -> Correction:
    stored = current_services().store.by_url(each.url)
    return Correction(
        id=each.id,
        article=stored.mark if stored else None,
        url=each.url,
        field=each.field.value,
        value=each.value,
        page_said=each.said,
        who=each.who,
        why=each.why,
        at=each.at.isoformat(timespec="seconds"),
    )
