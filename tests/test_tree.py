"""The repository keeps the promises ARCHITECTURE.md and CONTRIBUTING.md make about its own shape."""

import re
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from docs.modules import PAGE, page

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "crawler", "indexer", "web")
MAX_LINES = 400


def tracked(*patterns: str) -> list[Path]:
    """Files of the tree that git tracks, or all of them where there is no git (an unpacked sdist)."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", *patterns],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        return [path for pattern in patterns for path in ROOT.rglob(pattern) if ".venv" not in path.parts]
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def modules() -> list[Path]:
    return [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] in PACKAGES]


def test_no_module_grows_past_the_limit() -> None:
    long = {str(p.relative_to(ROOT)): n for p in tracked("*.py") if (n := len(p.read_text().splitlines())) > MAX_LINES}
    assert not long


def test_every_module_opens_with_its_question() -> None:
    silent = [str(p.relative_to(ROOT)) for p in modules() if not p.read_text().lstrip().startswith(('"""', 'r"""'))]
    assert not silent


def test_the_list_of_modules_says_what_each_answers() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "`make fix` writes it anew"


@pytest.mark.parametrize("document", [p.relative_to(ROOT).as_posix() for p in tracked("*.md")])
def test_every_local_link_of_the_documents_resolves(document: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / document).read_text(), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    broken = [
        t
        for t in targets
        if "://" not in t and not t.startswith("mailto:") and not ((ROOT / document).parent / t).exists()
    ]
    assert not broken


def test_constraints_pin_versions_and_name_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text().split()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+]+", line) for line in lines)


def test_what_is_pinned_installs_on_the_oldest_python_promised() -> None:
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")
    refusing = {}
    for line in (ROOT / "constraints.txt").read_text().split():
        try:
            said = metadata(line.split("==")[0]).json
        except PackageNotFoundError:  # of the bench group
            continue
        needs = said.get("requires_python")
        if needs and f"=={said['version']}" in line and f"{floor}.0" not in SpecifierSet(str(needs)):
            refusing[line] = needs
    assert not refusing


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    pinned = {canonical(line.split("==")[0]) for line in (ROOT / "constraints.txt").read_text().split()}
    assert not [name for need in wanted if (name := canonical(re.split(r"[<>=!~\[; ]", need)[0])) not in pinned]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_test_mentions_skip_without_a_reason() -> None:
    bare = re.compile(r"(mark\.skip\b(?!\()|pytest\.skip\(\s*\))")
    assert not [p.name for p in tracked("tests/*.py") if p != Path(__file__) and bare.search(p.read_text())]
