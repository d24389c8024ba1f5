"""Members of a zip file, and what a manifest says of them."""

import hashlib
import io
from datetime import datetime, timedelta, timezone
from zipfile import ZipFile

from corpus.preservation.packing import added, copied

NOW = datetime(2026, 11, 26, 1, 30, 8, tzinfo=timezone(timedelta(hours=2)))


def test_a_member_is_named_with_its_size_and_checksum_however_it_came_in():
    out, content = io.BytesIO(), b"x" * 3_000_000
    with ZipFile(out, "w") as packed:
        said = [
            added(packed, "a/one.txt", content, NOW, deflated=True),
            added(packed, "two.txt", content, NOW),
            copied(packed, "three.bin", io.BytesIO(content), NOW),
        ]
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert said[0] == {"name": "one.txt", "path": "a/one.txt", "hash": digest, "bytes": len(content)}
    assert {each["hash"] for each in said} == {digest}
    with ZipFile(io.BytesIO(out.getvalue())) as packed:
        assert [packed.read(each["path"]) == content for each in said] == [True] * 3
        assert packed.getinfo("a/one.txt").compress_size < 100_000 < packed.getinfo("two.txt").compress_size
        assert packed.getinfo("two.txt").date_time == (2026, 11, 25, 23, 30, 8)  # in UTC
