"""What a page is decides, not what its address looks like."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from corpus.model import Article, Discovered, FrontierEntry, PageDate, Precision, UrlKind, UrlState
from corpus.via import Via
from crawler.discovery.section_or_story import is_story
from crawler.values import Extraction, Listing, PageKind
from crawler.visiting.reclassifying import is_section, may_turn
from tests.crawler.crawling import Desk, front, rss, source, story
from tests.crawler.faultweb import Reply, serving

HERE, AT = "https://gazette.example/copper", datetime(2026, 11, 23, tzinfo=UTC)
PROSE = "The harbour wall has stood for a hundred winters, and this one was the first in which it gave way. "


def test_a_feeds_stories_are_stored_whatever_their_addresses_look_like(tmp_path):
    paths = [
        "/archives/2207",
        "/copper",
        "/topics/ferry-to-stop-in-winter",
        "/tag/ferry",
        "/autoren/ana/ferry",
        "/2024/05",
        "/about",
    ]
    with serving({"/": front(), "/feed.xml": rss(*paths)} | {path: story(f"Of {path}") for path in paths}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == set(paths)


def test_a_sitemaps_stories_are_stored_whatever_their_addresses_look_like(tmp_path):
    paths = ["/thema/copper", "/copper", "/news/category/ferry", "/weather"]
    with serving({"/": front(feed=None)} | {path: story(f"Of {path}") for path in paths}) as site:
        locs = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in paths)
        site.routes["/sitemap.xml"] = Reply(f"<urlset>{locs}</urlset>", type="application/xml")
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == set(paths)


def test_the_imprint_that_a_sitemap_names_is_no_story_unless_it_is_signed(tmp_path):
    imprint = f"<html><title>Imprint</title><body><h1>Imprint</h1>{('<p>' + PROSE * 3 + '</p>') * 4}</body></html>"
    with serving({"/": front(feed=None), "/imprint": imprint, "/terms": story("On what terms")}) as site:
        changed = "<lastmod>2026-11-01</lastmod>"  # of the file, which says nothing of a story
        locs = "".join(f"<url><loc>{site.url}{path}</loc>{changed}</url>" for path in ("/imprint", "/terms"))
        site.routes["/sitemap.xml"] = Reply(f"<urlset>{locs}</urlset>", type="application/xml")
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == {"/terms"}
    reason = desk.store.frontier.entry(site.url + "/imprint").reason
    assert "neither dated nor signed" in reason


def test_a_link_that_looks_like_a_sections_leads_to_an_article(tmp_path):
    with serving({"/": front("/copper", feed=None), "/copper": story("Copper")}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == {"/copper"}
    assert desk.store.frontier.entry(site.url + "/copper").kind == "article"


@pytest.mark.parametrize("words", ["Copper mine to close after a long fight", ""])
def test_a_story_whose_number_looks_like_a_year_is_stored_whatever_its_link_shows(tmp_path, words):
    links = "".join(f'<a href="/node/{n}">{words}</a>' for n in (1899, 2013))
    pages = {f"/node/{n}": story(f"Copper of {n}") for n in (1899, 2013)}
    with serving({"/": f"<html><body>{links}</body></html>"} | pages) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == set(pages)


@pytest.mark.parametrize("further", ['<a href="/copper/2">Next</a>', '<div>1 <a href="/copper/2">2</a></div>'])
def test_a_signed_story_at_such_an_address_that_goes_on_on_a_second_page_is_no_list(tmp_path, further):
    first = story("Copper").replace("</article>", f"</article>{further}")
    with serving({"/": front("/copper", feed=None), "/copper": first, "/copper/2": story("Copper")}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == {"/copper"}


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Page not found", "We looked for it everywhere and did not find it.", "soft-404"),
        ("Are you a robot?", "Please verify that you are human before you go on.", "challenge"),
    ],
)
def test_what_stands_in_place_of_a_page_at_such_an_address_is_said_and_no_section(tmp_path, title, text, reason):
    page = f"<html><title>{title}</title><body><h1>{title}</h1><p>{text}</p></body></html>"
    with serving({"/": front("/copper", feed=None), "/copper": page}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert desk.outcome(site, "/copper")[1] == reason
        for _ in range(6):
            desk.wait(days=40)
            desk.crawl()
    assert desk.store.frontier.entry(site.url + "/copper").state == "dropped"


def _list(*paths: str) -> str:
    links = "".join(f'<li><a href="{path}">What the council said of {path}</a></li>' for path in paths)
    return f"<html><title>News</title><body><ul>{links}</ul></body></html>"


@pytest.mark.parametrize(("title", "reason"), [("Page not found", "soft-404"), ("Are you a robot?", "challenge")])
def test_what_stands_in_place_of_a_front_page_or_a_section_of_config_is_said_and_the_ways_in_are_taken(
    tmp_path, title, reason
):
    stories = [f"/copper-{number}" for number in range(1, 5)]
    shut = f"<html><title>{title}</title><h1>{title}</h1><p>Please verify that you are human.</p>"
    pages = {path: story(f"Of {path}") for path in stories}
    with serving({"/": shut, "/feed.xml": rss(*stories), "/tin": shut} | pages) as site:
        desk = Desk(tmp_path, source(site, sections=(site.url + "/tin",)))
        for _ in range(4):
            desk.crawl()
            assert [desk.outcome(site, path)[1] for path in ("/", "/tin")] == [reason, reason]
            assert set(desk.bodies) == set(stories)
            desk.wait(days=40)
        site.routes["/"], site.routes["/tin"] = front(feed=None), _list(*stories)
        desk.crawl()
        assert [desk.outcome(site, path) for path in ("/", "/tin")] == [("read", None)] * 2


@pytest.mark.parametrize("answer", [Reply("no", status=503), Reply("no", status=403)])
def test_lists_of_a_site_that_is_shut_for_a_fortnight_are_read_again_when_it_opens(tmp_path, answer):
    stories = [f"/copper-{number}" for number in range(1, 4)]
    lists = {"/feed.xml": rss(*stories[:1]), "/copper": _list(*stories)}  # the feed is found where feeds usually are
    pages = {path: story(f"Of {path}") for path in stories}
    with serving({"/": front("/copper", feed=None)} | lists | pages) as site:
        desk = Desk(tmp_path, source(site))
        for shut in (False, *[True] * 7, False):
            site.routes.update(dict.fromkeys(lists, answer) if shut else lists)
            desk.crawl()
            desk.wait(days=2)
        desk.wait(days=7)
        desk.crawl()
        assert [desk.outcome(site, path)[0] for path in lists] == ["read", "read"]


@pytest.mark.parametrize(("title", "reason"), [("Page not found", "soft-404"), ("Are you a robot?", "challenge")])
def test_what_stands_in_place_of_a_section_for_a_night_is_said_and_the_section_is_asked_again(tmp_path, title, reason):
    stories = [f"/copper-{number}" for number in range(1, 5)]
    pages = {path: story(f"Of {path}") for path in stories}
    with serving({"/": front("/copper", feed=None), "/copper": _list(*stories[:3])} | pages) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        desk.wait(days=1)
        site.routes["/copper"] = f"<html><title>{title}</title><h1>{title}</h1><p>Please verify that you are human.</p>"
        desk.crawl()
        assert desk.outcome(site, "/copper")[1].startswith(reason)
        desk.wait(days=3)
        site.routes["/copper"] = _list(*stories)
        desk.crawl()
        assert desk.store.frontier.entry(site.url + "/copper").kind == "section"
    assert set(desk.bodies) == set(stories)


@pytest.mark.parametrize("title", ["Page not found", "Are you a robot?"])
def test_a_list_that_gives_nothing_is_told_from_the_first_night_on_with_since_when_until_it_is_a_list(tmp_path, title):
    stories = [f"/copper-{number}" for number in range(1, 6)]
    pages = {path: story(f"Of {path}") for path in stories}
    with serving({"/": front("/copper", feed=None), "/copper": _list(*stories[:3])} | pages) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        desk.wait(days=8)
        site.routes["/copper"] = _list(*stories[:4])
        desk.crawl()
        assert desk.store.walks.lost() == {}
        desk.wait(days=1)  # a list that had news yesterday is not read as a story is on this day
        site.routes["/copper"] = f"<html><title>{title}</title><h1>{title}</h1><p>Please verify that you are human.</p>"
        desk.crawl()
        (since,) = desk.store.walks.lost()["gazette"]
        assert (since.address, since.is_over) == (site.url + "/copper", False)
        desk.wait(days=1)
        desk.crawl()
        assert desk.store.walks.lost()["gazette"] == [since]
        desk.wait(days=8)
        site.routes["/copper"] = _list(*stories)
        desk.crawl()
        assert desk.store.walks.lost() == {}
    assert set(desk.bodies) == set(stories)


def test_a_link_that_looks_like_an_articles_leads_to_a_list_and_turns_back(tmp_path):
    paths = [f"/news/council-speaks-of-bridge-{n}" for n in range(14)]
    where = "/news/all-about-the-old-bridge"
    with serving({"/": front(where, feed=None), where: _list(*paths)} | {path: story(path) for path in paths}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert set(desk.bodies) == set(paths)
        assert desk.store.frontier.entry(site.url + where).kind == "section"
        site.routes[where] = story("All about the old bridge")
        desk.wait(days=1)
        desk.crawl()
    assert set(desk.bodies) == {*paths, where}
    assert desk.store.frontier.entry(site.url + where).kind == "article"


def test_a_list_that_a_link_took_for_an_article_is_not_followed_where_it_asks_so(tmp_path):
    paths = [f"/news/council-speaks-of-bridge-{n}" for n in range(14)]
    where = "/news/all-about-the-old-bridge"
    listed = Reply(_list(*paths), headers={"X-Robots-Tag": "nofollow"})
    with serving({"/": front(where, feed=None), where: listed} | {path: story(path) for path in paths}) as site:
        desk = Desk(tmp_path, source(site))
        run = desk.crawl()
    assert set(desk.bodies) == set()
    assert desk.store.census.left_out_in(run.id)["gazette"]["nofollow"][0] == len(paths)


def test_a_page_that_lists_nothing_is_no_section_and_is_not_followed_for_ever(tmp_path):
    where = "/news/all-about-the-old-bridge"
    with serving({"/": front(where, feed=None), where: "<html><body><ul></ul></body></html>"}) as site:
        desk = Desk(tmp_path, source(site))
        for _ in range(6):
            desk.crawl()
            desk.wait(days=40)
    assert site.paths.count(where) <= 3
    assert desk.store.frontier.entry(site.url + where).state == "dropped"


@pytest.mark.parametrize(
    ("chars", "links", "stored"),
    [(400, 0, True), (399, 0, False), (600, 10, True), (600, 11, False), (5_000, 90, False)],
)
def test_a_page_that_is_neither_dated_nor_signed_is_a_story_if_it_tells_much_and_leads_to_little(chars, links, stored):
    article = Article(url=HERE, source="gazette", body="a" * chars, fetched=AT)
    read = Extraction(kind=PageKind.ARTICLE, reason="", article=article)
    found = tuple(Discovered(url=f"{HERE}{n}", kind=UrlKind.ARTICLE, via=Via.SECTION) for n in range(links))
    assert is_story(read, Listing(found)) is stored
    assert not is_story(read, Listing(found, next=HERE + "2"))
    assert not is_story(replace(read, kind=PageKind.LISTING), Listing(found))


@pytest.mark.parametrize(("links", "followed"), [(2, False), (3, True)])
def test_three_stories_make_a_section(links, followed):
    found = tuple(Discovered(url=f"{HERE}{n}", kind=UrlKind.ARTICLE, via=Via.SECTION) for n in range(links))
    assert is_section(Listing(found), HERE) is followed


def _section(*, days: float, since: float | None, via: str = "section") -> FrontierEntry:
    """A section that was first seen so many days before AT, and read so many days before it."""
    return FrontierEntry(
        url=HERE,
        address=HERE,
        source="gazette",
        host="gazette.example",
        kind=UrlKind.SECTION,
        state=UrlState.WAITING,
        due=AT,
        via=via,
        first_seen=AT - timedelta(days=days),
        checked=None if since is None else AT - timedelta(days=since),
    )


@pytest.mark.parametrize(
    ("days", "since", "asks"),
    [(0, None, True), (6.9, 1, True), (8, 1, False), (13.9, 0.04, False), (14, 1, True), (300, 2, True)],
)
def test_a_list_that_brings_news_is_read_as_an_article_every_seventh_day(days, since, asks):
    assert may_turn(_section(days=days, since=since), AT) is asks


def test_a_section_that_config_names_is_never_read_as_an_article():
    assert not may_turn(_section(days=0, since=None, via=Via.CONFIG), AT)


def test_a_list_that_became_a_story_after_months_is_stored_within_a_week_of_nights(tmp_path):
    with serving({"/": front("/copper", feed=None), "/copper": _list("/copper-1", "/copper-2", "/copper-3")}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        desk.wait(days=60)
        desk.crawl()
        site.routes["/copper"] = story("Copper")
        for _ in range(9):
            desk.wait(days=1)
            desk.crawl()
    assert "/copper" in desk.bodies


def _teasers(*paths: str) -> str:
    """A section's page that leads to few stories, and says of each how it begins."""
    told = "".join(
        f'<div><h2><a href="{path}">What was said of {path}</a></h2><p>{PROSE}It was {path} that began it.</p></div>'
        for path in paths
    )
    return f"<html><title>Harbour</title><body><main><h1>Harbour</h1>{told}</main></body></html>"


