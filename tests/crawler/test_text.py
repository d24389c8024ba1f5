"""How a text of a page is cleaned, and how much it is held to say."""

import random
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import crawler
from corpus import patterns
from corpus.patterns import needed
from crawler.body.model.text_features import text_marks
from crawler.body.words.box_words import FURNITURE
from crawler.body.words.note_words import NOTE
from crawler.text import AnyCaseless, Caseless, clean, ends_sentence, text_length, total_length, unreadable_share


def test_characters_that_cannot_be_seen_are_taken_out() -> None:
    assert clean("co\u00adoper\u200bation\u00a0 of\nports") == "cooperation of ports"


def test_a_letter_of_an_alphabet_counts_one() -> None:
    assert text_length("") == 0
    assert text_length("ferry") == text_length("паром") + 0 == text_length("πλοία") == text_length("العبا") == 5


def test_a_character_that_says_more_counts_more() -> None:
    assert text_length("渡轮") == text_length("\U00020000\U00020001") == 6
    assert text_length("フェリー") == text_length("여객선은") == 8
    assert text_length("渡轮 A1。") == 6 + 4


def test_the_same_story_is_about_as_long_in_any_script() -> None:
    english = "The ferry to the outer islands will sail twice a day from April, the harbour office said on Tuesday."
    others = (
        "港务局周二表示，前往外岛的渡轮自四月起将每天开航两班。",
        "港湾事務所は火曜日、外島行きのフェリーが四月から一日二便になると発表した。",
        "항만청은 화요일 외딴섬으로 가는 여객선이 4월부터 하루 두 번 운항한다고 밝혔다.",
    )
    for text in others:
        assert 0.6 < text_length(text) / text_length(english) < 1.4


def test_the_judge_measures_length_the_same_way() -> None:
    texts = ["A plain line.", "渡轮每天两班。", "フェリー", "여객선은 4월부터", "Ünïcödé"]
    assert np.array_equal(text_marks(texts).size, [text_length(text) for text in texts])


@pytest.mark.parametrize("texts", [[], ["ferry", "harbour"], ["渡轮", "ferry"], ["“é", "여객선은", ""]])
def test_texts_say_together_what_each_of_them_says(texts: list[str]) -> None:
    assert total_length(texts) == sum(map(text_length, texts))


def test_an_empty_text_holds_nothing_unreadable() -> None:
    assert unreadable_share("") == 0.0
    assert unreadable_share("ab\x00\ufffd") == 0.5
    assert unreadable_share("a\tb\nc\r") == 0.0


def test_a_pattern_finds_small_letters_and_capitals_alike() -> None:
    pattern = Caseless(r"(?<![a-z])card\b|\Wcafé")
    for text in ("Card", "a CARD", "a CAFÉ", "!café", "Ä card"):
        assert pattern.is_in(text), text
    for text in ("discard", "DISCARD", "cards", "Café"):
        assert not pattern.is_in(text), text


@pytest.mark.parametrize("with_kernel", [False, True])
def test_one_of_several_patterns_is_found_where_all_as_one_are(
    monkeypatch: pytest.MonkeyPatch, kernel: ModuleType, with_kernel: bool
) -> None:
    monkeypatch.setattr(patterns, "part", lambda *_: kernel if with_kernel else None)
    written = (r"^.{0,9}left.{0,9}free", r"\bdonate\b", r"©|\d{4}$")
    several, one = AnyCaseless(*written), re.compile("|".join(written), re.IGNORECASE)
    draw = random.Random(3)
    words = ("Left", "free", "DONATE", "donated", "©", "2024", " ", "é", "so far away", "\n")
    texts = ["".join(draw.choices(words, k=5)) for _ in range(500)]
    found = [several.is_in(text) for text in texts]
    assert found == [one.search(text) is not None for text in texts]
    assert any(found)
    assert all(several.among(("7", text), (0, 1)) for text, is_there in zip(texts, found, strict=True) if is_there)


def test_words_show_which_lines_may_be_furniture_or_notes_of_the_house() -> None:
    for pattern in (FURNITURE.pattern, *NOTE.patterns):
        assert needed(pattern), pattern[:40]


LETTERS = "aksßıſKİIΣσςµμβϐéÉдДᲁẞẛÅ‘-. "


def test_a_pattern_finds_what_ignoring_case_finds_in_letters_with_several_forms() -> None:
    for written in ("k", "s", "ı", "i", "σ", "ς", "μ", "β", "é", "д", "ß", "ṡ", "å", r"[a-z]", r"\W", r"(?<![a-z])\w"):
        ours, theirs = Caseless(written), re.compile(written, re.IGNORECASE)
        for text in map("".join, product(LETTERS, repeat=2)):
            for ask in ("search", "match", "fullmatch"):
                found, wanted = getattr(ours, ask)(text), getattr(theirs, ask)(text)
                assert (found and found.span()) == (wanted and wanted.span()), (written, text, ask)
            assert [each.span() for each in ours.finditer(text)] == [each.span() for each in theirs.finditer(text)]


