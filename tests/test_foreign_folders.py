"""A data folder from a stranger, damaged or made wrong on purpose: an answer or an error of ours, within limits.

Each kind of harm is tried in a process of its own, whose kernel bounds its memory: 300 MB beyond what the code takes.
"""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from corpus.captures import Captures
from corpus.errors import IndexDamaged, NotFound, PressmarkError, StoreError
from corpus.model import CaptureRef
from corpus.store import ArticleStore
from corpus.store.file.bodies import MAX_BODY, pack, unpack
from indexer.open import open_engine
from indexer.storage import commits
from indexer.storage.arrays import ArrayFile
from tests.foreign import KINDS, NOW, exchange, make, use_index, use_store
from tests.harms import BOMB, SCHEMES, harm_segment

ROOT = Path(__file__).parent.parent


def tried(kind: str, count: int, folder: Path, *, seed: int = 1) -> str:
    command = [sys.executable, "-m", "tests.foreign", kind, str(seed), str(count), str(folder)]
    environ = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    answer = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=7200, check=False)
    return answer.stdout if answer.returncode == 0 else f"ended with {answer.returncode}: {answer.stderr[-2000:]}"


@pytest.mark.parametrize("kind", KINDS)
def test_harmed_folders_end_with_an_answer_or_an_error_of_ours(kind: str, tmp_path: Path) -> None:
    assert tried(kind, 10, tmp_path) == "tried 10\n"


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_harmed_folders_end_with_an_answer_or_an_error_of_ours(kind: str, tmp_path: Path) -> None:
    assert tried(kind, 10_000, tmp_path, seed=2) == "tried 10000\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that no test changes."""
    path = tmp_path_factory.mktemp("whole") / "data"
    make(path)
    return path


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return copy(whole, tmp_path / "data")


def copy(whole: Path, path: Path) -> Path:
    shutil.copytree(whole, path)
    return path


def test_a_folder_that_is_whole_is_used_without_an_error(folder: Path) -> None:
    list(use_store(folder))
    with ArticleStore.open(folder / "pressmark.sqlite") as store:
        assert store.damage.articles() == {}
        assert list(store.damage.check(full=True)) == []
    list(use_index(folder))
    engine = open_engine(folder / "index")
    assert engine.position == 60
    engine.close()


@pytest.mark.parametrize("scheme", [each for each in SCHEMES if "TRIGGER" in each or "VIEW" in each])
def test_a_store_with_a_strangers_trigger_or_view_is_not_opened(folder: Path, scheme: str) -> None:
    with closing(sqlite3.connect(folder / "pressmark.sqlite")) as connection, connection:
        connection.execute(scheme)
    connection.close()
    with pytest.raises(StoreError, match="does not make"):
        ArticleStore.open(folder / "pressmark.sqlite")


def test_a_store_with_a_virtual_table_is_not_opened(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "pressmark.sqlite")) as connection, connection:
        connection.execute("CREATE VIRTUAL TABLE mine USING fts5(x)")
    connection.close()
    with pytest.raises(StoreError, match="virtual table 'mine'"):
        ArticleStore.open(folder / "pressmark.sqlite")


def test_a_trigger_of_ours_with_another_body_is_not_ours(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "pressmark.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER byline_added")
        connection.execute(
            "CREATE TRIGGER byline_added AFTER INSERT ON article_authors BEGIN DELETE FROM articles; END"
        )
    connection.close()
    with pytest.raises(StoreError, match="byline_added"):
        ArticleStore.open(folder / "pressmark.sqlite")


def test_a_body_that_inflates_without_end_is_damaged_and_not_inflated() -> None:
    with pytest.raises(ValueError, match=f"{MAX_BODY:,}"):
        unpack(BOMB)


@pytest.mark.parametrize("body", ["", "x", "The walls held. " * 100_000, "\u4e2d" * 50_000])
def test_a_body_is_what_was_packed(body: str) -> None:
    assert unpack(pack(body)) == [body] if body else unpack(b"") == [""]


def test_a_body_that_is_cut_short_is_damaged() -> None:
    with pytest.raises(ValueError, match="cut short"):
        unpack(pack("The walls held. " * 100)[:-9])


def test_a_segment_with_right_checksums_and_wrong_numbers_is_damaged(whole: Path, tmp_path: Path) -> None:
    named = 0
    for seed in range(30):
        draw = random.Random(seed)
        index = copy(whole, tmp_path / str(seed)) / "index"
        harm_segment(index, draw)
        engine = open_engine(index)
        try:
            len(engine)
        except IndexDamaged:
            named += 1
        engine.close()
    assert named > 10  # some changes leave an index that means something else, and is no less one


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file that a data folder must never touch."""
    path = tmp_path / "outside"
    path.mkdir()
    (path / "letter.txt").write_text("mine", encoding="utf-8")
    return path / "letter.txt"


@pytest.mark.parametrize("name", ["{outside}", "../../outside/letter.txt", "../outside/letter.txt", "x" * 5_000, "\0"])
def test_a_store_names_no_file_that_is_removed_or_read(folder: Path, outside: Path, name: str) -> None:
    with closing(sqlite3.connect(folder / "pressmark.sqlite")) as connection, connection:
        connection.execute("UPDATE runs SET status = 'running', lock = ?", (name.format(outside=outside),))
    connection.close()
    with ArticleStore.open(folder / "pressmark.sqlite") as store:
        assert store.runs.under_way() == []
        with store.runs.begin(["a.example"], started=NOW):
            pass
    assert outside.read_text(encoding="utf-8") == "mine"


def links(data: Path, target: Path) -> None:
    """Put a link to a file where each lock, table and capture of a data folder may be written next."""
    for path in (data / "index" / "MAIN_WRITELOCK", *(data / "captures").iterdir()):
        path.unlink(missing_ok=True)
        path.symlink_to(target)
    for number in range(1, 6):
        for name in (f"commit-{number}.json.new", f"_MAIN_{number}.toc.new"):
            (data / "index" / name).unlink(missing_ok=True)
            (data / "index" / name).symlink_to(target)


def test_nothing_is_written_through_a_link(folder: Path, outside: Path) -> None:
    named = commits.filename(commits.generation(folder / "index"))
    links(folder, outside)
    with suppress(PressmarkError):
        list(use_index(folder))
    (folder / "index" / "MAIN_WRITELOCK").unlink()
    list(use_index(folder))
    assert commits.filename(commits.generation(folder / "index")) != named
    with Captures(folder / "captures") as captures:
        ref = captures.append(exchange())
        assert captures.read(ref).body == exchange().body
    assert outside.read_text(encoding="utf-8") == "mine"


def test_a_pipe_in_the_place_of_a_file_holds_nobody_up(folder: Path) -> None:
    files = [*(folder / "index").iterdir(), *(folder / "captures").iterdir()]
    for path in files:
        path.unlink()
        os.mkfifo(path)
    with suppress(PressmarkError):
        list(use_index(folder))
    with Captures(folder / "captures") as captures:
        with pytest.raises(NotFound):
            captures.read(CaptureRef(files[-1].name, 0))
        assert captures.read(captures.append(exchange())).body == exchange().body


def test_a_segment_without_one_of_its_arrays_is_damaged(folder: Path) -> None:
    path = next((folder / "index").glob("MAIN_*.columns"))
    with pytest.raises(IndexDamaged, match="no array 'walls'"):
        ArrayFile(path)["walls"]
