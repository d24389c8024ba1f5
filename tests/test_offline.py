"""No library fetches by itself: import, extraction, indexing and search run with sockets that refuse."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from web.demo.edition import Edition
from web.demo.routes import answer
from web.demo.sites import SITES

ROOT = Path(__file__).parent.parent

REFUSE = """
import socket
from pathlib import Path

def refuse(*arguments, **named):
    with Path({log!r}).open("a") as log:
        log.write(repr(arguments) + "\\n")
    raise OSError("no network here")

class Refusing(socket.socket):
    connect = connect_ex = sendto = refuse

socket.socket = Refusing
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = socket.gethostbyaddr = socket.getfqdn = refuse
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Saved pages of the demo's sites, and a Python that cannot reach a network."""
    (tmp_path / "config.toml").touch()
    (tmp_path / "refuse").mkdir()
    (tmp_path / "refuse" / "sitecustomize.py").write_text(REFUSE.format(log=str(tmp_path / "asked")))
    for site in SITES:
        edition = Edition(site, f"http://{site.address}")
        for story in edition.stories[:3]:
            page = tmp_path / "pages" / f"{site.key}-{story.number}.html"
            page.parent.mkdir(exist_ok=True)
            page.write_text(answer(edition, story.path).text)
    listed = [
        {"url": f"http://gazette.example/{page.stem}", "path": str(page)} for page in (tmp_path / "pages").iterdir()
    ]
    (tmp_path / "list.jsonl").write_text("".join(json.dumps(each) + "\n" for each in listed))
    return tmp_path


def run(folder: Path, *arguments: str) -> str:
    environ = {**os.environ, "PYTHONPATH": f"{folder / 'refuse'}:{ROOT}"}
    command = [sys.executable, "-m", "web.cli", "-C", str(folder), *arguments]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_guard_is_in_place(folder: Path) -> None:
    command = [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"]
    environ = {**os.environ, "PYTHONPATH": str(folder / "refuse")}
    assert subprocess.run(command, env=environ, capture_output=True).returncode == 1
    assert (folder / "asked").exists()


def test_from_page_to_hit_nothing_is_asked_of_a_network(folder: Path) -> None:
    run(folder, "import", str(folder / "pages"))
    run(folder, "index", "rebuild")
    assert json.loads(run(folder, "search", "--json"))["total"] == 9
    assert all(
        json.loads(line)["kind"] == "article" for line in run(folder, "extract", "--batch", "list.jsonl").splitlines()
    )
    assert not (folder / "asked").exists()
