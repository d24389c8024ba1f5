"""With the compiled kernel a search finds what it finds without: random queries, random postings, damaged arrays."""

import importlib
import os
import random
import sys
import time
from array import array
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import chain
from types import SimpleNamespace

import numpy as np
import pytest

from corpus.kernel import SWITCH
from indexer.contract.protocol import Batch
from indexer.contract.values import Hit
from indexer.searching import compiled, evaluation, snapshot, terms
from indexer.searching.scoring import scores
from indexer.storage import kernel as installed
from indexer.storage.arrays import ArrayFile, ArrayWriter
from indexer.storage.kernel import EVERY_FIELD, SWEPT_TIMES, SWEPT_WIDTH, floats_of, rows_of
from indexer.storage.postings.reader import PostingLists
from indexer.storage.postings.writer import PostingWriter
from tests.indexer import test_engine_oracle as oracle
from tests.indexer.conftest import bodies, open_engine, read
from tests.indexer.storage.postings.test_reader import DOCUMENTS, Written
from tests.kernel_built import IN_SMALL_RANGES, built

TERMS = 60  # of Written


@pytest.fixture(scope="module", params=[(), IN_SMALL_RANGES], ids=["as installed", "in small ranges"])
def kernel(request, tmp_path_factory):
    return built(tmp_path_factory, *request.param)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return Written(tmp_path_factory.mktemp("postings") / "file", random.Random(9), documents=DOCUMENTS)


class Close(Written):
    """Postings whose positions often follow one another."""

    @staticmethod
    def _places(chance, far):
        beyond = chance.choice((1 << 13, 1 << 17)) if chance.random() < far else 0
        return [beyond + at for at in sorted(chance.sample(range(400), chance.choice((1, 2, 5, 40, 300))))]


def begins(words, standing, width):
    """Count the places from which words, which stand in some places, follow one another, or are near."""
    if not width:
        return len(set.intersection(*({place - at for place in standing[word]} for at, word in enumerate(words))))
    places = np.array(sorted(set().union(*standing.values())))
    hold = np.full(len(places), True)
    for word, times in Counter(words).items():
        hold &= np.diff(np.searchsorted(sorted(standing[word]), [places, places + width]), axis=0)[0] >= times
    return int(hold.sum())


def swept(kernel, lists, sizes, texts, width, lengths):
    """Look for terms from each number on, so many at each place, in all texts; what is damaged raises ValueError."""
    for term in range(TERMS - sum(sizes) + 1):
        given = (array("q", one) for one in (range(term, term + sum(sizes)), sizes, range(len(sizes))))
        kernel.swept(kernel.sweep(lists, *given, lengths, texts, EVERY_FIELD, width), 1 << 30)


