"""The name of a file -> how it is read. The table of all kinds of files that can be imported."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import IO

from corpus.texts.counted import counted
from crawler.importing.bounded import gunzipped, members, open_zip, read_members
from crawler.importing.citations.files import read_bibtex, read_ris
from crawler.importing.documents.office import read_docx, read_epub
from crawler.importing.documents.optional import read_pdf, read_rtf
from crawler.importing.documents.text import read_markdown, read_plain
from crawler.importing.items import ImportItem, Options, Origin, Reader, content_of, failed, note, too_large
from crawler.importing.jsonfiles import read_json, read_lines
from crawler.importing.pages import read_mhtml, read_page
from crawler.importing.tables import read_table
from crawler.importing.webarchives import ENDINGS as WEB_ARCHIVES
from crawler.importing.webarchives import read_wacz, read_web_archive

MAX_DEPTH = 2  # archives in archives
MAX_NESTED_BYTES = 200_000_000  # of an archive in an archive, which is held in memory

READERS: dict[tuple[str, ...], Reader] = {
    (".html", ".htm", ".xhtml"): read_page,
    (".mhtml", ".mht"): read_mhtml,
    (".txt", ".text"): read_plain,
    (".jsonl", ".ndjson"): read_lines,
    (".json",): read_json,
    (".csv", ".tsv", ".tab"): read_table,
    (".ris",): read_ris,
    (".bib", ".bibtex"): read_bibtex,
    (".md", ".markdown"): read_markdown,
    (".docx",): read_docx,
    (".epub",): read_epub,
    (".rtf",): read_rtf,
    (".pdf",): read_pdf,
    WEB_ARCHIVES: read_web_archive,
    (".wacz",): read_wacz,
}
KINDS = (
    ".html .mhtml .txt .md .docx .rtf .epub .pdf .jsonl .json .csv .tsv .ris .bib .warc .arc .wacz .zip, or one of"
    " these with .gz"
)


def reader_of(name: str) -> Reader | None:
    """Return the reader of a file's name; None when its kind is not known."""
    name = name.lower()
    for endings, reader in READERS.items():
        if name.endswith(endings):
            return reader
    if name.endswith(".zip"):
        return _read_zip
    return _read_gzip if name.endswith(".gz") and reader_of(name.removesuffix(".gz")) is not None else None


def _read_gzip(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    name = origin.name.removesuffix(".gz")
    reader = reader_of(name)
    assert reader is not None
    inner = Origin(origin.place, name, origin.written, origin.depth + 1, origin.budget)
    if inner.depth > MAX_DEPTH:
        yield failed(origin.place, "an archive in an archive in an archive; it was left")
        return
    yield from reader(gunzipped(opened, origin), inner, options)


def _read_zip(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    if origin.depth >= MAX_DEPTH:
        yield failed(origin.place, "an archive in an archive in an archive; it was left")
        return
    archive = open_zip(opened, origin)
    files = members(archive, origin)
    known = [(inner, member) for inner, member in files if reader_of(inner.name) and not inner.name.startswith("._")]
    yield from read_members(archive, known, origin, partial(_read_inner, options=options))
    if not known:
        yield failed(origin.place, f"no file of a known kind in it: expected {KINDS}")
    elif other := len(files) - len(known):
        yield note(origin.place, f"left out, of other kinds: {counted(other, 'file')}")


def _read_inner(stream: IO[bytes], inner: Origin, options: Options) -> Iterator[ImportItem]:
    reader = reader_of(inner.name)
    assert reader is not None
    if reader in _NESTED:
        content = content_of(stream, max_bytes=MAX_NESTED_BYTES)
        if content is None:
            yield too_large(inner, MAX_NESTED_BYTES)
            return
        stream = BytesIO(content)
    yield from reader(stream, inner, options)


_NESTED = (_read_zip, _read_gzip, read_wacz, read_docx, read_epub)
