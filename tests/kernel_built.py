"""The compiled kernel, built from the checkout into a folder and imported; without a compiler tests say so."""

import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import ModuleType

import pytest

BUILD = Path(__file__).parents[1] / "kernel" / "hatch_build.py"


def built_in(folder: Path, *options: str) -> ModuleType:
    """Build the kernel in an empty folder, with further options of the compiler, and return its module."""
    if shutil.which("cc") is None:
        pytest.skip("no C compiler (cc): the compiled kernel is not tested")
    if not Path(sysconfig.get_path("include"), "Python.h").exists():
        pytest.skip("no headers of Python (Python.h): the compiled kernel is not tested")
    compiler = {"CC": shlex.join([*shlex.split(os.environ.get("CC", "cc")), *options])}
    subprocess.run([sys.executable, str(BUILD), str(folder)], check=True, env=os.environ | compiler)
    spec = importlib.util.spec_from_file_location("pressmark_kernel", next(folder.iterdir()))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
