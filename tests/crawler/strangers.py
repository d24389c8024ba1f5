"""Every parser that meets strangers' bytes: how it is called, what it reads when all is well, and what may kill it."""

import gzip
import io
import json
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import PressmarkError
from corpus.model import UrlKind
from corpus.urls import canonical, join
from corpus.warc.reading import records
from crawler.dates.unavailable_after import past_at
from crawler.discovery.feeds import read_feed
from crawler.discovery.home import read_section
from crawler.discovery.sitemaps import read_sitemap
from crawler.extraction.extract import extract
from crawler.fetching.address import check_address
from crawler.fetching.cookies import cookies_of
from crawler.fetching.http_date import retry_after
from crawler.fetching.inflate import Inflater
from crawler.fetching.robots import page_directives, read, rules
from crawler.markup.charset import decode
from crawler.markup.sniff import refusal
from crawler.values import Extraction, Page, charset_of
from tests.bombs import gzip_of, zlib_of

SECONDS = 20.0  # of CPU, for one input: half a second where it is right, on whatever machine; minutes where it is wrong
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
PAST = past_at(NOW)
HOME = "https://gazette.example/"

STORY = (
    b"<!doctype html><html lang=en><head><meta charset=utf-8><title>Walls along the river held</title>"
    b'<link rel=alternate type="application/rss+xml" href="/feed">'
    b'<script type="application/ld+json">{"@type":"NewsArticle","headline":"Walls along the river held",'
    b'"datePublished":"2026-03-02T08:00:00+01:00","author":[{"name":"Ana Ruiz"}]}</script></head><body><article>'
    b"<h1>Walls along the river held</h1><p class=byline>By Ana Ruiz, 2 March 2026</p>"
    + b"<p>The walls along the river held on Monday, the council said, after a night of rain.</p>" * 12
    + b"</article></body></html>"
)
FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title><item><title>Walls</title>'
    b"<link>https://gazette.example/walls</link><pubDate>Mon, 02 Mar 2026 08:00:00 +0100</pubDate>"
    b"<author>ana@gazette.example (Ana Ruiz)</author></item></channel></rss>"
)
SITEMAP = (
    b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
    b"<loc>https://gazette.example/walls</loc><lastmod>2026-03-02</lastmod></url></urlset>"
)
ROBOTS = b"User-agent: *\nDisallow: /private/*.pdf$\nCrawl-delay: 2\nSitemap: https://gazette.example/map.xml\n"
WARC = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://gazette.example/a\r\n"
    b"WARC-Date: 2026-03-02T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: 70\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n<p>ab\r\n\r\n\r\n\r\n"
)
COOKIES = b"# Netscape HTTP Cookie File\n.gazette.example\tTRUE\t/\tFALSE\t0\tid\t7\n"
HEAD = b"max-age=3600; charset=utf-8; 120, Mon, 02 Mar 2026 08:00:00 GMT"


def _robots(content: bytes) -> None:
    found = rules(read(content), 200)
    _ = found.delay, found.sitemaps
    for path in ("", "private/a.pdf", "a" * 1_900):
        found.allows(HOME + path)


def _inflate(content: bytes) -> None:
    for coding in ("gzip", "deflate"):
        inflater = Inflater(HOME, coding, max_bytes=5_000_000)
        try:
            for start in range(0, len(content), 1 << 16):
                inflater.feed(content[start : start + (1 << 16)])
            inflater.finish()
        except PressmarkError:
            continue


def _directives(content: bytes) -> None:
    page_directives([("x-robots-tag", content.decode("latin-1"))], content, PAST)


