"""A deck that its page sets as a heading heads no section: it goes by its place and by the page's own description."""

from datetime import UTC, datetime

import pytest

from corpus.structure.values import SpanKind
from crawler.extraction.extract import extract
from crawler.values import Page

DECK = "The county votes in May on a wall that costs forty million and leaves one street outside"
STORY = "".join(
    f"<p>The council heard engineers on the harbour wall for {n} hours and put the vote off until the spring.</p>"
    for n in range(2, 9)
)
REST = "".join(
    f"<p>Residents of the lower street asked in letter {n} why their houses stand on the other side of the line.</p>"
    for n in range(2, 9)
)


def headings(description: str, markup: str) -> tuple[list[str], str, dict[str, int]]:
    content = (
        f'<html><head><title>Wall put off</title><meta name="description" content="{description}"></head>'
        f"<body><article><h1>Wall put off</h1>{markup}</article></body></html>"
    ).encode()
    address = "https://a.example/wall"
    read = extract(Page(url=address, address=address, source="a.example", content=content, fetched=datetime.now(UTC)))
    body, spans = read.article.body, read.article.structure
    assert spans is not None
    return (
        [body[each.start : each.end] for each in spans if each.kind is SpanKind.HEADING],
        body,
        dict(read.structure_left_out),
    )


@pytest.mark.parametrize("description", [DECK, DECK.upper(), f"{DECK}."])
def test_a_deck_set_as_a_heading_is_none_and_counted(description: str):
    found, body, left_out = headings(description, f"<h2>{DECK}</h2>{STORY}<h2>What comes next</h2>{REST}")
    assert found == ["What comes next"]
    assert body.startswith(DECK)
    assert left_out["headings that are the standfirst"] == 1


def test_a_heading_by_one_sign_alone_stays():
    other = "Engineers warn that the wall must be higher than the plans of the county have it today"
    assert headings(other, f"<h2>Before the vote</h2>{STORY}")[0] == ["Before the vote"]
    assert DECK in headings(DECK, f"{STORY}<h2>{DECK}</h2>{REST}")[0]
