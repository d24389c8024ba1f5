"""A bare word answered in one step of the kernel, or in few without it, has the answer that all steps give."""

import os
import random
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamaged
from indexer.columnar.engine import ColumnarEngine
from indexer.contract.facets import FacetName
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import Hit, Interval, Match, Query, Word
from indexer.searching import search, snapshot
from indexer.searching.evaluation import Evaluation
from indexer.searching.snapshot import Cache
from tests.kernel_built import built

WORDS = [stem + ending for stem in "flood station été run über".split() for ending in ("", "s", "ed", "ing", "er")]
WORDS += ["name" + "".join(chr(97 + int(one)) for one in str(at)) for at in range(4000)] + ["everywhere"]


def filled(folder: Path, segments: int, *, copies: bool, deleted: bool) -> ColumnarEngine:
    chance, engine = random.Random(segments), ColumnarEngine(folder, languages=("en",))
    for number in range(segments):
        documents = [
            Document(
                id=number * 900 + at + 1,
                headline=chance.choice(WORDS),
                body=" ".join((*chance.choices(WORDS, k=5), "everywhere")),
                facets={FacetName.AUTHOR: (f"author-{at % 7}",)} if at % 5 else {},
                published=chance.choice((None, 20_000_000 + 9_000 * at)),
                added=28_000_000 - at % 3,
                copy_of=number * 900 + at - at % 4 + 1 if copies and at % 4 else None,
            )
            for at in range(900 - 200 * number)
        ]
        engine.apply([Batch(documents, (), number + 1)])
    if deleted:
        engine.apply([Batch((), tuple(range(1, 900, 7)), segments + 1)])
    return engine


@pytest.mark.parametrize("copies", [False, True], ids=["each its own text", "copies"])
@pytest.mark.parametrize("deleted", [False, True], ids=["whole", "some deleted"])
@pytest.mark.parametrize("segments", [1, 3])
@pytest.mark.parametrize("compiled", [True, False], ids=["kernel", "numpy"])
@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.soak)], ids=["some words", "all words"])
def test_the_first_page_of_a_word_is_that_of_all_the_steps(
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    compiled: bool,
    segments: int,
    deleted: bool,
    copies: bool,
    step: int,
) -> None:
    kernel = built(tmp_path_factory) if compiled else None
    monkeypatch.setattr(snapshot, "kernel", lambda: kernel)
    engine = filled(tmp_path, segments, copies=copies, deleted=deleted)
    here, at_once = engine._reading.snapshot(), 0

    def cold() -> None:
        here.vocabulary._words.clear()
        here.vocabulary._frequencies.clear()
        here._cache = Cache(1 << 26)

    for text in (*WORDS[:180:step], "everywhere", "none", "x" * 300):
        for query in (
            Query(text, Word(text), facets=(), interval=None),
            Query(text, Word(text), facets=(FacetName.AUTHOR,), interval=Interval.MONTH, folded=True, per_page=3),
            Query(text, Word(text), facets=(), interval=Interval.AUTO, folded=True, match=Match.BEST, per_page=400),
        ):
            cold()
            found = search._of_word(query, here)
            at_once += found is not None
            again = search.answer(query, here)  # with what the first one left
            cold()
            expected = search._answer(query, Evaluation(here), here)
            assert found in (None, expected)
            assert again._replace(suggestion=None, substitutes=None) == expected or again.substitutes
    engine.close()
    assert at_once > 150 // step


@pytest.mark.parametrize(
    "query",
    [
        Query("flood", Word("flood"), page=2),
        Query("body:flood", Word("flood", "body")),  # type: ignore[arg-type]
        Query("flood", Word("flood"), sort="new"),  # type: ignore[arg-type]
        Query("flood", Word("flood"), dating="fetched"),  # type: ignore[arg-type]
        Query("everywhere", Word("everywhere")),
        Query("f", Word("f")),
        Query(),
    ],
)
def test_other_queries_are_not_answered_so(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: Query
) -> None:
    kernel = built(tmp_path_factory)
    monkeypatch.setattr(snapshot, "kernel", lambda: kernel)
    engine = filled(tmp_path, 1, copies=False, deleted=False)
    assert search._of_word(query, engine._reading.snapshot()) is None
    engine.close()


def test_arrays_of_another_length_are_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    kernel = built(tmp_path_factory)
    weights, rows, live = np.ones(40, np.float32), np.arange(10), np.ones(10, np.bool_)
    kernel.table((), weights, live, rows, rows, live, 1.2, 10, Hit)
    for given in (
        (weights, live[:9], rows, rows, None),
        (weights, None, rows[:9], rows, None),
        (weights, None, rows, rows[:9], None),
        (weights, None, rows, rows, live[:9]),
        (weights, None, rows.astype(np.int32), rows, None),
        (weights, None, rows, rows.astype(np.float32), None),
    ):
        with pytest.raises(ValueError, match="do not go together"):
            kernel.table((), *given, 1.2, 10, Hit)
    with pytest.raises(TypeError):
        kernel.table((), weights, None, rows, rows, None, 1.2, 10, int)
    with pytest.raises(ValueError, match="invalid PyCapsule"):
        kernel.first(object(), "flood", (), 10, True)


@pytest.mark.parametrize("compiled", [True, False], ids=["kernel", "numpy"])
def test_each_search_sees_that_a_file_was_written_to_and_refuses_one_that_was_cut(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: bool
) -> None:
    kernel = built(tmp_path_factory) if compiled else None
    monkeypatch.setattr(snapshot, "kernel", lambda: kernel)
    engine = filled(tmp_path, 2, copies=False, deleted=False)
    flood = Query("flood", Word("flood"))
    found, here = engine.search(flood), engine._reading.snapshot()
    path = here.segments[0].file.path
    os.utime(path, (1, 1))  # of the same bytes
    assert here.touched()
    assert engine.search(flood) == found
    assert here.touched() is not compiled  # without the kernel each search looks at the files one by one
    os.truncate(path, path.stat().st_size - 1)
    with pytest.raises(IndexDamaged, match="changed while it was in use"):
        engine.search(flood)
    engine.close()


def test_a_file_is_touched_when_its_size_or_its_time_is_another(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    kernel = built(tmp_path_factory)
    with (tmp_path / "file").open("w+b") as file:
        file.write(b"some bytes")
        file.flush()
        status = (tmp_path / "file").stat()
        one = file.fileno(), status.st_size, status.st_mtime_ns
        assert not kernel.touched(())
        assert not kernel.touched((one, one))
        assert kernel.touched((one, (*one[:2], one[2] + 1)))
        assert kernel.touched(((one[0], 9, one[2]),))
        file.truncate(4)
        assert kernel.touched((one,))
    assert kernel.touched(((-1, *one[1:]),))
    for wrong in ([one], (one[:2],), (1,)):
        with pytest.raises(ValueError, match="do not go together"):
            kernel.touched(wrong)
    with pytest.raises(TypeError):
        kernel.touched((("1", 2, 3),))
    with pytest.raises(OverflowError):
        kernel.touched(((1, 2, 1 << 70),))
