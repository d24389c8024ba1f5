"""A source that config.toml calls by another name goes on, with all that was stored of it."""

from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import Reply, serving


def test_a_source_that_was_renamed_goes_on_with_all_that_is_stored_of_it(tmp_path):
    links = ["/news/one-story-of-today.html"]
    pages = {
        "/": lambda _: Reply(front(*links, feed=None)),
        "/news/one-story-of-today.html": story(),
        "/news/another-story-of-today.html": story("Bridge closes"),
    }
    with serving(pages) as site:
        desk = Desk(tmp_path, source(site), listings_every=0)
        desk.crawl()
        before = desk.store.sequence
        links.append("/news/another-story-of-today.html")
        desk.config = desk.config.model_copy(update={"sources": (source(site, "Daily Gazette"),)})
        desk.wait(hours=2)
        run = desk.crawl()
    found = desk.store.sources.stats(desk.now())
    assert {name: one.articles for name, one in found.items()} == {"Daily Gazette": 2}
    assert "Daily Gazette was gazette; a search by the former name finds nothing more, " in (run.note or "")
    assert len(desk.store.changes(before, 10)) == 2  # an index follows the article that has another name, too
    assert {each.source for each in desk.store.runs.receipts(1)} == {"Daily Gazette"}


def test_a_source_that_another_run_has_just_renamed_is_left_as_it_is(tmp_path):
    assert Desk(tmp_path).store.sources.rename("gazette", "Daily Gazette") == 0


def test_a_section_of_a_followed_site_that_becomes_a_source_is_asked_for(tmp_path):
    pages = {"/": Reply(front("/sport/", feed=None)), "/sport/": Reply(front("/", feed=None))}
    with serving(pages) as site:
        whole = source(site, sections=[site.url + "/sport/"])
        desk = Desk(tmp_path, whole, listings_every=0)
        desk.crawl()
        sport = source(site, "sport").model_copy(update={"url": site.url + "/sport/"})
        desk.config = desk.config.model_copy(update={"sources": (source(site), sport)})
        desk.wait(hours=2)
        run = desk.crawl(sources=["sport"])
        asked = [each.path for each in site.log]
    assert asked.count("/sport/") == 2
    assert "front pages taken over: sport from gazette; " in (run.note or "")
    assert set(desk.store.sources.stats(desk.now())) == {"gazette", "sport"}
