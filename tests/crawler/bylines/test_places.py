"""A name that stands alone under the headline or behind the story signs it; other short lines do not."""

import pytest

from tests.crawler.bylines.test_authors_of_pages import article


def signers(**parts: str) -> list[str]:
    return [author.name for author in article(**parts).authors]


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("en", "<p>Nora Oakes</p>", "Nora Oakes"),
        ("de", "<div>Jana Brandt</div>", "Jana Brandt"),
        ("es", "<p><strong>Inés Robledo</strong></p>", "Inés Robledo"),
    ],
)
def test_a_name_alone_under_the_headline_or_behind_the_story_is_the_author(language, line, name):
    assert signers(byline=line, language=language) == [name]
    assert signers(after=line, language=language) == [name]


def test_who_wrote_a_comment_is_no_author_of_the_story() -> None:
    written = "<div class='comments-body'>Posted by: Nora Oakes</div>"
    assert signers(after=written) == []
    assert signers(after=written.replace("comments-body", "post-body")) == ["Nora Oakes"]
    assert signers(byline=written.replace("comments-body", "social-comments")) == ["Nora Oakes"]


def test_a_dash_before_a_line_behind_the_story_signs_it():
    assert signers(after="<p>— Orsolya Wessely</p>") == ["Orsolya Wessely"]
    assert signers(byline="<p>— Orsolya Wessely</p>") == []


@pytest.mark.parametrize(
    "line",
    [
        "<p>Climate Change</p>",
        "<h2>Nora Oakes</h2>",
        "<p><a href='/tag/nora-oakes'>Nora Oakes</a></p>",
        "<ul><li>Nora Oakes</li></ul>",
        "<figure><figcaption>Nora Oakes</figcaption></figure>",
        "<p>Nora Oakes said so</p>",
        "<div class='lead-caption'>Nora Oakes</div>",
        "<p class='testimonial-name'>Nora Oakes</p>",
        "<div class='related'><p>Nora Oakes</p></div>",
    ],
)
def test_other_short_lines_name_nobody(line):
    assert signers(byline=line) == []
    assert signers(after=line) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "4 min read · Nora Oakes"),
        ("en", "12 mins ago • Nora Oakes"),
        ("de", "Lesezeit: 4 Minuten | Nora Oakes"),
        ("fr", "4 min de lecture – Nora Oakes"),
        ("ru", "4 мин. чтения | Nora Oakes"),
        ("ja", "読了時間:約4分 Nora Oakes"),
        ("en", "By Nora Oakes @noraoakes"),
        ("en", "Words: Nora Oakes | Pictures: Peter Groom"),
        ("de", "Reportage: Nora Oakes"),
    ],
)
def test_the_time_to_read_an_account_and_a_label_are_no_part_of_the_name(language, line):
    assert signers(byline=f'<div class="byline">{line}</div>', language=language) == ["Nora Oakes"]
