"""The compiled kernel of the checkout, imported: the installed one where that is of the same files, else one built.

It is built once for a test run; without a compiler tests say so.
"""

import functools
import importlib.util
import os
import runpy
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.shared import exclusively, of_the_run

BUILD = Path(__file__).parents[1] / "kernel" / "hatch_build.py"
IN_SMALL_RANGES = ("-O0", "-DFEW=40", "-DRANGE=64")  # options of a kernel whose bounds small tests reach


def built(folders: pytest.TempPathFactory, *options: str) -> ModuleType:
    """Return the kernel; with further options of the compiler it is built for all processes of a test run."""
    if not options and (found := installed(made_of())):
        return found
    if shutil.which("cc") is None:
        pytest.skip("no C compiler (cc): the compiled kernel is not tested")
    if not Path(sysconfig.get_path("include"), "Python.h").exists():
        pytest.skip("no headers of Python (Python.h): the compiled kernel is not tested")
    folder = of_the_run(folders) / f"kernel{''.join(options)}"
    with exclusively(folder.with_suffix(".lock")):
        if not folder.exists():
            made = Path(tempfile.mkdtemp(dir=folder.parent))
            environment = os.environ | {"CFLAGS": shlex.join(options)}
            subprocess.run([sys.executable, str(BUILD), str(made)], check=True, env=environment)
            made.rename(folder)  # whole, or not there
    return _loaded(next(folder.iterdir()))


def made_of() -> str:
    """Return the digest that a kernel of this checkout has."""
    return str(_script()["made_of"]())


def installed(digest: str) -> ModuleType | None:
    """Return the kernel that is installed, if it was compiled of the files and options of this digest."""
    file = Path(sysconfig.get_path("platlib"), _script()["NAME"])
    found = _loaded(file) if file.exists() else None
    return found if getattr(found, "MADE_OF", None) == digest else None


@functools.cache
def _script() -> dict[str, Any]:
    return runpy.run_path(str(BUILD))


def _loaded(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("pressmark_kernel", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
