"""The forms of a word that the kernel finds are those that Python finds; of damaged arrays it finds some or refuses."""

import random
from collections.abc import Iterator
from types import ModuleType

import numpy as np
import pytest

from indexer.analysis.stems import numbered
from indexer.columnar.engine import ColumnarEngine
from indexer.contract.facets import FacetName
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import Hit
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Array
from indexer.storage.terms import vocabulary
from indexer.storage.terms.vocabulary import StoredVocabulary
from tests.indexer.storage.terms.damaging import damaged

STEMS = "flood station été pérez naçõ łódź über straße run running f-35 2024 covid kapitän école жизнь дом 東京 çalış"
ENDINGS = ("", "s", "ed", "ing", "es", "e", "ów", "en", "er", "ы", "а", "ly", "x")


@pytest.fixture(scope="module", params=[1, 3])
def snapshot(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """As many segments in six languages, with deleted articles in one of them."""
    chance = random.Random(5)
    words = [stem + ending for stem in STEMS.split() for ending in ENDINGS] + [f"name{at}" for at in range(700)]
    engine = ColumnarEngine(tmp_path_factory.mktemp("forms"))
    for number in range(request.param):
        documents = [
            Document(
                id=number * 40 + at,
                body=" ".join(chance.choices(words, k=90)),
                facets={FacetName.LANGUAGE: (("en", "fr", "pl", "de", "ru", "tr")[at % 6],)},
            )
            for at in range(40)
        ]
        engine.apply([Batch(documents, (), number + 1)])
    engine.apply([Batch((), (1, 2, 3), request.param + 1)])
    found = engine._reading.snapshot()
    assert len(found.segments) == request.param
    yield found
    engine.close()


@pytest.mark.parametrize("languages", [("en",), ("en", "fr", "pl", "de", "ru"), ("en", "sv"), ()])
def test_the_forms_of_a_word_are_those_that_python_finds(
    kernel: ModuleType, snapshot: Snapshot, languages: tuple[str, ...]
) -> None:
    live = [snapshot._living(at) for at in range(len(snapshot.segments))]
    every = sorted({form for segment in snapshot.segments for form in segment.forms.all()})
    typed = [*every, *(form[:-1] for form in every), *(f"{form}s" for form in every), "perez", "ecole", "uber", "lodz"]
    typed += ["", "a\nb", "flood\n", "flood\0", "zzz", "\U0010ffff", "strasse", "nacao", "x" * 3000]
    several = 0
    for living in (live, [None] * len(live)):
        plain, compiled = (StoredVocabulary(snapshot.segments, languages, living, one) for one in (None, kernel))
        for text in typed:
            expected, found = plain._word(text), compiled._word(text)
            assert (found.counts, list(map(list, found.terms))) == (expected.counts, list(map(list, expected.terms)))
            assert list(found.counts) == list(expected.counts), text
            several += len(found.counts) > 1
    assert several > 100 or not languages


def test_arrays_with_any_number_changed_are_read_or_refused(kernel: ModuleType) -> None:
    chance = random.Random(6)
    words = sorted(f"w{at}é" for at in range(300))
    text = np.frombuffer(("\n".join(words) + "\n").encode(), np.uint8)
    begins = np.concatenate(([0], np.flatnonzero(text == ord("\n")) + 1))
    at = np.append(begins[:-1:16], [len(text), len(words)]).astype(np.uint32)
    ends, forms = np.arange(301, dtype=np.uint32) * 2, np.arange(600, dtype=np.uint32) % 300
    arrays: list[Array] = [text, at, np.arange(301, dtype=np.uint32) * 3, text, at, ends, forms]
    whole = kernel.kin(kernel.lexicon(*arrays[:3], (tuple(arrays[3:]),)), words[7], ((0, words[7]), (0, "none")))
    assert whole == (sorted([words[7], words[14], words[15]]), [7, 14, 15], [3, 3, 3])
    outcomes = set()
    for _ in range(3000):
        spoiled = damaged(chance, arrays)
        try:
            lexicon = kernel.lexicon(*spoiled[:3], (tuple(spoiled[3:]),))
            for word in chance.choices(words, k=9):
                kernel.kin(lexicon, word, ((0, word), (0, f"{word}x")))
            outcomes.add("read")
        except ValueError:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}
    lexicon = kernel.lexicon(*arrays[:3], (tuple(arrays[3:]),))
    for number in (-1, 1, 99):
        with pytest.raises(ValueError, match="do not go together"):
            kernel.kin(lexicon, "w1", ((number, "w1"),))


