import gzip
import random

import pytest

from crawler.markup.sniff import refusal

PAGE = b"<!doctype html><title>Council</title><p>The council met on Monday. " * 20


@pytest.mark.parametrize(
    "content",
    [
        b"<html>\0\0\0 body with NULs",
        b"\0" + PAGE,
        PAGE + b"\0" * 40,
        PAGE.replace(b" ", b"\0 ", 30),
        b"Dear reader,\x0cpage two\x00\x1a",
        PAGE.decode().encode("utf-16-le"),
        PAGE.decode().encode("utf-16"),
        "市議会".encode("iso2022_jp") * 300,
        b"",
        PAGE + b"\0" * 3000,
        b"\0" * 512 + PAGE,
    ],
)
def test_a_text_with_a_few_nuls_is_text(content):
    assert refusal(content, "text/html", page=True) is None


@pytest.mark.parametrize(
    "content",
    [
        b"\0" * 4096,
        bytes(range(256)) * 16,
        random.Random(7).randbytes(4096),
        b"\x28\xb5\x2f\xfd" + random.Random(8).randbytes(2000),
        b"\0\0\0\x18ftypmp42" + b"\0\0\1\2" * 500,
        b"SQLite format 3\0\x10\0\1\1" + b"\0" * 900,
    ],
)
def test_bytes_that_are_no_text_are_binary_whatever_their_type(content):
    assert refusal(content, "text/html", page=True) == "binary"


def test_a_gzip_file_is_an_archive_as_a_page_and_may_be_a_sitemap():
    packed = gzip.compress(random.Random(9).randbytes(4096))
    assert refusal(packed, "text/xml", page=True) == "archive"
    assert refusal(packed, "text/xml", page=False) is None
