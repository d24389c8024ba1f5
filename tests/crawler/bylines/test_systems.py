"""How systems that make pages mark who wrote a story, and what they mark as if it were so."""

import pytest

from tests.crawler.bylines.test_authors_of_pages import BODY
from tests.crawler.bylines.test_authors_of_pages import names as signers
from tests.crawler.stories import read

NAME, DAY = "Orsolya Wessely", "3 May 2024"


def of(page: str) -> list[str]:
    return [author.name for author in read(f"<title>The baker</title><main>{page}</main>").article.authors]


@pytest.mark.parametrize(
    "line",
    [
        "<div class=meta>Submitted: <span class=username>{}</span> | 03/05/2024 - 21:39</div>",
        "<span><span class='field field--name-uid'><span>{}</span></span>, <time>3. May 2024</time></span>",
        "<div class='widget byline'><div class=author><span>By</span><span>{}</span></div></div>",
        "<div itemprop=author><b itemprop=name>{}</b><small itemprop=description>tale-bearer</small></div>",
        "<div>{}</div><div>of the isle</div><div>3 May 2024</div>",
        "<p>Author:: {}<br>Views: 8635</p>",
    ],
)
def test_marks_of_systems_say_who_wrote_a_story(line: str) -> None:
    assert signers(byline=line.format(NAME)) == [NAME]
    assert signers(byline=line.format("the harbour of the isle")) == []


def test_a_heading_that_labels_the_byline_is_no_name() -> None:
    section = "<section {}><b id=by-line>Pagal</b><ul><li>Author, <span>Orsolya Wessely</span></li></ul></section>"
    assert signers(byline=section.format("aria-labelledby=by-line")) == [NAME]
    assert signers(byline=section.format("")) == ["Pagal"]


@pytest.mark.parametrize(
    "line",
    [
        "<span class='byline post-labels'><a href='/label/x' rel=tag>{}</a></span>",
        "<a class=site-title rel=author href='/'>{}</a>",
        "<figure><figcaption>The baker. Reporter {}</figcaption></figure>",
        "<div class='card'><span class=author>{}</span></div>",
    ],
)
def test_what_a_story_is_about_whose_site_it_is_on_and_who_took_a_picture_sign_nothing(line: str) -> None:
    assert signers(byline=line.format(NAME)) == []


def test_an_author_stands_in_a_box_that_holds_the_headline_and_in_no_other() -> None:
    by = f"<div class=post-author>{NAME}</div>"
    assert of(f"<div class=feed-container><h1>The baker</h1>{BODY}{by}</div>") == [NAME]
    assert of(f"<div><h1>The baker</h1>{BODY}</div><div class=feed-container>{by}</div>") == []
    assert of(f"<div class='node node-promoted'><h1>The baker</h1><p class=author>{NAME}</p>{BODY}</div>") == [NAME]
    assert of(f"<div class=promoted><h1>The baker</h1><p class=author>{NAME}</p>{BODY}</div>") == []


def test_the_foot_of_an_entry_holds_what_is_marked_as_its_author() -> None:
    foot = f"<footer class='{{}}'><p><span class=author>{NAME}</span> {DAY}</p></footer>"
    for name in ("entry-footer", "post-footer"):
        assert of(f"<h1>The baker</h1>{BODY}{foot.format(name)}") == [NAME]
    assert of(f"<h1>The baker</h1>{BODY}{foot.format('page-foot')}") == []


def test_a_rare_name_behind_the_story_signs_with_a_role_under_it_or_in_a_cell_at_the_far_edge() -> None:
    card = "<div><div>{}</div><div>{}</div></div>"
    assert signers(after=card.format(NAME, "Reporter")) == [NAME]
    assert signers(after=card.format(NAME, "The harbour")) == []
    assert signers(after=f"<div>{NAME}</div><p>Reporter</p>".replace("<p>", "<section><p>")) == []
    assert signers(after=f"<table><tr><td align=right><i>{NAME}</i></td></tr></table>") == [NAME]


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("ko", "<div><span>정수연</span><span>입력 2026. 1. 9. 19:35</span></div>", "정수연"),
        ("zh", "<p>　　岛上 岛报记者 王小红</p>", "王小红"),
        ("ga", "<p class=author>Fergus Mac an Bhaird</p>", "Fergus Mac an Bhaird"),
        ("fr", "<div>Orsolya d'Aubin</div><div>3 mai 2024</div>", "Orsolya d'Aubin"),
    ],
)
def test_names_stand_beside_what_nothing_parts_from_them(language: str, line: str, name: str) -> None:
    assert signers(byline=line, language=language) == [name]
    assert signers(byline="<p class=author>Make an Impact</p>") == []
