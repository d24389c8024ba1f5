"""An article -> the others that stand beside it: those that tell its text, and those that are like it."""

from corpus.model import StoredArticle
from web.layout.services import current_services

SIMILAR = 5


def copies_of(stored: StoredArticle) -> list[StoredArticle]:
    """Return the articles that stand and tell the text of an article, the leader first."""
    store = current_services().store
    others = [id for id in store.copies.group(stored.id) if id != stored.id]
    return [each for each in store.heads(others).values() if each.withdrawn is None]


def similar_to(stored: StoredArticle) -> list[StoredArticle]:
    """Return up to SIMILAR articles that stand and are like an article, the one most like it first."""
    texts = [stored.article.headline or "", stored.article.standfirst or "", stored.article.body]
    hits = current_services().engine.similar(stored.id, texts, limit=SIMILAR)
    found = current_services().store.articles((hit.id for hit in hits), with_structure=False)
    return [each for each in found.values() if each.withdrawn is None]
