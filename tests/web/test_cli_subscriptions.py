"""`pressmark sources import` and `export`: lists of feeds in and out, each feed looked at as `add` does."""

import itertools
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path

from tests.crawler.crawling import front, rss, story
from tests.crawler.faultweb import Reply, Site, serving
from tests.web.commands import run

STORIES = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(4)}


def config(folder: Path, more: str = "") -> Path:
    file = folder / "config.toml"
    file.write_text(
        f'# mine\n[crawler]\ncontact = "desk@gazette.example"\ndelay = 0\nallow_addresses = ["127.88.0.0/16"]\n{more}'
    )
    return folder


def routes() -> dict[str, object]:
    feed = rss(*STORIES)
    return {"/": front(), "/feed.xml": feed, "/world.xml": feed, "/empty.xml": rss(), **STORIES}


def listed(site: Site, *feeds: str) -> str:
    inner = "".join(f'<outline text="Feed {feed}" xmlUrl="{site.url}{feed}"/>' for feed in feeds)
    return f'<opml version="2.0"><body><outline text="Harbour">{inner}</outline></body></opml>'


def test_a_list_is_added_a_line_a_feed_with_its_folder_as_section(tmp_path: Path) -> None:
    with serving(routes()) as site:
        config(tmp_path)
        (tmp_path / "mine.opml").write_text(listed(site, "/feed.xml", "/world.xml", "/missing.xml"))
        shown = run(tmp_path, "sources", "import", str(tmp_path / "mine.opml"))
    assert shown.exit_code == 5, shown.output
    first, second, third = shown.stdout.splitlines()
    assert first == f'added: {site.url}/feed.xml: 4 articles, as "Feed /feed.xml"'
    assert second == f'added: {site.url}/world.xml: 4 articles, to "Feed /feed.xml"'
    assert third.startswith(f"not added: {site.url}/missing.xml: ")
    assert "404" in third
    assert "2 added, 0 there already, 1 not added" in shown.stderr
    text = (tmp_path / "config.toml").read_text()
    assert text.startswith("# mine")
    assert tomllib.loads(text)["source"] == [
        {
            "name": "Feed /feed.xml",
            "url": f"{site.url}/",
            "feeds": [f"{site.url}/feed.xml", f"{site.url}/world.xml"],
            "section": "Harbour",
        }
    ]


def test_a_folder_is_no_section_where_feeds_of_a_site_stand_in_several(tmp_path: Path) -> None:
    with serving(routes()) as site:
        config(tmp_path)
        both = listed(site, "/feed.xml") + listed(site, "/world.xml").replace("Harbour", "World")
        (tmp_path / "mine.opml").write_text(both.replace('</body></opml><opml version="2.0"><body>', ""))
        shown = run(tmp_path, "sources", "import", str(tmp_path / "mine.opml"))
    assert shown.exit_code == 0, shown.output
    said = '"World" is not its section, as feeds of its site stand in several folders'
    assert said in shown.stdout
    (added,) = tomllib.loads((tmp_path / "config.toml").read_text())["source"]
    assert added["feeds"] == [f"{site.url}/feed.xml", f"{site.url}/world.xml"]
    assert "section" not in added


