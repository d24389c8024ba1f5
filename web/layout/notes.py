"""What of an address was not read -> a header of the answers that programs read: CSV, JSON, feeds, archives.

A page says the same in sentences of its own. One header serves all kinds of files, whatever may stand in them.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from flask import Response

from web.layout.paths import misread
from web.layout.services import of_request

NOTES = "Pressmark-Notes"  # a list of display strings (RFC 9651): percent-encoded UTF-8
MOST = 10  # sentences; how many there are more is the last one
LONGEST = 200  # characters of one
MOST_BYTES = 2_500  # of all but the first: a proxy takes some 4,000 bytes of headers, and refuses an answer with more
_PLAIN = "".join(map(chr, range(0x20, 0x7F))).replace("%", "").replace('"', "")
_DISPLAYED = re.compile(r'%"([^"]*)"')
PAGES = ("text/html", "application/problem+json")  # these say it themselves


def note_for_programs(sentences: Iterable[str]) -> None:
    """Put notes into a header of an answer that is no page; a page shows them beside what they are about."""
    of_request().for_programs = (*_for_programs(), *sentences)


def noted(response: Response) -> Response:
    """Say in a header what of the address was not read, or was read otherwise than it may seem."""
    said = [*dict.fromkeys((*misread(), *_for_programs()))]
    if said and response.mimetype not in PAGES:
        shown = [_display(each) for each in said[:MOST]]
        while len(shown) > 1 and sum(map(len, shown)) > MOST_BYTES:
            shown.pop()
        more = [_display(f"and {len(said) - len(shown)} more")] if len(said) > len(shown) else []
        response.headers[NOTES] = ", ".join([*shown, *more])
    return response


def sentences(header: str) -> list[str]:
    """Return the sentences of the header as they were before `noted` wrote them."""
    return [unquote(each) for each in _DISPLAYED.findall(header)]


def _for_programs() -> tuple[str, ...]:
    values = of_request()
    return values.for_programs if "for_programs" in values else ()


def _display(sentence: str) -> str:
    cut = str(sentence)[:LONGEST] + ("…" if len(sentence) > LONGEST else "")
    encoded = "".join(each if each in _PLAIN else quote(each, safe="", errors="replace").lower() for each in cut)
    return f'%"{encoded}"'
