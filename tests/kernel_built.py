"""The compiled kernel, built from the checkout once for a test run and imported; without a compiler tests say so."""

import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from types import ModuleType

import pytest

from tests.shared import exclusively, of_the_run

BUILD = Path(__file__).parents[1] / "kernel" / "hatch_build.py"


def built(folders: pytest.TempPathFactory, *options: str) -> ModuleType:
    """Return the kernel, built with further options of the compiler once for all processes of a test run."""
    if shutil.which("cc") is None:
        pytest.skip("no C compiler (cc): the compiled kernel is not tested")
    if not Path(sysconfig.get_path("include"), "Python.h").exists():
        pytest.skip("no headers of Python (Python.h): the compiled kernel is not tested")
    folder = of_the_run(folders) / f"kernel{''.join(options)}"
    with exclusively(folder.with_suffix(".lock")):
        if not folder.exists():
            made = Path(tempfile.mkdtemp(dir=folder.parent))
            compiler = {"CC": shlex.join([*shlex.split(os.environ.get("CC", "cc")), *options])}
            subprocess.run([sys.executable, str(BUILD), str(made)], check=True, env=os.environ | compiler)
            made.rename(folder)  # whole, or not there
    spec = importlib.util.spec_from_file_location("pressmark_kernel", next(folder.iterdir()))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
