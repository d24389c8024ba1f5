"""A robots.txt as sent -> the lines of it that speak to us: one linear pass, bounded, in RFC 9309's spelling.

What is left out is what other robots are asked, comments, and lines no rule needs. A rule beyond a bound is
replaced by one that allows less, never by one that allows more.
"""

import logging
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.events import event
from corpus.runs.robots_bounds import Beyond, beyond, line_of

MAX_SITEMAPS = 50
MAX_PATTERNS = 2_000  # rules with * or $ of one group; each address is matched with all of them, some 3 ms in all
MAX_VALUE = 2_048  # characters; no address we ask for is longer

log = logging.getLogger(__name__)

_NEWLINE = re.compile(r"\r\n|\r|\n")
# What `str.splitlines` takes for the end of a line beside those: part of a value here.
_SEPARATORS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_PRODUCT = re.compile(r"[a-z0-9_-]+", re.IGNORECASE)  # RFC 9309 has no digits; config allows them
_AGENT, _ALLOW, _DISALLOW, _DELAY, _SITEMAP = "User-agent", "Allow", "Disallow", "Crawl-delay", "Sitemap"
# Spellings met on the web, as protego reads them.
_FIELDS = {
    **dict.fromkeys(("user-agent", "useragent", "user agent"), _AGENT),
    "allow": _ALLOW,
    **dict.fromkeys(("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"), _DISALLOW),
    **dict.fromkeys(("crawl-delay", "crawl delay"), _DELAY),
    **dict.fromkeys(("sitemap", "sitemaps", "site-map"), _SITEMAP),
}


@dataclass(slots=True)
class _Group:
    """What one agent is asked; `rules` holds the lines once each, in order."""

    rules: dict[str, None] = field(default_factory=dict)
    delay: str | None = None
    patterns: int = 0
    shortened: int = 0

    def add(self, name: str, value: str) -> None:
        if name == _DELAY:
            self.delay = value if _is_seconds(value) else self.delay
            return
        line = f"{name}: {value}"
        if line in self.rules:
            return
        self.patterns += "*" in value or "$" in value
        if len(value) > MAX_VALUE or (self.patterns > MAX_PATTERNS and ("*" in value or "$" in value)):
            self.shortened += 1
            if name == _ALLOW:
                return
            line = f"{name}: {re.split(r'[*$]', value[:MAX_VALUE], maxsplit=1)[0]}"
        self.rules[line] = None

    def lines(self, agent: str) -> Iterator[str]:
        yield f"{_AGENT}: {agent}"
        if self.delay is not None:
            yield f"{_DELAY}: {self.delay}"
        yield from self.rules
        yield f"{_DISALLOW}:"  # ends the group's head, also of a group without a rule


def reduced(text: str, token: str, *, is_cut: bool = False) -> str:
    """Return the text of a robots.txt as far as it speaks to the product token (lower case), or to every robot.

    The first line names the token, the second one says what was beyond a bound, if anything was. The reduced form
    of a reduced text is itself. `is_cut`: the file is longer than the text.
    """
    before = beyond(text) if is_reduced(text, token) else Beyond(file=is_cut)
    sitemaps_beyond: set[str] = set()
    groups: dict[str, _Group] = {}
    sitemaps: dict[str, None] = {}
    current: set[str] = set()
    in_head = False
    for name, value in _lines(text):
        if name == _SITEMAP:
            if len(value) <= MAX_VALUE and (value in sitemaps or len(sitemaps) < MAX_SITEMAPS):
                sitemaps |= {value: None} if value else {}
            else:
                sitemaps_beyond.add(value)
        elif name == _AGENT:
            current = current if in_head else set()
            in_head = True
            whose = _agent(value, token)
            if whose is not None:
                groups.setdefault(whose, _Group())
                current.add(whose)
        else:
            in_head = False
            for agent in current if value else ():
                groups[agent].add(name, value)
    rules = sum(group.shortened for group in groups.values())
    found = Beyond(before.sitemaps + len(sitemaps_beyond), before.rules + rules, before.file)
    lines = [_head(token)]
    if found != Beyond():
        lines.append(line_of(found))
    for agent, group in groups.items():
        lines += group.lines(agent)
        if group.shortened:
            event(log, "robots.txt read more widely", level=logging.WARNING, agent=agent, rules=group.shortened)
    return "\n".join([*lines, *(f"{_SITEMAP}: {each}" for each in sitemaps)]) + "\n"


def is_reduced(text: str, token: str) -> bool:
    """Whether a stored text was reduced for that token; an empty one needs no reducing."""
    return not text or text.startswith(_head(token) + "\n")


def _head(token: str) -> str:
    return f"# what this robots.txt says to {token}"


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Give field and value of each line we know, as protego would: a colon may be missing, comments are cut off."""
    for line in _NEWLINE.split(text):
        content = _SEPARATORS.sub(_escaped, line.partition("#")[0]).strip()
        before, colon, value = content.partition(":")
        name = _FIELDS.get(before.strip().lower()) if colon and len(before) <= MAX_VALUE else None
        if name is None:
            name, value = _without_colon(content, known=bool(colon and (not value or value[0].isspace())))
        if name is not None:
            yield name, value.strip()


def _without_colon(content: str, *, known: bool) -> tuple[str | None, str]:
    """Read `Disallow /private`; `known`: the line is another robot's field with its value, such as `Host: a`."""
    if known:
        return None, ""
    words = content.split(maxsplit=2)
    for count in (1, 2):
        name = _FIELDS.get(" ".join(words[:count]).lower()) if len(words) >= count else None
        if name is not None:
            return name, " ".join(words[count:])
    return None, ""


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _agent(value: str, token: str) -> str | None:
    """Return whose group a `User-agent:` line opens: ours, everybody's (`*`), or None for another robot's."""
    if value == "*":
        return value
    product = _PRODUCT.match(value)
    return token if product is not None and product[0].lower() == token else None


def _is_seconds(value: str) -> bool:
    try:
        return math.isfinite(seconds := float(value)) and seconds >= 0
    except ValueError:
        return False
