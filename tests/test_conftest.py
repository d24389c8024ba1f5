"""The rules that every run of the tests is under."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.collecting import import_in_turns
from tests.conftest import with_room

ROOT = Path(__file__).parent.parent
SKIPPING = "import pytest\n\ndef test_one():\n    pytest.skip('no moon tonight')\n\ndef test_two():\n    assert True\n"


@pytest.mark.parametrize(("most", "status"), [("0", 1), ("1", 0)])
def test_a_run_that_skips_more_than_it_may_fails_and_lists_the_reasons(tmp_path, most, status):
    (tmp_path / "test_moon.py").write_text(SKIPPING)
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-c", "/dev/null", "-p", "tests.conftest"]
    alone = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # other plugins take most of the time to start
    done = subprocess.run(
        [*command, "--most-skipped", most, tmp_path], cwd=ROOT, env=alone, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert "no moon tonight" in done.stdout
    assert ("skipped tests: 1, expected 0 or fewer" in done.stdout) is (status == 1)


def test_no_draw_of_a_test_is_left_to_chance_or_to_the_load_of_the_machine(request):
    drawn = {
        item.nodeid: item.obj._hypothesis_internal_use_settings or settings.default
        for item in request.session.items
        if is_hypothesis_test(getattr(item, "obj", None)) and not item.get_closest_marker("soak")
    }
    assert settings.default.derandomize
    assert [name for name, each in drawn.items() if not each.derandomize or each.deadline] == []


def test_what_is_written_goes_into_memory_only_where_there_is_room(tmp_path):
    assert with_room(tmp_path, 1)
    assert not with_room(tmp_path, 2**63)
    assert not with_room(tmp_path / "absent", 1)


def test_each_process_imports_files_of_its_own_first_and_none_that_fails_ends_it(tmp_path, monkeypatch):
    folder = tmp_path / "turns"
    folder.mkdir()
    for name, text in (
        ("a", ""),
        ("b", ""),
        ("c", ""),
        ("d", "1 / 0"),
        ("e", "import pytest\npytest.skip('no moon')"),
        ("f", ""),
    ):
        (folder / f"test_{name}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", "2")
    config = SimpleNamespace(
        rootpath=tmp_path,
        invocation_params=SimpleNamespace(dir=tmp_path),
        args=["turns", "turns/test_a.py::test"],
        getoption=lambda _name, _default: "load",
    )
    for own, names in ((1, ["b", "f"]), (0, ["a", "b", "c", "f"])):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", f"gw{own}")
        import_in_turns(cast("pytest.Config", config))
        assert sorted(name for name in sys.modules if name.startswith("turns.")) == [f"turns.test_{n}" for n in names]