def test_a_pattern_finds_the_same_with_the_kernel(monkeypatch: pytest.MonkeyPatch, kernel: ModuleType) -> None:
    names = [module.name for module in walk_packages(crawler.__path__, "crawler.")]
    held = [each for name in names for each in vars(import_module(name)).values()]
    several = [pattern for each in held if isinstance(each, AnyCaseless) for pattern in each.patterns]
    written = sorted({*several, *(each.pattern for each in held if isinstance(each, Caseless))})
    words = sorted({word for each in written for word in (needed(each) or ())})
    draw = random.Random(5)
    for pattern in written:
        slow = Caseless(pattern)
        assert slow.may_be_in("")
        monkeypatch.setattr(patterns, "part", lambda *_: kernel)
        fast = Caseless(pattern)
        own = sorted(needed(pattern) or ())
        for _ in range(60):
            picked = draw.choices(words, k=3) + draw.choices(own or words, k=2)
            text = draw.choice((" ", "", ": ")).join(draw.sample([*picked, "7", "é", "ſ", "\n", "Ab"], 4))
            text = draw.choice((text, text.upper(), text.title()))
            for ask in ("search", "match", "fullmatch"):
                found, wanted = getattr(fast, ask)(text), getattr(slow, ask)(text)
                assert (found and found.span()) == (wanted and wanted.span()), (pattern, text, ask)
            assert [each.span() for each in fast.finditer(text)] == [each.span() for each in slow.finditer(text)]
            assert fast.may_be_in(f"7\n{text}") or slow.search(text) is None
        monkeypatch.undo()


def test_lines_are_left_aside_where_none_of_them_has_a_word_of_a_pattern(
    monkeypatch: pytest.MonkeyPatch, kernel: ModuleType
) -> None:
    lines = ["The Ferry", "The “quay”", "ГАВАНЬ", "Nothing"]
    assert Caseless("harbour").among(lines, [0, 1, 3]) == [0, 1, 3]  # nobody looks for words
    monkeypatch.setattr(patterns, "part", lambda *_: kernel)
    assert Caseless("harbour|гавань").among(lines, [0, 1, 2, 3]) == [0, 1, 2, 3]
    assert not Caseless("harbour|гавань").among(lines, [0, 1, 3])
    assert Caseless("ferry|гавань").among(lines, [0, 1]) == [0, 1]


def sets_of(pattern: str) -> Iterator[tuple[Any, ...]]:
    """The classes of characters that a pattern is made of."""
    waiting: list[Any] = [re._parser.parse(pattern)]  # type: ignore[attr-defined]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple) and len(part) == 2 and str(part[0]) == "IN":
            yield tuple(part[1])
        elif isinstance(part, list | tuple | re._parser.SubPattern):  # type: ignore[attr-defined]
            waiting += part


def written(characters: tuple[Any, ...]) -> str:
    """A class of characters as a pattern."""
    names = {"DIGIT": r"\d", "WORD": r"\w", "SPACE": r"\s", "NOT_DIGIT": r"\D", "NOT_WORD": r"\W", "NOT_SPACE": r"\S"}
    parts = []
    for kind, value in characters:
        match str(kind):
            case "NEGATE":
                parts.append("^")
            case "LITERAL":
                parts.append(re.escape(chr(value)))
            case "RANGE":
                parts.append("-".join(re.escape(chr(end)) for end in value))
            case _:
                parts.append(names[str(value).removeprefix("CATEGORY_")])
    return f"[{''.join(parts)}]"


def test_each_class_of_a_pattern_holds_a_capital_and_its_small_letter_or_neither() -> None:
    names = [module.name for module in walk_packages(crawler.__path__, "crawler.")]
    held = [each for name in names for each in vars(import_module(name)).values()]
    used = {each.pattern for each in held if isinstance(each, Caseless)}
    assert len(used) > 30
    cased = "".join(
        each for each in map(chr, range(sys.maxunicode + 1)) if each.lower() != each or each.upper() != each
    )
    for characters in {characters for pattern in used for characters in sets_of(pattern)}:
        ours, theirs = Caseless(written(characters)), re.compile(written(characters), re.IGNORECASE)
        lost = [each for each in cased if each != "\u0345" and ours.is_in(each) != bool(theirs.search(each))]
        assert not lost, (written(characters), lost)


def test_a_line_ends_as_a_sentence_does_with_a_stop_and_what_closes_it() -> None:
    for text in (
        "It rained.",
        "“It rained.”",
        "It rained!)",
        "雨。」",
        "…",
        "why?'",
        "ዘነበ።",
        "မိုးရွာသည်။",
        "بارش ہوئی۔",
        "ᱫᱟᱜ᱾",
    ):
        assert ends_sentence(text), text
    for text in ("", "Read more", "”", "It rained. ", "(it rained)", "v. 2"):
        assert not ends_sentence(text), text
