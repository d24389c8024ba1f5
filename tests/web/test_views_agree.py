"""One fact of crawls and sources has many views: terminal, JSON, pages, API and figures say the same of one store."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.model import Discovered, UrlKind
from corpus.store import ArticleStore
from corpus.store.values import Due
from tests.web.commands import run
from tests.web.conftest import app_over, client_of
from tests.web.corpus import ALMARSA, HERALD, POST, make

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
    assert line.split("\t")[-1].startswith("not in config.toml: it is crawled no more")
    assert "slow" not in line
    assert json.loads(run(folder, "status", "--json").stdout)["failing"] == [ALMARSA]
    named = tuple({"name": name, "url": f"https://{name}/"} for name in NAMED)
    pages = client_of(app_over(folder / "data", source=named))
    assert "is slow since" not in pages.get("/crawls/1").text
    assert "slow" not in pages.get(f"/sources/{POST}").text
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
    found = [Discovered(url=f"https://{HERALD}:8443/{path}", kind=UrlKind.ARTICLE, via="feed") for path in "ab"]
    elsewhere = Discovered(url=f"https://www.{HERALD}/c", kind=UrlKind.ARTICLE, via="feed")
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        home = Discovered(url=f"https://{HERALD}:8443/", kind=UrlKind.HOME, via="config")
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
