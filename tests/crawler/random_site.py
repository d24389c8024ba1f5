"""Seed -> a site of stories and of what stands in their places, and how it changes from one crawl to the next.

A story's text has a word of its own, so that a stored text says whose it is. The site knows what each of its addresses
shows at each crawl: the story, another one, or none; a test compares what was stored with it.
"""

from dataclasses import dataclass, field
from random import Random

from tests.crawler.crawling import front
from tests.crawler.faultweb import Reply

OWN = (
    "plain", "plain", "plain", "plain", "edited", "rewritten", "moved-301", "moved-302", "chain",
    "canonical-self", "canonical-new", "canonical-twin", "canonical-wrong", "canonical-home", "canonical-dead",
)  # fmt: skip
LOST = (
    "wall", "login", "login-noindex", "gate-noindex", "wall-elsewhere", "wall-carried", "soft-404",
    "soft-404-elsewhere", "error", "gone", "noindex", "to-home", "to-other-301", "to-other-302", "to-other-302",
    "other-chain",
)  # fmt: skip
ASKS = (
    "We and our partners keep cookies and other data on your device to measure how the pages are read, and to show you "
    "advertising that suits you. You may agree, or choose which of these purposes you allow; you can change your mind."
)
CONSENT = (
    "<!doctype html><html><head><title>Before you go on</title></head><body><h1>Before you go on</h1>"
    f"<p>{ASKS}</p><form><button>Accept all</button><button>Manage</button></form></body></html>"
)
LOGIN = (
    "<!doctype html><html><head><title>Log in</title></head><body><h1>Welcome back</h1>"
    f"<p>{ASKS}</p><form><input name=user><input name=pass type=password></form></body></html>"
)
MISSING = (
    "<!doctype html><html><head><title>Not here</title></head><body><h1>Nothing stands at this address</h1><p>The page "
    "that you asked for has been moved or taken down by the editors, or it never was. You may look at the front page "
    "or write to the desk, which is glad to help you find what you are looking for.</p></body></html>"
)
NOINDEX = '<meta name="robots" content="noindex">'
LETTERS = "abdefghilmnoprstuvw"  # without q: no other word looks like the own word of a story


@dataclass
class Place:
    """An address of a story, and what stands there now: a kind of OWN or LOST, and a number for its variety."""

    path: str
    number: int
    kind: str = ""
    draw: int = 0
    version: int = 0


