"""A site that was looked at -> what a crawl will bring, in words, and whether it becomes a source."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import urls
from corpus.errors import PressmarkError
from corpus.model import UrlKind
from web.cli.output import clean
from web.cli.source_tables import append_feed, append_source

if TYPE_CHECKING:
    from corpus.config import Config
    from crawler.preview import SourceReport

_PAGE_ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Added:
    """What was added: a source, or a further feed of the source `to`."""

    address: str
    name: str
    to: str | None = None


def refusal(report: "SourceReport", config: "Config") -> str | None:
    """Return why an address does not become a source, in words; None when it does."""
    address = clean(report.address)
    if report.robots == "unreachable":
        return f"{address}: it did not answer, neither its robots.txt nor a page"
    if report.robots != "allowed":
        return f"{address}: its robots.txt does not allow us to read it"
    if report.problem:
        return clean(report.problem)
    if report.is_empty:
        tried = len(report.samples)
        pages = f"; of {tried} pages that were read none is an article" if tried else ""
        return f"{address}: no feed, no sitemap and no article was found{pages}"
    known = known_source(report.address, config)
    if known and report.given is UrlKind.HOME:
        return f'{address}: is in the configuration already, as "{clean(known)}"'
    return None


def known_source(address: str, config: "Config") -> str | None:
    """Return the name of the source that has this address, or None."""
    key = urls.canonical(address)
    return next((source.name for source in config.sources if urls.canonical(source.url) == key), None)


def outlook(report: "SourceReport", name: str) -> Iterator[str]:
    """Say what a crawl will bring, and what it will not and how to get it; a line each."""
    ways = [f"{report.from_feeds:,} articles from {_ways(report.feeds, 'feed')}" if report.from_feeds else "no feed"]
    ways += [
        f"{report.from_sitemaps:,} articles from {_ways(report.sitemaps, 'sitemap')}"
        if report.from_sitemaps
        else "no sitemap"
    ]
    ways += [f"{report.links:,} links of the front page"] if report.links else []
    yield "a crawl brings: " + ", ".join(ways)
    if report.older:
        command = f"`pressmark crawl '{clean(name)}' --backfill 2020..`"
        yield f"older pages: 20 of each section are read by themselves; walk the archive with {command}"
    elif not report.from_sitemaps:
        yield "older pages: none was seen; what is older than the feed and the sections show is not found"
    if not any(sample.kind.value == _PAGE_ARTICLE for sample in report.samples):
        kinds = (
            ", ".join(sorted({f"{sample.kind.value}: {sample.reason}" for sample in report.samples})) or "none answered"
        )
        yield f"none of the pages that were tried reads as an article ({clean(kinds)})"
    counts = Counter(item.reason for item in report.left_out)
    if counts:
        examples = {item.reason: item.url for item in reversed(report.left_out)}
        said = ", ".join(f"{count:,} {reason} ({clean(examples[reason])})" for reason, count in counts.most_common(3))
        yield f"links that are not followed: {said}"


def add_source(
    file: Path,
    report: "SourceReport",
    config: "Config",
    *,
    typed: str,
    name: str | None = None,
    section: str | None = None,
) -> Added:
    """Write what was found at the address that was typed to the config file.

    Raises:
        PressmarkError: The source of a feed has it already.
    """
    given = [way.url for way in report.feeds + report.sitemaps if way.via == "given"]
    known = known_source(report.address, config)
    if known:
        if report.given is UrlKind.FEED and given and append_feed(file, known, given[0]):
            return Added(given[0], known, to=known)
        raise PressmarkError(f'{clean(report.address)}: is in the configuration already, as "{clean(known)}"')
    same = urls.canonical(typed) == urls.canonical(report.address)
    taken = {source.name for source in config.sources}
    called = name or (urls.host(report.address) if urls.host(report.address) in taken else None)
    if called in taken:
        called = _free(called or "", taken)
    feeds = given if report.given is UrlKind.FEED else []
    sitemaps = given if report.given is UrlKind.SITEMAP else []
    append_source(
        file, typed.strip() if same else report.address, called, feeds=feeds, sitemaps=sitemaps, section=section
    )
    return Added(report.address, called or urls.host(report.address))


def _free(name: str, taken: set[str]) -> str:
    return next(candidate for n in range(2, len(taken) + 3) if (candidate := f"{name[:76]} {n}") not in taken)


def _ways(ways: tuple[object, ...], kind: str) -> str:
    return f"its {kind}" if len(ways) == 1 else f"{len(ways)} {kind}s"
