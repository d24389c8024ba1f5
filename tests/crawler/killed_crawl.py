"""A crawl in a process of its own, to be killed: `python -m tests.crawler.killed_crawl FOLDER ADDRESS ...`."""

import sys
from pathlib import Path

from corpus.config import Source
from corpus.store import ArticleStore
from tests.crawler.crawling import Desk


def main(folder: str, *addresses: str) -> None:
    """Crawl the sites into the folder."""
    desk = Desk(Path(folder), *(Source(url=address, name=f"site{n}") for n, address in enumerate(addresses)))
    assert isinstance(desk.store, ArticleStore)
    desk.crawl()


if __name__ == "__main__":
    main(*sys.argv[1:])
