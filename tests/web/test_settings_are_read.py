"""Each setting of config.toml has a reader: the program, set to work, reads each value as the file has it.

All settings are changed from their defaults in one file. While the program crawls, indexes, serves, sends and prunes by
it, every value is noted that a module outside corpus/config reads; the list of settings is that of the model.
"""

import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from click.testing import CliRunner

from corpus.config import Config, load
from corpus.config.table import Table
from corpus.errors import PressmarkError
from corpus.notices.composing import trial
from corpus.notices.values import Alarm
from corpus.preservation import pruning
from corpus.runs.planning import jobs, next_runs
from corpus.store import ArticleStore
from corpus.store.accounts.users import Role
from crawler.crawl import crawl
from indexer import open as opening
from indexer.sync import update
from tests.crawler.crawling import rss, story
from tests.crawler.faultweb import Reply, Site, serving
from tests.crawler.proxies import ProxyServer, authority, proxied
from tests.web.conftest import client_of
from tests.web.notify.servers import certificate, smtp
from tests.web.ports import held_port
from tests.web.stopping import answers, stopped_when
from web.app import create_app
from web.cli.context import Context
from web.cli.group import pressmark
from web.cli.index_updates import following
from web.cli.serve import refuse_open_doors, serve_pages
from web.layout.services import EXTENSION
from web.notify import sending

NOW = datetime.now(UTC)
TEXT = """\
data = "elsewhere"
timezone = "Europe/Paris"
[crawler]
contact = "desk@gazette.example"
name = "gazettebot"
delay = "2 ms"
timeout = 7
deadline = 8
max_bytes = 600000
concurrency = 3
workers = 1
max_pages = 40
attempts = 2
revisit_after = "7 h"
revisit_at_most = "31 d"
revisit_until = "181 d"
listings_every = "2 h"
proxy = "http://127.0.0.1:{proxy}"
proxy_resolves = true
ca = "authority.pem"
bind = "127.0.0.1"
allow_addresses = ["127.88.0.0/16"]
site_rules = "rules"
allow_ports = [{port}]
[schedule]
crawl = "hourly"
[indexer]
engine = "opensearch"
memory = "32 MB"
every = 59
languages = ["en"]
hosts = ["http://127.0.0.1:9"]
user = "pressmark"
password = "secret"
api_key = "key"
ca = "authority.pem"
shards = 2
replicas = 0
timeout = 1
prefix = "gazette"
[web]
host = "127.0.0.2"
processes = 1
port = {web}
public = true
allowed_hosts = ["archive.example"]
url = "https://archive.example/press/"
trusted_proxies = ["127.0.0.1"]
language = "de"
per_page = 50
accounts = "proxy"
accounts_header = "X-Person"
accounts_role = "editor"
[notify]
when = "daily"
digest = "daily 08:00"
mail_to = ["desk@gazette.example"]
mail_from = "press@gazette.example"
smtp_host = "127.0.0.1"
smtp_port = {smtp}
smtp_tls = "tls"
smtp_user = "desk"
smtp_password = "secret"
smtp_ca = "cert.pem"
webhook = "http://127.0.0.1:9/x"
webhook_secret = "secret"
command = ["true"]
[keep]
captures = "60 d"
visits = "90 d"
runs = "2 y"
[[source]]
url = "{site}/"
name = "gazette"
title = "The Gazette"
feeds = ["{site}/feed.xml"]
sitemaps = ["{site}/sitemap.xml"]
sections = ["{site}/local/"]
include = ["/news/*"]
exclude = ["/news/*-ad"]
schedule = "nightly"
delay = "3 ms"
headers = {{ X-Desk = "1" }}
cookies_file = "cookies.txt"
language = "en"
section = "Local"
max_age = "400 d"
backfill = 2
[source.selectors]
headline = "h1"
standfirst = ".lead"
byline = ".byline"
published = "time"
section = ".section"
body = "article"
remove = [".ad"]
[[source]]
url = "https://post.example/"
name = "post"
"""

Reads = dict[tuple[str, str], list[Any]]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """Table and setting -> the values that modules outside corpus/config have read of it, from now on."""
    found: Reads = defaultdict(list)
    usual = Table.__getattribute__

    def noted(self: Table, name: str) -> Any:
        value = usual(self, name)
        if name in type(self).model_fields:
            frame = sys._getframe(1)
            while frame.f_back and (_is_of(frame, "corpus.config") or frame.f_code.co_name == "noted"):
                frame = frame.f_back  # a property of the model reads for somebody
            if any(_is_of(frame, package) for package in ("corpus", "crawler", "indexer", "web")):
                found[type(self).__name__, name].append(value)
        return value

    monkeypatch.setattr(Table, "__getattribute__", noted)
    return found


def _is_of(frame: FrameType, package: str) -> bool:
    return f"{frame.f_globals.get('__name__', '')}.".startswith(f"{package}.")


