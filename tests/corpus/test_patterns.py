"""A deferred pattern is a compiled one, from its first use on; what a pattern needs is in each text it is found in."""

import random
import re
import sys
from types import ModuleType, SimpleNamespace

import pytest

from corpus import patterns
from corpus.patterns import AnyOf, deferred, needed


def test_a_deferred_pattern_answers_as_a_compiled_one() -> None:
    compiled = re.compile(r"(\w)\d", re.IGNORECASE)
    for use in (
        lambda pattern: pattern.search("xa1").span(),
        lambda pattern: pattern.match("xa1"),
        lambda pattern: pattern.fullmatch("a1").group(1),
        lambda pattern: pattern.findall("a1 b2"),
        lambda pattern: [found.span() for found in pattern.finditer("a1 b2")],
        lambda pattern: pattern.sub("-", "a1 b2"),
        lambda pattern: pattern.split("a1 b2"),
        lambda pattern: (pattern.pattern, pattern.flags, pattern.groups),
    ):
        late = deferred(r"(\w)\d", re.IGNORECASE)
        assert use(late) == use(compiled)
        assert use(late) == use(compiled)  # compiled by now


def test_a_pattern_that_is_none_is_found_when_it_is_first_used() -> None:
    late = deferred("(")
    with pytest.raises(re.error):
        late.search("a")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("abc", {"abc"}),
        ("ab|cd", {"ab", "cd"}),
        ("abx?c", {"ab"}),
        ("ab{2}cde", {"cde"}),
        ("abc+d", {"abc"}),
        (r"\babc\.def\b", {"abc.def"}),
        (r"\(c\)\s?ab", {"(c)"}),  # an escaped sign stands for itself
        ("(?:ab|cd)?efg", {"efg"}),
        ("(?:abcd|efgh)+x", {"abcd", "efgh"}),
        ("(?P<a>abc)|(?P<b>def)", {"abc", "def"}),
        ("(?<!abc)de(?=fgh)", {"de"}),
        ("[a|b]cd|]ef", {"cd", "]ef"}),
        ("обнов", {"обнов"}),
        ("写|é:?", {"写", "é"}),  # one character is a word where it has two bytes
        ("ab|写真?", {"ab", "写"}),
        ("(?:join|enrol) to (?:continue|resume)", {"continue", "resume"}),  # "to" is in most texts
        ("ab|c", None),
        ("ab|", None),
        ("a?b?", None),
        ("[abc]", None),
        ("", None),
        (r"(?i)abc", None),
        (r"(?i:abc)", None),
        (r"(?P<a>bc)(?P=a)de", None),
        (r"(ab)\1cd", None),
        (r"\x41bc", None),
        (r"\u0441bc", None),
        (r"\N{BULLET}bc", None),
        (r"(?>abc)d", None),
        (r"(?#abc)de", None),
        (r"(a)?(?(1)bcd|efg)", None),
    ],
)
def test_a_pattern_needs_words_that_each_of_its_alternatives_has(pattern: str, words: set[str] | None) -> None:
    re.compile(pattern)
    assert needed(pattern) == words


def test_what_a_pattern_needs_stands_in_all_that_it_finds() -> None:
    draw = random.Random(7)
    atoms = ("a", "b", "ab", "[ab]", "(?:a|bb)", "(?:ab|ba)", r"\w", "(?=a)", "(?<!b)", "(?:aab)")
    for _ in range(3_000):
        parts = [draw.choice(atoms) + draw.choice(("", "", "?", "*", "+", "{1,2}")) for _ in range(draw.randint(1, 5))]
        pattern = "".join(part + draw.choice(("", "", "|")) for part in parts)
        try:
            wanted = re.compile(pattern)
        except re.error:  # a look that repeats
            continue
        words = needed(pattern)
        for _ in range(20):
            text = "".join(draw.choices("ab ", k=draw.randint(0, 8)))
            if words is not None and wanted.search(text):
                assert any(word in text for word in words), (pattern, text)


@pytest.mark.parametrize("is_installed", [True, False])
def test_words_are_found_in_texts_as_python_finds_them(
    monkeypatch: pytest.MonkeyPatch, kernel: ModuleType, *, is_installed: bool
) -> None:
    monkeypatch.setattr(patterns, "part", lambda *_: kernel if is_installed else None)
    draw = random.Random(11)
    letters = "abcAB é\u00a0ж中𝔘\0-"
    for _ in range(300):
        words = ["".join(draw.choices(letters, k=draw.randint(2, 4))) for _ in range(draw.randint(0, 9))]
        found = AnyOf(*words).stands_in
        for _ in range(30):
            text = "".join(draw.choices(letters, k=draw.randint(0, 12)))
            assert found(text) is any(word.lower() in text.lower() for word in words), (words, text)


@pytest.mark.parametrize("is_installed", [True, False])
def test_words_are_found_whatever_the_case_of_a_text_as_patterns_find_them(
    monkeypatch: pytest.MonkeyPatch, kernel: ModuleType, *, is_installed: bool
) -> None:
    monkeypatch.setattr(patterns, "part", lambda *_: kernel if is_installed else None)
    cased = [each for each in map(chr, range(0xFFFF)) if not "\ud800" <= each <= "\udfff" and each != "\u0345"]
    cased = [each for each in cased if each.lower() != each or each.upper() != each]
    for each in cased:
        found, wanted = AnyOf(f"a{each}").stands_in, re.compile(f"a{each}", re.IGNORECASE)
        near = {each, each.upper()[:1], each.lower()[:1], each.title()[:1], "i", "s", "\u00b5", "\u03a3", "\u03c2"}
        for one in near:
            for text in (f"a{one}", f"A{one}", f"12345678 {one} A{one} {'x' * 3_000}", f"\u00e9{'A' * 9}{one}"):
                assert found(text) is bool(wanted.search(text)), (each, text)


def test_the_kernel_refuses_words_that_are_too_short_and_what_is_no_text(kernel: ModuleType) -> None:
    plane = bytes(1 << 17)
    for wrong in (("a",), ("",), ("\ud800b",), (b"ab",), (1,)):
        with pytest.raises((ValueError, TypeError)):
            kernel.seeker(wrong, plane)
    with pytest.raises(TypeError):
        kernel.seeker(["ab"], plane)
    with pytest.raises(ValueError, match="table"):
        kernel.seeker(("ab",), plane[1:])
    seeks = kernel.seeker(("ab",), plane)
    assert seeks("\ud800")
    with pytest.raises(TypeError):
        seeks(b"ab")


@pytest.mark.parametrize("version", [patterns.PATTERNS + 1, None])
def test_a_kernel_with_other_functions_is_left_aside(monkeypatch: pytest.MonkeyPatch, version: int | None) -> None:
    monkeypatch.setitem(sys.modules, "pressmark_kernel", SimpleNamespace(PATTERNS=version))
    monkeypatch.setenv("PRESSMARK_KERNEL", "on")
    assert patterns.seeker(("ab",)) is None
