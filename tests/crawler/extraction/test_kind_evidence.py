"""What a page's kind is judged by is read from its data, its fields and its controls, each from where it stands."""

import json

import pytest

from crawler.body.classify import frame_of, judge
from crawler.extraction.fields import read_fields
from crawler.extraction.kind_evidence import KindEvidence, _controls, read_evidence
from crawler.markup.blocks import segment
from crawler.markup.hints import read_page_hints
from crawler.markup.jsonld_values import read_nodes
from crawler.markup.metadata import read_metadata
from crawler.markup.tree import gathered, parse_text
from crawler.markup.view import PageView
from crawler.values import Page
from tests.crawler.extraction.test_fixtures import FETCHED
from tests.crawler.stories import FERRY, paragraphs

URL = "https://courier.example/2026/second-ferry"


def evidence(head: str = "", body: str = "", *, url: str = URL, controls: bool = True) -> KindEvidence:
    """What is read from a page with a story in it."""
    markup = f"<html><head>{head}</head><body><h1>Second ferry</h1>{body}{paragraphs(*FERRY)}</body></html>"
    tree = parse_text(markup)
    assert tree is not None
    nodes, blocks = read_nodes(parts := gathered(tree)), segment(tree)
    chosen = judge(frame_of(blocks), read_page_hints(parts, nodes)).chosen
    page = Page(url=url, address=url, source="courier", content=markup.encode(), fetched=FETCHED)
    view = PageView(
        page=page,
        tree=tree,
        blocks=blocks,
        metadata=read_metadata(tree, page.address, parts, nodes=nodes),
        chosen=chosen,
    )
    return read_evidence(view, read_fields(view, parts), controls=controls)


def data(**node: object) -> str:
    return f"<script type=application/ld+json>{json.dumps(node)}</script>"


def controls(markup: str) -> tuple[tuple[str, ...], int, int]:
    tree = parse_text(f"<body>{markup}</body>")
    assert tree is not None
    return _controls(tree)


def test_a_page_without_controls_has_none_and_a_page_that_is_not_asked_for_them_neither() -> None:
    form = "<button>Agree</button><input type=password><a href=/x>x</a>"
    assert (evidence(body="").buttons, evidence(body="").asks, evidence(body="").links) == ((), 0, 0)
    asked = evidence(body=form)
    assert (asked.buttons, asked.asks, asked.links) == (("Agree",), 1, 1)
    spared = evidence(body=form, controls=False)
    assert (spared.buttons, spared.asks, spared.links) == ((), 0, 0)


@pytest.mark.parametrize(
    ("head", "is_article"),
    [
        (data(**{"@type": "NewsArticle", "headline": "Ferry", "datePublished": "2024-03-01"}), True),
        (data(**{"@type": "BlogPosting", "headline": "Ferry", "datePublished": "2024-03-01"}), True),
        (data(**{"@type": "NewsArticle", "headline": "Ferry"}), False),
        (data(**{"@type": "Event", "name": "Ferry", "datePublished": "2024-03-01"}), False),
        ("<meta property='article:published_time' content='2024-03-01'>", True),
        ("<meta name='dc.date.issued' content='2024-03-01'>", True),
        ("<meta property='article:modified_time' content='2024-03-01'>", False),
        ("", False),
    ],
)
def test_data_names_an_article_of_a_day_when_it_gives_the_day_it_came_out(head: str, is_article: bool) -> None:
    assert evidence(head).is_article is is_article


def test_a_page_names_its_day_in_its_data_in_print_or_in_its_address_alone() -> None:
    printed = evidence(body="<time datetime=2024-03-01>1 March 2024</time>")
    assert (printed.is_dated, printed.is_day_in_address) == (True, False)
    in_address = evidence(url="https://courier.example/2024/03/01/second-ferry")
    assert (in_address.is_dated, in_address.is_day_in_address) == (False, True)
    undated = evidence()
    assert (undated.is_dated, undated.is_day_in_address) == (False, False)


@pytest.mark.parametrize(
    ("free", "is_free", "is_locked"), [(True, True, False), (False, False, True), (None, False, False)]
)
def test_a_page_is_free_or_locked_only_when_it_says_so(free: bool | None, is_free: bool, is_locked: bool) -> None:
    said = {} if free is None else {"isAccessibleForFree": free}
    found = evidence(data(**{"@type": "NewsArticle", "headline": "Ferry", **said}))
    assert (found.is_free, found.is_locked) == (is_free, is_locked)


