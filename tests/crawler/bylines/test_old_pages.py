"""Pages that know no headings: a line set larger or bold, a byline under it, and the text, parted by line breaks."""

import pytest

from crawler.bylines.old_pages import with_headings
from crawler.markup.tree import gathered, parse
from tests.counting import calls
from tests.crawler.stories import FERRY, read

TITLE = "Second ferry sails from April"
BR, PS = "<br><br>".join(FERRY), "".join(f"<p>{text}" for text in FERRY)


def page(story: str, *, title: str = "The Coast Post Online") -> str:
    menu = "<td width=120 bgcolor=#cccccc><a href=/>Home</a><br><a href=/news>News</a><br><a href=/sport>Sport</a></td>"
    return (
        f"<html><head><title>{title}</title></head><body bgcolor=white><table width=600><tr>{menu}<td>{story}</td></tr>"
        "</table></body></html>"
    )


@pytest.mark.parametrize(
    "story",
    [
        f"<font size=5>{TITLE}</font><br>by Mara Lind<br>{BR}",
        f"<font size=+2><b>{TITLE}</b></font><br><i>By Mara Lind</i><br>{PS}",
        f"<center><b>{TITLE}</b></center><br>By Mara Lind<br><br>{BR}",
        f"<center><big>{TITLE}</big><br>By Mara Lind</center>{PS}",
        f"<b>{TITLE}</b><br>By Mara Lind, 3 May 1998<br>{BR}",
        f"<p><font size=5>{TITLE}</font><br><font size=2>By Mara Lind</font></p>{PS}",
        f"<table><tr><td><font size=5>{TITLE}</font><tr><td>by Mara Lind<tr><td>{BR}</table>",
        f"<span style='font-size:24px'>{TITLE}</span><br>Von Mara Lind<br>{BR}",
        f"<img src=h.gif alt='{TITLE}'><br>by Mara Lind<br>{BR}",
        f"<h1><img src=h.gif alt='{TITLE}'></h1><p>by Mara Lind<p>{BR}",
    ],
)
@pytest.mark.parametrize("title", ["The Coast Post Online", TITLE])
def test_headline_author_and_text_are_told_apart(story: str, title: str) -> None:
    article = read(page(story, title=title)).article
    assert article.headline == TITLE
    assert [author.name for author in article.authors] == ["Mara Lind"]
    assert article.body == "\n\n".join(FERRY)


def test_a_line_with_a_date_and_who_reports_under_a_large_line_is_its_byline() -> None:
    byline = "<font size=2 color=gray>입력 2026년 11월 29일 10:00 &nbsp; 이도윤 기자</font><hr>"
    article = read(page(f"<font size=5><b>{TITLE}</b></font><br>{byline}<font size=3>{BR}</font>")).article
    assert article.headline == TITLE
    assert [author.name for author in article.authors] == ["이도윤"]
    assert article.body == "\n\n".join(FERRY)


@pytest.mark.parametrize(
    ("story", "headline"),
    [
        (f"<b>{TITLE}</b><br>{BR}", "The Coast Post Online"),  # no byline under it
        (f"<b>{TITLE}</b><br>By the old pier the crew waits.<br>{BR}", "The Coast Post Online"),
        (f"<p>So it was. <b>{TITLE}</b><br>By Mara Lind<br>{BR}", "The Coast Post Online"),  # amid a text
        (
            f"<h1>The ferry sails again</h1>{PS}<p><b>{TITLE}</b><br>By Mara Lind<br>",
            "The ferry sails again",
        ),
    ],
)
def test_a_line_without_a_byline_amid_a_text_or_beside_a_heading_is_no_headline(story: str, headline: str) -> None:
    assert read(page(story)).article.headline == headline


def test_a_list_of_such_lines_has_no_headline() -> None:
    entries = "".join(f"<p><b>{TITLE} {n}</b><br>By Mara Lind<br>{text}" for n, text in enumerate(FERRY))
    assert read(page(entries)).article.headline == "The Coast Post Online"


def test_lines_in_each_other_are_read_as_far_as_a_line_goes() -> None:
    nested = f"<div><b>{TITLE}</b>" * 100 + "<p>word word word word " * 5_000
    tree = parse(page(nested).encode(), "utf-8")
    assert tree is not None
    parts = gathered(tree)
    assert with_headings(tree, parts)[0] is tree
    assert calls(lambda: with_headings(tree, parts)) < 2_000 * 100  # a quarter of it; not all that is in each of them


@pytest.mark.parametrize("site", ["{} | The Coast Post", "{} - The Coast Post", "{} » Coast"])
def test_a_large_line_that_the_title_says_beside_its_sites_name_is_the_headline(site: str) -> None:
    markup = page(f"<b>The Coast Post</b><p><font size=5>{TITLE}</font><p>3 May 1998<p>{BR}", title=site.format(TITLE))
    article = read(markup).article
    assert article.headline == TITLE


def test_the_sites_name_in_bold_is_no_headline() -> None:
    markup = page(f"<p><b>The Coast Post</b></p><p>{BR}", title="A ferry - The Coast Post")
    assert read(markup).article.headline != "The Coast Post"


@pytest.mark.parametrize(
    "large", ["<font size=5><b>{}</b></font>", "<big>{}</big>", "<span style='font-size:24px'>{}</span>"]
)
@pytest.mark.parametrize("line", [TITLE, "渡船の冬支度", "渡船到港"])
def test_the_only_large_line_is_the_headline_where_the_title_is_what_a_link_to_the_front_page_shows(
    large, line
) -> None:
    story = f"<tr><td>{large.format(line)}<tr><td>3 May 1998<tr><td>{BR}"
    whole = "<title>Reed Isle</title><table><tr><td><a href=/>{}</a>" + story + "{}</table>"
    assert read(whole.format("Reed Isle", "")).article.headline == line
    assert read(whole.format("Home", "")).article.headline == "Reed Isle"
    assert read(whole.replace(line, "渡船").format("Reed Isle", "")).article.headline == "Reed Isle"
    second = f"<tr><td>{large.format('Tide comes in at noon')}<tr><td>{BR}"
    assert read(whole.format("Reed Isle", second)).article.headline == "Reed Isle"
