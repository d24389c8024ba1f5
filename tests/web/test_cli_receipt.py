"""`pressmark receipt`: made, checked, listed."""

from pathlib import Path

import pytest

from corpus.errors import ExitCode
from tests.web.commands import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").touch()
    (tmp_path / "a.jsonl").write_text(
        '{"url": "https://g.example/a", "title": "Flood walls", "text": "Walls stand."}\n'
        '{"url": "https://g.example/b", "title": "Flood money", "text": "Nobody pays."}\n'
    )
    assert run(tmp_path, "-q", "import", "a.jsonl").exit_code == 0
    return tmp_path


def test_a_receipt_is_made_of_a_search_and_checked_later(folder: Path):
    made = run(folder, "receipt", "make", "flood", "-money", "--for", "chapter 1")
    assert made.exit_code == 0, made.stderr
    mark = made.stdout.strip()
    assert "1 article" in made.stderr
    (folder / "b.jsonl").write_text('{"url": "https://g.example/c", "title": "Flood gates", "text": "Shut."}\n')
    assert run(folder, "-q", "import", "b.jsonl").exit_code == 0
    checked = run(folder, "receipt", "check", mark)
    assert "Counted then: 1" in checked.stdout
    assert "New since: 1" in checked.stdout
    assert '"new": 1' in run(folder, "receipt", "check", mark, "--json").stdout
    assert f"{mark}\t" in run(folder, "receipt", "list").stdout


def test_a_mark_that_nobody_has_is_named(folder: Path):
    refused = run(folder, "receipt", "check", "q-00000")
    assert refused.exit_code == ExitCode.NOTHING
    assert "q-00000: no such receipt" in refused.stderr
