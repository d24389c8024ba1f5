"""A limit of this machine is met as a page is made: readers are asked to come again, and the log says why."""

import logging
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.limits import no_more_files
from tests.web.conftest import app_over, client_of


@pytest.mark.parametrize("path", ["/", "/search?q=walls", "/api/v1/search?q=walls"])
def test_a_page_for_which_no_file_may_be_opened_is_answered_with_503_and_no_trace(
    data: Path, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(app_over(data))
    assert client.get("/robots.txt").status_code == 200  # the client and the app import what they need
    with no_more_files(), caplog.at_level(logging.WARNING):
        reply = client.get(path)
    assert (reply.status_code, reply.headers.get("Retry-After")) == (503, "60")
    assert "no more files may be open (`ulimit -n` is 3): raise the limit" in caplog.text
    assert "Traceback" not in caplog.text
    assert client.get(path).status_code == 200


TWICE = """
import resource, sys
from pathlib import Path
from web.cli import main
sys.argv[1:] = ["-C", sys.argv[1], "status"]
try:
    main()  # so that all is loaded
except SystemExit:
    pass
with Path(sys.argv[2], "config.toml").open("a") as file:
    file.write("#" * 1_900_000)
held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (held + 1_000_000, held + 1_000_000))
main()
"""


def test_a_command_that_gets_no_memory_says_so_and_shows_no_trace(data: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f"data = {str(data)!r}\n")
    ended = subprocess.run([sys.executable, "-c", TWICE, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (ended.returncode, "articles" in ended.stdout) == (1, True)
    assert ended.stderr.startswith("error: no more memory is available (`ulimit -v` is ")
    assert "Traceback" not in ended.stderr


def test_serve_says_which_limit_keeps_its_processes_from_beginning(data: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f"data = {str(data)!r}\n[web]\nprocesses = 2\n")
    command = [sys.executable, "-m", "web.cli", "-C", str(tmp_path), "serve", "--port", "0", "--no-scheduler"]
    served = subprocess.run(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20)),
    )
    assert served.returncode == 1
    assert "no more files may be open (`ulimit -n` is 20): raise the limit" in served.stderr
    assert "Traceback" not in served.stderr
