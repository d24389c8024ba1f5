import gzip
import random
import tracemalloc
import zlib

import pytest

from corpus.errors import FetchError
from crawler.fetching.inflate import Inflater, gunzip
from tests.bombs import gzip_of

TEXT = b"The council met on Monday. " * 40


def inflated(coding: str | None, *chunks: bytes, max_bytes: int = 1_000_000) -> bytes:
    inflater = Inflater("https://gazette.example/a", coding, max_bytes=max_bytes)
    for chunk in chunks:
        inflater.feed(chunk)
    return inflater.finish()


def refusal(coding: str | None, *chunks: bytes, max_bytes: int = 1_000_000) -> str:
    with pytest.raises(FetchError) as caught:
        inflated(coding, *chunks, max_bytes=max_bytes)
    return caught.value.reason


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("coding", "body"),
    [
        (None, TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("GZip ", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)[2:-4]),
    ],
    ids=["plain", "gzip", "spelt otherwise", "zlib", "raw deflate"],  # the bytes name their second: two workers differ
)
def test_a_body_is_the_same_however_it_is_cut(coding, body, size):
    assert inflated(coding, *(body[at : at + size] for at in range(0, len(body), size))) == TEXT


def test_markup_that_is_said_to_be_compressed_is_taken_as_it_is_and_other_bytes_are_not():
    for page in (b"\n<p>" + TEXT, b"\xef\xbb\xbf<html>", b'{"news": []}'):
        assert inflated("gzip", page[:9], page[9:]) == page
    assert refusal("gzip", TEXT) == "encoding"


@pytest.mark.parametrize("coding", [None, "gzip", "deflate"])
def test_a_body_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(coding):
    packed = {None: bytes, "gzip": gzip.compress, "deflate": zlib.compress}[coding](TEXT)
    assert inflated(coding, packed, max_bytes=len(TEXT)) == TEXT
    assert refusal(coding, packed, max_bytes=len(TEXT) - 1) == "too-large"


@pytest.mark.parametrize("coding", [None, "gzip", "deflate"])
def test_an_empty_body_is_empty(coding):
    assert inflated(coding) == inflated(coding, b"") == b""


def test_a_bomb_is_never_inflated_beyond_its_limit():
    bomb = gzip_of(50_000_000)
    tracemalloc.start()
    assert refusal("gzip", bomb, max_bytes=100_000) == "too-large"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_as_many_members_as_allowed_are_read_and_one_more_is_refused():
    member = gzip.compress(b"x")
    assert inflated("gzip", member * 64) == b"x" * 64
    assert refusal("gzip", member * 65) == "encoding"


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_padding_is_not_held(coding):
    packed = gzip.compress(TEXT) if coding == "gzip" else zlib.compress(TEXT)
    tracemalloc.start()
    assert inflated(coding, packed, *[bytes(1_000)] * 500) == TEXT
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000


def test_what_follows_a_stream_and_is_none_is_padding():
    assert inflated("gzip", gzip.compress(TEXT) + b"\0" * 500) == TEXT
    assert inflated("deflate", zlib.compress(TEXT) + b"\x1f\x8b rest") == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_stream_without_its_end_is_no_content(coding):
    packed = (gzip.compress if coding == "gzip" else zlib.compress)(TEXT)
    assert refusal(coding, packed[:-9]) == "truncated"


@pytest.mark.parametrize("size", [1, 100_000])
@pytest.mark.parametrize(("coding", "packed", "sums"), [("gzip", gzip.compress, 8), ("deflate", zlib.compress, 4)])
def test_a_stream_that_lacks_its_sum_alone_or_a_part_of_it_is_whole(coding, packed, sums, size):
    for text in (TEXT, TEXT * 900, b""):
        for lacking in range(1, sums + 1):
            body = packed(text)[:-lacking]
            cut = [body] if len(text) > len(TEXT) else [body[at : at + size] for at in range(0, len(body), size)]
            assert inflated(coding, *cut) == text


def test_of_two_members_the_second_may_lack_its_sum_and_is_not_taken_for_the_first():
    first, second = gzip.compress(TEXT), gzip.compress(b"Another story. " * 30)
    assert inflated("gzip", first, second[:-8]) == TEXT + b"Another story. " * 30
    assert refusal("gzip", first, second[:-12]) == "truncated"


