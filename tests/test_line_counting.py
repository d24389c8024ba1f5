"""Lines of a test are counted at first, and what follows the test is counted as before."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.line_counting import counted_at_first

ROOT = Path(__file__).parent.parent
COUNTED = """\
import sys
import threading
import time
import click
from click.testing import CliRunner
from tests.line_counting import counted_at_first

def called():
    with counted_at_first(0.01):
        tested()
    return after()

def tested():
    seen("first")
    until = time.process_time() + 30
    while sys.gettrace() and time.process_time() < until:
        pass
    late = threading.Thread(target=in_thread)
    late.start(); late.join()
    seen("late")
    CliRunner().invoke(command)
    CliRunner().invoke(command)

@click.command()
def command():
    seen("in a command")

def seen(when):
    return when

def in_thread():
    return "in a late thread"

def after():
    early = threading.Thread(target=in_thread_after)
    early.start(); early.join()
    return "after"

def in_thread_after():
    return "in a thread after"
"""
COUNTING = """\
import json, sys
from coverage import Coverage
cover = Coverage(data_file=None, config_file=False, branch=True, include=[sys.argv[1] + "/*"])
sys.path.insert(0, sys.argv[1])
cover.start()
import counted_here
counted_here.called()
cover.stop()
print(json.dumps(cover.get_data().lines(counted_here.__file__)))
"""


def test_what_runs_late_in_a_test_is_not_counted_and_what_follows_the_test_is(tmp_path: Path) -> None:
    (tmp_path / "counted_here.py").write_text(COUNTED)
    command = [sys.executable, "-c", COUNTING, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    numbers = {line.strip(): number for number, line in enumerate(COUNTED.splitlines(), 1)}
    counted = {line for line, number in numbers.items() if number in json.loads(done.stdout)}
    assert counted >= {
        'seen("first")',
        "return after()",
        "early.start(); early.join()",
        'seen("in a command")',
        'return "in a thread after"',
    }
    assert counted.isdisjoint({'seen("late")', 'return "in a late thread"'})


def test_where_nothing_is_counted_no_clock_is_set() -> None:
    before, handler = sys.gettrace(), signal.getsignal(signal.SIGVTALRM)
    sys.settrace(None)
    try:
        with counted_at_first():
            assert signal.getsignal(signal.SIGVTALRM) is handler
    finally:
        sys.settrace(before)
