"""Any spelling of a host -> the canonical spelling: lower case, IDNA in ASCII, addresses in their usual form."""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import unquote

_ASCII_HOST = re.compile(
    r"(?=.{1,254}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?"
)
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")
_LONGEST = 1000  # characters before decoding; no name has more


def canonical_host(host: str) -> str | None:
    """Return the canonical form of a host as it stands in a URL (IPv6 in brackets), or None if it cannot be one."""
    return _canonical(host) if 0 < len(host) <= _LONGEST else None


@lru_cache(1_024)  # a page's links lead to few hosts
def _canonical(host: str) -> str | None:
    if host.startswith("["):
        return _ipv6(host)
    if not host.isascii() or "%" in host:
        return _ipv4_or_name(_to_ascii(unquote(host, errors="strict")) if _decodes(host) else None)
    return _ipv4_or_name(host.lower())


def _decodes(host: str) -> bool:
    try:
        unquote(host, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _to_ascii(name: str) -> str | None:
    import idna  # here, because most hosts are ASCII and its tables take a while to load

    if name.isascii():
        return name.lower()
    try:
        return idna.encode(name, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        return None


def _ipv6(host: str) -> str | None:
    try:
        address = IPv6Address(host[1:-1])
    except ValueError:
        return None
    return None if address.scope_id else f"[{address.compressed}]"


def _ipv4_or_name(host: str | None) -> str | None:
    if host is None or not _ASCII_HOST.fullmatch(host):
        return None
    labels = host.removesuffix(".").split(".")
    return _ipv4(labels) if _NUMBER.fullmatch(labels[-1]) else host


def _ipv4(labels: list[str]) -> str | None:
    """Read the numbers of an IPv4 address as browsers do: octal, hexadecimal, fewer than four parts."""
    if len(labels) > 4 or not all(map(_NUMBER.fullmatch, labels)):
        return None
    try:
        *firsts, last = (_number(label) for label in labels)
    except ValueError:
        return None
    if any(part > 255 for part in firsts) or last >= 256 ** (4 - len(firsts)):
        return None
    return str(IPv4Address(sum(part << 8 * (3 - at) for at, part in enumerate(firsts)) + last))


def _number(label: str) -> int:
    if label[:2].lower() == "0x":
        return int(label[2:] or "0", 16)
    return int(label, 8) if len(label) > 1 and label[0] == "0" else int(label)
