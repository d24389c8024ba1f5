"""The files of a data folder -> the same files damaged, or made wrong with their checksums right."""

import gzip
import json
import random
import sqlite3
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from indexer.storage import arrays, commits
from tests.bombs import zlib_of

ODD_NUMBERS = (-1, 0, 1, 2**31 - 1, 2**31, 2**32 - 1, 2**62, 2**63 - 1, -(2**63), 2**64)
ODD_TEXTS = ("", "\0", "\ud800", "x" * 100_000, "[" * 50_000, "../../etc/passwd", "1e999", "NaN", "\u202e\x1b[2J")
ODD: tuple[Any, ...] = (*ODD_NUMBERS, *ODD_TEXTS, None, True, 1.5, float("nan"), float("inf"), [], {}, {"a": 1})


def harm_bytes(path: Path, draw: random.Random) -> None:
    """Flip, lose, double or overwrite bytes, as disks and strangers do; no checksum is made right again."""
    content = bytearray(path.read_bytes())
    for _ in range(draw.choice((1, 1, 2, 20))):
        at, size = draw.randrange(len(content) + 1), draw.choice((1, 1, 8, 512, 4096))
        match draw.randrange(5):
            case 0:
                content[at : at + size] = draw.randbytes(len(content[at : at + size]))
            case 1:
                content[at : at + size] = bytes(len(content[at : at + size]))
            case 2:
                del content[at : at + size]
            case 3:
                content[at:at] = content[at : at + size]
            case 4:
                content = content[: max(1, at)]
    path.write_bytes(content)


def harm_store_values(path: Path, draw: random.Random) -> None:
    """Put odd values into the columns of a store, and now and then change its schema."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        tables = [name for name in tables if not name.startswith("sqlite_")]
        for _ in range(draw.choice((1, 1, 3, 12))):
            table = draw.choice(tables)
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            value = draw.choice((*ODD_NUMBERS[:-1], *ODD_TEXTS[3:], "", None, 1.5, b"\0", BOMB, draw.randbytes(40)))
            where = " WHERE rowid = 1" if value is BOMB else draw.choice(("", " WHERE rowid % 2", " WHERE rowid = 1"))
            try:
                connection.execute(f"UPDATE {table} SET {draw.choice(columns)} = ?{where}", (value,))
            except sqlite3.Error:
                continue
        if draw.random() < 0.15:
            with suppress(sqlite3.Error):
                connection.execute(draw.choice(SCHEMES))
    finally:
        connection.close()


SCHEMES = (
    "CREATE TRIGGER t AFTER INSERT ON articles BEGIN DELETE FROM revisions; END",
    "CREATE TRIGGER t AFTER INSERT ON revisions BEGIN UPDATE articles SET headline = 'x'; END",
    "CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n",
    "DROP TABLE revisions",
    "ALTER TABLE articles ADD COLUMN mine TEXT",
    "ALTER TABLE articles RENAME COLUMN headline TO title",
    "DROP TABLE meta",
    "CREATE TABLE mine (x)",
    "PRAGMA user_version = 1",
)


BOMB = zlib_of(400_000_000)  # a deflated body


def harm_commit(folder: Path, draw: random.Random) -> None:
    """Change values of the table of contents, its checksum made right."""
    path = _commit(folder)
    said = json.loads(path.read_bytes()[:-9])
    for _ in range(draw.choice((1, 1, 3))):
        where = draw.choice((said, draw.choice(said["segments"]) if said["segments"] else said))
        if where:
            where[draw.choice(list(where))] = draw.choice(ODD)
        if not isinstance(said.get("segments"), list) or not all(isinstance(each, dict) for each in said["segments"]):
            break
    _write_commit(path, said)


def harm_segment(folder: Path, draw: random.Random) -> None:
    """Change arrays of a segment, or its table, all checksums made right."""
    path = draw.choice(sorted(folder.glob("MAIN_*.columns")))
    table, held = _segment(path)
    names = sorted(held)
    for _ in range(draw.choice((1, 1, 2, 6))):
        name = draw.choice(names)
        held[name] = _odd(held[name].copy(), held, draw)
    if draw.random() < 0.2:
        del held[draw.choice(names)]
    if draw.random() < 0.3:
        facts = [name for name in table if name != "arrays"]
        table[draw.choice(facts)] = draw.choice(ODD)
    _write_segment(path, table, held, draw)
    _forget_stamps(folder)


def _odd(array: Any, held: dict[str, Any], draw: random.Random) -> Any:
    """Return an array changed in one of eight ways."""
    size, kind = len(array), array.dtype.kind
    match draw.randrange(8):
        case 0 if size:
            array[draw.randrange(size)] = draw.choice((0, 1, np.array(-1).astype(array.dtype), min(size, 120)))
        case 1 if size and kind in "iu":
            array[draw.randrange(size)] = draw.choice((np.iinfo(array.dtype).max, np.iinfo(array.dtype).min))
        case 2:
            array = array[: draw.randrange(size + 1)]
        case 3:
            array = np.concatenate([array, array])
        case 4 if size:
            raw = bytearray(array.tobytes())
            raw[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)
            array = np.frombuffer(bytes(raw), array.dtype)
        case 5:
            array = array[::-1].copy()
        case 6:
            array = array.astype(draw.choice(("i1", "u1", "i8", "u8", "f4", "f8", "?")))
        case _:
            array = held[draw.choice(sorted(held))]
    return array


def _segment(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    content = path.read_bytes()
    offset, length, *_ = arrays._TAIL.unpack(content[-arrays._TAIL.size :])
    table = json.loads(content[offset : offset + length])
    held = {
        name: np.frombuffer(content, np.dtype(dtype), count, at) if count else np.empty(0, np.dtype(dtype))
        for name, (dtype, at, count, _) in table["arrays"].items()
    }
    return table, held


def _write_segment(path: Path, table: dict[str, Any], held: dict[str, Any], draw: random.Random) -> None:
    content, places = bytearray(arrays.MAGIC), {}
    for name, array in held.items():
        content += bytes(-len(content) % arrays.ALIGNMENT)
        raw = array.tobytes()
        places[name] = [array.dtype.str, len(content), len(array), zlib.crc32(raw)]
        content += raw
    if draw.random() < 0.1:
        places[draw.choice(list(places))][draw.randrange(4)] = draw.choice((*ODD_NUMBERS, "O", "<M8[s]", "<U4", "V8"))
    said = json.dumps({**table, "arrays": places}).encode()
    ahead = len(content), len(said), zlib.crc32(said)
    content += said + arrays._TAIL.pack(*ahead, zlib.crc32(arrays._AHEAD.pack(*ahead)), arrays.MAGIC)
    path.write_bytes(content)


def _commit(folder: Path) -> Path:
    return folder / commits.filename(commits.generation(folder))


def _write_commit(path: Path, said: object) -> None:
    written = json.dumps(said).encode()
    path.write_bytes(written + commits._checksum(written))


def _forget_stamps(folder: Path) -> None:
    """Take the files' stamps out of the table of contents, as in any folder that was copied."""
    path = _commit(folder)
    said = json.loads(path.read_bytes()[:-9])
    for segment in said["segments"]:
        segment["written"] = None
    _write_commit(path, said)


