"""The rules that every run of the tests is under."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_what_is_written_goes_into_memory_only_where_there_is_room(tmp_path):
    assert with_room(tmp_path, 1)
    assert not with_room(tmp_path, 2**63)
    assert not with_room(tmp_path / "absent", 1)
