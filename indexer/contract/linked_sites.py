"""Article -> the sites that its text links to, as hosts; a site as typed -> its host.

A host stands without `www.` or a phone's `m.`. The article's own site is none: its host, what that is a subdomain of,
and its subdomains. Which names people register under which endings is nowhere asked: a search for a host finds its
subdomains, so `links:example.org` finds links to `news.example.org`.
"""

import re

from corpus import urls
from corpus.hosts import canonical_host
from corpus.model import Article
from corpus.structure.values import SpanKind
from corpus.texts import text

UNREAD = "unknown"  # the key of articles that were read before links were; no host, as it has no dot

_PREFIX = re.compile(r"(?:www|m|mobile|amp)\.(?=[^.]+\.)")
_START = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//")
_END = re.compile(r"[/\\?#]")
_PORT = re.compile(r":\d*$")


def linked_sites(article: Article) -> tuple[str, ...]:
    """Return the hosts that an article links to, in the order of its text, each once; (UNREAD,) when not known."""
    if article.structure is None:
        return (UNREAD,)
    return tuple(site for site in dict.fromkeys(sites_of_links(article)) if site)


def sites_of_links(article: Article) -> tuple[str | None, ...]:
    """Return the host that each link of an article leads to, in the order of its text.

    None: the article's own site. Empty: a name without a dot, which is none of the web.
    """
    own = _site(urls.host(article.url))
    links = (span.address or "" for span in article.structure or () if span.kind is SpanKind.LINK)
    sites = (_site(urls.host(address)) for address in links)
    return tuple(None if site and _are_one(site, own) else site for site in sites)


def linked_site_typed(text: str) -> str:
    """Return the host of a site as typed, as a name or an address; empty when it is none."""
    typed = text.strip().lower()
    if typed == UNREAD:
        return typed
    begun = _START.match(typed)
    host = _END.split(typed[begun.end() :] if begun else typed, maxsplit=1)[0].rpartition("@")[2].removeprefix("*.")
    if host.count(":") > 1 and "[" not in host:
        host = f"[{host}]"  # IPv6, which only addresses set in brackets
    return _site(canonical_host(_PORT.sub("", host)) or "")


def linked_site_label(key: str) -> str:
    """Return what a host is called: itself, with the letters of its script."""
    if key == UNREAD:
        return text("(not known: read before links were)")
    return ".".join(map(_label, key.split("."))) if "xn--" in key else key


def _site(host: str) -> str:
    """Return the host of a site; empty for a name without a dot, which is none of the web."""
    site = _PREFIX.sub("", host.removesuffix("."), count=1)
    return site if "." in site or ":" in site else ""


def _are_one(site: str, own: str) -> bool:
    return site == own or site.endswith(f".{own}") or own.endswith(f".{site}")


def _label(part: str) -> str:
    import idna  # here, because most hosts are ASCII and its tables take a while to load

    try:
        return idna.decode(part) if part.startswith("xn--") else part
    except (idna.IDNAError, UnicodeError):
        return part
