"""What a page is: an article, a listing, a live blog, a paywall stub, a challenge, a soft 404, or empty.

A listing is never an article. An answer comes with the facts it rests on.
"""

import re
from urllib.parse import urlsplit

from corpus.texts import text
from crawler.extraction.kind_evidence import KindEvidence
from crawler.extraction.listing import listing
from crawler.extraction.paywall import locked
from crawler.extraction.walls import wall
from crawler.markup.blocks import Blocks
from crawler.text import MAX_UNREADABLE, total_length, unreadable_share
from crawler.values import PageKind

MIN_BODY = 60  # letters; a story of one line is still a story, a lone menu word is not

_LIVE_NAME = re.compile(r"live-?blog|liveticker|live-?updates?|live-?feed", re.I)
_LIVE_PATH = re.compile(r"/live(?:blog|ticker|-updates?|-blog)?(?:/|-)|-live(?:blog|ticker|-updates?)?(?:[/-]|$)", re.I)


def page_kind(
    blocks: Blocks, chosen: tuple[int, ...], evidence: KindEvidence, *, judged: tuple[int, ...] = ()
) -> tuple[PageKind, str]:
    """Return what a page is, and the facts that say so.

    Args:
        chosen: The blocks of its story, cleaned.
        judged: The blocks judged to be the story before cleaning.
    """
    texts = [blocks.texts[n] for n in chosen]
    unreadable = unreadable_share("".join(texts))
    if unreadable > MAX_UNREADABLE:
        return PageKind.EMPTY, text("{share:.0%} of its characters cannot be read", share=unreadable)
    if found := wall(blocks, judged, chosen, evidence):
        return found
    for kind, reason in (
        (PageKind.PAYWALL, locked(blocks, chosen, evidence)),
        (PageKind.LIVE_BLOG, live(blocks, evidence)),
        (PageKind.LISTING, listing(blocks, chosen, evidence)),
    ):
        if reason:
            return kind, reason
    body = total_length(texts)
    if body < MIN_BODY:
        return PageKind.EMPTY, text("{n:,} letters of text, expected {least:,} or more", n=body, least=MIN_BODY)
    return PageKind.ARTICLE, text("{n:,} letters of prose in {blocks:,} blocks", n=body, blocks=len(chosen))


def live(blocks: Blocks, evidence: KindEvidence) -> str | None:
    """Return what says that a page is a live blog; None: nothing does."""
    if evidence.is_live:
        return text("says it is a LiveBlogPosting")
    if _LIVE_PATH.search(urlsplit(evidence.url).path):
        for name in blocks.names:
            found = _LIVE_NAME.search(name)
            if found:
                return text('address and markup ("{name}") of a live blog', name=found.group())
    return None
