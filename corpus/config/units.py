"""What is written in config.toml -> values with units: lengths of time, sizes, patterns, addresses."""

import json
import re
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from corpus import urls
from corpus.config.secrets import without_tokens
from corpus.schedules import cadence

_LENGTH = re.compile(r"(\d{1,9}(?:\.\d{1,6})?) ?(ms|s|m|min|h|d|w|y)?")
_LENGTHS = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "y": timedelta(days=365),
}
_LENGTH_EXPECTED = 'expected seconds such as 2.5, or "500 ms", "5 m", "6 h", "30 d"'
_LONGEST = timedelta(days=36500)
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?) ?(|k|m|g)(i?)b?")
_SIZE_EXPECTED = 'expected bytes such as 500000, or "500 kB", "5 MB", "1 GB"'
_EMAIL = re.compile(r"[^\s@()<>,;:\"\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9._-]{1,253}|[0-9a-f:]{2,45}", re.IGNORECASE)
PROXIES = frozenset({"http", "https", "socks5"})
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def shown(value: Any) -> str:
    """Return a value as a TOML file writes it, cut when long; tokens in addresses are hidden."""
    written = str(value)
    if isinstance(value, bool):
        written = written.lower()
    elif isinstance(value, str):
        written = json.dumps(without_tokens(value[:10_000]), ensure_ascii=False)
    elif isinstance(value, list | tuple):
        written = f"[{', '.join(map(shown, value[:10]))}]"
    elif isinstance(value, dict):
        written = "a table"
    return written if len(written) <= 60 else f"{written[:56]} ..."


def length(value: Any) -> timedelta:
    """Read a length of time: a number of seconds, or a number with its unit."""
    if isinstance(value, timedelta):
        return value
    found = timedelta(seconds=-1)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9:
        found = timedelta(seconds=value)
    elif isinstance(value, str) and (match := _LENGTH.fullmatch(value.strip().lower())):
        found = float(match[1]) * _LENGTHS[match[2] or "s"] if float(match[1]) < 1e9 else found
    if not timedelta() <= found <= _LONGEST:
        raise ValueError(f"{shown(value)} is no length of time: {_LENGTH_EXPECTED}")
    return found


def written_length(value: timedelta) -> float | int | str:
    """Return a length as the file would write it: seconds, or the widest unit that divides it."""
    for unit in ("y", "w", "d", "h", "m"):
        count, rest = divmod(value, _LENGTHS[unit])
        if count and not rest and (unit != "m" or count > 1):
            return f"{count} {unit}"
    seconds = value.total_seconds()
    return int(seconds) if seconds == int(seconds) else seconds


def size(value: Any) -> int:
    """Read a size in bytes; kB, MB and GB are powers of 1000, KiB, MiB and GiB of 1024."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**50:
        return value
    match = _SIZE.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    bytes = int(float(match[1]) * (1024 if match[3] else 1000) ** " kmg".index(match[2] or " ")) if match else 0
    if not bytes:
        raise ValueError(f"{shown(value)} is no size: {_SIZE_EXPECTED}")
    return bytes


def written_size(value: int) -> int | str:
    """Return a size as the file would write it."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if value % factor == 0:
            return f"{value // factor} {unit}"
    return value


def contact(value: Any) -> str:
    """Read where the owners of the sites can write: an address or a page."""
    if isinstance(value, str) and (_EMAIL.fullmatch(value) or _address(value)):
        return value
    raise ValueError(f'{shown(value)} is no contact: expected an e-mail address or a URL, such as "desk@news.example"')


def mailbox(value: Any) -> str:
    """Read an e-mail address."""
    if isinstance(value, str) and _EMAIL.fullmatch(value):
        return value
    raise ValueError(f'{shown(value)} is no e-mail address: expected one such as "desk@news.example"')


def url(value: Any) -> str:
    """Read an http(s) address."""
    if not isinstance(value, str) or not _address(value):
        raise ValueError(f'{shown(value)} is no web address: expected one such as "https://news.example"')
    return value


def _address(value: str) -> bool:
    return urls.canonical(value) is not None and not re.search(r"[\s()<>]", value)


