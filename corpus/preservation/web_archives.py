"""Articles and their raw responses -> a WARC file, or a WACZ file that a web archive's reader replays."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any
from urllib.parse import urlsplit
from zipfile import ZIP_STORED, ZipFile

from corpus.captures import Captures
from corpus.errors import NotFound
from corpus.model import StoredArticle
from corpus.preservation.packing import added, copied
from corpus.records import stored_record
from corpus.warc.exchange import Exchange, about, metadata_record, payload_digest, written

WACZ_VERSION = "1.1.1"
WARC_NAME = "data.warc.gz"
MANIFEST = "urn:pressmark:manifest"  # what the record is about that says what a WARC file holds


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A response in a WARC file: the article it is of, what was answered, and where it stands."""

    mark: str
    headline: str | None
    exchange: Exchange
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class WebArchive:
    """What was written.

    Attributes:
        pages: The first page of each article.
        without: The marks of articles without a raw response, such as imported ones.
        parts: The further pages of stories that were read from several.
    """

    pages: tuple[ArchivedPage, ...]
    without: tuple[str, ...]
    parts: tuple[ArchivedPage, ...] = ()

    @property
    def missing(self) -> int:
        """How many articles have no raw response."""
        return len(self.without)

    def manifest(self, left_out: Mapping[str, int]) -> dict[str, Any]:
        """Return what is in the file and what is not, under the keys that the ZIP of a dossier has.

        Args:
            left_out: Why articles that were to be in it were not looked up -> how many.
        """
        further = {"further_pages": len(self.parts)} if self.parts else {}
        return further | {
            "articles": len(self.pages) + self.missing,
            "pages": len(self.pages),
            "left_out": sum(left_out.values()),
            "left_out_by_reason": dict(left_out),
            "without_raw_response": list(self.without),
        }


def write_warc(
    articles: Iterable[StoredArticle], captures: Captures, out: IO[bytes], *, software: str, name: str = WARC_NAME
) -> WebArchive:
    """Write the response of each article, and after it a metadata record with what we read of it, as JSON.

    The further pages of a story stand before its first one, which they name.
    A response whose payload stands with an earlier one is written whole, so that the file needs no other.
    """
    place = out.write(about(software, name))
    pages: list[ArchivedPage] = []
    parts: list[ArchivedPage] = []
    without: list[str] = []
    for stored in articles:
        ref = stored.article.capture
        try:
            exchange = captures.read(ref) if ref is not None else None
        except NotFound:
            exchange = None
        if exchange is None:
            without.append(stored.mark)
            continue
        headline = stored.article.headline
        for each, listed in (*((part, parts) for part in exchange.parts), (exchange, pages)):
            digest, first = payload_digest(each.body), exchange.url if listed is parts else None
            content, begins = written(each, original=None, digest=digest, part_of=first)
            response = content[begins:]  # the request is not stored whole
            out.write(response)
            listed.append(ArchivedPage(stored.mark, headline, _without_body(each, digest), place, len(response)))
            place += len(response)
        read = json.dumps(stored_record(stored), ensure_ascii=False, default=str).encode()
        behind = metadata_record(exchange.url, exchange.at, read)
        out.write(behind)
        place += len(behind)
    return WebArchive(tuple(pages), tuple(without), tuple(parts))


def write_manifest(archive: WebArchive, out: IO[bytes], left_out: Mapping[str, int], *, now: datetime) -> None:
    """End a WARC file that stands alone with a metadata record that says what is in it, as JSON."""
    said = json.dumps(archive.manifest(left_out), ensure_ascii=False).encode("utf-8", "replace")
    out.write(metadata_record(MANIFEST, now, said))


def _without_body(exchange: Exchange, digest: str) -> Exchange:
    """Return the exchange with the digest of its body as body: an index needs no more, and thousands fit in memory."""
    return Exchange(
        url=exchange.url,
        at=exchange.at,
        status=exchange.status,
        headers=exchange.headers,
        body=digest.encode(),
    )


def write_wacz(
    archive: WebArchive,
    warc: IO[bytes],
    out: IO[bytes],
    *,
    title: str,
    software: str,
    now: datetime,
    about: str = "",
    left_out: Mapping[str, int] | None = None,
) -> None:
    """Pack a WARC file that stands in `warc` from its beginning with its index and list of pages (WACZ 1.1.1).

    Args:
        about: What was to be in the file; its description goes on with how many pages are in it.
        left_out: As `WebArchive.manifest` takes it.
    """
    counts = f"pages in this file: {len(archive.pages)}; articles without a raw response: {archive.missing}"
    resources: list[dict[str, Any]] = []
    with ZipFile(out, "w", ZIP_STORED) as packed:
        resources.append(copied(packed, f"archive/{WARC_NAME}", warc, now))
        for path, content in (("indexes/index.cdxj", _index(archive)), ("pages/pages.jsonl", _pages(archive))):
            resources.append(added(packed, path, content, now))
        package = json.dumps(
            {
                "profile": "data-package",
                "wacz_version": WACZ_VERSION,
                "title": title,
                "description": f"{about}; {counts}" if about else counts,
                "created": _moment(now),
                "software": software,
                "resources": resources,
                "manifest": archive.manifest(left_out or {}),
            },
            indent=2,
            ensure_ascii=False,
        ).encode("utf-8", "replace")
        described = added(packed, "datapackage.json", package, now)
        digest = {"path": "datapackage.json", "hash": described["hash"]}
        added(packed, "datapackage-digest.json", json.dumps(digest, indent=2).encode(), now)


def surt(url: str) -> str:
    """Return the key of a URL in an index: its host turned round, without `www.`, then path and query."""
    parts = urlsplit(url.lower())
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}{port}){parts.path or '/'}{query}"


def _index(archive: WebArchive) -> bytes:
    lines = []
    for page in (*archive.pages, *archive.parts):
        exchange = page.exchange
        entry = {
            "url": exchange.url,
            "mime": (exchange.header("content-type") or "").partition(";")[0].strip().lower() or "unk",
            "status": str(exchange.status),
            "digest": exchange.body.decode(),
            "length": str(page.length),
            "offset": str(page.offset),
            "filename": WARC_NAME,
        }
        lines.append(f"{surt(exchange.url)} {exchange.at.astimezone(UTC):%Y%m%d%H%M%S} {json.dumps(entry)}\n")
    return "".join(sorted(lines)).encode()


def _pages(archive: WebArchive) -> bytes:
    lines = [json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All pages"})]
    for page in archive.pages:
        shown = {"id": page.mark, "url": page.exchange.url, "title": page.headline or page.exchange.url}
        lines.append(json.dumps(shown | {"ts": _moment(page.exchange.at)}, ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
