"""A size -> some kilobytes that inflate to that many zeros, made in a moment: a piece is packed once and repeated."""

import struct
import zlib

PIECE = 1_000_000  # bytes of zeros that are packed once, and repeated
_ZEROS = bytes(PIECE)
_ADLER = 65_521  # RFC 1950: the modulus of the checksum


def zlib_of(size: int) -> bytes:
    """Return a zlib stream of so many zeros, its checksum right."""
    return b"\x78\xda" + _deflated(b"", size) + struct.pack(">I", size % _ADLER << 16 | 1)


def gzip_of(size: int, head: bytes = b"") -> bytes:
    """Return a gzip member of some bytes and so many zeros, its checksum right."""
    checksum = zlib.crc32(head)
    for _ in range(size // PIECE):
        checksum = zlib.crc32(_ZEROS, checksum)
    checksum = zlib.crc32(bytes(size % PIECE), checksum)
    tail = struct.pack("<II", checksum, (len(head) + size) % 2**32)
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + _deflated(head, size) + tail


def _deflated(head: bytes, size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    began = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    # What follows a full flush refers to nothing before it, so the piece may stand any number of times.
    piece = packer.compress(_ZEROS) + packer.flush(zlib.Z_FULL_FLUSH)
    return began + piece * (size // PIECE) + packer.compress(bytes(size % PIECE)) + packer.flush()
