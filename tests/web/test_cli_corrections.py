"""`pressmark corrections`, `dossiers` and `passages`: what they change, refuse and say, whoever may read the pages."""

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from corpus.store import ArticleStore
from corpus.store.crawls.requests import RequestKind
from tests.web.commands import run
from tests.web.corpus import HERALD, NOW
from tests.web.sources.test_rule_page import RULE, correct

CONFIG = f'[[source]]\nname = "{HERALD}"\nurl = "https://{HERALD}/"\n'


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    shutil.copytree(data, tmp_path / "data")
    (tmp_path / "config.toml").write_text(CONFIG)
    return tmp_path


def test_three_corrections_lead_to_a_rule_in_config_toml_from_the_terminal(folder: Path):
    with ArticleStore.open(folder / "data" / "pressmark.sqlite") as store:
        correct(store)
        (offer,) = json.loads(run(folder, "corrections", "rules", "--json").stdout)
        assert (offer["source"], offer["field"], offer["corrections"]) == (HERALD, "section", 3)
        wanted = run(folder, "corrections", "try", HERALD, "section", "--json")
        id = str(json.loads(wanted.stdout)["id"])
        assert "no scheduler is alive" in wanted.stderr
        (taken,) = store.requests.claim(RequestKind.RULE, NOW, limit=1)
        store.requests.finish(taken, NOW, answer=RULE)
    shown = run(folder, "corrections", "trial", id)
    assert shown.stdout.splitlines()[1].split("\t")[:2] == ["0", "section"]
    assert json.loads(run(folder, "corrections", "trial", id, "--json").stdout)["state"] == "done"
    assert run(folder, "corrections", "take", id, "9").exit_code == 1
    done = run(folder, "corrections", "take", id, "0", "--json")
    assert (done.exit_code, json.loads(done.stdout)["source"]) == (0, HERALD)
    assert "selectors.section" in (folder / "config.toml").read_text()
    assert f"/requests/{id}?done=" in done.stderr


@pytest.mark.parametrize(
    "web",
    [
        '[web]\naccounts = "password"\n',
        pytest.param("", marks=pytest.mark.soak),
        pytest.param("[web]\npublic = true\n", marks=pytest.mark.soak),
    ],
)
def test_who_sits_at_the_terminal_keeps_a_dossier_whoever_may_read_the_pages(folder: Path, web: str):
    (folder / "config.toml").write_text(web + CONFIG)
    mark = run(folder, "dossiers", "begin", "Walls").stdout.strip()
    filled = json.loads(run(folder, "dossiers", "fill", mark, "flood", "--json").stdout)
    assert filled["new"] == filled["found"] > 0
    again = run(folder, "dossiers", "fill", mark, "flood", "--json")
    assert "undo" not in again.stderr  # nothing was changed, so that nothing is offered
    assert json.loads(again.stdout) == {"new": 0, "found": filled["found"]}
    assert f"/d/{mark}?done=" in run(folder, "dossiers", "change", mark, "--about", "For chapter 3").stderr
    (listed,) = json.loads(run(folder, "dossiers", "--json").stdout)
    assert (listed["name"], listed["articles"]) == ("Walls", filled["found"])
    (first, second) = [each["id"] for each in json.loads(run(folder, "search", "flood", "--json").stdout)["hits"][:2]]
    assert run(folder, "dossiers", "put", mark, first, "k00000", "--note", "See.").exit_code == 4
    assert "See." not in run(folder, "dossiers", "show", mark).stdout  # all are looked up before the first is put in
    both = run(folder, "dossiers", "put", mark, first, second, "--note", "See.", "--json")
    assert [(each["id"], each["note"]) for each in json.loads(both.stdout)] == [(first, "See."), (second, "See.")]
    assert both.stderr.count("offers to undo it") == 2
    assert run(folder, "dossiers", "export", mark, "-o", str(folder / "walls.zip")).exit_code == 0
    again = run(folder, "dossiers", "export", mark, "-o", str(folder / "walls.zip"))
    assert (again.exit_code, "it exists already" in again.stderr) == (1, True)
    assert run(folder, "dossiers", "export", mark, "-o", str(folder / "walls.zip"), "--force").exit_code == 0
    with ZipFile(folder / "walls.zip") as packed:
        assert json.loads(packed.read("manifest.json"))["searches"][0]["articles"] == filled["new"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            ["dossiers", "show", "d-00000"],
            4,
            "error: no dossier that you can read has the mark d-00000\n",
        ),
        (["dossiers", "begin", " "], 1, "name = ' '"),
        (["dossiers", "export", "d-00000", "-o", "walls.exe"], 2, "expected a name that ends with one of bib"),
        (["passages", "mark", "k00000", "x"], 4, "error: no article here has the pressmark k00000"),
        (["corrections", "add", "k00000", "section", "x"], 4, "error: no article here has the pressmark"),
        (["corrections", "try", "nobody.example", "section"], 1, ": a rule needs 3 corrections"),
        (["corrections", "trial", "7"], 4, "error: corrections trial 7: not found\n"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(folder: Path, arguments: list[str], code: int, words: str):
    shown = run(folder, *arguments)
    assert (shown.exit_code, words in shown.stderr) == (code, True), shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_file_that_cannot_be_had_leaves_the_one_that_stands(folder: Path):
    (folder / "walls.zip").write_text("mine")
    assert run(folder, "dossiers", "export", "d-00000", "-o", str(folder / "walls.zip"), "--force").exit_code == 4
    assert (folder / "walls.zip").read_text() == "mine"
    assert not list(folder.glob(".walls*"))