def _address(content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    canonical(text)
    join(HOME, text)
    check_address(text)


def _cookies(content: bytes, folder: Path) -> None:
    (folder / "cookies.txt").write_bytes(content)
    cookies_of(folder / "cookies.txt")


def _header(content: bytes) -> None:
    text = content.decode("latin-1")
    charset_of(text)
    retry_after(text, now=NOW)
    refusal(content, text, page=True)


def _page(content: bytes) -> Extraction:
    return extract(Page(url=HOME, address=HOME, source="gazette", content=content, fetched=NOW))


# Name -> the parser, what it reads, and inputs beyond the mutated ones. Those above the line run beside everything
# else, in the crawl's own process; those below in workers.
BESIDE: dict[str, tuple[Callable[[bytes], object], bytes, tuple[bytes, ...]]] = {
    "robots.txt": (
        _robots,
        ROBOTS,
        (b"User-agent: a\n" * 20_000 + b"Disallow: /\n" * 20_000, b"User-agent: *\nDisallow: /" + b"*a" * 250_000),
    ),
    "content coding": (
        _inflate,
        gzip.compress(STORY),
        (
            gzip_of(100_000_000),
            zlib_of(100_000_000),
            gzip.compress(b"") * 100_000,
            b"\x1f\x8b" * 1_000_000,
        ),
    ),
    "meta robots": (
        _directives,
        b"noindex, nofollow" + STORY,
        (b"<meta " * 900_000, b"<meta name=robots content='" + b"x," * 30_000, b"," * 65_000),
    ),
    "addresses": (
        _address,
        b"https://www.gazette.example:443/a/../b/?b=1&a=2#c",
        (
            b"http://" + b"a." * 30_000,
            b"https://x/?" + b"&a=b" * 20_000,
            b"http://x/" + b"../" * 20_000,
            b"//" * 32_000,
        ),
    ),
    "headers": (_header, HEAD, (b"charset=" * 8_000, b"," * 65_000, b" " * 65_000, b"Mon, " * 13_000, b"9" * 65_000)),
    "character sets": (
        decode,
        "Compañía, café, naïve".encode("cp1252") * 40,
        (b"<!--" * 400_000, b"<meta " * 300_000, bytes(range(128, 256)) * 20_000, b"\x1b$B" * 300_000),
    ),
    "WARC": (
        lambda content: list(records(io.BytesIO(content), max_bytes=1_000_000)),
        WARC,
        (
            b"WARC/1.1\r\n" + b"A: b\r\n" * 600_000,
            b"WARC/1.1\r\n" + b" \r\n" * 1_000_000,
            b"WARC/1.1\r\nA:" + b"x" * 4_000_000,
            gzip_of(50_000_000, WARC),
        ),
    ),
}
IN_WORKERS: dict[str, tuple[Callable[[bytes], object], bytes, tuple[bytes, ...]]] = {
    "pages": (_page, STORY, (b"<div>x" * 100_000, b"<p " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">x")),
    "front pages": (
        lambda content: read_section(content, HOME, charset=None, kind=UrlKind.HOME, now=NOW),
        STORY,
        (b"<a href='/" + b"a/" * 500_000, b"<link rel=alternate href=x>" * 50_000),
    ),
    "feeds": (
        lambda content: read_feed(content, HOME, now=NOW),
        FEED,
        (
            b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 50_000 + b'">]><rss>' + b"&b;" * 50_000,
            b"<rss><channel>" + b"<item>" * 100_000,
            b"<rss " + b"a" * 500_000,
            json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "x"}] * 20_000}).encode(),
            b'{"items":' + b"[" * 200_000,
        ),
    ),
    "sitemaps": (
        lambda content: read_sitemap(content, HOME + "map.xml", now=NOW),
        SITEMAP,
        (
            gzip.compress(b"<urlset>" + b"<url><loc>https://gazette.example/a</loc></url>" * 50_000),
            gzip_of(90_000_000),
            b"<urlset>" + b"<url>" * 200_000,
        ),
    ),
}
PARSERS = BESIDE | IN_WORKERS


def attempts(name: str, seed: int, count: int) -> str:
    """Read noise and `count` mutated inputs; return what went wrong with the first that failed, empty when none did."""
    parser, good, killers = PARSERS[name]
    draw = random.Random(seed)
    inputs = [*killers, *_noise(draw), good] if seed == 0 else []
    inputs += [mutated(good, draw) for _ in range(count)]
    for content in inputs:
        began = time.process_time()
        try:
            parser(content)
        except PressmarkError:
            pass
        except MemoryError:
            return f"{name}: memory: {content[:100]!r}"
        except Exception as error:
            return f"{name}: {type(error).__name__}: {error}: {content[:3_000]!r}"
        if time.process_time() - began > SECONDS:
            return f"{name}: {time.process_time() - began:.1f} s: {content[:100]!r}"
    return ""


def mutated(good: bytes, draw: random.Random) -> bytes:
    """Return the bytes changed in up to six places: flipped, cut, doubled, moved, or overwritten with odd ones."""
    content = bytearray(good)
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(content) + 1)
        size = draw.choice((1, 1, 2, 8, 60))
        piece = bytes(content[at : at + size])
        odd = draw.choice(
            (b"\0", b"\xff\xfe", b"\r\n", b"<", b'"', b"\xed\xa0\x80", b"&#xD800;", b"9" * 40, b"-1", b"%")
        )
        change = draw.randrange(5)
        if change == 0:
            content[at : at + size] = draw.randbytes(len(piece))
        elif change == 1:
            del content[at : at + size]
        elif change == 2:
            content[at:at] = piece * draw.choice((1, 30))
        elif change == 3:
            content[at:at] = odd
        else:
            content = content[at:] + content[:at]
    return bytes(content)


def _noise(draw: random.Random) -> list[bytes]:
    return [b"", b"\0" * 100_000, b"\xff" * 100_000, draw.randbytes(100_000), b"<" * 100_000, b"\n" * 500_000]
