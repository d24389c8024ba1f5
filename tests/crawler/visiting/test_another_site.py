"""Pages of another site at a story's address."""

import pytest

from tests.crawler.crawling import TEXT, Desk, front, source, story
from tests.crawler.faultweb import serving


@pytest.mark.parametrize("text", ["Of this {} tells.", TEXT * 4])  # of its own, and of one template
def test_a_story_that_names_another_sites_address_as_its_own_takes_no_storys_place_at_once(tmp_path, text):
    """A server that answers for a night with the pages of another of its sites, under the same numbers."""
    path = "/news/4711"
    dated = '<meta property="article:published_time" content="2026-03-01T02:00:00Z">'
    mine, theirs = (
        story(headline, head=f'<link rel="canonical" href="{there}">{dated}', text=text.format(headline))
        for headline, there in (("Flood on the river road", path), ("Ferry sails twice", f"http://other.example{path}"))
    )
    with serving({"/": front(path, feed=None), path: mine}) as site:
        desk = Desk(tmp_path, source(site))
        told = []
        for page in (mine, theirs, mine, theirs, theirs, theirs):
            site.routes[path] = page
            desk.crawl()
            desk.wait(days=40)
            told.append("Ferry" in desk.bodies[path])
    assert told == [False, False, False, False, False, True]  # it is believed when it stays
