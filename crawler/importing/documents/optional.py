"""A PDF or RTF file -> its text and the article in it, by readers that are installed with `pressmark[documents]`.

Both run in a worker process, within its limits of time and memory.
"""

import logging
import re
import unicodedata
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import IO

from corpus.errors import ExtractError, FetchError
from crawler.importing.documents.text import text_items
from crawler.importing.identity import content_url
from crawler.importing.items import ImportItem, Options, Origin, content_of, failed, failed_by, too_large
from crawler.text import text_length

MAX_DOCUMENT_BYTES = 50_000_000
MAX_PAGES = 2_000
MIN_CHARACTERS_A_PAGE = 20  # fewer on average: a scan, whose letters are a picture

_CELL = re.compile(r"^([ \t]*[A-Z]{2,3})\|")  # of a table of two columns, the first of them a tag: Factiva's
# The signs that print sets in place of letters: "ﬂood" is written flood.
_LIGATURES = {sign: unicodedata.normalize("NFKC", chr(sign)) for sign in range(0xFB00, 0xFB07)}
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n(?=[a-zà-ÿ])")


def read_pdf(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read the text layer of one PDF."""
    return _read(opened, origin, options, "pypdf", pdf_text, b"%PDF-", "a PDF")


def read_rtf(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read the text of one RTF file."""
    return _read(opened, origin, options, "striprtf", rtf_text, b"{\\rtf", "an RTF document")


def _read(
    opened: IO[bytes],
    origin: Origin,
    options: Options,
    library: str,
    reader: Callable[[bytes], str],
    opening: bytes,
    kind: str,
) -> Iterator[ImportItem]:
    content = content_of(opened, max_bytes=MAX_DOCUMENT_BYTES)
    if content is None:
        yield too_large(origin, MAX_DOCUMENT_BYTES)
    elif opening not in content[:1024]:
        yield failed(origin.place, f"expected {kind}, which begins with {opening.decode()}")
    elif find_spec(library) is None:
        yield failed(origin.place, f"to read {kind}, install pressmark[documents]; it was left")
    else:
        try:
            text = options.run(origin.place, reader, content)
        except (ExtractError, FetchError) as error:
            yield failed_by(origin.place, error)
            return
        yield from text_items(text, content_url(text), origin, options)


def pdf_text(content: bytes) -> str:
    """Return the text layer of a PDF, page by page.

    Raises:
        ExtractError: it is damaged, encrypted or a scan, or has too many pages.
    """
    pypdf = import_module("pypdf")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it quotes what is damaged, line by line
    try:
        document = pypdf.PdfReader(BytesIO(content))
        if document.is_encrypted and not document.decrypt(""):
            raise ExtractError("pdf", "is encrypted: expected a PDF that opens without a password")
        if len(document.pages) > MAX_PAGES:
            raise ExtractError("too-large", f"{len(document.pages):,} pages: expected at most {MAX_PAGES:,}")
        pages = [page.extract_text() for page in document.pages]
    except ExtractError:
        raise
    except Exception as error:
        raise ExtractError("pdf", "damaged, or no PDF that can be read") from error
    text = "\n\n".join(pages)
    if text_length(text) < MIN_CHARACTERS_A_PAGE * max(1, len(pages)):
        raise ExtractError("empty", "holds no text layer: a scan needs to go through character recognition first")
    return flowing(text)


def flowing(text: str) -> str:
    """Return the lines of a page as paragraphs: a paragraph ends with a short line, or before a blank line."""
    text = _HYPHENATED.sub("", text.replace("\u00ad\n", "").translate(_LIGATURES))
    lines = [line.strip() for line in text.split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    full = lengths[len(lengths) * 3 // 4] * 0.8 if lengths else 0.0
    parts: list[str] = []
    for line in lines:
        parts.append(line)
        parts.append("\n\n" if not line or len(line) < full else " ")
    return re.sub(r"[ ]*\n[ \n]*\n", "\n\n", "".join(parts)).strip()


def rtf_text(content: bytes) -> str:
    """Return the text of an RTF file.

    Raises:
        ExtractError: it is damaged.
    """
    striprtf = import_module("striprtf.striprtf")
    try:
        text: str = striprtf.rtf_to_text(content.decode("cp1252", "replace"), errors="replace")
    except Exception as error:
        raise ExtractError("office", "damaged, or no RTF that can be read") from error
    lines = (_CELL.sub(r"\1  ", line.rstrip("| \t")) for line in text.replace("\x00", "").split("\n"))
    return "\n".join(lines)
