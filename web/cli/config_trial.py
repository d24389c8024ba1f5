"""The settings of a configuration -> those that cannot work: selectors, patterns, cookies, certificates, commands."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from http.cookiejar import CookieJar
from pathlib import Path

from corpus.config import Config, Source
from corpus.config.secrets import without_tokens
from corpus.errors import FetchError, Problem
from web.cli.output import clean, minute


def problems(config: Config) -> Iterator[Problem]:
    """Give what is valid and cannot work, such as a selector or a file that is none, with its place in the file."""
    for key, fault in _route_faults(config):
        yield _problem(config, f"crawler.{key}", fault)
    for key, file in (("indexer.ca", config.indexer.ca), ("notify.smtp_ca", config.notify.smtp_ca)):
        if file is not None and (found := _certificate_fault(file)):
            yield _problem(config, key, found)
    if config.notify.command and shutil.which(config.notify.command[0]) is None:
        yield _problem(config, "notify.command", f'"{config.notify.command[0]}" is no program that can be run here')
    for number, source in enumerate(config.sources):
        for key, fault in _source_faults(source):
            yield _problem(config, f"source[{number}].{key}", fault)


def _source_faults(source: Source) -> Iterator[tuple[str, str]]:
    """Give the keys of a source that cannot work, each with why."""
    for key, patterns in (("include", source.include), ("exclude", source.exclude)):
        for pattern in patterns:
            if not pattern.startswith(("/", "*", "http")):  # it is compared with a path, or a whole address
                yield key, f'"{without_tokens(pattern)}" is the form of no address: expected "/", "*" or "http" first'
    for key, selector in _selectors(source):
        for fault in _faults(selector):
            yield f"selectors.{key}", fault
    try:
        cookies(source)
    except FetchError as error:
        yield "cookies_file", str(error)


def lines(config: Config, now: datetime) -> Iterator[str]:
    """Give a line for each source: when it is crawled next, and how many cookies it has."""
    for source in config.sources:
        cadence = source.schedule or config.schedule.crawl
        due = cadence.next(now, config.zone)
        when = f"{cadence}, next {minute(due, config.zone)}" if due else "crawled only by hand"
        jar = cookies(source)
        held = "" if jar is None else f"; {_of_cookies(jar, source, now)}"
        count = sum(1 for _ in _selectors(source))
        tried = f"; {count} {'selector' if count == 1 else 'selectors'}" if count else ""
        yield "  " + clean(f"{source.name}: {when}{tried}{held}")


def cookies(source: Source) -> CookieJar | None:
    """Return the cookies of a source; None when it names no file.

    Raises:
        FetchError: The file cannot be read.
    """
    if source.cookies_file is None:
        return None
    from crawler.fetching.cookies import cookies_of

    return cookies_of(source.cookies_file)


def _route_faults(config: Config) -> Iterator[tuple[str, str]]:
    from crawler.fetching.dialing import faults
    from crawler.fetching.requests import route_of

    return faults(route_of(config.crawler))


def _certificate_fault(file: Path) -> str | None:
    from crawler.fetching.dialing import certificate_fault

    return certificate_fault(file)


def _selectors(source: Source) -> Iterator[tuple[str, str]]:
    for key, value in source.selectors.model_dump().items():
        if isinstance(value, str):
            yield key, value
        for each in value if isinstance(value, tuple | list) else ():
            yield key, each


def _faults(selector: str) -> Iterator[str]:
    from crawler.markup.selectors import faults

    return faults(selector)


def _of_cookies(jar: CookieJar, source: Source, now: datetime) -> str:
    """Say how many cookies a source has, how many are over, and whether any of them goes to its address."""
    from crawler.fetching.credentials import carried
    from crawler.values import Credentials

    over = sum(bool(cookie.expires and cookie.expires < now.timestamp()) for cookie in jar)
    said = f"{len(jar)} {'cookie' if len(jar) == 1 else 'cookies'}"
    if over:
        said += f", {over} of them over"
    sent = any(name == "Cookie" for name, _ in carried(Credentials(site=source.url, cookies=jar), source.url))
    return said if sent else f"{said}, none for {source.url}"


def _problem(config: Config, key: str, why: str) -> Problem:
    """Return a problem; where a key is not written in a file, its source is named by its number."""
    origin = config.origin(key)
    file, _, line = origin.rpartition(":")
    return Problem(file or origin, int(line) if line.isdecimal() else None, key, why)
