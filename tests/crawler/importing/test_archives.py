"""Archives and folders are read within bounds; nothing outside of them is read, nothing local is stored."""

import gzip
import json
import os
from pathlib import Path

import pytest

from corpus.errors import ImportFailed
from corpus.model import Article
from crawler.importing.files import find
from crawler.importing.formats import READERS
from crawler.values import Page
from tests.bombs import gzip_of, zip_of
from tests.crawler.importing.reading import (
    NOW,
    RECORD,
    STORY,
    URL,
    articles,
    docx,
    epub,
    failures,
    items,
    notes,
    zipped,
)


def test_a_zip_of_mixed_files_is_read_file_by_file(tmp_path: Path):
    content = zipped({"b/one.json": json.dumps(RECORD), "a/two.docx": docx("Ferry", STORY), "x.png": b"\x89PNG"})
    found = items(tmp_path, "all.zip", content)
    assert {each.headline for each in articles(found)} == {"Walls approved", "Ferry"}
    assert notes(found) == ["left out, of other kinds: 1 file"]


def test_archives_in_archives_are_read_to_a_depth(tmp_path: Path):
    content = json.dumps(RECORD).encode()
    for depth, expected in ((1, 1), (2, 1), (3, 0)):
        content = zipped({"in.zip" if depth > 1 else "in.json": content})
        found = items(tmp_path, "a.zip", content)
        assert len(articles(found)) == expected
        assert len(failures(found)) == 1 - expected


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.zip", "a.docx"])
def test_a_bomb_is_left_with_words(tmp_path: Path, name: str):
    size, member = 300_000_000, {"a.zip": "b.jsonl", "a.docx": "word/document.xml"}.get(name)
    bomb = zip_of(member, size, of=b" ") if member else gzip_of(size, of=b" ")
    found = items(tmp_path, name, bomb)
    assert not articles(found)
    assert any("MB" in said for said in failures(found)), failures(found)


def test_a_book_unpacks_to_no_more_than_another_archive(tmp_path: Path):
    found = items(tmp_path, "a.epub", epub(*[" " * 6_000_000] * 9))  # 54 MB in some KB, each chapter within its bound
    assert failures(found) == ["unpacks to over 50 MB; it was left"]
    assert len(items(tmp_path, "b.epub", epub(*[f"<p>{STORY}</p>"] * 9))) == 9


def test_archives_in_an_archive_unpack_together_to_no_more_than_one(tmp_path: Path):
    packed = gzip_of(30_000_000, of=b" ")  # of which one line is read, 20 MB; a third one is over what is left
    found = items(tmp_path, "a.zip", zipped({f"{n}.jsonl.gz": packed for n in range(5)}))
    said = [each.partition(":")[0] for each in failures(found)]
    whole = "with what was read before it, the whole file unpacks to over 50 MB"
    assert failures(found)[2].startswith(whole)
    assert said[3:] == ["2 further files in it left, for the same reason"]
    bomb = zip_of("b.jsonl", 30_000_000, of=b" ")
    found = items(tmp_path, "b.zip", zipped({f"{n}.zip": bomb for n in range(2)}))
    assert failures(found)[1].startswith(whole)


def test_what_a_file_has_no_room_for_is_named_once_and_counted(tmp_path: Path):
    bomb, whole = zip_of("b.jsonl", 30_000_000, of=b" "), "with what was read before it, the whole file unpacks to over"
    files = {f"{n}.zip": bomb for n in range(4)} | {"4.zip": zipped({"x.txt": STORY})}
    found = items(tmp_path, "a.zip", zipped(files))
    _, why, rest = failures(found)
    assert why.startswith(whole)
    assert rest == "2 further files in it left, for the same reason"
    assert len(articles(found)) == 1, "what is small enough is read"


def test_a_torn_gzip_gives_what_was_whole_and_says_so(tmp_path: Path):
    lines = (json.dumps(RECORD | {"url": f"{URL}/{n}", "text": f"{STORY} {n * 7919}"}) + "\n" for n in range(2000))
    packed = gzip.compress("".join(lines).encode())
    found = items(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2])
    assert articles(found)
    assert "the rest was left" in failures(found)[-1]


def test_links_that_lead_out_of_a_folder_are_noted_and_not_read(tmp_path: Path):
    outside = tmp_path / "secret.txt"
    outside.write_text(STORY)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Walls approved\n\n{STORY}")
    (folder / "b.txt").symlink_to(outside)
    (folder / "c").symlink_to(tmp_path, target_is_directory=True)
    (folder / "d.txt").symlink_to(folder / "a.txt")
    found = list(find([folder], source=None, now=NOW))
    assert [each.place.rpartition("/")[2] for each in found if isinstance(each.item, Article)] == ["a.txt", "d.txt"]
    assert [said for said in notes(found) if "link" in said] == ["a link that leads out of the folder; left out"] * 2


def test_what_is_no_file_in_a_folder_is_noted_and_the_rest_is_read(tmp_path: Path):
    (tmp_path / "a.txt").write_text(f"Walls approved\n\n{STORY}")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.jsonl")
    found = list(find([tmp_path], source=None, now=NOW))
    assert len(articles(found)) == 1
    assert notes(found) == ["a link that leads nowhere, a pipe, a socket or a device; left out"] * 3


def test_parts_of_a_saved_page_are_no_pages(tmp_path: Path):
    (tmp_path / "story.html").write_text("<html><p>Story</p></html>")
    (tmp_path / "story_files").mkdir()
    (tmp_path / "story_files" / "frame.html").write_text("<html><p>Advertisement</p></html>")
    found = list(find([tmp_path], source=None, now=NOW))
    assert sum(isinstance(each.item, Page) for each in found) == 1
    assert notes(found) == ["left out, of other kinds: 1 file: 1 .html"]


def test_no_local_path_stands_in_an_address_or_a_record(tmp_path: Path):
    (tmp_path / "page.html").write_text("<html><p>Story</p></html>")
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": STORY}))
    (tmp_path / "a.txt").write_text(f"Walls\n\n{STORY}")
    found = list(find([tmp_path], source=None, now=NOW))
    assert len(found) == 3
    for each in found:
        values = [each.item.url, *getattr(each.item, "facts", {}).values()]
        assert not any(str(tmp_path) in value or value.startswith("file:") for value in values)


def test_a_name_cannot_steer_the_terminal(tmp_path: Path):
    file = tmp_path / "a\x1b[31m\u202e.jsonl"
    file.write_text("nonsense")
    (found,) = find([file], source=None, now=NOW)
    assert "\x1b" not in str(found.item)
    assert "\u202e" not in str(found.item)
    assert "a\\x1b[31m\\u202e.jsonl" in str(found.item)


@pytest.mark.parametrize("ending", sorted(ending for endings in READERS for ending in endings))
def test_noise_of_every_kind_is_refused_without_an_exception(tmp_path: Path, ending: str):
    for content in (b"", b"\x00" * 100, bytes(range(256)) * 20, b"<" * 1000, b"{" * 1000, b"PK\x03\x04" * 50):
        found = items(tmp_path, f"a{ending}", content)
        assert all(isinstance(each.item, ImportFailed | Article | Page) or each.notes for each in found)
