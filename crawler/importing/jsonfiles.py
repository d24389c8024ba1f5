"""A JSON file -> its records: one object a line, one object, an array, or an object that holds an array."""

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import IO, Any

from corpus.errors import ImportFailed
from corpus.model import Article
from crawler.importing.citations.csl import csl_record, is_csl
from crawler.importing.citations.zotero import ATTACHED, zotero_item
from crawler.importing.items import MAX_BYTES, ImportItem, Options, Origin, content_of, failed, note, quoted
from crawler.importing.keys import KEYS, KNOWN, left_out, plain_key
from crawler.importing.records import EXPECTED, is_ours, record_item

MAX_STRANGE = 3  # lines that are no JSON, with none before them that is, after which a file is none of records
MAX_JSON_BYTES = 200_000_000  # of a file that is one value, which is held in memory whole
MAX_KEYS = 1_000  # that stand for no field, remembered of a file
MAX_DEPTH = 3  # objects around the array of records, such as {"response": {"docs": [...]}}

_PER_LINE = "expected one JSON object a line"


def read_lines(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read one record a line; a file that opens with lines that are no JSON is refused once, not line by line."""
    keys = Keys()
    strange: list[ImportItem] | None = []  # given when a line is JSON after all, or the file ends; None: one was
    for place, line in _lines(opened, origin):
        item: ImportItem | None
        if isinstance(line, ImportFailed):
            item, is_json = ImportItem(place, line), False
        else:
            item, is_json = _line_item(line, place, origin, options, keys)
        if strange is not None and not is_json:
            if item is not None:
                strange.append(item)
            if len(strange) == MAX_STRANGE:
                yield failed(origin.place, f"its first {MAX_STRANGE} lines are not JSON; the file was left")
                return
            continue
        yield from strange or ()
        strange = None
        if item is not None:
            yield item
    yield from strange or ()
    yield from keys.note(origin)


def read_json(opened: IO[bytes], origin: Origin, options: Options) -> Iterator[ImportItem]:
    """Read a file that is one JSON value; one that holds an object a line is read as such."""
    content = content_of(opened, max_bytes=MAX_JSON_BYTES)
    if content is None:
        yield failed(
            origin.place, f"is over {MAX_JSON_BYTES // 1_000_000} MB: expected JSON lines (.jsonl), which have no limit"
        )
        return
    try:
        value: Any = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":  # one object a line, under another name
            yield from read_lines(BytesIO(content), origin, options)
        else:
            yield failed(origin.place, f"not JSON: line {error.lineno}, column {error.colno}; the file was left")
        return
    except (ValueError, RecursionError) as error:
        yield failed(origin.place, f"{_fault(error)}; the file was left")
        return
    records = _records_in(value)
    if records is None:
        yield failed(origin.place, f"{quoted(value)}: expected {EXPECTED}, or an array of such objects")
        return
    keys = Keys()
    for number, record in enumerate(records, start=1):
        place = f"{origin.place}:{number}" if isinstance(value, list) or len(records) > 1 else origin.place
        item = _item(record, place, origin, options, keys)
        if item is not None:
            yield item
    yield from keys.note(origin)


class Keys:
    """What of a file was left out: keys that stand for no field, and items that belong to others.

    The keys are those of records that gave no headline, date or author: there it may stand.
    """

    def __init__(self) -> None:
        self._left_out: dict[str, None] = {}
        self.attached = 0

    def look_at(self, record: Mapping[str, Any], article: Article) -> None:
        """Take the keys of a record of another tool that hold something."""
        is_full = article.headline and article.published and article.authors
        if not is_full and not is_ours(record):
            for key, value in record.items():
                if len(self._left_out) < MAX_KEYS and value not in (None, "", [], {}) and plain_key(key) not in KNOWN:
                    self._left_out[key] = None

    def note(self, origin: Origin) -> Iterator[ImportItem]:
        """Give notes that name them, when there are any."""
        if self.attached:
            yield note(origin.place, f"{self.attached:,} attachments and notes of other items left out")
        if said := left_out(self._left_out):
            yield note(origin.place, f"keys left out: {said}")


def _records_in(value: Any, depth: int = 0) -> list[Any] | None:
    """Return the records of a value: an array, the longest array of objects in an object, or the object itself."""
    if isinstance(value, list):
        return value
    if not isinstance(value, Mapping):
        return None
    arrays = [each for each in value.values() if isinstance(each, list) and each and _all_objects(each)]
    holds_text = any(isinstance(each, str) and len(each) > 200 for each in value.values())  # it is a record itself
    if arrays and not holds_text and not {"url", "title", "headline", "text"} & set(value):
        return max(arrays, key=len)
    inner = [each for each in value.values() if isinstance(each, Mapping)]
    if len(inner) == 1 and depth < MAX_DEPTH and not holds_text and not {"url", "title", "text"} & set(value):
        return _records_in(inner[0], depth + 1)
    return [value]


def _all_objects(values: list[Any]) -> bool:
    return all(isinstance(each, Mapping) for each in values[:1000])


def _lines(opened: IO[bytes], origin: Origin) -> Iterator[tuple[str, bytes | ImportFailed]]:
    """Give each line that is not blank with its place; one that is too long is the last."""
    for number, line in enumerate(iter(lambda: opened.readline(MAX_BYTES + 1), b""), start=1):
        place = f"{origin.place}:{number}"
        if len(line) > MAX_BYTES:
            said = f"{place}: the line is over {MAX_BYTES // 1_000_000} MB; the rest of the file was left"
            yield place, ImportFailed(said)
            return
        if line.strip():
            yield place, line


def _line_item(line: bytes, place: str, origin: Origin, options: Options, keys: Keys) -> tuple[ImportItem | None, bool]:
    """Read one line, and say whether it was JSON at all."""
    try:
        record: Any = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return failed(place, f"{_fault(error)}: {_PER_LINE}"), False
    return _item(record, place, origin, options, keys), True


def _item(record: Any, place: str, origin: Origin, options: Options, keys: Keys) -> ImportItem | None:
    try:
        if (data := zotero_item(record)) is not None:
            if data["itemType"] in ATTACHED:
                keys.attached += 1
                return None
            has_text = any(plain_key(key) in KEYS["body"] and value for key, value in data.items())
            return record_item(data, place, origin, options, citation=not has_text)
        if is_csl(record):
            return record_item(csl_record(record), place, origin, options, citation=True)
        item = record_item(record, place, origin, options)
        if item is not None and isinstance(item.item, Article):
            keys.look_at(record, item.item)
        return item
    except ImportFailed as error:
        return ImportItem(place, error)
    except (ValueError, RecursionError, OverflowError):
        return failed(place, "holds a value beyond what we can read")


def _fault(error: Exception) -> str:
    """Say in plain words why a line could not be read as JSON."""
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "not JSON: a number is too long"