def test_a_section_that_leads_to_few_stories_and_says_how_they_begin_is_none_of_them(tmp_path):
    paths = [f"/2026/11/{n}/the-old-harbour-wall-{n}" for n in (3, 4, 5)]
    pages = {path: story(f"Of {path}") for path in paths}
    with serving({"/": front("/harbour", feed=None), "/harbour": _teasers(*paths)} | pages) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == set(paths)
    assert desk.store.frontier.entry(site.url + "/harbour").kind == "section"


def test_a_section_that_a_sitemap_names_among_its_stories_is_no_story(tmp_path):
    paths = [f"/2026/11/{n}/the-old-harbour-wall-{n}" for n in (3, 4, 5)]
    pages = {path: story(f"Of {path}") for path in paths}
    with serving({"/": front(feed=None), "/harbour": _teasers(*paths)} | pages) as site:
        locs = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in ("/harbour", *paths))
        site.routes["/sitemap.xml"] = Reply(f"<urlset>{locs}</urlset>", type="application/xml")
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == set(paths)
    assert "teasers" in desk.store.frontier.entry(site.url + "/harbour").reason


@pytest.mark.parametrize(
    ("chars", "links", "stored"),
    [
        (400, [], True),
        (399, [], False),  # its date is its address's, and says nothing of what it is
        (600, ["/story-1"], True),
        (600, [f"/story-{n}" for n in range(11)], False),
        (5_000, ["/minutes/2026-07-12/story"], False),  # a day's archive with its stories in full
    ],
)
def test_a_page_whose_address_is_a_day_is_a_story_if_it_tells_much_and_leads_to_nothing_below_itself(
    chars, links, stored
):
    here = "https://gazette.example/minutes/2026-07-12"
    day = PageDate(datetime(2026, 7, 12, tzinfo=UTC), Precision.DAY, "text")
    article = Article(url=here, source="gazette", body="a" * chars, fetched=AT, published=day)
    found = [Discovered(url="https://gazette.example" + each, kind=UrlKind.ARTICLE, via=Via.SECTION) for each in links]
    assert is_story(Extraction(kind=PageKind.ARTICLE, reason="", article=article), Listing(tuple(found))) is stored


@pytest.mark.parametrize(("path", "stored"), [("minutes/2026-07-12", True), ("2026/07/12/", True), ("2026/07", False)])
def test_the_archive_of_one_day_may_be_a_story_and_that_of_a_month_is_none(path, stored):
    url = f"https://gazette.example/{path}"
    entry = replace(_section(days=1, since=None, via=Via.ARCHIVE), url=url, address=url)
    assert may_turn(entry, AT) is stored
