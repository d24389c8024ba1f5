"""StoredArticle -> Document: the texts, facet keys and local minutes that are indexed."""

from calendar import isleap, monthrange
from datetime import datetime, tzinfo

from corpus.model import PageDate, Precision, StoredArticle
from indexer.contract.facet_values import NO_ALIASES, Aliases
from indexer.contract.facets import FACETS, INDEXED
from indexer.contract.periods import MINUTES_A_DAY, local_minutes, minutes
from indexer.contract.protocol import Document


def document(stored: StoredArticle, *, zone: tzinfo, aliases: Aliases = NO_ALIASES) -> Document:
    """Return what is indexed of an article.

    Args:
        stored: An article that is not withdrawn.
        zone: The configured time zone.
        aliases: Author key -> the key the author is known by.
    """
    article = stored.article
    return Document(
        id=stored.id,
        headline=article.headline or "",
        standfirst=article.standfirst or "",
        body=article.body,
        byline=article.byline or ", ".join(author.name for author in article.authors),
        facets={name: keys for name in INDEXED if (keys := FACETS[name].values(article, aliases))},
        published=published_minutes(article.published, zone),
        span=span(article.published),
        added=local_minutes(stored.first_seen, zone),
        copy_of=stored.copy_of,
        stored=stored,
    )


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


def span(published: PageDate | None) -> int:
    """Return how many minutes follow the first of a date that is known to the month or year; 0 for other dates."""
    if published is None or published.precision.has_day:
        return 0
    first = published.at.date()
    is_month = published.precision is Precision.MONTH
    days = monthrange(first.year, first.month)[1] if is_month else 366 if isleap(first.year) else 365
    return days * MINUTES_A_DAY - 1