@pytest.mark.parametrize(
    ("head", "is_profile", "is_product"),
    [
        ("<meta property=og:type content=profile>", True, False),
        (data(**{"@type": "ProfilePage"}), True, False),
        ("<meta property=og:type content=product.item>", False, True),
        (data(**{"@type": "Product", "name": "A rope"}), False, True),
        (data(**{"@type": ["Product", "NewsArticle"], "headline": "A rope is tried"}), False, False),
        ("<meta property=og:type content=article>", False, False),
    ],
)
def test_data_says_that_a_page_is_about_a_person_or_a_thing_for_sale(head, is_profile, is_product) -> None:
    assert (evidence(head).is_profile, evidence(head).is_product) == (is_profile, is_product)


@pytest.mark.parametrize(
    ("head", "is_event"),
    [
        (data(**{"@type": "MusicEvent", "name": "Night of ropes"}), True),
        (data(**{"@type": "VideoObject", "name": "Ropes"}), True),
        (data(**{"@type": "PodcastEpisode", "name": "Ropes"}), True),
        (data(**{"@type": "JobPosting", "title": "Rope maker"}), True),
        ("<meta property=og:type content=video.other>", True),
        (data(**{"@type": ["NewsArticle", "VideoObject"], "headline": "A rope is tried"}), False),
        ("<meta property=og:type content=article>", False),
    ],
)
def test_data_says_that_a_page_is_about_an_event_or_a_recording_and_names_no_article(head, is_event) -> None:
    assert evidence(head).is_event is is_event


@pytest.mark.parametrize(
    ("path", "is_group"),
    [
        ("/avtor/ana-peres", True),
        ("/%E8%A8%98%E8%80%85/ana", True),
        ("/%D0%90%D0%B2%D1%82%D0%BE%D1%80/ana", True),  # with a capital
        ("/konu/kopru", True),
        ("/section/town/old-bridge-stays-open", False),
        ("/archive/old-bridge-stays-open", False),
        ("/author/mara-lind", True),
        ("/tag/ferries", True),
        ("/Thema/faehren/2", True),
        ("/news/tag", False),
        ("/news/a", False),
    ],
)
def test_an_address_names_the_page_of_an_author_or_a_tag(path: str, is_group: bool) -> None:
    assert evidence(url=f"https://courier.example{path}").is_group is is_group


def test_titles_are_those_of_the_data_and_then_of_the_title_element() -> None:
    head = "<title>Second ferry | Courier</title><meta property=og:title content='Second ferry sails'>"
    assert evidence(head).titles == ("Second ferry sails", "Second ferry | Courier")
    assert evidence().titles == ("Second ferry",)
    assert evidence("<meta name=robots content=noindex>").noindex
    assert not evidence().noindex


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<button>Agree  to all</button>", (("Agree to all",), 0, 0)),
        ("<input type=submit value=Agree><input type=button value=No>", (("Agree", "No"), 0, 0)),
        ("<input type=hidden value=Agree>", ((), 0, 0)),
        ("<a href=/x role=button>Agree</a>", (("Agree",), 0, 1)),
        ("<a href=/x class='btn main'>Agree</a>", (("Agree",), 0, 1)),
        ("<a href=/x class=mybtns>Agree</a>", ((), 0, 1)),
        ("<a>x</a><a href=''>x</a><a href=#top>x</a><a href=javascript:x>x</a><a href=/x>x</a>", ((), 0, 1)),
        ("<select><option>x</select><input type=PASSWORD><input type=date><input type=number>", ((), 4, 0)),
        ("<input type=email><input type=search>", ((), 0, 0)),
        (f"<button>{'x' * 79}</button><button>{'x' * 80}</button><button> </button>", (("x" * 79,), 0, 0)),
    ],
)
def test_buttons_questions_and_links_are_counted(markup: str, found: tuple) -> None:
    assert controls(markup) == found


def test_a_page_of_too_many_buttons_shows_its_first_four_hundred() -> None:
    assert controls("<button>x</button>" * 401)[0] == ("x",) * 400
