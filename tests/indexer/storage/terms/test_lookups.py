"""Words, variants and near forms in a segment's arrays, each against the plain way to find them."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.analysis.levenshtein import within
from indexer.analysis.plain import plain_forms, plain_spans
from indexer.analysis.stems import sought
from indexer.analysis.text import _PLAIN, MAX_FORM, _spans, forms, normalised
from indexer.storage.arrays import ArrayFile, ArrayWriter
from indexer.storage.policy import MOST, to_merge
from indexer.storage.terms.edit_signatures import likely_near, write_signatures
from indexer.storage.terms.pattern_scan import matching
from indexer.storage.terms.stem_groups import Variants, write_variants
from indexer.storage.terms.term_dictionary import MISSING, Words, write_words
from tests.indexer.variants import are_variants

VOCABULARY = st.lists(
    st.one_of(
        st.sampled_from("flood floods flooded flooding run runs running ran news pérez perez haus häuser 東京".split()),
        st.text(alphabet="abcdéя東", min_size=1, max_size=6),
    ),
    unique=True,
    max_size=30,
).map(sorted)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    path = tmp_path_factory.mktemp("arrays") / "file"

    def write(write_into):
        file = ArrayWriter(path)
        write_into(file)
        file.close()
        return ArrayFile(path)

    return write


@given(vocabulary=VOCABULARY, word=st.text(alphabet="abflodé東", max_size=5))
def test_words_are_found_in_their_order(stored, vocabulary, word):
    words = Words.of(stored(lambda file: write_words(file, "w", vocabulary)), "w")
    assert words.all() == vocabulary
    assert words.find(word) == (vocabulary.index(word) if word in vocabulary else MISSING)
    assert words.slice(words.starting(word)) == [one for one in vocabulary if one.startswith(word)]


@given(vocabulary=VOCABULARY, pattern=st.text(alphabet="abdofl*?é東", min_size=1, max_size=6))
def test_a_pattern_finds_the_words_that_a_plain_expression_finds(stored, vocabulary, pattern):
    words = Words.of(stored(lambda file: write_words(file, "w", vocabulary)), "w")
    plain = re.compile("".join({"*": ".*", "?": "."}.get(one, one) for one in pattern))
    assert [vocabulary[at] for at in matching(pattern, words)] == [one for one in vocabulary if plain.fullmatch(one)]


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 63, 64, 65, 128, 1000])
def test_words_are_found_whatever_their_number(stored, size):
    vocabulary = sorted({f"{number:x}é" if number % 3 else f"w{number}" for number in range(size)})
    words = Words.of(stored(lambda file: write_words(file, "w", vocabulary)), "w")
    assert words.all() == vocabulary
    assert [words.find(one) for one in vocabulary] == list(range(size))
    assert [words.word(at) for at in range(size)] == words.words(range(size)) == vocabulary
    assert words.find("é") == words.find("zz") == words.find("") == words.find("w0\nw1") == MISSING
    for first in range(0, size, 7):
        part = range(first, min(size, first + 33))
        assert words.slice(part) == vocabulary[first : first + 33]
        assert words.encoded(part) == "".join(f"{one}\n" for one in vocabulary[first : first + 33]).encode()
    starting = [one for one in vocabulary if one.startswith("w1")]
    assert words.slice(words.starting("w1")) == starting


@given(vocabulary=VOCABULARY)
def test_forms_that_share_a_key_are_variants(stored, vocabulary):
    def write(file):
        write_words(file, "forms", vocabulary)
        write_variants(file, vocabulary, ["en"])

    file = stored(write)
    words = Words.of(file, "forms")
    variants = Variants(file, words, words.find)
    languages = ("en", "de")  # of German no map was written, so one is made
    for form in [*vocabulary, "flooding", "runs"]:
        found = {
            vocabulary[number]
            for language, key in sought(form, languages)
            for number in variants.sharing(key, language)
        }
        assert found == {other for other in vocabulary if are_variants(form, other, languages)}


@given(
    vocabulary=VOCABULARY,
    word=st.text(alphabet="flodrunsé東", min_size=1, max_size=7),
    distance=st.sampled_from([1, 2]),
)
def test_near_forms_are_all_found(stored, vocabulary, word, distance):
    def write(file):
        write_words(file, "forms", vocabulary)
        write_signatures(file, vocabulary)

    file = stored(write)
    expected = within(distance, word, [one for one in vocabulary if one[0] == word[0]])
    forms = Words.of(file, "forms")
    likely = [forms.word(number) for number in likely_near(word, distance, forms, file)]
    assert within(distance, word, likely) == expected


@given(st.lists(st.integers(1, 5_000_000), max_size=40))
def test_merging_ends_with_few_segments(sizes):
    while chosen := to_merge(sizes):
        assert len(set(chosen)) > 1
        sizes = [size for at, size in enumerate(sizes) if at not in chosen] + [sum(sizes[at] for at in chosen)]
    assert len(sizes) <= MOST


@given(st.text(alphabet="aAbZ09 ._-+#'’“”…—\n\t£éÉßÿØ×²ªµ\xad\x85İſ", max_size=60))
def test_plain_texts_have_the_same_forms_either_way(text):
    quick = plain_forms(text)
    if quick is not None and max(map(len, quick), default=0) <= MAX_FORM:
        assert quick == [form.replace(".", "") for form in _PLAIN.findall(normalised(text))]
        assert quick == forms(text)


@given(st.text(alphabet="aAbZ09 ._-+#'’“”…—\n\t£é", max_size=60))
@example("a" * MAX_FORM + " b")
@example("b " + "a" * (MAX_FORM + 1))
def test_plain_texts_have_the_same_places_either_way(text):
    quick = plain_spans(text, MAX_FORM)
    assert quick is None or quick == _spans(text)
    assert quick is not None or len(text) > 60 or not text.isascii() or {*"._+#"} & {*text}
