"""`pressmark withdraw`: the text is gone wherever one looks, and stays gone."""

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest

from corpus.store import ArticleStore
from tests.crawler.crawling import front, rss, story
from tests.crawler.faultweb import serving
from tests.web.commands import run
from tests.web.conftest import app_over, client_of

PATHS = [f"/news/story-of-day-{n:05}" for n in range(2)]


def captured(folder: Path) -> bytes:
    return b"".join(gzip.decompress(path.read_bytes()) for path in (folder / "data" / "captures").iterdir())


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory):
    """A corpus that was crawled, and its site, which goes on answering."""
    folder = tmp_path_factory.mktemp("origin")
    pages = {PATHS[0]: story("Zebras", text="Unmistakable zebra words of a text. " * 9), PATHS[1]: story("Other")}
    with serving({"/": front(), "/feed.xml": rss(*PATHS), **pages}) as site:
        (folder / "config.toml").write_text(
            '[crawler]\ncontact = "d@a.example"\ndelay = 0\nrevisit_after = 0\nlistings_every = 0\n'
            f'allow_addresses = ["127.88.0.0/16"]\n[[source]]\nname = "gazette"\nurl = "{site.url}/"\n'
        )
        assert run(folder, "crawl").exit_code == 0
        yield folder, site


@pytest.fixture
def crawled(origin, tmp_path: Path):
    folder, site = origin
    return shutil.copytree(folder, tmp_path / "copy"), site


def test_the_text_is_gone_from_store_search_and_captures_and_no_crawl_or_import_brings_it_back(crawled):
    folder, site = crawled
    run(folder, "export", "-o", str(folder / "all.jsonl"))
    url = site.url + PATHS[0]
    mark = json.loads(run(folder, "show", url, "--json").stdout)["id"]
    shown = run(folder, "withdraw", url, "--reason", "asked for  by the author", "--captures", "--yes")
    assert shown.exit_code == 0
    assert shown.stdout == f"{mark} is withdrawn, 1 text taken away: asked for by the author\n"
    assert "1 raw response emptied" in shown.stderr
    for again in (["crawl"], ["import", str(folder / "all.jsonl")], ["index", "rebuild"]):
        run(folder, *again)
        assert "withdrawn: by hand: asked for by the author" in run(folder, "show", mark).stdout
        assert json.loads(run(folder, "search", "zebra", "--json").stdout)["total"] == 0
    assert json.loads(run(folder, "search", "other", "--json").stdout)["total"] == 1
    assert b"zebra" not in captured(folder)
    stored = b"".join(path.read_bytes() for path in (folder / "data").glob("pressmark.sqlite*"))
    assert b"Zebras" not in stored
    assert "dropped" in run(folder, "why", url).stdout or "withdrawn" in run(folder, "why", url).stdout


def test_its_page_is_a_tombstone(crawled):
    folder, site = crawled
    run(folder, "withdraw", site.url + PATHS[0], "--reason", "court order", "--yes")
    with ArticleStore.open(folder / "data" / "pressmark.sqlite") as store:
        mark = store.by_url(site.url + PATHS[0]).mark
    reply = client_of(app_over(folder / "data")).get(f"/a/{mark}")
    assert reply.status_code == 410
    assert "court order" in reply.text
    assert "zebra" not in reply.text


def test_captures_stay_unless_asked_for_and_that_is_said(crawled):
    folder, site = crawled
    refused = run(folder, "withdraw", site.url + PATHS[0], "--reason", "x")  # nobody is there to be asked
    assert (refused.exit_code, "no terminal" in refused.stderr, "--yes" in refused.stderr) == (2, True, True)
    assert '"withdrawn": null' in run(folder, "show", site.url + PATHS[0], "--json").stdout
    shown = run(folder, "withdraw", site.url + PATHS[0], "--reason", "x", "--yes")
    assert "1 raw response may still hold the text: --captures empties them" in shown.stderr
    assert b"zebra" in captured(folder)
    again = run(folder, "withdraw", site.url + PATHS[0], "--reason", "y", "--captures", "--yes")
    assert (again.exit_code, b"zebra" in captured(folder)) == (0, False)
    more = run(folder, "withdraw", site.url + PATHS[0], "--reason", "y", "--yes")
    assert (more.exit_code, "may still hold" in more.stderr) == (0, False)
    assert re.search(r" was withdrawn already: y; before, on \d{4}-\d\d-\d\d: by hand: x\n$", again.stdout)


def test_a_response_that_a_copy_shares_is_emptied_with_it_and_that_is_said(tmp_path: Path):
    page, paths = story("Zebras", text="Unmistakable zebra words of a text. " * 9), PATHS
    with serving({"/": front(*paths, feed=None), **dict.fromkeys(paths, page)}) as site:
        (tmp_path / "config.toml").write_text(
            '[crawler]\ncontact = "d@a.example"\ndelay = 0\nallow_addresses = ["127.88.0.0/16"]\n'
            f'[[source]]\nname = "gazette"\nurl = "{site.url}/"\n'
        )
        run(tmp_path, "crawl")
        first, second = (json.loads(run(tmp_path, "show", site.url + path, "--json").stdout)["id"] for path in paths)
    shown = run(tmp_path, "withdraw", first, "--reason", "court order", "--captures", "--yes", "--json")
    assert f"the raw response of {second} was the same, and is emptied with it" in shown.stderr
    assert json.loads(shown.stdout)["emptied_too"] == [second]


@pytest.mark.parametrize(
    ("arguments", "code"), [(["k7f003", "--reason", "x"], 4), (["k7f003"], 2), (["x", "--reason", " "], 2)]
)
def test_what_is_not_there_or_has_no_reason_is_refused(tmp_path, arguments, code):
    (tmp_path / "config.toml").write_text("")
    assert run(tmp_path, "withdraw", *arguments).exit_code == code
