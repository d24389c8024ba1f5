"""A title -> the same without its site's name at an end: "Story | The Gazette" -> "Story".

The page's data gives the name; or a link to the front page shows it, and the title has it at an end.
"""

import re
from collections.abc import Iterator

from corpus.characters import CJK
from corpus.people.names import fold
from crawler.markup.tree import Gathered
from crawler.text import clean

MAX_LINKS = 20  # first links of a page, one of which may lead to the front page by the site's name
# The address of a front page, as a page writes it. A link without one leads to the page itself.
_FRONT = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?")
# A dash, bar, dot or arrow between blanks; bars and arrows also without; between Chinese, Japanese or Korean letters
# dashes and underscores too, which stand there without blanks.
_DASHES = r"\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_BARS = r"|\u00a6\u2223\u2502\u2503\u2758\uff5c\ufe31»›\u27e9\u300b"
_SEPARATOR = re.compile(
    rf"\s+[{_DASHES}{_BARS}·•∙⋅⸱・«‹:：~～/／_]+\s+|\s?[{_BARS}]\s?"
    rf"|(?<=[{CJK}）」』】!?！？])\s?[{_DASHES}_:：]{{1,3}}\s?|\s?[{_DASHES}_]{{1,3}}\s?(?=[{CJK}])"
)
_SEPARATING = re.compile(rf"[{_DASHES}{_BARS}·•∙⋅⸱・«‹:：~～/／_]")  # one of these is in every separator


def _cuts(title: str) -> list[re.Match[str]]:
    """Return the separators of a title, which are looked for from the first character that may be of one."""
    first = _SEPARATING.search(title)
    return list(_SEPARATOR.finditer(title, len(title[: first.start()].rstrip()))) if first else []


def _ends_of(title: str) -> frozenset[str]:
    """Return the folded parts of a title, its first and its last, one of which may be its site's name; or the whole.

    Of two parts the longer is no site's name.
    """
    cuts = _cuts(title)
    if not cuts:
        return frozenset(filter(None, (fold(title),)))
    first, last = sorted((title[: cuts[0].start()], title[cuts[-1].end() :]), key=len)
    return frozenset(filter(None, (fold(first), fold(last) if len(cuts) > 1 else "")))


def is_front(href: str | None) -> bool:
    """Return whether a link is to the front page of a site."""
    if not href or not (href[-1] == "/" or "index." in href or href.count("/") == 2):
        return False  # the pattern takes ten times as long to say so
    return _FRONT.fullmatch(href) is not None


def front_names(parts: Gathered) -> Iterator[str]:
    """Give what a page's first links call its front page, folded."""
    for link in parts.of("a")[:MAX_LINKS]:
        if is_front(link.get("href")) and (name := fold(clean("".join(map(str, link.itertext()))))):
            yield name


def home_beside(parts: Gathered, title: str) -> str | None:
    """Return what a page's first links call its front page, folded, where its title is that or has it at an end."""
    ends = _ends_of(title)
    return next((name for name in front_names(parts) if name in ends), None) if ends else None


def without_site(title: str, outlets: frozenset[str]) -> str:
    """Cut the site's name off a title's end or start: "Story | The Gazette" -> "Story"."""
    for _ in range(3):
        cuts = _cuts(title)
        if not cuts:
            return title
        last, first = cuts[-1], cuts[0]
        if _is_site(title[last.end() :], outlets):
            title = title[: last.start()]
        elif _is_site(title[: first.start()], outlets):
            title = title[first.end() :]
        else:
            return title
    return title


def _is_site(text: str, outlets: frozenset[str]) -> bool:
    key = fold(text).replace("-", "").removeprefix("the")
    return bool(key) and any(
        key == site or (len(site) > 5 and site in key and len(key) < 3 * len(site)) for site in _plain(outlets)
    )


def _plain(outlets: frozenset[str]) -> set[str]:
    return {name for outlet in outlets if len(name := outlet.replace("-", "").removeprefix("the")) > 2}
