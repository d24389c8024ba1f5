"""Every article of the three sites: who wrote it, when, where it stands, and what it says. Always the same."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

from corpus.people.names import unaccented
from web.demo import writing
from web.demo.parts import Other, Part, is_set, paragraph, set_parts
from web.demo.sites import COAST, HERALD, SITES, Desk, Site

FIRST_DAY = datetime(2019, 1, 7, tzinfo=UTC)
LAST_DAY = datetime(2026, 10, 30, tzinfo=UTC)
SYNDICATED = 8  # stories of the Herald that the Coast Post prints too
REVISED = 1  # stories of each desk, its newest, that have a second edition
AGENCY = "Lowland News Agency"
_LONGEST_SLUG = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article. `seed` is shared by copies; `label` signs where no person does; `revised`: it has two editions."""

    number: int
    site: str
    seed: str
    language: str
    topic: str
    headline: str
    standfirst: str | None
    authors: tuple[str, ...]
    label: str | None
    published: datetime | None
    filed: datetime
    path: str
    revised: bool = False

    @property
    def section(self) -> str:
        """The section, as its language calls it."""
        return writing.language(self.language).topics[self.topic].section

    def body(self, edition: int = 1) -> tuple[str, ...]:
        """Return the texts of the parts; in a second edition one is new and the last paragraph is gone."""
        return tuple(part.text for part in self.parts(edition) if part.text)

    def parts(self, edition: int = 1) -> tuple[Part, ...]:
        """Return what the story's page is made of, in order."""
        return _parts(self.seed, self.language, self.topic, self.headline, edition if self.revised else 1)


@cache
def catalogue() -> tuple[Story, ...]:
    """Return all stories, each site's in the order of its numbers, oldest first."""
    stories: list[Story] = []
    taken: set[str] = set()
    for site in SITES:
        own = [story for desk in site.desks for story in _of_desk(site, desk, taken)]
        if site is COAST:
            own += _copies([story for story in stories if story.site == HERALD.key])
        own.sort(key=lambda story: (story.filed, story.seed))
        newest = {story.seed for desk in site.desks for story in _newest(own, site, desk)}
        for number, story in enumerate(own, start=site.first_id):
            path = _path(site, story, number)
            stories.append(replace(story, number=number, path=path, revised=story.seed in newest))
    return tuple(stories)


@cache
def of_site(key: str) -> tuple[Story, ...]:
    """Return a site's stories, newest first."""
    return tuple(reversed([story for story in catalogue() if story.site == key]))


def _newest(stories: list[Story], site: Site, desk: Desk) -> list[Story]:
    """The dated stories of a desk that will be revised; copies are not."""
    own = [each for each in stories if each.seed.startswith(f"{site.key}-{desk.language}-") and each.published]
    return own[-REVISED:]


def _of_desk(site: Site, desk: Desk, taken: set[str]) -> list[Story]:
    spoken = writing.language(desk.language)
    keys = sorted(spoken.topics)
    stories = []
    for index in range(desk.articles):
        seed = f"{site.key}-{desk.language}-{index}"
        draw = Random(seed)
        topic = spoken.topics[keys[index % len(keys)]]
        headline = _headline(spoken, topic, seed, taken)
        filed = _filed(draw)
        authors, label = _signed(draw, desk)
        stories.append(
            Story(
                number=0,
                site=site.key,
                seed=seed,
                language=desk.language,
                topic=topic.key,
                headline=headline,
                standfirst=_standfirst(site, seed, spoken, topic),
                authors=authors,
                label=label,
                published=None if site is not HERALD and index % 11 == 7 else filed,
                filed=filed,
                path="",
            )
        )
    return stories


def _headline(spoken: writing.Language, topic: writing.Topic, seed: str, taken: set[str]) -> str:
    """A headline no other story has."""
    for attempt in range(50):
        pen = _pen(f"{seed}#{attempt}", spoken)
        headline = pen.write(pen.random.choice(topic.headlines))
        if headline not in taken:
            break
    taken.add(headline)
    return headline


