"""A CSV or TSV file with a heading -> its records, in any dialect that spreadsheets write."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import IO

from corpus.errors import ImportFailed
from corpus.spreadsheets import unguarded
from crawler.dates.order import shown_by_numbers
from crawler.importing.items import MAX_BYTES, ImportItem, Options, Origin, content_of, failed, note, quoted
from crawler.importing.keys import KEYS, KNOWN, left_out, plain_key
from crawler.importing.records import is_ours, record_item
from crawler.importing.texts import text_in

MAX_TABLE_BYTES = 500_000_000  # held in memory whole
MAX_COLUMNS = 1_000
SAMPLE_ROWS = 1_000  # in which it is looked for how 3/4/2024 is written

_SEPARATORS = ",;\t|"
_SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.I)  # Excel's own: it names the separator before the heading
_NUMBERS = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})\b")


def read_table(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read one record a row; the first row names the columns."""
    content = content_of(opened, max_bytes=MAX_TABLE_BYTES)
    if content is None:
        yield failed(origin.place, f"is over {MAX_TABLE_BYTES // 1_000_000} MB: expected smaller files, or JSON lines")
        return
    text, said = text_in(content)
    if said:
        yield note(origin.place, said)
    separator = None
    if match := _SEP_LINE.match(text):
        separator, text = match[1], text[match.end() :]
    separator = separator or _separator(text)
    heading = _heading(text, separator)
    columns, heading = len(heading), heading[:MAX_COLUMNS]
    if not any(plain_key(column) in KNOWN for column in heading):
        expected = "expected a heading with columns such as url, title, published and text"
        yield failed(origin.place, f"{quoted(', '.join(heading))}: {expected}; the file was left")
        return
    fields = {field for field, keys in KEYS.items() for column in heading if plain_key(column) in keys}
    if not {"body", "headline"} & fields:
        yield failed(origin.place, f"{quoted(', '.join(heading))}: no column of texts or titles; the file was left")
        return
    if "body" not in fields:
        yield note(origin.place, "no column holds texts: headlines, dates and addresses were taken")
    if not is_ours(dict.fromkeys(heading)) and (strange := left_out(heading)):
        yield note(origin.place, f"columns left out: {strange}")
    if columns > MAX_COLUMNS:
        yield note(origin.place, f"the first {MAX_COLUMNS:,} of {columns:,} columns were read")
    yield from _rows(text, separator, heading, origin, options, columns=columns, citation="body" not in fields)


def _rows(
    text: str, separator: str, heading: list[str], origin: Origin, options: Options, *, columns: int, citation: bool
) -> Iterator[ImportItem]:
    csv.field_size_limit(MAX_BYTES)
    day_first = shown_by_numbers(_days(islice(csv.reader(_lines(text), delimiter=separator), 1, SAMPLE_ROWS)))
    rows = csv.reader(_lines(text), delimiter=separator)
    ours = is_ours(dict.fromkeys(heading))
    next(rows, None)
    try:
        for row in rows:
            place = f"{origin.place}:{rows.line_num}"
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > columns and any(cell.strip() for cell in row[columns:]):
                yield failed(place, f"{len(row)} cells under {columns} columns: expected a quoted text")
                continue
            cells = (unguarded(cell) for cell in row) if ours else iter(row)
            record = dict(zip(heading, cells, strict=False))
            try:
                item = record_item(record, place, origin, options, citation=citation, day_first=day_first)
            except ImportFailed as error:
                item = ImportItem(place, error)
            if item is not None:
                yield item
    except csv.Error as error:
        yield failed(f"{origin.place}:{rows.line_num}", f"{error}; the rest of the file was left")


def _lines(text: str) -> Iterable[str]:
    return io.StringIO(text.replace("\0", "\ufffd"), newline="")


def _separator(text: str) -> str:
    """Return the separator under which the heading names most columns that we know, then most columns."""

    def columns(separator: str) -> tuple[int, int]:
        heading = _heading(text, separator)
        return sum(plain_key(column) in KNOWN for column in heading), len(heading)

    return max(_SEPARATORS, key=columns)


def _heading(text: str, separator: str) -> list[str]:
    try:
        row = next(csv.reader(_lines(text[:100_000]), delimiter=separator), [])
    except csv.Error:
        return []
    return [column.strip() for column in row]


def _days(rows: Iterable[list[str]]) -> Iterator[tuple[str, str]]:
    """Give the first two numbers of each cell that begins with a date such as 3/4/2024."""
    with suppress(csv.Error):  # which is said when the rows are read
        for row in rows:
            for match in filter(None, map(_NUMBERS.match, row)):
                yield match[1], match[2]