def test_hosts_are_asked_side_by_side_and_no_host_for_two_things_at_once(tmp_path: Path) -> None:
    asked = (threading.Event(), threading.Event())

    def meeting(mine: int) -> Callable[[object], Reply]:
        def meet(_: object) -> Reply:  # it answers once the other site was asked, too
            asked[mine].set()
            assert asked[1 - mine].wait(30)
            return rss(*STORIES)

        return meet

    with serving(routes()) as one, serving(routes(), "127.88.0.2") as other:
        for n, site in enumerate((one, other)):
            site.routes["/meet.xml"] = meeting(n)
        config(tmp_path)
        lists = (listed(one, "/meet.xml", "/feed.xml", "/world.xml"), listed(other, "/feed.xml"))
        outlines = "".join(text.partition("<body>")[2].partition("</body>")[0] for text in lists)
        first = f'<outline text="Met" xmlUrl="{other.url}/meet.xml"/>'
        (tmp_path / "mine.opml").write_text(f'<opml version="2.0"><body>{first}{outlines}</body></opml>')
        shown = run(tmp_path, "sources", "import", str(tmp_path / "mine.opml"))
    assert shown.exit_code == 0, shown.output
    lines = [line.split(": ")[1] for line in shown.stdout.splitlines()]
    assert lines == [
        f"{other.url}/meet.xml",
        *(f"{one.url}/{name}.xml" for name in ("meet", "feed", "world")),
        f"{other.url}/feed.xml",
    ]
    for site in (one, other):
        spans = sorted((each.began, each.ended) for each in site.log)
        assert all(earlier[1] <= later[0] for earlier, later in itertools.pairwise(spans))
        assert site.paths.count("/robots.txt") == 1


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    with serving(routes()) as site:
        config(tmp_path)
        (tmp_path / "mine.opml").write_text(listed(site, "/feed.xml"))
        assert run(tmp_path, "sources", "import", str(tmp_path / "mine.opml")).exit_code == 0
        before = (tmp_path / "config.toml").read_text()
        again = run(tmp_path, "sources", "import", str(tmp_path / "mine.opml"))
    assert (again.exit_code, again.stdout) == (0, f'there already: {site.url}/feed.xml: of "Feed /feed.xml"\n')
    assert (tmp_path / "config.toml").read_text() == before


def test_a_dry_run_adds_nothing(tmp_path: Path) -> None:
    with serving(routes()) as site:
        config(tmp_path)
        (tmp_path / "mine.opml").write_text(listed(site, "/feed.xml"))
        shown = run(tmp_path, "sources", "import", str(tmp_path / "mine.opml"), "--dry-run")
    assert shown.stdout == f"added: {site.url}/feed.xml: 4 articles\n"
    assert "would be added" in shown.stderr
    assert "source" not in (tmp_path / "config.toml").read_text()


def test_a_folder_is_the_section_of_articles_that_name_none(tmp_path: Path) -> None:
    with serving(routes()) as site:
        config(tmp_path)
        (tmp_path / "mine.opml").write_text(listed(site, "/feed.xml"))
        run(tmp_path, "sources", "import", str(tmp_path / "mine.opml"))
        run(tmp_path, "crawl")
    assert '"section": "Harbour"' in run(tmp_path, "export").stdout


def test_what_was_found_is_exported_and_imported_again(tmp_path: Path) -> None:
    with serving(routes()) as site:
        config(tmp_path, f'[[source]]\nname = "gazette"\nurl = "{site.url}/"\nsection = "Harbour"\n')
        run(tmp_path, "crawl", "--no-index")
        out = tmp_path / "out.opml"
        assert run(tmp_path, "sources", "export", str(out)).exit_code == 0
        text = out.read_text()
        assert f'xmlUrl="{site.url}/feed.xml"' in text
        assert '<outline text="Harbour"' in text
        other = tmp_path / "other"
        other.mkdir()
        assert run(config(other), "sources", "import", str(out)).exit_code == 0
    source = tomllib.loads((other / "config.toml").read_text())["source"][0]
    assert (source["name"], source["section"]) == ("gazette", "Harbour")


def test_a_source_without_a_feed_is_named_and_not_written(tmp_path: Path) -> None:
    config(tmp_path, '[[source]]\nname = "mirror"\nurl = "https://mirror.example/"\n')
    shown = run(tmp_path, "sources", "export")
    assert "mirror: has no feed that we know of" in shown.stderr
    assert "outline" not in shown.stdout


def test_what_is_no_list_is_said(tmp_path: Path) -> None:
    config(tmp_path)
    (tmp_path / "page.html").write_text("<html><body>not it</body></html>")
    (tmp_path / "none.opml").write_text("<opml><body/></opml>")
    for name, said in (("page.html", "expected OPML"), ("none.opml", "found none"), ("missing.opml", "cannot be read")):
        shown = run(tmp_path, "sources", "import", str(tmp_path / name))
        assert shown.exit_code in {1, 4}, name
        assert said in shown.stderr
