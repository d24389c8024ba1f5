"""Files to import: what is wrong with them is told in plain words, and once."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import ImportFailed
from corpus.model import Article
from crawler.importing.files import find
from crawler.values import Page
from tests.crawler.importing.reading import URL, articles, failures, items

NOW = datetime(2026, 3, 4, tzinfo=UTC)
GOOD = b'{"text": "The council met."}\n'


def told(path: Path) -> list[str]:
    """What is said of a path: the text of an article, or what is wrong, without the folder."""
    items = (each.item for each in find([path], source=None, now=NOW))
    return [
        item.body if isinstance(item, Article) else str(item).replace(str(path), path.name)
        for item in items
        if isinstance(item, Article | ImportFailed)
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"text": "caf\xe9"}', "not UTF-8"),
        (b'{"text": oops}', "not JSON: column 10"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"text": ' + b"1" * 5_000 + b"}", "not JSON: a number is too long"),
    ],
)
def test_a_bad_line_is_told_in_plain_words(tmp_path: Path, line: bytes, said: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(GOOD + line)
    assert told(file) == ["The council met.", f"a.jsonl:2: {said}: expected one JSON object a line"]


def test_a_file_that_opens_with_three_lines_of_no_json_is_left(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\xff\xfe\n\n\x00\x01\nnonsense\n" * 50 + GOOD)
    assert told(file) == ["a.jsonl: its first 3 lines are not JSON; the file was left"]


def test_two_bad_lines_before_a_good_one_are_told_each(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"one\ntwo\n" + GOOD + b"three\n" * 4)
    assert [said.partition(" ")[0] for said in told(file)] == [
        *("a.jsonl:1:", "a.jsonl:2:"),
        "The",
        *(f"a.jsonl:{n}:" for n in (4, 5, 6, 7)),
    ]


def test_two_bad_lines_alone_are_told_each(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"one\ntwo\n")
    assert len(told(file)) == 2


def test_a_folder_without_a_file_of_a_known_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "paper.png").touch()
    (said,) = told(tmp_path)
    assert said.startswith(f"no file of a known kind in {tmp_path.name}: expected .html")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert told(tmp_path / "pipe.txt") == ["pipe.txt: a pipe, a socket or a device: expected a file or a folder"]


SPOILT = "".join(
    letter if place % 6 else "\ufffd" for place, letter in enumerate("The council met on Monday again. " * 8)
)
SPOILT_FILES = {
    "a.txt": f"Council settles\n\n{SPOILT}",
    "a.jsonl": json.dumps({"title": "Council", "text": SPOILT, "url": URL}, ensure_ascii=False),
    "a.csv": f'title,text,url\nCouncil,"{SPOILT}",{URL}\n',
    "a.md": f"# Council settles\n\n{SPOILT}",
    "a.ris": f"TY  - NEWS\nTI  - Council\nAB  - {SPOILT}\nUR  - {URL}\nER  - \n",
}


@pytest.mark.parametrize("name", SPOILT_FILES)
def test_a_text_of_which_a_tenth_cannot_be_read_is_no_article_in_any_file(tmp_path: Path, name: str) -> None:
    found = items(tmp_path, name, SPOILT_FILES[name])
    assert articles(found) == []
    assert any("of its characters cannot be read: expected 10% at most" in why for why in failures(found))
    fewer = SPOILT_FILES[name].replace("\ufffd", "e", 40)
    assert len(articles(items(tmp_path, name, fewer))) == 1


def test_a_file_of_a_year_that_no_calendar_has_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("<p>Walls")
    os.utime(file, (0, 1 << 40))
    if file.stat().st_mtime < 1 << 40:
        pytest.skip("this file system has no such year")
    (found,) = find([file], source=None, now=NOW)
    assert isinstance(found.item, Page)
    assert found.item.fetched == NOW
