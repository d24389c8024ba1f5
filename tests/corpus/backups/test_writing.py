"""A backup holds a corpus as it was at one moment; what is restored is that, or nothing is."""

import errno
import fcntl
import io
import json
import random
import sqlite3
import subprocess
import sys
import tarfile
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.backups.manifest import BackupFailed
from corpus.backups.reading import Backup, read_back
from corpus.backups.restoring import restore
from corpus.backups.writing import LOCK, write
from corpus.captures import Captures
from corpus.errors import StoreError
from corpus.store import ArticleStore
from corpus.warc.exchange import Exchange
from tests.corpus.samples import article

NOW = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)


def exchange(number: int) -> Exchange:
    body = f"<p>Response {number}".encode() * 50
    return Exchange(url=f"https://a.example/{number}", at=NOW, status=200, phrase="OK", body=body)


def fill(data: Path, *numbers: int) -> None:
    """Store articles, each with its response."""
    with ArticleStore.open(data / "pressmark.sqlite") as store, Captures(data / "captures") as captures:
        for number in numbers:
            capture = captures.append(exchange(number))
            store.write(article(url=f"https://a.example/{number}", body=f"Text {number}.", capture=capture))


def back_up(data: Path, target: Path, *, force: bool = False, full: bool = False) -> Backup:
    with ArticleStore.open(data / "pressmark.sqlite") as store:
        return write(store, data / "captures", target, force=force, full=full)


def texts(data: Path) -> dict[str, str]:
    """URL -> text of all articles, each of whose responses is there."""
    found = {}
    with ArticleStore.open(data / "pressmark.sqlite") as store, Captures(data / "captures") as captures:
        for one in store.every():
            if one.article.capture:
                assert captures.read(one.article.capture).url == one.article.url
            found[one.article.url] = one.article.body
        assert list(store.damage.check(full=True)) == []
    return found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    fill(folder, 1, 2, 3)
    return folder


