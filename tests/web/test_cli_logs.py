"""Where the log goes, how much of it, in which form; and that the next command begins with none of it."""

import io
import json
import logging
from pathlib import Path

import pytest

from tests.web.commands import run
from web.cli.logs import Said, log_to

LINE = '{"url": "https://gazette.example/a", "title": "Flood walls approved", "text": "The council approved them."}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text("")
    (tmp_path / "a.jsonl").write_text(LINE)
    return tmp_path


def test_events_go_to_a_file_as_json_and_none_of_them_to_the_terminal(folder: Path) -> None:
    shown = run(folder, "--log-format", "json", "--log-file", "events.log", "import", "a.jsonl")
    assert shown.exit_code == 0
    assert "INFO" not in shown.output
    events = [json.loads(line) for line in (folder / "events.log").read_text().splitlines()]
    assert [one["event"] for one in events] == ["store made", "import ended", "index updated"]
    assert all(one["level"] == "INFO" and one["time"].endswith("Z") for one in events)
    assert {key: events[1][key] for key in ("articles", "new", "changed", "failures", "notes")} == {
        "articles": 1, "new": 1, "changed": 0, "failures": 0, "notes": 0,
    }  # fmt: skip


def test_a_file_is_appended_to_and_opened_anew_when_it_was_moved(folder: Path) -> None:
    file = folder / "events.log"
    run(folder, "--log-file", str(file), "import", "a.jsonl")
    first = file.read_text()
    run(folder, "--log-file", str(file), "import", "a.jsonl")
    assert file.read_text().startswith(first)
    file.rename(folder / "events.log.1")
    run(folder, "--log-file", str(file), "import", "a.jsonl")
    assert "import ended articles=1 new=0 changed=0 unchanged=1" in file.read_text()


@pytest.mark.parametrize(("options", "there"), [(["-q"], False), ([], False), (["-v"], True), (["-vv"], True)])
def test_events_are_shown_to_those_who_want_more(folder: Path, options: list[str], there: bool) -> None:
    shown = run(folder, *options, "import", "a.jsonl")
    assert ("INFO web.cli.import_ import ended articles=1" in shown.stderr) == there


@pytest.mark.parametrize(("verbosity", "there"), [(0, False), (1, False), (2, True)])
def test_what_the_scheduler_s_library_says_every_two_seconds_is_for_those_who_want_everything(
    capsys: pytest.CaptureFixture[str], verbosity: int, there: bool
) -> None:
    with log_to(verbosity, format="text", file=None):
        logging.getLogger("apscheduler.scheduler").info("Removed job look")
        logging.getLogger("apscheduler.scheduler").warning("Run time of a job was missed")
    shown = capsys.readouterr().err
    assert ("Removed job" in shown) == there
    assert "was missed" in shown


def test_a_file_that_cannot_be_written_is_one_line(folder: Path) -> None:
    shown = run(folder, "--log-file", "missing/events.log", "status")
    assert shown.exit_code == 1
    assert shown.stderr.splitlines()[-1].startswith("error: ")
    assert shown.stderr.splitlines()[-1].endswith("missing/events.log: No such file or directory")


def test_a_command_leaves_no_handler_and_no_level_behind(folder: Path) -> None:
    root = logging.getLogger()
    before = (list(root.handlers), root.level, logging.getLogger("httpx").level)
    run(folder, "-vv", "--log-file", "events.log", "import", "a.jsonl")
    run(folder, "--log-file", "missing/events.log", "status")
    assert (list(root.handlers), root.level, logging.getLogger("httpx").level) == before


@pytest.mark.parametrize(
    ("arguments", "level", "event"),
    [
        (["-v", "import", "a.jsonl"], "INFO", "import ended"),
        (["crawl"], "NOTICE", "no source yet: `pressmark add URL` adds one"),
        (["show", "k7f003"], "ERROR", "error: k7f003: no article has this pressmark or address"),
        (["crawl", "--limit", "none"], "ERROR", "Error: Invalid value for '--limit'"),
        (["--quite", "crawl"], "ERROR", "Error: No such option"),
        (["-C", "nowhere", "crawl"], "ERROR", "Error: Invalid value for '-C'"),
        (["nonsense"], "ERROR", 'Error: No such command "nonsense".'),
    ],
)
def test_with_json_each_line_of_stderr_is_an_object(folder: Path, arguments: list[str], level: str, event: str) -> None:
    plain, shown = (run(folder, *more, *arguments) for more in ([], ["--log-format", "json"]))
    said = [json.loads(line) for line in shown.stderr.splitlines()]
    assert any(one["level"] == level and one["event"].startswith(event) for one in said)
    assert all(one["time"].endswith("Z") and one["event"] for one in said)
    assert shown.exit_code == plain.exit_code
    assert not plain.stderr.startswith("{")


def test_a_folder_may_be_called_as_a_verb_is_before_the_form_of_the_log(folder: Path) -> None:
    for typed in (("-C", "demo", "--log-format", "json"), ("--config", "crawl", "-q", "--log-format=json", "--quite")):
        shown = run(folder, *typed, "status")
        assert shown.exit_code == 2
        assert [json.loads(line)["level"] for line in shown.stderr.splitlines()].count("ERROR") == 1


def test_what_waits_for_the_end_of_its_line_is_an_object_once_it_is_flushed() -> None:
    written = io.StringIO()
    said = Said(written)
    print("two", "words", file=said)
    said.write("Password: ")
    said.flush()
    said.write("\r\nindexing\n")
    assert [json.loads(line)["event"] for line in written.getvalue().splitlines()] == [
        "two words", "Password: ", "indexing",
    ]  # fmt: skip
    assert not said.isatty()
