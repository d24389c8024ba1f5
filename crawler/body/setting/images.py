"""Blocks, and those chosen -> the images that stand among them: address, caption, and between which blocks.

An image is left out when its size says that it is a mark or a pixel, or when it stands in a box or a link of its own
whose text is no part of the story; so is a drawing that its page calls decoration, and a small square one named after
who wrote: each is counted. A `noscript` gives an image where its page shows one by a script
alone, not a second time where the image beside it has an address. No image is ever loaded.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml import etree

from corpus.structure.values import Span, SpanKind
from crawler.body.setting.addresses import text_within, web_address
from crawler.body.setting.bounds import MAX_IMAGES, TOO_MANY_IMAGES
from crawler.markup.blocks import Blocks
from crawler.markup.reading import naming
from crawler.markup.tags import BIT

MAX_ICON = 48  # pixels, in both directions; a smaller image is a mark
MAX_BESIDE = 200  # pixels; the picture of who wrote is not larger, nor a drawing that is decoration
LEAD = 12  # blocks before the story in which a figure is the story's own

_APART = BIT["aside"] | BIT["footer"] | BIT["form"]
_FIGURE, _FIGCAPTION = BIT["figure"], BIT["figcaption"]
# Where an image has one of the first, its `src` is what is shown until a script loads the image itself.
_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-srcset", "src", "srcset")
_OF_A_WRITER = re.compile(
    r"g?ravatar|avatar|(?<![a-z])(?:author|autor|auteur)(?!i)|autrice|byline|head-?shot|mug-?shot|columnist|contributor",
    re.I,
)
_PIXELS = re.compile(r"\s*(\d{1,5})(?:px)?\s*")


def image_spans(
    blocks: Blocks, placed: Sequence[tuple[int, int, str]], base: str, left_out: Counter[str]
) -> list[Span]:
    """Return the images of a text; what is left out is counted in `left_out` by its reason."""
    numbers = [n for n, _, _ in placed]
    found: dict[str, Span] = {}
    if not numbers:
        return []
    near = range(numbers[0] - LEAD, numbers[-1] + 2)
    unscripted = [block in near and _is_in_noscript(node) for block, _, node in blocks.images]
    doubled = {(block, owner) for (block, owner, _), within in zip(blocks.images, unscripted, strict=True) if within}
    addressed = {(block, owner) for (block, owner, node), within in zip(blocks.images, unscripted, strict=True)
                 if not within and (block, owner) in doubled and web_address(_source(node), base)}  # fmt: skip
    for (block, owner, node), within in zip(blocks.images, unscripted, strict=True):
        if block not in near:
            left_out["images of other parts of the page"] += 1
            continue
        if why := _foreign(blocks, numbers, block, owner, node, unscripted=within):
            left_out[why] += 1
            continue
        if within and (block, owner) in addressed:
            left_out["images of a noscript that stand beside it"] += 1
            continue
        address = web_address(_source(node), base)
        if address is None:
            left_out["images without a web address"] += 1
        elif _is_decoration(blocks, owner, node, address):
            left_out["drawings that their page calls decoration"] += 1
        elif address in found:
            left_out["images that the text has already"] += 1
        elif len(found) >= MAX_IMAGES:
            left_out[TOO_MANY_IMAGES] += 1
        else:
            at = _place(placed, bisect_left(numbers, block))
            caption = None if _is_captioned(blocks, numbers, owner) else _caption(node)
            found[address] = Span(SpanKind.IMAGE, at, at, address=address, caption=caption)
    return list(found.values())


def _foreign(
    blocks: Blocks, numbers: list[int], block: int, owner: int, node: etree._Element, *, unscripted: bool
) -> str | None:
    """Return why an image is none of the story's; None: it is. `unscripted`: it stands in a `noscript`."""
    within = blocks.within[owner] if owner >= 0 else 0
    width, height = _pixels(node.get("width")), _pixels(node.get("height"))
    if width is not None and height is not None and max(width, height) <= MAX_ICON:
        return "images of the size of a mark or a pixel"
    if width is not None and width == height and width <= MAX_BESIDE and _is_named_after_a_writer(node):
        return "portraits of who wrote"
    if unscripted and naming(node)[1]:
        return "images of a noscript that nobody sees"
    if within & _APART or (owner >= 0 and blocks.hidden[owner]):
        return "images in boxes beside the text"
    if within & _FIGURE:
        return None
    if block < numbers[0] or block > numbers[-1]:
        return "images before or behind the text"
    if _is_linked(node):
        return "images in links"
    first, end = (blocks.first[owner], blocks.end[owner]) if owner >= 0 else (0, 0)
    low = bisect_left(numbers, first)
    has_chosen = low < len(numbers) and numbers[low] < end
    return "images in boxes beside the text" if end > first and not has_chosen else None


