# ruff: noqa: E501 - a page stands on one line
import re

import pytest

from crawler.extraction.headline import headline, standfirst
from crawler.markup.metadata import read_metadata
from crawler.markup.site_names import without_site
from crawler.markup.tree import gathered, parse


def found(html: str) -> str | None:
    tree = parse(html.encode())
    assert tree is not None
    address = "https://gazette.example/a"
    return headline(gathered(tree), read_metadata(tree, address), address=address)[0]


def test_a_heading_of_the_comments_is_no_headline() -> None:
    thoughts = "<section id=comments><h2>28 thoughts on “The baker puts out her oven”</h2></section>"
    page = (
        f"<html><title>The baker puts out her oven - Isle</title><body><h1><img src=a.png></h1>{thoughts}</body></html>"
    )
    assert found(page) == "The baker puts out her oven - Isle"


@pytest.mark.parametrize("link", ["<a name=top>", "<a id=top>", "<a href=''>"])
def test_a_link_without_an_address_leads_to_no_front_page(link: str) -> None:
    title = "<title>Fire | The Gazette Weekly</title>"
    assert found(f"{title}<h1>{link}Fire</a></h1>") == "Fire"
    assert found(f"{title}{link}<h1>Fire</h1></a>") == "Fire"
    assert found(f"{title}<a href=/>The Gazette Weekly</a><h1>{link}Fire</a></h1>") == "Fire"


@pytest.mark.parametrize("level", ["h1", "h2"])
def test_an_article_that_may_be_commented_on_keeps_its_headline(level: str) -> None:
    page = f"<title>The baker puts out the oven</title><article class='post comments-open'><{level}>The baker puts out her oven</{level}>"
    assert found(page) == "The baker puts out her oven"


def test_an_h3_that_is_named_as_a_headline_and_says_what_the_title_says_is_the_headline() -> None:
    page = "<title>Isle post: The baker puts out her oven</title><h1><a href='/'>Isle post</a></h1><h3 class='{}'>The baker puts out her oven</h3>"
    assert found(page.format("post-title entry-title")) == "The baker puts out her oven"
    assert found(page.format("widget-title")) == "Isle post: The baker puts out her oven"


@pytest.mark.parametrize(
    "beside", ["<span><a href='https://isle.example/'>(isle.example)</a></span>", "<a href='#c'>87</a>", "87", "·"]
)
def test_what_stands_beside_a_headings_link_is_left_where_the_link_says_what_a_title_says(beside: str) -> None:
    page = f"<title>The baker puts out her oven</title><h1><a href='/a'>The baker puts out {{}}</a> {beside}</h1>"
    assert found(page.format("her oven")) == "The baker puts out her oven"
    longer = found(page.format("an oven"))
    assert longer is not None
    assert longer.startswith("The baker puts out an oven ")  # no title says so: what the heading shows is the headline


@pytest.mark.parametrize(
    "title",
    [
        "Bridge closes | The Gazette",
        "The Gazette: Bridge closes",
        "Bridge closes - Gazette",
        "Bridge closes « gazette.example",
    ],
)
def test_the_site_s_name_is_cut_off_a_title(title: str) -> None:
    assert without_site(title, frozenset({"the-gazette", "gazette", "gazette-example"})) in {"Bridge closes", title}
    assert without_site("Bridge closes | The Gazette", frozenset({"the-gazette"})) == "Bridge closes"


def test_a_dash_within_a_headline_stays() -> None:
    assert without_site("Iron bridge - a history", frozenset({"the-gazette"})) == "Iron bridge - a history"


def test_the_heading_most_like_the_title_is_the_headline() -> None:
    html = "<title>Iron bridge closes to lorries - G</title><h1>The Gazette</h1><h1>Iron bridge closes to lorries</h1><h2>More</h2>"
    assert found(html) == "Iron bridge closes to lorries"


