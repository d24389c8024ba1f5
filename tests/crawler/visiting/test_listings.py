"""A listing that was fetched leads to what its site names."""

import pytest

from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import Reply, serving


@pytest.mark.parametrize(("home", "line"), [("/", "/maps/all"), ("/en/", "maps/all")])
def test_a_sitemap_is_found_though_its_line_in_robots_txt_leaves_the_host_out(tmp_path, home, line):
    robots = Reply(f"User-agent: *\nAllow: /\nSitemap: {line}\n", type="text/plain")
    routes = {
        home: front(feed=None),
        "/robots.txt": robots,
        "/a-1": story(),
        "/maps/all": "<urlset><url><loc>/a-1</loc></url></urlset>",
    }
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site, url=site.url + home))
        desk.crawl()
    assert set(desk.bodies) == {"/a-1"}