def harm_captures(folder: Path, draw: random.Random) -> None:
    """Change a file of captures: its bytes, or what its records hold, packed again, or what refers to what."""
    path = next(folder.glob("*.warc.gz"))
    if draw.random() < 0.3:
        return harm_bytes(path, draw)
    members = _members(path.read_bytes())
    for _ in range(draw.choice((1, 1, 3))):
        at = draw.randrange(len(members))
        content = bytearray(members[at])
        start = draw.randrange(len(content) + 1)
        size = draw.choice((1, 1, 8, 64))
        match draw.randrange(5):
            case 0:
                content[start : start + size] = draw.randbytes(len(content[start : start + size]))
            case 1:
                del content[start : start + size]
            case 2:
                content[start:start] = draw.choice(ODD_PIECES)
            case 3:
                name = draw.choice((b"Content-Length: ", b"Pressmark-Refers-To: ", b"WARC-Type: ", b"HTTP/1.1 "))
                content = bytearray(content.replace(name, name + draw.choice(ODD_PIECES)))
            case _:
                members.append(bytes(content))
        members[at] = bytes(content)
    path.write_bytes(b"".join(gzip.compress(member, mtime=0) for member in members))
    return None


ODD_PIECES = (
    b"-1",
    b"9" * 30,
    b"\0",
    b"\r\n\r\n",
    b"\xff\xfe",
    b"x" * 70_000,
    b"a: b\r\n" * 5_000,
    b"../../etc/passwd;0 ",
    b"",
)


def _members(content: bytes) -> list[bytes]:
    """Return what each member of a gzip file holds."""
    found = []
    while content:
        inflater = zlib.decompressobj(31)
        found.append(inflater.decompress(content))
        content = inflater.unused_data
    return found
