"""What every test starts from: an environment with nothing in it but what a bare machine has."""

import gc
import os
import signal
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

from corpus.kernel import SWITCH
from tests.collecting import import_in_turns
from tests.kernel_built import built
from tests.line_counting import counted_while_new, resting
from tests.opensearch.nodes import IN_MEMORY, ended_meanwhile, held
from tests.shared import of_the_run

# Derandomized: a check that passed passes again; without a deadline: other programs' load is no failure. It stands
# here, as a test with settings of its own takes the rest from what holds when its file is imported, which is before the
# conftest.py of its folder is.
settings.register_profile("pressmark", deadline=None, derandomize=True)
settings.load_profile("pressmark")

NEEDED = frozenset({"PATH", "HOME", "LANG", "TMPDIR", "USER", "LOGNAME", "CI", SWITCH})
PLACES = pytest.StashKey[tempfile.TemporaryDirectory[str]]()
ROOM = 1_000_000_000  # bytes; a run holds up to 200 MB at a time
OBJECTS = 10_000  # made and not yet gone, before the newest are searched for garbage; Python's own bound is 700
NEEDED_BY_TOOLS = ("PYTEST_", "COV_", "COVERAGE_", "HYPOTHESIS_", "OPENBLAS_")


def pytest_configure(config: pytest.Config) -> None:
    """Take away what a developer's shell has set, so that the tests see the same everywhere."""
    for name in [*os.environ]:
        if name not in NEEDED and not name.startswith(NEEDED_BY_TOOLS):
            del os.environ[name]
    # What a script starts beside itself does not hear Ctrl-C, nor would the commands that tests start and interrupt.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Where a compiler is, the kernel is installed: the tests are of what everybody has, and those of the kernel say so.
    os.environ.setdefault(SWITCH, "off")
    # Stores and indexes wait for a disk at each commit, often for longer than the test's own work takes.
    if "TMPDIR" not in os.environ and with_room(IN_MEMORY, ROOM):
        os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)
    # A command in a folder without config.toml uses the user's own corpus: here there is one for each file of tests.
    config.stash[PLACES] = tempfile.TemporaryDirectory(prefix="pressmark-tests-")


def with_room(place: Path, room: int) -> bool:
    """Return whether that many bytes can be written into the folder, and programs be run from it."""
    try:
        disk = os.statvfs(place)
    except OSError:
        return False
    runs = not disk.f_flag & os.ST_NOEXEC and os.access(place, os.W_OK | os.X_OK)
    return runs and disk.f_bavail * disk.f_frsize >= room


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Let no search for garbage look at the thousands of tests, which live as long as the process.

    These searches took a third of what collecting them takes. Tests make many apps, each of them a knot of thousands of
    objects: with Python's own bounds the searches took half the time of those of the pages.
    """
    gc.disable()
    try:
        import_in_turns(session.config)
        with resting():
            return (yield)
    finally:
        gc.enable()
        gc.freeze()
        gc.set_threshold(OBJECTS, 10, 10)


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop() -> Generator[None, object, object]:
    """Count lines, where they are counted, in the tests and in what their fixtures do before them alone."""
    with resting():
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Keep the tests from the corpus of who runs them, and from that of the tests of other files and processes."""
    places = Path(item.config.stash[PLACES].name)
    os.environ["XDG_DATA_HOME"] = str(places / item.path.stem)
    os.environ["XDG_CONFIG_HOME"] = str(places / "config")
    with counted_while_new():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say beside a failure how the OpenSearch node of the run ended: many tests fail without it, and none says why."""
    report = yield
    if report.failed and (said := ended_meanwhile()):
        report.sections.append(("OpenSearch", said))
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Count the lines of a test while they are new, where lines are counted."""
    with counted_while_new():
        return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take away what the tests left in the user's own corpora."""
    config.stash[PLACES].cleanup()


@pytest.fixture(scope="session", autouse=True)
def node_held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the OpenSearch node of the run: a process may ask for it first when those that asked before have ended."""
    alive = held(of_the_run(tmp_path_factory) / "opensearch")
    yield
    os.close(alive)


@pytest.fixture(scope="session")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The compiled kernel, as the checkout has it."""
    return built(tmp_path_factory)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Bound what may be skipped: `-rs` lists it with its reasons, and a list that grows is read by nobody."""
    parser.addoption("--most-skipped", type=int, metavar="N", help="fail when more than N tests were skipped")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that skipped more than it may."""
    most, skipped = session.config.getoption("--most-skipped"), _skipped(session.config)
    if most is not None and skipped > most and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(config: pytest.Config) -> None:
    """Say so."""
    most, skipped = config.getoption("--most-skipped"), _skipped(config)
    if most is not None and skipped > most:
        message = f"skipped tests: {skipped}, expected {most} or fewer"
        config.pluginmanager.get_plugin("terminalreporter").write_line(message, red=True)


def _skipped(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", ())) if reporter else 0
