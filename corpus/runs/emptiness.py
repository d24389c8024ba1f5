"""An archive without articles -> why there is nothing to find in it yet, and what to type."""

from corpus.texts import Text, text
from corpus.texts.counted import counted

BEGIN = """\
Nothing here yet. Three ways to begin:
  pressmark demo                          400 sample articles, in some seconds
  pressmark init, then pressmark add URL  follow a site
  pressmark import FILES                  HTML, text, JSONL or WARC you have"""


def not_begun(sources: int) -> tuple[str, ...]:
    """Return the lines that say what is here before there is a store: sources that wait for a crawl, or nothing."""
    why = nothing_yet(articles=0, sources=sources, crawled=False)
    return (f"0 articles · 0 of {counted(sources, 'source')}", str(why)) if sources else tuple(BEGIN.splitlines())


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
