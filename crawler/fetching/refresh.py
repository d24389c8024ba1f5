"""A page that shows nothing and sends its readers on, by `<meta http-equiv=refresh>` or its only script -> where to."""

import html
import re

from crawler.markup.charset import narrow

MAX_BYTES = 16_384  # of a page that only sends on
MAX_SCRIPTED = 4_096  # of one whose script does; where nothing but that is on a page, it is short
MAX_SHOWN = 200  # characters: "You are being taken to our new address. Click here if nothing happens."
MAX_SECONDS = 10  # before it sends on; a page that waits longer is read

_REFRESH = re.compile(rb"<meta\b[^<>]{0,60}\bhttp-equiv\s*=\s*[\"']?refresh\b", re.IGNORECASE)
_TAG = re.compile(r"<meta\b((?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_WAITS = re.compile(r"\s*(\d{1,4})(?:\.\d*)?\s*[;,]?\s*")
_URL = re.compile(r"url\s*=\s*", re.IGNORECASE)
_UNSHOWN = re.compile(
    r"<(script|style|noscript|template|title|textarea|iframe)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.I | re.S
)
# `location = "/new"`, `window.location.replace('/new');`, `top.location.href="/new"`; alone, or when the page is there.
_GOES = re.compile(rb"<script\b[^<>]*>[^<]{0,20}(?:<!--)?[^<]{0,300}\blocation\b", re.IGNORECASE)
_GOING = re.compile(
    r"(?:(?:window\.|document\.)?(?:onload|addEventListener\([^()]{0,40})\W{0,4}(?:function\s*\w*\(\)|\(\)\s*=>)\s*\{?\s*"
    r"|setTimeout\(\s*(?:function\s*\(\)|\(\)\s*=>)\s*\{?\s*)?"
    r"(?:(?:window|document|self|top|parent)\.)?location(?:\.href)?\s*(?:=|\.(?:replace|assign)\()\s*"
    r"([\"'])([^\"'<>\s]{1,2000})\1\s*\)?\s*;?\s*(?:\}?\s*\)?\s*;?|\}\s*,\s*\d{1,4}\s*\)\s*;?)"
)
# A script in a comment, as for browsers of old, is none: the comment is passed first.
_SCRIPT = re.compile(r"<!--.*?(?:-->|$)|<script\b[^<>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--|//\s*-->|-->|/\*.*?\*/|//\s*<!\[CDATA\[|//\s*\]\]>", re.DOTALL)
_ASKS = re.compile(r"<(?:form|input|button|iframe|frame)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>")


def sent_on(content: bytes) -> str | None:
    """Return the address, as written, that a page sends its readers on to; None for a page that is there to be read.

    What stands in a `noscript` is for browsers without scripts, and leads to pages that say so.
    """
    if len(content) > 2 * MAX_BYTES:
        return None
    content = narrow(content)
    if len(content) > MAX_BYTES:
        return None
    if not _REFRESH.search(content):
        return _by_script(content)
    text = _UNSHOWN.sub(" ", content.decode("utf-8", "replace"))
    if len(" ".join(_MARKUP.sub(" ", text).split())) > MAX_SHOWN:
        return None
    for tag in _TAG.finditer(text):
        given = {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(tag[1])}
        sends = html.unescape(given.get("content", ""))
        waits = _WAITS.match(sends) if given.get("http-equiv", "").lower() == "refresh" else None
        if waits and int(waits[1]) <= MAX_SECONDS:
            return _target(sends[waits.end() :])
    return None


def _by_script(content: bytes) -> str | None:
    """Return the address that the one script of a page goes to, with nothing asked and nothing else on the page."""
    if len(content) > MAX_SCRIPTED or not _GOES.search(content):
        return None
    page = content.decode("utf-8", "replace")
    if _ASKS.search(page) or len(" ".join(_MARKUP.sub(" ", _UNSHOWN.sub(" ", page)).split())) > MAX_SHOWN:
        return None
    # Blanks are one at most: `_GOING` may read them in several of its places, and would try all ways to share them out.
    said = [" ".join(_COMMENT.sub("", body).split()) for body in _SCRIPT.findall(page)]
    targets = {found[2] for body in said if body and (found := _GOING.fullmatch(body))}
    scripts = [body for body in said if body]
    if len(targets) != 1 or len(scripts) != 1:
        return None
    return html.unescape(targets.pop().replace("\\/", "/")).strip() or None


def _target(rest: str) -> str | None:
    """Return the address after the seconds; None: the page only loads itself again."""
    named = _URL.match(rest)
    address = rest[named.end() :] if named else rest
    if address[:1] in {'"', "'"}:
        address = address[1:].partition(address[0])[0]
    return address.strip(" \t\r\n\f;,") or None
