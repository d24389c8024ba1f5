"""A site behind two caches, one of which is a text behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import Reply, Site, serving

PATH = "/news/flood-on-the-river-road"
DATED = '<meta property="article:published_time" content="2026-03-01T02:00:00Z">'
MONDAY, TUESDAY = "Mon, 02 Mar 2026 08:00:00 GMT", "Tue, 03 Mar 2026 08:00:00 GMT"
HOUR = 3600


def page(text: str, *, updated: str | None = None, **headers: str) -> Reply:
    stated = f'<meta property="article:modified_time" content="{updated}">' if updated else ""
    return Reply(
        story("Flood on the river road", head=DATED + stated, text=text),
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


@contextmanager
def archive(folder: Path, first: Reply) -> Iterator[tuple[Desk, Site]]:
    with serving({"/": front(PATH, feed=None), PATH: first}) as site:
        desk = Desk(folder, source(site))
        desk.crawl()
        yield desk, site


def revisions_after(desk: Desk, site: Site, *pages: Reply) -> list[int]:
    """How many texts the article has had after each night."""
    counts = []
    for each in pages:
        desk.wait(days=40)
        site.routes[PATH] = each
        desk.crawl()
        article = desk.store.by_url(site.url + PATH)
        assert article is not None
        counts.append(article.revision)
    return counts


OLD, NEW = "The bridge is shut.", "The bridge is shut, and the mayor resigned."
BY_WHAT = {
    "the update that the page states": (
        page(OLD, updated="2026-03-02T08:00:00Z"),
        page(NEW, updated="2026-03-03T08:00:00Z"),
    ),
    "Last-Modified": (page(OLD, Last_Modified=MONDAY), page(NEW, Last_Modified=TUESDAY)),
    "Age": (page(OLD, Age=str(1000 * 24 * HOUR)), page(NEW, Age="0")),
}


@pytest.mark.parametrize("by", BY_WHAT)
def test_a_cache_that_is_a_text_behind_makes_no_revisions(tmp_path, by):
    old, new = BY_WHAT[by]
    with archive(tmp_path, old) as (desk, site):
        assert revisions_after(desk, site, new, old, new, old, old, new) == [2, 2, 2, 2, 2, 2]
        assert "resigned" in desk.bodies[PATH]


def test_an_old_copy_is_counted_by_its_reason_and_why_says_it(tmp_path):
    with archive(tmp_path, page(OLD, Last_Modified=MONDAY)) as (desk, site):
        revisions_after(desk, site, page(NEW, Last_Modified=TUESDAY), page(OLD, Last_Modified=MONDAY))
        entry = desk.store.frontier.entry(site.url + PATH)
        assert entry.reason == "earlier-text: its Last-Modified is earlier"
        assert entry.last_modified == TUESDAY  # what is asked with next is of the text that stands
        receipts = desk.store.runs.receipts(desk.store.runs.latest(1)[0].id)
        assert receipts[0].counts["not-article"] == {"earlier-text": 1}


def test_a_text_that_the_site_goes_back_to_is_believed_when_it_stays(tmp_path):
    old, new = BY_WHAT["Last-Modified"]
    with archive(tmp_path, old) as (desk, site):
        assert revisions_after(desk, site, new, old, old, old) == [2, 2, 2, 3]
        assert "resigned" not in desk.bodies[PATH]


@pytest.mark.parametrize(
    "back",
    [
        page(OLD),
        page(OLD, Last_Modified="Wed, 04 Mar 2026 08:00:00 GMT"),
        page(OLD, updated="2026-03-04T08:00:00Z", Last_Modified=MONDAY),
        page(OLD, Age=str(HOUR)),
        page(OLD, Age="soon", Last_Modified="then"),
    ],
)
def test_a_text_that_nothing_says_to_be_older_is_a_revision_at_once(tmp_path, back):
    first, new = page(OLD, Last_Modified=MONDAY), page(NEW, updated="2026-03-03T08:00:00Z", Last_Modified=TUESDAY)
    with archive(tmp_path, first) as (desk, site):
        assert revisions_after(desk, site, new, back) == [2, 3]


@pytest.mark.parametrize("headers", [{}, {"Age": "0"}, {"Last_Modified": "Wed, 04 Mar 2026 08:00:00 GMT"}])
def test_a_site_that_goes_to_and_fro_between_two_texts_makes_no_revision_each_night(tmp_path, headers):
    old, new = page(OLD, **headers), page(NEW, **headers)
    with archive(tmp_path, old) as (desk, site):
        assert revisions_after(desk, site, new, old, new, old) == [2, 3, 4, 4]
        entry = desk.store.frontier.entry(site.url + PATH)
        assert entry.reason == "earlier-text: its site goes to and fro between texts"
        assert revisions_after(desk, site, new, old, old, old) == [4, 4, 4, 5]


def test_a_text_that_a_page_dates_later_is_believed_however_often_it_was_there(tmp_path):
    pages = [page((OLD, NEW)[n % 2], updated=f"2026-03-{n + 2:02}T08:00:00Z") for n in range(8)]
    with archive(tmp_path, pages[0]) as (desk, site):
        assert revisions_after(desk, site, *pages[1:]) == [2, 3, 4, 5, 6, 7, 8]


def test_a_text_that_the_article_never_had_is_a_revision_whatever_its_age(tmp_path):
    with archive(tmp_path, page(OLD, Last_Modified=TUESDAY)) as (desk, site):
        assert revisions_after(desk, site, page(NEW, Last_Modified=MONDAY)) == [2]
