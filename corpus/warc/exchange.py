"""Exchange -> WARC records, one gzip member each; where the last whole one of a file ends."""

import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import IO
from urllib.parse import quote

from isal import isal_zlib

from corpus import model
from corpus.warc.records import digest_of, http_head, new_id, record

Headers = tuple[tuple[str, str], ...]

REFERS_TO = "Pressmark-Refers-To"  # on a revisit: `file;offset` of the record that has the payload
PARTS = "Pressmark-Parts"  # on a story's first page: `file;offset` of each further page that was read with it, in order
PART_OF = "Pressmark-Part-Of"  # on a further page in an export: the address of the first page, which stands after it
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_HOST = re.compile(r"^\w+://[^/?#]*")
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
# The request's headers that are stored: what we send by ourselves. Whatever else a request carried is config's secret.
_STORED = frozenset(
    {"host", "user-agent", "accept", "accept-encoding", "connection", "if-none-match", "if-modified-since"}
)
_WITHHELD = frozenset({"set-cookie", "set-cookie2"})  # of the answer: what a site gives only to whom it knows
_FRAMING = frozenset({"content-encoding", "transfer-encoding", "content-length"})  # of the body as it was sent
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_CHUNK = 1 << 16
LEVEL = 2  # of ISA-L's gzip, which has 0 to 3; 3 takes twice as long and gains a fiftieth


@model.value(kw_only=True)
class Exchange:
    """One request and its response.

    Attributes:
        url: The address that was asked, not the canonical key.
        at: When; aware UTC.
        headers: As received, in order. Those that frame the body on the wire are stored as X-Archive-Orig-*.
        body: Decoded: what gzip or deflate hid.
        address: The IP address that answered.
        parts: The further pages of the story, where it was read from several.
    """

    url: str
    at: datetime
    status: int
    phrase: str = ""
    headers: Headers = ()
    body: bytes = b""
    request_headers: Headers = ()
    address: str | None = None
    parts: "tuple[Exchange, ...]" = ()

    def header(self, name: str) -> str | None:
        """Return the first response header of this name, whatever its case."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), None)


def payload_digest(body: bytes) -> str:
    """Return the digest by which WARC knows a payload."""
    return digest_of(body)


def about(software: str, file: str) -> bytes:
    """Return the record that opens a file."""
    fields = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": new_id(),
        "WARC-Filename": file,
        "WARC-Date": written_date(datetime.now(UTC)),
    }
    said = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    return _packed(record("warcinfo", fields, said, content_type="application/warc-fields"))


def metadata_record(url: str, at: datetime, content: bytes) -> bytes:
    """Return the record that says, as JSON, what was read of a response."""
    fields = {"WARC-Date": written_date(at)} | _named("metadata", url)
    return _packed(record("metadata", fields, content, content_type="application/json"))


def written(
    exchange: Exchange,
    *,
    original: tuple[str, Exchange] | None,
    digest: str | None = None,
    parts: tuple[str, ...] = (),
    part_of: str | None = None,
) -> tuple[bytes, int]:
    """Return the records of an exchange, request first, and where among them the response begins.

    Args:
        exchange: What to write.
        original: `file;offset` and exchange of an earlier record with the same payload; then a revisit is written.
        digest: `payload_digest` of its body, where it is known.
        parts: `file;offset` of each further page of its story.
        part_of: The address of the first page of the story of which it is a further one.
    """
    common = {"WARC-Date": written_date(exchange.at)} | (
        {"WARC-IP-Address": exchange.address} if exchange.address else {}
    )
    ties = ({PARTS: " ".join(parts)} if parts else {}) | ({PART_OF: one_line(part_of)} if part_of else {})
    kind = "revisit" if original else "response"
    digest = digest or payload_digest(exchange.body)
    named = _named(kind, exchange.url)
    first_line = "HTTP/1.1 " + one_line(f"{exchange.status} {exchange.phrase}".strip())
    response = record(
        kind,
        common | ties | {"WARC-Payload-Digest": digest} | _reference(original) | named,
        b"" if original else exchange.body,
        head=http_head(first_line, _archived(exchange)),
    )
    sent = [(name, value) for name, lower, value in _clean(exchange.request_headers) if lower in _STORED]
    target = _HOST.sub("", one_line(exchange.url)) or "/"
    belongs = {"WARC-Concurrent-To": named["WARC-Record-ID"]}
    request = record(
        "request",
        common | belongs | _named("request", exchange.url),
        b"",
        head=http_head(f"GET {target} HTTP/1.1", sent),
    )
    first = _packed(request)
    return first + _packed(response), len(first)


def whole_until(file: IO[bytes]) -> int:
    """Return where the last whole gzip member of a file ends."""
    end = 0
    member = zlib.decompressobj(31)
    rest = b""
    read = 0
    while chunk := rest or file.read(_CHUNK):
        read += 0 if rest else len(chunk)
        try:
            member.decompress(chunk, 1 << 20)
            while member.unconsumed_tail and not member.eof:  # at its end zlib leaves the tail as it was
                member.decompress(member.unconsumed_tail, 1 << 20)
        except zlib.error:
            return end
        rest = b""
        if member.eof:
            rest = member.unused_data
            end = read - len(rest)
            member = zlib.decompressobj(31)
    return end


def _packed(written: bytes) -> bytes:
    """Return a record as one gzip member: 0.2 ms a page of 99 kB, where zlib takes 0.93 for the same size.

    What strangers have packed is unpacked by zlib alone.
    """
    packer = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, 31)
    return packer.compress(written) + packer.flush()


def _named(kind: str, url: str) -> dict[str, str]:
    return {"WARC-Type": kind, "WARC-Record-ID": new_id(), "WARC-Target-URI": one_line(url)}


def _archived(exchange: Exchange) -> list[tuple[str, str]]:
    stored = [
        (f"X-Archive-Orig-{name}" if lower in _FRAMING else name, value)
        for name, lower, value in _clean(exchange.headers)
        if lower not in _WITHHELD
    ]
    return [*stored, ("Content-Length", str(len(exchange.body)))]


def _clean(headers: Headers) -> Iterator[tuple[str, str, str]]:
    """Give headers as a record can hold them: the name, the name in lower case, and the value."""
    for name, value in headers:
        clean, lower = _clean_name(name)
        if clean:
            yield clean, lower, one_line(value).strip()


@lru_cache(256)  # the answers of a site have the same names
def _clean_name(name: str) -> tuple[str, str]:
    clean = one_line(name).replace(":", "").strip()
    return clean, clean.lower()


def one_line(text: str) -> str:
    """Return a text as a header can hold it: control characters are spaces, other than ASCII is percent-encoded."""
    if text.isascii() and text.isprintable():
        return text
    plain = _CONTROLS.sub(" ", text)
    return plain if plain.isascii() else quote(plain, safe=_ASCII, errors="replace")


def _reference(original: tuple[str, Exchange] | None) -> dict[str, str]:
    if original is None:
        return {}
    place, exchange = original
    return {
        REFERS_TO: place,
        "WARC-Refers-To-Target-URI": one_line(exchange.url),
        "WARC-Refers-To-Date": written_date(exchange.at),
        "WARC-Profile": _PROFILE,
    }


def written_date(when: datetime) -> str:
    """Return a moment as WARC-Date spells it."""
    return when.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
