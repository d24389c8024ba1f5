"""A name that stands alone under the headline or behind the story signs it; other short lines do not."""

import pytest

from tests.crawler.bylines.test_authors_of_pages import BODY
from tests.crawler.bylines.test_authors_of_pages import names as signers
from tests.crawler.stories import read


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


def test_the_foot_of_an_article_says_who_wrote_it_and_no_other_foot_does() -> None:
    def of(foot: str, behind: str = "") -> list[str]:
        page = f"<title>The baker</title><main><article><h1>The baker</h1>{BODY}{foot}</article>{behind}</main>"
        return [author.name for author in read(page).article.authors]

    line = "<footer><div class=bio><p>{}</p></div></footer>"
    assert of(line.format("Egilea: <b>Nora Oakes</b>")) == ["Nora Oakes"]
    assert of(line.format("By Nora Oakes")) == ["Nora Oakes"]
    assert of("", line.format("By Nora Oakes")) == []
    assert of(line.format("By providing my address I am consenting")) == []
    assert of(f"<div class=related-stories>{line.format('By Nora Oakes')}</div>") == []


def test_what_stands_between_headline_and_story_heads_it_whatever_it_is_called() -> None:
    for name in ("footer", "article-footer", "credit", "credits"):
        by = f"<div class='{name}'><p>3 May 2024 | <span class=writer>Orsolya Wessely</span></p></div>"
        assert signers(byline=by) == ["Orsolya Wessely"], name
    photo = "<div class='photo-credit'><span class=writer>Orsolya Wessely</span></div>"
    assert signers(byline=photo) == []


def test_a_name_beside_a_date_above_the_headline_signs_and_one_without_a_date_does_not() -> None:
    def of(above: str, story: str = "") -> list[str]:
        page = f"<title>The baker</title><main><article>{above}<h1>The baker</h1>{story}{BODY}</article></main>"
        return [author.name for author in read(page).article.authors]

    told = "<p>The bakers of the whole island say that Nora Oakes will be heard by the council before the winter.</p>"
    assert of("<div>Nora Oakes</div><div>3 May 2024</div>", told) == []  # what stands there is the story's subject
    assert of("<div>Nora Oakes</div><div>3 May 2024</div>") == ["Nora Oakes"]
    assert of("<ul><li>Nora Oakes</li><li>3 May 2024</li><li>4 min read</li></ul>") == ["Nora Oakes"]
    assert of("<div>Nora Oakes</div><div>Shop</div>") == []