def test_what_was_backed_up_is_restored_elsewhere(tmp_path: Path, data: Path) -> None:
    made = back_up(data, tmp_path / "corpus.tar")
    assert (made.articles, made.captures) == (3, 1)
    assert (tmp_path / "corpus.tar").stat().st_mode & 0o777 == 0o600
    assert read_back(tmp_path / "corpus.tar").captures == 1
    restored = restore(tmp_path / "corpus.tar", tmp_path / "other", now=NOW)
    assert (restored.articles, restored.captures) == (3, 1)
    assert texts(tmp_path / "other") == texts(data)
    assert sorted(path.name for path in (tmp_path / "other").iterdir()) == ["captures", "pressmark.sqlite"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == [LOCK]


def test_a_folder_whose_file_system_has_no_locks_gets_its_backup_and_the_log_says_so(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = fcntl.flock

    def refusing(handle: int, how: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink().name == LOCK:
            raise OSError(errno.ENOLCK, "No locks available")
        real(handle, how)

    monkeypatch.setattr(fcntl, "flock", refusing)
    assert back_up(data, tmp_path / "corpus.tar").articles == 3
    assert read_back(tmp_path / "corpus.tar").captures == 1
    assert "backup ended without a lock" in caplog.text


def test_a_restored_store_is_written_as_any_other(tmp_path: Path, data: Path) -> None:
    back_up(data, tmp_path / "corpus.tar")
    restore(tmp_path / "corpus.tar", tmp_path / "other", now=NOW)
    fill(tmp_path / "other", 4)
    assert len(texts(tmp_path / "other")) == 4
    with closing(sqlite3.connect(tmp_path / "other" / "pressmark.sqlite")) as connection, connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_file_that_exists_is_not_replaced_unless_forced(tmp_path: Path, data: Path) -> None:
    target = tmp_path / "corpus.tar"
    target.write_text("mine")
    with pytest.raises(BackupFailed, match="--force"):
        back_up(data, target)
    assert target.read_text() == "mine"
    back_up(data, target, force=True)
    assert read_back(target).captures == 1


def test_a_folder_that_is_not_there_is_named_as_it_was_given(tmp_path: Path, data: Path) -> None:
    nowhere = tmp_path / "nowhere"
    with pytest.raises(BackupFailed) as refused:
        back_up(data, nowhere / "one.tar")
    assert str(refused.value) == f"{nowhere}: No such file or directory: expected a folder that can be written"


def test_a_store_that_is_there_is_set_aside_only_when_forced(tmp_path: Path, data: Path) -> None:
    back_up(data, tmp_path / "corpus.tar")
    fill(data, 4, 5)
    with pytest.raises(BackupFailed, match="--force"):
        restore(tmp_path / "corpus.tar", data, now=NOW)
    assert len(texts(data)) == 5
    restore(tmp_path / "corpus.tar", data, now=NOW, force=True)
    assert len(texts(data)) == 3
    with ArticleStore.open(data / "pressmark.sqlite.before-20261126073000") as aside:
        assert aside.totals().articles == 5
    fill(data, 6)
    assert len(texts(data)) == 4


def test_a_store_that_another_process_has_open_is_not_set_aside(tmp_path: Path, data: Path) -> None:
    back_up(data, tmp_path / "corpus.tar")
    reader = (
        "import sqlite3, sys; store = sqlite3.connect(sys.argv[1]); store.execute('PRAGMA user_version').fetchall()"
    )
    command = [sys.executable, "-Sc", f"{reader}; print(1, flush=True); input()", str(data / "pressmark.sqlite")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "1\n"
        with pytest.raises(BackupFailed, match="another process has it open"):
            restore(tmp_path / "corpus.tar", data, now=NOW, force=True)
        other.communicate("\n")
    made = restore(tmp_path / "corpus.tar", data, now=NOW, force=True)
    assert made.aside == ("pressmark.sqlite.before-20261126073000",)
    assert all((data / name).is_file() for name in made.aside)


def test_responses_that_came_since_stay_in_their_file(tmp_path: Path, data: Path) -> None:
    back_up(data, tmp_path / "corpus.tar")
    before = {path.name: path.stat().st_size for path in (data / "captures").iterdir()}
    fill(data, 4)
    restore(tmp_path / "corpus.tar", data, now=NOW, force=True)
    after = {path.name: path.stat().st_size for path in (data / "captures").iterdir()}
    assert after.keys() == before.keys()
    assert all(after[name] > size for name, size in before.items())


def test_every_bit_of_a_backup_is_guarded(tmp_path: Path, data: Path) -> None:
    target, chance = tmp_path / "corpus.tar", random.Random(5)
    back_up(data, target)
    whole = target.read_bytes()
    with tarfile.open(target) as tar:
        inside = [at for one in tar.getmembers() for at in range(one.offset_data, one.offset_data + one.size)]
    for at in chance.sample(inside, 60):
        harmed = bytearray(whole)
        harmed[at] ^= 1 << chance.randrange(8)
        target.write_bytes(harmed)
        with pytest.raises(BackupFailed):
            restore(target, tmp_path / "other", now=NOW)
        assert list((tmp_path / "other").iterdir()) == []


@pytest.mark.parametrize("share", [0.0, 0.001, 0.1, 0.5, 0.9, 0.97])
def test_a_backup_cut_short_is_not_restored(tmp_path: Path, data: Path, share: float) -> None:
    target = tmp_path / "corpus.tar"
    back_up(data, target)
    whole = target.read_bytes().rstrip(b"\0")
    target.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BackupFailed):
        restore(target, tmp_path / "other", now=NOW)
    assert list((tmp_path / "other").iterdir()) == []


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


@pytest.mark.parametrize(
    "hostile",
    [
        member("../outside"),
        member("/etc/outside"),
        member("captures/../../outside"),
        member("index/commit-1.json"),
        member("config.toml"),
        member("captures/pressmark-20260101000000-00001.warc.gz", tarfile.SYMTYPE, "/etc/passwd"),
        member("captures/pressmark-20260101000000-00001.warc.gz", tarfile.LNKTYPE, "pressmark.sqlite"),
        member("pressmark.sqlite", tarfile.FIFOTYPE),
        member("captures", tarfile.DIRTYPE),
    ],
)
def test_nothing_but_a_corpus_is_unpacked(tmp_path: Path, hostile: tarfile.TarInfo) -> None:
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        tar.addfile(hostile)
        said = json.dumps({"format": 1, "files": {}}).encode()
        info = member("manifest.json")
        info.size = len(said)
        tar.addfile(info, io.BytesIO(said))
    with pytest.raises(BackupFailed, match="expected a backup"):
        restore(tmp_path / "evil.tar", tmp_path / "deep" / "data", now=NOW)
    assert [path.name for path in (tmp_path / "deep").rglob("*")] == ["data"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", "not as it was written"),
        (b"{}", "not as it was written"),
        (b"[]", "not as it was written"),
        (b'{"format": 3}', "format 3: expected 1 or 2"),
        (b'{"format": 2, "files": {}}', "not as it was written"),
        (b'{"format": 1, "files": {"a": 3}}', "not as it was written"),
        (b'{"format": 1, "files": {"a": [Infinity, ""]}}', "not as it was written"),
    ],
)
def test_a_manifest_that_is_none_is_no_backup(tmp_path: Path, said: bytes, why: str) -> None:
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        info = member("manifest.json")
        info.size = len(said)
        tar.addfile(info, io.BytesIO(said))
    with pytest.raises(BackupFailed, match=why):
        read_back(tmp_path / "evil.tar")


def test_a_damaged_store_is_not_backed_up(tmp_path: Path, data: Path) -> None:
    with ArticleStore.open(data / "pressmark.sqlite") as store:
        store.write_many(article(url=f"https://a.example/more{number}", body="x" * 3000) for number in range(60))
    path = data / "pressmark.sqlite"
    held = bytearray(path.read_bytes())
    for page in range(4, len(held) // 4096, 3):
        held[page * 4096 : page * 4096 + 4096] = random.Random(page).randbytes(4096)
    path.write_bytes(held)
    with pytest.raises((BackupFailed, StoreError), match="damaged"):
        back_up(data, tmp_path / "corpus.tar")
    assert not (tmp_path / "corpus.tar").exists()


def test_a_backup_during_writes_is_of_one_moment(tmp_path: Path, data: Path) -> None:
    """Twenty backups while another thread writes; each has the articles up to one sequence, and their responses."""
    done = threading.Event()

    def write() -> None:
        number = 10
        while not done.is_set():
            fill(data, number)
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for round in range(20):
            back_up(data, tmp_path / f"{round}.tar")
    finally:
        done.set()
        writer.join()
    counts = []
    for round in range(20):
        restore(tmp_path / f"{round}.tar", tmp_path / f"restored{round}", now=NOW)
        found = texts(tmp_path / f"restored{round}")
        assert found == {url: f"Text {url.rpartition('/')[2]}." for url in found}
        with ArticleStore.open(tmp_path / f"restored{round}" / "pressmark.sqlite") as store:
            assert store.sequence == len(found)
        counts.append(len(found))
    assert counts == sorted(counts)
    assert len(set(counts)) > 1
