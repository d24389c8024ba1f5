"""Near forms that the kernel finds are those that Python finds; of damaged arrays it finds some or refuses."""

import random
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from indexer.analysis.levenshtein import within
from indexer.columnar.engine import ColumnarEngine
from indexer.contract.facets import FacetName
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import Fuzzy
from indexer.storage.arrays import Array
from indexer.storage.terms.edit_signatures import signatures_of
from indexer.storage.terms.vocabulary import StoredVocabulary
from tests.indexer.storage.terms.damaging import damaged

ALPHABETS = ("ab", "abcdefgh", "aàâbßcçſ", "абвгё", "東京都日本", "aé東𝒜😀", "ab\x01\x7f\x80 -'")


def arrays_of(words: list[str]) -> list[Array]:
    """Return text, places, postings, signatures and lengths of sorted words, as a segment has them."""
    text = np.frombuffer("".join(f"{word}\n" for word in words).encode(), np.uint8)
    begins = np.concatenate(([0], np.flatnonzero(text == ord("\n")) + 1))
    at = np.append(begins[:-1:16], [len(text), len(words)]).astype(np.uint32)
    postings = np.arange(len(words) + 1, dtype=np.uint32) * 3
    return [text, at, postings, *signatures_of(words)]


def some_word(chance: random.Random, alphabet: str, most: int) -> str:
    return "".join(chance.choices(alphabet, k=chance.randint(1, most)))


def edited(chance: random.Random, word: str, alphabet: str) -> str:
    """Return a word with a letter added, left out, changed, or two swapped."""
    at = chance.randrange(len(word))
    one = chance.choice(alphabet)
    return chance.choice(
        (word[:at] + one + word[at:], word[:at] + word[at + 1 :], word[:at] + one + word[at + 1 :],
         word[:at] + word[at : at + 2][::-1] + word[at + 2 :])
    )  # fmt: skip


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_near_forms_are_those_of_a_comparison_with_every_form(kernel: ModuleType, alphabet: str) -> None:
    chance = random.Random(alphabet)
    found = 0
    for most in (3, 9, 70, 300):
        own = {some_word(chance, alphabet, most) for _ in range(chance.choice((1, 15, 16, 17, 600)))}
        own |= {edited(chance, word, alphabet) for word in list(own) * 2}
        words = sorted(word for word in own if word)
        arrays = arrays_of(words)
        lexicon = kernel.lexicon(*arrays[:3], ())
        typed = [
            *chance.choices(words, k=60),
            *(some_word(chance, alphabet, most) for _ in range(40)),
            "z",
            "\U0010ffff",
        ]
        for text in [*typed, *(edited(chance, word, alphabet) for word in typed)]:
            for distance in (0, 1, 2, 3):
                given = kernel.near(lexicon, *arrays[3:], text, distance)
                if given is None:
                    assert not text or len(text) > 64 or text[0] < " "
                    continue
                near = within(distance, text, [word for word in words if word[0] == text[0]])
                numbers = [words.index(word) for word in near]
                assert given == (near, numbers, [3] * len(near)), (text, distance)
                found += len(near) > 1
    assert found > 100


def test_what_no_form_can_be_is_left_to_python(kernel: ModuleType) -> None:
    arrays = arrays_of(["ab", "ac"])
    lexicon = kernel.lexicon(*arrays[:3], ())
    for text in ("", "a\nb", "\n", "\0", "\ud800", "a\udfff", "a" * 65):
        assert kernel.near(lexicon, *arrays[3:], text, 1) is None
    for distance in (-1, 65):
        assert kernel.near(lexicon, *arrays[3:], "ab", distance) is None
    assert kernel.near(lexicon, *arrays[3:], "a" * 64, 64) == (["ab", "ac"], [0, 1], [3, 3])
    empty = arrays_of([])
    assert kernel.near(kernel.lexicon(*empty[:3], ()), *empty[3:], "a", 1) == ([], [], [])


@pytest.mark.parametrize("segments", [1, 3])
def test_a_fuzzy_word_is_searched_by_the_same_forms_and_terms(
    kernel: ModuleType, tmp_path: Path, segments: int
) -> None:
    chance = random.Random(segments)
    words = [some_word(chance, chance.choice(ALPHABETS[:5]), 8) for _ in range(900)]
    engine = ColumnarEngine(tmp_path)
    for number in range(segments):
        documents = [
            Document(
                id=number * 40 + at, body=" ".join(chance.choices(words, k=70)), facets={FacetName.LANGUAGE: ("en",)}
            )
            for at in range(40)
        ]
        engine.apply([Batch(documents, (), number + 1)])
    engine.apply([Batch((), (1, 2, 3), segments + 1)])
    snapshot = engine._reading.snapshot()
    assert len(snapshot.segments) == segments
    living = [snapshot._living(at) for at in range(segments)]
    several = 0
    for live in (living, [None] * segments):
        plain, compiled = (StoredVocabulary(snapshot.segments, ("en",), live, one) for one in (None, kernel))
        for word in (*words[:300], *(edited(chance, word, "abé") for word in words[:300]), "", "x" * 80):
            for distance in (1, 2):
                expected, found = (one.searched(Fuzzy(word, distance)) for one in (plain, compiled))
                assert found.forms == expected.forms
                assert list(map(list, found.terms)) == list(map(list, expected.terms))
                assert plain.near(word, distance) == compiled.near(word, distance)
                several += len(found.forms) > 1
    assert several > 100
    engine.close()


def test_arrays_with_any_number_changed_are_read_or_refused(kernel: ModuleType) -> None:
    chance = random.Random(6)
    words = sorted({some_word(chance, "aé東b", 9) for _ in range(400)})
    arrays = arrays_of(words)
    outcomes = set()
    for _ in range(3000):
        spoiled = damaged(chance, arrays)
        try:
            lexicon = kernel.lexicon(*spoiled[:3], ())
            for word in chance.choices(words, k=5):
                kernel.near(lexicon, *spoiled[3:], word, 2)
            outcomes.add("read")
        except ValueError:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}
    lexicon = kernel.lexicon(*arrays[:3], ())
    with pytest.raises(ValueError, match="do not go together"):
        kernel.near(lexicon, arrays[4], arrays[3], "a", 1)
