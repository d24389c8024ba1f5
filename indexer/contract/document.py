"""StoredArticle -> Document: the texts, facet keys and local minutes that are indexed.

A site's key is the name of its source folded as a person's name is (corpus/people/names.py), except that dots
stay: `valley-herald.example`, and `The Valley Herald` is `the-valley-herald`. A language's key is the first part
of its tag: `pt-BR` is `pt`. Agencies are author facets only where nobody else signs.
"""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType

from corpus.model import Article, AuthorKind, PageDate, Precision, StoredArticle
from corpus.people.names import NONE, fold
from indexer.contract.periods import local_minutes, minutes
from indexer.contract.protocol import Document

_HOST_DOT = re.compile(r"\.(?=\S)")  # "St. Paul Post" has none

NO_ALIASES: Mapping[str, str] = MappingProxyType({})


def document(filed: StoredArticle, *, zone: tzinfo, aliases: Mapping[str, str] = NO_ALIASES) -> Document:
    """Return what is indexed of an article.

    Args:
        filed: An article that is not withdrawn.
        zone: The configured time zone.
        aliases: Author key -> the key the author is known by.
    """
    article = filed.article
    return Document(
        id=filed.id,
        headline=article.headline or "",
        standfirst=article.standfirst or "",
        body=article.body,
        byline=article.byline or ", ".join(author.name for author in article.authors),
        authors=author_keys(article, aliases),
        site=site_key(article.source) or None,
        language=language_key(article.language),
        section=fold(article.section or "") or None,
        published=published_minutes(article.published, zone),
        added=local_minutes(filed.first_seen, zone),
        copy_of=filed.copy_of,
    )


def author_keys(article: Article, aliases: Mapping[str, str] = NO_ALIASES) -> tuple[str, ...]:
    """Return the keys of those who sign, in printed order, each once."""
    signers = [author for author in article.authors if author.kind is not AuthorKind.AGENCY] or article.authors
    return tuple(dict.fromkeys(aliases.get(author.key, author.key) for author in signers if author.key))


def site_key(source: str) -> str:
    """Return the key of a source's name; empty when nothing of it is a letter or digit."""
    parts = (fold(part).removesuffix("-") for part in _HOST_DOT.split(source))
    key = ".".join(filter(None, parts))
    return f"{key}-" if key == NONE else key


def language_key(tag: str | None) -> str | None:
    """Return the key of a language tag such as `en-GB`, or None when the page does not say."""
    return fold((tag or "").replace("_", "-").partition("-")[0]) or None


def published_minutes(published: PageDate | None, zone: tzinfo) -> int | None:
    """Return the local minute of a date, the first of its period when less than the minute is known."""
    if published is None:
        return None
    try:
        if published.precision is Precision.MINUTE:
            return local_minutes(published.at, zone)
        return minutes(datetime.combine(published.at.date(), datetime.min.time()))
    except OverflowError:  # year 1 or 9999, on the other side of the date line
        return None
