"""What the command line says is English: numbers with their nouns, whole sentences, words and no plain data."""

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from corpus.store import ArticleStore
from corpus.texts.counted import counted
from tests.web.commands import run
from tests.web.corpus import HERALD
from web.cli.group import VERBS, pressmark

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    shutil.copytree(data, tmp_path / "data")
    (tmp_path / "config.toml").write_text(f'[web]\nport = 9123\n[[source]]\nurl = "https://{HERALD}/"\n')
    return tmp_path


def a_mark(folder: Path) -> str:
    return str(json.loads(run(folder, "search", "-n", "1", "--json").stdout)["hits"][0]["id"])


def test_a_number_stands_with_the_form_of_its_noun() -> None:
    assert [counted(number, "raw response") for number in (0, 1, 2_000)] == [
        "0 raw responses",
        "1 raw response",
        "2,000 raw responses",
    ]
    assert counted(2, "receipt of a crawl", "receipts of crawls") == "2 receipts of crawls"


def test_no_verb_joins_a_number_to_a_plural_by_hand() -> None:
    """A message with "1 articles" in it would; a bound, which is never 1, may."""
    joined = re.compile(
        r"\{(?!MAX_|LONGEST)[^{}]*:,\} (?:[a-z]+ )?(?:articles|responses|pages|texts|files|links|days)\b"
    )
    found = [
        (file.name, line.strip())
        for file in sorted((ROOT / "web" / "cli").glob("*.py"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if joined.search(line)
    ]
    assert found == []


def groups() -> Iterator[tuple[str, click.Group]]:
    context = click.Context(pressmark)
    for verb in VERBS:
        command = pressmark.get_command(context, verb)
        if isinstance(command, click.Group):
            yield verb, command


def test_a_group_lists_each_of_its_verbs_with_a_whole_sentence() -> None:
    listed = {verb: CliRunner().invoke(pressmark, [verb, "--help"]).output for verb, _ in groups()}
    assert len(listed) >= 10
    cut = [(verb, line) for verb, text in listed.items() for line in text.splitlines() if line.endswith("...")]
    assert [(verb, line) for verb, line in cut if "Usage:" not in line] == []


def test_authors_are_listed_by_a_part_of_any_of_their_names(folder: Path) -> None:
    with ArticleStore.open(folder / "data" / "pressmark.sqlite", read_only=True) as store:
        two_words = next(each.author for each in store.authors.counts() if each.author.key.count("-") == 1)
    first, last = two_words.key.split("-")
    for part in (first[:4], last[:4], two_words.name.upper()):
        listed = run(folder, "authors", "list", part)
        assert two_words.key in [line.split("\t")[1] for line in listed.stdout.splitlines()], part
    within = run(folder, "authors", "list", last[1:])
    assert two_words.key not in within.stdout
    assert "no author has a name with a word that begins with 'zzz'" in run(folder, "authors", "list", "zzz").stderr
    count = len(run(folder, "authors", "list").stdout.splitlines()) - 1
    cut = run(folder, "authors", "list", "--limit", str(count - 1))
    assert (len(cut.stdout.splitlines()), f"more than {count - 1}" in cut.stderr) == (count, True)
    assert "more than" not in run(folder, "authors", "list", "--limit", str(count)).stderr


def test_the_author_whose_key_begins_so_stands_before_the_others(folder: Path) -> None:
    keys = [line.split("\t")[1] for line in run(folder, "authors", "list", "m").stdout.splitlines()[1:]]
    begin = [key for key in keys if key.startswith("m")]
    assert keys == sorted(begin) + sorted(set(keys) - set(begin))
    assert begin


def test_the_address_of_a_shared_dossier_has_the_port_of_the_pages(folder: Path) -> None:
    mark = run(folder, "dossiers", "begin", "Walls").stdout.strip()
    assert f"http://127.0.0.1:9123/shared/{mark}-" in run(folder, "dossiers", "share", mark, "link").stdout


@pytest.mark.parametrize("name", ["Sea walls", "Floods / 2026"])
def test_a_dossier_that_is_named_in_place_of_its_mark_is_told_its_mark(folder: Path, name: str) -> None:
    mark = run(folder, "dossiers", "begin", name).stdout.strip()
    shown = run(folder, "dossiers", "show", name.lower())
    assert (shown.exit_code, shown.stdout) == (4, "")
    assert f"; a dossier of this name has the mark {mark}\n" in shown.stderr
    assert "; " not in run(folder, "dossiers", "show", f"{name}s").stderr


def test_a_correction_is_listed_in_words(folder: Path) -> None:
    mark = a_mark(folder)
    made = run(folder, "corrections", "add", mark, "authors", "Ana Pérez", "Jan de Wit")
    listed = run(folder, "corrections")
    for shown in (made, listed):
        assert "\tAna Pérez, Jan de Wit\t" in shown.stdout
        assert not set("{}[]") & set(shown.stdout)


def test_words_that_do_not_stand_in_a_text_are_said_as_a_person_typed_them(folder: Path) -> None:
    shown = run(folder, "passages", "mark", a_mark(folder), "no such words anywhere")
    assert shown.stderr == (
        "error: quote = 'no such words anywhere': these words are not in the text in this order: copy them from it\n"
    )


def _at_a_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell in the background ignores it, and its children inherit that


@pytest.mark.parametrize(
    ("key", "code", "words"),
    [(b"\x04", 1, "not answered"), (b"\x03", 130, "interrupted"), (b"n\n", 1, "nothing was changed")],
)
def test_a_question_that_is_answered_with_no_or_not_at_all_changes_nothing_and_that_is_said(
    folder: Path, key: bytes, code: int, words: str
) -> None:
    mark = a_mark(folder)
    ours, theirs = os.openpty()
    line = [sys.executable, "-m", "web.cli", "-C", str(folder), "withdraw", mark, "--reason", "asked for"]
    with subprocess.Popen(
        line, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=_at_a_terminal,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        asked = b""
        while b"[y/N]" not in asked and (more := os.read(process.stderr.fileno(), 100)):
            asked += more
        while process.poll() is None:  # one that comes before the question is read is lost
            os.write(ours, key)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.2)
        said = process.stderr.read().decode()
    os.close(theirs)
    os.close(ours)
    assert (process.returncode, words in said, "Traceback" in said) == (code, True, False), said
    assert ("not answered" in said) == (key == b"\x04")
    assert '"withdrawn": null' in run(folder, "show", mark, "--json").stdout
