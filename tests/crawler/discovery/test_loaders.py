"""A list that goes on by a script: where it goes on is found, and said where no address says it."""

import json
from datetime import UTC, datetime

import pytest

from corpus.model import UrlKind
from crawler.discovery.home import read_section

HOST = "https://gazette.example"
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def listing(content: str, address: str = HOST + "/news"):
    return read_section(content.encode(), address, charset="utf-8", kind=UrlKind.SECTION, now=NOW)


def goes_on(page: str) -> str | None:
    following = listing(f"<html><body>{page}</body></html>").next
    return following.removeprefix(HOST) if following else None


def buttons(page: str) -> list[str]:
    found = listing(f"<html><body>{page}</body></html>").left_out
    return [item.url.removeprefix(HOST) for item in found if item.reason == "by-button"]


@pytest.mark.parametrize(
    "markup",
    [
        "<div data-next-url='/api/list?p=2'></div>",
        "<ul data-infinite-scroll-url='/api/list?p=2'></ul>",
        "<main data-load-more='/api/list?p=2'></main>",
        "<button data-url='/api/list?p=2'>Load more stories</button>",
        "<button data-href='/api/list?p=2'>Mehr laden</button>",
        "<button formaction='/api/list?p=2'>加载更多</button>",
        "<a href='#' class='btn load-more' data-ajax-url='/api/list?p=2'>+</a>",
        "<div hx-get='/api/list?p=2' hx-trigger='revealed'></div>",
        "<script class=load-more src='/a'></script><button data-url='/api/list?p=2'>Load more</button>",
        "<button class=more-posts hx-get='/api/list?p=2'>Mwy</button>",
    ],
)
def test_a_list_goes_on_at_the_address_that_its_script_asks(markup):
    assert goes_on(markup) == "/api/list?p=2"
    assert goes_on(markup + "<a rel=next href='/news/page/2'>2</a>") == "/news/page/2"  # a link is believed before it
    assert goes_on(markup.replace("/api/", "https://other.example/")) is None
    assert goes_on(markup.replace("/api/list?p=2", "/news")) is None


@pytest.mark.parametrize(
    "markup",
    [
        "<div data-url='/share'>Share</div>",
        "<button data-url='/login'>Sign in</button>",
        "<div data-next='true'></div>",
        "<div data-more='Read the whole story'></div>",
        "<div hx-get='/menu' hx-trigger='click'></div>",
        "<script id=load-more-js src='/assets/load-more.js'></script>",
        "<link rel=stylesheet id=infinite-scroll-css href='/assets/style'>",
        "<span class=load-more><img class=load-more-wait src='/wait?size=20'></span>",
        "<div class=infinite-scroll data-src='/wait.gif'></div>",
        "<div class=slides data-next='/pictures/2.JPG'></div>",
    ],
)
def test_what_loads_anything_else_continues_no_list(markup):
    assert goes_on(markup) is None
    assert buttons(markup) == []


def test_a_list_that_goes_on_where_no_crawl_can_ask_says_so():
    form = "<form method=post action='/more'><input type=hidden name=offset value=10><button>{}</button></form>"
    for words in ("Load more stories", "Mehr laden", "Cargar más", "もっと見る"):
        assert buttons(form.format(words)) == ["/more"]
        assert buttons(f"<button>{words}</button>") == ["/news"]
    assert buttons(form.format("Send")) == []
    assert buttons("<button>Menu</button><a class=load-more href='/archive'>All</a>") == []
    assert buttons("<button>Load more</button><a rel=next href='/news/page/2'>2</a>") == []


STORIES = [
    {"headline": f"The baker of {n}", "url": f"/2026/11/0{n}/the-baker-of-island-{n}", "id": n} for n in range(1, 4)
]
ADDRESSES = [HOST + str(each["url"]) for each in STORIES]