def test_a_stream_cut_before_its_last_block_ends_is_never_taken_as_whole():
    letters = random.Random(7).randbytes(3_000).hex().encode()
    body = gzip.compress(letters)
    for at in range(len(body) - 9, 20, -1):
        assert refusal("gzip", body[:at]) == "truncated"


def test_bare_deflate_which_has_no_sum_is_never_whole_before_its_end():
    for number in range(60):
        words = random.Random(number).choices(["council", "bridge", "river", "budget", "on", "a", "winter"], k=9)
        packer = zlib.compressobj(wbits=-15)
        body = packer.compress(" ".join(words).encode()) + packer.flush()
        assert inflated("deflate", body)
        assert {refusal("deflate", body[:at]) for at in range(5, len(body))} == {"truncated"}


def test_a_damaged_stream_is_named():
    packed = bytearray(gzip.compress(TEXT))
    packed[15:25] = b"\xff" * 10
    assert refusal("gzip", bytes(packed)) == "encoding"
    assert refusal("gzip", b"not gzip at all") == "encoding"


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "compress", "x" * 5_000, "\x9b31m"])
def test_other_codings_are_refused_by_name(coding):
    with pytest.raises(FetchError, match="expected gzip or deflate") as caught:
        inflated(coding, b"x")
    assert str(caught.value).isprintable()


def test_a_file_that_is_not_packed_is_returned_as_it_is():
    assert gunzip("a.xml.gz", b"<urlset/>", max_bytes=5) == (b"<urlset/>", True)
    assert gunzip("a.xml.gz", gzip.compress(TEXT), max_bytes=5_000) == (TEXT, True)


FAR = random.Random(1).randbytes(30_000) * 2  # its second half is packed as a copy of what stands 30,000 bytes before


def raw(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def test_a_body_may_refer_to_what_stands_32_kilobytes_before():
    assert inflated("gzip", gzip.compress(FAR)) == FAR
    assert inflated("gzip", gzip.compress(b"x") + gzip.compress(FAR)) == b"x" + FAR
    assert inflated("deflate", zlib.compress(FAR)) == FAR
    assert inflated("deflate", raw(FAR)) == FAR


def test_a_body_of_another_coding_than_it_says_is_refused():
    assert refusal("gzip", zlib.compress(TEXT)) == "encoding"
    assert refusal("deflate", gzip.compress(TEXT)) == "encoding"


def test_bare_deflate_that_begins_as_zlib_does_is_known_by_its_check_of_two_bytes():
    stored = b"\x08\x05\x00\xfa\xffhello" + b"\x03\x00"
    assert inflated("deflate", stored) == b"hello"
    assert inflated("deflate", stored[:2], stored[2:]) == b"hello"


def test_of_a_file_that_breaks_off_or_is_damaged_what_stands_before_is_returned():
    packed = gzip.compress(FAR)
    content, is_all = gunzip("a.xml.gz", packed[:-9], max_bytes=100_000)
    assert not is_all
    assert content
    assert FAR.startswith(content)
    assert gunzip("a.xml.gz", gzip.compress(TEXT) + gzip.compress(b"x")[:-9], max_bytes=5_000)[0].startswith(TEXT)


@pytest.mark.parametrize(
    ("content", "max_bytes", "reason"),
    [
        (gzip.compress(TEXT)[:10], 5_000, "truncated"),
        (b"\x1f\x8b\x08" + b"\xff" * 20, 5_000, "encoding"),
        (gzip.compress(TEXT), len(TEXT) - 1, "too-large"),
    ],
    ids=["cut short", "damaged", "too large"],
)
def test_a_file_of_which_nothing_can_be_had_or_that_is_too_large_is_an_error(content, max_bytes, reason):
    with pytest.raises(FetchError) as caught:
        gunzip("a.xml.gz", content, max_bytes=max_bytes)
    assert caught.value.reason == reason


def test_a_gzip_file_in_a_gzip_file_is_opened_and_a_third_is_not():
    twice = gzip.compress(gzip.compress(b"<urlset/>"))
    assert gunzip("x", twice, max_bytes=1000) == (b"<urlset/>", True)
    assert gunzip("x", gzip.compress(twice), max_bytes=1000)[0].startswith(b"\x1f\x8b")
