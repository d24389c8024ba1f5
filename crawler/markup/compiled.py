"""Is a compiled kernel with pages installed? -> its function, which cuts a tree into blocks as Python does; or None.

It reads lxml's trees in place: through lxml's public C interface, and the fields of libxml2's nodes. So it is tried on
a small page first, and left aside where it reads another text there.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Protocol, cast

from lxml import etree

from corpus.kernel import part
from crawler.markup import tags
from crawler.markup.marks import Mark, is_mark_in
from crawler.markup.reading import cut_at, in_lines, is_data_row

PAGES = 4  # the version of these functions; another one is not used

# What the kernel gets of a tag: its role in two bits, one bit a fact, then which tag of `tags.TELLING` it is.
_ROLES = {tags.CONTAINER: 0, tags.SKIP: 1, tags.TEXT: 2, tags.BREAK: 3}
_FACTS: tuple[Iterable[str], ...] = (
    {"a"}, tags.BOLD, tags.IMAGES, tags.CELLS, tags.HEADINGS, tags.PREFORMATTED, {"tr"}, {"ins"}, tags.MENUS,
    {tags.BUTTON}, tags.OF_STORY, tags.OF_PROSE, {"sup"}, {"span"}, {"small"}, {"noscript"}, {"img"}, tags.NAMING,
)  # fmt: skip
_FIRST_FACT, _TELLING = 2, 20  # bits


class Kernel(Protocol):
    """The functions of the kernel; those that read a tree return None for a tree that they cannot read."""

    def blocks(
        self,
        start: etree._Element,
        tags: Mapping[str, int],
        is_mark: Callable[[etree._Element | None, etree._Element, str], bool],
        is_row: Callable[[etree._Element], bool],
        in_lines: Callable[[str, bool], str],
        cut_at: Callable[[int, int, int], str],
        mark: type[tuple[Any, ...]],
        left_out: tuple[str, str],
        limits: tuple[int, int, int, int],
        /,
    ) -> tuple[Any, ...] | None:
        """Return the fields of `crawler.markup.blocks.Blocks`.

        Args:
            tags: What is known of a tag, and of the names of attributes that name an element.
            is_mark: Whether, in a heading or in none, an inline element of a tag is a mark to click on.
            is_row: Whether a table row holds figures.
            in_lines: A block's raw text, and whether it is preformatted -> it in lines, or nothing.
            cut_at: How far a page was read that is too large, in words: blocks, elements, characters.
            mark: Makes a link or cell of its element, its first piece, and the end of its pieces.
            left_out: The reasons why links and images are not noted.
            limits: Of blocks, elements, characters and images.
        """

    def marked(
        self,
        tree: etree._Element,
        names: Mapping[str, int],
        marks: Callable[[str], tuple[bool, bool]],
        is_author_link: Callable[[str], bool],
        parts: tuple[tuple[str, ...], tuple[str, ...]],
        most: int,
        /,
    ) -> list[tuple[etree._Element, str, bool, bool, bool]] | None:
        """Return the inline elements that `crawler.markup.marked` finds among the first of a tree.

        Args:
            names: Of tags and attributes, in bits: an inline tag, an attribute that names, a link, a time.
            marks: Whether names are of a byline, and whether of a date.
            parts: What names have one of that are of a byline or a date, and addresses of authors; in small letters.
            most: How many inline elements are looked at.
        """

    def gathered(
        self, tree: etree._Element, names: Mapping[str, int], /
    ) -> tuple[dict[str, list[etree._Element]], dict[str, list[etree._Element]]] | None:
        """Return the elements within a tree by their tag, and by an attribute that they have.

        Args:
            names: Of tags, in the first bit, and of attributes, in the second: these are wanted.
        """

    def holding(self, texts: list[str], parts: tuple[str, ...], /) -> list[int]:
        """Return which texts may hold one of some parts, in small letters or capitals, by their numbers, in order.

        Those with characters beyond ASCII may hold any.
        """

    def prints(self, texts: list[str], kinds: bytes, least: int, /) -> list[bytes | bool | None]:
        """Return the words of texts in small letters, as `crawler.body.boilerplate` makes fingerprints of them.

        None: there are fewer characters than `least`. False: there is one beyond the plane.

        Args:
            kinds: Of each character of the plane, what it is in a fingerprint.
        """

    def scan(self, markup: bytes, longest: int, /) -> tuple[list[tuple[int, int]], bool, int]:
        """Return what is plain of a page before it is parsed, as `crawler.markup.tree` says it."""


@cache
def installed() -> Kernel | None:
    """Return the kernel where it has these functions, and reads a small page as Python does."""
    kernel = cast(Kernel | None, part("PAGES", PAGES))
    return kernel if kernel is not None and _reads(kernel) else None


def _reads(kernel: Kernel) -> bool:
    """Whether a kernel finds the text and the names of a page: lxml may be another than those it was made for."""
    page = etree.fromstring("<body id=a><p class=b>One <a href=c>two</a></body>", etree.HTMLParser())
    try:
        read = _blocks(kernel, page[0], ("", ""), (9, 9, 99, 9))
    except (ValueError, TypeError, LookupError, AttributeError):  # an lxml without this interface, or with another
        return False
    return read is not None and (read[0], read[6], read[9]) == (["One two"], ["body", "p"], ["a", "b"])


def cut(start: etree._Element, left_out: tuple[str, str], limits: tuple[int, int, int, int]) -> tuple[Any, ...] | None:
    """Return the fields of the blocks of a part of a page; None: no kernel reads it. As `Kernel.blocks`."""
    kernel = installed()
    return None if kernel is None else _blocks(kernel, start, left_out, limits)


def _blocks(
    kernel: Kernel, start: etree._Element, left_out: tuple[str, str], limits: tuple[int, int, int, int]
) -> tuple[Any, ...] | None:
    return kernel.blocks(start, _facts(), is_mark_in, is_data_row, _in_lines, cut_at, Mark, left_out, limits)


def _in_lines(raw: str, preformatted: bool) -> str:
    return in_lines(raw, preformatted=preformatted)


@cache
def _facts() -> dict[str, int]:
    """Return what the kernel gets of each tag, and of the attributes that hold names."""
    found = {tag: _ROLES[role] for tag, role in tags.ROLE.items()}
    for n, named in enumerate(_FACTS):
        for tag in named:
            found[tag] = found.get(tag, 0) | 1 << (_FIRST_FACT + n)
    for n, tag in enumerate(tags.TELLING):
        found[tag] = found.get(tag, 0) | (n + 1) << _TELLING
    return found
