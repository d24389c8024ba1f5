"""The compiled kernel cuts trees into blocks, and finds marked elements and long tags, as Python does."""

import random
import sys
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree

from crawler.markup import blocks, compiled, marked, tags, tree
from crawler.markup.blocks import Blocks, segment
from crawler.markup.tree import parse

ATTRIBUTES = (
    'class="byline x"', "class=Author", "class=''", "class", "id='date-1'", "itemprop=author", "rel=author", "hidden",
    'style="Display: NONE"', "style='ddisplay:none'", "aria-hidden=true", "aria-hidden=false", "data-type=ü",
    "data-qa='Foot\u00a0note'", "href=#fn1", "href=/author/ana", "href='?author=7'", "href", "role=note",
    "data-testid=a&amp;b", f"class='{'é' * 280}' id='{'x' * 300}'", "src=a.png", "xml:lang=de", "a:class=b",
)  # fmt: skip
TEXTS = (
    "Words of a story. ", "\n", " \t ", "\u00a0", "1", "*", "[edit]", "[1]", "Überschrift", "中文。", "\u2028line", "|",
    " | ", "a\u3000b", "&#x85;", "&#x1d;", "\u202f", "x" * 90, "&lt;b&gt;", "𝔘nicode", "é\u0301", "\u205f",
)  # fmt: skip
OFTEN = "p p div a a span span li td tr table br br b h2 sup ins x-y g:h".split()
TAGS = [*sorted({*tags.ROLE, *tags.TELLING, *tags.MENUS, *tags.PREFORMATTED, *tags.CELLS, *tags.IMAGES}), *OFTEN]


def page(draw: random.Random, size: int) -> bytes:
    """Markup of tags that nest, and often do not."""
    parts = ["<!doctype html><html><body>" if draw.random() < 0.9 else ""]
    for _ in range(size):
        tag, kind = draw.choice(TAGS), draw.random()
        if kind < 0.45:
            parts.append(f"<{tag} {' '.join(draw.sample(ATTRIBUTES, draw.choice((0, 0, 1, 2))))}>")
        elif kind < 0.75:
            parts.append(f"</{tag}>")
        parts.append(draw.choice(TEXTS) if draw.random() < 0.6 else "")
    return "".join(parts).encode()


def both(monkeypatch, kernel, read):
    """What a function says with Python, and with the kernel."""
    answers = []
    for found in (None, kernel):
        for module in (compiled, marked, tree):
            monkeypatch.setattr(module, "installed", lambda found=found: found)
        answers.append(read())
    return answers


def of(cut: Blocks) -> dict[str, object]:
    return {each.name: (getattr(cut, each.name), [*map(type, getattr(cut, each.name))]) for each in fields(Blocks)}


@pytest.mark.parametrize("seed", range(60))
def test_pages_of_every_shape_are_cut_alike(monkeypatch, kernel, seed) -> None:
    draw = random.Random(seed)
    for size in (0, 3, 40, 400):
        root = parse(page(draw, size))
        if root is None:
            continue
        slow, fast = both(monkeypatch, kernel, lambda root=root: segment(root))
        assert of(slow) == of(fast)
        slow, fast = both(monkeypatch, kernel, lambda root=root: list(marked._marked_inline(root)))
        assert slow == fast


@pytest.mark.parametrize("limit", ["MAX_BLOCKS", "MAX_ELEMENTS", "MAX_CHARS", "MAX_IMAGES"])
def test_pages_are_cut_off_at_the_same_place(monkeypatch, kernel, limit) -> None:
    for most in (1, 2, 7, 30):
        monkeypatch.setattr(blocks, limit, most)
        for seed in range(10):
            root = parse(page(random.Random(seed), 200))
            slow, fast = both(monkeypatch, kernel, lambda root=root: segment(root))
            assert of(slow) == of(fast)
    monkeypatch.setattr(marked, "MAX_INLINE", 9)
    root = parse(page(random.Random(1), 200))
    assert root is not None
    slow, fast = both(monkeypatch, kernel, lambda: list(marked._marked_inline(root)))
    assert slow == fast


def test_marks_and_menus_are_left_out_by_the_kernel(monkeypatch, kernel) -> None:
    markup = b"""<nav><h1>Title<a href=#t>#</a> <a href=#e>[edit]</a></h1></nav><nav>Menu</nav>
        <button><p>Body</p></button>
        <p>Word<sup>1</sup> and<sup><a href=#n>2</a></sup> <span class=footnote>[3]</span> <span class=note>three</span>
        <table><tr><td>a<td>2</table><pre> x\n  y</pre><p>one<br>two<noscript><img src=a></noscript>"""
    root = parse(markup)
    assert root is not None
    slow, fast = both(monkeypatch, kernel, lambda: segment(root))
    assert fast.texts == ["Title", "Body", "Word and three", "a | 2", "x y", "one two"]
    assert (fast.lines, len(fast.images)) == ({4: " x\n  y", 5: "one\ntwo"}, 1)
    assert fast.texts == slow.texts


