"""One fact of crawls and sources has many views: terminal, JSON, pages, API and figures say the same of one store."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.model import Discovered, UrlKind
from corpus.runs.receipts import SourceReceipt
from corpus.store import ArticleStore
from corpus.store.values import Due
from corpus.via import Via
from tests.web.commands import run
from tests.web.conftest import app_over, client_of
from tests.web.corpus import ALMARSA, HERALD, NOW, POST, make
from web.layout.services import EXTENSION
from web.notify.run_lines import receipt

NAMED = (HERALD, ALMARSA)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose config.toml names two sources, of which one has a trouble; a third, POST, was taken out."""
    folder = tmp_path_factory.mktemp("archive")
    named = "".join(f'[[source]]\nname = "{name}"\nurl = "https://{name}/"\n' for name in NAMED)
    (folder / "config.toml").write_text(f'[crawler]\ncontact = "desk@news.example"\n{named}')
    store, engine = make(folder / "data")
    engine.close()
    store.close()
    return folder


def test_a_source_that_config_does_not_name_any_more_has_no_trouble_in_any_view(folder: Path) -> None:
    listed = {each["source"]: each for each in json.loads(run(folder, "sources", "--json").stdout)}
    assert (listed[POST]["followed"], listed[POST]["state"]) == (False, None)
    assert (listed[ALMARSA]["followed"], listed[ALMARSA]["state"]) == (True, "blocked")
    (line,) = (line for line in run(folder, "sources").stdout.splitlines() if line.startswith(POST))
    assert line.split("\t")[-1].startswith("not in config.toml: it is no longer crawled")
    assert "slow" not in line
    assert json.loads(run(folder, "status", "--json").stdout)["failing"] == [ALMARSA]
    named = tuple({"name": name, "url": f"https://{name}/"} for name in NAMED)
    pages = client_of(app_over(folder / "data", source=named))
    assert "is slow since" not in pages.get("/crawls/1").text
    assert "slow" not in (page := pages.get(f"/sources/{POST}").text)
    assert "<dt>Crawled<dd>not followed" in page
    of_api = {each["name"]: each for each in pages.get("/api/v1/sources").json["items"]}
    assert (of_api[POST]["state"], of_api[POST]["since"], of_api[POST]["why"]) == ("ok", None, None)
    assert 'pressmark_sources{health="slow"} 0' in pages.get("/metrics").text
    assert "pressmark_sources_unacknowledged 1" in pages.get("/metrics").text


def test_every_view_says_until_when_a_host_rests_and_counts_what_waits_for_it(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'''
timezone = "UTC"
crawler.contact = "desk@news.example"
source = [{{ name = "{HERALD}", url = "https://{HERALD}:8443/" }}]
''')
    (tmp_path / "data").mkdir()
    now = datetime.now(UTC).replace(microsecond=0)
    until = now + timedelta(hours=2)
    found = [Discovered(url=f"https://{HERALD}:8443/{path}", kind=UrlKind.ARTICLE, via=Via.FEED) for path in "ab"]
    elsewhere = Discovered(url=f"https://www.{HERALD}/c", kind=UrlKind.ARTICLE, via=Via.FEED)
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        home = Discovered(url=f"https://{HERALD}:8443/", kind=UrlKind.HOME, via=Via.CONFIG)
        store.frontier.add([home, *found, elsewhere], HERALD, now - timedelta(hours=1))
        store.journal.pause_host(HERALD, until)
        assert store.census.due_now([HERALD, POST], now) == {HERALD: Due(4, 3, until)}
    written = f"{until:%Y-%m-%d %H:%M}"
    dry = run(tmp_path, "crawl", "--dry-run")
    assert "4 addresses due; " in dry.stderr
    assert "3 of them not before their hosts have rested" in dry.stderr
    assert dry.stdout.count(f", rests until {written}\t") == 3
    rests = [each["host_rests_until"] for each in json.loads(run(tmp_path, "crawl", "--dry-run", "--json").stdout)]
    assert Counter(rests) == {until.isoformat(): 3, None: 1}
    assert (
        f"3 addresses are due, and the host rests until {until:%d %b %Y %H:%M}"
        in run(tmp_path, "sources", HERALD).stdout
    )
    assert json.loads(run(tmp_path, "sources", HERALD, "--json").stdout)["rests_until"] == until.isoformat()
    assert f"its host rests until {written}" in run(tmp_path, "politeness", HERALD).stdout
    assert json.loads(run(tmp_path, "politeness", HERALD, "--json").stdout)["rests_until"] == until.isoformat()


