"""`pressmark sources NAME` says how a source is read, what was left out, and what was not walked."""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from corpus.store import ArticleStore, Robots
from crawler.fetching.robots_text import reduced
from tests.crawler.crawling import front, rss, story
from tests.crawler.faultweb import Reply, serving
from tests.web.commands import run

STORIES = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(3)}


def crawled(folder: Path) -> str:
    pages = {"/world": '<a href="/news/story-of-day-00000">x</a><a rel="next" href="/world?page=2">x</a>'}
    home = front("/world", "/login", "/a.pdf", "https://tribune.example/x")
    with serving({"/": home, "/feed.xml": rss(*STORIES), **pages, **STORIES}) as site:
        (folder / "config.toml").write_text(
            '[crawler]\ncontact = "desk@gazette.example"\ndelay = 0\nallow_addresses = ["127.88.0.0/16"]\n'
            f'[[source]]\nname = "gazette"\nurl = "{site.url}/"\nbackfill = 0\n'
        )
        run(folder, "crawl", "--no-index")
        return site.url


def test_a_source_shows_its_listings_what_was_left_out_and_what_was_not_walked(tmp_path: Path) -> None:
    url = crawled(tmp_path)
    shown = run(tmp_path, "sources", "gazette")
    assert shown.exit_code == 0, shown.output
    rows = [line.split("\t") for line in shown.stdout.splitlines() if line.endswith((".xml", "/", "/world"))]
    assert [row[:3] for row in rows if row[-1] == f"{url}/feed.xml"] == [
        ["feed", "named in the head of the page", "read"]
    ]
    assert sum(int(row[3]) for row in rows if len(row) == 5) == 3  # each story once, at the page that named it first
    assert "left out: 1 for file-type (the address ends as that of a file we do not read, such as" in shown.stdout
    assert "left out: 1 for out-of-scope (" in shown.stdout
    assert f"not walked: 1 older page, such as {url}/world?page=2; `pressmark crawl 'gazette'" in shown.stdout
    assert run(tmp_path, "sources", "show", "gazette").stdout == shown.stdout
    none = run(tmp_path, "crawl", "--dry-run")
    assert (none.stdout.count("\n"), "nothing is due; the next address is due on" in none.stderr) == (1, True), (
        none.stderr
    )
    assert "nothing is due; the next address is due on" in run(tmp_path, "crawl", "--no-index").stderr
    run(tmp_path, "sources", "pause", "gazette")
    assert "paused: gazette; `pressmark sources resume" in run(tmp_path, "crawl", "--no-index").stderr


def test_the_same_as_json(tmp_path: Path) -> None:
    url = crawled(tmp_path)
    shown = json.loads(run(tmp_path, "sources", "gazette", "--json").stdout)
    assert shown["left_out"]["service-page"] == {"count": 1, "examples": [f"{url}/login"]}
    assert shown["not_walked"]["count"] == 1
    assert {listing["kind"] for listing in shown["listings"]} == {"home", "feed", "section"}
    assert sum(listing["articles"] for listing in shown["listings"]) == 3


