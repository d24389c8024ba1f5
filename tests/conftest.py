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
