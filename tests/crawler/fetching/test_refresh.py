"""A page that shows nothing and sends on by a meta tag is followed as a redirect is, and no other page is."""

import pytest

from crawler.fetching.refresh import sent_on
from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import Reply, serving

A = "/news/flood-on-the-river-road"
BARE = '<html><head>{}<title>On</title></head><body><p>One moment, or <a href="/x">click here</a>.</p></body></html>'


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_tag_is_read_in_any_encoding(encoding):
    page = BARE.format('<meta http-equiv="refresh" content="0; url=/süd">')
    assert sent_on(page.encode(encoding)) == "/süd"
    assert sent_on((page + "<p>" + "A story that is there to be read. " * 20).encode(encoding)) is None


@pytest.mark.parametrize(
    ("tag", "there"),
    [
        ('<meta http-equiv="refresh" content="0; url=/a">', "/a"),
        ("<META HTTP-EQUIV=Refresh CONTENT='0;URL=/a'>", "/a"),
        ("<meta content=\"5 ; URL='/a?x=1&amp;y=2'\" http-equiv='refresh' >".replace(" http", "\nhttp"), "/a?x=1&y=2"),
        ('<meta charset="utf-8"><meta http-equiv="refresh" content="0,/a">', "/a"),
        ('<meta http-equiv="refresh" content="0.5; url=https://gazette.example/a">', "https://gazette.example/a"),
        ('<meta http-equiv="refresh" content="300">', None),
        ('<meta http-equiv="refresh" content="11; url=/a">', None),
        ('<meta http-equiv="refresh" content="">', None),
        ('<meta http-equiv="refresh">', None),
        ('<noscript><meta http-equiv="refresh" content="0; url=/no-script"></noscript>', None),
        ('<!-- <meta http-equiv="refresh" content="0; url=/a"> -->', None),
        ('<script>var tag = \'<meta http-equiv="refresh" content="0; url=/a">\'</script>', None),
        ('<meta name="refresh" content="0; url=/a">', None),
        ("<meta content=0;url=/a http-equiv=refresh />", "/a"),
        ("<meta http-equiv=refresh content=\"0;URL='/a'x\">", "/a"),
        ('<meta http-equiv=refresh content="0;URL=\'/a">', "/a"),
        ('<meta http-equiv="refresh" content="0;">', None),
        ('<meta http-equiv="refresh" content="0,">', None),
        ('<meta http-equiv="refresh" content="0; url=">', None),
        ("<meta http-equiv=refresh content=\"0;URL=''\">", None),
        ("<meta http-equiv=refresh content='0;URL=\"\"'>", None),
        ("<meta data-x='http-equiv=refresh' content='0;url=/a'>", None),
        ("<textarea><meta http-equiv=refresh content='0;url=/a'></textarea>", None),
        ("<iframe srcdoc=\"<meta http-equiv=refresh content='0;url=/a'>\"></iframe>", None),
    ],
)
def test_where_a_page_sends_its_readers_on_to(tag, there):
    assert sent_on(BARE.format(tag).encode()) == there


def test_a_page_that_shows_something_is_read():
    tag = '<meta http-equiv="refresh" content="0; url=/a">'
    assert sent_on(story(head=tag).encode()) is None
    assert sent_on(BARE.format(tag + " " * 20_000).encode()) is None


@pytest.mark.parametrize(
    "hostile", [b"<meta http-equiv=refresh " * 600, b"<meta http-equiv=refresh content='" + b"0;" * 8_000]
)
def test_hostile_tags_send_nowhere_and_take_no_time(hostile):
    assert sent_on(hostile[:16_384]) is None


def test_a_front_page_and_a_link_that_send_on_lead_to_their_stories(tmp_path):
    sends = '<meta http-equiv="refresh" content="0; url={}">'
    with serving({}) as site:
        site.routes |= {
            "/": BARE.format(sends.format("/en/")),
            "/en/": front("/go/7", feed=None),
            "/go/7": BARE.format(sends.format(A)),
            A: story(),
        }
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert [body for body in desk.bodies.values() if "roads, schools" in body] == list(desk.bodies.values())
    assert len(desk.bodies) == 1


@pytest.mark.parametrize(
    ("there", "reason"),
    [
        ("http://127.0.0.1/", "port"),
        ("http://10.0.0.1/", "private-address"),
        ("javascript:x", "scheme"),
        (A, "redirects"),
    ],
)
def test_where_it_sends_to_is_checked_as_a_redirect_is(tmp_path, there, reason):
    page = BARE.format(f'<meta http-equiv="refresh" content="0; url={there}">')
    other = BARE.format(f'<meta http-equiv="refresh" content="0; url={A}">')
    with serving({"/": front("/go/7", feed=None), "/go/7": page, A: other.replace(A, "/go/7")}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        found = desk.outcome(site, "/go/7")
    assert found[0] in {"refused", "failed"}
    assert found[1] in {reason, "out-of-scope", "private-address"}


def test_a_page_that_refreshes_itself_is_read_as_it_is(tmp_path):
    page = BARE.format('<meta http-equiv="refresh" content="5; url=/news/all">')
    with serving({"/": front("/news/all", feed=None), "/news/all": Reply(page)}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert desk.outcome(site, "/news/all")[1] != "redirects"


@pytest.mark.parametrize(
    ("script", "there"),
    [
        ("window.location.replace('/a');", "/a"),
        ('location = "/a"', "/a"),
        ('<!-- top.location.href="/a"; //-->', "/a"),
        ("window.onload = function() { location.assign('/a') }", "/a"),
        ("setTimeout(function () { document.location.href = '/a'; }, 500);", "/a"),
        ("document.addEventListener('load', () => { location = '/a' })", "/a"),
        ("if (top != self) top.location = '/a'", None),
        ("location.href = '/a' + location.search", None),
        ("location.reload()", None),
        ("setTimeout(function () { location = '/a'; }, 50000);", None),
        ("location = '/a'</script><script>track()", None),
        ("location = '/a'</script><form action='/in'></form><script>", None),
        ("</script><!--[if lt IE 9]><script>location = '/a'</script><![endif]--><script>", None),
        ("location = '/a'" + " " * 3000 + "+ b", None),
        ("location\n=\n'/a'" + " " * 3000, "/a"),
    ],
)
def test_the_only_script_of_a_page_that_shows_nothing_sends_on(script, there):
    page = BARE.format(f"<script>{script}</script>")
    assert sent_on(page.encode()) == there
    assert sent_on((page + "<p>" + "A story that is there to be read. " * 20).encode()) is None