def room(rows=DOCUMENTS):
    return np.zeros(rows, np.float32), np.zeros(-(-rows // 64), np.uint64)


@pytest.mark.parametrize("seed", range(100, 103))
def test_random_queries_on_random_corpora_are_answered_as_plain_python_does(kernel, monkeypatch, seed):
    monkeypatch.setattr(snapshot, "kernel", lambda: kernel)
    oracle.test_random_queries_on_random_corpora("columnar", seed)


def test_without_the_kernel_the_same_is_found(monkeypatch):
    monkeypatch.setattr(snapshot, "kernel", lambda: None)
    oracle.test_random_queries_on_random_corpora("columnar", 100)


def test_the_time_is_looked_at_within_a_phrase_and_within_many_terms(kernel, monkeypatch, tmp_path):
    monkeypatch.setattr(snapshot, "kernel", lambda: kernel)
    monkeypatch.setattr(compiled, "POSTINGS", 10)
    monkeypatch.setattr(compiled, "SWEPT", 10)
    monkeypatch.setattr(compiled, "TOGETHER", 10)
    monkeypatch.setattr(terms, "few_sums", lambda *_: None)  # as where there are many postings
    engine = open_engine(tmp_path)
    engine.apply([Batch(bodies(*(f"sea wall station{number}" for number in range(200))), (), 1)])
    for many, text, looks in (
        (100, '"sea wall"', 3),
        (0, '"sea wall"', 3),
        (100, '"wall stat*"', 4),
        (100, "stat*", 4),
    ):
        monkeypatch.setattr(compiled, "MANY", many)  # ranges of texts, or text by text
        left = iter([0.0] * looks)
        monkeypatch.setattr(evaluation, "time", SimpleNamespace(monotonic=lambda left=left: next(left, 99.0)))
        assert engine.search(read(text)).partial, text
    monkeypatch.undo()
    assert engine.search(read('"sea wall"')).total == 200


def test_weights_are_summed_by_row_as_numpy_sums_them(kernel, written):
    chance, weights = random.Random(3), np.random.default_rng(4).random(DOCUMENTS * 4).astype(np.float32)
    live = np.random.default_rng(5).random(DOCUMENTS) < 0.9
    lists, (sums, seen), sorted_ = written.lists.compiled(kernel), room(), 0
    for field in (EVERY_FIELD, 0, 2):
        for size in (1, 2, 9, 1, 2, 9, 1, 2, 9, 150, 200):  # the last ones are more than are added up together
            chosen = sorted(chance.choices(range(TERMS), k=size))
            expected = np.zeros(DOCUMENTS, np.float32)
            for texts, counts in (written.lists.postings(term) for term in chosen):
                inside = np.full(len(texts), True) if field == EVERY_FIELD else (texts & 3) == field
                np.add.at(expected, texts[inside] >> 2, weights[texts[inside]] * counts[inside])
            numbers = array("q", chosen)
            kernel.add(lists, numbers, 0, weights, field, sums, seen)
            rows, found = map(bytes, kernel.take(sums, seen, live))
            few = kernel.few(((lists, numbers, 0),), weights, field, live)
            assert few in (None, (rows, found))
            sorted_ += few is not None
            assert rows_of(rows).tolist() == np.flatnonzero((expected > 0) & live).tolist()
            np.testing.assert_allclose(floats_of(found), expected[rows_of(rows)], rtol=1e-6)
            assert not sums.any()
            assert not seen.any()
    assert sorted_ > 8


@pytest.mark.parametrize("phrases", [130, pytest.param(400, marks=pytest.mark.soak)])
@pytest.mark.parametrize("far", [0, 0.01, 0.5])
def test_a_phrase_stands_where_its_terms_follow_one_another_or_are_near(kernel, tmp_path, far, phrases):
    chance = random.Random(11)
    written = Close(tmp_path / "file", chance, documents=60, far=far)
    assert written.lists.is_wide is (far == 0.5)
    places = [
        {text: set(at) for text, at in zip(written.texts[term], written.positions[term], strict=True)}
        for term in range(TERMS)
    ]
    lists, found_any = written.lists.compiled(kernel), 0
    lengths = np.array([max((max(own[text]) + 1 for own in places if text in own), default=0) for text in range(240)])
    for _ in range(phrases):
        words = [
            tuple(chance.sample(range(TERMS), chance.choice((1, 1, 2, 5)))) for _ in range(chance.choice((2, 2, 3, 4)))
        ]
        words += words[:1] * chance.choice((0, 0, 0, 0, 1, 1, 2, 3))
        number = {word: at for at, word in enumerate(dict.fromkeys(words))}
        given = [array("q", one) for one in (chain(*number), map(len, number), (number[word] for word in words))]
        wide = chance.choice((60, 64, 65, 66, 100, 128, 129, 130, 192, 193))
        field, width = chance.choice((EVERY_FIELD, EVERY_FIELD, 1)), chance.choice((0, 0, len(words), 5, wide, wide))
        expected = {}
        standing_in = {word: [places[term] for term in word] for word in number}
        for text in set.intersection(*(set().union(*standing_in[word]) for word in number)):
            if field in (EVERY_FIELD, text & 3):
                standing = {word: set().union(*(own.get(text, ()) for own in standing_in[word])) for word in number}
                times = begins(words, standing, width)
                expected |= {text: times} if times else {}
        cut = chance.randrange(1, 241)
        looks: list[Callable[..., tuple[bytes, bytes]]] = [partial(kernel.phrase, lists, *given, 240, field, width)]
        if width <= SWEPT_WIDTH and max(Counter(words).values()) <= SWEPT_TIMES:
            sweep = kernel.sweep(lists, *given, lengths, 240, field, width)
            looks.append(lambda _, last, sweep=sweep: kernel.swept(sweep, last))
        for look in looks:
            found = {}
            for first in range(0, 240, cut):
                texts, counts = look(first, first + cut)
                found |= dict(zip(np.frombuffer(texts, np.uint32).tolist(), rows_of(counts).tolist(), strict=True))
            assert found == expected
            found_any += bool(found)
    assert found_any > phrases / 10


def test_sets_of_rows_are_joined_and_the_best_are_chosen_as_numpy_does(kernel):
    chance = np.random.default_rng(6)
    for many in (0, 1, 40, 3000):
        few = np.unique(chance.integers(0, 5000, 30))
        others = np.unique(chance.integers(0, 5000, many))
        one, other = (chance.integers(1, 4, len(rows)).astype(np.float32) for rows in (few, others))
        rows, numbers = kernel.meet(few, one, others, other)
        both, at, their = np.intersect1d(few, others, return_indices=True)
        assert rows_of(rows).tolist() == both.tolist()
        assert floats_of(numbers).tolist() == (one[at] + other[their]).tolist()
        second, third = chance.integers(0, 3, 5000), chance.permutation(5000)
        order = np.lexsort((-third[others], -second[others], -other))
        for first in (other, other.astype(np.int64)):
            shown = order[:20]
            rows, hits = kernel.top(first, others, second, third, 20, Hit, True)
            assert rows_of(rows).tolist() == others[shown].tolist()
            assert hits == [Hit(*pair) for pair in zip(third[others[shown]], first[shown], strict=True)]
            assert all(type(one) is Hit and type(one.id) is int and type(one.score) is float for one in hits)
            assert kernel.top(first, others, second, third, 20, Hit, False)[1] == [
                one._replace(score=0.0) for one in hits
            ]
        counts = np.zeros(3, np.int64)
        kernel.tally(second.astype(np.uint16), others, counts)
        assert counts.tolist() == np.bincount(second[others], minlength=3).tolist()


def test_few_postings_of_several_segments_are_summed_as_many_are(kernel, written):
    chance, weights = random.Random(4), np.random.default_rng(4).random(DOCUMENTS * 12).astype(np.float32)
    lists, (sums, seen), none, sorted_ = written.lists.compiled(kernel), room(DOCUMENTS * 3), array("q"), 0
    for _ in range(40):
        given = [array("q", sorted(chance.sample(range(TERMS), chance.choice((1, 2, 5))))) for _ in range(3)]
        given[chance.randrange(3)] = none
        parts = tuple((lists, numbers, at * DOCUMENTS) for at, numbers in enumerate(given))
        for one, numbers, first in parts:
            kernel.add(one, numbers, first, weights, EVERY_FIELD, sums, seen)
        found, expected = kernel.few(parts, weights, EVERY_FIELD, None), kernel.take(sums, seen, None)
        assert found in (None, expected)
        sorted_ += found is not None
    assert sorted_
    assert kernel.few((), weights, EVERY_FIELD, None) == kernel.few(((lists, none, 0),), weights, 0, None) == (b"", b"")


def test_scores_are_those_of_numpy(kernel):
    sums = np.random.default_rng(8).random(5000).astype(np.float32) * 40
    expected = scores(sums, 90_000, None)
    assert scores(sums, 90_000, kernel).tolist() == expected.tolist()
    assert len(scores(sums[:0], 90_000, kernel)) == 0


@pytest.mark.parametrize("kind", [int, type, os.stat_result, time.struct_time])
def test_hits_are_of_no_type_that_has_more_than_a_tuple(kernel, kind):
    rows = np.arange(2)
    with pytest.raises(TypeError, match="__new__"):
        kernel.top(np.ones(2, np.float32), rows, rows, rows, 2, kind, True)


def test_numbers_out_of_place_are_refused(kernel, written):
    (sums, seen), weights = room(), np.ones(DOCUMENTS * 4, np.float32)
    lists, none = written.lists.compiled(kernel), np.empty(0, np.int64)
    rows, numbers = np.array([DOCUMENTS]), np.ones(1, np.float32)
    rare = array("q", [min(range(TERMS), key=lambda term: len(written.texts[term]))])
    refused = (
        lambda: kernel.add(lists, array("q", [TERMS]), 0, weights, EVERY_FIELD, sums, seen),
        lambda: kernel.add(lists, array("q", [-1]), 0, weights, EVERY_FIELD, sums, seen),
        lambda: kernel.add(lists, array("q", range(TERMS)), 0, weights[:8], EVERY_FIELD, sums, seen),
        lambda: kernel.add(lists, array("q", [0]), DOCUMENTS + 1, weights, EVERY_FIELD, sums, seen),
        lambda: kernel.few(((lists, array("q", [TERMS]), 0),), weights, EVERY_FIELD, None),
        lambda: kernel.few(((lists, array("q", [-1]), 0),), weights, EVERY_FIELD, None),
        lambda: kernel.few(((lists, rare, 0),), weights[:0], EVERY_FIELD, None),
        lambda: kernel.few(((lists, rare, -1),), weights, EVERY_FIELD, None),
        lambda: kernel.few(((lists, rare, DOCUMENTS + 1),), weights, EVERY_FIELD, None),
        lambda: kernel.few(((lists, rare, 0),), weights, EVERY_FIELD, np.ones(3, np.bool_)),
        lambda: kernel.pour(rows, numbers, sums, seen),
        lambda: kernel.pour(-rows, numbers, sums, seen),
        lambda: kernel.pour(rows, numbers[:0], sums, seen),
        lambda: kernel.take(sums, seen[:-1], None),
        lambda: kernel.take(sums, seen, np.ones(3, np.bool_)),
        lambda: kernel.mark(lists, array("q", [TERMS]), EVERY_FIELD, np.zeros(DOCUMENTS, np.bool_)),
        lambda: kernel.mark(lists, array("q", range(TERMS)), EVERY_FIELD, np.zeros(3, np.bool_)),
        lambda: kernel.top(numbers, rows, none, none, 1, Hit, True),
        lambda: kernel.top(np.ones(1, np.uint8), np.array([0]), np.array([0]), np.array([0]), 1, Hit, True),
        lambda: kernel.tally(np.zeros(4, np.uint8), rows, np.zeros(1, np.int64)),
        lambda: kernel.tally(np.full(4, 9, np.uint8), np.array([0]), np.zeros(1, np.int64)),
        *(
            lambda given=given: kernel.phrase(lists, *(array("q", one) for one in given), 9, EVERY_FIELD, 0, 0, 9)
            for given in (
                ([0], [1], [0] * 33),
                ([0, TERMS], [1, 1], [0, 1]),
                ([0, -1], [1, 1], [0, 1]),
                ([0, 1], [1, 2], [0, 1]),
                ([0, 1], [1, 0], [0, 1]),
                ([0, 1], [1, 1], [0, 2]),
                ([0, 1], [1, 1], [0, -1]),
                ([0, 1], [1, 1], [0, 0]),
                ([0] * 65, [65], [0]),
                ([], [], []),
            )
        ),
        *(
            lambda given=given: kernel.sweep(lists, *(array("q", one) for one in given[:3]), *given[3:])
            for given in (
                ([0, 1], [1, 1], [0, 1], none, 9, EVERY_FIELD, 0),
                ([0, 1], [1, 1], [0, 1], weights, -1, EVERY_FIELD, 0),
                ([0, 1], [1, 1], [0, 1], weights, 1 << 40, EVERY_FIELD, 0),
                ([0, 1], [1, 1], [0, 1], weights, 9, EVERY_FIELD, 193),
                ([0, 1], [1, 1], [0, 1] + [0] * 31, weights, 9, EVERY_FIELD, 0),
                ([0, 1], [1, 1], [0, 1] + [0] * 4, weights, 9, EVERY_FIELD, 9),
                ([0, TERMS], [1, 1], [0, 1], weights, 9, EVERY_FIELD, 0),
                ([0, 1], [1, 2], [0, 1], weights, 9, EVERY_FIELD, 0),
                ([0, 1], [1, 1], [0, 2], weights, 9, EVERY_FIELD, 0),
                ([0, 1], [1, 1], [0, 0], weights, 9, EVERY_FIELD, 0),
                ([0] * 65_537, [65_537], [0], weights, 9, EVERY_FIELD, 0),
                ([], [], [], weights, 9, EVERY_FIELD, 0),
            )
        ),
        lambda: kernel.open((none,) * 16, 1, False),  # one too few
        lambda: kernel.open((none,) * 17, 1, False),
    )
    for call in refused:
        with pytest.raises(ValueError, match="do not go together"):
            call()


@pytest.mark.parametrize("most", [-1, (1 << 63) - 1, -(1 << 46), 1 << 62])
def test_arrays_of_wider_numbers_than_are_written_are_refused_or_read_within_bounds(kernel, written, most):
    opened = []
    written.lists._compiled = None
    written.lists.compiled(SimpleNamespace(open=lambda *given: opened.append(given)))
    written.lists._compiled = None
    (arrays, blocks, is_wide), refused = opened[0], set()
    every = array("q", range(TERMS))
    for number, one in enumerate(arrays):
        changed = list(arrays)
        changed[number] = np.full(len(one), most, np.int64)
        try:
            lists = kernel.open(tuple(changed), blocks, is_wide)
            kernel.mark(lists, every, 0, np.zeros(DOCUMENTS, np.bool_))
            for term in range(TERMS - 1):
                given = (array("q", one) for one in ([term, term + 1], [1, 1], [0, 1]))
                kernel.phrase(lists, *given, DOCUMENTS * 4, -1, 9, 0, 1 << 30)
            swept(kernel, lists, (1, 2), DOCUMENTS * 4, 9, np.full(DOCUMENTS * 4, 4000, np.uint32))
        except ValueError:
            refused.add(number)
    assert {0, 1, 3, 5, 6, 7} <= refused  # where postings and positions begin, blocks, their ends, and ranks


@pytest.mark.parametrize("files", [20, pytest.param(60, marks=pytest.mark.soak)])
def test_arrays_with_any_byte_changed_are_read_or_refused(kernel, tmp_path, files):
    chance = random.Random(12)
    Written(tmp_path / "file", chance, documents=20_000)
    whole, weights = (tmp_path / "file").read_bytes(), np.ones(20_000 * 4, np.float32)
    roomy = np.ones(20_000 * 4 * 20, np.float32)  # of so many rows that there are few postings
    outcomes, end = set(), whole.rindex(b'{"arrays"')
    for number in range(files):
        damaged = bytearray(whole)
        for _ in range(40):
            damaged[chance.randrange(8, end)] = chance.randrange(256)
        path = tmp_path / str(number)
        path.write_bytes(damaged)
        try:
            lists = PostingLists(ArrayFile(path), 20_000).compiled(kernel)
            sums, seen = room(20_000)
            kernel.add(lists, array("q", range(TERMS)), 0, weights, EVERY_FIELD, sums, seen)
            kernel.take(sums, seen, None)
            for field in (EVERY_FIELD, 0):
                kernel.mark(lists, array("q", range(TERMS)), field, np.zeros(20_000, np.bool_))
            for term in range(TERMS - 1):
                kernel.few(((lists, array("q", [term, term + 1]), 0),), roomy, EVERY_FIELD, None)
            sizes, places = array("q", [1, 2]), array("q", [0, 1])
            for term in range(TERMS - 2):
                for width in (0, 2, 40):
                    kernel.phrase(
                        lists,
                        array("q", [term, term + 1, term + 2]),
                        sizes,
                        places,
                        80_000,
                        EVERY_FIELD,
                        width,
                        0,
                        1 << 30,
                    )
            lengths = np.array(chance.choices((0, 1, 4096, 1 << 20), (1, 1, 9, 0.1), k=80_000), np.uint32)
            for width in (0, 2, 40, 100):
                swept(kernel, lists, (1, 9, 2), 80_000, width, lengths)
            outcomes.add("read")
        except ValueError:
            outcomes.add("refused")
        path.unlink()
    assert "refused" in outcomes


def test_a_kernel_that_is_missing_or_of_another_version_is_left_aside(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, "pressmark_kernel", raising=False)
    monkeypatch.delenv(SWITCH, raising=False)
    find = installed.kernel.__wrapped__
    assert find() is None
    (tmp_path / "pressmark_kernel.py").write_text(f"VERSION = {installed.VERSION + 1}\n")
    importlib.invalidate_caches()
    assert find() is None
    monkeypatch.delitem(sys.modules, "pressmark_kernel")
    (tmp_path / "pressmark_kernel.py").write_text(f"VERSION = {installed.VERSION}  # another size\n")
    importlib.invalidate_caches()
    assert find() is not None
    monkeypatch.setenv(SWITCH, "off")
    assert find() is None
    monkeypatch.delitem(sys.modules, "pressmark_kernel")


def test_texts_behind_the_first_block_are_found_where_no_term_has_many(kernel, tmp_path):
    file, texts = ArrayWriter(tmp_path / "file"), np.array([5, 70_000, 200_000], np.uint32)
    writer = PostingWriter(file, np.array([3]), np.array([3]), DOCUMENTS, wide=None)
    writer.write(texts, np.ones(3, np.uint32), np.zeros(3, np.uint32))
    writer.close()
    file.close()
    lists, (sums, seen) = PostingLists(ArrayFile(tmp_path / "file"), DOCUMENTS).compiled(kernel), room()
    kernel.add(lists, array("q", [0]), 0, np.ones(DOCUMENTS * 4, np.float32), EVERY_FIELD, sums, seen)
    assert rows_of(kernel.take(sums, seen, None)[0]).tolist() == (texts >> 2).tolist()
