"""Postings from elsewhere are read to their end, in pieces, before anything is taken as a place in another array."""

import random
import tracemalloc
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from indexer.storage.arrays import Array, ArrayFile, ArrayWriter
from indexer.storage.postings import checks, layout
from indexer.storage.postings.reader import PostingLists
from indexer.storage.postings.writer import PostingWriter
from tests.indexer.storage.postings.test_reader import Written

DOCUMENTS = 40_000  # three blocks of texts
BROKEN = (ArithmeticError, LookupError, MemoryError, TypeError, ValueError)

Arrays = dict[str, Array]


def written(path: Path, counts: Array, texts: Array, frequencies: Array, documents: int) -> ArrayFile:
    """A file of postings, each at the first positions of its text."""
    file = ArrayWriter(path)
    ends = np.append(0, np.cumsum(frequencies))
    a_term = np.diff(ends[np.append(0, np.cumsum(counts))])
    writer = PostingWriter(file, counts, a_term, documents, wide=None)
    writer.write(texts, frequencies, (np.arange(ends[-1]) - np.repeat(ends[:-1], frequencies)).astype(np.uint32))
    writer.close()
    file.close()
    return ArrayFile(path)


def random_postings(path: Path, chance: random.Random) -> tuple[Arrays, Array]:
    """Arrays of random postings, of terms with few and with many, and the lengths of their texts."""
    terms = [sorted(chance.sample(range(DOCUMENTS * 4), chance.choice((1, 2, 11, 30, 900, 3000)))) for _ in range(40)]
    texts = np.array([text for term in terms for text in term], np.uint32)
    frequencies = np.array(chance.choices((1, 2, 3, 4, 9, 254, 255, 300), (60, 9, 5, 5, 5, 1, 1, 1), k=len(texts)))
    file = written(path, np.array(list(map(len, terms))), texts, frequencies.astype(np.uint32), DOCUMENTS)
    return {name: file[name] for name in file.names()}, np.bincount(texts, frequencies, DOCUMENTS * 4).astype(np.int64)


def broken(arrays: Arrays, lengths: Array) -> list[str]:
    """The rules that arrays break."""
    try:
        lists = PostingLists(cast(ArrayFile, arrays), DOCUMENTS)
        forms = len(arrays["postings.counts"])
        shapes = [said for said, holds in checks.shapes(cast(ArrayFile, arrays), lists, forms) if not holds()]
        return shapes or [said for said, holds in checks.contents(lists, DOCUMENTS, lengths) if not holds()]
    except BROKEN:
        return ["they do not go together"]


def are_safe(arrays: Arrays, lengths: Array) -> bool:
    """Read term by term: do texts rise, do lengths come out, and is each position less than its text's length?"""
    lists = PostingLists(cast(ArrayFile, arrays), DOCUMENTS)
    counted = np.zeros(len(lengths), np.int64)
    place = 0
    for term in range(len(arrays["postings.counts"])):
        texts, often = lists.texts(term).astype(np.int64), lists.frequencies(term).astype(np.int64)
        counted[texts] += often
        end = place + int(often.sum())
        inside = lists.positions(place, end) < np.repeat(lengths[texts], often)
        if (np.diff(texts) <= 0).any() or not inside.all() or int(lists.position_at[term + 1]) != end:
            return False
        place = end
    return np.array_equal(counted, lengths)


@pytest.mark.parametrize("piece", [512, 1 << 18])
def test_postings_that_were_written_break_no_rule_in_pieces_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(checks, "PIECE", piece)
    for seed in range(5):
        arrays, lengths = random_postings(tmp_path / f"{seed}", random.Random(seed))
        assert broken(arrays, lengths) == []
        assert are_safe(arrays, lengths)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 20))])
