"""However documents came in, in one segment or many, replaced, deleted and merged: the same answers."""

import random
from dataclasses import replace

import pytest

from indexer.columnar.engine import ColumnarEngine
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import Phrase, Query, Word
from indexer.storage.check_index import verify
from indexer.storage.merging import merge
from indexer.storage.segment_file import OpenSegment
from tests.indexer.test_engine_oracle import a_document, a_query


def grown(path, chance, memory):
    """An index that came about by many small batches, and the documents it must hold."""
    engine = ColumnarEngine(path, memory=memory)
    held = {}
    for position in range(1, chance.randrange(8, 30)):
        documents = [a_document(chance, chance.randrange(1, 60)) for _ in range(chance.randrange(1, 12))]
        deletions = chance.sample(sorted(held), min(len(held), chance.choice((0, 0, 2, 5))))
        for document in documents:
            held[document.id] = document
        for id in deletions:
            held.pop(id, None)
        engine.apply([Batch(documents, deletions, position)])
    return engine, list(held.values())


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 8))])
def test_an_index_grown_by_small_steps_answers_as_one_made_at_once(tmp_path, seed):
    chance = random.Random(seed)
    engine, documents = grown(tmp_path / "grown", chance, 16 << 20)
    other = ColumnarEngine(tmp_path / "at-once")
    other.apply([Batch(sorted(documents, key=lambda one: one.id), (), engine.position)])
    assert len(engine) == len(other) == len(documents)
    for _ in range(60):
        query = a_query(chance)
        ours, theirs = engine.search(query), other.search(query)
        assert [hit.id for hit in ours.hits] == [hit.id for hit in theirs.hits]
        assert [hit.score for hit in ours.hits] == pytest.approx([hit.score for hit in theirs.hits], rel=1e-4)
        assert ours._replace(hits=()) == theirs._replace(hits=())
    assert verify(tmp_path / "grown") == []


def test_merged_segments_are_the_segment_of_all_their_live_documents(tmp_path):
    chance = random.Random(4)
    documents = [replace(a_document(chance, id), byline="flood " * 300) for id in range(1, 90)]
    parts = [documents[:30], documents[30:31], documents[31:]]
    for number, part in enumerate((*parts, [one for one in documents if one.id % 3])):
        ColumnarEngine(tmp_path / str(number)).apply([Batch(part, (), 1)])
    segments = [OpenSegment(next((tmp_path / str(number)).glob("*.columns"))) for number in range(4)]
    pairs = [(one, one.columns.ids % 3 > 0) for one in segments[:3]]
    assert merge(tmp_path / "merged", pairs, tuple(segments[3].file.facts["languages"])) == segments[3].count
    merged = OpenSegment(tmp_path / "merged")
    for name in (*segments[3].file.names(),):
        assert merged.file[name].tolist() == segments[3].file[name].tolist(), name


def test_a_memory_too_small_for_a_batch_still_commits_it_whole(tmp_path):
    documents = [a_document(random.Random(id), id) for id in range(1, 40)]
    documents = [replace(one, body="flood wall " * 4000) for one in documents]
    engine = ColumnarEngine(tmp_path, memory=1)
    engine.apply([Batch((*documents, replace(documents[0], body="last")), (), 7)])
    assert (len(engine), engine.position) == (39, 7)
    assert engine.search(Query(clause=Word("last"))).total == 1
    assert engine.search(Query(clause=Phrase(("flood", "wall")))).total == 38


def test_an_index_whose_articles_are_all_deleted_is_empty(tmp_path):
    engine = ColumnarEngine(tmp_path)
    engine.apply([Batch([a_document(random.Random(1), 1)], (), 1)])
    engine.apply([Batch((), (1,), 2)])
    assert (len(engine), engine.position, engine.search(Query()).total) == (0, 2, 0)
    assert not list(tmp_path.glob("*.columns"))


@pytest.mark.parametrize("bodies", [("",), ("", ""), ("", "flood")])
def test_an_index_of_articles_without_words_is_whole(tmp_path, bodies):
    engine = ColumnarEngine(tmp_path)
    engine.apply([Batch([Document(id=at, body=body) for at, body in enumerate(bodies, 1)], (), 1)])
    engine.apply([Batch([Document(id=9)], (1,), 2)])
    assert verify(tmp_path) == []
    engine.examine()
    assert engine.search(Query(clause=None)).total == len(bodies)
    assert engine.search(Query(clause=Word("flood"))).total == bodies.count("flood")
