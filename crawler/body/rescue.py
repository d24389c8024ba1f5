"""A body and a page's JSON-LD articleBody -> the articleBody, where the page shows far less of it."""

import re

from corpus.characters import STOPS
from crawler.text import CLOSING, needs_no_stop, text_length
from crawler.values import PageKind

MIN_RESCUE = 600  # letters; a shorter articleBody is often only the description
MAX_SHOWN = 0.3  # of the articleBody's length; a page that shows more is read as it stands

MAX_LOCKED = 0.8  # likewise where the page itself shows that it is not whole
BEGINNING = 60  # characters of a shown paragraph by which its articleBody is known
_CUT = re.compile(rf"(?:…|\.\.\.)[\s\])}}{re.escape(CLOSING)}]*$")
_ENDED = re.compile(rf"[{STOPS}][{re.escape(CLOSING)}]*$")


def rescue(body: str, hints: str, *, locked: bool = False) -> str | None:
    """Return the articleBody, in paragraphs, of a page that shows far less of it (less if `locked`); or None."""
    most = MAX_LOCKED if locked else MAX_SHOWN
    if text_length(hints) < MIN_RESCUE or text_length(body) > most * text_length(hints):
        return None
    return "\n\n".join(line for part in hints.split("\n") if (line := " ".join(part.split())))


def tells_whole(kind: PageKind, body: str, rescued: str) -> bool:
    """Whether a page without a text, or with the beginning alone, is the article that its articleBody tells.

    Of a beginning the articleBody must be the rest, and end as a text does: some papers cut it where they cut the page.
    """
    if kind is not PageKind.PAYWALL:
        return kind is PageKind.EMPTY
    if _CUT.search(rescued) or not (_ENDED.search(rescued) or needs_no_stop(rescued)):
        return False
    text = " ".join(rescued.split())
    shown = [" ".join(part.split()).rstrip("…. ")[:BEGINNING] for part in body.split("\n\n")]
    return not body or any(len(part) > BEGINNING // 2 and part in text for part in shown)
