"""This installation -> findings: what is well, what needs a look, what is wrong, with the way out.

Nothing is made or repaired here, and no host is asked; only `narrowed` changes files.
"""

import os
import ssl
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus import locks
from corpus.errors import PressmarkError, StoreDamaged, StoreError
from corpus.health.advice import advice
from corpus.health.values import HealthState
from corpus.permissions import foreign_paths, narrow, wide_paths
from corpus.runs.disk import room
from corpus.runs.lost_lists import of_source
from corpus.texts.counted import counted
from web.cli.context import Context
from web.cli.examining_index import forms_finding, index_finding, kernel_finding, store_findings
from web.cli.finding import Finding
from web.cli.output import minute
from web.layout.alarms import absent_scheduler, late_sources, lists_lost
from web.layout.health_words import in_a_line

if TYPE_CHECKING:
    from corpus.config import Config

RELEASED = 2025  # the year before which no clock is right
SKEW = timedelta(minutes=5)  # between the clock and what was written by it; signatures and schedules bear less
NO_SCHEDULER = "`pressmark serve`, or `pressmark schedule run` as a service"
SHOWN = 3  # paths in a message
WALLS = {
    "limits": ("limits of CPU, memory and files", "no way out: this system does not keep limits of processes"),
    "no-new-privileges": ("no new privileges", "needs Linux 3.5 or newer"),
    "landlock": ("files out of reach (Landlock)", "needs Linux 5.13 or newer with `landlock` in its `lsm=` list"),
    "no-capabilities": ("no capabilities", "needs Linux on x86-64 or ARM64"),
    "seccomp": ("system calls refused (seccomp)", "needs Linux on x86-64 or ARM64 that was built with seccomp filters"),
}


def examine_here(context: Context, now: datetime) -> Iterator[Finding]:
    """Give the findings that need no network."""
    config = context.config
    yield Finding(
        "config", "ok", f"{config.path or 'no file: defaults only'}, {counted(len(config.sources), 'source')}"
    )
    yield _contact(config)
    yield _tls()
    yield from _way(config)
    yield from _zone(config, now)
    yield from _disk(config.data)
    yield from _permissions(config)
    yield from _corpus(context, now)
    yield from _health(context)
    yield from walls(context)


def _contact(config: "Config") -> Finding:
    if config.crawler.contact:
        return Finding("contact", "ok", f"sites can reach you at {config.crawler.contact}")
    state: Literal["note", "problem"] = "problem" if config.sources else "note"
    return Finding("contact", state, "not set: nothing is crawled", 'set [crawler] contact = "you@example.org"')


def _tls() -> Finding:
    context = ssl.create_default_context()
    count = context.cert_store_stats()["x509_ca"]
    # Beside these the crawler trusts the web's authorities that come with it, so that none here is no problem.
    return Finding("tls", "ok", f"{ssl.OPENSSL_VERSION}; {count} authorities of this machine beside those of the web")


def _way(config: "Config") -> Iterator[Finding]:
    """Say by which way requests go, where it is not the system's own."""
    from crawler.fetching.dialing import faults
    from crawler.fetching.requests import route_of

    route = route_of(config.crawler)
    wrong = list(faults(route))
    for key, why in wrong:
        yield Finding("way", "problem", f"{key} = {why}", f"mend [crawler] {key} in config.toml")
    if route.proxy is not None and config.crawler.proxy_resolves:
        text = f"through {route.proxy.name}, which resolves names: it alone keeps requests from private addresses"
        yield Finding("way", "note", text, "proxy_resolves = false, where this machine can resolve names")
    elif route.proxy is not None:
        yield Finding("way", "ok", f"through {route.proxy.name}, which is given addresses that were checked here")
    elif route.bind is not None and not wrong:
        yield Finding("way", "ok", f"requests come from {route.bind}")


