"""Web archives of every kind give their pages and texts; what is no page is counted by kind, and bombs are cut."""

import gzip
import io
import random
import zipfile
from pathlib import Path

import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.model import Article
from crawler.importing import bounded
from crawler.importing.items import ImportItem
from crawler.values import Page
from tests.crawler.importing.reading import NOW, failures, items, notes, zipped

brotli = pytest.importorskip("brotli")
URL = "https://gazette.example/walls"
PAGE = b"<!doctype html><html><h1>Walls</h1><p>The council approved the walls.</p></html>"


def record(writer: WARCWriter, kind: str = "response", body: bytes = PAGE, url: str = URL, **headers: str | None):
    """Write a record; `type_`, `encoding` and `date` are its headers."""
    type_ = headers.get("type_", "text/html")
    date = {"WARC-Date": headers.get("date") or "2024-05-06T10:00:00Z"}
    if kind in ("response", "revisit"):
        given = [("Content-Type", type_), ("Content-Encoding", headers.get("encoding"))]
        http = StatusAndHeaders(headers.get("status") or "200 OK", [(n, v) for n, v in given if v], protocol="HTTP/1.1")
        made = writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=date
        )
    else:
        made = writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), length=len(body), warc_content_type=type_, warc_headers_dict=date
        )
    writer.write_record(made)


def warc(*records: dict, packed: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for each in records:
        record(writer, **each)
    return out.getvalue()


def pages(found: list[ImportItem]) -> list[Page]:
    return [each.item for each in found if isinstance(each.item, Page)]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"kind": "resource"},
        {"kind": "conversion"},
        {"type_": None},
        {"type_": "application/xhtml+xml; charset=utf-8"},
        {"body": brotli.compress(PAGE), "encoding": "br"},
        {"body": zstandard.compress(PAGE), "encoding": "zstd"},
        {"body": gzip.compress(PAGE), "encoding": "gzip"},
    ],
)
def test_a_page_is_read_whatever_holds_it(tmp_path: Path, given: dict):
    (page,) = pages(items(tmp_path, "a.warc.gz", warc(given)))
    assert (page.url, page.content, page.fetched.isoformat()) == (URL, PAGE, "2024-05-06T10:00:00+00:00")


def test_a_text_of_a_page_is_an_article(tmp_path: Path):
    text = b"Walls approved\n\nThe council approved the walls on Monday, after a debate."
    (found,) = items(tmp_path, "a.wet.gz", warc({"kind": "conversion", "type_": "text/plain", "body": text}))
    assert isinstance(found.item, Article)
    assert (found.item.url, found.item.headline) == (URL, "Walls approved")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "revisit", "body": b""}, "captured again without a change"),
        ({"status": "404 Not Found"}, "with status 404"),
        ({"type_": "image/png", "body": b"\x89PNG...."}, "of another type (image)"),
        ({"type_": "text/css", "body": b"p {}"}, "of another type (text/css)"),
        ({"type_": None, "body": b"p {}"}, "of another type (none)"),
        ({"url": "dns:gazette.example", "kind": "resource"}, "without a web address"),
        ({"body": b"\x8b\x02\x80nonsense", "encoding": "br"}, "damaged brotli"),
        ({"encoding": "compress"}, "packed with compress"),
        ({"body": b""}, "empty"),
    ],
)
def test_what_is_no_page_is_counted_with_its_reason(tmp_path: Path, given: dict, said: str):
    found = items(tmp_path, "a.warc.gz", warc({}, given))
    assert len(pages(found)) == 1
    assert notes(found) == [f"1 of 2 records left out: 1 {said}"]


def test_an_archive_packed_with_zstd_is_read(tmp_path: Path):
    plain = warc({}, {"url": f"{URL}/2"}, packed=False)
    assert len(pages(items(tmp_path, "a.warc.zst", zstandard.compress(plain)))) == 2


def test_an_archive_packed_with_zstd_and_a_dictionary_is_read(tmp_path: Path):
    records = [warc({"url": f"{URL}/{number}"}, packed=False) for number in range(40)]
    dictionary = zstandard.train_dictionary(2_000, [*records, *records])
    packer = zstandard.ZstdCompressor(dict_data=dictionary)
    frame = dictionary.as_bytes()
    start = b"\x5d\x2a\x4d\x18" + len(frame).to_bytes(4, "little") + frame
    found = items(tmp_path, "a.warc.zst", start + b"".join(packer.compress(each) for each in records))
    assert len(pages(found)) == 40


def test_an_old_archive_is_read(tmp_path: Path):
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    about = b"1 0 test\nURL IP-address Archive-date Content-type Archive-length\n\n"
    head = b"filedesc://a.arc 0.0.0.0 20040506100000 text/plain %d\n%s\n" % (len(about), about)
    arc = head + f"{URL} 192.0.2.1 20040506100000 text/html {len(http)}\n".encode() + http + b"\n"
    (page,) = pages(items(tmp_path, "a.arc", arc))
    assert (page.url, page.fetched.year) == (URL, 2004)


def test_a_wacz_gives_the_pages_of_its_archives(tmp_path: Path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc({}))
        archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')
        archive.writestr("datapackage.json", "{}")
    assert len(pages(items(tmp_path, "a.wacz", out.getvalue()))) == 1


