"""Files of tests -> imported, by each process of a run from another one on: each is compiled by one of them.

All processes of a run collect all files. In a new clone nothing is compiled, and each would compile everything.
"""

import os
import sys
from contextlib import nullcontext, suppress
from importlib import import_module
from pathlib import Path

import pytest

from tests.line_counting import counting, resting


def import_in_turns(config: pytest.Config) -> None:
    """Import a share of the files of tests before all of them are collected, which says what is wrong with one.

    Where lines are counted, the first process counts those that run at an import: they are the same in all processes.
    """
    count, own = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")), _number()
    if count > 1 and not sys.dont_write_bytecode:
        with resting() if own else nullcontext():
            _import(_files(config)[own::count])
    if counting() and not own and config.getoption("dist", "no") == "no":  # else this process deals the tests
        _import(_files(config))


def _number() -> int:
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def _import(paths: list[Path]) -> None:
    for path in paths:
        with suppress(Exception, pytest.skip.Exception):
            import_module(".".join(path.parts).removesuffix(".py"))


def _files(config: pytest.Config) -> list[Path]:
    """Return the files that are to be tested."""
    places = [config.invocation_params.dir / each.partition("::")[0] for each in config.args]
    within = [place for place in places if place.is_relative_to(config.rootpath)]
    found = {path for place in within for path in ([place] if place.is_file() else place.rglob("test_*.py"))}
    return sorted(path.relative_to(config.rootpath) for path in found)
