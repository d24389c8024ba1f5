"""`pressmark` whose standard streams are closed, or go where nothing can be written."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = f"exec {sys.executable} -m web.cli"
CLOSED = "error: cannot write: stdout is closed: expected a file, a pipe or a terminal\n"
FULL = "error: cannot write: No space left on device\n"


def _ended(command: str, *, cwd: Path = ROOT) -> tuple[int, str, str]:
    done = subprocess.run(["sh", "-c", command], cwd=cwd, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("line", "stream", "said"), [("--version", ">&-", CLOSED), ("-C {} --version", ">/dev/full", FULL)]
)
def test_an_answer_that_reaches_nobody_is_an_error(tmp_path: Path, line: str, stream: str, said: str) -> None:
    (tmp_path / "config.toml").touch()
    assert _ended(f"{RUN} {line.format(tmp_path)} {stream}") == (1, "", said)


def test_messages_that_reach_nobody_end_no_work(tmp_path: Path) -> None:
    assert _ended(f"{RUN} -C {tmp_path} init press --contact desk@gazette.example 2>/dev/full")[0] == 0
    assert (tmp_path / "press" / "config.toml").is_file()


def test_an_error_has_its_code_when_it_can_be_said_nowhere(tmp_path: Path) -> None:
    assert _ended(f"{RUN} -C {tmp_path} --config none.toml status 2>&-") == (3, "", "")


def test_a_closed_stream_is_no_file_of_the_work() -> None:
    # Else the first file that is opened has the number of stdout, and what a library prints goes into it.
    code = "from web.cli.streams import fill; fill(); import os; print(os.open('/dev/zero', 0) > 2, file=sys.stderr)"
    shown = _ended(f'exec {sys.executable} -c "import sys; {code}" <&- >&-')
    assert shown == (0, "", "True\n")


def test_pages_are_served_when_nobody_can_read_their_address(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()
    code = f"exec {sys.executable} -m web.cli -C {tmp_path} serve --port 0 --no-scheduler"
    with subprocess.Popen(["sh", "-c", f"{code} >&-"], cwd=ROOT, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr is not None
        said = serving.stderr.readline()
        serving.terminate()
        rest = serving.stderr.read()
    assert said.startswith("cannot write the address, http://127.0.0.1:")
    assert said.endswith("the pages are served all the same\n")
    assert (serving.returncode, rest) == (0, "stopped\n")
