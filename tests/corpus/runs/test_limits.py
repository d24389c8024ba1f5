import resource
import subprocess
import sys
import threading

import pytest

from corpus.runs.limits import limit_reached

OPENS = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
from corpus.runs.limits import limit_reached
files = []
try:
    while True:
        files.append(open("/dev/null"))
except OSError as error:
    print(limit_reached(error))
"""


def test_a_process_that_may_open_no_more_files_says_which_limit_it_is():
    said = subprocess.run([sys.executable, "-c", OPENS], check=True, capture_output=True, text=True).stdout
    assert said == "no more files may be open (`ulimit -n` is 20): raise the limit, or end other programs\n"


def test_a_thread_that_the_system_does_not_start_says_which_limit_it_is():
    before = threading.stack_size(1 << 46)  # more than any machine has: as when the limit of threads is reached
    try:
        with pytest.raises(RuntimeError) as refused:
            threading.Thread(target=print).start()
    finally:
        threading.stack_size(before)
    limit = resource.getrlimit(resource.RLIMIT_NPROC)[0]
    named = "unlimited" if limit == resource.RLIM_INFINITY else limit
    assert str(limit_reached(refused.value)).startswith(
        f"the system starts no more threads or processes (`ulimit -u` is {named})"
    )


@pytest.mark.parametrize("error", [MemoryError(), OSError(12, "no memory"), OSError(105, "no buffers")])
def test_where_memory_runs_out_the_limit_of_this_process_is_said(error):
    assert str(limit_reached(error)).startswith("no more memory is available (`ulimit -v` is ")


@pytest.mark.parametrize("error", [None, ValueError("x"), RuntimeError("closed"), OSError(28, "full")])
def test_other_errors_are_about_no_limit(error):
    assert limit_reached(error) is None
