"""What is said twice and what comes after a story, each limit from both sides."""

from dataclasses import replace

import pytest

from crawler.body.classify import Verdict
from crawler.body.rules import tails
from crawler.body.rules.story import Cues
from tests.crawler.body.rules import dropped, of, story
from tests.crawler.body.test_classify import HAFEN
from tests.crawler.stories import FERRY, MILL, page, paragraphs, read


def test_a_long_paragraph_said_twice_is_a_copy() -> None:
    for length, is_copy in ((200, True), (199, False)):
        markup = f"<p>{of(length)}</p><p>Between.</p><p>{of(length)}</p>"
        assert dropped(tails.copies, markup) == ([2] if is_copy else [])


def test_a_run_of_lines_said_twice_is_a_copy_when_it_is_long_enough() -> None:
    first = "x" * 180
    for length, is_copy in ((20, True), (19, False)):
        run = f"<p>{first}</p><p>{'y' * length}</p>"
        assert dropped(tails.copies, f"{run}<p>Between.</p>{run}") == ([3, 4] if is_copy else [])


def test_lines_said_again_in_another_order_are_no_run() -> None:
    a, b = f"<p>{'x' * 150}</p>", f"<p>{'y' * 150}</p>"
    assert dropped(tails.copies, f"{a}{b}<p>Between.</p>{a}{b}") == [3, 4]
    assert dropped(tails.copies, f"{a}{b}<p>Between.</p>{b}{a}") == []
    assert dropped(tails.copies, f"{a}<p>One.</p>{b}<p>Two.</p>{a}{b}") == []


def test_the_tail_opens_with_a_label_after_most_of_the_story() -> None:
    label = "Related posts"
    for before, is_tail in ((700, True), (699, False)):
        markup = f"<p>{of(before)}</p><p>{label}</p><p>{of(1_000 - before - len(label))}</p>"
        assert dropped(tails.tail, markup) == ([1, 2] if is_tail else [])


def test_the_label_of_a_tail_has_a_length() -> None:
    for more, is_tail in ((0, True), (1, False)):
        label = "About the author" + "." * (43 + more)
        assert dropped(tails.tail, f"<p>{of(900)}</p><p>{label}</p>") == ([1] if is_tail else [])


def test_headings_nothing_follows_go_unless_they_are_the_points_of_a_list() -> None:
    story, point = f"<p>{of(900)}</p>", "<h3>Take a coat</h3>"
    assert dropped(tails.tail, story + point * 2) == list(range(1, 3))
    assert dropped(tails.tail, story + point * 3) == []
    assert dropped(tails.tail, story + point * 2 + "<h2>More</h2>") != []
    assert dropped(tails.tail, story + point * 2 + "<h3><a href=/x>A story</a></h3>") != []
    for plain, are_points in ((10, True), (9, False)):  # of 20 characters, 10 of them a link
        linked = f"<h3><a href=/x>{'x' * 10}</a>{'y' * (plain + 1)}</h3>"
        assert (dropped(tails.tail, story + linked * 3) == []) is are_points


def test_a_page_of_headings_alone_keeps_them() -> None:
    assert dropped(tails.tail, "<h2>One</h2><h2>Two</h2>") == []


def test_lines_behind_the_story_that_say_when_or_repeat_the_byline_are_no_part_of_it() -> None:
    cues = Cues(byline="By Mara Lind", dated=frozenset({"Updated 6 May 2024, 11:00", "最終更新 2024年5月6日"}))
    for line in ("Updated 6 May 2024, 11:00", "最終更新 2024年5月6日", "By Mara Lind"):
        assert dropped(tails.closing, f"<p>{of(300)}</p><p>{line}</p>", cues) == [1]
        assert dropped(tails.closing, f"<p>{line}</p><p>{of(300)}</p>", cues) == []
    assert dropped(tails.closing, f"<p>{of(300)}</p><p>Mara Lind was there.</p>", cues) == []
    assert dropped(tails.closing, f"<p>{of(300)}</p><p>Ana Ruiz</p>") == []


