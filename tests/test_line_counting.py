"""Lines of a test are counted at first, and what follows the test is counted as before."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
COUNTED = """\
import sys
import threading
import time
import click
from click.testing import CliRunner
from werkzeug.test import Client
from tests.counting import calls
from tests.line_counting import counted_while_new, resting

def called():
    with resting():
        between()
        with counted_while_new():
            tested()
    return after()

def between():
    return "between tests"

def tested():
    seen("first")
    calls(among_calls)
    wait(lambda: sys.gettrace() is None)
    late = threading.Thread(target=in_thread)
    late.start(); late.join()
    seen("late")
    CliRunner().invoke(command)
    wait(lambda: sys.gettrace() is None)
    Client(page).get("/")
    wait(lambda: sys.gettrace() is None)
    wait(lambda: sys.gettrace() is not None)
    looked_for_again()

def wait(true):
    until = time.process_time() + 30
    while not true() and time.process_time() < until:
        pass

@click.command()
def command():
    seen("in a command")

def page(environ, start_response):
    start_response("200 OK", [])
    return [b"in a request"]

def among_calls():
    return "among calls"

def seen(when):
    return when

def in_thread():
    return "in a late thread"

def looked_for_again():
    return "after a rest"

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
UNCOUNTED = """\
import signal, sys
from tests.line_counting import counted_while_new, resting
before = signal.getsignal(signal.SIGVTALRM)
with resting(), counted_while_new():
    assert sys.gettrace() is None
    assert signal.getsignal(signal.SIGVTALRM) is before
"""


def test_lines_are_counted_while_they_are_new_and_what_follows_the_tests_as_before(tmp_path: Path) -> None:
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
        'return [b"in a request"]',
        'return "after a rest"',
        'return "in a thread after"',
    }
    uncounted = {'return "between tests"', 'return "among calls"', 'seen("late")', 'return "in a late thread"'}
    assert counted.isdisjoint(uncounted)


def test_where_nothing_is_counted_no_clock_is_set() -> None:
    done = subprocess.run([sys.executable, "-c", UNCOUNTED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
