"""An engine over files of another version, or files that have changed without a trace."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import IndexDamaged
from indexer.columnar.engine import ColumnarEngine
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import And, Fuzzy, Pattern, Phrase, Query, Word
from indexer.storage import commits

WORDS = "flood floods wall sea storm barrier council river harbour pérez".split()
QUERIES = (
    Query(clause=Word("flood")),
    Query(clause=Phrase(("flood", "wall"))),
    Query(clause=Phrase(("sea", "wall"), 4)),
    Query(clause=And((Word("sea"), Word("storm")))),
    Query(clause=Pattern("*o*")),
    Query(clause=Fuzzy("flodo")),
    Query(),
)


def an_index(path: Path) -> ColumnarEngine:
    """An index of two hundred articles."""
    chance = random.Random(3)
    engine = ColumnarEngine(path)
    documents = [Document(id=id, body=" ".join(chance.choices(WORDS, k=60)), published=id) for id in range(1, 201)]
    engine.apply([Batch(documents, (), 7)])
    return engine


def recommit(path: Path, **changes: object) -> None:
    number = commits.generation(path)
    contents = replace(commits.read(path, number), **changes)  # type: ignore[arg-type]
    commits.write(path, number + 1, contents)
    commits.tidy(path, number + 1, contents)


def test_an_index_of_an_older_format_answers_nothing_and_says_why(tmp_path: Path) -> None:
    an_index(tmp_path)
    recommit(tmp_path, versions=(commits.VERSIONS[0] - 1, *commits.VERSIONS[1:]))
    for path in tmp_path.glob("*.columns"):
        path.write_bytes(b"of an older format")
    engine = ColumnarEngine(tmp_path)
    assert (engine.position, len(engine), engine.search(QUERIES[0]).total) == (0, 0, 0)
    assert engine.outdated == "the index was made by another version"
    engine.apply([Batch([Document(id=1, body="flood")], (), 8)])
    again = ColumnarEngine(tmp_path)
    assert (again.position, again.search(QUERIES[0]).total, again.outdated) == (8, 1, None)


def rotten(path: Path, chance: random.Random, size: int) -> None:
    """Change some bytes of the segment as if the disk had: nobody has written to the file."""
    segment = next(path.glob("*.columns"))
    content = bytearray(segment.read_bytes())
    at = chance.randrange(len(content) - size)
    content[at : at + size] = chance.randbytes(size) if size > 1 else bytes([content[at] ^ 1 << chance.randrange(8)])
    segment.write_bytes(content)
    stamp = segment.stat().st_size, segment.stat().st_ctime_ns
    number = commits.generation(path)
    recommit(path, segments=tuple(replace(one, written=stamp) for one in commits.read(path, number).segments))


def flip_and_ask(folder: Path, rounds: int, size: int) -> int:
    """Damage an index so often, ask all kinds of queries, and return how often damage was noticed by them."""
    chance = random.Random(size)
    an_index(folder / "whole")
    files = {path.name: path.read_bytes() for path in (folder / "whole").iterdir()}
    noticed = 0
    for number in range(rounds):
        path = folder / str(number)
        path.mkdir()
        for name, content in files.items():
            (path / name).write_bytes(content)
        rotten(path, chance, size)
        engine = ColumnarEngine(path)
        try:
            for query in QUERIES:
                engine.search(query)
            engine.similar(3, ["flood barrier"])
            engine.complete("flo")
        except IndexDamaged:
            noticed += 1
        with pytest.raises(IndexDamaged):
            engine.examine()  # whatever the queries met, every byte is read once a day
        engine.close()
    return noticed


@pytest.mark.parametrize(("rounds", "size"), [(12, 1), (6, 4096)])
def test_damage_is_named_as_such_and_never_a_traceback(tmp_path: Path, rounds: int, size: int) -> None:
    assert flip_and_ask(tmp_path, rounds, size) <= rounds


@pytest.mark.soak
@pytest.mark.parametrize(("rounds", "size"), [(200, 1), (100, 4096)])
def test_damage_of_any_kind_is_named_as_such(tmp_path: Path, rounds: int, size: int) -> None:
    assert flip_and_ask(tmp_path, rounds, size) <= rounds
