"""What comes before a story is told from its beginning, each limit from both sides."""

import pytest

from crawler.body.rules import heads
from crawler.body.rules.story import Cues
from tests.crawler.body.rules import dropped, of

LEAD = f"<p>{of(200)}</p>"


@pytest.mark.parametrize("line", ["By Mara Lind", "Von Mara Lind", "Mara Lind"])
def test_a_byline_before_the_story_is_a_head(line: str) -> None:
    assert dropped(heads.heads, f"<p>{line}</p>{LEAD}") == [0]
    assert dropped(heads.heads, f"{LEAD}<p>{line}</p>") == []


def test_a_line_known_to_say_when_is_a_head_however_sure_the_judge_is() -> None:
    line = "Mis à jour le 3 mars 2026 à 14h05, publié le 2 mars 2026 à 09h10, heure de Paris"
    cues = Cues(dated=frozenset({line}))
    assert dropped(heads.heads, f"<p>{line}</p>{LEAD}", cues) == [0]
    assert dropped(heads.heads, f"{LEAD}<p>{line}</p>", cues) == []
    assert dropped(heads.heads, f"<p>{line}</p>{LEAD}") == []


def test_a_head_has_a_length() -> None:
    line = "By Mara Lind and " + "x" * 150
    assert dropped(heads.heads, f"<p>{line[:149]}</p>{LEAD}") == [0]
    assert dropped(heads.heads, f"<p>{line[:150]}</p>{LEAD}") == []


def test_another_short_line_is_a_head_when_the_judge_is_unsure_of_it() -> None:
    line = "x" * 59
    assert dropped(heads.heads, f"<p>{line}</p>{LEAD}", chance=0.79) == [0]
    assert dropped(heads.heads, f"<p>{line}</p>{LEAD}", chance=0.8) == []
    assert dropped(heads.heads, f"<p>{line}x</p>{LEAD}", chance=0.79) == []
    assert dropped(heads.heads, f"<h2>{line}</h2>{LEAD}", chance=0.5) == []
    assert dropped(heads.heads, f"<p>{line[:-1]}.</p>{LEAD}", chance=0.5) == []


def test_a_line_much_like_an_author_is_a_portraits_caption() -> None:
    cues = Cues(authors=("mara lind berg",))
    assert dropped(heads.heads, f"<p>mara with one two three four five six</p>{LEAD}", cues) == []  # 1 of 11 words
    assert dropped(heads.heads, f"<p>mara lind at the pier</p>{LEAD}", cues) == [0]  # 2 of 6
    assert dropped(heads.heads, f"<p>mara lind at the old pier</p>{LEAD}", cues) == []  # 2 of 7: under 0.3
    assert dropped(heads.heads, f"<p>x lind berg</p>{LEAD}", Cues(byline="berg lind x")) == [0]


def test_the_story_begins_with_its_first_prose() -> None:
    for length, is_lead in ((80, True), (79, False)):
        found = dropped(heads.heads, f"<p>{of(length)}</p><p>By Mara Lind</p>{LEAD}")
        assert found == ([] if is_lead else [1])
    linked = f"<p><a href=/x>{of(80)}</a></p>"
    assert dropped(heads.heads, f"{linked}<p>By Mara Lind</p>{LEAD}") == [1]
    half = "y" * 40
    for link, is_lead in ((f"{half}z", False), (half, True)):
        text = f"<p><a href=/x>{link}</a>{'w' * (80 - len(link))}.</p>"
        assert dropped(heads.heads, f"{text}<p>By Mara Lind</p>{LEAD}") == ([] if is_lead else [1])


def test_a_line_with_the_headlines_words_is_the_headline() -> None:
    cues = Cues(headline="one two three four")
    assert dropped(heads.headline, f"<h2>One, two, three!</h2>{LEAD}", cues) == [0]  # 3 of 4 words
    assert dropped(heads.headline, f"<h2>one two five</h2>{LEAD}", cues) == []
    assert dropped(heads.headline, f"<h2>one two three four five six</h2>{LEAD}", cues) == []  # 4 of 6
    assert dropped(heads.headline, f"{LEAD}<h2>one two three four</h2>", cues) == []
    assert dropped(heads.headline, f"<h2>one</h2>{LEAD}") == []


def test_the_standfirst_stands_among_the_first_blocks_and_is_less_than_half_of_the_text() -> None:
    said = of(120)
    rest = "<p>x.</p>"
    assert dropped(heads.standfirst, f"{rest * 2}<p>{said}</p>{LEAD}", Cues(standfirst=said)) == [2]
    assert dropped(heads.standfirst, f"{rest * 3}<p>{said}</p>{LEAD}", Cues(standfirst=said)) == []
    assert dropped(heads.standfirst, f"<p>{said}</p><p>{'y' * 120}</p>", Cues(standfirst=said)) == [0]
    assert dropped(heads.standfirst, f"<p>{said}</p><p>{'y' * 119}</p>", Cues(standfirst=said)) == []


def test_a_line_that_is_not_the_byline_is_no_head_for_it() -> None:
    assert dropped(heads.heads, f"<p>the pier at noon</p>{LEAD}", Cues(byline="By Mara Lind")) == []


def test_three_words_of_ten_are_like_an_author() -> None:
    line = "mara lind berg one two three four five six seven"
    assert dropped(heads.heads, f"<p>{line}</p>{LEAD}", Cues(authors=("mara lind berg",))) == [0]


def test_the_paragraph_the_story_begins_with_is_never_its_headline() -> None:
    assert dropped(heads.headline, LEAD, Cues(headline=of(200))) == []


def test_the_paragraph_the_story_begins_with_is_never_its_byline() -> None:
    assert dropped(heads.heads, f"<p>{of(100)}</p>", Cues(byline=of(100))) == []


@pytest.mark.parametrize("line", ["Mara Lind | Oslo", "Inés Robledo – Ginebra", "佐藤美咲", "佐藤 美咲", "김민수 기자"])
def test_a_name_with_its_place_and_a_short_name_in_chinese_letters_are_heads(line: str) -> None:
    assert dropped(heads.heads, f"<p>{line}</p>{LEAD}") == [0]
    assert dropped(heads.heads, f"<h2>{line}</h2>{LEAD}") == []


@pytest.mark.parametrize("line", ["橋の工事が始まる", "三月に工事。"])
def test_a_longer_line_or_one_with_a_stop_in_chinese_letters_is_none(line: str) -> None:
    assert dropped(heads.heads, f"<p>{line}</p>{LEAD}") == []


def test_byline_and_date_behind_a_standfirst_are_heads_where_the_story_follows() -> None:
    cues = Cues(byline="文・森田 環", dated=frozenset({"2026年3月3日"}))
    behind = "<p>文・森田 環</p><p>2026年3月3日</p>"
    assert dropped(heads.heads, LEAD + behind + f"<p>{of(400)}</p>", cues) == [1, 2]
    assert dropped(heads.heads, LEAD + behind + f"<p>{of(100)}</p>", cues) == []
    assert dropped(heads.heads, LEAD + f"<p>{of(100)}</p>" + behind + f"<p>{of(400)}</p>", cues) == []
