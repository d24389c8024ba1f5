"""`pressmark export`: a file is what its name says, and holds what the search beside it finds."""

import json
from pathlib import Path

import pytest

from tests.web.commands import run

WALL = {"url": "https://gazette.example/a", "title": "A wall", "source": "gazette", "text": "The wall held."}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("corpus")
    (made / "config.toml").touch()
    (made / "a.jsonl").write_text(json.dumps(WALL))
    assert run(made, "import", str(made / "a.jsonl")).exit_code == 0
    return made


@pytest.mark.parametrize("name", ["a.xlsx", "a.json", "a.csv.gz", "a.txt"])
def test_a_file_is_not_written_under_an_ending_of_another_format(folder: Path, tmp_path: Path, name: str) -> None:
    refused = run(folder, "export", "wall", "-o", str(tmp_path / name))
    assert refused.exit_code == 2
    assert "a name that ends in .jsonl, .csv, .bib" in refused.stderr
    assert not (tmp_path / name).exists()
    assert run(folder, "export", "wall", "-o", str(tmp_path / name), "--format", "csv").exit_code == 0


def test_an_export_takes_a_mark_as_a_search_does_and_says_when_nothing_is_in_it(folder: Path) -> None:
    mark = json.loads(run(folder, "show", "https://gazette.example/a", "--json").stdout)["id"]
    assert mark in run(folder, "export", mark, "--format", "bib").stdout
    near = run(folder, "export", "wall zebra", "--format", "bib")
    assert "no article has all words; " in near.stderr
    assert "`pressmark search` lists" in near.stderr
    assert "no article has this" in run(folder, "export", "site:nowhere.example", "--format", "bib").stderr
