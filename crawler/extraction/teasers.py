"""A page whose text might be a story -> whether the text is teasers: short pieces, each beside a link to its story.

Only where the text stands among the page's links shows this: a teaser reads like the beginning of a story.
"""

from bisect import bisect_left, bisect_right
from datetime import date
from itertools import pairwise

from lxml import etree

from corpus import urls
from corpus.model import UrlKind
from crawler.discovery import links
from crawler.markup.tags import INLINE
from crawler.markup.tree import parse
from crawler.text import clean, text_length

PROSE = 400  # letters between two links to stories; a teaser has less, a story has more somewhere
LONG_PROSE = 600  # the same where the text has several such links in it, as a list's first teaser may be long
EDGE = 8  # characters beside a link at the edge of its block: a mark, a stop; an inline link has words on both sides
MAX_PARAGRAPHS = 100  # of a text that are looked for on the page; a list of teasers has fewer
MAX_LINKS = 2_000  # of a page


def is_teasers(content: bytes, address: str, body: str, *, charset: str | None, today: date) -> bool:
    """Return whether links to other stories of the site cut a page's text into pieces of a teaser's length.

    Args:
        body: The text as it was read from the page.

    Raises:
        ExtractError: The page's markup is beyond our limits.
    """
    tree = parse(content, charset)
    if tree is None:
        return False
    walk = _Walk(tree, address, today)
    pieces = _pieces(body, "".join(walk.texts), walk.cuts())
    needed = PROSE if len(pieces) == 2 else LONG_PROSE
    return len(pieces) > 1 and max(pieces) < needed


class _Walk:
    """The letters of a page without white space, in its order, and where among them blocks and links begin and end."""

    def __init__(self, tree: etree._Element, address: str, today: date) -> None:
        self.texts: list[str] = []
        self._size = 0
        self._edges: list[int] = []
        self._links: list[tuple[int, int, str]] = []
        base = tree.find("head/base[@href]")
        start = (urls.join(address, base.get("href", "")) if base is not None else None) or address
        begun: list[int] = []
        body = tree.find("body")
        for event, element in etree.iterwalk(tree if body is None else body, events=("start", "end")):
            is_block = element.tag not in INLINE or element.tag == "br"
            if is_block:
                self._edges.append(self._size)
            if event == "start":
                if element.tag == "a":
                    begun.append(self._size)
                if element.tag not in ("script", "style", "noscript", "template"):
                    self._add(element.text)
                continue
            if element.tag == "a":
                self._link(begun.pop(), element, start, address, today)
            self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text and not text.isspace():
            self.texts.append(_letters(text))
            self._size += len(self.texts[-1])

    def _link(self, begin: int, element: etree._Element, start: str, address: str, today: date) -> None:
        href = (element.get("href") or "").partition("#")[0]
        if len(self._links) >= MAX_LINKS or not href:
            return
        url = urls.join(start, href)
        if url is None or url == address or not urls.same_site(url, address):
            return
        if links.guess(url, today=today).kind is UrlKind.ARTICLE:
            self._links.append((begin, self._size, url))

    def cuts(self) -> list[int]:
        """Return where links to stories stand that have a block for themselves, or begin or end it; once a story."""
        edges, cuts, before = sorted(self._edges), [], ""
        for begin, end, url in sorted(self._links):
            if url == before:
                continue
            if begin - edges[max(bisect_right(edges, begin) - 1, 0)] <= EDGE:
                cuts.append(begin)
            elif edges[min(bisect_left(edges, end), len(edges) - 1)] - end <= EDGE:
                cuts.append(end)
            else:
                continue
            before = url
        return sorted(cuts)


def _pieces(body: str, page: str, cuts: list[int]) -> list[float]:
    """Return how long the pieces of a text are, in letters, between the cuts that fall within it."""
    pieces, at = [0.0], 0
    last: int | None = None  # the cut before which the text so far stands
    for count, line in enumerate(body.split("\n")):
        letters = _letters(line)
        if not letters:
            continue
        begin = page.find(letters, at) if count < MAX_PARAGRAPHS else -1
        if begin < 0:  # it stands elsewhere, in the page's data say: it goes on with the text before
            pieces[-1] += text_length(line)
            continue
        at, by_letter = begin + len(letters), text_length(line) / len(letters)
        inside = [begin, *(cut for cut in cuts if begin < cut < at), at]
        for low, high in pairwise(inside):
            following = bisect_right(cuts, low)
            if last is not None and following != last:
                pieces.append(0.0)
            last = following
            pieces[-1] += (high - low) * by_letter
    return pieces


def _letters(text: str) -> str:
    return "".join(clean(text).split())
