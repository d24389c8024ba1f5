"""On any site of redirects, claims and walls, a readable story is stored with its own text or has a true reason."""

import re
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from corpus.model import UrlState
from corpus.reasons import word_of
from corpus.store.addresses.census import STATES
from tests.corpus.samples import article
from tests.crawler.crawling import Desk, source
from tests.crawler.faultweb import serving
from tests.crawler.random_site import RandomSite

SAMPLE = range(4)
MANY = range(100, 400)

# Kind of what stands at an address -> the words that may say why no story of its own is stored there.
NOTHING = frozenset({"wall", "challenge", "paywall", "soft-404", "empty", "listing"})
ELSEWHERE = {"redirect", "canonical", "same-page"}  # true where the text stands at the address they name
# What an address that leads to another may say: it is that one's story, or what stands there, or they lead in a ring.
ERRORS = {"http-403", "http-404", "http-410", "http-500", "http-503"}
AWAY = {*ELSEWHERE, *NOTHING, *ERRORS, "other-story", "noindex", "redirects"}
WITHDRAWN = {"http-404", "http-410", "noindex"}  # the only reasons for which a text that was stored is given up
TRUE = {
    "wall": NOTHING,
    "login": NOTHING,
    "login-noindex": {*NOTHING, "noindex"},
    "gate-noindex": {*NOTHING, "noindex"},
    "wall-elsewhere": NOTHING,
    "wall-carried": NOTHING,
    "soft-404": NOTHING,
    "soft-404-elsewhere": NOTHING,
    "error": {"http-403", "http-404", "http-500", "http-503"},
    "gone": {"http-404", "http-410"},
    "noindex": {"noindex"},
    "to-home": {"http-404", "wall"},
    "to-other-301": AWAY,
    "to-other-302": AWAY,
    "other-chain": AWAY,
}


def crawled(folder: Path, seed: int) -> None:
    """Crawl the site of a seed two to five times, and look at the store after each crawl."""
    random = Random(seed)
    with serving({}) as server:
        site = RandomSite(random, server.url)
        watch = Watch(Desk(folder, source(server)), site)
        for _ in range(random.randint(2, 5)):
            server.routes, began = site.routes(site.count + random.randint(1, 4)), watch.desk.now()
            watch.desk.crawl()
            watch.look(began)
            watch.desk.wait(days=random.choice((1, 3, 9, 40)))
        watch.desk.store.close()


class Watch:
    """Compares what is stored with what the site showed.

    Attributes:
        seen: Address -> number of the crawl that visited it last.
        stored: The words of all stories that stood in the store after any crawl.
        had: Address -> the story that it showed when it was visited; its own, where it ever showed that.
    """

    def __init__(self, desk: Desk, site: RandomSite) -> None:
        self.desk, self.site = desk, site
        self.seen: dict[str, int] = {}
        self.had: dict[str, int] = {}
        self.stored: set[str] = set()

    def look(self, began: datetime) -> None:
        """Assert the guarantee after a crawl that began at this time."""
        now, site = len(self.site.shown) - 1, self.site
        for path in site.places:
            entry = self.desk.store.frontier.entry(site.url + path)
            if entry is None or entry.checked is None or entry.checked < began:
                continue
            self.seen[path] = now
            number = site.shown[now][path]
            if number is not None and self.had.get(path) != site.places[path].number:
                self.had[path] = number
        texts = {path: set(re.findall(r"quill[a-j]{3}", body)) for path, body in self.desk.bodies.items()}
        for path, words in texts.items():
            assert len(words) == 1, f"{path}: the text of {words or 'no story'}, {self._stands(path)}"
            self._is_its_own(path, *words)
        for path in site.places:
            self._stands_or_has_a_reason(path, texts)
        self.stored.update(word for words in texts.values() for word in words)
        assert set(self.desk.store.census.counts("gazette")) <= set(STATES)

    def _reasons(self, path: str) -> set[str]:
        """Return why an address has no story, and why the one it had was withdrawn."""
        entry = self.desk.store.frontier.entry(self.site.url + path)
        known = self.desk.store.by_url(self.site.url + path)
        return {word_of(each or "") for each in (entry and entry.reason, known and known.withdrawn)}

    def _stands(self, path: str) -> str:
        return ", ".join(night.get(path, "-") for night in self.site.kinds)

    def _is_its_own(self, path: str, word: str) -> None:
        """Assert that a text is of the story of its address: another only where that one was never to be read."""
        if word in path:
            return
        owner = self.site.places.get(path)
        number = self.had.get(path)
        assert owner is not None, f"{path}: the text of another story, {word}"
        assert number is not None, f"{path}: {word}, which it never showed"
        assert number != owner.number, f"{path}: the text of another story, {word}"

    def _stands_or_has_a_reason(self, path: str, texts: dict[str, set[str]]) -> None:
        word = self.site.word(self.site.places[path].number)
        readable = any(night.get(path) == self.site.places[path].number for night in self.site.shown)
        if not readable or any(word in words for words in texts.values()):
            return
        entry = self.desk.store.frontier.entry(self.site.url + path)
        assert entry is not None, f"{path}: never seen"
        assert entry.outcome is not None, f"{path}: no outcome"
        assert entry.reason, f"{path}: {entry.outcome} without a reason"
        if word_of(entry.reason) in ELSEWHERE and entry.state is UrlState.WAITING and entry.due <= self.desk.now():
            return  # the address that it led to is gone, and this one is asked in the next crawl
        if word in self.stored:
            own = [other for other, place in self.site.places.items() if self.site.word(place.number) == word]
            reasons = {
                reason for other in own for under in ("", "/archive") for reason in self._reasons(f"{under}{other}")
            }
            assert reasons & WITHDRAWN, f"{path}: its text was stored, and is gone for {reasons}"
        kind, why = self.site.kinds[self.seen[path]][path], word_of(entry.reason)
        assert why in TRUE.get(kind, ()), f"{path}: {entry.outcome} {entry.reason}, where {kind} stood"


def test_the_check_sees_a_text_that_stands_at_the_address_of_another_story(tmp_path: Path) -> None:
    with serving({}) as server:
        site = RandomSite(Random(1), server.url)
        site.routes(2)
        watch = Watch(Desk(tmp_path, source(server)), site)
        first = next(iter(site.places))
        watch.desk.store.write(article(url=server.url + first, body=f"It was {site.word(1)} again."))
        with pytest.raises(AssertionError, match="which it never showed"):
            watch.look(watch.desk.now())


@pytest.mark.parametrize("seed", SAMPLE)
def test_a_readable_story_is_stored_with_its_own_text_or_has_a_true_reason(tmp_path: Path, seed: int) -> None:
    crawled(tmp_path, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", MANY)
def test_so_it_is_on_many_more_sites(tmp_path: Path, seed: int) -> None:
    crawled(tmp_path, seed)