@dataclass
class RandomSite:
    """A site as it stands at one crawl.

    Attributes:
        stays: How often an address stays as it is from one crawl to the next.
        template: All stories are of one text in which few words differ.
        bare: Pages name no author.
        named: The feed gives headlines.
        places: Address -> what stands there, for all addresses that the feed names.
        shown: Crawl -> address -> the number of the story one reads there; None for none.
        kinds: Crawl -> address -> kind of what stands there.
    """

    random: Random
    url: str
    stays: float = 0.5
    template: bool = False
    bare: bool = False
    named: bool = False
    places: dict[str, Place] = field(default_factory=dict)
    shown: list[dict[str, int | None]] = field(default_factory=list)
    kinds: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stays = self.random.choice((0.3, 0.6, 0.8))
        self.template, self.bare, self.named = (self.random.random() < 0.5 for _ in range(3))

    @property
    def count(self) -> int:
        """How many stories there are so far."""
        return len({place.number for place in self.places.values()})

    def routes(self, count: int) -> dict[str, object]:
        """Return the next state of the site, which has `count` stories then."""
        while self.count < count:
            self._publish(self.count)
        routes: dict[str, object] = {"/": front(), "/consent": CONSENT, "/not-here": MISSING, "/feed.xml": self._feed()}
        routes["/gate"] = LOGIN.replace("<title>", NOINDEX + "<title>")
        self.shown.append({})
        self.kinds.append({})
        for place in self.places.values():
            if not place.kind or self.random.random() > self.stays:
                place.kind, place.draw = self.random.choice(OWN + LOST), self.random.randrange(1 << 30)
                place.version += place.kind in {"edited", "rewritten"}
            self.kinds[-1][place.path] = place.kind
        for place in self.places.values():
            self._stand(routes, place)
        for path in self.places:
            self.shown[-1][path] = self._read(routes, path)
        return routes

    def word(self, number: int) -> str:
        """Return the word that belongs to the story of a number, of letters alone."""
        return "quill" + "".join(chr(97 + int(digit)) for digit in f"{number:03}")

    def page(self, place: Place, head: str = "") -> str:
        """Return the page of a story as it stands now; each of its paragraphs holds its own word."""
        word, number = self.word(place.number), place.number
        rewritten = place.version if place.kind == "rewritten" else 0
        headline = (
            self._headline(number)
            if not rewritten
            else f"The {word} again: what {self._words(Random(number), 2, least=5)} became {rewritten}"
        )
        if self.template:
            parts = [
                f"The {word} of part {part} was seen near the {word} wharf in year {number}, and the harbour office "
                f"said that it would be looked at by the people of the town in week {number + part}."
                for part in range(5)
            ]
        else:
            own = Random(f"{number} {rewritten}")
            parts = [f"{self._words(own, 12)} {word} {self._words(own, 14)}.".capitalize() for _ in range(5)]
        if place.version:
            parts[1] = f"A correction of the {word}: {self._words(Random(f'{number} {place.version} edit'), 20)}."
        byline = "" if self.bare else f'<p class="byline">By {self._words(Random(number), 2).title()}</p>'
        text = "".join(f"<p>{part}</p>" for part in parts)
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{headline}</title>{head}</head><body>'
            f'<nav><a href="/">Home</a></nav><article><h1>{headline}</h1>{byline}{text}</article></body></html>'
        )

    def _publish(self, number: int) -> None:
        """Give a story its address, and now and then a second one."""
        slug = f"{self._headline(number).lower().replace(' ', '-')}-{number:05}"
        second = self.random.choice((None, None, f"/coast/{slug}", f"/news/{slug}?from=front", f"/amp/news/{slug}"))
        for path in filter(None, (f"/news/{slug}", second)):
            self.places[path] = Place(path, number)

    def _headline(self, number: int) -> str:
        return f"Report on the {self.word(number)} by {self._words(Random(number), 3, least=5)}"

    def _words(self, random: Random, count: int, *, least: int = 3) -> str:
        return " ".join("".join(random.choices(LETTERS, k=random.randint(least, 8))) for _ in range(count))

    def _feed(self) -> Reply:
        items = "".join(
            f"<item>{f'<title>{self._headline(place.number)}</title>' if self.named else ''}"
            f"<link>{self.url}{path.replace('&', '&amp;')}</link></item>"
            for path, place in self.places.items()
        )
        return Reply(f'<rss version="2.0"><channel>{items}</channel></rss>', type="application/rss+xml")

    def _stand(self, routes: dict[str, object], place: Place) -> None:
        """Make what stands at an address now."""
        random, path, kind = Random(place.draw), place.path, place.kind
        moved = path.replace("/", "/archive/", 1)
        other = random.choice([each for each in self.places.values() if each.number != place.number] or [place]).path
        twin = random.choice([each for each in self.places.values() if each.number == place.number]).path
        heads = {"self": path, "wrong": other, "home": "/", "dead": path + "-lost", "twin": twin, "new": moved}
        claimed = heads.get(kind.removeprefix("canonical-")) if kind.startswith("canonical") else None
        head = f'<link rel="canonical" href="{self.url}{claimed}">' if claimed else ""
        if kind in ("moved-301", "moved-302", "chain", "canonical-new"):
            routes[moved] = self.page(place)
        permanent = random.choice((301, 302, 307, 308))
        routes[path] = {
            "moved-301": to(moved, 301),
            "moved-302": to(moved),
            "chain": to("/go" + path, permanent),
            "wall": CONSENT,
            "login": LOGIN,
            "login-noindex": LOGIN.replace("<title>", NOINDEX + "<title>"),
            "gate-noindex": to("/gate", permanent),
            "soft-404": MISSING,
            "soft-404-elsewhere": to("/not-here"),
            "wall-elsewhere": to("/consent"),
            "wall-carried": to(f"/consent?next={path.replace('?', '%3F')}"),
            "error": Reply("no", random.choice((403, 500, 503, 404))),
            "gone": Reply("gone", random.choice((404, 410))),
            "to-home": to("/", permanent),
            "to-other-301": to(other, 301),
            "to-other-302": to(other),
            "other-chain": to("/go" + path, permanent),
        }.get(kind) or self.page(place, NOINDEX if kind == "noindex" else head)
        routes[f"/consent?next={path.replace('?', '%3F')}"] = CONSENT
        routes["/go" + path] = to(other if kind == "other-chain" else moved, permanent)

    def _read(self, routes: dict[str, object], path: str) -> int | None:
        """Return the number of the story one reads at an address, through redirects; None for none."""
        for _ in range(6):
            answer = routes.get(path)
            if isinstance(answer, Reply):
                if not 300 <= answer.status < 400:
                    return None
                path = answer.headers["Location"].removeprefix(self.url)
            elif isinstance(answer, str) and "quill" in answer and "noindex" not in answer:
                return next(number for number in range(self.count) if self.word(number) in answer)
            else:
                return None
        return None


def to(target: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply("", status, headers={"Location": target})
