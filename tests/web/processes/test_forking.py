"""A fork of the server loses no Ctrl-C: what Python runs right after a fork passes over exceptions."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PROBE = """
import os, signal
from contextlib import nullcontext
from web.processes.supervising import Supervised
signal.signal(signal.SIGINT, signal.default_int_handler)
os.register_at_fork(after_in_parent=lambda: (os.kill(os.getpid(), signal.SIGINT), len("read by the interpreter")))
try:
    Supervised(lambda: nullcontext(lambda number, goes_on: None), 1)
except KeyboardInterrupt:
    print("interrupted")
"""


def test_ctrl_c_in_the_moment_of_a_fork_ends_the_command() -> None:
    shown = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert (shown.stdout, shown.stderr) == ("interrupted\n", "")
