"""A RIS or BibTeX file -> the articles its entries cite, without their texts."""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from corpus.errors import ImportFailed
from crawler.importing.citations.bibtex import bibtex_items
from crawler.importing.citations.csl import csl_record
from crawler.importing.citations.ris import ris_items
from crawler.importing.items import ImportItem, Options, Origin, content_of, failed, note, too_large
from crawler.importing.records import record_item
from crawler.importing.texts import text_in

MAX_CITATION_BYTES = 100_000_000


def read_ris(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read the entries of a RIS file."""
    return _read(opened, origin, options, ris_items, "RIS entries, which begin with a line such as TY  - NEWS")


def read_bibtex(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read the entries of a BibTeX file."""
    return _read(opened, origin, options, bibtex_items, "BibTeX entries, such as @article{key, title = {...}}")


def _read(
    opened: IO[bytes],
    origin: Origin,
    options: Options,
    items: Callable[[str], Iterable[tuple[int, dict[str, Any] | None]]],
    expected: str,
) -> Iterator[ImportItem]:
    content = content_of(opened, max_bytes=MAX_CITATION_BYTES)
    if content is None:
        yield too_large(origin, MAX_CITATION_BYTES)
        return
    text, said = text_in(content)
    if said:
        yield note(origin.place, said)
    count = 0
    try:
        for line, item in items(text):
            count += 1
            place = f"{origin.place}:{line}"
            if item is None:
                yield failed(place, "the entry does not end: expected a closing brace; it was left")
                continue
            try:
                read = record_item(csl_record(item), place, origin, options, citation=True)
            except ImportFailed as error:
                read = ImportItem(place, error)
            if read is not None:
                yield read
    except ImportFailed as error:
        yield failed(origin.place, str(error))
    if not count:
        yield failed(origin.place, f"expected {expected}")
