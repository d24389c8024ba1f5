"""Contents -> members of a zip file, each with the size and the checksum that a manifest names."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_CHUNK = 1 << 20


def added(packed: ZipFile, path: str, content: bytes, now: datetime, *, deflated: bool = False) -> dict[str, Any]:
    """Put bytes into a zip file, and return what a manifest says of them."""
    packed.writestr(_member(path, now), content, ZIP_DEFLATED if deflated else ZIP_STORED)
    return _resource(path, hashlib.sha256(content).hexdigest(), len(content))


def copied(packed: ZipFile, path: str, file: IO[bytes], now: datetime) -> dict[str, Any]:
    """Put a file into a zip file from where it stands, a piece at a time, and return what a manifest says of it."""
    return streamed(packed, path, iter(lambda: file.read(_CHUNK), b""), now)


def streamed(
    packed: ZipFile, path: str, pieces: Iterable[bytes], now: datetime, *, deflated: bool = False
) -> dict[str, Any]:
    """Put a content into a zip file as it is made, and return what a manifest says of it."""
    digest, size, info = hashlib.sha256(), 0, _member(path, now)
    info.compress_type = ZIP_DEFLATED if deflated else ZIP_STORED
    with packed.open(info, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
            digest.update(piece)
            size += len(piece)
    return _resource(path, digest.hexdigest(), size)


def _member(path: str, now: datetime) -> ZipInfo:
    return ZipInfo(path, now.astimezone(UTC).timetuple()[:6])


def _resource(path: str, digest: str, size: int) -> dict[str, Any]:
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest}", "bytes": size}
