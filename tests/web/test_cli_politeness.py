"""`pressmark politeness`, over a real crawl."""

import json
from pathlib import Path

from tests.crawler.crawling import front, rss, story
from tests.crawler.faultweb import Reply, serving
from tests.web.commands import run


def test_what_is_shown_to_the_owner_of_a_site_is_what_its_own_log_says(tmp_path: Path) -> None:
    stories = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(3)}
    rules = f"User-agent: *\nDisallow: {next(iter(stories))}\nAllow: /{'y' * 3000}\n"
    pages = {"/robots.txt": Reply(rules, type="text/plain"), "/": front(), "/feed.xml": rss(*stories), **stories}
    with serving(pages) as site:
        (tmp_path / "config.toml").write_text(
            '[crawler]\ncontact = "desk@gazette.example"\ndelay = 0.1\nallow_addresses = ["127.88.0.0/16"]\n'
            f'[[source]]\nname = "gazette"\nurl = "{site.url}/"\n'
        )
        run(tmp_path, "crawl", "--no-index")
        asked_for = [path for path in site.paths if path != "/robots.txt"]
    found = json.loads(run(tmp_path, "politeness", "gazette", "--json").stdout)
    day = found["days"][-1]
    assert sum(sum(each["requests"].values()) for each in found["days"]) == len(asked_for)
    assert day["requests"]["article"] == 2
    assert day["disallowed"] == 1
    assert day["shortest_rest"] >= 0.1
    assert found["robots"]["status"] == 200
    assert found["robots"]["beyond"] == {"sitemaps": 0, "rules": 1, "file": False}
    shown = run(tmp_path, "politeness", "gazette").stdout
    assert "asked as pressmark/" in shown
    assert "its robots.txt: 1 rule is read as a wider one, which allows less" in shown
    assert "at least 0.1 s between requests" in shown
    assert run(tmp_path, "politeness", "herald").exit_code == 4
