"""What a terminal or a script gives us in other bytes than UTF-8 is text with U+FFFD, in every verb."""

import json
from pathlib import Path

import click
import pytest

from tests.web.commands import run
from web.cli.group import VERBS, pressmark

BYTES = b"caf\xe9 flood".decode("utf-8", "surrogateescape")
STORY = {
    "url": "https://gazette.example/a",
    "title": "Flood walls",
    "published": "2024-03-01",
    "text": "A caf\ufffd flood.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text("")
    (tmp_path / "a.jsonl").write_text(json.dumps(STORY) + "\n")
    assert run(tmp_path, "-q", "import", str(tmp_path / "a.jsonl")).exit_code == 0
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", BYTES),
        ("trend", BYTES),
        ("samples", "draw", BYTES, "--size", "1"),
        ("sources", "coverage", BYTES),
        ("passages", "list", BYTES),
        ("passages", "mark", BYTES, BYTES),
        ("dossiers", "begin", BYTES),
        ("saved", "add", BYTES, BYTES),
        ("export", BYTES, "--format", "wacz", "-o", "all.wacz"),
        ("users", "add", BYTES),
        ("why", BYTES),
    ],
    ids=lambda each: " ".join(each[:2]).encode("ascii", "replace").decode(),
)
def test_no_verb_stumbles_over_such_bytes(folder: Path, arguments: tuple[str, ...]) -> None:
    ran = run(folder, *arguments)
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    assert not any("\udc80" <= each <= "\udcff" for each in ran.output)


def test_every_text_of_every_verb_is_read_so_and_files_keep_their_names() -> None:
    def texts(command: click.Command) -> set[str]:
        own = {type(each.type).__name__ for each in command.params}
        return (
            own.union(*(texts(each) for each in command.commands.values())) if isinstance(command, click.Group) else own
        )

    for verb in VERBS:
        found = pressmark.get_command(click.Context(pressmark), verb)
        assert found
        assert "StringParamType" not in texts(found), verb


@pytest.mark.parametrize(
    ("name", "given", "begins"),
    [
        ("a.csv", (), "id,"),
        ("a.BIB", (), "@"),
        ("a.ris", (), "TY  - "),
        ("a.jsonl", (), "{"),
        ("a", (), "{"),
        ("a.csl.json", (), "["),
        ("1.2.csv", (), "id,"),
        ("a.csv", ("--format", "jsonl"), "{"),
    ],
)
def test_the_name_of_a_file_says_its_format_where_nothing_else_does(
    folder: Path, name: str, given: tuple[str, ...], begins: str
) -> None:
    assert run(folder, "export", "-o", str(folder / f"new-{name}"), *given).exit_code == 0
    assert (folder / f"new-{name}").read_text().lstrip("\ufeff").startswith(begins)


@pytest.mark.parametrize(
    ("given", "name", "there"),
    [
        (("export", "-o"), "all.jsonl", "all.jsonl"),
        (("export", "-o"), "all.wacz", "all.wacz"),
        (("export", "flood", "-o"), "flood.csv", "flood.csv-metadata.json"),
        (("trend", "flood", "-o"), "flood.svg", "flood.svg"),
        (("sources", "export"), "feeds.opml", "feeds.opml"),
    ],
)
def test_a_file_that_is_there_is_replaced_when_that_is_asked_for_and_never_else(
    folder: Path, given: tuple[str, ...], name: str, there: str
) -> None:
    (folder / there).write_text("mine")
    done = run(folder, *given, str(folder / name))
    assert (done.exit_code, f"{there}: it exists already: expected a new name, or --force" in done.stderr) == (1, True)
    assert ((folder / there).read_text(), (folder / name).exists()) == ("mine", name == there)
    assert run(folder, *given, str(folder / name), "--force").exit_code == 0
    assert (folder / there).read_bytes() != b"mine"


@pytest.mark.parametrize(("name", "form"), [("a.warc.gz", "warc"), ("a.WARC", "warc"), ("a.wacz", "wacz")])
def test_the_name_of_a_file_says_its_form_of_web_archive(folder: Path, name: str, form: str) -> None:
    done = run(folder, "export", "-o", str(folder / name), "--json")
    assert (done.exit_code, json.loads(done.stdout)["format"]) == (0, form)
