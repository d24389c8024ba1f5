"""A text that is trimmed is the text of another reading of its page, letter for letter."""

import json
from dataclasses import replace
from random import Random

import pytest

from corpus.structure.trimming import without_paragraphs
from crawler.body.boilerplate import fingerprint, trimmed, without_recurring
from crawler.extraction.extract import extract
from crawler.values import Extraction, Page, PageKind, Trimmable
from tests.crawler.extraction.test_fixtures import FETCHED

PARTS = [f"{word * 30}, as it was said of the {word} in that year." for word in ("Alder ", "Birch ", "Cedar ", "Elm ")]
RECURS = frozenset(filter(None, map(fingerprint, PARTS)))


def read(content: bytes, url: str, *, without: frozenset[int] = frozenset()) -> Extraction:
    page = Page(url=url, address=url, source="fixtures", content=content, fetched=FETCHED, boilerplate=without)
    return extract(page)


def assert_alike(content: bytes, url: str, first: frozenset[int], then: frozenset[int]) -> bool:
    """Compare a text that was read without some blocks and trimmed by more with another reading; whether it could."""
    before, after = read(content, url, without=first), read(content, url, without=first | then)
    text = trimmed(before.article.body, before.trimmable, first | then) if before.trimmable else None
    if text is None:
        return False
    assert after.kind is PageKind.ARTICLE
    structure = without_paragraphs(before.article.structure, before.article.body, text)
    assert after.article == replace(before.article, body=text, structure=structure)
    return text != before.article.body


def page(*parts: str, head: str = "", byline: str = "12 May 2024", wrap: str = "<p>{}</p>") -> bytes:
    story = "".join(wrap.format(part) for part in parts)
    said = f"<title>The trees of the town</title>{head}"
    inner = f"<h1>The trees of the town</h1><time datetime='2024-05-12'>{byline}</time>{story}"
    return f"<html lang=en><head>{said}</head><body><article>{inner}</article></body></html>".encode()


LONG = [f"{part} {n} {part}" for n, part in enumerate(PARTS * 3)]
HERE = "https://gazette.example/2024/05/12/the-trees-of-the-town"


WORDS = "alder birch cedar elm fir gorse hazel ivy juniper larch maple nettle oak pine quince rowan thorn yew".split()
WRAPS = ("<p>{}</p>", "<div>{}</div>", '<div class="par"><p>{}</p></div>', "<p>{}<br></p>", "<p><em>{}</em></p>")


@pytest.mark.parametrize("seed", range(10))
def test_a_trimmed_text_is_what_another_reading_gives(seed: int) -> None:
    draw = Random(seed)
    parts = [" ".join(draw.choices(WORDS, k=draw.randrange(4, 60))).capitalize() + "." for _ in range(16)]
    teasers = "".join(
        f'<h3><a href="/2024/05/{n}/a-{n}">{" ".join(draw.choices(WORDS, k=6))}</a></h3>' for n in range(1, 5)
    )
    whole = json.dumps({"@type": "NewsArticle", "datePublished": "2024-05-12", "articleBody": "\n".join(parts)})
    data = f'<script type="application/ld+json">{whole}</script>' if seed % 3 == 0 else ""
    inside = [*parts[:8], teasers if seed % 2 else parts[8], *parts[9:]]
    content = page(*inside, head=data, wrap=WRAPS[seed % len(WRAPS)]) + f"<aside>{teasers * 3}</aside>".encode()
    marks = [mark for mark in map(fingerprint, read(content, HERE).article.body.split("\n\n")) if mark is not None]
    shorter = 0
    for some in (1, 2, 4, 8):
        recurring = draw.sample(marks, some)
        shorter += assert_alike(content, HERE, frozenset(recurring[: some // 2]), frozenset(recurring))
    assert shorter


def test_an_article_of_paragraphs_is_trimmed_and_one_with_a_list_is_read_again() -> None:
    recurs = frozenset(filter(None, [fingerprint(LONG[3])]))
    assert assert_alike(page(*LONG), HERE, frozenset(), recurs)
    assert read(page(*LONG, wrap="<ul><li>{}</li></ul>"), HERE).trimmable is None
    assert read(page(*LONG[:2]), HERE).trimmable is None  # a short text may be a wall's
    no_day = read(page(*LONG).replace(b"2024-05-12", b"").replace(b"12 May 2024", b""), "https://gazette.example/trees")
    assert no_day.trimmable is None


@pytest.mark.parametrize(("letters", "left_out", "text"), [(100, 0, PARTS[1:]), (100, 400, None), (10_000, 0, None)])
def test_a_text_is_trimmed_while_enough_of_it_is_left(letters, left_out, text) -> None:
    allowed = Trimmable(letters=letters, left_out=left_out)
    recurs = frozenset(filter(None, [fingerprint(PARTS[0])]))
    assert trimmed("\n\n".join(PARTS), allowed, recurs) == (text and "\n\n".join(text))
    assert trimmed("\n\n".join(PARTS), allowed, RECURS) is None


def test_of_many_texts_those_are_trimmed_that_hold_a_block_and_may_be() -> None:
    held, free = "\n\n".join(LONG), "\n\n".join(part for n, part in enumerate(LONG) if n % len(PARTS))
    recurs = frozenset(filter(None, [fingerprint(LONG[0])]))
    allowed = Trimmable(letters=10)
    found = without_recurring([(held, allowed), (held, None), (free, allowed)], recurs)
    assert found == [(True, free), (True, None), (False, None)]
