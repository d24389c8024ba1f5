"""An article -> what stands above a page about it: its mark, headline and language, and the way back to it."""

from typing import Any

from corpus.model import StoredArticle
from indexer.results.present import headline
from web.layout.paths import article_path
from web.layout.render import one_line


def head(stored: StoredArticle) -> dict[str, Any]:
    """Return the values of a template that shows the head of an article."""
    return {
        "mark": stored.mark,
        "article_url": article_path(stored),
        "language": stored.article.language,
        "headline": one_line(headline(stored)),
    }