def _zone(config: "Config", now: datetime) -> Iterator[Finding]:
    here, ours = now.astimezone(), now.astimezone(config.zone)
    shown = f"{ours:%Y-%m-%d %H:%M} in {config.timezone}"
    if now.year < RELEASED:
        yield Finding("clock", "problem", f"{shown}: the clock of this machine is wrong", "set it, or let NTP set it")
    elif here.utcoffset() != ours.utcoffset() and config.origin("timezone") == "default":
        text = f"{shown}; this machine's own zone has {here:%H:%M}"
        yield Finding("clock", "note", text, 'set timezone = "Europe/Berlin" or the like, for schedules and dates')
    else:
        yield Finding("clock", "ok", shown)


def _disk(data: Path) -> Iterator[Finding]:
    place = next(each for each in (data, *data.parents) if each.exists())
    if not os.access(place, os.W_OK | os.X_OK):
        yield Finding("disk", "problem", f"{place}: cannot be written", "give it to this user, or set `data`")
        return
    try:
        here = room(place)
    except OSError as error:
        yield Finding("disk", "problem", f"{place}: {error.strerror}", "set `data` to a folder of this machine")
        return
    if shortage := here.shortage:
        yield Finding("disk", "problem", shortage, "make room, or move `data` to another disk")
    else:
        yield Finding("disk", "ok", str(here))


def _permissions(config: "Config") -> Iterator[Finding]:
    wide = list(_wide(config))
    strange = list(foreign_paths([config.data, config.store], os.geteuid()))
    if strange:
        text = f"belongs to another user, who can read it: {_named(strange)}"
        yield Finding("permissions", "problem", text, "chown it to the user that runs pressmark")
    if wide:
        text = f"others on this machine can read or change {counted(len(wide), 'path')}: {_named(wide)}"
        yield Finding("permissions", "problem", text, "`pressmark doctor --fix` makes folders 0700 and files 0600")
    if not strange and not wide:
        yield Finding("permissions", "ok", "the corpus is this user's alone" if config.data.exists() else "no data yet")


def narrowed(config: "Config") -> Finding | None:
    """Take from others what they may do with the corpus and with the files of secrets; None: there was nothing."""
    wide = list(_wide(config))
    if not wide:
        return None
    done, failed = narrow(wide)
    if failed:
        return Finding("fix", "problem", f"{counted(done, 'path')} narrowed; {failed[0]}", "ask who owns them")
    return Finding("fix", "ok", f"{counted(done, 'path')} narrowed to this user: {_named(wide)}")


def _wide(config: "Config") -> Iterator[Path]:
    """The corpus, config.toml where it holds headers, and files of cookies, as far as others may read them."""
    if config.data.exists():
        yield from wide_paths(config.data)
    secret = [each.cookies_file for each in config.sources if each.cookies_file is not None]
    if config.path is not None and any(each.headers for each in config.sources):
        secret.append(config.path)
    for path in dict.fromkeys(secret):
        if path.is_file():
            yield from wide_paths(path)


def _corpus(context: Context, now: datetime) -> Iterator[Finding]:
    if context.is_federated:
        yield from store_findings(context)
        return
    if not context.config.store.exists():
        yield Finding("store", "ok", "nothing here yet")
        if context.config.indexer.engine == "opensearch":
            yield index_finding(context)  # its cluster is reached or not before there is an article
        return
    try:
        found = _store(context)
    except PressmarkError as error:
        restore = "`pressmark restore FILE` puts a backup in its place"
        way_out = restore if isinstance(error, StoreDamaged) else None  # all other messages have theirs
        yield Finding("store", "problem", str(error), way_out)
        if isinstance(error, StoreDamaged):
            yield index_finding(context)  # damage of one table leaves what the index is asked by
        return
    yield from found
    yield (index := index_finding(context))
    if index.state == "ok" and (forms := forms_finding(context)):  # else a search might rebuild it
        yield forms
    if context.config.indexer.engine != "opensearch" and (finding := kernel_finding()):
        yield finding
    try:
        yield from _schedule(context, now)
    except StoreError as error:  # damage that only this reading met
        if all(each.state == "ok" for each in found):
            yield Finding("store", "problem", str(error), "`pressmark check --full --mend`")


