"""An article of the API as others cite it: in words, in each style of its page, and as the files of its page."""

from dataclasses import dataclass

from flask import Response

from indexer.results.citations import csl
from indexer.results.exporting import OF_ONE
from web.api.operations import Call, operation
from web.articles.article_page import in_format
from web.articles.citations import STYLES, cite
from web.articles.named import article as article_of
from web.layout.services import current_services


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An article, cited in words.

    Attributes:
        style: `chicago`, `apa`, `mla` or `plain`.
        text: Plain text, without the italics of its page.
    """

    style: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """The citations of an article, one in each style; where it has no date, they say that it was read today.

    Attributes:
        id: The pressmark of the article.
    """

    id: str
    items: list[Citation]


@operation("GET", "/articles/{id}/citations", "Articles", gives=Citations, refuses=(404, 410))
def citations(call: Call) -> Citations:
    """Cite an article in words, in each style that its page has."""
    services, stored = current_services(), article_of(call.path["id"])
    source = stored.article.source
    paper = services.config.papers.get(source, source)
    item = csl(stored, paper, retrieved=services.now().astimezone(services.zone))
    return Citations(
        id=stored.mark,
        items=[
            Citation(style=style, text="".join(part.text for part in cite(item, style)).strip()) for style in STYLES
        ],
    )


@operation(
    "GET", "/articles/{id}/exports/{form}", "Articles", refuses=(404, 410),
    media=sorted({each.media_type for each in OF_ONE.values()}),
)  # fmt: skip
def article_export(call: Call) -> Response:
    """Give an article as a file; `bib`, `ris` and `csl.json` are for reference managers, Zotero among them."""
    return in_format(article_of(call.path["id"]), call.path["form"])
