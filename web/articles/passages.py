"""Marked passages of an article: where they stand in its text, and the forms that mark, note and take away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.model import Revision, StoredArticle
from corpus.store import ArticleStore
from corpus.store.desk.passages import Passage
from corpus.texts import Text, text
from indexer.query.parameters import whole_number
from indexer.results.passages import Place, Squeezed, paragraph, place, places
from web.articles.named import article
from web.layout.changes import Action, change, done, one_line_of, unless_newer
from web.layout.paths import article_path, diff_path
from web.layout.problems import Gone, NotAllowed
from web.layout.render import day
from web.layout.services import current_services
from web.layout.state import address
from web.layout.who import is_mine, reads_in_full, who_asks

blueprint = Blueprint("passages", __name__)

LONGEST_QUOTE = 2000  # characters; a passage is quoted, a text is kept whole in a dossier
MOST_PASSAGES = 200  # of one article, of one person
AROUND = 30  # characters shown before and after words that stand in a text more than once


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as the page of its article shows it.

    Attributes:
        place: Where it stands in the newest text; None: nowhere any more.
        gone: Which text had it last and since when it is gone, in words, and the address of the differences to the
            text after that one; None: it stands, or no text has it.
    """

    passage: Passage
    place: Place | None
    paragraph: int | None
    gone: tuple[Text, str] | None = None


def passages_of(stored: StoredArticle) -> list[Shown]:
    """Return the passages that who asks marked in an article, in the order of its text; those that are gone last."""
    if not reads_in_full():
        return []
    store = current_services().store
    mine = [each for each in store.passages.of_articles([stored.id]).get(stored.id, ()) if is_mine(each.who)]
    if not mine:
        return []
    squeezed, earlier = Squeezed.of(stored.article.body), _earlier(stored)
    shown = [_shown(each, stored, squeezed, earlier) for each in mine]
    return sorted(shown, key=lambda each: (each.place is None, each.place or (0, 0), each.passage.id))


def choices(stored: StoredArticle, quote: str) -> list[tuple[int, Text]]:
    """Return where words stand that stand more than once: the first character, and the words around; else nothing."""
    body = stored.article.body
    found = places(quote[:LONGEST_QUOTE], Squeezed.of(body)) if quote else []
    return [(start, _around(body, start, end)) for start, end in found] if len(found) > 1 else []


@change(blueprint, "/passages", once=True)
def edit() -> Reply:
    """Mark words of an article; or write the note on a passage, or take its mark away."""
    store, do = current_services().store, request.form.get("do", "")
    if do in ("note", "delete"):
        passage = my_passage(whole_number(request.form.get("id", "")) or 0)
        stored = store.article(passage.article)
        if stored is None:
            raise NotFound
        if do == "note":
            action = annotate(passage, unless_newer("note", one_line_of("note"), passage.note))
        else:
            action = delete(passage)
        return done(*action, f"{article_path(stored)}#passages")
    if do != "mark":
        raise NotFound
    stored = article(request.form.get("mark", ""))
    quote, note, at = request.form.get("quote", ""), one_line_of("note"), whole_number(request.form.get("at", ""))
    if at is None and choices(stored, quote):
        return redirect(address(article_path(stored), [("quote", quote), ("note", note)]) + "#mark", 303)
    words, undo = mark(stored, quote, note, at)
    return done(words, undo, f"{article_path(stored)}#p{undo['id']}")


def mark(stored: StoredArticle, quote: str, note: str, at: int | None) -> Action:
    """Mark words of an article.

    Args:
        at: About where they begin, in characters of the text, if they stand in it more than once.

    Raises:
        NotAllowed: They do not stand in the text, are marked already, or are too many.
    """
    services = current_services()
    if not quote.strip() or len(quote) > LONGEST_QUOTE:
        raise NotAllowed(text("Give the words to mark: at most {most:,} characters of the text.", most=LONGEST_QUOTE))
    body = stored.article.body
    found = place(quote, at or 0, Squeezed.of(body))
    if found is None:
        raise NotAllowed(text("These words are not in the text in this order: copy them from it."))
    mine = passages_of(stored)
    if len(mine) >= MOST_PASSAGES:
        raise NotAllowed(text("At most {most:,} passages of an article are marked.", most=MOST_PASSAGES))
    if any(each.place == found for each in mine):
        raise NotAllowed(text("These words are marked already."))
    start, end = found
    id = services.store.passages.add(stored.id, who_asks().name, body[start:end], start, note, services.now())
    return text("A passage of {mark} is marked.", mark=stored.mark), {"kind": "passage marked", "id": id}


def annotate(passage: Passage, note: str) -> Action:
    """Write the note on a passage."""
    current_services().store.passages.set_note(passage.id, note)
    return text("The note on the passage is saved."), {"kind": "passage noted", "id": passage.id, "note": passage.note}


def delete(passage: Passage) -> Action:
    """Take the mark of a passage away."""
    services = current_services()
    services.store.passages.delete(passage.id, services.now())
    return text("The passage is no longer marked."), {"kind": "passage deleted", "id": passage.id}


def my_passage(id: int) -> Passage:
    """Return a passage that who asks marked.

    Raises:
        NotFound: There is none of that number.
        Gone: Its mark was taken away.
    """
    found = current_services().store.passages.get(id)
    if found is None or not is_mine(found.who):
        raise NotFound
    if found.deleted is not None:
        raise Gone(text("This passage is no longer marked; nothing was changed."))
    return found


def undo_mark(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Take a mark away again."""
    store.passages.delete(was["id"], now)


def undo_note(store: ArticleStore, was: dict[str, Any], _now: datetime) -> None:
    """Write the note again that was there before."""
    store.passages.set_note(was["id"], was["note"])


def undo_delete(store: ArticleStore, was: dict[str, Any], _now: datetime) -> None:
    """Mark a passage again."""
    store.passages.delete(was["id"], None)


def _earlier(stored: StoredArticle) -> Callable[[], list[tuple[Revision, Revision, Squeezed]]]:
    """Return what gives the earlier texts, each with the one that replaced it, the latest first; read when asked."""

    @cache
    def read() -> list[tuple[Revision, Revision, Squeezed]]:
        revisions = current_services().store.revisions(stored.id)
        return [(before, after, Squeezed.of(before.body)) for before, after in reversed(list(pairwise(revisions)))]

    return read


def _shown(
    passage: Passage,
    stored: StoredArticle,
    body: Squeezed,
    earlier: Callable[[], list[tuple[Revision, Revision, Squeezed]]],
) -> Shown:
    found = place(passage.quote, passage.start, body)
    if found is not None:
        return Shown(passage, found, paragraph(found[0], stored.article.body))
    for before, after, text_before in earlier() if passage.quote else []:
        if places(passage.quote, text_before):
            since = day(after.seen, current_services().zone)
            gone = text("only in revision {n}, gone since {day}", n=before.number, day=since)
            return Shown(passage, None, None, (gone, diff_path(stored.mark, before.number, after.number)))
    return Shown(passage, None, None)


def _around(body: str, start: int, end: int) -> Text:
    before, behind = body[max(0, start - AROUND) : start].split("\n\n")[-1], body[end : end + AROUND].split("\n\n")[0]
    words = " ".join(body[start:end].split())
    shown = words if len(words) <= 2 * AROUND else f"{words[:AROUND]} … {words[-AROUND:]}"
    return text("¶ {n}: …{context}…", n=paragraph(start, body), context=f"{before}{shown}{behind}")