def _store(context: Context) -> list[Finding]:
    """Say what is damaged in the store, or how many articles it has.

    Raises:
        StoreError: It cannot be opened, or its figures cannot be read.
    """
    articles, problems = context.store.totals().articles, list(context.store.damage.check(full=False))
    if damaged := len(context.store.damage.articles()):
        problems.append(f"{counted(damaged, 'article')} damaged and left out")
    found = [Finding("store", "problem", each, "`pressmark check --full --mend`") for each in problems]
    if earlier := len(context.store.damage.revisions()):
        said = f"{counted(earlier, 'earlier text')} damaged and left out of histories"
        found.append(Finding("store", "problem", said, "a backup may have it whole"))
    return found or [Finding("store", "ok", counted(articles, "article"))]


def _schedule(context: Context, now: datetime) -> Iterator[Finding]:
    from corpus.runs.planning import next_runs

    config = context.config
    last = context.store.totals().last_run
    if last is not None and last.started > now + SKEW:
        text = f"the last crawl began {last.started:%Y-%m-%d %H:%M} UTC, which is still to come"
        yield Finding("clock", "problem", text, "set this machine's clock")
    if not config.sources or not config.crawler.contact:
        return
    crawls = context.store.runs.under_way()
    busy = f"crawl {crawls[0].id}" if crawls else locks.holder(config.crawl_lock)
    late = late_sources(config.outline, context.store, now)
    due = {source: at for source, at in context.store.schedule.due().items() if at > now or source in late}
    upcoming = next_runs(config, due, 1, now=now)
    if busy:
        yield Finding("scheduler", "ok", f"at work: {busy}")
    elif late:
        text = f"the crawl of {minute(min(late.values()), config.zone)} was not made: no scheduler runs"
        yield Finding("scheduler", "problem", text, NO_SCHEDULER)
    elif absent := absent_scheduler(config.outline, context.store, now):
        yield Finding("scheduler", "problem", absent, NO_SCHEDULER)
    elif upcoming:
        yield Finding("scheduler", "ok", f"next crawl {minute(upcoming[0].due, config.zone)}")
    else:
        yield Finding("scheduler", "note", "no crawl is scheduled", 'set [schedule] crawl = "nightly" or the like')


def _health(context: Context) -> Iterator[Finding]:
    """Say which sources have a trouble; one that is acknowledged is a note."""
    config = context.config
    if not config.store.exists():
        return
    addresses = {source.name: source.url for source in config.sources}
    try:
        health = context.store.health.of_followed(addresses)
        lost = lists_lost(config.outline, context.store)
    except PressmarkError:
        return  # the store's own finding says it
    for name, each in health.items():
        if each.state is not HealthState.OK:
            state: Literal["note", "problem"] = "problem" if each.is_alarming else "note"
            way_out = next(iter(advice(each, site=addresses[name])), None)
            yield Finding(f"health {name}", state, in_a_line(each, config.zone), way_out)
    for name, lists in lost.items():
        yield Finding("lists", "note", of_source(name, lists, config.zone), f"`pressmark sources '{name}'` names them")


def walls(context: Context) -> Iterator[Finding]:
    """Ask a worker which walls hold around it."""
    from crawler.pool import sandbox

    try:
        with context.workers(1) as workers:
            held = workers.call("its own walls", sandbox.walls)
    except PressmarkError as error:
        yield Finding("sandbox", "problem", f"no worker can be started: {error}", "no page can be read without one")
        return
    names = {name.partition("-")[0] if name.startswith("landlock") else name: name for name in held}
    if present := [WALLS[name][0] for name in WALLS if name in names]:
        yield Finding("sandbox", "ok", f"around each worker: {', '.join(present)}")
    for name, (words, way_out) in WALLS.items():
        if name not in names:
            state: Literal["note", "problem"] = "problem" if sys.platform == "linux" else "note"
            yield Finding("sandbox", state, f"missing around workers: {words}", way_out)


def _named(paths: Iterable[Path]) -> str:
    shown = [str(each) for each in paths]
    return ", ".join(shown[:SHOWN]) + (f" and {len(shown) - SHOWN:,} more" if len(shown) > SHOWN else "")