def _is_decoration(blocks: Blocks, owner: int, node: etree._Element, address: str) -> bool:
    """Whether an image is a drawing, as its address says, and decoration, as its page says; never one in a figure."""
    if (owner >= 0 and blocks.within[owner] & _FIGURE) or not urlsplit(address).path.lower().endswith(
        (".svg", ".svgz")
    ):
        return False
    if (node.get("role") or "").strip().lower() in {"none", "presentation"} or node.get("aria-hidden") == "true":
        return True
    sizes = [size for size in (_pixels(node.get("width")), _pixels(node.get("height"))) if size is not None]
    return node.get("alt") == "" and bool(sizes) and max(sizes) <= MAX_BESIDE  # else a chart that nobody described


def _is_named_after_a_writer(node: etree._Element) -> bool:
    around = (node, *(above for above, _ in zip(node.iterancestors(), range(4), strict=False)))
    return any(_OF_A_WRITER.search(naming(each)[0]) for each in around if each.tag not in {"article", "main", "body"})


def _place(placed: Sequence[tuple[int, int, str]], index: int) -> int:
    """Return the place before a chosen block: between the two line breaks that part it from the one before."""
    if index == 0:
        return 0
    _, start, text = placed[index - 1]
    end = start + len(text)
    return end if index == len(placed) else min(end + 1, placed[index][1])


def _source(node: etree._Element) -> str:
    for name in _SOURCES:
        written = (node.get(name) or "").strip()
        if written and not written.startswith("data:") and "{" not in written:  # a pattern that a script fills in
            return _largest(written) if name.endswith("srcset") else written
    return ""


def _largest(written: str) -> str:
    """Return the address of the largest image of a srcset; at most its first 50 are looked at."""
    parts = [part.split() for part in re.split(r",\s+", written[:20_000])[:50]]
    return max((part for part in parts if part), key=_width, default=[""])[0]


def _width(part: list[str]) -> float:
    found = re.fullmatch(r"(\d{1,5}(?:\.\d{1,3})?)[wx]", part[1]) if len(part) > 1 else None
    return float(found[1]) if found else 0.0


def _pixels(written: str | None) -> int | None:
    found = _PIXELS.fullmatch(written or "")
    return int(found[1]) if found else None


def _is_in_noscript(node: etree._Element) -> bool:
    above = node.getparent()
    for _ in range(8):
        if above is None:
            break
        if above.tag == "noscript":
            return True
        above = above.getparent()
    return False


def _is_linked(node: etree._Element) -> bool:
    return any(above.tag == "a" for above, _ in zip(node.iterancestors(), range(4), strict=False))


def _is_captioned(blocks: Blocks, numbers: list[int], element: int) -> bool:
    """Whether the caption of an image's figure is a part of the text."""
    while element >= 0 and blocks.tags[element] != "figure":
        element = blocks.parents[element] if blocks.within[element] & _FIGURE else -1
    if element < 0:
        return False
    low, high = (bisect_left(numbers, side[element]) for side in (blocks.first, blocks.end))
    return any(blocks.within[blocks.owners[n]] & _FIGCAPTION for n in numbers[low:high])


def _caption(node: etree._Element) -> str | None:
    """Return the caption of an image's figure, or its description."""
    figure = next(
        (above for above, _ in zip(node.iterancestors(), range(8), strict=False) if above.tag == "figure"), None
    )
    printed = text_within(figure.find(".//figcaption")) if figure is not None else None
    return printed or text_within(node.get("alt"))
