"""Files of every kind, made small, and what is read from them."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import ImportFailed
from corpus.iso_dates import iso_date
from corpus.model import Article
from crawler.importing.files import find
from crawler.importing.items import ImportItem

NOW = datetime(2026, 3, 4, tzinfo=UTC)
STORY = "The council approved the walls on Monday.\n\nResidents of the lower town were glad of it."
URL = "https://gazette.example/walls"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def items(folder: Path, name: str, content: bytes | str) -> list[ImportItem]:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(find([file], source=None, now=NOW))


def articles(found: list[ImportItem]) -> list[Article]:
    return [each.item for each in found if isinstance(each.item, Article)]


def failures(found: list[ImportItem]) -> list[str]:
    return [str(each.item).partition(": ")[2] for each in found if isinstance(each.item, ImportFailed)]


def notes(found: list[ImportItem]) -> list[str]:
    return [note.partition(": ")[2] for each in found for note in each.notes]


def shown(article: Article) -> tuple:
    authors = tuple(author.name for author in article.authors)
    return article.url, article.headline, authors, iso_date(article.published), article.body


WALLS = (URL, "Walls approved", ("Ana Pérez", "Li Wei"), "2024-05-06", STORY)
RECORD = {
    "url": URL,
    "title": "Walls approved",
    "authors": ["Ana Pérez", "Li Wei"],
    "date": "2024-05-06",
    "text": STORY,
}


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return zipped({"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'})


def zipped(files: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def epub(*chapters: str) -> bytes:
    manifest = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        "<dc:title>Walls approved</dc:title><dc:creator>Ana Pérez</dc:creator><dc:date>2024-05-06</dc:date>"
        f"<dc:source>{URL}</dc:source></metadata><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    )
    return zipped(
        {"META-INF/container.xml": container, "OPS/book.opf": package}
        | {f"OPS/c{n}.xhtml": chapter for n, chapter in enumerate(chapters)}
    )


def pdf(*lines: str) -> bytes:
    """A PDF of one page, each line of text in its own."""
    stream = "BT /F1 12 Tf 50 800 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    out, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF").encode()
