"""An article's structure -> how its text was set and where it links to, as values of its Provenance rows."""

from collections import Counter
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from corpus.model import Article
from corpus.structure.blocks import Block, BlockKind
from corpus.texts import Text, text, texts
from indexer.contract.facets import FacetName
from indexer.contract.linked_sites import linked_site_label, sites_of_links
from web.languages.formats import number
from web.languages.recognizing import shown
from web.languages.wording import said
from web.layout.state import State

SITES = 20  # linked sites that are named


def linked(article: Article) -> Markup | str:
    """Return how many links the text has, to which sites, those with the most links first, and what was cut.

    Each site leads to the search for articles that link to it; links that this search leaves out are counted apart.
    """
    if article.structure is None:
        return text("not known: the text was stored without its links")
    found = Counter(sites_of_links(article))
    cut = _cut(article)
    if not found:
        return Markup(" · ").join([said(text("none")), *cut])
    own, nameless = found.pop(None, 0), found.pop("", 0)
    sites = {site: count for site, count in found.most_common() if site}
    parts: list[Markup | str] = []
    if sites:
        links = texts("{n:,} link", "{n:,} links", sum(sites.values()))
        parts.append(
            said(text("{links} to {sites}", links=links, sites=texts("{n:,} site", "{n:,} sites", len(sites))))
        )
    parts += [_site(site, count) for site, count in list(sites.items())[:SITES]]
    if len(sites) > SITES:
        parts.append(said(text("and {n:,} more", n=len(sites) - SITES)))
    if own:
        parts.append(said(texts("{n:,} link within its own site", "{n:,} links within its own site", own)))
    if nameless:
        parts.append(said(texts("{n:,} link to no public site", "{n:,} links to no public site", nameless)))
    return Markup(" · ").join([*parts, *cut])


def layout_counts(blocks: Iterable[Block]) -> Markup | str:
    """Return how many headings, lists, quotes and so on there are among blocks, lists in lists too."""
    counts = Counter(_kinds(blocks))
    return Markup(" · ").join(said(_NAMED[kind](counts[kind])) for kind in _NAMED if counts[kind]) or text("plain text")


def _cut(article: Article) -> list[Markup]:
    fact = article.facts.get("structure")
    return [Markup("{} {}").format(said(text("not all is stored:")), shown(fact))] if fact else []


def _site(site: str, count: int) -> Markup:
    url = State(chosen={FacetName.LINKS: (site,)}).url()
    shown = Markup('<a href="{}"><bdi>{}</bdi></a>').format(url, linked_site_label(site))
    return shown if count == 1 else Markup("{} {}").format(shown, number(count))


def _kinds(blocks: Iterable[Block]) -> Iterator[BlockKind]:
    for block in blocks:
        yield block.kind
        yield from _kinds(block.blocks)


def _headings(n: int) -> Text:
    return texts("{n:,} heading", "{n:,} headings", n)


def _lists(n: int) -> Text:
    return texts("{n:,} list", "{n:,} lists", n)


def _quotes(n: int) -> Text:
    return texts("{n:,} quote", "{n:,} quotes", n)


def _tables(n: int) -> Text:
    return texts("{n:,} table", "{n:,} tables", n)


def _preformatted(n: int) -> Text:
    return texts("{n:,} preformatted text", "{n:,} preformatted texts", n)


def _pictures(n: int) -> Text:
    return texts("{n:,} picture", "{n:,} pictures", n)


_NAMED = {
    BlockKind.HEADING: _headings,
    BlockKind.LIST: _lists,
    BlockKind.QUOTE: _quotes,
    BlockKind.TABLE: _tables,
    BlockKind.PREFORMATTED: _preformatted,
    BlockKind.IMAGE: _pictures,
}