@pytest.mark.parametrize(
    ("data", "following"),
    [
        ({"items": STORIES, "next": "/api/list?page=3"}, "/api/list?page=3"),
        (
            {"data": {"posts": [{"node": each} for each in STORIES]}, "links": {"next": {"href": "?page=3"}}},
            "/api/list?page=3",
        ),
        ({"results": STORIES, "next_page": 3}, "/api/list?page=3"),
        (STORIES, None),
        ({"results": STORIES, "next_page": 2}, None),
        ({"html": "".join(f"<a href='{each['url']}'>{each['headline']}</a>" for each in STORIES)}, None),
        ({"items": [*STORIES, {"name": "Ana", "avatar": "/a.png"}, {"url": "/about"}], "next": None}, None),
    ],
)
def test_a_list_in_json_names_its_stories_and_where_it_goes_on(data, following):
    found = listing(json.dumps(data), HOST + "/api/list?page=2")
    assert [item.url for item in found.found if item.kind is UrlKind.ARTICLE] == ADDRESSES
    assert found.next == (HOST + following if following else None)


def test_a_fragment_of_markup_names_its_stories_and_where_it_goes_on():
    fragment = "".join(f"<div><a href='{each['url']}'>{each['headline']}</a></div>" for each in STORIES)
    found = listing(fragment + "<button data-url='/ajax?page=3'>Load more</button>", HOST + "/ajax?page=2")
    assert [item.url for item in found.found] == ADDRESSES
    assert found.next == HOST + "/ajax?page=3"


@pytest.mark.parametrize("data", ["{", "[" * 100_000, '{"a": 1}', "[1, 2]", '{"url": 3, "title": {}}', "null"])
def test_data_of_any_shape_is_a_list_of_nothing(data):
    assert listing(data).found == ()


def test_a_card_that_a_script_makes_a_link_of_is_one_where_it_shows_words():
    story = "/2026/11/04/the-baker-of-island-4"
    for card in (
        f"<div onclick=\"location.href='{story}'\"><h3>The baker puts out</h3></div>",
        f'<article onclick="window.open(&quot;{story}&quot;)"><h3>The baker puts out</h3></article>',
        f"<li data-href='{story}'><h3>The baker puts out</h3></li>",
    ):
        assert [item.url for item in listing(f"<html><body>{card}</body></html>").found] == [HOST + story]
    for other in (
        f"<div class=like data-href='{story}'></div>",
        "<div onclick='toggle(this)'><h3>The baker puts out</h3></div>",
        f"<div data-href='https://other.example{story}'><h3>The baker puts out</h3></div>",
    ):
        assert listing(f"<html><body>{other}</body></html>").found == ()


def test_the_stories_of_a_page_that_a_script_fills_are_those_of_its_data():
    data = json.dumps({"props": {"posts": STORIES, "menu": [{"title": "About us", "url": "/about"}]}, "x": "-" * 200})
    script = f"<script id=__NEXT_DATA__ type='application/json'>{data}</script>"
    assert [item.url for item in listing(f"<html><body>{script}</body></html>").found] == ADDRESSES
    shown = f"<a href='{STORIES[0]['url']}'>The baker</a>"
    assert [item.url for item in listing(f"<html><body>{shown}{script}</body></html>").found] == ADDRESSES[:1]


def test_what_is_not_read_of_a_list_in_data_is_said():
    many = [{"headline": "The baker", "url": f"/2026/11/01/the-baker-of-island-{n}"} for n in range(1, 1002)]
    read = listing(json.dumps({"posts": many, "next": 3}), HOST + "/news?page=2")
    assert len(read.found) == 1000
    assert read.notes == ("the first 1,000 of 1,001 entries were read",)
    assert read.next == HOST + "/news?page=3"
    assert listing(json.dumps({"posts": many[:1000]})).notes == ()
    assert listing(json.dumps([{}] * 50_000)).notes == ("only the first 50,000 values of its data were looked at",)
    assert listing(json.dumps([{}] * 49_999)).notes == ()
    markup = {"html": ["<a href='/a'>x</a><a href='#!/b'>y</a>", "<!-- <a href='/c'> -->"]}
    assert listing(json.dumps(markup)).notes == ("1 of its links were not looked at",)
    script = f"<script type='application/json'>{json.dumps({'x': '-' * 200})}</script>"
    assert listing(f"<html><body>{script * 21}</body></html>").notes == (
        "only the first 20 values of its data were looked at",
    )
    assert listing(f"<html><body>{script * 20}</body></html>").notes == ()


def test_a_number_of_a_page_that_no_list_has_ends_it():
    assert listing(json.dumps({"posts": STORIES, "next": 3}), HOST + f"/news?page={'9' * 5000}").next is None
