"""The parts of a WARC record -> its bytes, with the fields that warcio writes, in their order.

warcio reads what strangers have written; our own records, two for each page of a crawl, need none of its questions.
"""

from base64 import b32encode
from collections.abc import Iterable, Mapping
from hashlib import sha1
from uuid import uuid4

VERSION = "WARC/1.1"
HTTP_TYPES = {
    "response": "application/http; msgtype=response",
    "revisit": "application/http; msgtype=response",
    "request": "application/http; msgtype=request",
}
NO_PAYLOAD = frozenset({"warcinfo", "revisit"})  # kinds of records that have no payload of their own


def digest_of(*parts: bytes) -> str:
    """Return the digest by which WARC knows some bytes, given in parts."""
    known = sha1(usedforsecurity=False)
    for part in parts:
        known.update(part)
    return "sha1:" + b32encode(known.digest()).decode("ascii")


NO_BYTES = digest_of()


def new_id() -> str:
    """Return a name for a record, which no other has."""
    return f"<urn:uuid:{uuid4()}>"


def http_head(first_line: str, headers: Iterable[tuple[str, str]]) -> bytes:
    """Return the first line and headers of an HTTP message, and the empty line after them; all of it is ASCII."""
    return "".join([first_line, "\r\n", *(f"{name}: {value}\r\n" for name, value in headers), "\r\n"]).encode("ascii")


def record(
    kind: str,
    fields: Mapping[str, str],
    payload: bytes,
    *,
    head: bytes = b"",
    content_type: str | None = None,
) -> bytes:
    """Return a record, not packed.

    Args:
        kind: Its WARC-Type.
        fields: What stands before the digests that are not among them, a line each; ASCII, or characters of UTF-8.
        payload: The body of the HTTP message, or the block of a record without one.
        head: What stands before the payload in the block.
        content_type: Of the block; None: that of an HTTP message of this kind.
    """
    lines = [f"{name}: {value}" for name, value in fields.items()]
    block = digest_of(head, payload)
    if "WARC-Payload-Digest" not in fields and kind not in NO_PAYLOAD:
        known = block if not head else digest_of(payload) if payload else NO_BYTES
        lines.append(f"WARC-Payload-Digest: {known}")
    lines += (
        f"WARC-Block-Digest: {block}",
        f"Content-Type: {content_type or HTTP_TYPES[kind]}",
        f"Content-Length: {len(head) + len(payload)}",
    )
    above = "\r\n".join([VERSION, *lines, "\r\n"]).encode()
    return b"".join((above, head, payload, b"\r\n\r\n"))
