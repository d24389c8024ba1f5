"""`check`, `backup`, `restore`: what is damaged is said and mended, and what was backed up comes back."""

import json
import random
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.store import ArticleStore
from tests.corpus.older import as_older
from tests.web.commands import run


def page(headline: str, sentence: str) -> str:
    drawn = random.Random(headline)  # pages of one text are copies
    said = "council meeting members budget harbour bridge school vote report season workers plan street winter".split()
    body = "".join(f"<p>{sentence} It was said that the {' '.join(drawn.sample(said, 9))}.</p>" for _ in range(9))
    return (
        f"<html><head><title>{headline}</title></head><body><article><h1>{headline}</h1>"
        f"<p class=byline>By Ana Pérez</p>{body}</article></body></html>"
    )


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two pages, which no test changes."""
    folder = tmp_path_factory.mktemp("imported")
    (folder / "config.toml").write_text("")
    for number, headline in enumerate(("Flood walls hold", "A school opens"), 1):
        (folder / f"{number}.html").write_text(page(headline, f"The quay {number} was inspected on Monday."))
    files = [str(path) for path in sorted(folder.glob("*.html"))]
    assert run(folder, "-q", "import", *files).exit_code == 0
    assert run(folder, "index").exit_code == 0
    return folder


@pytest.fixture
def folder(imported: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(imported, tmp_path, dirs_exist_ok=True)


def store(folder: Path) -> Path:
    (found,) = folder.rglob("pressmark.sqlite")
    return found


def flip_body(folder: Path, article: int) -> None:
    with closing(sqlite3.connect(store(folder))) as connection, connection:
        row = connection.execute("SELECT body FROM revisions WHERE article = ?", (article,)).fetchone()
        body = bytearray(row[0])
        body[len(body) // 2] ^= 4
        connection.execute("UPDATE revisions SET body = ? WHERE article = ?", (bytes(body), article))
    connection.close()


def test_a_whole_corpus_is_said_to_be_whole(folder: Path) -> None:
    for arguments in (("check",), ("check", "--full"), ("check", "--full", "--mend")):
        shown = run(folder, *arguments)
        assert (shown.exit_code, shown.stderr) == (0, ""), shown.output
    assert "nothing is damaged" in shown.stdout


def test_a_damaged_article_ends_no_command_and_is_counted(folder: Path) -> None:
    flip_body(folder, 1)
    shown = run(folder, "search", "quay", "--json")
    assert shown.exit_code == 0
    assert [hit["headline"] for hit in json.loads(shown.stdout)["hits"]] == ["A school opens"]
    for arguments in (("export",), ("index", "rebuild"), ("index", "verify")):
        assert run(folder, *arguments).exit_code == 0
    assert json.loads(run(folder, "status", "--json").stdout)["damaged"] == 1
    assert "1 article is damaged and left out" in run(folder, "status").stdout
    checked = run(folder, "check", "--full")
    assert checked.exit_code == 1
    assert checked.stdout.startswith("article ")


def test_nobody_is_sent_to_mend_an_earlier_text_that_no_response_has(folder: Path) -> None:
    with ArticleStore.open(store(folder)) as opened:
        stored = opened.article(1)
        assert stored is not None
        opened.write(replace(stored.article, body="The quay was painted on Tuesday."))
    with closing(sqlite3.connect(store(folder))) as connection, connection:
        connection.execute("UPDATE revisions SET body = zeroblob(length(body)) WHERE article = 1 AND number = 1")
    assert run(folder, "check", "--full").exit_code == 1
    checks = json.loads(run(folder, "doctor", "--json").stdout)
    assert [(each["text"], each["way_out"]) for each in checks if each["check"] == "store"] == [
        ("1 earlier text damaged and left out of histories", "a backup may have it whole")
    ]


def test_what_is_in_a_damaged_index_is_not_known_and_not_none(folder: Path) -> None:
    (commit,) = folder.rglob("index/commit-*.json")
    commit.write_bytes(commit.read_bytes()[:-9])
    found = json.loads(run(folder, "status", "--json").stdout)
    assert (found["indexed"], found["partly_indexed"]) == (0, None)
    assert "index to be rebuilt · how many articles are in it is not known" in run(folder, "status").stdout


def test_a_damaged_table_of_contents_is_named_by_the_quick_check_and_by_the_doctor(folder: Path) -> None:
    (commit,) = folder.rglob("index/commit-*.json")
    held = bytearray(commit.read_bytes())
    held[len(held) // 2] ^= 1
    commit.write_bytes(held)
    checked = run(folder, "check")
    assert checked.exit_code == 1
    assert "its checksum is wrong" in checked.stdout
    (index,) = [each for each in json.loads(run(folder, "doctor", "--json").stdout) if each["check"] == "index"]
    assert (index["state"], index["way_out"]) == ("problem", "`pressmark index rebuild`")
    assert run(folder, "check", "--mend").exit_code == 1
    assert run(folder, "check").exit_code == 0


def test_an_index_that_was_never_made_is_not_damaged(folder: Path) -> None:
    shutil.rmtree(store(folder).parent / "index")
    checked = run(folder, "check")
    assert (checked.exit_code, checked.stderr) == (0, "")


def test_a_file_that_is_not_whole_behind_its_mending_is_said_to_be_so(folder: Path) -> None:
    with closing(sqlite3.connect(store(folder))) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'samples'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with store(folder).open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(bytes(range(256)) * (size // 256))
    shown = run(folder, "check", "--mend")
    assert shown.exit_code == 1
    assert "not whole: not its indexes alone are damaged" in shown.stdout


def test_what_cannot_be_mended_is_named_and_stays_on_the_list(folder: Path) -> None:
    flip_body(folder, 1)
    shown = run(folder, "check", "--full", "--mend")
    assert shown.exit_code == 1
    assert re.search(r"^article [a-z]\w{5}: not mended", shown.stdout, re.MULTILINE)
    assert "mended 0 of 1 damaged article" in shown.stdout


def test_a_broken_row_is_mended_from_its_revision(folder: Path) -> None:
    as_older(store(folder))
    with closing(sqlite3.connect(store(folder))) as connection, connection:
        connection.execute("UPDATE articles SET headline = 'Blood walls hold' WHERE id = 1")
    connection.close()
    shown = run(folder, "check", "--full", "--mend")
    assert "mended 1 of 1 damaged article" in shown.stdout
    assert run(folder, "check", "--full").exit_code == 0
    with ArticleStore.open(store(folder)) as opened:
        held = opened.article(1)
        assert held
        assert held.article.headline == "Flood walls hold"


def test_a_damaged_index_and_a_torn_response_are_named(folder: Path) -> None:
    (segment,) = (store(folder).parent / "index").glob("*.columns")
    held = bytearray(segment.read_bytes())
    held[next(at for at in range(len(held) // 2, len(held)) if held[at])] ^= 1  # zeros may stand between arrays
    segment.write_bytes(held)
    captures = store(folder).parent / "captures"
    captures.mkdir(exist_ok=True)
    (captures / "pressmark-20260101000000-00001.warc.gz").write_bytes(b"no gzip")
    (captures / "pressmark-20260101000000-00002.warc.gz").write_bytes(b"")
    shown = run(folder, "check", "--full")
    assert shown.exit_code == 1
    assert "00001.warc.gz: damaged from byte 0 on" in shown.stdout
    assert "its checksum is" in shown.stdout
    assert "`pressmark index rebuild`" in shown.stderr
    assert "the index is rebuilt from 2 articles" in run(folder, "check", "--full", "--mend").stdout
    assert run(folder, "index", "verify").exit_code == 0


def test_a_backup_is_restored_and_searched_elsewhere(folder: Path, tmp_path: Path) -> None:
    target, other = tmp_path / "corpus.tar", tmp_path / "other"
    shown = run(folder, "backup", str(target))
    assert "2 articles" in shown.stdout
    assert run(folder, "backup", str(target)).exit_code == 1
    other.mkdir()
    (other / "config.toml").write_text("")
    restored = run(other, "restore", str(target))
    assert restored.exit_code == 0
    assert "config.toml names no source, and no backup holds one: copy yours" in restored.stderr
    found = json.loads(run(other, "search", "quay", "--json").stdout)
    assert found["total"] == 2
    again = run(other, "restore", str(target))
    assert again.exit_code == 1
    assert "--force" in again.stderr
    (other / "config.toml").write_text('source = ["https://gazette.example"]\n')
    forced = run(other, "restore", str(target), "--force")
    assert forced.exit_code == 0
    assert "copy yours" not in forced.stderr
    assert re.search(r"set aside: .*pressmark\.sqlite\.before-\d{14}\n", forced.stdout)


def test_a_restore_under_a_newer_index_answers_from_the_restored_articles(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "corpus.tar"
    assert run(folder, "backup", str(target)).exit_code == 0
    (folder / "3.html").write_text(page("A bridge falls", "The quay 3 was closed on Tuesday."))
    run(folder, "-q", "import", str(folder / "3.html"))
    run(folder, "index")
    assert run(folder, "restore", str(target), "--force").exit_code == 0
    found = json.loads(run(folder, "search", "quay", "--json").stdout)
    assert sorted(hit["headline"] for hit in found["hits"]) == ["A school opens", "Flood walls hold"]


def test_without_a_store_there_is_nothing_to_check_or_keep(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("")
    for arguments in (("check",), ("backup", str(tmp_path / "a.tar"))):
        shown = run(tmp_path, *arguments)
        assert shown.exit_code == 4
        assert "no article store here" in shown.stderr
    assert not (tmp_path / "a.tar").exists()


def test_a_compacted_store_has_the_same_articles(folder: Path) -> None:
    before = run(folder, "export").stdout
    shown = run(folder, "compact")
    assert (shown.exit_code, shown.stderr) == (0, ""), shown.output
    assert "the store takes" in shown.stdout
    assert run(folder, "export").stdout == before
    assert run(folder, "check", "--full").exit_code == 0


def test_where_there_is_no_store_there_is_nothing_to_compact(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("")
    shown = run(tmp_path, "compact")
    assert shown.exit_code != 0
    assert "nothing to pack" in shown.stderr


def test_a_damaged_index_of_texts_that_are_gone_is_said_and_built_anew_by_a_search_in_them(folder: Path) -> None:
    with ArticleStore.open(store(folder)) as opened:
        held = opened.article(1)
        assert held is not None
        opened.write(replace(held.article, body="Nothing of it stands any more. " * 9))
    assert run(folder, "index").exit_code == 0
    said = "the index of texts that are gone is damaged"
    assert said not in run(folder, "status").stdout
    (segment,) = (folder / "data" / "index" / "removed").glob("*.columns")
    segment.write_bytes(segment.read_bytes()[:-9])
    assert said in run(folder, "status").stdout
    assert json.loads(run(folder, "search", "in:removed quay", "--json").stdout)["total"] == 1
    assert said not in run(folder, "status").stdout
