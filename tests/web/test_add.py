"""`pressmark add` looks at a site and appends it to config.toml; all else in the file stays as it is."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from corpus.config.source_tables import with_source
from corpus.config.writing import change_file
from tests.crawler.crawling import front, rss, story
from tests.crawler.faultweb import Reply, serving
from tests.web.commands import run
from web.demo.server import DemoWeb
from web.demo.sites import COAST, HERALD


@pytest.fixture(scope="module")
def web() -> Iterator[DemoWeb]:
    with DemoWeb() as sites:
        yield sites


@pytest.fixture
def folder(tmp_path: Path, web: DemoWeb) -> Path:
    (tmp_path / "config.toml").write_text(
        "# mine\n[crawler]\n"
        'contact = "desk@gazette.example"  # ours\n'
        f'delay = 0\nallow_addresses = ["127.77.0.0/16"]\nallow_ports = [{web.ports[0]}]\n'
    )
    return tmp_path


def add(folder: Path, *arguments: str) -> Result:
    return run(folder, "add", *arguments)


def test_a_site_is_shown_and_appended(folder: Path, web: DemoWeb) -> None:
    shown = add(folder, web.origin(COAST), "--yes")
    assert shown.exit_code == 0
    assert "atom.xml: 30 articles" in shown.stdout
    assert shown.stdout.count("article\t") == 3
    text = (folder / "config.toml").read_text()
    assert "# mine" in text
    assert "# ours" in text
    assert tomllib.loads(text)["source"] == [{"url": web.origin(COAST)}]


def test_a_second_one_stands_after_the_first(folder: Path, web: DemoWeb) -> None:
    assert add(folder, web.origin(COAST), "--yes").exit_code == 0
    assert add(folder, web.origin(HERALD), "--yes", "--name", "herald").exit_code == 0
    sources = tomllib.loads((folder / "config.toml").read_text())["source"]
    assert sources == [{"url": web.origin(COAST)}, {"name": "herald", "url": web.origin(HERALD)}]
    assert add(folder, web.origin(HERALD), "--yes").exit_code == 1


def test_a_dry_run_adds_nothing(folder: Path, web: DemoWeb) -> None:
    before = (folder / "config.toml").read_text()
    assert add(folder, web.origin(COAST), "--dry-run").exit_code == 0
    assert (folder / "config.toml").read_text() == before


def test_a_no_adds_nothing(folder: Path, web: DemoWeb) -> None:
    before = (folder / "config.toml").read_text()
    answered = run(folder, "add", web.origin(COAST), typed="n\n")
    assert answered.exit_code == 1
    assert (folder / "config.toml").read_text() == before


def test_a_site_that_does_not_answer_is_told_and_not_added(folder: Path, web: DemoWeb) -> None:
    shown = add(folder, f"http://127.77.0.9:{web.ports[0]}", "--yes")
    assert shown.exit_code == 1
    assert shown.stderr.startswith(f"error: http://127.77.0.9:{web.ports[0]}")
    assert "source" not in (folder / "config.toml").read_text()


@pytest.mark.parametrize("address", ["", "not an address", "gopher://old.example"])
def test_what_is_no_address_is_told(folder: Path, address: str) -> None:
    shown = add(folder, address)
    assert shown.exit_code == 1
    assert "expected an address" in shown.stderr


def test_a_list_of_addresses_stays_a_list(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('source = ["https://a.example"]  # the first\n\n[web]\nport = 8000\n')
    change_file(file, lambda text: with_source(text, "https://b.example", None))
    change_file(file, lambda text: with_source(text, "https://c.example", "c"))
    told = tomllib.loads(file.read_text())
    assert told["source"] == ["https://a.example", "https://b.example", {"name": "c", "url": "https://c.example"}]
    assert "# the first" in file.read_text()


STORIES = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(5)}


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(
        '[crawler]\ncontact = "desk@gazette.example"\ndelay = 0\nallow_addresses = ["127.88.0.0/16"]\n'
    )
    return tmp_path


def sources(folder: Path) -> list[dict[str, object]]:
    return list(tomllib.loads((folder / "config.toml").read_text()).get("source", []))


def test_a_feeds_own_address_becomes_the_site_it_is_of(open_folder: Path) -> None:
    with serving({"/": front(feed=None), "/rss.xml": rss(*STORIES), **STORIES}) as site:
        shown = add(open_folder, f"{site.url}/rss.xml", "--yes")
    assert shown.exit_code == 0, shown.output
    assert "rss.xml: 5 articles (as the address that was given)" in shown.stdout
    assert sources(open_folder) == [{"url": f"{site.url}/", "feeds": [f"{site.url}/rss.xml"]}]


def test_a_second_feed_of_a_site_joins_its_source(open_folder: Path) -> None:
    feeds = {"/rss.xml": rss(*STORIES), "/world.xml": rss(*STORIES)}
    with serving({"/": front(feed=None), **feeds, **STORIES}) as site:
        add(open_folder, f"{site.url}/rss.xml", "--yes")
        assert add(open_folder, f"{site.url}/world.xml", "--yes").exit_code == 0
        assert add(open_folder, f"{site.url}/world.xml", "--yes").exit_code == 1
    assert sources(open_folder) == [{"url": f"{site.url}/", "feeds": [f"{site.url}/rss.xml", f"{site.url}/world.xml"]}]


def test_a_section_is_added_as_it_is_given(open_folder: Path) -> None:
    with serving({"/local": front(*STORIES, feed=None), **STORIES}) as site:
        assert add(open_folder, f"{site.url}/local", "--yes").exit_code == 0
    assert sources(open_folder) == [{"url": f"{site.url}/local"}]


def test_without_a_scheme_http_is_tried_after_https(open_folder: Path) -> None:
    with serving({"/": front(*STORIES), "/feed.xml": rss(*STORIES), **STORIES}) as site:
        shown = add(open_folder, f"{site.host}:{site.port}", "--yes")
    assert shown.exit_code == 0, shown.output
    assert sources(open_folder) == [{"url": site.url}]


@pytest.mark.parametrize(
    "page",
    ["", "<h1>Welcome</h1>", '<a href="/about">About</a><a href="/a.pdf">x</a>', front("/shop", "/cart", feed=None)],
)
def test_a_site_where_nothing_is_found_is_refused_in_words(open_folder: Path, page: str) -> None:
    with serving({"/": page}) as site:
        shown = add(open_folder, site.url, "--yes")
    assert shown.exit_code == 1
    assert "no feed, no sitemap and no article was found" in shown.stderr
    assert sources(open_folder) == []


def test_what_a_crawl_will_and_will_not_bring_is_said(open_folder: Path) -> None:
    home = front("/world", "/login", "/a.pdf", *STORIES)
    pages = {"/world": '<a rel="next" href="/world?page=2">x</a>', "/feed.xml": rss(*STORIES), **STORIES}
    gone = next(iter(STORIES))
    with serving({"/": home, **pages, gone: Reply(status=404)}) as site:
        shown = add(open_folder, site.url, "--dry-run").stdout
    assert "a crawl brings: 5 articles from its feed, no sitemap, 5 links of the front page" in shown
    assert "walk the archive with `pressmark crawl '127.88.0.1' --backfill 2020..`" in shown
    assert "; the address ends as that of a file we do not read ×1, such as " in shown
    assert "another page of service ×1, such as " in shown
    assert f"  page {site.url}{gone}: the server answered 404 (on the front page)\n" in shown


def test_a_site_without_older_pages_says_so(open_folder: Path) -> None:
    with serving({"/": front(*STORIES), "/feed.xml": rss(*STORIES), **STORIES}) as site:
        assert "older pages: none was seen" in add(open_folder, site.url, "--dry-run").stdout


def test_a_source_is_named_as_all_commands_call_it_and_why_no_page_is_a_story_is_said_once(open_folder: Path) -> None:
    shell = "<!doctype html><title>x</title><body><div id=root></div></body>"
    pages = {f"/news/story-of-day-{day}": shell for day in "abc"}
    with serving({"/": front(*pages)} | pages | {"/feed.xml": rss(*pages)}) as site:
        shown = add(open_folder, site.url, "--yes")
    assert shown.stderr.startswith(f"added {site.host} to ")
    (line,) = (line for line in shown.stdout.splitlines() if "none of the pages" in line)
    assert line.endswith("reads as an article (the page has too little text ×3)")
