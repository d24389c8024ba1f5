"""A story's first page and the page that its pager names next -> why that page is no part of the same story, or None.

The pager's link is one sign. The page itself must give another: the same headline, a canonical link to the first page,
or a pager of its own that leads back, under the same authors on the same day. A list has all of that as well, and is
known by two signs: nobody signs or dates its pages, and they are made of short texts, or have a section's address.
"""

import re

from corpus import urls
from corpus.model import Article
from corpus.people.names import fold
from corpus.reasons import consequence
from corpus.structure.values import SpanKind
from corpus.texts import text
from crawler.discovery.links import looks_like_article, shape
from crawler.discovery.path_words import PAGE_WORDS
from crawler.discovery.section_or_story import is_bare
from crawler.identity.sameness import share_in
from crawler.pool.joining import own_text
from crawler.text import text_length
from crawler.values import Extraction, PageKind

MIN_OWN = 40  # letters of a page's own text
MAX_HEADLINE = 400  # characters that are compared
MOST_KNOWN = 0.5  # share of a page's own text that earlier pages have, set otherwise
FEWEST_ITEMS = 3  # of a list's page
MAX_ITEM = 600  # letters of a list's item; a story has more somewhere between two headings

_WORDS = "|".join(sorted(map(re.escape, PAGE_WORDS), key=len, reverse=True))
_COUNT = r"\d{1,2}(?:\s*(?:/|of|von|de|di|do|sur|van|av|af|z|ze|из|з|od|/)\s*\d{1,2})?"
_OF_PAGE = re.compile(
    rf"^(?:{_WORDS})\.?\s*{_COUNT}\s*[:|–—-]\s*"
    rf"|[\s|:·,–—-]*[(\[（]?\s*(?:(?:{_WORDS}|صفحة)\.?\s*{_COUNT}|第?\s*\d{{1,2}}\s*(?:页|頁|ページ|페이지)|\d{{1,2}}\s*/\s*\d{{1,2}})\s*[)\]）]?\s*$"
    r"|\s*[(（]\d{1,2}[)）]\s*$",
    re.IGNORECASE,
)


def no_part(key: str, first: Extraction, pages: Article, part: Extraction) -> str | None:
    """Return why a page is not joined to a story.

    Args:
        key: The address of the story.
        first: The story's first page.
        pages: The pages that were joined so far.
        part: The page that the last of them names next.
    """
    one, other = first.article, part.article
    if part.kind is not PageKind.ARTICLE:
        return text("it is no article ({kind})", kind=consequence(part.kind.value).says)
    own, _ = own_text(other, [pages])
    if text_length(own) < MIN_OWN:
        return text("it shows the text of an earlier page again")
    if one.authors and other.authors and not {each.key for each in one.authors} & {each.key for each in other.authors}:
        return text("it has other authors")
    if one.published and other.published and one.published.day != other.published.day:
        return text("it has another date")
    if is_bare(one.published, one.authors) and is_bare(other.published, other.authors):
        if not looks_like_article(shape(key)):
            return text("nobody signs or dates either page, and their address is that of a list")
        if _is_of_items(one, other) and _is_of_items(other, one):
            return text("nobody signs or dates either page, and both are made of short texts under headings")
    if not _says_same(key, first, part):
        return text("neither its headline nor its own links say that it is of the same story")
    if share_in(pages.body, own) > MOST_KNOWN:
        return text("it has the text of earlier pages, set otherwise")
    return None


def _says_same(key: str, first: Extraction, part: Extraction) -> bool:
    """Whether a page says by itself that it is of the story whose pager leads to it."""
    one, other = first.article, part.article
    owns = {key, *filter(None, [first.canonical])}
    if one.headline and other.headline and _heading(one.headline) == _heading(other.headline):
        return True
    if part.canonical is not None and urls.key_of(part.canonical) in owns:
        return True
    if part.pages.first is None or urls.key_of(part.pages.first) not in owns:
        return False
    return not other.headline or (bool(other.authors) and bool(other.published))


def _is_of_items(page: Article, other: Article) -> bool:
    """Whether the text that a page has for itself is short pieces, each of which begins with a heading or in a list."""
    own, _ = own_text(page, [other])
    begin = page.body.find(own.partition("\n\n")[0])
    items = {span.start for span in page.structure or () if span.kind in {SpanKind.HEADING, SpanKind.ITEM}}
    starts = sorted(start for start in items if start >= begin)
    if begin not in items or len(starts) < FEWEST_ITEMS:
        return False
    ends = [*starts[1:], len(page.body)]
    return all(text_length(page.body[start:end]) < MAX_ITEM for start, end in zip(starts, ends, strict=True))


def _heading(headline: str) -> str:
    """Return a headline to compare, without the number of its page."""
    headline = " ".join(headline.split())[:MAX_HEADLINE]  # its blanks are looked at again and again
    return fold(_OF_PAGE.sub("", headline)) or fold(headline)
