"""Reading captures again: what it changes, what it never does, and that a crawl afterwards agrees with it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from corpus import locks
from corpus.errors import StoreLocked
from corpus.model import Outcome
from crawler.rereading import read_again, reread
from crawler.running.amending import Reread
from tests.corpus.older import as_older
from tests.crawler.crawling import Desk, front, source, story, workers_of
from tests.crawler.faultweb import Reply, Site, serving

LINE = "Readers who value independent reporting can support the gazette with a few crowns a month, whenever they like."
# Too few for a crawl to learn the line by itself.
PATHS = tuple(f"/news/story-of-day-{number}" for number in range(4))


def page(number: int, *, counter: str = "", more: str = "") -> str:
    """A story with a line that all pages of the site have, in the middle of the text."""
    markup = story(f"Council settles matter {'abcdef'[number]}", head=f"<!-- served {counter} -->")
    first, _, rest = markup.partition("</p><p>The council")
    return f"{first}</p><p>{LINE}</p>{more}<p>The council{rest}"


def gazette() -> dict[str, object]:
    return {"/": front(*PATHS, feed=None), **{path: page(number) for number, path in enumerate(PATHS)}}


def crawled(tmp_path, site: Site) -> Desk:
    desk = Desk(tmp_path, source(site))
    desk.crawl()
    return desk


def again(desk: Desk, **options: Any) -> Reread:
    return reread(desk.config, desk.store, workers=workers_of(1), **options)


def revisions(desk: Desk) -> set[int]:
    return {stored.revision for stored in desk.store.every()}


def test_a_line_that_recurs_leaves_the_texts_and_a_second_reading_changes_nothing(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
    assert all(LINE in body for body in desk.bodies.values())
    before = list(desk.store.every())
    assert again(desk) == Reread(read=4, amended=4)
    assert len(desk.bodies) == 4
    assert not any(LINE in body for body in desk.bodies.values())
    after, sequence = list(desk.store.every()), desk.store.sequence
    assert revisions(desk) == {1}
    assert [(each.first_seen, each.article.fetched) for each in after] == [
        (each.first_seen, each.article.fetched) for each in before
    ]
    assert len({change.id for change in desk.store.changes(before[-1].sequence, 100)}) == 4
    assert again(desk) == Reread(read=4)
    assert desk.store.sequence == sequence


def test_an_unchanged_page_is_unchanged_to_the_crawl_after_a_re_reading(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
        again(desk)
        bodies = desk.bodies
        for number, path in enumerate(PATHS):
            site.routes[path] = page(number, counter="again")  # other bytes, the same story
        desk.wait(hours=30)
        desk.crawl()
    assert desk.outcome(site, PATHS[0])[0] == "unchanged"
    assert (revisions(desk), desk.bodies) == ({1}, bodies)


def test_a_changed_page_is_one_revision_after_a_re_reading(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
        again(desk)
        site.routes[PATHS[0]] = page(0, more="<p>On Tuesday evening the mayor said that the bridge will be closed.</p>")
        desk.wait(hours=30)
        desk.crawl()
    stored = desk.store.by_url(site.url + PATHS[0])
    first, second = desk.store.revisions(stored.id)
    assert "the mayor said" in second.body
    assert "the mayor said" not in first.body
    assert not any(LINE in revision.body for revision in (first, second))


def test_a_re_reading_killed_before_its_first_write_makes_no_revisions_in_the_next_crawl(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
        desk.store.sources.set_boilerplate(
            "gazette", desk.store.sources.recurring_blocks("gazette")
        )  # and then the kill
        desk.wait(hours=30)
        desk.crawl()
    assert revisions(desk) == {1}
    assert not any(LINE in body for body in desk.bodies.values())
    assert desk.outcome(site, PATHS[0])[0] == "unchanged"


def test_a_text_read_otherwise_by_an_older_extractor_makes_no_revision_in_a_crawl(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
        stored = desk.store.by_url(site.url + PATHS[0])
        older = replace(stored.article, body="Share this story\n\n" + stored.article.body)
        assert desk.store.amend_many([(stored.sequence, older)]) == 1
        desk.wait(hours=30)
        desk.crawl()
    assert revisions(desk) == {1}
    assert not desk.bodies[PATHS[0]].startswith("Share")


def test_a_page_that_is_not_to_be_archived_makes_no_revision_either(tmp_path):
    routes = gazette()
    routes[PATHS[0]] = Reply(page(0), headers={"X-Robots-Tag": "noarchive"})
    with serving(routes) as site:
        desk = crawled(tmp_path, site)
        assert again(desk) == Reread(read=3, amended=3, bare=1)
        desk.wait(hours=30)
        desk.crawl()
    assert revisions(desk) == {1}


def test_a_dry_run_counts_and_writes_nothing(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
    sequence = desk.store.sequence
    assert again(desk, dry_run=True) == Reread(read=4, amended=4)
    assert (desk.store.sequence, desk.store.sources.boilerplate("gazette")) == (sequence, frozenset())


def test_a_structure_that_was_never_read_is_filled_from_the_capture_and_a_dry_run_counts_it(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
    again(desk)
    read = {each.article.url: each.article.structure for each in desk.store.every()}
    as_older(desk.config.store)
    with closing(sqlite3.connect(desk.config.store)) as connection, connection:
        connection.execute("UPDATE revisions SET structure = NULL")  # of an older store
    bare, sequence = list(desk.store.every()), desk.store.sequence
    assert {each.article.structure for each in bare} == {None}
    assert again(desk, dry_run=True) == Reread(read=4, amended=4)
    assert desk.store.sequence == sequence
    assert again(desk) == Reread(read=4, amended=4)
    filled = list(desk.store.every())
    assert {each.article.url: each.article.structure for each in filled} == read
    ids = [each.id for each in filled]
    assert desk.store.receipts.facts(ids) == desk.store.receipts.facts([each.id for each in bare])
    assert [(each.id, each.first_seen, each.article.fetched, each.revision) for each in filled] == [
        (each.id, each.first_seen, each.article.fetched, each.revision) for each in bare
    ]
    assert again(desk) == Reread(read=4)


def test_only_the_named_source_is_read(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
    assert again(desk, source="herald") == Reread()


def test_an_article_whose_capture_is_lost_stays_and_is_named(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
    stored = desk.store.by_url(site.url + PATHS[0])
    assert stored.article.capture is not None
    elsewhere = replace(stored.article.capture, file="lost.warc.gz")
    desk.store.amend_many([(stored.sequence, replace(stored.article, capture=elsewhere))])
    named = []
    counts = again(desk, left=lambda url, reason: named.append((url, reason)))
    assert (counts.left, counts.amended) == (1, 3)
    assert named[0][0] == stored.article.url
    assert "lost.warc.gz" in named[0][1]
    assert LINE in desk.bodies[PATHS[0]]


def test_what_is_no_article_any_more_stays_and_is_named(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
        before = desk.bodies
        emptied = source(site, selectors={"remove": ("article",)})
        named = []
        counts = again(Desk(tmp_path, emptied), left=lambda url, reason: named.append(reason.partition(":")[0]))
    assert counts == Reread(read=4, left=4)
    assert set(named) == {"empty"}
    assert desk.bodies == before


def test_an_article_rewritten_while_its_page_is_read_again_is_not_overwritten(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
    stored = desk.store.by_url(site.url + PATHS[0])
    rewritten = replace(stored.article, body="The council met again. " * 30)

    def write_once(counts: Reread) -> None:
        if counts.read == len(PATHS):  # every page is read, and nothing is amended yet
            assert desk.store.write(rewritten) is Outcome.CHANGED

    assert again(desk, progress=write_once) == Reread(read=4, amended=3)
    stands = desk.store.article(stored.id)
    assert (stands.article.body, stands.revision) == (rewritten.body, 2)
    assert sum(LINE in body for body in desk.bodies.values()) == 0


def test_an_article_withdrawn_meanwhile_is_not_overwritten(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
    stored = desk.store.by_url(site.url + PATHS[0])
    desk.store.withdraw(stored.id, "asked to")
    assert desk.store.amend_many([(stored.sequence, stored.article)]) == 0
    assert desk.store.article(stored.id).withdrawn == "asked to"


def test_nothing_is_read_again_during_a_crawl(tmp_path):
    desk = Desk(tmp_path)
    with locks.hold(desk.config.crawl_lock, what="a crawl"), pytest.raises(StoreLocked, match="a crawl"):
        again(desk)


def test_a_moved_article_is_withdrawn_with_the_visit_that_found_it_moved(tmp_path, monkeypatch):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
        stored = desk.store.by_url(site.url + PATHS[0])
        site.routes[PATHS[0]] = Reply("", 301, headers={"Location": "/news/other-address-of-it"})
        site.routes["/news/other-address-of-it"] = page(0)
        desk.wait(hours=30)
        with monkeypatch.context() as without:
            without.setattr(desk.store, "withdraw", None)  # the crawl has no second transaction to make
            desk.crawl()
    old = desk.store.article(stored.id)
    assert old.withdrawn == f"moved: {site.url}/news/other-address-of-it"
    assert desk.store.journal.visits(old.article.url)[0].outcome == Outcome.REDIRECTED
    assert "Council settles matter a" in desk.bodies["/news/other-address-of-it"]


def test_a_damaged_text_is_read_again_from_its_response(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
    (held, *_) = desk.store.every()
    with closing(sqlite3.connect(desk.store.path)) as connection, connection:
        connection.execute("UPDATE revisions SET body = x'78' WHERE article = ?", (held.id,))
    connection.close()
    assert desk.store.article(held.id) is None
    ((id, answer),) = read_again(desk.config, desk.store, desk.store.damage.articles(), workers_of(1))
    assert id == held.id
    assert not isinstance(answer, str)
    assert desk.store.amend_many([answer]) == 1
    mended = desk.store.article(held.id)
    assert (mended.article, mended.revision) == (held.article, 1)
    assert desk.store.damage.articles() == {}


def test_a_damaged_text_without_a_response_says_so(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
    (held, *_) = desk.store.every()
    for capture in desk.config.captures.iterdir():
        capture.unlink()
    ((_, answer), (_, nobody)) = read_again(desk.config, desk.store, [held.id, 99_999], workers_of(1))
    assert "no such capture file" in answer
    assert nobody == "nothing of its row can be read"


def test_a_crawl_and_a_second_reading_stand_in_the_log_an_event_a_line(tmp_path, caplog):
    caplog.set_level("INFO")
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
    again(desk, source=desk.config.sources[0].name)
    lines = [record.getMessage() for record in caplog.records if record.name.startswith(("corpus", "crawler"))]
    begun, ended = (next(line for line in lines if line.startswith(name)) for name in ("run begun", "run ended"))
    assert begun.startswith("run begun run=1 trigger=manual")
    assert "status=ok" in ended
    assert " new=4" in ended
    visits = [line for line in lines if line.startswith("visit recorded ")]
    assert sum(" outcome=new status=200 " in line for line in visits) == 4
    read = [line for line in lines if line.startswith("articles read again ")]
    assert len(read) == 1
    assert "read=4 amended=4 left=0 bare=0" in read[0]
    assert all(len(line.splitlines()) == 1 for line in lines)
