"""A page that shows nothing and sends its readers on by `<meta http-equiv=refresh>` -> where to."""

import html
import re

MAX_BYTES = 16_384  # of a page that only sends on
MAX_SHOWN = 200  # characters: "You are being taken to our new address. Click here if nothing happens."
MAX_SECONDS = 10  # before it sends on; a page that waits longer is read

_REFRESH = re.compile(rb"<meta\b[^<>]{0,60}\bhttp-equiv\s*=\s*[\"']?refresh\b", re.IGNORECASE)
_TAG = re.compile(r"<meta\b((?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,2000})>", re.IGNORECASE)
_IS_REFRESH = re.compile(r"\bhttp-equiv\s*=\s*[\"']?refresh\b", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_SAID = re.compile(r"\s*(\d{1,4})(?:\.\d*)?\s*[;,]?\s*(?:url\s*=)?\s*(?:\"([^\"]+)\"?|'([^']+)'?|(\S.*))$", re.I | re.S)
_UNSHOWN = re.compile(r"<(script|style|noscript|template|title)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.I | re.S)
_MARKUP = re.compile(r"<[^<>]*>")


def sent_on(content: bytes) -> str | None:
    """Return the address, as written, that a page sends its readers on to; None for a page that is there to be read.

    What stands in a `noscript` is for browsers without scripts, and leads to pages that say so.
    """
    if len(content) > MAX_BYTES or not _REFRESH.search(content):
        return None
    text = _UNSHOWN.sub(" ", content.decode("utf-8", "replace"))
    if len(" ".join(_MARKUP.sub(" ", text).split())) > MAX_SHOWN:
        return None
    for tag in _TAG.finditer(text):
        value = _CONTENT.search(tag[1]) if _IS_REFRESH.search(tag[1]) else None
        said = _SAID.match(html.unescape(next(filter(None, value.groups()), ""))) if value else None
        if said and int(said[1]) <= MAX_SECONDS:
            return (said[2] or said[3] or said[4]).strip() or None
    return None
