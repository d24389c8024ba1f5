import contextlib
import gzip
import io
import random
import resource
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.captures import Captures
from corpus.errors import ImportFailed, NotFound, StoreError
from corpus.model import CaptureRef
from corpus.warc.exchange import Exchange
from corpus.warc.reading import Record, records

NOW = datetime(2026, 3, 1, 2, 30, 0, 5, UTC)
PAGE = Exchange(
    url="https://news.example/a?b=é",
    at=NOW,
    status=200,
    phrase="OK",
    headers=(("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("ETag", 'W/"x"')),
    body=b"<p>Flood defences held." + b"\0\xff" * 500,
    request_headers=(("User-Agent", "pressmark/0"), ("Cookie", "secret=1")),
    address="192.0.2.7",
)


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.warc.gz"))


def kept(path: Path) -> list[Record]:
    with path.open("rb") as file:
        return list(records(file, max_bytes=9999))


def test_a_capture_is_read_back_as_it_was_kept(tmp_path: Path):
    with Captures(tmp_path) as captures:
        ref = captures.append(PAGE)
        assert captures.read(ref) == replace(PAGE, url="https://news.example/a?b=%C3%A9", request_headers=())


def test_every_response_stays_readable_at_its_own_place(tmp_path: Path):
    with Captures(tmp_path) as captures:
        refs = [captures.append(replace(PAGE, body=b"%d" % number)) for number in range(5)]
    assert [Captures(tmp_path).read(ref).body for ref in refs] == [b"0", b"1", b"2", b"3", b"4"]


def test_secrets_of_the_request_are_not_kept(tmp_path: Path):
    ours = ("Authorization", "X-Api-Key", "cookie", "Accept-Language")
    asked = (*PAGE.request_headers, *((name, "secret=2") for name in ours))
    with Captures(tmp_path) as captures:
        headers = (*PAGE.headers, ("Set-Cookie", "secret=3"))
        captures.append(replace(PAGE, request_headers=asked, headers=headers))
    content = gzip.decompress(files(tmp_path)[0].read_bytes())
    assert b"User-Agent: pressmark/0" in content
    assert b"secret" not in content


def test_an_identical_payload_of_the_same_url_is_only_referred_to(tmp_path: Path):
    with Captures(tmp_path) as captures:
        first = captures.append(PAGE)
    with Captures(tmp_path) as captures:
        before = files(tmp_path)[0].stat().st_size
        second = captures.append(replace(PAGE, status=203), previous=first)
        third = captures.append(PAGE, previous=second)
        assert captures.read(second).body == captures.read(third).body == PAGE.body
        assert captures.read(second).status == 203
    kinds = [record.refers_to for record in kept(files(tmp_path)[0])]
    assert kinds == [None, f"{first.file};{first.offset}", f"{first.file};{first.offset}"]
    assert files(tmp_path)[0].stat().st_size - before < 3000


def test_a_torn_last_record_is_cut_off_and_the_others_stay(tmp_path: Path):
    with Captures(tmp_path) as captures:
        refs = [captures.append(replace(PAGE, body=b"one")), captures.append(replace(PAGE, body=b"two"))]
    path = files(tmp_path)[0]
    path.write_bytes(path.read_bytes()[:-20])
    with Captures(tmp_path) as captures:
        third = captures.append(replace(PAGE, body=b"three"))
        assert captures.read(refs[0]).body == b"one"
        assert captures.read(third).body == b"three"
        with pytest.raises(NotFound):
            captures.read(CaptureRef(refs[1].file, 10_000_000))
    assert [record.exchange.body for record in kept(path)] == [b"one", b"three"]


@pytest.mark.parametrize("size", [1_000_000, 1_100_000, 4_000_000])
def test_a_file_goes_on_after_records_that_inflate_to_megabytes(tmp_path: Path, size: int):
    long = replace(PAGE, body=b"<p>The harbour wall.</p>" * (size // 24))
    with Captures(tmp_path) as captures:
        first = captures.append(long)
        captures.append(replace(PAGE, body=b"two"))
    with Captures(tmp_path) as captures:
        third = captures.append(replace(PAGE, body=b"three"))
        assert captures.empty(first) == 1
        assert captures.read(third).body == b"three"
    assert len(files(tmp_path)) == 1
    assert gzip.decompress(files(tmp_path)[0].read_bytes()).count(b"harbour") == 0


def test_a_full_file_is_followed_by_another(tmp_path: Path):
    with Captures(tmp_path, max_file_bytes=2500) as captures:
        refs = [captures.append(replace(PAGE, body=b"%d" % number)) for number in range(5)]
        assert len({ref.file for ref in refs}) == len(files(tmp_path)) > 1
        assert [captures.read(ref).body for ref in refs] == [b"0", b"1", b"2", b"3", b"4"]


def test_two_writers_never_share_a_file(tmp_path: Path):
    with Captures(tmp_path) as one, Captures(tmp_path) as other:
        assert one.append(PAGE).file != other.append(PAGE).file


def test_a_reference_never_leads_out_of_the_folder(tmp_path: Path):
    with pytest.raises(NotFound, match="no such capture file"):
        Captures(tmp_path / "captures").read(CaptureRef("../../etc/passwd", 0))


def test_a_folder_that_cannot_be_made_is_a_store_error(tmp_path: Path):
    (tmp_path / "captures").write_text("a file")
    with pytest.raises(StoreError, match="cannot be written"):
        Captures(tmp_path / "captures").append(PAGE)


def test_headers_with_line_breaks_cannot_forge_records(tmp_path: Path):
    with Captures(tmp_path) as captures:
        ref = captures.append(replace(PAGE, headers=(("X-A", "b\r\n\r\nWARC/1.0\r\nX: y"), ("Bad\r\n:", "z"))))
        assert captures.read(ref).body == PAGE.body
        assert captures.read(ref).header("x-a") == "b WARC/1.0 X: y"


def test_a_torn_file_gives_what_is_whole_and_then_says_so(tmp_path: Path):
    with Captures(tmp_path) as captures:
        captures.append(replace(PAGE, body=b"one"))
        captures.append(replace(PAGE, body=random.Random(1).randbytes(5000)))
    torn = io.BytesIO(files(tmp_path)[0].read_bytes()[:-2000])
    found = records(torn, max_bytes=9999)
    assert next(found).exchange.body == b"one"
    with pytest.raises(ImportFailed, match=r"damaged, or no WARC, from byte \d+ on: the last record is cut short"):
        next(found)


@pytest.mark.parametrize("content", [b"Dear diary", b"\x1f\x8bxxx", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" * 3])
def test_what_is_no_warc_is_told_as_such(content: bytes):
    with pytest.raises(ImportFailed, match="damaged, or no WARC, from byte 0"):
        list(records(io.BytesIO(content), max_bytes=9999))


def test_damage_anywhere_in_a_file_is_told_and_never_a_crash(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with Captures(tmp_path) as captures:
        for number in range(3):
            captures.append(replace(PAGE, body=b"%d" % number))
    whole = gzip.decompress(files(tmp_path)[0].read_bytes())
    chance = random.Random(2)
    for _ in range(500):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.randrange(30)] = chance.randbytes(chance.randrange(10))
        with contextlib.suppress(ImportFailed):
            assert len(list(records(io.BytesIO(damaged), max_bytes=9999))) <= 3
    assert capsys.readouterr() == ("", "")


def test_a_chunked_and_deflated_response_of_another_crawler_is_read():
    packed = gzip.compress(b"<p>x</p>" * 100)
    http = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
    http %= (len(packed), packed)
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://b.example/\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
    )
    head += b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(http)
    (found,) = records(io.BytesIO(head + http + b"\r\n\r\n"), max_bytes=9999)
    assert (found.exchange.body, found.exchange.at.year) == (b"<p>x</p>" * 100, 2020)
    (cut,) = records(io.BytesIO(head + http + b"\r\n\r\n"), max_bytes=10)
    assert cut.exchange.body == (b"<p>x</p>" * 2)[:10]


def test_a_full_disk_keeps_what_was_there_and_adds_nothing(tmp_path: Path):
    with Captures(tmp_path) as captures:
        first = captures.append(PAGE)
        path = files(tmp_path)[0]
        size = path.stat().st_size
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 500, limits[1]))  # Python ignores the signal
        try:
            with pytest.raises(StoreError, match="cannot be written: File too large"):
                captures.append(replace(PAGE, body=random.Random(1).randbytes(5000)))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert path.stat().st_size == size
        assert captures.read(captures.append(replace(PAGE, body=b"next"))).body == b"next"
        assert captures.read(first).body == PAGE.body


@pytest.mark.parametrize("length", [b"9" * 30, b"-1", b"\xb2", b"1e9"])
def test_a_record_of_an_impossible_length_is_damaged(length: bytes):
    head = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
    head += b"WARC-Date: 2026-03-02T08:00:00Z\r\n"
    head += b"Content-Type: application/http; msgtype=response\r\nContent-Length: " + length + b"\r\n\r\n"
    content = head + b"HTTP/1.1 200 OK\r\n\r\n<p>ab\r\n\r\n" * 3
    try:
        found = list(records(io.BytesIO(content), max_bytes=9999))
    except ImportFailed:
        found = []
    assert len(found) <= 1


@pytest.mark.parametrize(
    "ref", [CaptureRef("\0.warc.gz", 0), CaptureRef("x" * 9_999, 0), CaptureRef("", 0), CaptureRef("..", 0)]
)
def test_a_reference_to_a_name_no_file_has_finds_nothing(tmp_path: Path, ref: CaptureRef):
    with pytest.raises(NotFound):
        Captures(tmp_path).read(ref)


@pytest.mark.parametrize("offset", [-1, 1 << 63, 1 << 200])
def test_a_place_no_file_has_holds_no_capture(tmp_path: Path, offset: int):
    with Captures(tmp_path) as captures:
        ref = captures.append(PAGE)
        with pytest.raises(NotFound):
            captures.read(replace(ref, offset=offset))


def test_a_reference_between_captures_to_no_place_finds_nothing(tmp_path: Path):
    with Captures(tmp_path) as captures:
        captures.append(PAGE)
        second = captures.append(PAGE)
    path = files(tmp_path)[0]
    content = path.read_bytes()
    whole = gzip.decompress(content[second.offset :])
    begins = whole.index(b"Pressmark-Refers-To: ") if b"Pressmark-Refers-To: " in whole else -1
    assert begins > 0, whole[:600]
    ends = whole.index(b"\r\n", begins)
    for odd in (b"a\0b;0", b"x;" + b"9" * 5_000, b"x;" + "\u0661".encode() * 9_000):
        changed = whole[:begins] + b"Pressmark-Refers-To: " + odd + whole[ends:]
        path.write_bytes(content[: second.offset] + gzip.compress(changed))
        with pytest.raises(NotFound):
            Captures(tmp_path).read(second)


def test_the_further_pages_of_a_story_are_read_and_emptied_with_the_first(tmp_path: Path):
    with Captures(tmp_path) as captures:
        others = [replace(PAGE, url=f"https://news.example/a/{n}", body=b"%d" % n * 500) for n in (2, 3)]
        places = [captures.append(each) for each in others]
        first = captures.append(PAGE, parts=places)
        again = [captures.append(replace(others[0], body=b"new" * 500)), captures.append(others[1], previous=places[1])]
        later = captures.append(PAGE, previous=first, parts=again)
        assert [each.body for each in captures.read(first).parts] == [each.body for each in others]
        assert [each.body[:3] for each in captures.read(later).parts] == [b"new", b"333"]
        assert captures.parts_of(later) == tuple(again)
        assert captures.empty(first, alone=True) == 1
        assert captures.read(places[0]).body == others[0].body
        assert captures.empty(later) == 2
        for ref in (first, later):
            with pytest.raises(NotFound):
                captures.read(ref)
