"""What is installed is bounded, pinned and hashed; what is known of it is asked, and no answer is no good answer."""

import json
import os
import re
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from docs.supply import KNOWN_FAULTS, NOT_CHECKED, OK, canonical, everything, needs, pinned, shown, verdict

ROOT = Path(__file__).parent.parent


def versions() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().split()
    return {canonical(name): version for name, _, version in (line.partition("==") for line in lines)}


def hashes() -> dict[str, tuple[str, list[str]]]:
    entries = re.split(r"\n(?=\S)", (ROOT / "hashes.txt").read_text().strip())
    found = {}
    for entry in entries:
        name, version = entry.split()[0].split("==")
        found[canonical(name)] = (version, re.findall(r"--hash=sha256:([0-9a-f]{64})", entry))
    return found


def wheel_needs() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    optional = [need for needs in project["optional-dependencies"].values() for need in needs]
    return [Requirement(need) for need in (*project["dependencies"], *optional)]


def test_the_hashes_are_of_the_pinned_versions_and_of_all_of_them() -> None:
    assert {name: version for name, (version, _) in hashes().items()} == versions(), "`make lock` writes hashes.txt"
    assert not [name for name, (_, found) in hashes().items() if not found]


def test_the_hashes_name_no_address() -> None:
    assert "/" not in (ROOT / "hashes.txt").read_text()


def test_compiled_packages_have_hashes_for_every_system_and_python() -> None:
    # Linux on two processors, macOS, four versions of Python: more than the one wheel that this machine takes.
    assert all(len(hashes()[name][1]) >= 12 for name in ("lxml", "numpy", "pydantic-core", "zstandard"))


def test_whatever_a_command_installs_is_pinned_and_hashed() -> None:
    needed = everything()
    assert len(pinned(needed)) == len(needed)


def test_an_extra_is_asked_for_by_its_name() -> None:
    assert set(needs(["documents"])) > set(needs([]))


def test_a_package_without_hashes_is_not_installed() -> None:
    with pytest.raises(SystemExit, match=r"hashes\.txt lacks no-such-package"):
        pinned(["no_such.package>=1"])


@pytest.mark.parametrize("need", wheel_needs(), ids=lambda need: need.name)
def test_the_wheel_bounds_what_it_was_tested_with(need: Requirement) -> None:
    operators = {each.operator for each in need.specifier}
    assert operators in ({">=", "<"}, {"=="})
    assert Version(versions()[canonical(need.name)]) in need.specifier


def test_versions_with_known_faults_are_refused_by_the_wheel() -> None:
    floors = {canonical(need.name): need.specifier for need in wheel_needs()}
    faulty = {"h11": "0.14.0", "idna": "3.6", "waitress": "3.0.0", "brotli": "1.1.0", "jinja2": "3.1.5"}
    assert not [name for name, version in faulty.items() if version in floors[name]]


def test_the_audit_names_a_known_fault_and_what_mends_it() -> None:
    fault = {"id": "X-2026-1", "fix_versions": ["2.1"]}
    answer = {"dependencies": [{"name": "a", "version": "2.0", "vulns": [fault]}, {"name": "b", "version": "1"}]}
    lines, code = verdict(json.dumps(answer))
    assert code == KNOWN_FAULTS
    assert lines == ["a 2.0: X-2026-1, mended in 2.1", "2 packages checked, 1 known faults"]


def test_the_audit_of_packages_without_faults_is_good() -> None:
    assert verdict('{"dependencies": [{"name": "a", "version": "2", "vulns": []}]}')[1] == OK


@pytest.mark.parametrize("answer", ["", "no network", "[]", '{"dependencies": []}'])
def test_no_answer_of_the_audit_is_no_good_answer(answer: str) -> None:
    assert verdict(answer)[1] == NOT_CHECKED


def test_packages_that_the_database_does_not_know_are_counted_as_not_checked() -> None:
    good, unknown = {"name": "a", "version": "2", "vulns": []}, {"name": "b", "skip_reason": "not found"}
    lines, code = verdict(json.dumps({"dependencies": [good, unknown]}))
    assert (lines[0], code) == ("1 of 2 were not checked, the database did not know: b", NOT_CHECKED)
    assert verdict(json.dumps({"dependencies": [unknown]}))[0][0].startswith("nothing was checked")


def test_who_waits_at_a_terminal_sees_one_line_that_changes_and_a_log_a_line_now_and_then() -> None:
    lines = [f"Collecting p{number}==1 (from -r needs.txt)" for number in range(60)]
    lines += ["  Downloading p9-1-py3-none-any.whl (3 kB)", "Installing collected packages: p1, p2", "anything else"]
    log, terminal = StringIO(), Terminal()
    shown(lines, log)
    shown(lines, terminal)
    assert log.getvalue().splitlines() == ["fetching 25: p24", "fetching 50: p49", "installing 60 packages"]
    assert "\n" not in terminal.getvalue()
    assert terminal.getvalue().endswith("installing 60 packages\r\033[K")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_kernel_that_cannot_be_compiled_is_said_and_stops_nothing(tmp_path: Path) -> None:
    for name in ("bin", "lib", "pyvenv.cfg"):
        (tmp_path / name).symlink_to(Path(sys.prefix, name))
    (tmp_path / ".pip").touch()
    (tmp_path / ".product").touch()
    rule = ["make", "--no-print-directory", f"VENV={tmp_path}", f"{tmp_path}/.kernel"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "CC": "/no/such/compiler"}
    made = subprocess.run(rule, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert f"not compiled ({tmp_path}/kernel.log says why)" in made.stderr
    assert "/no/such/compiler" in (tmp_path / "kernel.log").read_text()
    again = subprocess.run(rule, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "compiling" not in again.stderr  # what failed is tried again where it is asked for: make kernel


def test_the_hashes_can_be_written_when_a_package_is_named_that_has_none_yet(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("hashes.txt", "docs/supply.py"):
        (tmp_path / name).write_text((ROOT / name).read_text())
    project = (ROOT / "pyproject.toml").read_text()
    (tmp_path / "pyproject.toml").write_text(project.replace("\ndev = [", '\ndev = [\n    "brand-new>=1",', 1))

    def printed(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "docs/supply.py", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert "hashes.txt lacks brand-new: add" in printed("needs", "dev").stderr
    assert {"uv", "pip-audit"} == {
        line.partition("==")[0] for line in printed("tools").stdout.splitlines() if "==" in line
    }
    makefile = (ROOT / "Makefile").read_text()
    assert "\nlock: $(VENV)/.supply" in makefile
    assert "\n$(VENV)/.supply: $(PIP)\n\t$(BIN)/python docs/supply.py tools" in makefile
    assert "\n$(PIP): hashes.txt\n" in makefile


def test_make_demo_installs_what_the_product_needs_and_make_check_the_rest() -> None:
    makefile = (ROOT / "Makefile").read_text()
    assert "\ndemo: $(KERNEL)" in makefile
    assert "\n$(KERNEL): $(PRODUCT)" in makefile
    assert "\ncheck: layout" in makefile
    assert "types test\n" in makefile
    assert all(f"\n{target}: $(READY)" in makefile for target in ("layout", "types", "test"))
    assert {"pytest", "mypy", "playwright"} <= {canonical(re.split("[<>=]", need)[0]) for need in needs(["dev"])}
    assert not {"pytest", "mypy", "playwright"} & {canonical(re.split("[<>=]", need)[0]) for need in needs([])}
