"""What is said twice and what comes after a story, each limit from both sides."""

from crawler.body.rules import tails
from crawler.body.rules.story import Cues
from tests.crawler.body.rules import dropped, of


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
