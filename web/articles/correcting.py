"""“Something is wrong” on an article -> a correction, which stands above whatever is read; and its panel and lines."""

from datetime import datetime
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response as Reply

from corpus.copies.grouping import group_again
from corpus.corrections.values import Correction, Field, Kind, value_of
from corpus.marks import read_mark
from corpus.model import StoredArticle, UrlKind
from corpus.store import ArticleStore
from corpus.texts import joined, text
from indexer.query.parameters import whole_number
from indexer.results.addressed import address_of, stored_at
from web.articles.named import article
from web.corrections.wording import HINTS, NAMES, SMALL_NAMES, as_typed, in_words, of_typed, said_of
from web.layout.changes import Action, change, done, one_line_of, own_path
from web.layout.paths import article_path, choice_of
from web.layout.problems import NotAllowed
from web.layout.render import minute, one_line
from web.layout.services import current_services
from web.layout.who import Right, may, who_asks

blueprint = Blueprint("correcting", __name__)

MAY_BE_ARTICLES = frozenset({UrlKind.ARTICLE, UrlKind.SECTION})  # kinds of addresses; a feed or front page is none
OF_PANEL = (Field.AUTHORS, Field.PUBLISHED, Field.HEADLINE, Field.SECTION, Field.LANGUAGE, Field.KIND)


@change(blueprint, "/correct", Right.EDIT)
def correct() -> Reply:
    """Correct a field of an article; undo a correction; or ask for an address again that is an article after all."""
    services = current_services()
    if request.form.get("do") == "undo":
        return _undone()
    if request.form.get("url"):
        return _an_article_after_all(request.form["url"])
    stored = article(request.form.get("mark", ""))
    typed = request.form.get("field", "")
    field = next((each for each in Field if each == typed), None)
    if field is None:
        raise NotAllowed(
            text("“{typed}” cannot be corrected: expected one of {fields}.", typed=typed[:60], fields=", ".join(Field))
        )
    url, other, said = stored.article.url, None, value_of(stored.page_says, field)
    match field:
        case Field.KIND:
            value: Any = Kind.NOT_ARTICLE
        case Field.COPIES:
            value, other = request.form.get("value") == "same", _other(stored).article.url
        case _:
            value = value_typed(stored, field, request.form.get("value", ""))
    made = Correction(
        url=url,
        field=field,
        value=value,
        said=said,
        other=other,
        who=who_asks().name,
        why=one_line_of("why"),
        at=services.now(),
    )
    words, undo = apply_correction(made, stored)
    return done(words, undo, _back(stored.id))


def value_typed(stored: StoredArticle, field: Field, typed: str) -> Any:
    """Return the value of a field as a person typed it.

    Raises:
        NotAllowed: It is none of the field's, or the article has it.
    """
    value = of_typed(field, typed, current_services().zone)
    if value == value_of(stored.article, field):
        raise NotAllowed(text("Nothing to correct: that is the {field} it has.", field=SMALL_NAMES[field]))
    return value


def apply_correction(made: Correction, stored: StoredArticle) -> Action:
    """Store a correction of an article; return what was done in words, and what undoes it."""
    services = current_services()
    number, replaced = services.store.corrections.add(made)
    _regroup(services.store, made)
    services.follow_store()
    what = joined(", ", (said_of(made, services.zone), stored.mark))
    words = joined(": ", (what, made.why)) if made.why else joined("", (what, "."))
    return words, {"kind": "corrected", "id": number, "again": replaced}


