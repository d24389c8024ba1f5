"""Scrapy's sitemap spider with trafilatura: `python -m bench.crawl.peers.scrapy_peer OUT ORIGIN...`.

The settings are those of a new project but for the delay; articles are written as JSON lines.
"""

import sys
from typing import Any

import trafilatura
from scrapy.crawler import CrawlerProcess
from scrapy.spiders import SitemapSpider


class Stories(SitemapSpider):
    """robots.txt names the sitemaps, and these the stories."""

    name = "stories"

    def parse(self, response: Any) -> Any:
        """Read a story's page."""
        read = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)
        if read is not None and read.text:
            yield {
                "url": response.url,
                "title": read.title,
                "author": read.author,
                "date": read.date,
                "text": read.text,
            }


def main(out: str, origins: list[str]) -> None:
    """Crawl the sites."""
    process = CrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "DOWNLOAD_DELAY": 0,
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "LOG_LEVEL": "WARNING",
            "TELNETCONSOLE_ENABLED": False,
            "FEEDS": {out: {"format": "jsonlines"}},
        }
    )
    process.crawl(Stories, sitemap_urls=[f"{origin}/robots.txt" for origin in origins])
    process.start()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
