"""A pressmark as a person types it -> its article; what was withdrawn is said to be so."""

from datetime import date, datetime

from flask import g
from werkzeug.exceptions import NotFound

from corpus.marks import read_mark
from corpus.model import StoredArticle
from corpus.reasons import Reason
from corpus.store.articles.corrected import NO_ARTICLE
from corpus.store.articles.filing import BY_HAND, MOVED
from corpus.store.articles.withdrawing import reasons
from corpus.texts import joined, text
from web.languages import formats
from web.layout.paths import LONGEST_FINDING
from web.layout.problems import Gone
from web.layout.render import day
from web.layout.services import current_services
from web.sources.reason_words import meaning


def known(typed: str) -> StoredArticle:
    """Return the article of a mark, a withdrawn one too; NotFound where there is none."""
    mark = read_mark(typed)
    stored = current_services().store.by_mark(mark) if mark else None
    if stored is None:
        raise NotFound(text("No article here has the pressmark {mark}.", mark=typed[:LONGEST_FINDING]))
    return stored


def article(typed: str) -> StoredArticle:
    """Return the article of a mark; NotFound where there is none, Gone where its text was taken away."""
    return standing(known(typed))


def standing(stored: StoredArticle) -> StoredArticle:
    """Return an article that stands; Gone where its text was taken away."""
    if stored.withdrawn is not None:
        reason, at = why_withdrawn(stored.withdrawn), current_services().store.times(stored.id).withdrawn_at
        if at is None:
            said = text(
                "The article {mark} was in the archive; its text has been taken away: {reason}.",
                mark=stored.mark,
                reason=reason,
            )
        else:
            said = text(
                "The article {mark} was in the archive; its text was taken away on {day}: {reason}.",
                mark=stored.mark,
                day=day(at, current_services().zone),
                reason=reason,
            )
        raise Gone(said)
    return stored


def why_withdrawn(reason: str) -> str:
    """Return the stored reasons of a withdrawal in the language of the page; what a person typed stays as typed."""
    (_, last), *earlier = reasons(reason)
    said = _why(last)
    for on, each in earlier:
        when = formats.day(date.fromisoformat(on)) if on else ""
        said = text("{reason}; before, on {day}: {former}", reason=said, day=when, former=_why(each))
    return said


def _why(reason: str) -> str:
    if reason == NO_ARTICLE:
        return text("by hand: not an article")
    if reason.startswith(BY_HAND):
        return text("by hand: {reason}", reason=reason.removeprefix(BY_HAND))
    if reason.startswith(MOVED):
        return joined(": ", [meaning(Reason.REDIRECT), reason.removeprefix(MOVED)])
    return meaning(reason)


def revision_times(stored: StoredArticle) -> dict[int, datetime]:
    """Return the number of every text an article has had -> when it was seen; looked up once a request."""
    looked_up: dict[int, dict[int, datetime]] = g.setdefault("revision_times", {})
    if stored.id not in looked_up:
        looked_up[stored.id] = current_services().store.revision_times(stored.id)
    return looked_up[stored.id]
