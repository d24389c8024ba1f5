"""Articles stored by a CPU second: `pressmark crawl` beside Scrapy and aiohttp, which read pages with trafilatura."""
