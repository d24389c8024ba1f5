"""A field that holds HTML -> its text, cleaned as a page is.

Feeds, WordPress and news APIs give their texts as markup.
"""

import html
import re

from corpus.errors import ExtractError
from crawler.body.classify import Verdict, text_of
from crawler.body.clean import Cues, clean
from crawler.dates.lines import dated
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text

_TAGS = (
    "p|br|div|span|a|em|i|b|strong|u|h[1-6]|ul|ol|li|img|figure|figcaption|blockquote|html|head|body|script|style|table"
    "|tr|td|section|article|iframe|main|aside|sup|sub|hr|font|center|pre|video|picture|noscript"
)
_TAG = re.compile(rf"<(?:/?(?:{_TAGS})(?:\s[^<>]{{0,4000}})?/?|!--[^<>]{{0,4000}}--)>", re.I)
_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});", re.I)
_LIKELY = 0.9  # how likely we call each block: the tool that wrote the field chose it


def holds_markup(text: str) -> bool:
    """Does a text hold tags or character references of HTML?"""
    return ("<" in text and _TAG.search(text) is not None) or ("&" in text and _ENTITY.search(text) is not None)


def markup_text(text: str) -> str:
    """Return the text of a short field: tags out, references read."""
    return html.unescape(_TAG.sub(" ", text))


def markup_body(text: str, headline: str | None, authors: tuple[str, ...]) -> str:
    """Return the paragraphs of a text that holds markup, separated by blank lines.

    Args:
        text: A fragment of HTML, or a whole page's.
        headline: The story's, which is not repeated in its text.
        authors: Names, by which a byline in the text is known.

    Raises:
        ExtractError: the markup is beyond our limits.
    """
    if not _TAG.search(text):
        return html.unescape(text)
    try:
        tree = parse_text(f"<html><body><article>{text}</article></body></html>")
    except MemoryError as error:
        raise ExtractError("out-of-memory", "its markup needs too much memory") from error
    if tree is None:
        return ""
    blocks = segment(tree)
    story = tuple(range(len(blocks)))
    cues = Cues(headline or "", "", authors, dated=dated(blocks.texts, story))
    verdict = clean(blocks, Verdict(story, (_LIKELY,) * len(blocks)), cues)
    return text_of(blocks, verdict.chosen) or text_of(blocks, story)
