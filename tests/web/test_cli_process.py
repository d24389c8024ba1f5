"""`pressmark` as a process: pipes, terminals, locks, ports."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.locks import hold
from tests.unwritable import seal, without_rights
from web.cli.group import pressmark

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("imported")
    (made / "config.toml").touch()
    (made / "a.jsonl").write_text(
        '{"url": "https://gazette.example/a", "title": "Flood walls", "author": "Ana Pérez", "text": "Walls, 墙壁."}'
    )
    assert CliRunner().invoke(pressmark, ["-q", "-C", str(made), "import", "a.jsonl"]).exit_code == 0
    return made


@pytest.fixture
def folder(imported: Path, tmp_path: Path) -> Path:
    """A copy of the corpus, for the test to do with as it likes."""
    shutil.copytree(imported, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.mark.parametrize("line", ["-C {} export", "-C {} config show", "--help", "--version"])
def test_a_reader_that_stops_reading_is_no_error(folder: Path, line: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # nobody reads from the first byte on
    command = [sys.executable, "-m", "web.cli", *line.format(folder).split()]
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


# One process for several verbs: most of the time of each would be that of the interpreter.
ONE_AFTER_ANOTHER = """
import sys
from web.cli import main
for verb in {verbs!r}:
    sys.argv[1:] = ["-C", {folder!r}, *verb.split()]
    try:
        ended = main()
    except SystemExit as end:
        ended = end.code
    print(f"{{verb}}: {{ended or 0}}", file=sys.stderr)
"""


def test_a_terminal_without_utf8_gets_every_answer(folder: Path) -> None:
    utf8 = "0" if str(ROOT).isascii() else "1"  # else Python does not start: it cannot read our path in a .pth file
    environ = {**os.environ, "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": utf8, "PYTHONIOENCODING": "ascii"}
    verbs = ("search walls", "search walls --json", "authors list", "export", "status")
    code = ONE_AFTER_ANOTHER.format(folder=str(folder), verbs=verbs)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    ended = [line for line in done.stderr.splitlines() if line.partition(":")[0] in verbs]
    assert ended == [f"{verb}: 0" for verb in verbs]


PRESSED = """
import os, signal, sys
class Pressing:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Pressing())
sys.argv[1:] = ["-C", {folder!r}, *{verb!r}.split()]
from pressmark import main
main()
"""


@pytest.mark.parametrize(
    ("verb", "name"),
    [
        ("search walls", "corpus.errors"),
        ("search walls", "click"),
        ("search walls", "web.cli.search"),
        ("search walls", "indexer.open"),
        ("doctor", "pydantic.main"),
        ("config show", "corpus.config.settings"),
        ("export", "corpus.store"),
    ],
)
def test_ctrl_c_is_quiet_while_a_verb_loads(folder: Path, verb: str, name: str) -> None:
    code = PRESSED.format(name=name, folder=str(folder), verb=verb)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode in (130, -2)  # a shell says 130 of both
    assert (done.stdout, done.stderr) in [("", ""), ("", "interrupted\n")]


def test_a_second_crawl_is_told_who_crawls(folder: Path) -> None:
    (folder / "config.toml").write_text(
        'source = ["https://gazette.example"]\n[crawler]\ncontact = "desk@gazette.example"\n'
    )
    with hold(folder / "data" / "crawl.lock", what="a crawl"):
        command = [sys.executable, "-m", "web.cli", "-C", str(folder), "crawl"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 6
    assert str(os.getpid()) in done.stderr


def test_a_port_that_is_taken_is_told(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        shown = CliRunner().invoke(pressmark, ["-C", str(folder), "serve", "--port", str(taken.getsockname()[1])])
    assert shown.exit_code == 1
    assert "--port 0 takes a free one" in shown.stderr
    assert "(" not in shown.stderr


def test_pages_over_a_store_that_never_opens_do_not_start(folder: Path) -> None:
    data = folder / "data"
    with closing(sqlite3.connect(data / "pressmark.sqlite")) as connection, connection:
        latest = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("PRAGMA user_version = 3")

    def work() -> None:
        signal.alarm(60)  # pages that start would be served for ever
        shown = CliRunner().invoke(pressmark, ["-C", str(folder), "serve", "--port", "0", "--no-scheduler"])
        assert (shown.exit_code, shown.stdout) == (1, "")
        assert f"made by an older Pressmark (schema 3); `pressmark status` brings it to {latest}" in shown.stderr

    seal(data)
    try:
        assert without_rights(work)
    finally:
        seal(data, writable=True)


LINES = ["-C {} export", "-C {} search walls --json", "-C {} status", "--help", "search --help", "--version"]


# Without a buffer the first write fails, not the last: a verb, and help, which click prints before there is one.
@pytest.mark.parametrize(("line", "unbuffered"), [*((line, "") for line in LINES), (LINES[0], "1"), ("--help", "1")])
def test_a_disk_that_is_full_is_named(folder: Path, line: str, unbuffered: str) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "web.cli", *line.format(folder).split()]
        environ = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
        done = subprocess.run(command, cwd=ROOT, env=environ, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_export_to_a_device_does_not_replace_it(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        done = CliRunner().invoke(pressmark, ["-C", str(folder), "export", "-o", "pipe"])
        assert done.exit_code == 0
        assert b"Walls" in reader.communicate()[0]
    assert pipe.is_fifo()


def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    shown = CliRunner().invoke(pressmark, ["-C", str(folder), "export", "-o", "none/all.jsonl"])
    assert shown.exit_code == 1
    assert shown.stderr.startswith("error: none/all.jsonl: No such file")