def test_the_printed_headline_is_believed_before_the_one_for_other_sites() -> None:
    html = '<meta property="og:title" content="Iron bridge closes to lorries on Monday"><h1>Iron bridge closes to lorries</h1>'
    assert found(html) == "Iron bridge closes to lorries"


def test_a_page_without_headings_has_its_title() -> None:
    assert found("<title>Iron bridge closes</title><p>x</p>") == "Iron bridge closes"


def test_a_page_that_names_itself_nowhere_has_no_headline() -> None:
    assert found("<p>x</p>") is None


def test_the_standfirst_does_not_repeat_the_headline() -> None:
    tree = parse(b'<meta name="description" content="Iron bridge closes to lorries"><p>x</p>')
    assert tree is not None
    metadata = read_metadata(tree, "https://gazette.example/a")
    assert standfirst(metadata, texts=[], headline="Iron bridge closes to lorries") == (None, None)


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<span>Hafen</span><span>Die Mauer wird höher</span>", "Hafen Die Mauer wird höher"),
        ("<strong>Live:</strong><span>the wall is raised</span>", "Live: the wall is raised"),
        ("<a href='/t'>Ville</a><span>Le mur du port sera relevé</span>", "Ville Le mur du port sera relevé"),
        ("<span>Порт</span><span>Стена станет выше</span>", "Порт Стена станет выше"),
        ("<span>الميناء</span><span>رفع الجدار</span>", "الميناء رفع الجدار"),
        ("<span>T</span>he wall is raised", "The wall is raised"),
        ("<span>W</span><span>a</span><span>l</span><span>l</span>", "Wall"),
        ("The foot<em>ball</em> ground floods", "The football ground floods"),
        ("The <b>harbour <i>wall</i></b> rises", "The harbour wall rises"),
        ("港の<span>防波堤</span><span>高くなる</span>", "港の防波堤高くなる"),
        ("One<br>Two", "One Two"),
    ],
)
def test_parts_of_a_heading_meet_as_words_do(markup: str, shown: str) -> None:
    assert found(f"<h1>{markup}</h1>") == shown


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Harbour wall is raised — Coast Post", "coast-post"),
        ("Harbour wall is raised ‒ Coast Post", "coast-post"),
        ("Harbour wall is raised ｜ Coast Post", "coast-post"),
        ("Harbour wall is raised¦Coast Post", "coast-post"),
        ("Harbour wall is raised ∙ Coast Post", "coast-post"),
        ("Harbour wall is raised // Coast Post", "coast-post"),
        ("港口的墙加高了_海岸邮报", "海岸邮报"),
        ("港口的墙加高了-海岸邮报", "海岸邮报"),
        ("港口的墙加高了｜海岸邮报", "海岸邮报"),
        ("港の防波堤が高くなる：海岸新聞", "海岸新聞"),
        ("항구 방벽을 높인다 - 해안일보", "해안일보"),
    ],
)
def test_the_site_s_name_is_cut_off_behind_any_dash_or_bar(title: str, outlet: str) -> None:
    cut = without_site(title, frozenset({outlet}))
    assert cut in {"Harbour wall is raised", "港口的墙加高了", "港の防波堤が高くなる", "항구 방벽을 높인다"}


def test_a_dash_between_japanese_letters_stays_where_no_site_is_named() -> None:
    assert without_site("東京－大阪を結ぶ船", frozenset({"海岸新聞"})) == "東京－大阪を結ぶ船"


def test_the_only_heading_that_leads_to_its_own_page_is_the_headline_where_the_title_is_the_sites() -> None:
    heading = "<h2 class=t><a href='{}'>The baker puts out her oven</a></h2>"
    page = f"<title>Isle post</title>{heading}<h2><a href='/b'>The ferry sails again</a></h2>"
    for own in ("/a", "https://gazette.example/a/", "/a#top"):
        assert found(page.format(own)) == "The baker puts out her oven"
    for other in ("/b", "/a?page=2", "https://isle.example/a"):
        assert found(page.format(other)) == "Isle post"
    for none in ("//[::1", "http://[", "//exa\u2100mple/"):  # no address at all
        assert found(page.format(none)) == "Isle post"
    twice = heading.format("/a") + heading.format("/a").replace("baker", "miller")
    assert found(f"<title>Isle post</title>{twice}") == "Isle post"


