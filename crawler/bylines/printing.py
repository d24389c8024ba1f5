"""An element -> its text as a reader sees it: a line break where parts meet that are no part of one line."""

import re

from lxml import etree

from crawler.text import Caseless, clean

_BLOCKS = frozenset(
    "p div li ul ol section header footer article h1 h2 h3 h4 h5 h6 address td tr table dd dt dl figure br".split()
)
UNREAD = frozenset(
    "script style noscript svg template time img picture source figure sup input select textarea iframe form"
    " button".split()
)
_BESIDE_NAMES = frozenset({"description", "jobTitle", "worksFor", "affiliation", "email", "telephone"})
_ACTION = Caseless(
    r"^(?:mailto|tel|sms|javascript|whatsapp|tg):|^#|^$|log-?in|sign-?(?:in|up)|anmeld|connexion|acceso|regist(?:er|ro)|subscri|abonn"
    r"|newsletter|follow|contact|kontakt|share|intent/|sharer|print"
)
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0]+")


def printed(element: etree._Element) -> str:
    """Return an element's text as a reader sees it: a line break where parts meet without a space."""
    if element.tag in UNREAD:
        return ""
    pieces: list[str] = []
    _gather(element, pieces)
    lines = _BLANKS.sub(" ", "".join(pieces)).split("\n")
    return "\n".join(line for part in lines if (line := clean(part)))


def _gather(element: etree._Element, pieces: list[str]) -> None:
    if element.text:
        pieces.append(element.text.replace("\n", " "))
    for child in element:
        tail = child.tail or ""
        if child.tag not in UNREAD and child.get("itemprop") not in _BESIDE_NAMES:
            around = child.tag in _BLOCKS or (child.tag == "a" and _is_action(child))
            if around or (pieces and pieces[-1][-1:].isalnum()):
                pieces.append("\n")
            _gather(child, pieces)
            if around or tail[:1].isalnum():
                pieces.append("\n")
        if tail:
            pieces.append(tail.replace("\n", " "))


def _is_action(link: etree._Element) -> bool:
    """Whether a link is a command (write an e-mail, log in, follow, share); its text is a line of its own."""
    return _ACTION.search((link.get("href") or "")[:300]) is not None
