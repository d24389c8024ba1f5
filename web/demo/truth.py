"""What a crawl of the sites should store: each article's fields, from the source of the pages."""

from dataclasses import dataclass
from datetime import datetime

from web.demo.server import DemoWeb
from web.demo.sites import SITES
from web.demo.stories import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One article as it was written.

    Attributes:
        authors: Persons only.
        body: Its paragraphs are a blank line apart.
        spans: How it is set, as of a Part, in the order of the text.
    """

    url: str
    source: str
    headline: str
    authors: tuple[str, ...]
    published: datetime | None
    language: str
    body: str
    spans: tuple[tuple[str, str], ...]
    story: Story


def truth(web: DemoWeb) -> dict[str, Truth]:
    """Return every article that stands on the sites now, by its canonical URL."""
    articles = {}
    for site in SITES:
        edition = web.edition(site)
        for story in edition.stories:
            url = edition.address(story)
            articles[url] = Truth(
                url=url,
                source=site.name,
                headline=story.headline,
                authors=story.authors,
                published=story.published,
                language=story.language,
                body="\n\n".join(edition.body(story)),
                spans=tuple(span for part in edition.parts(story) for span in part.spans),
                story=story,
            )
    return articles