def undo_correction(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Withdraw a correction.

    Raises:
        NotAllowed: It does not stand: another took its place, or it was undone.
    """
    if not store.corrections.undo(was["id"], now, again=was.get("again", ())):
        raise NotAllowed(text("This correction is no longer in force."))
    _regroup(store, store.corrections.get(was["id"]))


def redo_correction(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Let a correction stand again that was undone.

    Raises:
        NotAllowed: Another one stands for its field.
    """
    if not store.corrections.redo(was["id"], now):
        raise NotAllowed(text("Another correction of the same is in force now: undo it first."))
    _regroup(store, store.corrections.get(was["id"]))


def panel(stored: StoredArticle, again: Any) -> dict[str, Any] | None:
    """Return the open panel of a field, as `?correct=` names it; None when none is open.

    Args:
        again: Field or None -> the address of the page with that panel.
    """
    if not may(Right.EDIT):
        return None
    typed = choice_of("correct", OF_PANEL)
    field = next((each for each in OF_PANEL if each == typed), None)
    if field is None:
        return None
    zone, page = current_services().zone, stored.page_says
    printed = page.byline if field is Field.AUTHORS else None
    is_kind = field is Field.KIND
    return {
        "field": field.value,
        "name": SMALL_NAMES[field],
        "said": printed,
        "read": text("an article") if is_kind else in_words(field, value_of(page, field), zone),
        "how": page.facts.get(field.value),
        "now": "" if is_kind else as_typed(field, value_of(stored.article, field), zone),
        "hint": HINTS.get(field),
        "long": field is Field.AUTHORS,
        "others": [(SMALL_NAMES[each], again(each)) for each in OF_PANEL if each is not field],
        "close": again(None),
    }


def standing(stored: StoredArticle) -> list[dict[str, Any]]:
    """Return the corrections of an article that stand, in words, with what its page says now."""
    services, store = current_services(), current_services().store
    return [_line(each, stored, services.zone, store) for each in store.corrections.of(stored.article.url)]


def _line(each: Correction, stored: StoredArticle, zone: Any, store: ArticleStore) -> dict[str, Any]:
    other = None
    if each.field is Field.COPIES:
        other = store.by_url((each.other if each.url == stored.article.url else each.url) or "")
    is_value = each.field not in {Field.KIND, Field.COPIES}
    return {
        "id": each.id,
        "name": NAMES[each.field],
        "was": in_words(each.field, value_of(stored.page_says, each.field), zone) if is_value else None,
        "now": in_words(each.field, each.value, zone),
        "other": {"url": article_path(other), "headline": one_line(other.article.headline or other.mark)}
        if other
        else None,
        "who": each.who,
        "when": minute(each.at, zone),
        "why": each.why,
    }


def _undone() -> Reply:
    services = current_services()
    found = services.store.corrections.get(whole_number(request.form.get("id", "")) or 0)
    if found is None or found.undone is not None:
        raise NotAllowed(text("This correction is no longer in force."))
    words, undo = withdraw_correction(found)
    stored = services.store.by_url(found.url)
    return done(words, undo, _back(stored.id) if stored else "/corrections")


def withdraw_correction(found: Correction) -> Action:
    """Take a correction back; return what was done in words, and what undoes that."""
    services = current_services()
    undo_correction(services.store, {"id": found.id}, services.now())
    services.follow_store()
    stored = services.store.by_url(found.url)
    what = joined(", ", [said_of(found, services.zone), *([stored.mark] if stored else [])])
    words = text("Undone: {what}.", what=what)
    return words, {"kind": "correction undone", "id": found.id}


def _an_article_after_all(typed: str) -> Reply:
    """An address that gave no article holds one: it is asked again in the next crawl of its source."""
    services = current_services()
    url = address_of(typed) or ""
    entry = services.store.frontier.entry(url)
    if entry is None or entry.kind not in MAY_BE_ARTICLES or stored_at(url, services.store) is not None:
        raise NotAllowed(text("This is not an address that was read and gave no article."))
    made = Correction(
        url=url, field=Field.KIND, value=Kind.ARTICLE, who=who_asks().name, why=one_line_of("why"), at=services.now()
    )
    number, replaced = services.store.corrections.add(made)
    services.store.frontier.reschedule(url, services.now(), kind=UrlKind.ARTICLE)
    words = text("{url} is an article: the next crawl of {source} asks for it again.", url=url, source=entry.source)
    undo = {"kind": "corrected", "id": number, "again": replaced}
    return done(words, undo, own_path(request.form.get("back", ""), "/corrections"))


def _other(stored: StoredArticle) -> StoredArticle:
    """Return the article that a form on copies names, by mark or address."""
    typed = one_line_of("other")
    mark = read_mark(typed)
    store = current_services().store
    other = (store.by_mark(mark) if mark else None) or stored_at(typed, store)
    if other is None or other.withdrawn is not None or other.id == stored.id:
        raise NotAllowed(
            text(
                "“{typed}” is no other article here: expected a mark such as k7f003, or an address.", typed=typed[:100]
            )
        )
    return other


def _regroup(store: ArticleStore, correction: Correction | None) -> None:
    """Group the articles of a correction of copies again."""
    if correction is None or correction.field is not Field.COPIES:
        return
    sources = [each.name for each in current_services().config.sources]
    for url in (correction.url, correction.other or ""):
        found = store.by_url(url)
        if found is not None:
            group_again(store, found.id, sources)


def _back(id: int) -> str:
    """Return the address of an article as it is now; its headline stands in it."""
    stored = current_services().store.article(id)
    return article_path(stored) if stored else "/"
