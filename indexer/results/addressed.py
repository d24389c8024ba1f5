"""A typed address or pressmark -> its article."""

from corpus.marks import read_mark
from corpus.model import StoredArticle
from corpus.store import ArticleStore
from corpus.urls import canonical
from indexer.contract.values import Hit, Results

MAX_URL = 2000


def stored_at(typed: str, store: ArticleStore) -> StoredArticle | None:
    """Return the article at a typed address, with or without its `https://`, or of a typed pressmark."""
    text = typed.strip()
    if not text or len(text) > MAX_URL or any(map(str.isspace, text)):
        return None
    if (mark := read_mark(text)) and (stored := store.by_mark(mark)):
        return stored
    if "." not in text:  # no host is without a dot
        return None
    for each in (text, f"https://{text}", f"http://{text}"):
        if (url := canonical(each)) and (stored := store.by_url(url)):
            return stored
    return None


def only(stored: StoredArticle, position: int) -> Results:
    """Return one article as all that a search found."""
    return Results(total=1, stories=1, hits=(Hit(stored.id, 0.0),), position=position)