def proxy(value: Any) -> str:
    """Read the address of a proxy; a user and a password may stand in it."""
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
        fits = parts is not None and parts.scheme in PROXIES and parts.hostname and parts.port != 0
    except ValueError:
        fits = False
    if not fits or parts is None or parts.path.strip("/") or parts.query or re.search(r"\s", parts.netloc):
        raise ValueError(
            f'{shown(value)} is no proxy: expected one such as "http://proxy.example:3128" or "socks5://127.0.0.1:1080"'
        )
    return str(value)


def network(value: Any) -> IPv4Network | IPv6Network:
    """Read a range of addresses."""
    if isinstance(value, IPv4Network | IPv6Network):
        return value
    try:
        return ip_network(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError(f'{shown(value)} is no range of addresses: expected one such as "10.1.0.0/16"') from None


def zone(value: Any) -> str:
    """Read the name of a time zone."""
    try:
        if isinstance(value, str) and value:
            ZoneInfo(value)
            return value
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise ValueError(f'{shown(value)} is no time zone: expected an IANA name such as "Europe/Paris"')


def schedule(value: Any) -> cadence.Cadence:
    """Read a schedule."""
    if isinstance(value, cadence.Cadence):
        return value
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError(f"{shown(value)} is no schedule: {cadence.EXPECTED}")
    return cadence.parse(value)


def language(value: Any) -> str:
    """Read a language code."""
    if isinstance(value, str) and _LANGUAGE.fullmatch(value):
        return value
    raise ValueError(f'{shown(value)} is no language: expected an ISO 639 code such as "en"')


def languages(value: Any) -> Any:
    """Read which languages: the word auto, or a list."""
    if value != "auto" and not isinstance(value, list | tuple):
        raise ValueError(f'{shown(value)}: expected "auto", or a list of codes such as ["en", "de"]')
    return value


def path(value: Any) -> Any:
    """Read a path; `~` is the home folder, `~ana` that of a user."""
    if not isinstance(value, str | Path) or not str(value) or "\0" in str(value):
        raise ValueError(f"{shown(value)}: expected a path in quotes")
    try:
        return Path(value).expanduser()
    except RuntimeError:
        raise ValueError(f"{shown(value)}: no home folder is known for it: expected a path without ~") from None


def host(value: Any) -> str:
    """Read a host name or address, without a port."""
    if isinstance(value, str) and _HOST.fullmatch(value):
        return value
    raise ValueError(f'{shown(value)} is no host: expected a name or address such as "127.0.0.1"')


_TEXT = {"type": "string"}
_TEXT_OR_NUMBER = {"type": ["number", "string"]}

Length = Annotated[timedelta, BeforeValidator(length), PlainSerializer(written_length), WithJsonSchema(_TEXT_OR_NUMBER)]
Size = Annotated[
    int, BeforeValidator(size), PlainSerializer(written_size), WithJsonSchema({"type": ["integer", "string"]})
]
Contact = Annotated[str, BeforeValidator(contact), WithJsonSchema(_TEXT)]
Mailbox = Annotated[str, BeforeValidator(mailbox), WithJsonSchema(_TEXT)]
Url = Annotated[str, BeforeValidator(url), PlainSerializer(without_tokens, when_used="json"), WithJsonSchema(_TEXT)]
Proxy = Annotated[str, BeforeValidator(proxy), PlainSerializer(without_tokens, when_used="json"), WithJsonSchema(_TEXT)]
Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(network), PlainSerializer(str), WithJsonSchema(_TEXT)]
Zone = Annotated[str, BeforeValidator(zone), WithJsonSchema(_TEXT)]
Schedule = Annotated[cadence.Cadence, BeforeValidator(schedule), PlainSerializer(str), WithJsonSchema(_TEXT)]
Language = Annotated[str, BeforeValidator(language), WithJsonSchema(_TEXT)]
Languages = Annotated[Literal["auto"] | tuple[Language, ...], BeforeValidator(languages)]
Host = Annotated[str, BeforeValidator(host), WithJsonSchema(_TEXT)]
FilePath = Annotated[Path, BeforeValidator(path), WithJsonSchema(_TEXT)]
