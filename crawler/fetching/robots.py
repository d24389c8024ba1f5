"""robots.txt, headers and meta tags -> what their owner asks of us (RFC 9309, on protego)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from protego import Protego

from corpus.store import Robots
from crawler.fetching.http_date import http_date
from crawler.fetching.robots_text import is_reduced, reduced
from crawler.markup.charset import narrow

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: at least that much must be read
MAX_DELAY = timedelta(seconds=60)  # a Crawl-delay above this would be a ban, and is said with Disallow
KEEP = timedelta(hours=24)  # RFC 9309, 2.4: no longer than a day
KEEP_FAILURE = timedelta(minutes=30)  # how long "nothing for now" holds before we ask again

_META_ROBOTS = re.compile(rb"<meta\b[^>]{0,400}>", re.IGNORECASE)
_META_NAME = re.compile(rb"""\bname\s*=\s*["']?([\w-]{1,100})["'\s/>]""", re.IGNORECASE)
_META_CONTENT = re.compile(rb"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_AFTER = re.compile(r"unavailable_after\s*:\s*([^<>]{4,100})", re.IGNORECASE)
# Directives that a colon follows, as it does the name of a robot.
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_AGENT = re.compile(r"(?:^|(?<=,))\s*([A-Za-z][\w.-]*)\s*:")  # whom the directives behind it are for
# A day as RFC 850 or ISO 8601 begin it, and a minute of it; a zone behind ISO 8601 is not read.
_DASHED = re.compile(r"\b(\d{1,2})-([a-z]{3,9})-(\d{2,4})\b", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?(?=\s*[a-z]{1,5}$)", re.IGNORECASE)
_HEAD_BYTES = 64 * 1024  # how far into a page its meta tags are looked for


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says to us. `reachable` False: it could not be read, so nothing is allowed for now."""

    robots: Protego
    token: str
    reachable: bool = True

    def allows(self, address: str) -> bool:
        """Whether we may ask for that address; the longest match wins, and `allow` wins a tie."""
        return self.reachable and self.robots.can_fetch(address, self.token)

    @property
    def delay(self) -> timedelta | None:
        """Its Crawl-delay for us, capped at MAX_DELAY; None when it asks for none."""
        seconds = self.robots.crawl_delay(self.token)
        if seconds is None or not seconds > 0:
            return None
        return timedelta(seconds=min(seconds, MAX_DELAY.total_seconds()))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The addresses of its Sitemap lines, once each, in order; at most MAX_SITEMAPS."""
        return tuple(self.robots.sitemaps)


def rules(text: str, status: int | None, agent: str = "pressmark") -> Rules:
    """Return the rules of a robots.txt that answered with this status; None: it could not be reached.

    `text` may be the file's or its reduced form. `agent` is our product token, which a `User-agent:` line names,
    whatever its case.
    4xx means there are no rules; 5xx, 429 and no answer mean nothing is allowed for now (RFC 9309, 2.3.1).
    """
    if status is None or status >= 500 or status == 429:
        return Rules(Protego.parse(""), agent.lower(), reachable=False)
    if status >= 400:
        return Rules(Protego.parse(""), agent.lower())
    return Rules(Protego.parse(reduced(text, agent.lower())), agent.lower())


def stored_rules(stored: Robots, agent: str) -> Rules | None:
    """Return the rules of a robots.txt of the store; None when it was reduced for another token than `agent`."""
    return rules(stored.text, stored.status, agent) if is_reduced(stored.text, agent.lower()) else None


def read(content: bytes) -> str:
    """Return the text of a robots.txt: UTF-8, byte-order mark dropped, the whole lines of the first 500 KiB.

    A part of a line is left out: `Allow: /` may be the beginning of `Allow: /news`.
    """
    if len(content) > MAX_BYTES:
        head = content[:MAX_BYTES]
        content = head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1] or head
    return content.decode("utf-8", "replace").removeprefix("\ufeff").replace("\0", "")


def page_directives(
    headers: Iterable[tuple[str, str]], content: bytes, at: datetime, agent: str = "pressmark"
) -> frozenset[str]:
    """Return what a page asks by X-Robots-Tag and `<meta name=robots>`.

    Of noindex, nofollow, noarchive and tdm-reservation, the ones that are given. A directive for another robot
    (`otherbot: noindex`, `<meta name=otherbot>`) is not for us. `none` is noindex and nofollow, and so is a day of
    `unavailable_after` that is past at `at`.
    """
    directives: set[str] = set()
    for name, value in headers:
        if name == "x-robots-tag":
            directives |= _for_us(value, agent.lower(), at)
        elif name == "tdm-reservation" and value.strip() == "1":
            directives.add("tdm-reservation")
    for tag in _META_ROBOTS.findall(narrow(content[:_HEAD_BYTES])):
        named, said = _META_NAME.search(tag), _META_CONTENT.search(tag)
        if named and said:
            name = named[1].decode("latin-1").lower()
            value = b"".join(part or b"" for part in said.groups()).decode("latin-1")
            if name in {"robots", agent.lower()}:
                directives |= _words(value, at)
            elif name == "tdm-reservation" and value.strip() == "1":
                directives.add("tdm-reservation")
    return frozenset(directives)


def _for_us(value: str, token: str, at: datetime) -> set[str]:
    """Return what a header asks of us; several may have been joined to one: "otherbot: nofollow, us: noindex"."""
    groups: list[tuple[str, str]] = []
    end, agent = 0, ""
    for named in _AGENT.finditer(value):
        if named[1].lower() in _WITH_VALUE:
            continue
        groups.append((agent, value[end : named.start()]))
        end, agent = named.end(), named[1].lower()
    groups.append((agent, value[end:]))
    return set().union(*(_words(said, at) for agent, said in groups if agent in {"", token}))


def _words(value: str, at: datetime) -> set[str]:
    words = {word.strip().lower() for word in value.split(",")}
    if "none" in words or any(_is_past(said, at) for said in _AFTER.findall(value)):
        words |= {"noindex", "nofollow"}
    return words & {"noindex", "nofollow", "noarchive"}


def _is_past(said: str, at: datetime) -> bool:
    """Whether a day, as HTTP, RFC 850 or ISO 8601 write it, is before a moment; further directives may stand behind.

    One without a zone that is known is in UTC. What is no day is passed over, as the directive's authors do.
    """
    parts = said.split(",")
    for count in range(len(parts), 0, -1):
        written = _DASHED.sub(r"\1 \2 \3", ",".join(parts[:count]).strip())
        plain = _ISO.match(written)
        try:
            day = http_date(written) or http_date(f"{written} 00:00:00")
            day = day or datetime.fromisoformat(plain[0] if plain else written)
        except ValueError:
            continue
        return (day if day.tzinfo else day.replace(tzinfo=UTC)) < at
    return False
