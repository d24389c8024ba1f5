"""What inflates to zeros is what any packer of streams would take for a stream of its own."""

import gzip
import zlib

import pytest

from tests.bombs import PIECE, gzip_of, zlib_of


@pytest.mark.parametrize("size", [0, 1, 70_000, PIECE, 3 * PIECE + 5])
def test_a_bomb_is_a_whole_stream_of_zeros(size: int) -> None:
    assert zlib.decompress(zlib_of(size)) == bytes(size)
    assert gzip.decompress(gzip_of(size, b"head")) == b"head" + bytes(size)
    assert len(zlib_of(size)) < 2_000 + size / 500