def test_a_source_that_was_never_crawled_and_one_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[[source]]\nname = "gazette"\nurl = "https://gazette.example/"\n')
    shown = run(tmp_path, "sources", "gazette").stdout
    assert "none of its lists was read yet" in shown
    due = run(tmp_path, "crawl", "gazette", "--dry-run")
    assert due.stdout.splitlines()[1:] == ["gazette\thome\tin config.toml\tnever asked\thttps://gazette.example/"]
    assert "1 address due" in due.stderr
    (record,) = json.loads(run(tmp_path, "crawl", "--dry-run", "--json").stdout)
    assert (record["kind"], record["due"]) == ("home", None)
    assert run(tmp_path, "crawl", "gazete", "--dry-run").exit_code == 4
    assert run(tmp_path, "crawl", "gazette", "--dry-run", "--backfill", "2020..").exit_code == 2
    assert "walked back" not in shown
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        store.walks.resume((), "gazette", datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
    assert "its lists are walked back to 2020-01-01" in run(tmp_path, "sources", "gazette").stdout
    unknown = run(tmp_path, "sources", "gazete")
    assert (unknown.exit_code, "there are: gazette" in unknown.stderr) == (4, True)


def test_what_became_of_each_address_is_counted_by_state_and_reason(tmp_path: Path) -> None:
    crawled(tmp_path)
    shown = run(tmp_path, "sources", "gazette").stdout
    assert "\narticle, 3 addresses: crawled\n" in shown
    assert "\nleft out, 4 addresses: the address ends as that of a file we do not read ×1; " in shown
    assert "\nlisting, 3 addresses: feed ×1; front page ×1; section page ×1\n" in shown
    counts = json.loads(run(tmp_path, "sources", "gazette", "--json").stdout)["addresses"]
    assert counts["article"] == {"crawled": 3}
    assert counts["left-out"] == {"file-type": 1, "not-walked": 1, "out-of-scope": 1, "service-page": 1}


def test_a_source_that_refuses_most_stories_is_blocked_wherever_one_looks_until_that_is_acknowledged(
    tmp_path: Path,
) -> None:
    stories = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(5)}
    rules = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in list(stories)[:4])
    robots = {"/robots.txt": Reply(rules, type="text/plain")}
    with serving({"/": front(), "/feed.xml": rss(*stories), **robots, **stories}) as site:
        (tmp_path / "config.toml").write_text(
            '[crawler]\ncontact = "desk@gazette.example"\ndelay = 0\nallow_addresses = ["127.88.0.0/16"]\n'
            f'[[source]]\nname = "gazette"\nurl = "{site.url}/"\n'
        )
        assert run(tmp_path, "crawl", "--no-index").exit_code == 5
        assert run(tmp_path, "crawl", "--no-index").exit_code == 0  # nothing is due
    shown = run(tmp_path, "status")
    assert shown.exit_code == 5
    assert "gazette is blocked since" in shown.stdout
    assert (
        ": 4 of 5 stories could not be read: robots.txt disallows the address ×4; see `pressmark sources 'gazette'`"
        in shown.stdout
    )
    assert json.loads(run(tmp_path, "status", "--json").stdout)["failing"] == ["gazette"]
    of_source = run(tmp_path, "sources", "gazette").stdout
    assert "blocked since" in of_source
    assert "  1. its robots.txt says what is allowed" in of_source
    assert "blocked since" in run(tmp_path, "sources").stdout
    assert ("health gazette", "problem") in findings(tmp_path)
    assert "acknowledged until it is well" in run(tmp_path, "sources", "ack", "gazette").stderr
    shown = run(tmp_path, "status")
    assert shown.exit_code == 0
    assert "(acknowledged" in shown.stdout
    assert ("health gazette", "note") in findings(tmp_path)
    assert json.loads(run(tmp_path, "sources", "gazette", "--json").stdout)["health"]["state"] == "blocked"
    assert run(tmp_path, "sources", "ack", "herald").exit_code == 4
    run(tmp_path, "sources", "pause", "gazette")
    assert "blocked" not in run(tmp_path, "status").stdout


def test_a_source_without_a_trouble_has_nothing_to_acknowledge(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[[source]]\nname = "gazette"\nurl = "https://gazette.example/"\n')
    shown = run(tmp_path, "sources", "ack", "gazette")
    assert (shown.exit_code, shown.stderr) == (0, "gazette has no trouble to acknowledge\n")


def findings(folder: Path) -> set[tuple[str, str]]:
    """What `doctor` says, without asking a host."""
    found = json.loads(run(folder, "doctor", "--offline", "--json").stdout)
    return {(each["check"], each["state"]) for each in found}


def test_what_of_a_robots_txt_is_not_read_as_it_stands_is_said(tmp_path: Path) -> None:
    url = crawled(tmp_path)
    said = ("robots.txt: 30 sitemaps that it names are not read", "robots.txt: it is longer than what is read of it")
    assert not any(each in run(tmp_path, "sources", "gazette").stdout for each in said)
    text = "".join(f"Sitemap: {url}/{number}.xml\n" for number in range(80))
    stored = Robots(reduced(text, "pressmark", is_cut=True), 200, datetime.now(UTC))
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        store.journal.keep_robots(urlsplit(url).netloc, stored)
    shown = run(tmp_path, "sources", "gazette").stdout
    assert all(each in shown for each in said)
    as_json = json.loads(run(tmp_path, "sources", "gazette", "--json").stdout)
    assert as_json["robots_beyond"] == {"sitemaps": 30, "rules": 0, "file": True}
