"""A folder of real pages with truths -> sites that serve them, and whether a text read from a page is its story's.

Pages of one publisher stand on one site as far as the sites are equally large: there are more publishers than sites, so
a site has several, each with its own layout. The bytes are those of the set but for one thing: wherever a page names
its publisher's host, it names that of its site in the bench. So what a page says of its own address is true of where it
stands, as it was when it was published; left alone it would name a host that nobody serves here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from urllib.parse import urlsplit

from bench.extraction.score import body_counts
from bench.extraction.truths import Case, cases
from corpus import urls
from crawler.markup.charset import decode

ENOUGH = 0.5  # share of the labelled text's runs of four words by which a story counts as brought
LISTED = 25  # stories on a front page
_CANONICAL = re.compile(
    r"<link\b(?=[^>]*\brel=[\"']?canonical\b)[^>]*\bhref=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I
)
_PLAIN = re.compile(r"/[\w/.~&=?-]*", re.ASCII)  # which every program that asks for it spells alike


@dataclass(frozen=True, slots=True)
class Placed:
    """A labelled page at its place on a site; `path` begins with a slash."""

    case: Case
    path: str

    @property
    def title(self) -> str:
        """What a list calls it."""
        return str(self.case.truth.get("title") or self.path)

    def page(self, origin: str) -> tuple[bytes, str]:
        """Return the page as it is served at the site of an origin, and its charset."""
        content = self.case.html()
        return _moved(content, self.case.url, origin), decode(content)[1] or "utf-8"

    def is_brought(self, text: str) -> bool:
        """Whether a text has enough of the story's."""
        right, _, missing = body_counts(self.case.truth["text"], text)
        return right >= ENOUGH * (right + missing)


def dealt(folder: Path, sites: int, articles: int) -> list[list[Placed]]:
    """Return what each site serves: of the first article pages of a folder `articles` each, by publisher.

    Raises:
        SystemExit: The folder has fewer article pages with a text.
    """
    known = [each for each in _cases(folder) if each.kind == "article" and each.truth.get("text")]
    if len(known) < sites * articles:
        raise SystemExit(f"{folder}: {len(known):,} article pages with a text, of {sites * articles:,} to serve")
    chosen = sorted(known[: sites * articles], key=lambda each: (each.domain, each.url))
    return [list(_placed(chosen[site * articles : (site + 1) * articles])) for site in range(sites)]


def front_page(placed: Sequence[Placed], *, title: str) -> bytes:
    """Return a front page that names the first stories of a site."""
    items = "".join(
        f'<li><h3><a href="{escape(each.path)}">{escape(each.title)}</a></h3></li>' for each in placed[:LISTED]
    )
    whole = f"<!doctype html><title>{escape(title)}</title><main><h1>{escape(title)}</h1><ul>{items}</ul></main>"
    return whole.encode()


@lru_cache(maxsize=4)
def _cases(folder: Path) -> list[Case]:
    return list(cases(folder))


def _placed(found: Sequence[Case]) -> Iterator[Placed]:
    """Put each page where its publisher has it, by what it says itself; two at one place are told apart by a number."""
    taken = {"/"}
    for number, case in enumerate(found):
        path = _own_path(case)
        if path in taken:
            path = f"/{number}{path}"
        taken.add(path)
        yield Placed(case, path)


def _own_path(case: Case) -> str:
    named = _CANONICAL.search(decode(case.html())[0])
    canonical = unescape(next(filter(None, named.groups()), "")) if named else ""
    for address in (canonical, case.url):
        parts = urlsplit(address)
        if parts.hostname and _bare(parts.hostname) == _bare(urlsplit(case.url).hostname or ""):
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            return path if _PLAIN.fullmatch(path) else "/story"
    return "/story"


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _moved(content: bytes, url: str, origin: str) -> bytes:
    """Name the site of an origin wherever a page names its publisher's host, also within JSON."""
    host = re.escape(_bare(urlsplit(url).hostname or "unknown")).encode()
    ours = urlsplit(origin)

    def renamed(found: re.Match[bytes]) -> bytes:
        slashes = found[2]
        return (b"http:" if found[1] else b"") + slashes + ours.netloc.encode()

    return re.sub(rb"(https?:)?(//|\\/\\/)(?:www\.)?" + host + rb"(?::\d+)?(?![\w.-])", renamed, content, flags=re.I)


def brought(read: Mapping[str, tuple[str, str]], placed: Sequence[Placed], origin: str) -> int:
    """Return how many stories of a site were brought; `read` has the title and text of each address."""
    texts = {urls.key_of(address): text for address, (_, text) in read.items()}
    return sum(each.is_brought(texts.get(urls.key_of(origin + each.path), "")) for each in placed)
