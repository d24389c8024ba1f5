"""A size -> some kilobytes that inflate to that many bytes, made in a moment: a piece is packed once and repeated."""

import struct
import zlib

PIECE = 1_000_000  # bytes that are packed once
_ADLER = 65_521  # RFC 1950: the modulus of the checksum


def zlib_of(size: int) -> bytes:
    """Return a zlib stream of so many zeros, its checksum right."""
    return b"\x78\xda" + _deflated(b"", size, b"\0") + struct.pack(">I", size % _ADLER << 16 | 1)


def gzip_of(size: int, head: bytes = b"", *, of: bytes = b"\0") -> bytes:
    """Return a gzip member of some bytes and so many zeros, or of another byte; its checksum is right."""
    tail = struct.pack("<II", _checksum(head, size, of), (len(head) + size) % 2**32)
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + _deflated(head, size, of) + tail


def zip_of(name: str, size: int, *, of: bytes = b"\0") -> bytes:
    """Return a zip file with one member: so many times a byte."""
    packed = _deflated(b"", size, of)
    # The fields that a local header and the directory share: versions, no flags, deflate, no time, checksum, sizes.
    facts = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, _checksum(b"", size, of), len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + facts + name.encode() + packed
    directory = b"PK\x01\x02" + struct.pack("<H", 20) + facts + bytes(14) + name.encode()
    return local + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory), len(local), 0)


def _checksum(head: bytes, size: int, of: bytes) -> int:
    checksum, piece = zlib.crc32(head), of * PIECE
    for _ in range(size // PIECE):
        checksum = zlib.crc32(piece, checksum)
    return zlib.crc32(of * (size % PIECE), checksum)


def _deflated(head: bytes, size: int, of: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    began = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    # What follows a full flush refers to nothing before it, so the piece may stand any number of times.
    piece = packer.compress(of * PIECE) + packer.flush(zlib.Z_FULL_FLUSH)
    return began + piece * (size // PIECE) + packer.compress(of * (size % PIECE)) + packer.flush()
