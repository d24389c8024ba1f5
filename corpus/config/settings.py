"""Every setting: its name in config.toml, its unit, its default and its bounds."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PlainSerializer, PrivateAttr, model_validator

from corpus import VERSION, urls
from corpus.config import units
from corpus.config.keep import KeepSettings
from corpus.config.notify import NotifySettings
from corpus.config.table import Secret, Table
from corpus.config.units import (
    Contact,
    FilePath,
    Host,
    Language,
    Languages,
    Length,
    Network,
    Proxy,
    Schedule,
    Size,
    Url,
    Zone,
)
from corpus.config.web import WebSettings
from corpus.outline.reading import INDEX, SCHEDULE, STORE, TIMEZONE, Outline


def _header(headers: Any) -> Any:
    for name in headers if isinstance(headers, dict) else ():
        if str(name).lower() in _OURS:
            raise ValueError(f'"{name}" is set by the crawler; name others only')
        if not str(name).replace("-", "").isalnum() or not str(headers[name]).isprintable():
            raise ValueError(f'"{name}" or its value cannot stand in a header')
    return headers


def _hidden(value: dict[str, str]) -> dict[str, str]:
    return dict.fromkeys(value, "(hidden)")


_OURS = frozenset(
    {"host", "user-agent", "from", "connection", "content-length", "accept-encoding", "transfer-encoding"}
)

Port = Annotated[int, Field(ge=1, le=65535)]
Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\s\x00-\x1f]([^\x00-\x1f]*[^\s\x00-\x1f])?$")]
Headers = Annotated[dict[str, str], BeforeValidator(_header), PlainSerializer(_hidden, when_used="json")]
Texts = tuple[str, ...]


class CrawlerSettings(Table):
    """[crawler]"""

    contact: Contact | None = Field(None, description="Where site owners can reach you; needed to crawl")
    name: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,39}$")] = Field(
        "pressmark", description="The crawler's name in its User-Agent and in robots.txt"
    )
    delay: Length = Field(units.length(1), description="Rest between two requests to one host")
    timeout: Length = Field(units.length(20), description="Longest wait for a connection or for the next bytes")
    deadline: Length = Field(units.length(60), description="Longest time for one whole exchange")
    max_bytes: Size = Field(5_000_000, description="Largest page, decoded")
    concurrency: int = Field(16, ge=1, le=500, description="Hosts asked at once; each host one request at a time")
    workers: int = Field(0, ge=0, le=256, description="Processes that read pages; 0: as many as cores")
    max_pages: int = Field(5000, ge=0, description="Pages fetched per source and run; 0: no limit")
    attempts: int = Field(
        5, ge=1, le=50, description="Failures in a row before a URL is given up that never gave anything"
    )
    revisit_after: Length = Field(units.length("6 h"), description="When a new article is looked at again")
    revisit_at_most: Length = Field(units.length("30 d"), description="The interval doubles up to this")
    revisit_until: Length = Field(units.length("180 d"), description="Older articles are not looked at again")
    listings_every: Length = Field(
        units.length("1 h"), description="Feeds, sitemaps and section pages, at most so often"
    )
    proxy: Proxy | None = Field(None, description="Proxy that all requests go through: http, https or socks5")
    proxy_resolves: bool = Field(False, description="Names are left to the proxy; then it alone keeps them public")
    ca: FilePath | None = Field(None, description="Certificates in PEM that are trusted besides the web's own")
    bind: Host | None = Field(None, description="Our address, or our interface, that requests come from")
    allow_addresses: tuple[Network, ...] = Field((), description="Private address ranges that may be fetched from")
    site_rules: FilePath | None = Field(None, description="Folder of rule files, HOST.toml or HOST.txt, for sites")
    allow_ports: tuple[Port, ...] = Field((80, 443), description="Ports that may be fetched from")

    @property
    def user_agent(self) -> str:
        """How the crawler names itself to servers."""
        return f"{self.name}/{VERSION}" + (f" (+{self.contact})" if self.contact else "")

    @property
    def processes(self) -> int:
        """How many processes read pages."""
        return self.workers or os.cpu_count() or 1


class ScheduleSettings(Table):
    """[schedule]"""

    crawl: Schedule = Field(units.schedule(SCHEDULE), description="When sources are crawled")


class IndexerSettings(Table):
    """[indexer]"""

    engine: Literal["whoosh", "opensearch"] = Field("whoosh", description="What keeps the index")
    memory: Size = Field(256_000_000, ge=16_000_000, description="Memory for building the index")
    every: Length = Field(
        units.length(60), description="While a crawl runs, the index is brought up to date so often; 0: at its end"
    )
    stores: Literal["own", "all"] = Field(
        "own", description="Whose articles are searched: this machine's, or those of all that index into the cluster"
    )
    languages: Languages = Field("auto", description="Languages whose word forms are known: auto, or a list of codes")
    hosts: tuple[Url, ...] = Field((), description="Nodes of the OpenSearch cluster")
    user: Name | None = Field(None, description="Who we are in the cluster")
    password: Secret | None = Field(None, repr=False, description="That user's password")
    api_key: Secret | None = Field(
        None, repr=False, description="A key of the cluster; it holds, not user and password"
    )
    ca: FilePath | None = Field(None, description="Certificate that the cluster's certificates are signed by")
    shards: int = Field(1, ge=1, le=1024, description="Shards of the articles' index in the cluster")
    replicas: int = Field(1, ge=0, le=10, description="Copies of each shard, besides the first")
    timeout: Length = Field(units.length(10), description="Longest wait for one answer of the cluster")
    prefix: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")] = Field(
        "pressmark", description="What the names of our indexes in the cluster begin with"
    )

    @model_validator(mode="after")
    def _has_hosts(self) -> Self:
        if self.engine == "opensearch" and not self.hosts:
            raise ValueError('engine = "opensearch" needs hosts: expected some such as ["https://search.example:9200"]')
        if self.stores == "all" and self.engine != "opensearch":
            raise ValueError('stores = "all" needs engine = "opensearch": stores of several machines meet in a cluster')
        return self


class Selectors(Table):
    """[source.selectors]: CSS selectors; a selector overrides what we would find."""

    headline: str | None = Field(None, description="The headline")
    standfirst: str | None = Field(None, description="The paragraph that introduces the story")
    byline: str | None = Field(None, description="The byline")
    published: str | None = Field(None, description="When it was published")
    section: str | None = Field(None, description="The section it stands in")
    body: str | None = Field(None, description="The story")
    remove: Texts = Field((), description="What is never part of it")


class Source(Table):
    """[[source]]: a site we follow."""

    url: Url = Field(description="Its front page, or the part to follow")
    name: Name = Field("", description="What it is called here; its host when not given", validate_default=False)
    title: str | None = Field(None, max_length=200, description="Name of the paper, as citations give it")
    feeds: tuple[Url, ...] = Field((), description="Feeds to read, besides those found")
    sitemaps: tuple[Url, ...] = Field((), description="Sitemaps to read, besides those found")
    sections: tuple[Url, ...] = Field((), description="Section pages to read for links")
    include: Texts = Field((), description="Only URLs of these forms are articles")
    exclude: Texts = Field((), description="URLs of these forms are left out")
    schedule: Schedule | None = Field(None, description="When it is crawled, if not by [schedule]")
    delay: Length | None = Field(None, description="Rest between two requests, if not by [crawler]")
    selectors: Selectors = Field(Selectors(), description="Where the parts of a story stand")
    headers: Headers = Field({}, repr=False, description="Request headers sent to this source only")
    cookies_file: FilePath | None = Field(None, description="Cookies sent to this source, in Netscape's format")
    language: Language | None = Field(None, description="Its language, where a page does not say")
    day_first: bool | None = Field(
        None, description="Whether 3/4/2024 is 3 April there, where its pages do not show it"
    )
    section: str | None = Field(None, description="Section of its articles, where neither page nor feed says")
    max_age: Length | None = Field(None, description="Articles published longer ago are left out")
    backfill: int = Field(20, ge=0, le=100_000, description="Older pages of each section that are read by themselves")

    _site_rules: Path | None = PrivateAttr(None)

    @property
    def site_rules(self) -> Path | None:
        """The folder of rule files, as [crawler] names it; None: there is none."""
        return self._site_rules

    @property
    def host(self) -> str:
        """Its host."""
        return urls.host(self.url)


@dataclass(frozen=True, slots=True)
class Setting:
    """One value as a file would write it, and where it is from: `file:line`, a variable, or `default`."""

    key: str
    value: Any
    origin: str


class Config(Table):
    """All settings, valid. `path` is the file they were read from; paths among them are absolute."""

    data: FilePath = Field(Path("data"), description="Where the corpus is stored")
    timezone: Zone = Field(TIMEZONE, description="The time zone of schedules and of dates in searches")
    crawler: CrawlerSettings = CrawlerSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    indexer: IndexerSettings = IndexerSettings()
    web: WebSettings = WebSettings()
    notify: NotifySettings = NotifySettings()
    keep: KeepSettings = KeepSettings()
    sources: tuple[Source, ...] = Field((), alias="source", description="The sites to follow")

    @model_validator(mode="after")
    def _follows_with_a_store(self) -> Self:
        if self.indexer.stores == "all" and self.sources:
            raise ValueError('stores = "all": a machine that shows all stores has none, and follows no source')
        return self

    _path: Path | None = PrivateAttr(None)
    _origins: dict[str, str] = PrivateAttr(default_factory=dict)

    @property
    def path(self) -> Path | None:
        """The file it was read from; None when there is none."""
        return self._path

    def origin(self, key: str) -> str:
        """Return where a value such as `web.port` or `source[0].url` is from: `file:line`, a variable, `default`."""
        alone = key.removesuffix(".url")  # a source may be its address alone
        return self._origins.get(key) or self._origins.get(alone, "default")

    @property
    def outline(self) -> Outline:
        """The few settings that the corpus is found by, and its schedule."""
        return Outline(
            data=self.data,
            zone=self.zone,
            contact=self.crawler.contact,
            cadences={each.name: each.schedule or self.schedule.crawl for each in self.sources},
            engine=self.indexer.engine,
            stores=self.indexer.stores,
        )

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.timezone)

    @property
    def store(self) -> Path:
        """The article store's file."""
        return self.data / STORE

    @property
    def captures(self) -> Path:
        """The folder of raw responses."""
        return self.data / "captures"

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.data / INDEX

    @property
    def crawl_lock(self) -> Path:
        """The file that a crawl holds locked."""
        return self.data / "crawl.lock"

    def settings(self) -> list[Setting]:
        """Return every value that is not a default of a source, in the order of the file; secrets are masked."""
        return [
            Setting(key, value, self.origin(key))
            for key, value in _settings_below("", self.model_dump(mode="json", by_alias=True))
            if not key.startswith("source[") or self.origin(key) != "default"
        ]

    def source(self, name: str) -> Source | None:
        """Return the source of this name, or None."""
        return next((each for each in self.sources if each.name == name), None)

    @property
    def papers(self) -> dict[str, str]:
        """Name of a source -> name of its paper, of the sources whose paper is named."""
        return {each.name: each.title for each in self.sources if each.title}


def _settings_below(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and not key.endswith(".headers"):
        for name, inner in value.items():
            yield from _settings_below(f"{key}.{name}" if key else name, inner)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, inner in enumerate(value):
            yield from _settings_below(f"{key}[{index}]", inner)
    else:
        yield key, value