def test_a_word_is_answered_by_the_stem_that_is_written_of_it_and_damage_is_refused(
    kernel: ModuleType, snapshot: Snapshot
) -> None:
    segment, chance = snapshot.segments[0], random.Random(7)
    forms, weights = segment.compiled(kernel, ("en",)), np.ones(160 * 64, np.float32)
    assert forms is not None
    lists, every = segment.lists.compiled(kernel), np.arange(40 * 64)

    def first(lexicon: object, word: str, keys: object, live: object = None) -> object:
        table = kernel.table(((lexicon, lists, 0),), weights, live, every, every, None, 1.2, 40, Hit)
        return kernel.first(table, word, keys, 3, False)

    plain = [form for form in segment.forms.all() if form.isascii()]
    assert "runs" in plain
    for word in chance.sample(plain, 150):
        assert first(forms.lexicon, word, None) == first(forms.lexicon, word, numbered(word, ("en",), forms.numbers))
    assert first(forms.lexicon, "runningless", None) is False
    assert first(forms.lexicon, "runs", None, np.ones(40 * 64, np.bool_)) is False
    two = segment.compiled(kernel, ("en", "fr"))
    assert two is not None
    assert first(two.lexicon, "runs", None) is False
    words = sorted(f"w{at}" for at in range(300))
    text = np.frombuffer(("\n".join(words) + "\n").encode(), np.uint8)
    begins = np.concatenate(([0], np.flatnonzero(text == ord("\n")) + 1))
    at = np.append(begins[:-1:16], [len(text), len(words)]).astype(np.uint32)
    ends, members = np.arange(301, dtype=np.uint32) * 2, np.arange(600, dtype=np.uint32) % 300
    arrays: list[Array] = [text, at, np.arange(301, dtype=np.uint32) * 3, *(text, at, ends, members) * 2]
    outcomes = set()
    for _ in range(400):
        spoiled = damaged(chance, arrays)
        try:
            lexicon = kernel.lexicon(*spoiled[:3], (tuple(spoiled[3:7]), tuple(spoiled[7:])))
            for word in chance.choices(words, k=5):
                first(lexicon, word, None)
            outcomes.add("read")
        except ValueError:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}
    with pytest.raises(ValueError, match="do not go together"):
        first(forms.lexicon, "runs", [])


def test_the_terms_of_patterns_are_found_once_and_held_within_a_bound(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = StoredVocabulary(snapshot.segments, ("en",), [None] * len(snapshot.segments))
    size = sum(map(len, many.pattern_terms("na*")))
    monkeypatch.setattr(vocabulary, "CACHED_TERMS", size + 10)
    assert many.pattern_terms("na*") is many.pattern_terms("na*")
    assert "na*" in many._patterns
    many.pattern_terms("n*")  # no more room than for one of both
    assert list(many._patterns) == ["n*"]
    every = many.pattern_terms("*")
    assert sum(map(len, every)) > size + 10
    assert list(many._patterns) == ["n*"]


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 511, 512, 513, 530, 16_400, 60_000])
def test_a_word_is_found_by_its_number_whatever_it_shares_with_others(kernel: ModuleType, size: int) -> None:
    chance = random.Random(size)
    beginnings = [
        "",
        "a",
        "interna",
        "internat",
        "internationalization",
        "\u017c\u00f3\u0142w",
        "\u6771\u4eac",
        "\U0001f600",
    ]
    several: set[str] = set()
    while len(several) < size:
        word = chance.choice(beginnings) + "".join(chance.choices("01é~", k=chance.randrange(9)))
        several.add(word + (str(len(several)) if size > 999 else ""))
    words = sorted(several, key=str.encode)
    text = np.frombuffer("".join(f"{word}\n" for word in words).encode(), np.uint8)
    begins = np.concatenate(([0], np.flatnonzero(text == ord("\n")) + 1))
    at = np.append(begins[:-1:16], [len(text), size]).astype(np.uint32)
    lexicon = kernel.lexicon(text, at, np.arange(size + 1, dtype=np.uint32), ())
    for number, word in chance.sample([*enumerate(words)], min(size, 3000)):
        assert kernel.kin(lexicon, word, ()) == ([word], [number], [1])
        for other in (word[:-1], f"{word}!", f"{word}~", word[:7], f"{word[:8]}\0", "\xff" * 9, "\U0010ffff" * 4):
            assert bool(kernel.kin(lexicon, other, ())[0]) == (other in several)
    assert kernel.kin(lexicon, "internat2", ())[0] == (["internat2"] if "internat2" in several else [])
