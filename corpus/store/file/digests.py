"""Digests <-> columns: bytes, or in older columns as many hexadecimal digits."""

import sqlite3
from collections.abc import Mapping
from typing import Any


def digest_bytes(digest: object) -> bytes:
    """Return what is stored of a digest in hexadecimal; what damage put in its place becomes the digest of no text."""
    try:
        return bytes.fromhex(str(digest))
    except ValueError:
        return b""


def hexadecimal(column: object) -> str:
    """Return the digest of a column in hexadecimal; an empty one where damage took it."""
    if isinstance(column, bytes):
        return column.hex()
    return column if isinstance(column, str) else ""


def digest_of(row: sqlite3.Row | Mapping[str, Any]) -> bytes:
    """Return the fingerprint of a row of `revisions`, in whichever of its columns that is."""
    return digest_bytes(row["fingerprint"]) if row["digest"] is None else row["digest"]
