"""The elements that several readers look for are found alike with and without the compiled kernel."""

import random

import pytest
from lxml import etree

from crawler.body.rules import named
from crawler.markup import marked
from crawler.markup import tree as module
from crawler.markup.blocks import segment
from crawler.markup.marked import is_author_link
from crawler.markup.tree import gathered, parse
from tests.crawler.markup.test_compiled import page

HEADS = (
    "<meta name=a content=b itemprop=author>", "<link rel=x>", "<script>1</script>", "<title>t</title>",
    "<base href=/>", "<h1>h</h1>", "<h2 itemprop='headline name'>k</h2>", "<p itemprop>", "<svg><title>s</title></svg>",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_elements_are_gathered_alike(monkeypatch, kernel, seed) -> None:
    draw = random.Random(seed)
    root = parse(page(draw, 50) + "".join(draw.choices(HEADS, k=20)).encode() + page(draw, 50))
    assert root is not None
    root.set("itemprop", "of the root, which is not within the tree")
    found = []
    for each in (None, kernel):
        monkeypatch.setattr(module, "installed", lambda each=each: each)
        found.append(gathered(root))
    for name in module._LOOKED_FOR:
        if name == "itemprop":
            continue
        assert [*found[0].of(name)] == [*found[1].of(name)] == [*root.iter(name)]
    assert [*found[0].having("itemprop")] == [*found[1].having("itemprop")]
    assert root not in found[1].having("itemprop")


def test_a_tree_with_comments_is_gathered_by_python(monkeypatch, kernel) -> None:
    root = etree.fromstring("<html><!-- a --><h1>b</h1></html>")
    assert kernel.gathered(root, {"h1": 1}) is None
    monkeypatch.setattr(module, "installed", lambda: kernel)
    assert [each.text for each in gathered(root).of("h1")] == ["b"]


def test_every_address_of_an_author_has_one_of_the_parts_that_are_looked_for() -> None:
    for name in marked._AUTHORS:
        assert is_author_link(f"https://gazette.example/{name.upper()}/ana")
        assert f"/{name}" in marked._IN_LINKS


def test_parts_that_nothing_could_have_are_refused(kernel) -> None:
    root = parse(b"<p>a")
    for parts in ((("",), ()), (("a",), ()), (("ab",) * 513, ()), (("\ud800",), ()), ((1,), ())):
        with pytest.raises((ValueError, TypeError)):
            kernel.marked(root, {}, len, len, parts, 9)


def test_texts_that_may_hold_a_part_are_found(kernel) -> None:
    texts = ["", "x by-Line", "byline", "bylin", "AUTHOR", "au", "thor", "é", "co\x00author"]
    assert kernel.holding(texts, ("by-line", "byline", "author")) == [1, 2, 4, 7, 8]
    with pytest.raises(UnicodeEncodeError):
        kernel.holding(["\ud800"], ("ab",))
    with pytest.raises(TypeError):
        kernel.holding([1], ("ab",))


def test_texts_that_may_hold_a_part_are_found_as_python_finds_them(kernel) -> None:
    draw = random.Random(4)
    for _ in range(2_000):
        parts = tuple("".join(draw.choices("ab-_z", k=draw.randint(2, 4))) for _ in range(draw.choice((1, 3, 8))))
        texts = ["".join(draw.choices("abAB-_Zz" + "é" * (n % 3 == 0), k=draw.randint(0, 7))) for n in range(9)]
        wanted = [n for n, text in enumerate(texts) if not text.isascii() or any(map(text.lower().__contains__, parts))]
        assert kernel.holding(texts, parts) == wanted, (texts, parts)


def test_boxes_are_known_by_their_names_alike(monkeypatch, kernel) -> None:
    words = sorted(named._OF_WORD)
    draw = random.Random(3)
    for _ in range(20):
        names = [
            draw.choice(("x-{}", "Big{}", "{} b", "{}x", "é{}", "")).format(draw.choice(words).title())
            for _ in range(80)
        ]
        markup = "".join(f"<div class='{name}'>" + "</div>" * draw.randrange(2) for name in names)
        root = parse(f"<p>{markup}".encode())
        assert root is not None
        blocks, found = segment(root), []
        for each in (None, kernel):
            monkeypatch.setattr(named, "installed", lambda each=each: each)
            found.append(named.boxes_of(blocks, range(len(blocks))))
        assert found[0] == found[1]
