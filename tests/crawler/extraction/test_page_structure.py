"""What repeats on a page: entries of one shape, dated posts, and links below its own address."""

import numpy as np
import pytest

from crawler.body.classify import frame_of
from crawler.extraction.page_structure import MAX_LINKS, Group, Structure, page_structure
from crawler.markup.blocks import segment
from crawler.markup.tree import parse
from tests.crawler.stories import FERRY, MILL, paragraphs

HERE = "https://mill.example/courses/"


def structure(body: str, links: tuple[str, ...] = (), address: str = HERE, first: int = 0) -> Structure:
    """Return what repeats on a page whose blocks from `first` on are its story."""
    anchors = "".join(f"<a href='{link}'></a>" for link in links)
    tree = parse(f"<html><body>{body}{anchors}</body></html>".encode())
    assert tree is not None
    frame = frame_of(segment(tree))
    return page_structure(frame, np.arange(frame.count) >= first, tree, address)


def entries(name: str, line: str, times: int) -> str:
    return "".join(
        f'<div class="card n{n}"><h3><a href="/courses/{n}">{name} number {n}</a></h3><p>{line}</p></div>'
        for n in range(times)
    )


@pytest.mark.parametrize(("name", "line"), [("Basket weaving", "Ten evenings."), ("Korbflechten", "Zehn Abende.")])
def test_entries_of_one_shape_are_counted_whatever_numbers_their_names_have(name: str, line: str) -> None:
    found = structure(entries(name, line, 12)).entries
    assert (found.count, found.share, found.of_story) == (12, 1.0, 1.0)
    assert found.linked == pytest.approx(0.65, abs=0.1)  # its name is a link, its line is none
    assert structure(entries(name, line, 2)).entries == Group()


@pytest.mark.parametrize("day", ["posted 3 March 2026", "geschrieben am 3. März 2026, 09:10 Uhr (Today)"])
def test_posts_that_are_dated_one_by_one_make_a_thread(day: str) -> None:
    posts = "".join(f'<div class="post-{n}"><p>{day}</p><p>{FERRY[n % len(FERRY)]}</p></div>' for n in range(6))
    found = structure(posts)
    assert found.posts == Group(6, 1.0, 1.0)
    assert found.entries == Group()  # nothing is linked


def test_nameless_elements_are_alike_only_beside_each_other() -> None:
    entry = "<div><h3><a href=/a>Basket weaving</a></h3><p>Ten evenings.</p></div>"
    assert structure(f"<section>{entry * 3}</section>").entries.count == 3
    assert structure(f"<section>{entry}</section>" * 3 + entry).entries.count == 3  # the sections, not their entries


def test_an_answer_within_a_post_is_one_more_post_but_no_more_text() -> None:
    inner = '<div class="post"><p>3 March 2026</p><p>No, nobody has.</p></div>'
    found = structure(f'<div class="post"><p>2 March 2026</p><p>Has anyone?</p>{inner}</div>' * 3)
    assert found.posts == Group(6, 1.0, 1.0)


@pytest.mark.parametrize("story", [FERRY, MILL])
def test_paragraphs_of_a_story_are_no_entries(story: tuple[str, ...]) -> None:
    found = structure(f"<article><h1>Second ferry</h1>{paragraphs(*story)}</article>")
    assert found.entries == found.posts == Group()


def test_the_share_of_the_story_is_that_of_its_own_text() -> None:
    found = structure(f"<div>{entries('Weaving', 'Ten.', 5)}{paragraphs(*FERRY)}</div>", first=10).entries
    assert (found.count, found.of_story) == (5, 0.0)
    assert 0 < found.share < 0.5


@pytest.mark.parametrize(
    ("links", "below", "share"),
    [
        (("https://mill.example/courses/a", "https://www.mill.example/Courses/b/c?x=1"), 2, 1.0),
        (("a", "./a#part", "b/", "../about", "/"), 2, 0.5),
        (("https://mill.example/courses", "https://mill.example/courses/", "https://mill.example/coursesx/a"), 0, 0.0),
        (("https://mill.example/courses/?page=2", "https://mill.example/?/courses/a"), 0, 0.0),
        (("https://other.example/courses/a", "https://other.example/mill.example/courses/a"), 0, 0.0),
        (("mailto:a@mill.example", "javascript:x()", "https://[", "#a", ""), 0, 0.0),
        ((), 0, 0.0),
    ],
)
def test_links_below_the_own_address_are_counted(links: tuple[str, ...], below: int, share: float) -> None:
    found = structure("<p>Courses</p>", links)
    assert (found.below, found.below_share) == (below, share)


def test_the_base_of_a_page_says_where_its_links_lead() -> None:
    tree = parse(b"<html><head><base href=/courses/></head><body><p>Courses</p><a href=a></a></body></html>")
    assert tree is not None
    frame = frame_of(segment(tree))
    assert page_structure(frame, np.ones(frame.count, bool), tree, "https://mill.example/courses").below == 1


def test_no_page_stands_below_the_front_page() -> None:
    assert structure("<p>Courses</p>", ("https://mill.example/a",), "https://mill.example/").below == 0


def test_links_past_the_limit_are_counted() -> None:
    links = tuple(f"https://mill.example/courses/{n:04}" for n in range(MAX_LINKS + 7))
    found = structure("<p>Courses</p>", links)
    assert (found.below, found.unread) == (MAX_LINKS, 7)
    assert structure("<p>Courses</p>", links[:MAX_LINKS]).unread == 0
