"""What runs Pressmark as a service: every file is read by the program it is for, or by its format's reader."""

import plistlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from web.cli.group import VERBS

DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
ANALYZE = shutil.which("systemd-analyze")


def test_there_is_a_unit_for_both_parts_together_and_for_each_alone():
    assert {each.stem for each in UNITS} == {"pressmark", "pressmark-schedule", "pressmark-web"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_a_verb_that_there_is(unit: Path):
    command = re.search(r"^ExecStart=/opt/pressmark/bin/pressmark -v (\w+)", unit.read_text(), re.MULTILINE)
    assert command
    assert command[1] in VERBS


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_the_guide_lets_the_user_of_a_unit_make_the_configuration_that_it_reads(unit: Path):
    """`init` makes a file that its owner alone can read."""
    text, guide = unit.read_text(), (DEPLOY.parent / "docs" / "service.md").read_text(encoding="utf-8")
    (user,) = re.findall(r"^User=(\w+)$", text, re.MULTILINE)
    (folder,) = re.findall(r"^Environment=PRESSMARK_CONFIG=%E/(\w+)/config.toml$", text, re.MULTILINE)
    assert f"sudo install -d -o {user} /etc/{folder}\n" in guide
    assert f"sudo -u {user} /opt/pressmark/bin/pressmark init /etc/{folder} " in guide


@pytest.mark.skipif(ANALYZE is None, reason="no systemd-analyze found: apt-get install systemd")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_reads_a_unit_without_a_word_and_calls_it_safe(unit: Path, tmp_path: Path):
    assert ANALYZE is not None
    copy = tmp_path / unit.name
    copy.write_text(unit.read_text().replace("/opt/pressmark/bin/pressmark", "/bin/true"))
    done = subprocess.run([ANALYZE, "verify", copy], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if unit.name in line]) == (0, [])
    asked = [ANALYZE, "security", "--offline=true", "--threshold=20", str(copy)]
    assert subprocess.run(asked, capture_output=True, check=False).returncode == 0


def test_the_property_list_of_launchd_starts_the_pages():
    found = plistlib.loads((DEPLOY / "launchd/org.pressmark.serve.plist").read_bytes())
    assert found["ProgramArguments"][-1] == "serve"
    assert found["Umask"] == 0o077


def test_the_image_is_built_of_what_stands_in_the_tree_and_does_not_run_as_root():
    lines = (DEPLOY / "docker/Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001"]
    assert sum(line.startswith("FROM ") for line in lines) == 2
    installs = [line for line in lines if "pip install" in line]
    assert all("--require-hashes" in line or "--no-deps --no-build-isolation ." in line for line in installs)
    allowed = (DEPLOY / "docker/Dockerfile.dockerignore").read_text().splitlines()
    for name in (line[1:] for line in allowed if line.startswith("!")):
        assert (DEPLOY.parent / name).exists(), name
