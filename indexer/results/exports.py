"""A search -> its export: all articles of one state, in the order of the hits, and a manifest of what was written."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO

from corpus.model import StoredArticle
from corpus.records import EXPORTED
from corpus.store import ArticleStore
from indexer.contract.protocol import SearchEngine
from indexer.contract.values import Query
from indexer.query.describe import describe
from indexer.query.serialise import unfielded
from indexer.results.addressed import listing

BEYOND = "beyond_the_bound"  # a reason: more match than are written at once
BATCH = 200  # articles in memory at a time

Writer = Callable[[Iterable[StoredArticle]], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an export holds.

    Attributes:
        query: The search as it was asked: its address, or its text.
        read_as: How the search was read, in words.
        at: When the export was made; aware.
        position: The store's sequence that the search reflects.
        total: How many articles match.
        given: How many of them were written: less than `total` where a bound was reached, or where the text of an
            article was taken away since it was indexed.
        is_whole: No bound was reached.
        bounded: As typed, the patterns of which only the most frequent forms were searched for.
        fields: What is given of each article; None: what the format has room for.
        withheld: Of these, what is given of none, as texts in a public archive.
        left_out: Why an article that matches was not written -> how many: BEYOND, `withdrawn`, `unreadable`.
        sha256: Of the lines of the articles, in hexadecimal; without the manifest's own line.
    """

    query: str
    read_as: str
    at: datetime
    position: int
    total: int
    given: int
    is_whole: bool
    sha256: str
    bounded: tuple[str, ...] = ()
    fields: tuple[str, ...] | None = None
    withheld: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """Return the manifest as JSON can hold it."""
        return {
            "query": self.query,
            "read_as": self.read_as,
            "at": self.at.astimezone(UTC).isoformat(timespec="seconds"),
            "position": self.position,
            "total": self.total,
            "given": self.given,
            "complete": self.is_whole,
            "bounded": list(self.bounded),
            "fields": None if self.fields is None else list(self.fields),
            "withheld": list(self.withheld),
            "left_out": self.total - self.given,
            "left_out_by_reason": dict(self.left_out),
            "sha256": self.sha256,
        }


def standing(ids: Sequence[int], store: ArticleStore, left_out: Counter[str]) -> Iterator[StoredArticle]:
    """Yield the articles of ids in their order, without those that were taken away since they were indexed.

    Args:
        left_out: Gains `withdrawn` and `unreadable`, how many articles were left out for that reason.
    """
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        found = store.articles(map(int, part))
        left_out["unreadable"] += len(part) - len(found)
        for stored in found.values():
            if stored.withdrawn is None:
                yield stored
            else:
                left_out["withdrawn"] += 1


def write_export(
    query: Query,
    write: Writer,
    out: BinaryIO,
    engine: SearchEngine,
    store: ArticleStore,
    *,
    question: str,
    now: datetime,
    most: int | None = None,
    fields: tuple[str, ...] | None = None,
    withheld: tuple[str, ...] = (),
) -> Manifest:
    """Write the articles of a search to a file.

    The index is asked once, and the store is read in one transaction: no article comes twice and none is left out,
    whatever is crawled or indexed meanwhile.

    Args:
        write: Articles -> the lines of a format.
        most: The most articles to write; None: all.
        fields, withheld: What the manifest says of them.
    """
    found = listing(query, engine, store)
    ids = found.ids if most is None else found.ids[:most]
    digest, given = hashlib.sha256(), 0
    left_out = Counter({BEYOND: found.total - len(ids)})

    def articles() -> Iterator[StoredArticle]:
        nonlocal given
        for stored in standing(ids, store, left_out):
            given += 1
            yield stored

    with store.one_state():
        for line in write(articles()):
            data = line.encode("utf-8", "replace")
            digest.update(data)
            out.write(data)
    return Manifest(
        query=question,
        read_as=describe(query),
        at=now,
        position=found.position,
        total=found.total,
        given=given,
        is_whole=len(ids) == found.total and not found.partial and not found.bounded,
        sha256=digest.hexdigest(),
        bounded=tuple(dict.fromkeys(map(unfielded, found.bounded))),
        fields=fields,
        withheld=withheld,
        left_out=left_out,
    )


def csv_metadata(manifest: Manifest, url: str, fields: Sequence[str] = EXPORTED) -> dict[str, Any]:
    """Return the metadata of a CSV export, by the W3C's "Metadata Vocabulary for Tabular Data" (CSVW)."""
    columns = [
        {"name": name, "titles": name, "datatype": "json" if name == "structure" else "string"} for name in fields
    ]
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": url,
        "dc:title": f"Articles of a search: {manifest.read_as or 'all articles'}",
        "dc:created": manifest.at.astimezone(UTC).isoformat(timespec="seconds"),
        "tableSchema": {"columns": columns} | ({"primaryKey": "url"} if "url" in fields else {}),
        "notes": [{"manifest": manifest.record()}],
    }
