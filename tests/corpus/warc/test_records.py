"""Our own records are those that warcio writes, byte for byte."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from isal import isal_zlib
from warcio.archiveiterator import ArchiveIterator
from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.warc import emptying, exchange, records

ID = "<urn:uuid:11111111-2222-4333-8444-555555555555>"
DATE = "2024-03-01T12:00:00.000000Z"
WRITER = RecordBuilder(warc_version="1.1")

PAGE = exchange.Exchange(
    url="https://gazette.example/zürich?a=1",
    at=datetime(2024, 3, 1, 12, tzinfo=UTC),
    status=200,
    phrase="OK",
    headers=(
        ("content-type", "text/html"),
        ("X: odd", " 24 \r\n 25 °C"),
        ("content-length", "9"),
        ("set-cookie", "no"),
    ),
    body=b"<p>A page\r\n\r\nof more lines</p>",
    request_headers=(("Host", "gazette.example"), ("User-Agent", "pressmark"), ("Cookie", "secret")),
    address="192.0.2.7",
)


def written_by_warcio(record: Any) -> bytes:
    out = BytesIO()
    WARCWriter(out, gzip=False).write_record(record)
    return out.getvalue()


def unpacked(content: bytes) -> bytes:
    return bytes(isal_zlib.decompress(content, 31))


def by_warcio(kind: str, body: bytes, http: StatusAndHeaders | None, fields: dict[str, str], **options: Any) -> bytes:
    named = fields | {"WARC-Type": kind, "WARC-Record-ID": ID}
    return written_by_warcio(
        WRITER.create_warc_record(
            exchange.one_line(PAGE.url),
            kind,
            payload=BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_headers_dict=named,
            **options,
        )
    )


@pytest.fixture(autouse=True)
def one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (records, exchange, emptying):
        monkeypatch.setattr(module, "new_id", lambda: ID)


@pytest.mark.parametrize("address", ["192.0.2.7", None])
@pytest.mark.parametrize("body", [PAGE.body, b""])
@pytest.mark.parametrize("again", [False, True])
def test_an_exchange_is_written_as_warcio_writes_it(address: str | None, body: bytes, *, again: bool) -> None:
    page = exchange.Exchange(
        **{name: getattr(PAGE, name) for name in ("url", "at", "status", "phrase", "headers", "request_headers")},
        body=body,
        address=address,
    )
    content, begins = exchange.written(page, original=("one.warc.gz;7", PAGE) if again else None)
    common = {"WARC-Date": DATE} | ({"WARC-IP-Address": address} if address else {})
    reference = {
        exchange.REFERS_TO: "one.warc.gz;7",
        "WARC-Refers-To-Target-URI": "https://gazette.example/z%C3%BCrich?a=1",
        "WARC-Refers-To-Date": DATE,
        "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
    }
    answer = [
        ("content-type", "text/html"),
        ("X odd", "24   25 %C2%B0C"),
        ("X-Archive-Orig-content-length", "9"),
        ("Content-Length", str(len(body))),
    ]
    fields = common | {"WARC-Payload-Digest": exchange.payload_digest(body)} | (reference if again else {})
    http = StatusAndHeaders("200 OK", answer, protocol="HTTP/1.1")
    assert unpacked(content[begins:]) == by_warcio(
        "revisit" if again else "response", b"" if again else body, http, fields
    )
    sent = [("Host", "gazette.example"), ("User-Agent", "pressmark")]
    asked = StatusAndHeaders("GET /z%C3%BCrich?a=1 HTTP/1.1", sent, is_http_request=True)
    assert unpacked(content[:begins]) == by_warcio("request", b"", asked, common | {"WARC-Concurrent-To": ID})


def test_what_was_read_of_a_response_is_written_as_warcio_writes_it() -> None:
    said = '{"headline": "Fähre"}'.encode()
    content = unpacked(exchange.metadata_record(PAGE.url, PAGE.at, said))
    expected = by_warcio("metadata", said, None, {"WARC-Date": DATE}, warc_content_type="application/json")
    assert content == expected


def test_an_emptied_response_is_written_as_warcio_writes_it() -> None:
    for zeros in (0, 70_000):
        http = StatusAndHeaders(emptying.STATUS, [("Content-Length", str(zeros))], protocol="HTTP/1.1")
        expected = by_warcio("response", bytes(zeros), http, {"WARC-Date": DATE})
        assert emptying._record(PAGE.url, DATE, zeros) == expected


def test_the_record_that_opens_a_file_is_read_by_warcio() -> None:
    (opening,) = ArchiveIterator(BytesIO(exchange.about("pressmark/0", "one.warc.gz")))
    assert opening.rec_type == "warcinfo"
    assert opening.rec_headers.get_header("WARC-Filename") == "one.warc.gz"
    ours = unpacked(exchange.about("pressmark/0", "one.warc.gz"))
    theirs = written_by_warcio(
        WRITER.create_warcinfo_record("one.warc.gz", {"software": "pressmark/0", "format": "WARC File Format 1.1"})
    )
    assert _without_what_differs(ours) == _without_what_differs(theirs)


def _without_what_differs(record: bytes) -> list[bytes]:
    return [line for line in record.split(b"\r\n") if not line.startswith((b"WARC-Record-ID", b"WARC-Date"))]
