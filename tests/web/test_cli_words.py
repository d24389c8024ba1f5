"""Words of a query that begin with a minus, and what a shell completes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.config import load
from tests.web.commands import run
from web.cli.completion import SHELLS, VARIABLE
from web.cli.group import VERBS, pressmark

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(
        '[[source]]\nname = "valley-herald"\nurl = "https://herald.example"\n'
        '[[source]]\nname = "coast"\nurl = "https://coast.example"\n'
    )
    (tmp_path / "a.jsonl").write_text(
        '{"url": "https://g.example/a", "title": "Flood walls", "author": "Ana Pérez", "text": "Walls stand."}\n'
        '{"url": "https://g.example/b", "title": "Insurance", "author": "Li Wei", "text": "Nobody pays for news."}\n'
    )
    assert run(tmp_path, "-q", "import", "a.jsonl").exit_code == 0
    return tmp_path


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("-by:ana-perez",), ["Insurance"]),
        (("-insurance",), ["Flood walls"]),
        (("-news",), ["Flood walls"]),  # not -n with the value "ews"
        (("-has",), ["Flood walls", "Insurance"]),  # nor the flags -h, -a, -s
        (('-"flood walls"', "-n5"), ["Insurance"]),
        (("walls", "-n", "5", "-insurance"), ["Flood walls"]),
        (("--", "-walls"), ["Insurance"]),
    ],
)
def test_a_word_with_a_minus_is_excluded_and_no_option(folder: Path, words: tuple[str, ...], found: list[str]):
    shown = run(folder, "search", *words)
    assert shown.exit_code == 0, shown.stderr
    assert sorted(line.split("\t")[4] for line in shown.stdout.splitlines()[1:]) == found


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), ""),
        (("-n", "1"), "note: hits 1 to 1 of 2: `--page 2` has the next, `-n` sets how many\n"),
        (("-n", "1", "--page", "2"), ""),
        (("-n", "1", "--page", "9"), "note: page 9 has no hits: the last one is page 2\n"),
    ],
)
def test_a_list_of_hits_says_when_it_is_not_all_of_them(folder: Path, options: tuple[str, ...], said: str):
    assert run(folder, "search", *options).stderr == said


def test_export_takes_such_words_too_and_its_own_options_first(folder: Path):
    assert run(folder, "export", "-by:ana-perez").stdout.count("\n") == 2  # the manifest, and an article
    assert run(folder, "export", "-b", "-o", str(folder / "out.jsonl")).exit_code == 0
    assert (folder / "out.jsonl").exists()


@pytest.mark.parametrize("option", ["--jsn", "--", "-n"])
def test_a_mistyped_option_is_still_an_error(folder: Path, option: str):
    shown = run(folder, "search", "walls", option)
    assert shown.exit_code == (0 if option == "--" else 2)


def test_an_error_quotes_a_word_with_a_minus_as_it_was_typed(folder: Path):
    shown = run(folder, "export", "walls", "-news")
    assert shown.exit_code == 2
    assert "unexpected extra argument (-news)" in shown.stderr


def test_init_writes_the_contact_into_its_place_and_refuses_what_is_none(tmp_path: Path):
    assert run(tmp_path, "init", "p", "--contact", "desk@news.example").exit_code == 0
    assert load(cwd=tmp_path / "p", environ={}).crawler.contact == "desk@news.example"
    refused = run(tmp_path, "init", "q", "--contact", "nobody")
    assert refused.exit_code == 1
    assert '"nobody" is no contact' in refused.stderr
    assert not (tmp_path / "q").exists()


def completed(folder: Path, *words: str) -> list[str]:
    """Return what bash would offer for the last of the words."""
    environ = {
        **os.environ,
        VARIABLE: "bash_complete",
        "COMP_WORDS": " ".join(("pressmark", *words)),
        "COMP_CWORD": str(len(words)),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", "from web.cli import main; main()"]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


def test_verbs_options_sources_and_authors_are_completed(folder: Path):
    assert completed(folder, "se") == [verb for verb in VERBS if verb.startswith("se")]
    assert "--json" in completed(folder, "search", "--js")
    assert completed(folder, "crawl", "va") == ["valley-herald"]
    assert completed(folder, "sources", "pause", "") == ["valley-herald", "coast"]
    assert completed(folder, "authors", "merge", "ana") == ["ana-perez"]
    assert completed(folder, "search", "--author", "li") == ["li-wei"]


def test_a_config_that_cannot_be_read_completes_nothing_and_says_nothing(folder: Path):
    (folder / "config.toml").write_text("nonsense")
    assert completed(folder, "crawl", "va") == []
    assert completed(folder, "authors", "merge", "ana") == []


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_for_a_shell_is_read_by_that_shell(shell: str):
    shown = CliRunner().invoke(pressmark, ["completion", shell])
    assert shown.exit_code == 0
    assert VARIABLE in shown.stdout
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} on this machine")
    subprocess.run([shell, "-n"], input=shown.stdout, text=True, check=True, capture_output=True)
