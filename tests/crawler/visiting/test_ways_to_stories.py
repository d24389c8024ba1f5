# ruff: noqa: E501 - a page stands on one line
"""Stories that no feed names and whose addresses say nothing: below an issue, in a frame, beside their neighbours."""

import json
from pathlib import Path

from corpus.model import UrlKind
from crawler.discovery.home import from_links
from crawler.values import PageKind
from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.discovery.test_links import TODAY
from tests.crawler.faultweb import Reply, serving
from tests.crawler.stories import read


def links(*hrefs: str, before: str = "") -> str:
    return f"<html><body>{before}<ul>{''.join(f'<li><a href={href!r}>{href}</a></li>' for href in hrefs)}</ul></body></html>"


def test_the_stories_of_an_issue_are_found_below_it(tmp_path):
    issues = {f"/issue/{n}/": links(*(f"/issue/{n}/{name}" for name in ("salt", "lines", "talk"))) for n in (7, 8, 9)}
    paths = [f"/issue/{n}/{name}" for n in (7, 8, 9) for name in ("salt", "lines", "talk")]
    pages = {path: story(f"Of {path}") for path in paths}
    with serving({"/": links("/issues"), "/issues": links(*issues)} | issues | pages) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == set(paths)


def test_the_pages_of_a_frameset_are_followed(tmp_path):
    frames = "<HTML><FRAMESET COLS='20%,*'><FRAME SRC='menu.htm'><FRAME SRC='main.htm'></FRAMESET></HTML>"
    paths = ["/harbour-wall-gives-way.htm", "/second-ferry-sails-in-april.htm", "/mill-opens-in-spring.htm"]
    routes = {"/": frames, "/menu.htm": links("main.htm"), "/main.htm": links(*paths)}
    with serving(routes | {path: story(f"Of {path}") for path in paths}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == set(paths)


def test_a_story_that_a_frame_of_its_page_holds_is_stored_from_there(tmp_path: Path) -> None:
    names = ["harbour-wall-gives-way", "second-ferry-sails-in-april", "mill-opens-in-spring"]
    frame = "<html><frameset rows='60,*'><frame name=top src=/top.htm><frame src='{}_text.htm'></frameset></html>"
    routes = {"/": links(*(f"/{name}.htm" for name in names)), "/top.htm": "<html><body>Gazette</body></html>"}
    routes |= {f"/{name}.htm": frame.format(name) for name in names}
    with serving(routes | {f"/{name}_text.htm": story(f"Of {name}") for name in names}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == {f"/{name}_text.htm" for name in names}


def test_a_dated_brief_whose_next_page_is_the_story_beside_it_is_a_story(tmp_path):
    def brief(name: str, follows: str) -> str:
        head = f"<title>{name}</title><link rel=next href='{follows}'>"
        body = f"<h1>{name} stays closed</h1><time datetime='2026-11-20'>20 Nov 2026</time>"
        return f"<html><head>{head}</head><body>{body}<p>The {name} of the town stays closed until a new floor is laid.</p></body></html>"

    names = ["bath", "mill", "quay"]
    routes = {f"/news/{n}-{name}": brief(name, f"/news/{n + 1}-{names[(n + 1) % 3]}") for n, name in enumerate(names)}
    with serving({"/": links(*routes)} | routes) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == set(routes)


def test_a_live_report_at_an_address_of_a_section_is_said_to_be_one(tmp_path):
    kind = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "The flood"}</script>'
    with serving({"/": links("/live/flood"), "/live/flood": story("The flood", head=kind)}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        outcome, reason = desk.outcome(site, "/live/flood")
    assert outcome == "not-article"
    assert (reason or "").startswith("live-blog")


def test_a_page_that_a_proxy_has_changed_is_read(tmp_path):
    with serving(
        {"/": front("/a-1"), "/feed.xml": Reply("", status=404), "/a-1": Reply(story("A"), status=203)}
    ) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == {"/a-1"}


def test_parameters_that_say_where_a_reader_came_from_are_not_counted():
    came = "utm_source=a&utm_medium=b&utm_campaign=c&fbclid=d&gclid=e&mc_cid=f&mc_eid=g"
    own = "a=1&b=2&c=3&d=4&e=5&f=6"
    here = "https://isle.example/"
    found = from_links([f"{here}news/the-last-baker-of-the-isle?{came}"], here, kind=UrlKind.HOME, today=TODAY)
    assert len(found.found) == 1
    left = from_links([f"{here}news/the-last-baker-of-the-isle?{own}"], here, kind=UrlKind.HOME, today=TODAY)
    assert [item.reason for item in left.left_out] == ["many-parameters"]


def test_a_vietnamese_page_that_says_it_is_missing_is_no_story():
    said = "<p>Nội dung bạn cần không còn tồn tại hoặc đã bị xóa khỏi trang.</p>"
    for title in ("Không tìm thấy", "Trang này không tồn tại"):
        page = f"<html lang=vi><title>{title}</title><body><main><h1>{title}</h1>{said}</main></body></html>"
        assert read(page).kind is PageKind.SOFT_404


def test_a_list_goes_on_in_json_and_in_markup_as_far_as_its_script_would(tmp_path):
    paths = [f"/stories/{n}-of-the-harbour" for n in range(6)]
    more = {"items": [{"title": "Of the harbour", "url": path} for path in paths[2:4]], "next": "/ajax?page=3"}
    routes = {
        "/": f"{links(*paths[:2])}<div data-next-url='/api/list?page=2'></div>",
        "/api/list?page=2": Reply(json.dumps(more), type="application/json"),
        "/ajax?page=3": "".join(f"<a href={path!r}>Of the harbour</a>" for path in paths[4:]),
    }
    with serving(routes | {path: story(f"Of {path}") for path in paths}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == set(paths)