@pytest.mark.parametrize(
    ("chosen", "chance", "out"),
    [
        ((0, 4), 0.59, [4]),
        ((0, 4), 0.6, []),  # the model is sure
        ((0, 3), 0.59, []),  # near what stands before it
        ((0, 4, 7), 0.59, []),  # near what stands behind it
        ((0, 4, 8), 0.59, [8]),  # half of the story must stand before
        ((4, 8), 0.59, [8]),  # the first block stands before the story
    ],
)
def test_what_stands_apart_behind_the_story_is_none_of_it(
    chosen: tuple[int, ...], chance: float, out: list[int]
) -> None:
    whole = story("".join(f"<p>{of(120)}</p>" for _ in range(9)))
    chances = tuple(0.9 if n == 0 else chance for n in range(9))
    assert list(tails.apart(replace(whole, verdict=Verdict(chosen, chances)))) == out


@pytest.mark.parametrize(("first", "is_out"), [(240, True), (239, False)])
def test_what_stands_apart_goes_only_when_half_of_the_story_is_before_it(first: int, *, is_out: bool) -> None:
    whole = story(f"<p>{of(first)}</p>" + "<p>Menu</p>" * 4 + f"<p>{of(240)}</p>")
    verdict = Verdict((0, 5), (0.9, 0.1, 0.1, 0.1, 0.1, 0.5))
    assert list(tails.apart(replace(whole, verdict=verdict))) == ([5] if is_out else [])


@pytest.mark.parametrize(
    ("chosen", "chances", "out"),
    [
        ((0, 1, 2), (0.9, 0.35, 0.9), []),
        ((0, 1), (0.9, 0.35, 0.9), [1]),
        ((1, 2, 3), (0.9, 0.35, 0.9, 0.39), [1, 3]),
        ((1,), (0.9, 0.35, 0.9), []),
        ((), (0.9, 0.35, 0.9), []),
    ],
)
def test_what_needs_a_part_of_the_story_on_both_sides_goes_with_either(
    chosen: tuple[int, ...], chances: tuple[float, ...], out: list[int]
) -> None:
    whole = story("".join(f"<p>{of(120)}</p>" for _ in chances))
    assert list(tails.loose(replace(whole, verdict=Verdict(chosen, chances, limit=0.4)))) == out


TEASERS = {
    "en": (
        FERRY,
        " ".join(MILL),
        ("Old photographs from the harbour", "What the council decides in May", "Where the ferry sleeps in winter",
         "A season ticket for everyone", "Walks along the northern shore"),
    ),
    "de": (
        HAFEN,
        "Eine Mühle, die dreihundert Jahre lang Mehl mahlte, wird als Museum wieder öffnen, teilten die neuen Besitzer"
        " mit. Sie kauften das Haus im Juni bei einer Versteigerung, und am ersten Sonntag jedes Monats drehen sich die"
        " Steine wieder.",
        ("Alte Bilder aus dem Hafen", "Was der Rat im Mai entscheidet", "Wo die Fähre im Winter liegt",
         "Eine Dauerkarte für alle", "Wege am nördlichen Ufer"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", TEASERS)
def test_the_text_of_another_story_among_links_is_out_in_any_language(language: str) -> None:
    own, other, titles = TEASERS[language]
    links = "".join(f"<li><a href=/x{n}>{title}</a></li>" for n, title in enumerate(titles))
    box = f"<div><ul class=menu>{links}</ul><div class=box><p>{other}</p></div><ul class=menu>{links}</ul></div>"
    found = read(page(f"<article><h1>Second ferry sails</h1>{paragraphs(*own)}</article>{box}"), explain=True)
    assert found.article.body == "\n\n".join(own)
    assert any(dropped.text == other and "apart from the story" in dropped.reason for dropped in found.dropped)
