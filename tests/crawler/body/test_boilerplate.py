"""What recurs on a source's pages is dropped, and an article never with it."""

import random
import re

import pytest

from crawler.body import boilerplate
from crawler.body.boilerplate import MAX_PRINTS, MIN_CHARACTERS, _plain, fingerprint, fingerprints, recurring

STORY = [
    "The ferry to the islands will sail twice a day from April, the harbour office said.",
    "It had sailed once a day since the fire of 2019, in which nobody was hurt.",
    "Fares stay as they are until the end of the year, according to the notice.",
]
BOX = "The Gazette lives on its readers: give what you can."


def prints(*texts: str) -> frozenset[int]:
    return frozenset(fingerprints(texts))


def test_a_fingerprint_fits_a_signed_column() -> None:
    marks = [fingerprint(f"a block of text, {chr(97 + n)}") for n in range(26)]
    assert all(mark is not None and -(2**63) <= mark < 2**63 for mark in marks)
    assert len(set(marks)) == 26


def test_counters_and_white_space_do_not_make_another_block() -> None:
    assert fingerprint("Read all 12 comments") == fingerprint("Read all 340 comments")


def test_texts_of_a_few_letters_have_none() -> None:
    assert fingerprint("Yes.") is None
    assert fingerprints(["—", "", "12"]) == ()


def test_a_page_gives_at_most_so_many() -> None:
    assert len(fingerprints(["a paragraph of " + "x" * n for n in range(MAX_PRINTS + 50)])) == MAX_PRINTS


def test_a_text_seen_before_has_the_same_fingerprint_among_new_ones() -> None:
    texts = [*STORY, BOX, "Yes.", "two\nlines of a poem", "Le numéro 12 est épuisé 😀 depuis mardi"]
    alone = tuple(mark for text in texts if (mark := fingerprint(text.replace("\n", " "))) is not None)
    assert fingerprints(texts[:2]) == alone[:2]
    assert fingerprints(texts) == fingerprints(texts) == alone


def test_few_and_short_texts_are_remembered() -> None:
    for page in range(3):
        fingerprints(["long " * 100, *(str(4_000 * page + n) for n in range(4_000))])
    assert len(boilerplate._remembered) <= 8_100  # 4,096 and those of a page
    assert max(map(len, boilerplate._remembered)) <= 300


def test_a_recurring_box_is_dropped() -> None:
    texts = [*STORY, BOX]
    assert recurring(texts, range(4), prints(BOX)) == {3}


def test_an_article_met_before_is_not_emptied() -> None:
    assert recurring(STORY, range(3), prints(*STORY)) == frozenset()


def test_nothing_is_known_of_a_new_source() -> None:
    assert recurring(STORY, range(3), frozenset()) == frozenset()


def test_words_are_found_as_regular_expressions_find_them() -> None:
    samples = ["".join(map(chr, range(start, start + 97))) for start in (*range(1, 0xD700, 97), 0x1D7C0, 0x1F600)]
    for text in ["", " ", "12 12  a_b\n\n3x", *samples, *map("a1".join, samples)]:
        words = re.sub(r"[^\w\n]+", " ", re.sub(r"\d+", "0", text.casefold()))
        known = {line.strip() for line in words.split("\n") if len(line.strip()) >= MIN_CHARACTERS}
        assert len(fingerprints(text.split("\n"))) == len(known)
        assert _plain(text) == words


LATIN = "".join(map(chr, range(256))) + "’‘“”„‚‹›–—−…•·€™" * 4
CHARACTERS = "aZ09 _-.'’\n\u00a0–éßİΣ漢字１٣²½தமி்\u0301𝔘😀\ud800\x00"


def test_fingerprints_are_the_same_with_the_compiled_kernel(monkeypatch, kernel) -> None:
    draw = random.Random(7)
    texts = ["".join(draw.choices(known, k=draw.randrange(60))) for known in (CHARACTERS, LATIN) for _ in range(2_000)]
    found = []
    for each in (None, kernel):
        monkeypatch.setattr(boilerplate, "installed", lambda each=each: each)
        monkeypatch.setattr(boilerplate, "_remembered", {})
        found.append(boilerplate._prints(texts))
    assert found[0] == found[1] == [fingerprint(text.replace("\n", " ")) for text in texts]
    with pytest.raises(ValueError, match="plane"):
        kernel.prints(["a"], b"", 1)
