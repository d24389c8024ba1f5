import re
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Article, Author, FrontierEntry, Hints, PageDate, Precision, UrlKind, UrlState
from corpus.people.names import fold
from crawler.identity.walls import (
    Evidence,
    gather,
    has_no_word_of,
    is_bare,
    tells_of,
    tells_rather_of,
    wall,
    words_of,
    words_on,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://gazette.example/news/ferry-sails-twice-daily"
FORM = b"<p>Your choice</p><button>Agree</button>"


def entry(url: str = URL, headline: str | None = None, summary: str | None = None) -> FrontierEntry:
    return FrontierEntry(
        url=url,
        address=url,
        source="gazette",
        host="gazette.example",
        kind=UrlKind.ARTICLE,
        state=UrlState.LEASED,
        due=NOW,
        first_seen=NOW,
        hints=Hints(headline=headline, summary=summary),
    )


def article(body: str = "", **fields: Any) -> Article:
    return Article(url=URL, source="gazette", body=body, fetched=NOW, **fields)


def seen(body: str = "", *, content: bytes = b"", landed: str | None = None, **asked: Any) -> Evidence:
    """What a page with this body shows of a wall."""
    page = article(body)
    return gather(entry(**asked), landed, page, content, words=words_on(page), shared=0, twins=0)


def dated(origin: str) -> PageDate:
    return PageDate(at=NOW, precision=Precision.DAY, origin=origin)


@pytest.mark.parametrize(
    ("evidence", "is_wall"),
    [
        (Evidence(), False),
        (Evidence(carried=True), False),
        (Evidence(shared=3), False),
        (Evidence(shared=3, twins=3), False),
        (Evidence(carried=True, shared=1), True),
        (Evidence(carried=True, bare=True), True),
        (Evidence(twins=1, form=True), True),
        (Evidence(bare=True, form=True), False),
        (Evidence(bare=True, form=True, slug=True), True),
        (Evidence(bare=True, form=True, headline=False, slug=True), False),
    ],
)
def test_behind_a_redirect_one_sign_of_the_way_and_one_of_the_page_make_a_wall(evidence: Evidence, is_wall: bool):
    assert (wall(evidence, redirected=True) is not None) is is_wall


@pytest.mark.parametrize(
    ("evidence", "is_wall"),
    [
        (Evidence(twins=5), False),
        (Evidence(twins=1, bare=True), False),
        (Evidence(twins=1, bare=True, form=True), False),
        (Evidence(twins=1, bare=True, slug=True), True),
        (Evidence(twins=2, bare=True, form=True), True),
        (Evidence(twins=1, slug=True), False),
        (Evidence(twins=2, bare=True), False),
        (Evidence(headline=True, bare=True), False),
        (Evidence(headline=True, bare=True, form=True), True),
        (Evidence(slug=True, bare=True, form=True), False),
    ],
)
def test_in_place_more_is_asked_since_one_story_may_stand_at_two_addresses(evidence: Evidence, is_wall: bool):
    assert (wall(evidence, redirected=False) is not None) is is_wall


def test_a_signed_page_in_place_whose_text_is_told_nowhere_else_is_no_wall_whatever_its_words_are():
    known, sure = (None, False, True), (False, True)
    for headline, slug, own, form, little in product(known, known, sure, sure, sure):
        evidence = Evidence(headline=headline, slug=slug, own=own, form=form, little=little)
        assert wall(evidence, redirected=False) is None
        assert not evidence.unproven


def test_the_reason_lists_what_was_seen():
    assert wall(Evidence(twins=2, bare=True, form=True), redirected=False) == (
        "2 other addresses tell the same text, the page has neither date nor author, little text beside a form"
    )


def test_a_form_speaks_for_a_wall_beside_less_than_a_thousand_letters():
    assert seen("a" * 999, content=FORM).form
    assert not seen("a" * 1000, content=FORM).form
    assert not seen("a" * 999, content=b"<p>A formal buttonhole</p>").form


@pytest.mark.parametrize("tag", [b"<form>", b"<INPUT type=text>", b"<select\n>", b"<button/>"])
def test_any_part_of_a_form_is_one_whatever_its_spelling(tag: bytes):
    assert seen(content=tag).form


def test_a_form_is_looked_for_in_the_first_half_megabyte():
    assert seen(content=b"x" * (500_000 - len(FORM)) + FORM).form
    assert not seen(content=b"x" * (500_000 - 5) + FORM).form


def test_a_page_has_a_storys_headline_when_half_of_its_words_are_there():
    twenty = [f"wordy{letter}" for letter in "abcdefghijklmnopqrst"]
    headline = " ".join(twenty)
    assert seen("nothing of it", headline=headline).headline is True
    assert seen(" ".join(twenty[:9]), headline=headline).headline is True
    assert seen(" ".join(twenty[:10]), headline=headline).headline is False
    assert seen("nothing of it").headline is None


def test_a_story_without_a_headline_is_known_by_a_fifth_of_what_its_feed_says():
    ten = [f"wordy{letter}" for letter in "abcdefghij"]
    assert seen("nothing of it", summary=" ".join(ten)).headline is True
    assert seen(ten[0], summary=" ".join(ten)).headline is True
    assert seen(" ".join(ten[:2]), summary=" ".join(ten)).headline is False
    assert seen("nothing of it", summary=" ".join(ten[:5])).headline is None  # too little to know it by
    assert seen(" ".join(ten), headline="Ferry sails", summary=" ".join(ten)).headline is True


def test_words_of_four_letters_tell_stories_apart_and_shorter_ones_do_not():
    assert words_of("The mill, and all MILLS: año 2024") == {"mill", "mills"}
    assert len(words_of("mill " * 19_999 + "ends " + "later")) == 2
    assert seen("unread", headline="The old man").headline is None


def test_an_address_spells_umlauts_out():
    url = "https://gazette.example/stadt/faehre-haelt-ueber-nacht"
    assert seen("Die Fähre hält an.", url=url).slug is False
    assert seen("Färgen håller", url="https://gazette.example/stad/faergen-haaller-uppe").slug is False
    assert seen("Das Boot fährt.", url=url).slug is True


def test_an_address_in_latin_letters_says_nothing_of_a_page_in_others():
    url = "https://gazette.example/port-zakryvaetsya-vesnoj"
    cyrillic, latin = words_of("Порт закрывается весной после спора"), words_of("Harbour closes in spring")
    assert not has_no_word_of(url, cyrillic)
    assert has_no_word_of(url, latin)


def test_an_address_of_three_words_is_a_sentence_of_which_one_word_is_enough():
    assert seen("Nothing of it").slug is True
    assert seen("The ferry is late").slug is False
    assert seen("Nothing of it", url="https://gazette.example/news/ferry-sails").slug is None
    assert seen("Nothing of it", url="https://gazette.example/news/ferry_sails_twice/").slug is True
    assert seen("Nothing of it", url="https://gazette.example/").slug is None


@pytest.mark.parametrize(
    ("landed", "carried"),
    [
        (f"https://gate.example/?next={URL}", True),
        ("https://gate.example/?next=/news/ferry-sails-twice-daily", True),
        ("https://gate.example/?next=%2Fnews%2Fferry-sails-twice-daily", True),
        ("https://gate.example/?next=%252Fnews%252Fferry-sails-twice-daily", True),
        ("https://gate.example/news/ferry-sails-twice-daily", False),
        ("https://gate.example/?next=/news/another-story", False),
        (None, False),
    ],
)
def test_a_redirect_carries_an_address_in_its_query(landed: str | None, carried: bool):
    assert seen(landed=landed).carried is carried


def test_no_redirect_carries_the_front_page():
    assert not seen(url="https://gazette.example/", landed="https://gate.example/?next=/").carried


def test_a_page_is_bare_when_it_names_neither_day_nor_author_itself():
    signed = (Author(name="Ana Pérez", key="ana-perez"),)
    assert is_bare(article())
    assert not is_bare(article(published=dated("json-ld")))
    assert not is_bare(article(authors=signed))
    assert is_bare(article(published=dated("feed"), authors=signed, facts={"authors": "feed"}))
    assert not is_bare(article(authors=signed, facts={"authors": "byline"}))


def test_the_words_of_an_address_outdo_another_headline_in_its_feed():
    evidence = Evidence(headline=True, own=True, bare=True, form=True)
    assert not evidence.absent
    assert not evidence.unproven
    assert wall(evidence, redirected=False) is None


@pytest.mark.parametrize(
    ("text", "own", "foreign"),
    [
        ("The flood took the river road.", True, False),
        ("Nothing of it but the river.", False, False),
        ("We and our partners.", False, True),
    ],
)
def test_an_address_is_told_of_by_half_of_its_words(text: str, own: bool, foreign: bool):
    url, words = "https://a.example/news/flood-takes-river-road", words_of(text)
    assert tells_of(url, Hints(), words) is own
    assert has_no_word_of(url, words) is foreign


def test_a_feeds_headline_tells_of_an_address_without_words():
    url, words = "https://a.example/n/17", words_of("The flood took the road.")
    assert tells_of(url, Hints(headline="Flood takes road"), words)
    assert not tells_of(url, Hints(), words)
    assert not has_no_word_of(url, words)


@pytest.mark.parametrize(
    ("there", "here", "text", "rather"),
    [
        ("belmont-plays-the-cup", "ashford-plays-the-cup", "Belmont plays for the cup.", True),
        ("belmont-plays-the-cup", "ashford-plays-the-cup", "Belmont plays Ashford for the cup.", False),
        ("belmont-plays-the-cup", "ashford-plays-the-cup", "Somebody plays for the cup.", False),
        ("belmont-plays-the-cup", "plays-the-cup", "Belmont plays for the cup.", False),
        ("belmont-plays-the-cup", "17", "Belmont plays for the cup.", False),
    ],
)
def test_of_two_addresses_a_page_tells_of_the_one_whose_own_words_it_has(there, here, text, rather):
    words = words_of(text)
    assert tells_rather_of(f"https://a.example/n/{there}", f"https://a.example/n/{here}", words) is rather


@settings(max_examples=200)
@given(st.text(alphabet="abcdefgnoöüÉß'’.,;-–_ “”\n\u00a0\u0301\u0338\u200d\u00ad09ﬁıאּ…²ア") | st.text(max_size=30))
def test_words_are_those_of_the_whole_text_folded(text: str) -> None:
    low = text.casefold()
    spelled = low.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("å", "aa").replace("ø", "oe")
    assert words_of(text) == {*re.findall(r"[^\W\d_]{4,}", fold(low)), *re.findall(r"[^\W\d_]{4,}", fold(spelled))}
