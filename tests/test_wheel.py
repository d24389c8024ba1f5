"""What is installed meets no other package: a wheel beside packages that have the names of ours."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMES = ("corpus", "crawler", "indexer", "web")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages: ours from the wheel, and those of strangers with the same names."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    packages = folder / "site-packages"
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(packages)
    assert not any((packages / name).exists() for name in NAMES)
    for name in NAMES:
        (packages / name).mkdir()
        (packages / name / "__init__.py").write_text("raise SystemExit('the package of a stranger')")
    return packages


def run(installed: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    others = [each for each in sys.path if each.endswith("site-packages")]  # what ours need, not the checkout
    path = os.pathsep.join([str(installed), *others])
    environ = {"PATH": os.environ["PATH"], "HOME": str(installed), "LANG": "C.UTF-8", "PYTHONPATH": path}
    command = [sys.executable, "-S", "-P", "-c", code, *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def test_a_wheel_runs_beside_packages_with_the_names_of_ours(installed: Path, tmp_path: Path):
    start = "import sys, pressmark; sys.argv[0] = 'pressmark'; pressmark.main()"
    (tmp_path / "a.html").write_text(
        "<h1>Flood walls</h1><p>By Ana Perez</p>" + "<p>The walls stand, said the town.</p>" * 9
    )
    assert run(installed, start, "--version").stdout.startswith("pressmark ")
    made = run(installed, start, "-C", str(tmp_path), "init")
    assert made.returncode == 0, made.stderr
    taken = run(installed, start, "-C", str(tmp_path), "import", "a.html")
    assert taken.returncode == 0, taken.stderr  # the processes that read pages find ours, too
    assert "Flood walls" in run(installed, start, "-C", str(tmp_path), "search", "flood").stdout


def test_who_imports_pressmark_finds_its_packages(installed: Path):
    code = "import pressmark; from corpus.store import ArticleStore; print(ArticleStore.__module__)"
    assert run(installed, code).stdout == "corpus.store\n"
