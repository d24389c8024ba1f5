"""`pressmark saved`: searches saved, told, paused and deleted from a terminal."""

import json
from pathlib import Path

import pytest
from click.testing import Result

from corpus.store import ArticleStore
from tests.web.commands import run
from tests.web.notify.servers import Posts, webhook


@pytest.fixture
def posts():
    with webhook() as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path, posts: Posts) -> Path:
    (tmp_path / "config.toml").write_text(f'[notify]\nwebhook = "{posts.url}"\n')
    return tmp_path


def saved(folder: Path, *arguments: str) -> Result:
    return run(folder, "saved", *arguments)


def test_a_search_is_saved_told_paused_and_deleted(folder: Path, posts: Posts):
    made = json.loads(saved(folder, "add", "flood", "defences", "--by", "webhook", "--json").stdout)
    assert (made["id"], made["name"], made["by"], made["often"]) == (1, "flood defences", ["webhook"], "runs")
    assert made["feed"].startswith("http://127.0.0.1:")
    page = folder / "page.jsonl"
    page.write_text(json.dumps({"url": "https://a.example/1", "headline": "Flood defences", "text": "Flood. " * 60}))
    imported = run(folder, "import", str(page))
    assert imported.exit_code == 0, imported.output
    assert saved(folder, "run").stdout == "1 new article in flood defences\n"
    assert saved(folder, "run").stdout == ""
    assert len(posts.bodies) == 1
    assert "webhook, once a day" in saved(folder, "set", "1", "--often", "daily").stdout
    assert "paused" in saved(folder, "pause", "1").stdout
    assert "is paused already: nothing was changed" in saved(folder, "pause", "1").stderr
    assert "by feed, webhook" in saved(folder, "resume", "1").stdout
    assert "is not paused: nothing was changed" in saved(folder, "resume", "1").stderr
    assert "by feed" in saved(folder, "set", "1", "--by", "none").stdout
    gone = saved(folder, "remove", "1")
    assert gone.exit_code == 0
    assert "http://127.0.0.1:8765/saved?done=6 offers to bring it back" in gone.stderr
    with ArticleStore.open(folder / "data" / "pressmark.sqlite") as store:
        listed = [(each.who, each.undo and each.undo["kind"]) for each in store.audit.latest()[::-1]]
    kinds = ("search saved", "search told", "search paused", "search resumed", "search told", "search deleted")
    assert listed == [("this machine", kind) for kind in kinds]
    assert saved(folder, "pause", "1").exit_code == 4
    assert json.loads(saved(folder, "--json").stdout) == []


def test_a_search_that_is_saved_twice_is_said_to_be(folder: Path):
    twice = "The same search is saved as “flood”, too."
    assert twice not in saved(folder, "add", "flood").stderr
    assert twice not in saved(folder, "add", "flood", "defences").stderr
    again = saved(folder, "add", " flood", "--name", "Water")
    assert twice in again.stderr
    assert again.exit_code == 0


def test_a_way_that_is_not_set_up_is_refused_in_words(folder: Path):
    shown = saved(folder, "add", "flood", "--by", "mail")
    assert shown.exit_code == 1
    assert "expected mail_to and smtp_host" in shown.stderr
    assert json.loads(saved(folder, "list", "--json").stdout) == []


def test_a_name_that_is_too_long_is_refused_and_that_of_a_long_search_ends_with_an_ellipsis(folder: Path):
    refused = saved(folder, "add", "flood", "--name", "x" * 501)
    assert refused.exit_code == 2
    assert "501 characters are too many: expected at most 500" in refused.stderr
    made = json.loads(saved(folder, "add", "flood " * 100, "--json").stdout)
    assert len(made["name"]) == 500
    assert made["name"].endswith("…")
    assert saved(folder, "set", str(made["id"]), "--name", "x" * 501).exit_code == 2
    assert json.loads(saved(folder, "list", "--json").stdout)[0]["name"] == made["name"]
