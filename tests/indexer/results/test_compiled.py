"""With the compiled kernel cards show what they show without: random plain and other texts, readings of all kinds."""

import sys
import tomllib
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.contract.values import Phrase, Reading, TextField, Word
from indexer.results import compiled, snippets
from indexer.results.snippets import Marker, fitting
from tests.kernel_built import BUILD

PIECES = (
    *("sea", "Sea", "seas", "wall", "sea-wall", "e-mail", "O’Connor", "storm’s", "storm's", "re-election's", "2,500"),
    *("a", "I", "_", "_sea_", "www.example.org", "sea.wall", "sea.Wall.", "seawall", "x" * 63, "y" * 64, "z" * 65),
    *(". ", "? ", '!” "', "…", ": ", ", ", "\n\n", " \n", "  ", "\x1c", "\xa0", "—", ".) ", "(", "£", "C#", "C++"),
    *(
        "U.S.",
        "a.b",
        "co-operate",
        "a-b-c",
        "J. R. R. Smith",
        "J.",
        " K. ",
        "3,500.50",
        "978-3-16-148410-0",
        "Zürich",
        "東京都",
        "\u200bsea",
        "l’assemblée",
        "AC/DC",
        "col•legi",
        "col.legi",
        "O`Neill",
        "O‛Neill",
        "Node.js",
        "1.a",
        "-",
        "--",
        "’",
    ),
)
PLAIN = tuple(piece for piece in PIECES if piece.isascii() and piece not in ("z" * 65, "C#", "C++", "U.S.", "a.b"))
FORMS = (
    *("sea", "seas", "wall", "seawall", "email", "oconnor", "storm", "storms", "reelection", "2500", "a", "i", "abc"),
    *("y" * 64, "us", "c#", "zürich", "東京", "cooperate", "coop", "wwwexampleorg", "org", "x" * 63, "absent"),
    *("jrr", "jr", "jk", "3500", "9783161484100", "acdc", "collegi", "oneill", "nodejs"),
)
TEXTS = st.one_of(
    *(st.tuples(st.sampled_from(["", " ", "  "]), st.lists(st.sampled_from(pieces), max_size=most)).map(
        lambda given: given[0].join(given[1])
    ) for pieces in (PIECES, PLAIN) for most in (12, 300))
)  # fmt: skip
READING = st.one_of(
    st.tuples(
        st.sampled_from([None, *TextField]), st.lists(st.sampled_from(FORMS), min_size=1, max_size=5, unique=True)
    ).map(lambda given: Reading(Word(given[1][0], given[0]), tuple(given[1]))),
    st.just(Reading(Phrase(("sea", "wall")), ("sea", "wall"), (("sea",), ("wall",)))),
    st.just(Reading(Word("w"), tuple(f"w{number}" for number in range(99)))),
)


