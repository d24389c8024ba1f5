"""What every test starts from: an environment with nothing in it but what a bare machine has."""

import os

import pytest

NEEDED = frozenset({"PATH", "HOME", "LANG", "TMPDIR", "USER", "LOGNAME", "CI"})
NEEDED_BY_TOOLS = ("PYTEST_", "COV_", "COVERAGE_", "HYPOTHESIS_", "OPENBLAS_")


def pytest_configure(config: pytest.Config) -> None:
    """Take away what a developer's shell has set, so that the tests see the same everywhere."""
    for name in [*os.environ]:
        if name not in NEEDED and not name.startswith(NEEDED_BY_TOOLS):
            del os.environ[name]


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