def test_why_the_page_and_the_api_say_alike_when_an_address_is_asked_for_again(tmp_path: Path) -> None:
    source = f'source = [{{ name = "{HERALD}", url = "https://{HERALD}/" }}]\n'
    (tmp_path / "config.toml").write_text(f'timezone = "Asia/Tokyo"\n{source}')
    (tmp_path / "data").mkdir()
    url = f"https://{HERALD}/a"
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        store.frontier.add([Discovered(url=url, kind=UrlKind.ARTICLE, via=Via.FEED)], HERALD, NOW)
    followed = {"name": HERALD, "url": f"https://{HERALD}/"}

    def said(*named: dict[str, str], page: str) -> tuple[str, str | None]:
        app = app_over(tmp_path / "data", timezone="Asia/Tokyo", source=named)
        assert page in client_of(app).get("/lookup", query_string={"url": url}).text
        of_api = client_of(app).get("/api/v1/lookup", query_string={"url": url}).json["next"]
        app.extensions[EXTENSION].close()
        (of_why,) = re.findall(r"^next +(.*)$", run(tmp_path, "why", url).stdout, re.MULTILINE)
        assert json.loads(run(tmp_path, "why", url, "--json").stdout)["next"] == of_api
        return of_why, of_api

    assert said(followed, page="23 Nov 2026, 19:30") == ("2026-11-23 19:30", "2026-11-23T10:30:00+00:00")
    assert "found    2026-11-23 19:30 in the feed\n" in run(tmp_path, "why", url).stdout
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        store.sources.pause(HERALD, NOW)
    paused = f"not while {HERALD} is paused"
    assert said(followed, page=paused) == (paused, None)
    (tmp_path / "config.toml").write_text("")
    unnamed = f"not while config.toml does not name {HERALD}"
    assert said(page=unnamed) == (unnamed, None)


def test_the_pages_without_a_story_of_a_source_are_counted_alike_in_its_row_in_the_sum_and_in_the_line_of_a_crawl(
    tmp_path: Path,
) -> None:
    counts = {"new": {"": 2}, "not-article": {"paywall": 5, "empty": 1}, "failed": {"http-500": 1}}
    (tmp_path / "config.toml").write_text("")
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "pressmark.sqlite"
    with ArticleStore.open(path) as store, store.runs.begin([HERALD], started=NOW) as claim:
        closed = SourceReceipt(source=HERALD, state="done", started=NOW, ended=NOW, counts=counts)
        store.runs.finish_sources(claim.run.id, [closed], {})
        summed = {HERALD: {name: sum(each.values()) for name, each in counts.items()}}
        ended = replace(claim.run, ended=NOW, status="partial", counts=summed)
        store.runs.finish(ended)
    head, row = run(tmp_path, "runs", "1").stdout.splitlines()[1:3]
    cells = dict(zip(head.split("\t"), row.split("\t"), strict=True))
    assert (cells["new"], cells["no article"], cells["failed"], cells["state"]) == ("2", "6", "1", "done")
    assert receipt(ended)[1] == f"  {HERALD}: 2 new, 6 no article, 1 failed"
    page = client_of(app_over(tmp_path / "data")).get("/crawls/1").text
    by_source = page.partition("By source")[2]
    assert re.findall(r'data-l="No article"><a href="([^"]*)">(\d+)</a>', by_source) == [
        (f"/crawls/1/visits?outcome=not-article&amp;source={HERALD}", "6")
    ]
    assert "</span> done</b>" in by_source
