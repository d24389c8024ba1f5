"""A bomb is a stream, or a file, as others make them."""

import gzip
import io
import zipfile
import zlib

import pytest

from tests.bombs import PIECE, gzip_of, zip_of, zlib_of


@pytest.mark.parametrize("size", [0, 1, 70_000, PIECE, 3 * PIECE + 5])
def test_a_bomb_is_whole(size: int) -> None:
    assert zlib.decompress(zlib_of(size)) == bytes(size)
    assert gzip.decompress(gzip_of(size, b"head")) == b"head" + bytes(size)
    assert gzip.decompress(gzip_of(size, of=b" ")) == b" " * size
    with zipfile.ZipFile(io.BytesIO(zip_of("a/b.xml", size, of=b" "))) as archive:
        assert archive.read("a/b.xml") == b" " * size
    assert len(zlib_of(size)) < 2_000 + size / 500
