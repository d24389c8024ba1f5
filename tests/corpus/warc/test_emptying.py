import gzip
import os
import random
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from corpus.captures import Captures
from corpus.errors import NotFound, StoreError
from corpus.warc.emptying import filler, place_of
from corpus.warc.exchange import Exchange
from tests.corpus.samples import NOW

URL, DATE = "https://news.example/a", "2026-03-01T02:30:00.000000Z"


def exchange(number: int, body: bytes) -> Exchange:
    return Exchange(url=f"https://news.example/{number}", at=NOW, status=200, phrase="OK", body=body)


@pytest.mark.parametrize("length", [400, 401, 405, 406, 407, 999, 65_000, 65_900, 66_000, 66_100, 131_072, 1_000_003])
def test_a_filler_is_a_whole_record_of_exactly_the_length(length):
    content = filler(length, url=URL, date=DATE)
    assert content is not None
    assert len(content) == length
    record = next(ArchiveIterator(BytesIO(content)))
    assert (record.rec_type, record.http_headers.get_statuscode()) == ("response", "410")
    assert set(record.content_stream().read()) <= {0}


def test_every_length_that_is_a_little_more_than_the_shortest_record_has_a_filler():
    assert filler(200, url=URL, date=DATE) is None
    assert all(filler(length, url=URL, date=DATE) is not None for length in range(360, 500))


def test_an_emptied_capture_has_no_text_and_its_neighbours_are_as_they_were(tmp_path: Path):
    draw = random.Random(3)
    bodies = [b"<p>secret words %d " % n + draw.randbytes(40_000) for n in range(5)]
    with Captures(tmp_path) as captures:
        refs = [captures.append(exchange(number, body)) for number, body in enumerate(bodies)]
        size = (tmp_path / refs[0].file).stat().st_size
        assert captures.empty(refs[2]) == 1
        assert captures.empty(refs[2]) == 0  # it is empty already
        for number in (0, 1, 3, 4):
            assert captures.read(refs[number]).body == bodies[number]
        with pytest.raises(NotFound, match="was emptied"):
            captures.read(refs[2])
        assert captures.read(captures.append(exchange(9, b"later"))).body == b"later"
    path = tmp_path / refs[0].file
    assert path.stat().st_size > size
    plain = gzip.decompress(path.read_bytes())
    assert b"secret words 2" not in plain
    assert plain.count(b"secret words") == 4
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file)]
    assert kinds.count("response") == 6


def test_the_record_that_a_reference_leads_to_is_emptied_as_well(tmp_path: Path):
    with Captures(tmp_path) as captures:
        first = captures.append(exchange(1, b"the same text " * 99))
        again = captures.append(exchange(1, b"the same text " * 99), previous=first)
        assert captures.read(again).body
        assert captures.empty(again) == 1
        for ref in (first, again):
            with pytest.raises(NotFound, match="was emptied"):
                captures.read(ref)


@pytest.mark.parametrize("done", [0, 1, 100, 5000])
def test_what_a_kill_left_half_done_is_ended_by_the_next_process(tmp_path: Path, monkeypatch, done):
    with Captures(tmp_path) as captures:
        refs = [captures.append(exchange(number, random.Random(number).randbytes(9_000))) for number in range(3)]
        captures.sync()

        def killed(handle: int, content: bytes, offset: int) -> int:
            pwrite(handle, content[:done], offset)
            raise KeyboardInterrupt

        pwrite = os.pwrite
        monkeypatch.setattr(os, "pwrite", killed)
        with pytest.raises(KeyboardInterrupt):
            captures.empty(refs[1])
        monkeypatch.undo()
    with Captures(tmp_path) as captures:
        later = captures.append(exchange(7, b"later"))
        with pytest.raises(NotFound, match="was emptied"):
            captures.read(refs[1])
        for ref in (refs[0], refs[2], later):
            assert captures.read(ref).body
    with (tmp_path / refs[0].file).open("rb") as file:
        assert [record.rec_type for record in ArchiveIterator(file)].count("response") == 4


@pytest.mark.parametrize(
    "intent", ["", "{}", "[]", '{"file": "../x", "offset": 0, "length": 9, "url": "", "date": ""}']
)
def test_a_note_of_work_that_makes_no_sense_is_an_error_and_nothing_is_written(tmp_path: Path, intent):
    with Captures(tmp_path) as captures:
        ref = captures.append(exchange(1, b"x" * 5000))
    (tmp_path / "emptying.json").write_text(intent)
    before = (tmp_path / ref.file).read_bytes()
    with Captures(tmp_path) as captures, pytest.raises(StoreError, match="cannot be carried out"):
        captures.append(exchange(2, b"y"))
    assert (tmp_path / ref.file).read_bytes() == before


def test_a_large_record_gives_its_room_back_to_the_disk(tmp_path: Path):
    with Captures(tmp_path) as captures:
        ref = captures.append(exchange(1, random.Random(1).randbytes(3_000_000)))
        captures.sync()
        path = tmp_path / ref.file
        before = path.stat().st_blocks
        captures.empty(ref)
        after = path.stat()
    assert after.st_size > 3_000_000
    if after.st_blocks == before:
        pytest.skip(f"the file system of {tmp_path} punches no holes")
    assert after.st_blocks < before / 5


def test_what_is_no_capture_is_not_emptied(tmp_path: Path):
    with Captures(tmp_path) as captures:
        ref = captures.append(exchange(1, b"x" * 5000))
        for wrong in (type(ref)(ref.file, ref.offset + 1), type(ref)("nowhere.warc.gz", 0), type(ref)(ref.file, 10**9)):
            with pytest.raises(NotFound):
                captures.empty(wrong)
        assert captures.read(ref).body == b"x" * 5000
    handle = os.open(tmp_path / ref.file, os.O_RDONLY)
    try:
        assert place_of(handle, ref.offset + 1) is None
    finally:
        os.close(handle)
