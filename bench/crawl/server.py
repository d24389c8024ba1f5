"""Sites on loopback, each at an address of its own, that answer from memory: `python -m bench.crawl.server ...`.

A process of its own, so that its CPU is counted for no system. Everything is written and packed before it says
"ready"; then it answers with gzip, an ETag and keep-alive, as sites do. An error of its own ends it, so that no figure
is of a half answer.
"""

import argparse
import asyncio
import gzip
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import md5
from pathlib import Path

from bench.crawl import labelled
from bench.crawl.pages import article_page, listing_page, section_path, sitemap
from bench.crawl.stories import sections_of, story

NETWORK = "127.78.{}.{}"  # site number in its last two parts
HEAD_END = b"\r\n\r\n"
_HTML, _XML, _TEXT = "text/html; charset={}", "application/xml", "text/plain"


def address_of(site: int) -> str:
    """Return the address of a site."""
    return NETWORK.format(site // 250, site % 250 + 1)


def origin_of(site: int, port: int) -> str:
    """Return what the addresses of a site begin with."""
    return f"http://{address_of(site)}:{port}"


def answers_of(site: int, articles: int, port: int) -> dict[str, bytes]:
    """Return path -> the whole answer, of a site with so many articles."""
    origin, numbers = origin_of(site, port), range(articles)
    pages = {story(site, number).path: article_page(site, number, origin=origin) for number in numbers}
    named = sitemap(pages, origin=origin)
    pages["/"] = listing_page(site, numbers, title=f"Front page {site}")
    for name in sections_of(site):
        own = [number for number in numbers if story(site, number).section == name]
        pages[section_path(name)] = listing_page(site, own, title=name)
    return _site({path: (page, "utf-8") for path, page in pages.items()}, named, origin)


def labelled_answers_of(site: int, placed: Sequence[labelled.Placed], port: int) -> dict[str, bytes]:
    """Return path -> the whole answer, of a site with these labelled pages."""
    origin = origin_of(site, port)
    pages = {each.path: each.page(origin) for each in placed}
    front = labelled.front_page(placed, title=f"Front page {site}")
    return _site(pages | {"/": (front, "utf-8")}, sitemap(pages, origin=origin), origin)


def _site(pages: Mapping[str, tuple[bytes, str]], named: bytes, origin: str) -> dict[str, bytes]:
    """Return the answers of a site's pages, of its sitemap and its robots.txt."""
    answers = {path: _answer(page, _HTML.format(charset)) for path, (page, charset) in pages.items()}
    robots = f"User-agent: *\nDisallow: /search/\nSitemap: {origin}/sitemap.xml\n"
    return answers | {"/robots.txt": _answer(robots.encode(), _TEXT), "/sitemap.xml": _answer(named, _XML)}


def _answer(content: bytes, kind: str, status: str = "200 OK") -> bytes:
    packed = gzip.compress(content, 6, mtime=0)
    head = (
        f"HTTP/1.1 {status}\r\nServer: bench\r\nContent-Type: {kind}\r\nContent-Encoding: gzip\r\n"
        f'ETag: "{md5(content, usedforsecurity=False).hexdigest()}"\r\nContent-Length: {len(packed)}\r\n\r\n'
    )
    return head.encode() + packed


async def _serve(answers: dict[str, bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    missing = _answer(b"<h1>Not found</h1>", _HTML.format("utf-8"), "404 Not Found")
    try:
        while True:
            head = await reader.readuntil(HEAD_END)
            path = head.split(b" ", 2)[1].decode()
            writer.write(answers.get(path, missing))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def _run(sites: int, articles: int, port: int, folder: Path | None) -> None:
    if folder is None:
        webs = (answers_of(site, articles, port) for site in range(sites))
    else:
        dealt = labelled.dealt(folder, sites, articles)
        webs = (labelled_answers_of(site, placed, port) for site, placed in enumerate(dealt))
    for site, answers in enumerate(webs):
        await asyncio.start_server(partial(_serve, answers), address_of(site), port, backlog=256)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.read)  # until whoever started it is gone


def main() -> None:
    """Serve until standard input is closed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sites", type=int)
    parser.add_argument("articles", type=int, help="of each site")
    parser.add_argument("port", type=int)
    parser.add_argument("--pages", type=Path, help="labelled pages to serve in place of generated ones")
    given = parser.parse_args()
    asyncio.run(_run(given.sites, given.articles, given.port, given.pages))


if __name__ == "__main__":
    main()
