"""`pressmark` in a process of its own, ended by kill -9."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(folder: Path, *arguments: str) -> None:
    """Run a verb to its end."""
    done = subprocess.run(_command(folder, arguments), cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def start(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Run a verb beside us."""
    return subprocess.Popen(_command(folder, arguments), cwd=ROOT, stderr=subprocess.PIPE, text=True)


def run_and_kill(folder: Path, *arguments: str, after: float) -> bool:
    """Run a verb and kill -9 it and its workers after some seconds; False when it was done before."""
    process = subprocess.Popen(
        _command(folder, arguments),
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(after)
        killed = False
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        killed = True
    process.wait()
    return killed


def _command(folder: Path, arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "web.cli", "-q", "-C", str(folder), *arguments]
