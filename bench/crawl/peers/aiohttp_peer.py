"""A script of aiohttp and trafilatura, one request at a time for each site: `python -m bench.crawl.peers.aiohttp_peer`.

It reads the sitemaps and asks nothing else: no robots.txt, no second visit, nothing remembered but JSON lines.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import TextIO

import aiohttp
import trafilatura
from lxml import etree

AT_ONCE = 16


async def _crawl(session: aiohttp.ClientSession, origin: str, turns: asyncio.Semaphore, out: TextIO) -> None:
    async with turns:
        named = etree.fromstring(await _body(session, f"{origin}/sitemap.xml"))
        for place in named.iter("{*}loc"):
            page = await _body(session, place.text)
            read = trafilatura.bare_extraction(page, url=place.text, with_metadata=True)
            if read is not None and read.text:
                story = {"url": place.text, "title": read.title, "author": read.author, "date": read.date}
                out.write(json.dumps(story | {"text": read.text}) + "\n")


async def _body(session: aiohttp.ClientSession, address: str) -> bytes:
    async with session.get(address) as response:
        response.raise_for_status()
        return await response.read()


async def main(out: str, origins: list[str]) -> None:
    """Crawl the sites."""
    turns = asyncio.Semaphore(AT_ONCE)
    with Path(out).open("w", encoding="utf-8") as file:
        async with aiohttp.ClientSession() as session:
            await asyncio.gather(*(_crawl(session, origin, turns, file) for origin in origins))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2:]))
