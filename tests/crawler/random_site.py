"""Seed -> a site of stories, copies, redirects, claims and walls, and how it changes from one crawl to the next.

A story's text has a word of its own, so that a stored text says whose it is.
"""

from dataclasses import dataclass, field
from random import Random

from tests.crawler.crawling import front, rss, story
from tests.crawler.faultweb import Reply

READABLE = ("plain", "plain", "plain", "redirect", "canonical-self", "canonical-wrong", "canonical-home")
LOST = ("wall", "wall-elsewhere", "error", "noindex", "to-home")
CONSENT = (
    "<!doctype html><html><head><title>Before you go on</title></head><body><h1>Before you go on</h1><p>We and our "
    "partners store cookies on your device. Please accept all cookies or manage your choices to continue.</p>"
    "<button>Accept all</button><button>Manage</button></body></html>"
)


@dataclass
class RandomSite:
    """A site as it stands at one crawl.

    Attributes:
        paths: The addresses its feed names, in order.
        readable: Address -> the word that its story alone holds, for each story that was readable at any crawl so far.
    """

    random: Random
    url: str
    paths: list[str] = field(default_factory=list)
    readable: dict[str, str] = field(default_factory=dict)

    def routes(self, count: int) -> dict[str, object]:
        """Return the next state of the site: `count` addresses, each of a kind drawn anew."""
        while len(self.paths) < count:
            number = len(self.paths)
            self.paths.append(f"/news/a-story-of-the-{self.word(number)}-{number:05}")
        routes: dict[str, object] = {"/": front(), "/feed.xml": rss(*(self.url + path for path in self.paths))}
        for number, path in enumerate(self.paths):
            self._draw(routes, number, path)
        return routes

    def word(self, number: int) -> str:
        """Return the word that belongs to the story of a number, of letters alone."""
        return "quill" + "".join(chr(97 + int(digit)) for digit in f"{number:03}")

    def text(self, number: int, head: str = "") -> str:
        """Return the page of a story; each of its paragraphs holds its own word."""
        word = self.word(number)
        sentence = " ".join(
            f"The {word} of part {part} was seen near the {word} wharf in year {number}." for part in range(4)
        )
        return story(f"Report on the {word} number {number}", text=sentence, head=head)

    def _draw(self, routes: dict[str, object], number: int, path: str) -> None:
        kind, other = self.random.choice(READABLE + LOST), self.random.choice(self.paths)
        target = f"/archive/a-story-of-the-{self.word(number)}-{number:05}"
        head = {
            "canonical-self": f'<link rel="canonical" href="{self.url}{path}">',
            "canonical-wrong": f'<link rel="canonical" href="{self.url}{other}">',
            "canonical-home": f'<link rel="canonical" href="{self.url}/">',
            "noindex": '<meta name="robots" content="noindex">',
        }.get(kind, "")
        if kind == "wall":
            routes[path] = CONSENT
        elif kind in ("wall-elsewhere", "to-home"):
            place = "/consent" if kind == "wall-elsewhere" else "/"
            routes[path] = Reply("", 302, headers={"Location": self.url + place})
            routes["/consent"] = CONSENT
        elif kind == "error":
            routes[path] = Reply("no", self.random.choice((403, 404, 410, 500)))
        elif kind == "redirect":
            routes[path] = Reply("", 302, headers={"Location": self.url + target})
            routes[target] = self.text(number)
        else:
            routes[path] = self.text(number, head)
        if kind in READABLE:
            self.readable[path] = self.word(number)
