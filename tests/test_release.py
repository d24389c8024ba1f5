"""A release says what stands in its way; the workflows and the citation are such as their readers take."""

import shutil
from pathlib import Path

import pytest

from docs.release import SOURCE, notes, problems

ROOT = Path(__file__).parent.parent


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    for name in (SOURCE, "CITATION.cff"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\n## Unreleased\n\n- next\n\n## 0.1.0 - 2026-01-31\n\n- first\n"
    )
    return tmp_path


def test_a_version_that_all_files_name_can_be_released(root: Path):
    (root / SOURCE).write_text('VERSION = "0.1.0"\n')
    (root / "CITATION.cff").write_text("version: 0.1.0\n")
    assert problems("0.1.0", root) == []
    assert notes("0.1.0", root) == "- first"


def test_each_file_that_names_another_version_is_said(root: Path):
    (root / SOURCE).write_text('VERSION = "0.1.0"\n')
    (root / "CITATION.cff").write_text("title: x\n")
    found = problems("0.2.0", root)
    assert [line.partition(":")[0] for line in found] == [SOURCE, "CITATION.cff", "CHANGELOG.md"]
    assert problems("v2", root)[0].startswith("VERSION: 'v2' is no version")


def test_the_citation_names_the_version_of_the_project():
    said = [line for line in problems("0.0.0") if line.startswith((SOURCE, "CITATION.cff"))]
    assert len({line.partition("version is ")[2] for line in said}) == 1


def test_every_workflow_gives_its_jobs_an_end_and_no_right_to_write_but_the_releases():
    workflows = list((ROOT / ".github" / "workflows").glob("*.yml"))
    assert any(path.name == "release.yml" for path in workflows)
    for path in workflows:
        text = path.read_text(encoding="utf-8")
        assert "permissions: { contents: read }" in text, path.name
        assert text.count("runs-on:") == text.count("timeout-minutes:"), path.name
        assert ("contents: write" in text) == (path.name == "release.yml")
