"""The compiled kernel makes the features of blocks as NumPy does, to the last bit, and refuses what does not fit."""

import random
from typing import cast

import numpy as np
import pytest
from lxml import etree

from crawler.body.classify import frame_of
from crawler.body.model import columns as by_kernel
from crawler.body.model import features as reading
from crawler.body.model import text_features
from crawler.body.model.classifier import model
from crawler.body.model.compiled import Kernel
from crawler.body.model.frame import Titles
from crawler.markup.blocks import Blocks, segment
from crawler.markup.hints import PageHints
from crawler.markup.tags import TELLING

TAGS = ("div", "p", "ul", "li", "article", "main", "h1", "h2", "table", "tr", "td", "section", "aside", "pre", "dl")
CLASSES = ("", "story body", "related-links", "byline", "nav menu", "ArticleBody main-text", "x")
GIVEN = "table lists measured facts tags names telling title total log1p".split()
WORDS = (
    "Read more",
    "The council met on Monday, and its 14 members agreed to go on.",
    "3 March",
    "a",
    "记者。",
    "Tags:",
)


def grown(draw: random.Random, parent: etree._Element, depth: int) -> None:
    """Elements of every kind in one another, with text before, within and behind them."""
    for _ in range(draw.choice((1, 2, 5))):
        child = etree.SubElement(parent, draw.choice(TAGS), {"class": draw.choice(CLASSES)})
        child.text = draw.choice(WORDS) * draw.choice((0, 1, 1, 3))
        if draw.random() < 0.3:
            link = etree.SubElement(child, draw.choice(("a", "b")), href="/x")
            link.text = draw.choice(WORDS)
        if depth and draw.random() < 0.7:
            grown(draw, child, depth - 1)
        child.tail = draw.choice(("", "", "behind it, a line."))


def page(seed: int) -> Blocks:
    draw = random.Random(seed)
    body = etree.Element("body")
    etree.SubElement(body, "p").text = "One line."
    inner = body
    for _ in range(draw.choice((0, 0, 3, 60))):
        inner = etree.SubElement(inner, draw.choice(TAGS))
    if seed % 10:
        grown(draw, inner, draw.choice((0, 2, 4)))
    return segment(body)


HINTS = PageHints(
    titles=("The council met", "Tags"), description="its members agreed", article_body="The council met on 3"
)


@pytest.mark.parametrize("seed", range(80))
@pytest.mark.parametrize("hints", [HINTS, PageHints(titles=(), description="", article_body="")])
def test_pages_of_every_shape_have_the_same_features(monkeypatch, kernel, seed, hints) -> None:
    blocks = page(seed)
    found = []
    for used in (None, kernel):
        for module in (reading, text_features):
            monkeypatch.setattr(module, "compiled", lambda used=used: used)
        found.append(reading.features(blocks, hints, model().name_scores))
        only = reading.features(blocks, hints, model().name_scores, only=model().features)
        assert (only[0], only[1].shape) == (list(model().features), (len(blocks), len(model().features)))
        at = [found[-1][0].index(name) for name in model().features]
        assert only[1].tobytes() == found[-1][1][:, at].tobytes()
    (names, slow), (same_names, fast) = found
    assert names == same_names
    for n, name in enumerate(names):
        assert slow[:, n].tobytes() == fast[:, n].tobytes(), name


def test_what_does_not_go_together_is_refused(kernel) -> None:
    """One list or array of a page is changed: too short, a block of no element, an element that stands in itself ..."""
    blocks = page(3)
    frame = frame_of(blocks)
    nothing = np.zeros(len(blocks))
    seen = []

    class Watch:
        def columns(self, *given):
            seen.append(given)

    tags, names = reading._scores(frame, model().name_scores)
    by_kernel.columns(cast(Kernel, Watch()), frame, Titles(nothing, nothing, nothing, -1), tags=tags, names=names)
    table, lists, measured, facts, tags, names, telling, title, total, log1p = seen[0]
    assert telling == len(TELLING)

    def refused(error=ValueError, **wrong):
        given = dict(zip(GIVEN, seen[0], strict=True)) | wrong
        with pytest.raises(error):
            kernel.columns(*given.values())

    def but(these, n, value):
        return (*these[:n], value, *these[n + 1 :])

    many, elements = len(blocks), len(blocks.tags)
    refused(table=table[1:])
    refused(table=np.zeros(3, np.float32))
    refused(TypeError, table=table.tobytes())
    for n in range(len(lists)):
        refused(lists=but(lists, n, lists[n][1:]))
        refused(lists=but(lists, n, []))
        refused(lists=but(lists, n, tuple(lists[n])))
        refused((TypeError, ValueError), lists=but(lists, n, [[]] * len(lists[n])))
    refused(lists=lists[1:])
    refused(OverflowError, lists=but(lists, 7, [1 << 70] * elements))
    refused(lists=but(lists, 3, [-1] * many))
    refused(lists=but(lists, 3, [elements] * many))
    refused(lists=but(lists, 6, list(range(elements))))
    refused(lists=but(lists, 10, [-1] * elements))
    refused(lists=but(lists, 10, [many + 1] * elements))
    refused(lists=but(lists, 11, [many + 1] * elements))
    for n in range(len(measured)):
        refused(measured=but(measured, n, measured[n][1:]))
    refused((TypeError, BufferError), measured=but(measured, 0, None))
    refused(measured=measured[1:])
    for wrong in (-1, 63, telling - 1):
        refused(telling=wrong)
    for wrong in (-2, many):
        refused(title=wrong)
    for wrong in (0.0, float("nan")):
        refused(total=wrong)
    refused(log1p=lambda numbers: numbers[1:])
    refused(TypeError, log1p=lambda numbers: None)
    refused(TypeError, tags=dict.fromkeys(tags, "x"))
    kernel.columns(table, lists, measured, facts, tags, names, telling, title, total, log1p)