def settings(table: type[Table] = Config) -> Iterator[tuple[str, str]]:
    """Give table and name of each setting of the model, those of tables within for the tables."""
    for name, field in table.model_fields.items():
        inner = getattr(field.annotation, "__args__", (field.annotation,))[0]
        if isinstance(inner, type) and issubclass(inner, Table):
            yield from settings(inner)
        else:
            yield table.__name__, name


@pytest.fixture
def site() -> Iterator[Site]:
    pages: dict[str, object] = {f"/news/{n}-walls": story(f"Flood walls {n}") for n in range(2)}
    with serving({}, "127.88.0.1") as site:
        failing = {"/news/3-broken": Reply("", 500), "/news/4-gone": Reply("", 403)}
        feed = rss(*(site.url + path for path in (*pages, *failing)))
        local = f'<a href="/news/0-walls">a</a><a rel="next" href="{site.url}/local/?page=2">next</a>'
        site.routes |= {"/": local, "/local/": local, "/feed.xml": feed, **pages, **failing}
        yield site


def crawled(config: Config, store: ArticleStore) -> None:
    config = config.model_copy(update={"sources": config.sources[:1]})
    run = crawl(config, store)
    assert run.counts["gazette"]["new"] == 2, run


def scheduled(config: Config, store: ArticleStore) -> None:
    assert {str(job.cadence) for job in jobs(config)} == {"nightly", "hourly"}
    assert next_runs(config, store.schedule.due(), 1, now=datetime.now(UTC))


def indexed(config: Config, store: ArticleStore, folder: Path) -> None:
    with suppress(PressmarkError):  # nobody listens there
        opening.open_self_repairing(config, lambda: store, wait=False).close()
    ours = config.model_copy(update={"indexer": config.indexer.model_copy(update={"engine": "whoosh"})})
    engine = opening.open_self_repairing(ours, lambda: store, wait=True)
    update(store, engine, zone=ours.zone)
    engine.close()
    with following(Context(folder=folder, _config=ours), threading.Lock()):
        pass


def served(config: Config, store: ArticleStore) -> None:
    refuse_open_doors(config, config.web.host)
    ours = config.model_copy(update={"indexer": config.indexer.model_copy(update={"engine": "whoosh"})})
    app = create_app(config, lambda: store, lambda: opening.open_engine(ours.index))
    assert store.users.add("Ana", Role.READER, None, NOW)
    client = client_of(app)
    headers = {"Host": "archive.example", "X-Forwarded-For": "203.0.113.9", "X-Person": "Somebody"}
    mark = store.newest(1)[0].mark
    for path in ("/search?q=walls", f"/a/{mark}", f"/a/{mark}.bib", "/account", "/"):
        assert client.get(path, headers=headers).status_code < 500, path
    assert app.extensions[EXTENSION].config is config
    ended = stopped_when(lambda: answers(config.web.host, config.web.port))
    serve_pages(Context(_config=ours, _store=store))
    ended.join(10)


def sent(config: Config, store: ArticleStore) -> None:
    for channel in sending.channels(config.notify):
        sending.try_to_send(trial(NOW), channel, config.notify)
    for day in range(3):
        sending.look(config, store, [Alarm("disk", "full")], NOW + timedelta(days=day), lines=lambda run: ())


def checked(folder: Path) -> None:
    shown = CliRunner().invoke(pressmark, ["-C", str(folder), "config", "check"])
    assert shown.exit_code == 0, shown.output


def test_each_setting_is_read_as_the_file_has_it(tmp_path: Path, site: Site, reads: Reads) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "cookies.txt").write_text("# Netscape HTTP Cookie File\n")
    authority(tmp_path)
    certificate(tmp_path)
    with (
        held_port("127.0.0.2") as web,
        proxied(ProxyServer()) as proxy,
        smtp(tmp_path, implicit=True) as mails,
    ):
        names = {"web": web, "site": site.url, "port": site.port, "proxy": proxy.port, "smtp": mails.port}
        (tmp_path / "config.toml").write_text(TEXT.format(**names))
        config = load(tmp_path / "config.toml", environ={})
        with ArticleStore.open(config.store) as store:
            reads.clear()
            flows: list[Callable[[], None]] = [
                lambda: crawled(config, store),
                lambda: scheduled(config, store),
                lambda: indexed(config, store, tmp_path),
                lambda: served(config, store),
                lambda: sent(config, store),
                lambda: checked(tmp_path),
            ]
            for flow in flows:
                flow()
            pruning.prune(store, config.captures, config.keep, NOW, dry_run=True)
    unread = {each for each in settings() if not reads.get(each)}
    assert unread == set()


def test_the_file_changes_each_setting(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "config.toml").write_text(TEXT.format(site="http://127.88.0.1", port=81, proxy=82, smtp=83, web=84))
    config, usual = load(tmp_path / "config.toml", environ={}), Config()
    for name, table in config:
        if isinstance(table, Table):
            same = {key for key, value in table if value == getattr(getattr(usual, name), key)}
            assert same <= {"stores"}, name  # its other value is for a machine that has no source