def _filed(draw: Random) -> datetime:
    """When it was filed; more stories in later years, between six and nine in the evening."""
    day = FIRST_DAY + timedelta(days=round(draw.random() ** 0.7 * (LAST_DAY - FIRST_DAY).days))
    return day.replace(hour=draw.randint(6, 20), minute=draw.randint(0, 59))


def _signed(draw: Random, desk: Desk) -> tuple[tuple[str, ...], str | None]:
    """Persons, mostly one; sometimes a desk or the agency; sometimes nobody."""
    lot = draw.random()
    if lot < 0.07:
        return (), None
    if lot < 0.13:
        return (), desk.label
    if lot < 0.17 and desk.language == "en":
        return (), AGENCY
    weights = [1 / rank for rank in range(1, len(desk.writers) + 1)]
    first = draw.choices(desk.writers, weights)[0]
    others = [writer for writer in desk.writers if writer != first]
    return ((first, draw.choice(others)) if lot > 0.87 else (first,)), None


def _standfirst(site: Site, seed: str, spoken: writing.Language, topic: writing.Topic) -> str | None:
    draw = Random(seed + "-standfirst")
    if draw.random() > {"herald": 0.7, "coast": 0.5}.get(site.key, 0.0):
        return None
    return writing.Pen(spoken, draw).write(draw.choice(topic.standfirsts))


def _copies(originals: list[Story]) -> list[Story]:
    """Stories of the agency that a second site prints the day after."""
    english = [each for each in originals if each.language == "en" and each.label == AGENCY]
    more = [each for each in originals if each.language == "en" and each.authors][
        :: max(1, len(originals) // SYNDICATED)
    ]
    return [
        replace(story, site=COAST.key, filed=story.filed + timedelta(days=1), published=_later(story), path="")
        for story in [*english, *more][:SYNDICATED]
    ]


def _later(story: Story) -> datetime | None:
    return story.published + timedelta(days=1) if story.published else None


def _path(site: Site, story: Story, number: int) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", unaccented(story.headline.lower())).strip("-")[:_LONGEST_SLUG].rstrip("-")
    if site is HERALD:
        return f"/{story.filed:%Y/%m/%d}/{slug}"
    if site is COAST:
        return f"/{story.language}/{slug}-{number}.html"
    return f"/story.php?id={number}"


@cache
def _body(seed: str, code: str, topic: str, headline: str, edition: int) -> tuple[str, ...]:
    spoken = writing.language(code)
    about = spoken.topics[topic]
    pen = _pen(seed, spoken)
    pen.kept |= _places(headline, spoken)
    written = writing.paragraphs(pen, about)
    if edition == 1:
        return written
    added = writing.quoted(pen, about, pen.random.choice(about.quotes))
    said = pen.write(pen.random.choice(spoken.general))
    return (*written[:2], added + spoken.joint + said, *written[2:-1])


@cache
def _parts(seed: str, code: str, topic: str, headline: str, edition: int) -> tuple[Part, ...]:
    written = _body(seed, code, topic, headline, edition)
    if not is_set(seed):
        return tuple(map(paragraph, written))
    spoken = writing.language(code)
    pen = _pen(f"{seed}-set", spoken)
    pen.kept |= _places(headline, spoken)
    return set_parts(written, pen, _other(seed, code))


def _other(seed: str, code: str) -> Other:
    """Return the story of another site that a story links to: in its language where there is one."""
    own, draw = seed.partition("-")[0], Random(f"{seed}-other")
    site = draw.choice([site for site in SITES if site.key != own])
    there = [each for each in of_site(site.key) if not is_set(each.seed)]
    story = draw.choice([each for each in there if each.language == code] or there)
    return Other(site.key, site.title, story.path)


def _places(headline: str, spoken: writing.Language) -> dict[str, str]:
    """The places a headline names: the story keeps to them."""
    found = {}
    for name in ("town", "street", "river"):
        named = [word for word in spoken.words[name] if word.lower() in headline.lower()]
        if named:
            found[name] = max(named, key=len)
    return found


def _pen(seed: str, spoken: writing.Language) -> writing.Pen:
    return writing.Pen(spoken, Random(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")))
