"""What recurs on the pages of a story stands once; what a page tells itself stands, in the order of the pages."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from corpus.model import Article, Author
from corpus.structure.values import Span, SpanKind
from crawler.pool import joining
from crawler.pool.joining import joined, own_text, parts_of, read_all
from crawler.values import Extraction, Page, PageKind, StoryPages

AT = datetime(2026, 3, 4, tzinfo=UTC)
LONG = "The harbour board met for the third time and decided that the old pier will be repaired before the autumn."
HAN = "码头委员会第三次开会,决定在秋天之前修好旧码头,并在六月公布第二座桥墩的测量结果。"


def article(*paragraphs: str, structure: tuple[Span, ...] | None = (), **fields: object) -> Article:
    told = {"url": "https://a.example/pier", "source": "a", "fetched": AT, "headline": "The pier", **fields}
    return Article(body="\n\n".join(paragraphs), structure=structure, **told)  # type: ignore[arg-type]


def read(of: Article, **fields: object) -> Extraction:
    return Extraction(kind=PageKind.ARTICLE, reason="text", article=of, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "own"),
    [
        (["One.", "Two."], ["Three.", "Four."], ["Three.", "Four."]),
        (["Deck.", "One.", "Box."], ["Deck.", "Two.", "Box."], ["Two."]),  # at the same ends
        (["One.", "Why?", "Two."], ["Three.", "Why?", "Four."], ["Three.", "Why?", "Four."]),  # an interview's question
        (["One.", "Why?", "Two."], ["Why?", "Three."], ["Why?", "Three."]),
        (["One.", LONG, "Two."], ["Three.", LONG.upper(), "Four."], ["Three.", "Four."]),  # a box amid the text
        (["One.", HAN, "Two."], ["Three.", HAN, "Four."], ["Three.", "Four."]),  # as long, in few characters
        (["One.", "The last paragraph of the page."], ["The last paragraph of the page.", "Two."], ["Two."]),
        (["One."], ["The pier", "What it costs", "By Ana Pérez", "Two."], ["Two."]),  # headline, standfirst, byline
        (["One.", "Two."], ["One.", "Two."], []),
        (["One.", "Two."], ["One.", "Two.", "Three."], ["Three."]),  # the second page has the first one's text, too
    ],
)
def test_a_further_page_has_its_own_text_alone(first: list[str], second: list[str], own: list[str]) -> None:
    one = article(*first, standfirst="What it costs", byline="By Ana Pérez")
    text, gone = own_text(article(*second), [one])
    assert text == "\n\n".join(own)
    assert sorted((*own, *gone)) == sorted(second)


def test_the_text_of_all_pages_is_set_as_each_page_sets_its_own() -> None:
    spans = (Span(SpanKind.HEADING, 7, 14, level=2), Span(SpanKind.LINK, 16, 20, address="https://a.example/x"))
    pages = [read(article("Deck.", "One.")), read(article("Deck.", "Heading", "Two.", structure=spans))]
    whole = joined(pages[0], pages[1:], ["https://a.example/pier?page=2"]).article
    assert whole.body == "Deck.\n\nOne.\n\nHeading\n\nTwo."
    assert [whole.body[each.start : each.end] for each in whole.structure or ()] == ["Heading", "Two."]
    assert parts_of(whole) == ("https://a.example/pier?page=2",)
    bare = joined(read(article("One.", structure=None)), pages[1:], ["https://a.example/2"])
    assert bare.article.structure is None


def test_the_last_page_may_sign_the_story_and_say_that_it_goes_on() -> None:
    ana = Author("Ana Pérez", "ana-perez")
    last = article("Two.", authors=(ana,), facts={"authors": "byline", "goes_on": "it goes on: https://a.example/3"})
    first = article("One.", facts={"headline": "h1", "goes_on": "it goes on: https://a.example/2"})
    whole = joined(read(first), [read(last, others=StoryPages(next="https://a.example/3"))], ["https://a.example/2"])
    assert whole.article.authors == (ana,)
    assert whole.article.facts["authors"] == "byline"
    assert whole.article.facts["goes_on"].endswith("/3")
    assert whole.pages.next == "https://a.example/3"
    assert whole.trimmable is None


def test_a_story_is_read_with_its_parts_and_says_when_one_is_no_article_now() -> None:
    page = Page(url="https://a.example/pier", address="https://a.example/pier", source="a", content=b"1", fetched=AT)
    other = replace(page, url="https://a.example/2", address="https://a.example/2", content=b"2")
    readings = {b"1": read(article("One.")), b"2": read(article("Two."))}
    assert read_all(page, lambda each: readings[each.content]) is readings[b"1"]
    both = replace(page, parts=(other,))
    assert read_all(both, lambda each: readings[each.content]).article.body == "One.\n\nTwo."
    readings[b"2"] = replace(readings[b"2"], kind=PageKind.EMPTY, reason="no text")
    whole = read_all(both, lambda each: readings[each.content])
    assert (whole.kind, whole.reason) == (PageKind.EMPTY, "page 2: no text")


def test_what_two_pages_share_at_their_seam_is_found_in_one_pass_however_it_repeats_itself(monkeypatch) -> None:
    for before, after in product((p for n in range(1, 5) for p in product("ab", repeat=n)), repeat=2):
        ends, begins = ([f"{each * 30} ends" for each in page] for page in (("x", *before), (*after, "y")))
        shared = max(n for n in range(len(before) + 1) if before[len(before) - n :] == after[:n])
        own, gone = own_text(article("\n\n".join(begins)), [article("\n\n".join(ends))])
        assert own.split("\n\n") == begins[shared:], (before, after)
        assert len(gone) == shared
    many = ["It says so again."] * 500
    one = article("\n\n".join(["One.", *many, "Two."]))
    compared = 0

    class Key(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            nonlocal compared
            compared += 1
            return super().__eq__(other)

        def __ne__(self, other: object) -> bool:
            return not self == other

    monkeypatch.setattr(joining, "_key", Key)
    for begin in ([], ["Six."]):
        compared, other = 0, article("\n\n".join([*begin, *many, "Ten."]))
        assert own_text(other, [one]) == (other.body, ())
        assert 500 < compared < 10 * 500  # not each with every other
