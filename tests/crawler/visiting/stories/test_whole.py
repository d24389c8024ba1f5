"""A story on several pages is read from the page that shows all, where its text is seen to hold the first page."""

from pathlib import Path

import pytest

from crawler.rereading import reread
from tests.crawler.crawling import Desk, front, source, workers_of
from tests.crawler.faultweb import Reply, serving
from tests.crawler.stories import FERRY, MILL

FIRST, SECOND = FERRY, MILL
ALL = (*FIRST, *SECOND)
STORY = "/town/council-settles"
PAGER = '<div class="pager"><b>1</b> <a href="/town/council-settles?page=2">2</a></div>'


def page(*paragraphs: str, links: str = "", byline: str = "Ana Pérez", head: str = "") -> str:
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f'<html lang="en"><head><title>Council settles budget</title>{head}</head><body><article>'
        f'<h1>Council settles budget</h1><p class="byline">By {byline}</p>{text}</article>{links}</body></html>'
    )


def routes(view: str | Reply, *, href: str = f"{STORY}?page=all", label: str = "View all") -> dict[str, object]:
    return {
        "/": front(STORY, feed=None),
        STORY: page(*FIRST, links=f'{PAGER}<a href="{href}">{label}</a>'),
        f"{STORY}?page=2": Reply("gone", 404),
        href: view,
    }


def shown(desk: Desk) -> tuple[bool, str | None]:
    """Whether the one article has all of the story, each paragraph once; and what it says of a further page."""
    (stored,) = desk.store.every()
    assert stored.article.url.endswith(STORY)
    body = stored.article.body
    assert all(body.count(each) == 1 for each in FIRST)
    return all(body.count(each) == 1 for each in SECOND), stored.article.facts.get("goes_on")


@pytest.mark.parametrize(
    ("href", "label"),
    [
        (f"{STORY}?page=all", "View all"),
        (f"{STORY}?print=1", "Drucken"),
        (f"{STORY}/komplettansicht", "Auf einer Seite"),
        ("/print/council-settles", "🖨"),
        (f"{STORY}?v=7", "Lire sur une seule page"),
    ],
)
def test_a_story_is_read_from_the_page_that_shows_all_of_it(tmp_path: Path, href: str, label: str) -> None:
    with serving(routes(page(*ALL), href=href, label=label)) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert shown(desk) == (True, None)
        (stored,) = desk.store.every()
        assert stored.article.fetched_url == site.url + href
        assert f"{STORY}?page=2" not in site.paths
        reread(desk.config, desk.store, workers=workers_of(desk.config.crawler.processes))
        assert shown(desk) == (True, None)
        desk.wait(days=3)
        desk.crawl()
        assert desk.outcome(site, STORY)[0] == "unchanged"


@pytest.mark.parametrize(
    "view",
    [
        page(*SECOND),  # another part
        page(*FIRST[1:], *SECOND),  # without a part of the first page
        page(*FIRST),  # no more
        page(*ALL, byline="Li Wei"),
        page(*ALL, head="<meta name=robots content=noindex>"),
        Reply(page(*ALL), headers={"X-Robots-Tag": "noarchive"}),
        Reply("gone", 404),
        Reply("busy", 503),
        Reply("", 302, headers={"Location": "/"}),
    ],
)
def test_a_page_that_does_not_show_all_of_it_is_left_and_the_story_says_that_it_goes_on(
    tmp_path: Path, view: str | Reply
) -> None:
    with serving(routes(view)) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        why = "which is not joined, as the server answered 404"
        assert shown(desk) == (False, f"it goes on on a further page, {why}: {site.url}{STORY}?page=2")


def test_robots_txt_holds_for_the_page_that_shows_all(tmp_path: Path) -> None:
    robots = Reply("User-agent: *\nDisallow: /*page=all", type="text/plain")
    with serving(routes(page(*ALL)) | {"/robots.txt": robots}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert not shown(desk)[0]
        assert f"{STORY}?page=all" not in site.paths


def test_what_the_rules_of_the_source_exclude_is_not_asked_for_to_show_all(tmp_path: Path) -> None:
    with serving(routes(page(*ALL))) as site:
        desk = Desk(tmp_path, source(site, exclude=["*page=all"]))
        desk.crawl()
        assert not shown(desk)[0]
        assert f"{STORY}?page=all" not in site.paths


def test_a_whole_story_stays_while_its_page_fails_and_a_change_of_it_is_a_revision(tmp_path: Path) -> None:
    with serving(routes(page(*ALL))) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.routes[f"{STORY}?page=all"] = Reply("busy", 503)
        desk.wait(days=3)
        desk.crawl()
        assert shown(desk) == (True, None)
        assert desk.outcome(site, STORY) == ("failed", "http-503")
        site.routes[f"{STORY}?page=all"] = page(*ALL, "A correction was added at the end of the second page.")
        desk.wait(days=3)
        desk.crawl()
        assert shown(desk) == (True, None)
        assert desk.outcome(site, STORY)[0] == "changed"
        site.routes[f"{STORY}?page=all"] = Reply("gone", 410)
        desk.wait(days=9)
        desk.crawl()
        assert shown(desk)[1] is not None


def test_a_whole_story_stays_when_its_page_can_no_longer_be_read(tmp_path: Path) -> None:
    with serving(routes(page(*ALL))) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        hostile = " ".join(f"a{n}=1" for n in range(60_000))
        site.routes[f"{STORY}?page=all"] = Reply(f"<p {hostile}>{ALL[0]}")
        desk.wait(days=3)
        desk.crawl()
        assert shown(desk) == (True, None)
        assert desk.outcome(site, STORY)[0] == "failed"


ABSTRACT = "/article/view/12"


def journal(text: str | Reply, *, link: str = f"{ABSTRACT}/full") -> dict[str, object]:
    return {
        "/": front(ABSTRACT, feed=None),
        ABSTRACT: page(*FIRST, links=f'<a href="{link}">Full text</a>'),
        link: text,
    }


@pytest.mark.parametrize("link", [f"{ABSTRACT}/full", f"{ABSTRACT}/34"])
def test_the_text_that_only_its_abstract_names_is_read_under_the_address_of_the_abstract(
    tmp_path: Path, link: str
) -> None:
    with serving(journal(page(*ALL), link=link)) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        (stored,) = desk.store.every()
        assert stored.article.url.endswith(ABSTRACT) and stored.article.fetched_url == site.url + link
        assert all(stored.article.body.count(each) == 1 for each in ALL)
        assert "goes_on" not in stored.article.facts


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (Reply("no", 403), "the server answered 403"),
        (page(*SECOND), "it does not tell all of this one and more"),
    ],
)
def test_an_abstract_says_why_its_text_was_not_read(tmp_path: Path, text: str | Reply, why: str) -> None:
    with serving(journal(text)) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        (stored,) = desk.store.every()
        said = stored.article.facts["goes_on"]
        assert why in str(said) and f"{ABSTRACT}/full" in str(said)
        assert all(each in stored.article.body for each in FIRST)
