"""A capture file -> its records: where each stands, how old it is, and which of the others it needs."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.warc.emptying import STATUS
from corpus.warc.exchange import PARTS, REFERS_TO
from corpus.warc.reading import DAMAGE, QuietIterator


@dataclass(frozen=True, slots=True)
class AgedRecord:
    """A response or revisit.

    Attributes:
        length: Of its bytes in the file.
        needs: `file;offset` of each other record without which it cannot be read: the one that has its payload, where
            that is not its own, and the further pages of its story.
        has_payload: Whether there is something to empty.
    """

    offset: int
    length: int
    at: datetime
    needs: tuple[str, ...]
    has_payload: bool


def aged_records(path: Path) -> tuple[list[AgedRecord], bool]:
    """Return the responses and revisits of a file in their order, and whether all of it could be read."""
    found: list[AgedRecord] = []
    with path.open("rb") as file:
        iterator = QuietIterator(file)
        try:
            found.extend(  # one after another, so that what was read before damage is there
                _aged(record, iterator)
                for record in iterator
                if record.rec_type in {"response", "revisit"} and record.http_headers is not None
            )
        except DAMAGE:
            return found, False
    return found, True


def _aged(record: Any, iterator: Any) -> AgedRecord:
    head, offset = record.http_headers, iterator.get_record_offset()
    named = record.rec_headers.get_header
    has_body = record.rec_type == "response" and int(head.get_header("Content-Length") or 0) > 0
    return AgedRecord(
        offset=offset,
        length=iterator.get_record_length(),  # reads the record to its end
        at=datetime.fromisoformat(named("WARC-Date")).astimezone(UTC),
        needs=(*filter(None, [named(REFERS_TO)]), *(named(PARTS) or "").split()),
        has_payload=has_body and head.statusline.strip() != STATUS,
    )