def test_what_breaks_no_rule_after_any_of_200_flips_is_safe_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    arrays, lengths = random_postings(tmp_path / "written", chance)
    found = 0
    for _ in range(200):
        name = chance.choice([name for name in arrays if len(arrays[name])])
        flipped = arrays[name].copy()
        flipped.view(np.uint8)[chance.randrange(flipped.nbytes)] ^= 1 << chance.randrange(8)
        monkeypatch.setattr(checks, "PIECE", 512)
        said = broken({**arrays, name: flipped}, lengths)
        monkeypatch.setattr(checks, "PIECE", 1 << 18)
        assert bool(said) == bool(broken({**arrays, name: flipped}, lengths))
        assert said or are_safe({**arrays, name: flipped}, lengths)
        found += bool(said)
    assert found > 100


@pytest.mark.parametrize("piece", [512, 1 << 18])
def test_two_texts_of_a_term_that_changed_their_places_are_out_of_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    arrays, lengths = random_postings(tmp_path / "written", random.Random(4))
    monkeypatch.setattr(checks, "PIECE", piece)
    lists, tried = PostingLists(cast(ArrayFile, arrays), DOCUMENTS), 0
    for term in (1, 7, 30):
        texts, often = lists.texts(term), lists.frequencies(term)
        alike = np.flatnonzero((texts[1:] >> 16 == texts[:-1] >> 16) & (often[1:] == often[:-1]))[:1]
        at = int(lists.posting_at[term]) + alike
        swapped = arrays[layout.LOW].copy()
        swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at].copy()
        if len(alike):
            assert broken({**arrays, layout.LOW: swapped}, lengths) == ["postings of a term are out of order"]
            tried += 1
    assert tried


def test_texts_of_a_part_of_any_terms_are_those_of_the_whole(tmp_path: Path) -> None:
    chance = random.Random(3)
    arrays, _ = random_postings(tmp_path / "written", chance)
    lists = PostingLists(cast(ArrayFile, arrays), DOCUMENTS)
    texts, frequencies = lists.postings(0, 40)
    for _ in range(300):
        start, end = sorted(chance.sample(range(len(lists) + 1), 2))
        some = lists.between(start, end)
        assert np.array_equal(some[0], texts[start:end])
        assert np.array_equal(some[1], frequencies[start:end])


def test_the_memory_of_the_check_does_not_grow_with_the_postings(tmp_path: Path) -> None:
    documents, terms = 50_000, 40
    texts = np.tile(np.arange(documents * 4, dtype=np.uint32), terms)
    ones = np.ones(len(texts), np.uint32)
    file = written(tmp_path / "written", np.full(terms, documents * 4), texts, ones, documents)
    lengths = np.full(documents * 4, terms, np.uint32)
    lists = PostingLists(file, documents)
    assert len(lists) == 8_000_000
    tracemalloc.start()
    try:
        assert all(holds() for _, holds in checks.shapes(file, lists, terms))
        assert all(holds() for _, holds in checks.contents(lists, documents, lengths))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 << 20  # two bytes and a half a posting; all of them unpacked were twenty and more


def test_far_positions_out_of_order_in_their_block_or_behind_all_are_found(tmp_path: Path) -> None:
    file = Written(tmp_path / "written", random.Random(9), documents=70_000).file
    arrays = {name: file[name] for name in file.names()}
    at, by, ends = (arrays[name] for name in (layout.FAR_AT, layout.FAR_BY, layout.FAR_ENDS))
    assert len(ends) > 1
    assert ends[0] > 1

    def rules(**changed: Array) -> list[str]:
        given = cast(ArrayFile, {**arrays, **{f"positions.{name}": one for name, one in changed.items()}})
        return [said for said, holds in checks.shapes(given, PostingLists(given, 70_000), 60) if not holds()]

    swapped, beyond, sooner = at.copy(), at.copy(), ends.copy()
    swapped[[0, 1]] = at[[1, 0]]
    beyond[-1] = (1 << 16) - 1
    sooner[0] = ends[1] + 1
    assert rules() == []
    for changed in ({"far_at": swapped}, {"far_at": beyond}, {"far_ends": sooner}, {"far_ends": ends[:-1]}):
        assert len(rules(**changed)) == 1
    assert rules(far_by=np.zeros_like(by))
    assert rules(far_at=at.astype(np.uint32))
