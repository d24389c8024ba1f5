"""The articles of the API that are like one."""

from dataclasses import dataclass

from corpus.records import HIT, stored_record
from web.api.operations import Call, operation
from web.articles.around import similar_to
from web.articles.named import article as article_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarArticle:
    """An article that is like another.

    Attributes:
        id: Its pressmark.
        url: Its canonical address.
        headline: As printed; null: the page has none.
        authors: Names as printed, in order.
        published: ISO 8601, as precise as the page.
        day: The day that the page prints.
        source: The name of its source.
        language: A code such as `en`.
        section: As the site names it.
        first_seen: When it entered the archive; where it is dated later, it has its place in time there.
    """

    id: str
    url: str
    headline: str | None
    authors: list[str]
    published: str | None
    day: str | None
    source: str
    language: str | None
    section: str | None
    first_seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarArticles:
    """Up to five articles that are like one, the one most like it first.

    Attributes:
        id: The pressmark of the article that they are like.
    """

    id: str
    items: list[SimilarArticle]


@operation("GET", "/articles/{id}/similar", "Articles", gives=SimilarArticles, refuses=(404, 410))
def similar_articles(call: Call) -> SimilarArticles:
    """Find the articles that say most of what an article says; its copies are not among them."""
    stored = article_of(call.path["id"])
    items = [SimilarArticle(**stored_record(each, HIT)) for each in similar_to(stored)]
    return SimilarArticles(id=stored.mark, items=items)