def shown(kernel, readings, texts):
    """What cards show of some texts, once with a kernel and once without."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(snippets, "compiled", lambda: kernel)
        marker = Marker(readings)
    return [marker.card((text[:90], text[:200] or None, text)) for text in texts]


@settings(max_examples=150, deadline=None)
@given(st.lists(READING, max_size=3), st.lists(TEXTS, min_size=1, max_size=3))
def test_cards_are_the_same_with_the_kernel_and_without(kernel, readings, texts):
    assert shown(kernel, readings, texts) == shown(None, readings, texts)


@pytest.mark.parametrize("white", [" ", "  ", "\n\n", "\u2028 "])
def test_fragments_within_a_bound_are_those_that_fit_with_the_kernel_and_without(kernel, white):
    filler = white.join(f"w{number}" for number in range(100))
    text = white.join(("The", "sea", "rose.", filler, "A", "sea", "met", "the", "wall.", filler, "The", "end."))
    readings = [Reading(Word(word), (word,)) for word in ("sea", "wall")]
    for one in (kernel, None):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(snippets, "compiled", lambda one=one: one)
            marker = Marker(readings)
        whole = marker.fragments(text)
        assert len(whole) == 2
        together = sum(len(each.text) for each in whole)
        for most in (0, together // 2, together - 1, together, together + 1):
            assert marker.fragments(text, most=most) == fitting(whole, most)


def test_a_long_text_of_many_marks_is_shown_as_without_the_kernel(kernel):
    words = ["sea", "wall", "a", "of", "storm.", "The", "“sea”"]
    text = " ".join(words[number * number % 13 % 7] for number in range(30_000))
    readings = [Reading(Word("sea"), ("sea",)), Reading(Word("wall"), ("wall", "walls")), Reading(Word("a"), ("a",))]
    assert shown(kernel, readings, [text]) == shown(None, readings, [text])


@pytest.mark.parametrize("word", ["a", "sea", "y" * 63])
@pytest.mark.parametrize("size", [1, 9, 63])
def test_a_word_is_found_wherever_it_stands(kernel, word, size):
    words, others = kernel.words({word: 0}), ("x" * size + " ") * 140
    for at in range(1, 131):
        text = others[: at - 1] + " " + word
        spans = ((at, at + len(word)),)
        assert kernel.marks(words, text) == kernel.marks(words, f"{text} {others}") == spans
        assert kernel.marks(words, f"{text}x") == kernel.marks(words, f"{text}1 .") == ()


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("The “sea” wall – it’s the storm’s: 2,500 dogs.", True),
        ("A sea-wall", False),
        ("Zürich", False),
        ("C# is one", False),
        ("the U.S. coast", False),
        ("z" * 65, False),
        ("", True),
    ],
)
def test_a_text_that_is_not_plain_or_may_have_a_joined_form_is_left_to_python(kernel, text, is_read):
    words = kernel.words({"seawall": 0, "zürich": 0, "dogs": 1})
    assert (kernel.marks(words, text) is not None) is is_read
    assert (kernel.fragments(words, text, 238) is not None) is is_read


@pytest.mark.parametrize(
    ("numbers", "error"),
    [({"sea": -1}, ValueError), ({"sea": 1 << 31}, ValueError), ({1: 1}, TypeError), ({"sea": "1"}, TypeError)],
)
def test_what_is_no_form_or_number_is_refused(kernel, numbers, error):
    with pytest.raises(error):
        kernel.words(numbers)


def test_a_form_that_no_text_has_is_left_out(kernel):
    words = kernel.words({"\ud800": 0, "a\ud800": 0, "": 0, "a\0b": 0, "Sea": 0, "z" * 65: 0, "sea": 1})
    assert kernel.marks(words, "a\0b sea") == ((4, 7),)


@pytest.mark.parametrize("room", [0, -1, 63, 1 << 31, (1 << 63) - 1])
def test_room_for_no_form_or_beyond_any_text_is_refused(kernel, room):
    with pytest.raises(ValueError, match="room"):
        kernel.fragments(kernel.words({"sea": 0}), "the sea", room)


def test_the_package_has_the_version_of_its_functions(kernel):
    text = (BUILD.parent / "pyproject.toml").read_text(encoding="utf-8")
    own = f"{kernel.VERSION}.{kernel.TREES}.{kernel.SNIPPETS}.{kernel.PAGES}.{kernel.PATTERNS}"
    assert tomllib.loads(text)["project"]["version"] == own, "or pip leaves an older kernel where it is"


def test_what_is_no_text_or_no_forms_is_refused(kernel):
    with pytest.raises(ValueError, match="PyCapsule"):
        kernel.marks(object(), "sea")
    with pytest.raises(TypeError):
        kernel.fragments(kernel.words({}), b"sea", 238)


@pytest.mark.parametrize(
    ("installed", "switch", "is_used"),
    [
        (SimpleNamespace(SNIPPETS=compiled.SNIPPETS), "on", True),
        (SimpleNamespace(SNIPPETS=compiled.SNIPPETS), "off", False),
        (SimpleNamespace(VERSION=1), "on", False),
        (None, "on", False),
    ],
)
def test_a_kernel_that_is_switched_off_or_has_other_functions_is_left_aside(monkeypatch, installed, switch, is_used):
    monkeypatch.setitem(sys.modules, "pressmark_kernel", installed)
    monkeypatch.setenv("PRESSMARK_KERNEL", switch)
    assert (compiled.compiled.__wrapped__() is not None) is is_used
