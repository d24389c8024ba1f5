"""The kernel that tests use is of the checkout's files, whether it was installed or is built for them."""

import runpy
import shlex
import shutil

import pytest

from tests.kernel_built import BUILD, IN_SMALL_RANGES, built, installed, made_of


def test_a_kernel_says_which_files_it_was_compiled_of(tmp_path_factory, monkeypatch):
    compiled = built(tmp_path_factory, *IN_SMALL_RANGES)
    assert made_of() != compiled.MADE_OF
    monkeypatch.setenv("CFLAGS", shlex.join(IN_SMALL_RANGES))
    assert made_of() == compiled.MADE_OF


def test_an_installed_kernel_of_other_files_is_left_aside():
    assert installed("the digest of other files") is None


@pytest.mark.parametrize("changed", ["pressmark_seek.c", "pressmark_room.h", "hatch_build.py", "CC", "CFLAGS"])
def test_a_changed_file_or_option_makes_another_kernel(tmp_path, monkeypatch, changed):
    folder = shutil.copytree(BUILD.parent, tmp_path / "kernel")
    script, of_checkout = str(folder / BUILD.name), made_of()
    assert runpy.run_path(script)["made_of"]() == of_checkout
    if changed.isupper():
        monkeypatch.setenv(changed, "clang")
    else:
        (folder / changed).write_text((folder / changed).read_text() + "\n")
    assert runpy.run_path(script)["made_of"]() != of_checkout