def test_a_heading_marked_as_headline_is_looked_at_at_any_level() -> None:
    page = "<title>Isle post: The baker puts out her oven</title><h3 {}>The baker puts out her oven</h3>"
    assert found(page.format("itemprop=headline")) == "The baker puts out her oven"
    assert found(page.format("itemprop=name")) == "Isle post: The baker puts out her oven"


@pytest.mark.parametrize(
    "badge", ["<span class=x>Exclusive</span> {}", "<b>Nur für Abonnenten:</b> {}", "{} <small>Sport</small>"]
)
@pytest.mark.parametrize("title", ["The baker puts out her oven", "The baker puts out her oven | Isle post"])
def test_a_part_of_a_heading_that_its_title_does_not_say_is_left_out(badge: str, title: str) -> None:
    page = f"<title>{title}</title><h1>{badge.format('The baker puts out her oven')}</h1>"
    assert found(page) == "The baker puts out her oven"
    whole = clean_of(badge.format("The baker puts out her oven"))
    assert found(page.replace(f"<title>{title}", f"<title>{whole}")) == whole
    assert found(page.replace(f"<title>{title}", "<title>The baker and her oven")) == whole


def test_a_number_is_no_badge_of_a_heading() -> None:
    page = "<title>Squad of the town | Isle post</title><h1>Squad of the town <span>{}</span></h1>"
    assert found(page.format("2024")) == "Squad of the town 2024"
    assert found(page.format("News")) == "Squad of the town"


def clean_of(markup: str) -> str:
    return re.sub("<[^<>]*>", "", markup)


def test_an_h3_that_says_how_the_title_begins_is_the_headline_where_no_other_heading_is_like_the_title() -> None:
    page = "<title>{} - Isle post</title><h1 class=logo>The island gazette</h1><h3>The baker puts out her oven</h3>"
    assert found(page.format("The baker puts out her oven")) == "The baker puts out her oven"
    assert found(page.format("Bread is dearer from Monday on")) == "The island gazette"
    thread = page.format("The baker puts out her oven") + "<h3>Re: The baker puts out her oven</h3>"
    assert found(thread) == "The island gazette"  # which posts say again
    commented = page.format("The baker puts out her oven").replace("<h3>", "<div id=comments><h3>")
    assert found(commented) == "The island gazette"


@pytest.mark.parametrize(
    ("title", "home", "shown"),
    [
        ("The baker puts out her oven | Reed Isle Bulletin", "Reed Isle Bulletin", "The baker puts out her oven"),
        ("Reed Isle Bulletin - The baker puts out her oven", "Reed Isle Bulletin", "The baker puts out her oven"),
        ("渡し場の冬支度 - 葦島だより", "葦島だより", "渡し場の冬支度"),
        ("The baker puts out her oven | Bulletin", "Home", "The baker puts out her oven | Bulletin"),
        ("Home bakers put out their oven - Isle", "Home", "Home bakers put out their oven - Isle"),
    ],
)
def test_what_a_link_to_the_front_page_shows_is_cut_off_an_end_of_the_title(title: str, home: str, shown: str) -> None:
    page = f"<title>{title}</title><p><a href='/'><b>{home}</b></a>"
    assert found(page) == shown
    assert found(page.replace("href='/'", "href='/about'")) == title


def test_a_title_that_is_the_sites_name_alone_is_no_headline_beside_the_only_h1() -> None:
    page = "<title>Reed Isle</title><a href='/'>{}</a><h1>Oven out</h1>"
    assert found(page.format("Reed Isle")) == "Oven out"
    assert found(page.format("Home")) == "Reed Isle"
    assert found(page.format("Reed Isle") + "<h1>Tide in</h1>") == "Reed Isle"
