"""Marked passages of the API: the same as on the page of their article, with the same undo there."""

from web.api.keeping.desk import line
from web.api.keeping.passage_values import ChangedPassage, NewPassage, Passage, Passages
from web.api.operations import CHANGES, Call, operation
from web.api.problems import Fault, wrong
from web.articles import passages
from web.articles.named import article
from web.articles.passages import Shown, my_passage, passages_of
from web.layout.changes import note_change, only_for_readers
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.layout.who import Right

MOST_PLACES = 20  # of words in a text that an error names


@operation("GET", "/articles/{id}/passages", "Articles", gives=Passages, refuses=(404, 410))
def article_passages(call: Call) -> Passages:
    """Give the passages that who asks marked in an article."""
    only_for_readers()
    stored = article(call.path["id"])
    return Passages(items=[_passage(each, stored.mark) for each in passages_of(stored)])


@operation("POST", "/articles/{id}/passages", "Articles", body=NewPassage, gives=Passage, status=201,
           right=Right.KEEP, refuses=(404, 410, 413, 415))  # fmt: skip
def mark_passage(call: Call) -> Passage:
    """Mark words of an article; where they stand in it more than once, `start` says which are meant."""
    body: NewPassage = call.body
    stored, note = article(call.path["id"]), line(body.note, "note")
    if body.start is None and (found := passages.choices(stored, body.quote)):
        more = f" and {len(found) - MOST_PLACES:,} more" if len(found) > MOST_PLACES else ""
        places = f"{', '.join(str(start) for start, _ in found[:MOST_PLACES])}{more}"
        said = f"where the words begin, as they stand in the text more than once: at {places}"
        raise wrong([Fault("body: start", "null", said, is_missing=True)])
    try:
        words, undo = passages.mark(stored, body.quote, note, body.start)
    except NotAllowed as error:
        raise wrong([Fault("body: quote", body.quote[:40], str(error), is_sentence=True)]) from None
    note_change(words, undo)
    return next(_passage(each, stored.mark) for each in passages_of(stored) if each.passage.id == undo["id"])


@operation("PATCH", "/passages/{number}", "Articles", body=ChangedPassage, gives=Passage, **CHANGES)
def note_passage(call: Call) -> Passage:
    """Write the note on a passage."""
    body: ChangedPassage = call.body
    found, note = my_passage(call.number), line(body.note, "note")
    if note != found.note:
        note_change(*passages.annotate(found, note))
    stored = current_services().store.articles([found.article])[found.article]
    return next(_passage(each, stored.mark) for each in passages_of(stored) if each.passage.id == found.id)


@operation("DELETE", "/passages/{number}", "Articles", status=204, right=Right.KEEP, refuses=(404, 410))
def unmark_passage(call: Call) -> None:
    """Take the mark of a passage away; the pages can undo it for 30 days."""
    note_change(*passages.delete(my_passage(call.number)))


def _passage(shown: Shown, mark: str) -> Passage:
    passage = shown.passage
    return Passage(
        id=passage.id,
        article=mark,
        quote=passage.quote,
        note=passage.note,
        made=passage.made.isoformat(timespec="seconds"),
        start=shown.place[0] if shown.place else None,
        paragraph=shown.paragraph,
    )