def test_a_damaged_archive_of_a_wacz_costs_no_other_and_is_named_once(tmp_path: Path):
    names = ("archive/cut.warc", "archive/locked.warc", "archive/whole.warc")
    content = bytearray(zipped({name: warc({}, packed=False) for name in names}))
    heads = [at for at in range(len(content)) if content.startswith(b"PK\x01\x02", at)]
    content[50] ^= 0xFF  # within the packed bytes of the first
    content[heads[1] + 10] = 99  # no way of packing that anybody knows
    found = items(tmp_path, "a.wacz", bytes(content))
    assert [page.url for page in pages(found)] == [URL]
    assert [each.place.partition("!")[2].partition(":")[0] for each in found] == list(names)
    assert [failure.partition(" ")[0] for failure in failures(found)] == ["damaged", "cannot"], failures(found)


def test_a_bomb_in_a_record_is_cut(tmp_path: Path):
    for body, encoding in (
        (brotli.compress(b"a" * 100_000_000, quality=5), "br"),
        (zstandard.compress(b"a" * 100_000_000), "zstd"),
    ):
        (page,) = pages(items(tmp_path, "a.warc.gz", warc({"body": body, "encoding": encoding})))
        assert len(page.content) == 20_000_000


@pytest.mark.parametrize(
    "line", [b"X: " + b"a" * 4_000_000 + b"\r\n", b"X: a\r\n" * 700_000, b"X: a\r\n b\r\n" * 400_000]
)
def test_a_head_without_end_ends_the_file_with_words(tmp_path: Path, line: bytes):
    content = b"WARC/1.0\r\nWARC-Type: response\r\n" + line
    (said,) = failures(items(tmp_path, "a.warc", content))
    assert said.startswith("damaged, or no WARC")


def test_what_was_whole_before_the_damage_is_taken(tmp_path: Path):
    content = warc({}, {"url": f"{URL}/2", "body": PAGE * 200})
    found = items(tmp_path, "a.warc.gz", content[:-60])
    assert pages(found)[0].url == URL
    assert failures(found)


@pytest.mark.parametrize("size", [10**9, 100, 1_000])
def test_an_archive_packed_as_a_whole_or_in_pieces_is_read_in_an_archive_too(tmp_path: Path, size: int):
    plain = warc({}, {"url": f"{URL}-2"}, packed=False)
    packed = b"".join(gzip.compress(plain[at : at + size]) for at in range(0, len(plain), size))
    for name, content in {"a.warc.gz": packed, "a.zip": zipped({"a.warc.gz": packed})}.items():
        found = items(tmp_path, name, content)
        assert ([page.url for page in pages(found)], failures(found)) == ([URL, f"{URL}-2"], [])
    assert failures(items(tmp_path, "b.warc.gz", packed[:-40]))


def test_what_is_damaged_within_its_packed_bytes_is_named_and_nothing_is_printed(tmp_path: Path, capfd):
    body = random.Random(7).randbytes(100_000).hex().encode()
    for packed in (True, False):
        made = warc({}, {"body": b"<html>" + body}, {}, packed=packed)
        content = bytearray(made if packed else gzip.compress(made))
        content[60_000] ^= 0xFF
        found = items(tmp_path, "a.warc.gz", bytes(content))
        assert [page.url for page in pages(found)] == [URL]
        assert failures(found)[0].startswith("damaged, or no WARC"), failures(found)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("ending", [".warc.gz", ".warc.zst"])
def test_an_archive_unpacks_to_no_more_than_another_packed_file(tmp_path: Path, ending: str, monkeypatch):
    monkeypatch.setattr(bounded, "FREE_BYTES", 1_000_000)
    monkeypatch.setattr(bounded, "MAX_RATIO", 1)
    pack, body = gzip.compress if ending == ".warc.gz" else zstandard.compress, random.Random(7).randbytes(30_000).hex()
    plain = [warc({"url": f"{URL}/{n}", "body": f"<html>{body:190000}".encode()}, packed=False) for n in range(6)]
    packed = b"".join(map(pack, plain))
    over = "unpacks to over 1 MB: expected at most 1 times its own size; the rest was left"
    for content in (packed, pack(b"".join(plain))):
        found = items(tmp_path, f"a{ending}", content)
        assert (len(pages(found)), failures(found)) == (5, [over])
    assert not failures(items(tmp_path, f"b{ending}", b"".join(map(pack, plain[:5]))))
    for name in ("a.zip", "a.wacz"):
        found = items(tmp_path, name, zipped({f"{n}{ending}": packed for n in range(4)}))
        assert len(pages(found)) == 4
        assert failures(found)[0].startswith("with what was read before it, the whole file unpacks to over 1 MB")
        assert failures(found)[1:] == ["3 further files in it left, for the same reason"]


@pytest.mark.parametrize("date", ["no day", "0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-10:00"])
def test_where_a_record_says_no_day_of_the_calendar_that_of_the_file_is_taken_and_said(tmp_path: Path, date: str):
    found = items(tmp_path, "a.warc.gz", warc({"date": date}, {}))
    assert [page.fetched.year for page in pages(found)] == [NOW.year, 2024]
    assert "1 of 2 records say no day that can be read: the file's was taken" in notes(found)


@pytest.mark.parametrize("at", range(2, 300, 23))
@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_an_archive_that_is_cut_within_its_first_record_is_damaged(tmp_path: Path, name: str, at: int):
    cut = warc({}, packed=name.endswith(".gz"))[:at]
    assert len(failures(items(tmp_path, name, cut))) == 1


def test_an_archive_without_pages_is_not_damaged(tmp_path: Path):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "x"}))
    assert failures(items(tmp_path, "a.warc.gz", out.getvalue())) == []
