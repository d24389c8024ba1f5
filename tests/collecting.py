"""Files of tests -> imported, by each process of a run from another one on: each is compiled by one of them.

All processes of a run collect all files. In a new clone nothing is compiled, and each would compile everything.
"""

import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest


def import_in_turns(config: pytest.Config) -> None:
    """Import a share of the files of tests before all of them are collected, which says what is wrong with one."""
    count = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if count == 1 or sys.dont_write_bytecode:
        return
    own = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    for path in _files(config)[own::count]:
        with suppress(Exception, pytest.skip.Exception):
            import_module(".".join(path.relative_to(config.rootpath).with_suffix("").parts))


def _files(config: pytest.Config) -> list[Path]:
    """Return the files in the folders that are to be tested."""
    folders = [config.invocation_params.dir / each for each in config.args]
    return sorted(
        path for folder in folders if folder.is_relative_to(config.rootpath) for path in folder.rglob("test_*.py")
    )
