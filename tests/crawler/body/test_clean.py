# ruff: noqa: E501 - a page stands on one line
"""What cleaning takes out of a story's blocks, and what it leaves."""

import pytest

from crawler.body.boilerplate import fingerprints
from tests.crawler.stories import FERRY, MILL, article, body, page, paragraphs, read


def story(before: str = "", *, middle: str = "", after: str = "") -> str:
    """The ferry story in one element, with markup before, in the middle of and after it."""
    text = before + paragraphs(*FERRY[:4]) + middle + paragraphs(*FERRY[4:]) + after
    return page(f"<div class=story>{text}</div>")


def test_headline_byline_caption_and_date_before_the_story_are_no_body() -> None:
    heads = "<h2>Second ferry sails from April</h2><p>By Mara Lind-</p><p>Mara Lindt</p><p>March 3, 2026</p>"
    assert body(story(heads)) == list(FERRY)


def test_a_caption_under_a_picture_is_no_body() -> None:
    assert body(
        story(
            middle="<figure><img src=p><figcaption>The pier, seen from the north. Photo: L. Aas</figcaption></figure>"
        )
    ) == list(FERRY)


def test_a_link_to_another_story_within_the_text_is_no_body() -> None:
    assert body(
        story(middle="<p>READ ALSO: <a href=/pier>Divers found cracks in the pier last autumn</a></p>")
    ) == list(FERRY)


def test_a_sentence_that_contains_a_link_stays() -> None:
    linked = 'Read more than one page of <a href="/report">the engineer’s report</a> and you will sail soon, she said.'
    assert "the engineer’s report" in read(story(middle=f"<p>{linked}</p>")).article.body


def test_advertisement_lines_are_no_body() -> None:
    assert body(story(middle="<p>Advertisement</p>")) == list(FERRY)


def test_what_follows_related_posts_is_no_body() -> None:
    assert body(story(after="<p>Related posts</p>")) == list(FERRY)
    assert body(story(after=f"<h3>Related posts</h3><p>{MILL[0]}</p>")) == list(FERRY)


def test_a_paragraph_said_twice_is_kept_once() -> None:
    assert body(story(after=paragraphs(*FERRY))) == list(FERRY)


def test_a_box_that_is_not_shown_is_no_body() -> None:
    box = "<div style='display:none'><p>You have read five stories. Join 40,000 readers and support us today.</p></div>"
    assert body(story(middle=box)) == list(FERRY)


def test_a_story_that_is_hidden_until_a_script_shows_it_is_kept() -> None:
    assert body(page(f"<div style='display:none' class=story>{paragraphs(*FERRY)}</div>")) == list(FERRY)


def test_what_recurs_on_the_sources_pages_is_no_body() -> None:
    line = "The Courier is printed on Thursdays, and can be had in every shop of the islands for twelve crowns."
    markup = article(line)
    assert line in read(markup).article.body
    again = read(markup, boilerplate=frozenset(fingerprints([line, "A line that does not stand on this page."])))
    assert line not in again.article.body
    assert again.recurring == fingerprints([line])
    assert read(markup).recurring == ()


def test_explain_names_the_rule() -> None:
    dropped = read(story(after="<p>Related posts</p>"), explain=True).dropped
    assert [d.reason.split(" (")[0] for d in dropped if d.text == "Related posts"] in (
        ["after the story's end"],
        ["short line"],
    )


@pytest.mark.parametrize(
    "label",
    ["<a href=/edit>edit</a>", "<a href=/e>Bearbeiten</a> | <a href=/q>Quelltext</a>", "<a href=/all>Alle anzeigen</a>", "<a href=/e>編集</a>"],
)  # fmt: skip
def test_a_link_beside_a_heading_in_a_box_of_the_two_is_no_body(label: str) -> None:
    box = f"<div class=head><h2>What it will cost the council</h2><span>{label}</span></div>"
    found = body(story(middle=box))
    assert [text for text in found if text not in FERRY] == ["What it will cost the council"]


def test_a_line_said_twice_stays_in_an_interview() -> None:
    answer = "“I would not say that, no,” she answered, and looked out of the window."
    asked = (
        "Did you ever think of leaving the northern island for good, as so many of your friends have done?",
        "And would you let your brother sail the ferry if the harbour office asked him to do it next winter?",
    )
    talk = paragraphs(asked[0], answer, asked[1], answer)
    assert body(story(middle=talk)).count(answer) == 2


def test_points_of_a_list_that_are_headings_stay_at_the_end() -> None:
    points = "".join(f"<h3>{point}</h3>" for point in ("Take a coat along", "Leave the car at home", "Pay on board"))
    assert body(story(after=points))[-3:] == ["Take a coat along", "Leave the car at home", "Pay on board"]
