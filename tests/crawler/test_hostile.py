"""No page holds us up: a result or a named refusal each, within its limits."""

import random
from pathlib import Path

import pytest

from corpus.errors import ExtractError
from crawler.values import Extraction
from tests.crawler.stories import FERRY, article, page, paragraphs, read
from tests.stalling import no_stall

PAGES = sorted((Path(__file__).parent.parent / "pages").rglob("*.html"))


def attempt(content: bytes) -> Extraction | str:
    """Read a page; give the reason of a refusal. Fail when it takes too long, or fails any other way."""
    with no_stall():
        try:
            return read(content)
        except ExtractError as error:
            return error.reason


HOSTILE = {
    "nested divs": b"<div>x" * 100_000,
    "nested and closed": b"<div>" * 100_000 + b"x" + b"</div>" * 100_000,
    "nested tables": b"<table><tr><td>" * 20_000,
    "nested buttons": b"<button>" * 50_000,
    "unclosed tags": b"<p><b><i><a href=x>y" * 20_000,
    "NULs": b"\x00" * 100_000 + article().encode().replace(b"ferry", b"fer\x00ry"),
    "short paragraphs": b"<p>x" * 300_000,
    "line breaks": b"x<br><br>" * 200_000,
    "entities": b"&amp;&lt;&#x1F600;" * 200_000,
    "one long text": b"<p>" + b"word " * 1_400_000,
    "one long class": b"<p class='" + b"c " * 2_000_000 + b"'>x",
    "deep JSON-LD": b'<script type="application/ld+json">' + b'{"articleBody":' * 50_000 + b"</script><p>x",
    "headings": b"<h2><a href=/a>A headline of some length</a></h2>" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_gives_a_result_or_a_refusal(name: str) -> None:
    attempt(HOSTILE[name])


def test_a_tag_with_sixty_thousand_attributes_is_refused_by_name() -> None:
    assert attempt(b"<p " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">x") == "hostile-markup"


def test_ten_megabytes_are_refused_by_name() -> None:
    assert attempt(b"<p>word</p>" * 1_000_000) == "too-large"


def test_the_story_before_the_flood_is_kept() -> None:
    found = attempt((page("<article>" + paragraphs(*FERRY)) + "<div>" * 100_000).encode())
    assert isinstance(found, Extraction)
    assert FERRY[0] in found.article.body


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Flip, cut, double or shuffle parts of a page."""
    data = bytearray(content)
    match chance.randrange(5):
        case 0:
            for _ in range(chance.randrange(1, 200)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case 1:
            del data[chance.randrange(len(data)) :]
        case 2:
            start = chance.randrange(len(data))
            data[start:start] = data[start : start + chance.randrange(5_000)] * chance.randrange(1, 20)
        case 3:
            tags = bytes(data).split(b"<")
            chance.shuffle(tags)
            data = bytearray(b"<".join(tags))
        case _:
            for _ in range(chance.randrange(1, 40)):
                at = chance.randrange(len(data))
                data[at:at] = chance.choice(
                    [b"<", b">", b'"', b"</div>", b"<!--", b"\x00", b"<table>", b"<nav>", b"&#0;"]
                )
    return bytes(data)


def fuzz(count: int, seed: int) -> None:
    originals = [file.read_bytes() for file in PAGES] or [article().encode()]
    chance = random.Random(seed)
    for _ in range(count):
        attempt(mutated(chance.choice(originals) or b"<p>x", chance))


def test_a_hundred_mutated_pages_give_results_or_refusals() -> None:
    fuzz(100, seed=1)


@pytest.mark.soak
def test_two_thousand_mutated_pages_give_results_or_refusals() -> None:
    fuzz(2_000, seed=2)
