"""A site and a number -> the story that stands there: always the same, in the words of the demo's templates."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

from web.demo import writing

LANGUAGES = ("en", "de", "es")  # site by site in turn
NEWEST = datetime(2026, 11, 25, 18, tzinfo=UTC)
# A sentence of its own for each paragraph and standfirst: no text recurs on a site's pages as its furniture does.
_DETAILS = {
    "en": (
        "Of {120-980} letters sent to the office, {20-119} asked for the same, among them one by {person}.",
        "{person} counted {210-990} of them in {11-58} days, and {12-95} more in the week after.",
        "The sum of {1200-98000} crowns, which {person} had asked for, was paid in {3-48} parts.",
    ),
    "de": (
        "Von {120-980} Briefen an das Amt baten {20-119} um dasselbe, darunter einer von {person}.",
        "{person} zählte {210-990} davon in {11-58} Tagen und {12-95} weitere in der Woche danach.",
        "Die Summe von {1200-98000} Kronen, um die {person} gebeten hatte, kam in {3-48} Teilen.",
    ),
    "es": (
        "De {120-980} cartas enviadas a la oficina, {20-119} pedían lo mismo, entre ellas una de {person}.",
        "{person} contó {210-990} en {11-58} días, y {12-95} más en la semana siguiente.",
        "La suma de {1200-98000} coronas que {person} había pedido se pagó en {3-48} partes.",
    ),
}
_GIVEN = "Ada Bela Carla Dora Emil Franz Greta Hugo Ilse Jonas Kaja Leo Mara Nils Olga Paul".split()
_FAMILY = "Abend Brook Cordero Dahl Ebner Field Garza Holm Ibarra Jansen Keller Lund Mora Nagel".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article of a site; `path` begins with a slash."""

    number: int
    headline: str
    standfirst: str
    author: str
    published: datetime
    section: str
    path: str
    paragraphs: tuple[str, ...]


@cache
def language_of(site: int) -> str:
    """Return the language that a site is written in."""
    return LANGUAGES[site % len(LANGUAGES)]


def sections_of(site: int) -> tuple[str, ...]:
    """Return the names of a site's sections."""
    topics = writing.language(language_of(site)).topics.values()
    return tuple(dict.fromkeys(topic.section for topic in topics))[:3]


def story(site: int, number: int) -> Story:
    """Write a story; number 0 is the newest."""
    draw = Random(f"{site} {number}")
    spoken = writing.language(language_of(site))
    topic = draw.choice(list(spoken.topics.values()))
    pen = writing.Pen(spoken, draw)
    headline = pen.write(draw.choice(topic.headlines))
    text = [*writing.paragraphs(pen, topic), *(writing.paragraphs(pen, topic) if draw.random() < 0.5 else ())]
    when = NEWEST - timedelta(hours=7 * number, minutes=draw.randrange(300))
    slug = "-".join("".join(c if c.isalnum() else " " for c in headline.lower()).split()[:9])
    return Story(
        number=number,
        headline=headline,
        standfirst=_with_detail(pen, pen.write(draw.choice(topic.standfirsts))),
        author=_person(draw),
        published=when,
        section=draw.choice(sections_of(site)),
        path=f"/{when:%Y/%m/%d}/{slug.encode('ascii', 'ignore').decode()}-{10_000 + number}",
        paragraphs=tuple(_with_detail(pen, part) for part in dict.fromkeys(text)),
    )


def _with_detail(pen: writing.Pen, text: str) -> str:
    detail = pen.write(pen.random.choice(_DETAILS[pen.language.code]), person=_person(pen.random))
    return f"{text}{pen.language.joint}{detail}"


def _person(draw: Random) -> str:
    return f"{draw.choice(_GIVEN)} {draw.choice(_FAMILY)}"
