from corpus.model import Outcome
from crawler.visiting.tally import Tally
from tests.crawler.crawling import Desk, front, rss, source, story
from tests.crawler.faultweb import Reply, serving


def test_a_source_whose_stories_are_all_lost_has_none_to_show():
    tally = Tally()
    for _ in range(3):
        tally.count_story("a", Outcome.NOT_ARTICLE, "wall: x")
    tally.count_story("b", Outcome.FAILED, "timeout")
    tally.count_story("c", Outcome.REFUSED, "robots: x")
    assert tally.storyless({"c"}) == {"a": "wall ×3", "c": "robots ×1"}


def test_one_story_that_was_had_or_lists_that_were_read_are_no_loss():
    tally = Tally()
    for _ in range(9):
        tally.count_story("a", Outcome.FAILED, "timeout")
        tally.count_story("b", Outcome.NOT_ARTICLE, "listing: x")
    tally.count_story("a", Outcome.UNCHANGED, "not-modified")
    assert tally.storyless({"a", "b"}) == {}


def test_a_crawl_whose_feed_reads_well_and_whose_stories_fail_is_partial(tmp_path):
    links = [f"/news/a-story-of-day-{n:05}" for n in range(4)]
    with serving({"/": front(), "/feed.xml": rss(*links)} | dict.fromkeys(links, Reply("no", 403))) as site:
        desk = Desk(tmp_path, source(site))
        run = desk.crawl()
        site.routes |= {link: story(link) for link in links}
        desk.wait(days=2)
        again = desk.crawl()
    assert run.status == "partial"
    assert "no story could be had of gazette (http-403 ×4)" in run.note
    assert again.status == "ok"
