"""An archive without articles -> why there is nothing to find in it yet, and what to type."""

from corpus.texts import Text, text


def nothing_yet(*, articles: int, sources: int, crawled: bool) -> Text | None:
    """Return why a search finds nothing in an archive that has nothing yet; None where it has articles.

    Args:
        articles: Of the archive.
        sources: That config.toml names.
        crawled: There was a crawl, whatever it brought.
    """
    if articles:
        return None
    if crawled:
        return text("No crawl has brought an article yet: `pressmark status` says what came of the last one")
    if sources:
        return text("Nothing was crawled yet: type `pressmark crawl`")
    return text("Nothing was crawled yet: type `pressmark add URL` to name a site, then `pressmark crawl`")
