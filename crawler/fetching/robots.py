"""robots.txt, headers and meta tags -> what their owner asks of us (RFC 9309, on protego)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from protego import Protego

from corpus.store import Robots
from corpus.texts import text
from crawler.fetching.robots_text import is_reduced, reduced
from crawler.markup.charset import narrow

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: at least that much must be read
MAX_DELAY = timedelta(seconds=60)  # a Crawl-delay above this would be a ban, and is said with Disallow
KEEP = timedelta(hours=24)  # RFC 9309, 2.4: no longer than a day
KEEP_FAILURE = timedelta(minutes=30)  # how long "nothing for now" holds before we ask again

_META_ROBOTS = re.compile(rb"<meta\b[^>]{0,400}>", re.IGNORECASE)
_META_NAME = re.compile(rb"""(?<![\w-])name\s*=\s*["']?([\w-]{1,100})["'\s/>]""", re.IGNORECASE)
_META_CONTENT = re.compile(rb"""(?<![\w-])content\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_AFTER = re.compile(r"unavailable_after\s*:\s*([^<>]{4,100})", re.IGNORECASE)
# Directives that a colon follows, as it does the name of a robot.
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_AGENT = re.compile(r"(?:^|(?<=,))\s*([A-Za-z][\w.-]*)\s*:")  # whom the directives after it are for
_UNREAD = "unavailable_after: "  # before a day that could not be read
_HEAD_BYTES = 64 * 1024  # how far into a page its meta tags are looked for


IsPast = Callable[[str], bool | None]  # a day as it is written -> whether it is past; None: it cannot be read


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says to us. `reachable` False: it could not be read, so nothing is allowed for now.

    `status` is what it answered then; None: there was no answer, or it was cut off.
    """

    robots: Protego
    token: str
    reachable: bool = True
    status: int | None = None

    def allows(self, address: str) -> bool:
        """Whether we may ask for that address; the longest match wins, and `allow` wins a tie."""
        return self.reachable and self.robots.can_fetch(address, self.token)

    def hold(self, age: timedelta) -> bool:
        """Whether rules that were fetched so long ago still hold."""
        return age <= (KEEP if self.reachable else KEEP_FAILURE)

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
        return Rules(Protego.parse(""), agent.lower(), reachable=False, status=status)
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
    headers: Iterable[tuple[str, str]],
    content: bytes,
    is_past: IsPast,
    agent: str = "pressmark",
) -> frozenset[str]:
    """Return what a page asks by X-Robots-Tag and `<meta name=robots>`.

    Of noindex, nofollow, noarchive and tdm-reservation, the ones that are given. A directive for another robot
    (`otherbot: noindex`, `<meta name=otherbot>`) is not for us, nor is one in a comment. `none` is noindex and
    nofollow, and so is a day of `unavailable_after` that is past. One that cannot be read takes nothing away: it is
    returned as it is written.
    """
    directives: set[str] = set()
    for name, value in headers:
        if name == "x-robots-tag":
            directives |= _for_us(value, agent.lower(), is_past)
        elif name == "tdm-reservation" and value.strip() == "1":
            directives.add("tdm-reservation")
    for tag in _META_ROBOTS.findall(_without_comments(narrow(content[:_HEAD_BYTES]))):
        named, said = _META_NAME.search(tag), _META_CONTENT.search(tag)
        if named and said:
            name = named[1].decode("latin-1").lower()
            value = b"".join(part or b"" for part in said.groups()).decode("latin-1")
            if name in {"robots", agent.lower()}:
                directives |= _words(value, is_past)
            elif name == "tdm-reservation" and value.strip() == "1":
                directives.add("tdm-reservation")
    return frozenset(directives)


def _without_comments(head: bytes) -> bytes:
    """Return markup without its comments; one without an end stays."""
    pieces, at = [], 0
    while (begin := head.find(b"<!--", at)) >= 0 and (end := head.find(b"-->", begin + 2)) >= 0:
        pieces.append(head[at:begin])
        at = end + 3
    return b" ".join([*pieces, head[at:]])


def _for_us(value: str, token: str, is_past: IsPast) -> set[str]:
    """Return what a header asks of us; several may have been joined to one: "otherbot: nofollow, us: noindex"."""
    groups: list[tuple[str, str]] = []
    end, agent = 0, ""
    for named in _AGENT.finditer(value):
        if named[1].lower() in _WITH_VALUE:
            continue
        groups.append((agent, value[end : named.start()]))
        end, agent = named.end(), named[1].lower()
    groups.append((agent, value[end:]))
    return set().union(*(_words(said, is_past) for agent, said in groups if agent in {"", token}))


def _words(value: str, is_past: IsPast) -> set[str]:
    words = {word.strip().lower() for word in value.split(",")}
    days = {said: is_past(said) for said in _AFTER.findall(value)}
    if "none" in words or any(days.values()):
        words |= {"noindex", "nofollow"}
    unread = {f"{_UNREAD}{' '.join(said.split())}" for said, past in days.items() if past is None}
    return words & {"noindex", "nofollow", "noarchive"} | unread


def facts(directives: Iterable[str]) -> dict[str, str]:
    """Return the facts of an article for those directives of its page that do not keep it out of the archive."""
    found = {each: "1" for each in directives if each == "tdm-reservation"}
    for unread in sorted(each.removeprefix(_UNREAD) for each in directives if each.startswith(_UNREAD)):
        found["leaving"] = text("it asks to be left out after a day that cannot be read: {written}", written=unread)
    return found
