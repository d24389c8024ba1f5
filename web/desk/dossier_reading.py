"""The mark of a dossier -> the dossier, and its articles with what a reader added to them."""

from werkzeug.exceptions import NotFound

from corpus.store.desk.dossiers import Dossier
from corpus.texts import text
from indexer.results.dossiers import Collected
from web.layout.problems import Gone
from web.layout.render import day
from web.layout.services import current_services
from web.layout.who import is_mine


def dossier_path(dossier: Dossier) -> str:
    """Return the address of a dossier."""
    return f"/d/{dossier.mark}"


def dossier_of(mark: str) -> Dossier:
    """Return the dossier with a mark.

    Raises:
        NotFound: There is none, or it is another person's.
        Gone: It was deleted.
    """
    found = current_services().store.dossiers.get(mark.lower())
    if found is None or not is_mine(found.who):
        raise NotFound
    if found.deleted is not None:
        raise Gone(text("The dossier was deleted on {day}.", day=day(found.deleted, current_services().zone)))
    return found


def collected_of(dossier: Dossier, *, with_text: bool = True, article: int | None = None) -> list[Collected]:
    """Return the articles of a dossier with their notes and tags, in its order; withdrawn ones too.

    Args:
        article: Only this one, if it is in it.
    """
    store = current_services().store
    entries = [
        (place, each)
        for place, each in enumerate(store.dossiers.entries(dossier.id), 1)
        if article is None or each.article == article
    ]
    ids = [each.article for _, each in entries]
    stored, tags = (store.articles if with_text else store.heads)(ids), store.dossiers.tags(ids)
    return [
        Collected(place, stored[each.article], each.note, tags.get(each.article, ()))
        for place, each in entries
        if each.article in stored
    ]
