"""What readers added to one article, by the API: its tags, and the dossiers it stands in, with the notes there."""

from dataclasses import dataclass

from corpus.model import StoredArticle
from web.api.keeping.desk import tags_of_body
from web.api.operations import Call, operation
from web.articles.article_page import dossiers_of
from web.articles.named import article as article_of
from web.desk import actions
from web.layout.changes import note_change, only_for_readers
from web.layout.services import current_services
from web.layout.who import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingDossier:
    """A dossier that holds an article.

    Attributes:
        note: The note on the article in it; empty: none.
    """

    mark: str
    name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAnnotations:
    """What readers added to an article.

    Attributes:
        id: The pressmark of the article.
        tags: In alphabetical order; all people of the archive see them.
        dossiers: Those that hold the article and that who asks may read.
    """

    id: str
    tags: list[str]
    dossiers: list[HoldingDossier]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTags:
    """The tags of an article.

    Attributes:
        tags: In place of those it has; at most 20; none: it has none any more.
    """

    tags: list[str]


@operation("GET", "/articles/{id}/annotations", "Articles", gives=ArticleAnnotations, refuses=(404, 410))
def article_annotations(call: Call) -> ArticleAnnotations:
    """Give the tags of an article, and the dossiers that hold it, with the notes there."""
    only_for_readers()
    return _annotations(article_of(call.path["id"]))


@operation(
    "PUT", "/articles/{id}/tags", "Articles", body=NewTags, gives=ArticleAnnotations,
    right=Right.KEEP, refuses=(404, 410, 413, 415),
)  # fmt: skip
def tag_article(call: Call) -> ArticleAnnotations:
    """Give an article tags, in whatever dossier it stands or in none; its page can undo it for 30 days."""
    body: NewTags = call.body
    stored, tags = article_of(call.path["id"]), tags_of_body(body.tags)
    note_change(*actions.tag(stored.id, stored.mark, tags))
    return _annotations(stored)


def _annotations(stored: StoredArticle) -> ArticleAnnotations:
    return ArticleAnnotations(
        id=stored.mark,
        tags=list(current_services().store.dossiers.tags([stored.id]).get(stored.id, ())),
        dossiers=[
            HoldingDossier(mark=dossier.mark, name=dossier.name, note=entry.note)
            for dossier, entry in dossiers_of(stored)
        ],
    )