def test_trees_with_comments_or_of_other_kinds_are_read_by_python(monkeypatch, kernel) -> None:
    for markup in (
        "<body><p>a<!-- b -->c</p></body>",
        "<body><p>a<?b c?>d</p></body>",
        "<body><s:p xmlns:s='t'>a</s:p></body>",
    ):
        root = etree.fromstring(markup)
        slow, fast = both(monkeypatch, kernel, lambda root=root: segment(root))
        assert of(slow) == of(fast)
        monkeypatch.setattr(compiled, "installed", lambda: kernel)
        assert compiled.cut(root, ("", ""), (9, 9, 9, 9)) is None


def test_what_is_no_element_is_refused(kernel) -> None:
    things: tuple[Any, ...] = (None, "body", b"", object())
    for thing in things:
        with pytest.raises(TypeError):
            compiled._blocks(kernel, thing, ("", ""), (9, 9, 9, 9))
        with pytest.raises(TypeError):
            kernel.marked(thing, {}, len, len, ((), ()), 9)


def test_an_error_in_a_callback_is_passed_on(kernel) -> None:
    def fails(*_: object) -> bool:
        raise LookupError

    root = parse(b"<p>a<sup>1</sup><a class=xx href=yy>b</a><table><tr><td>c<td>d</table>")
    with pytest.raises(LookupError):
        kernel.marked(root, marked._facts(), fails, fails, (("xx",), ("yy",)), 9)
    for callbacks in ((fails, bool, str, str, tuple), (bool, fails, str, str, tuple)):
        with pytest.raises((LookupError, TypeError)):
            kernel.blocks(root, compiled._facts(), *callbacks, ("", ""), (99, 99, 99, 9))


@pytest.mark.parametrize("error", [ValueError, TypeError, KeyError, AttributeError])
def test_a_kernel_that_does_not_know_the_lxml_here_is_left_aside(error) -> None:
    def blocks(*_: object) -> None:
        raise error

    assert not compiled._reads(SimpleNamespace(blocks=blocks))


@pytest.mark.parametrize("seed", range(20))
def test_pages_are_scanned_alike(monkeypatch, kernel, seed) -> None:
    draw = random.Random(seed)
    parts = ("<a ", "<", ">", '"', "'", "b", " ", "</p>", "<1", "é", "x" * 30, "\n")
    rare = ("</html", "</HTML>", "</htm", "\x0b", "\x1f", "\x08", "\x0c", "\x7f")
    more = draw.sample(rare, draw.choice((0, 1, 2)))
    markup = "".join(draw.choices((*parts * 5, *more), k=draw.choice((0, 1, 5, 2_000)))).encode()
    for longest in (0, 3, 40, 8_000):
        monkeypatch.setattr(tree, "_LONG_TAG", longest)
        slow, fast = both(monkeypatch, kernel, lambda: tree._scan(markup))
        assert slow == fast
        assert slow.end == markup.find(b"</html")
        assert slow.has_controls is any(code in markup for code in tree._CONTROLS)
        assert slow.behind(markup).encode() == (markup[slow.end :] if slow.end >= 0 else b"")


@pytest.mark.parametrize(
    ("module", "switch", "is_used"),
    [
        (None, "on", False),
        (SimpleNamespace(PAGES=compiled.PAGES + 1), "on", False),
        (SimpleNamespace(PAGES=compiled.PAGES, blocks=lambda *_: None), "on", False),
        ("built", "on", True),
        ("built", "off", False),
    ],
)
def test_a_kernel_of_other_functions_or_another_lxml_is_left_aside(
    monkeypatch, kernel, module, switch, is_used
) -> None:
    monkeypatch.setitem(sys.modules, "pressmark_kernel", kernel if module == "built" else module)
    monkeypatch.setenv("PRESSMARK_KERNEL", switch)
    assert (compiled.installed.__wrapped__() is not None) is is_used


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_tag_of_many_values_is_measured_whole_and_what_follows_an_open_quote_is_seen(
    monkeypatch, kernel, quote
) -> None:
    tag = b"<a " + b"x='' " * 9_001 + b">"
    open_ = b"<b " + b"x" * 9_000 + b" title=" + quote.encode()
    markup = tag + b"<p>text</p>" + open_ + b"<i " + b"y" * 9_000 + b">"
    slow, fast = both(monkeypatch, kernel, lambda: tree._scan(markup).long_tags)
    at = len(tag) + len(b"<p>text</p>")
    assert slow == fast
    assert slow == [
        (0, len(tag)),
        (at, at + len(open_) - 1),
        (at + len(open_), len(markup)),
    ]
