"""A DOCX or EPUB file -> its article or articles. Both are ZIP files of XML, read within bounds.

The XML is parsed without entities, network or large trees; it is at most `MAX_XML_BYTES` long.
"""

import posixpath
from collections.abc import Iterator
from typing import IO
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from corpus import urls
from corpus.errors import ImportFailed
from corpus.model import Hints
from crawler.importing.bounded import open_zip, read_member
from crawler.importing.dates import date_of
from crawler.importing.documents.text import text_items
from crawler.importing.identity import content_url, file_url
from crawler.importing.items import ImportItem, Options, Origin, failed, shown
from crawler.importing.pages import IMPORTED
from crawler.values import Page

MAX_XML_BYTES = 50_000_000
MAX_CHAPTERS = 5_000
MAX_CHAPTER_BYTES = 8_000_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IN_PARAGRAPHS = {f"{_W}t": "", f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"


def read_docx(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read one Word document: its paragraphs, in order."""
    root = _xml(open_zip(opened, origin), "word/document.xml", origin)
    if root is None:
        yield failed(origin.place, "holds no word/document.xml: expected a Word document")
        return
    text = "\n\n".join(_paragraphs(root))
    yield from text_items(text, content_url(text), origin, options)


def _paragraphs(root: etree._Element) -> list[str]:
    """Return the texts of paragraphs, in order; a paragraph in a text box of another is one of its own."""
    paragraphs: list[list[str]] = []
    around: list[list[str]] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=(f"{_W}p", *_IN_PARAGRAPHS)):
        if element.tag == f"{_W}p" and event == "end":
            around.pop()
        elif element.tag == f"{_W}p":
            around.append([])
            paragraphs.append(around[-1])
        elif event == "start" and around:
            around[-1].append(_IN_PARAGRAPHS[element.tag] or element.text or "")
    return [text for parts in paragraphs if (text := "".join(parts).strip())]


def read_epub(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read one book: each of its chapters that is an article; what is said of the book goes to its only chapter."""
    archive = open_zip(opened, origin)
    if archive.namelist().count("META-INF/encryption.xml") and _is_locked(archive, origin):
        yield failed(origin.place, "its texts are encrypted (DRM); it was left")
        return
    package, folder = _package(archive, origin)
    chapters = _chapters(package, folder)
    hints = _hints(package, options) if len(chapters) == 1 else Hints()
    said_url = next((found for each in package.iter(f"{_DC}source", f"{_DC}identifier")
                     if (found := urls.canonical((each.text or "").strip()))), None)  # fmt: skip
    source = options.source or _text(package, "publisher") or IMPORTED
    if left := len(chapters[MAX_CHAPTERS:]):
        yield failed(origin.place, f"{left:,} chapters were left: expected at most {MAX_CHAPTERS:,}")
    for name in chapters[:MAX_CHAPTERS]:
        place = f"{origin.place}!{shown(name)}"
        try:
            content = read_member(archive, name, origin, max_bytes=MAX_CHAPTER_BYTES)
        except ImportFailed as error:
            yield ImportItem(place, error)
            continue
        if content is None:
            yield failed(place, "is named by the book, and not in it")
            continue
        url = said_url if said_url and len(chapters) == 1 else file_url(content)
        page = Page(url=url, address=url, source=source, content=content, fetched=min(origin.written, options.now),
                    hints=hints)  # fmt: skip
        yield ImportItem(place, page, is_part=len(chapters) > 1)


def _package(archive: ZipFile, origin: Origin) -> tuple[etree._Element, str]:
    container = _xml(archive, "META-INF/container.xml", origin)
    rootfile = container.find(f".//{_CONTAINER}rootfile") if container is not None else None
    path = rootfile.get("full-path", "") if rootfile is not None else ""
    package = _xml(archive, path, origin) if path else None
    if package is None:
        raise ImportFailed(f"{origin.place}: holds no package file: expected an EPUB book")
    return package, posixpath.dirname(path)


def _chapters(package: etree._Element, folder: str) -> list[str]:
    """Return the files of the spine, in reading order; the table of contents is none."""
    files = {
        each.get("id"): each
        for each in package.iter(f"{_OPF}item")
        if "html" in each.get("media-type", "") and "nav" not in each.get("properties", "").split()
    }
    names = []
    for reference in package.iter(f"{_OPF}itemref"):
        item = files.get(reference.get("idref"))
        if item is not None and item.get("href"):
            names.append(posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "")))))
    return list(dict.fromkeys(names))


def _hints(package: etree._Element, options: Options) -> Hints:
    written = _text(package, "date")
    authors = [" ".join(each.text.split()) for each in package.iter(f"{_DC}creator") if each.text and each.text.strip()]
    return Hints(
        headline=_text(package, "title"),
        authors=tuple(authors),
        published=date_of(written, options.now) if written else None,
        language=_text(package, "language"),
    )


def _text(package: etree._Element, name: str) -> str | None:
    return next((" ".join(each.text.split()) for each in package.iter(f"{_DC}{name}") if each.text), None)


def _is_locked(archive: ZipFile, origin: Origin) -> bool:
    """Are texts encrypted? Books with encrypted fonts alone can be read."""
    content = read_member(archive, "META-INF/encryption.xml", origin, max_bytes=1_000_000) or b""
    return b".xhtml" in content or b".html" in content or b".htm" in content


def _xml(archive: ZipFile, name: str, origin: Origin) -> etree._Element | None:
    """Return the root of a file; None when there is none of this name.

    Raises:
        ImportFailed: it is over the limit, or no XML.
    """
    content = read_member(archive, name, origin, max_bytes=MAX_XML_BYTES)
    if content is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ImportFailed(f"{origin.place}!{shown(name)}: damaged, or no XML; the file was left") from error
