"""The limit of time holds inside the work on one clause, and what was not worked on is not made up."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from indexer.columnar.engine import ColumnarEngine
from indexer.contract.protocol import Batch
from indexer.contract.values import And, Clause, Fuzzy, MultiPhrase, Not, Or, Pattern, Phrase, Query, TermClause, Word
from indexer.query.suggest import corrections
from indexer.searching import compiled, evaluation, phrases
from indexer.searching import snapshot as snapshots
from indexer.searching.evaluation import Evaluation
from indexer.searching.matches import NOTHING, OutOfTime
from indexer.searching.snapshot import Snapshot
from indexer.searching.terms import clause_matches, reading
from indexer.storage.arrays import ArrayFile, ArrayWriter
from indexer.storage.postings import reader
from indexer.storage.terms.pattern_scan import matching
from indexer.storage.terms.term_dictionary import Words, write_words
from tests.indexer.conftest import bodies

PHRASE = MultiPhrase((Pattern("*ab*"), Word("of")), '"*ab* of"')
CLAUSES = [Pattern("*ab*"), Pattern("wo?d*"), Fuzzy("harbour", 2), Phrase(("of", "the")), PHRASE, Word("harbour")]
EVERY = [*CLAUSES, Not(Pattern("*ab*")), Not(Fuzzy("harbour", 2))]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    engine = ColumnarEngine(Path(tmp_path_factory.mktemp("evaluation")))
    words = " ".join(f"w{number}abc" for number in range(60))
    engine.apply([Batch(bodies(f"harbour of the world {words}", "the harbours of the word"), (), 1)])
    yield engine._reading.snapshot()
    engine.close()


class Clock:
    """Lets some looks at the time pass, and counts them."""

    def __init__(self, left: float = float("inf")) -> None:
        self.looks = 0
        self._left = left

    def checkpoint(self) -> None:
        self.looks += 1
        if self.looks > self._left:
            raise OutOfTime


@pytest.mark.parametrize("clause", CLAUSES, ids=str)
@pytest.mark.parametrize("work", [clause_matches, reading])
def test_each_look_at_the_time_can_end_the_work_on_a_clause(
    snapshot: Snapshot, clause: TermClause, work: Callable[..., object]
) -> None:
    def fresh() -> Snapshot:
        return Snapshot(snapshot.segments[0].file.path.parent, snapshot.contents, snapshot.number)

    whole = Clock()
    work(clause, fresh(), whole.checkpoint)
    assert whole.looks
    for looks in {0, 1, whole.looks // 2, whole.looks - 1} - {whole.looks}:
        with pytest.raises(OutOfTime):
            work(clause, fresh(), Clock(looks).checkpoint)


@pytest.mark.parametrize("clause", EVERY, ids=str)
def test_without_time_nothing_is_found_and_that_is_said(snapshot: Snapshot, clause: TermClause | Not) -> None:
    evaluation = Evaluation(snapshot, seconds=-1)
    assert evaluation.found(clause) is NOTHING
    assert evaluation.partial


NEAR = Phrase(("sea", "wall"), slop=2)
LONG = [Phrase(("sea", "wall")), NEAR, Pattern("stat*"), Or((Word("tide"), Phrase(("sea", "wall"))))]


@pytest.fixture
def long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Clause, int], tuple[set[int], bool]]]:
    """Work on 200 texts in many small steps: a clause and the looks at the time that pass -> ids, and whether it ended.

    Article 1 has no word of these clauses but `tide`.
    """
    for module, name in ((compiled, "POSTINGS"), (compiled, "TOGETHER"), (phrases, "PIECE"), (reader, "TOGETHER")):
        monkeypatch.setattr(module, name, 10)
    engine = ColumnarEngine(tmp_path)
    engine.apply([Batch(bodies("tide", *(f"sea wall station{number}" for number in range(200))), (), 1)])

    def work(clause: Clause, looks: int) -> tuple[set[int], bool]:
        left = iter([0.0] * (looks + 1))  # the first is of when it has to end
        monkeypatch.setattr(evaluation, "time", SimpleNamespace(monotonic=lambda: next(left, 99.0)))
        read = engine._reading.snapshot()
        fresh = Snapshot(tmp_path, read.contents, read.number)
        ended = Evaluation(fresh)
        return set(fresh.columns.ids[ended.found(clause).rows].tolist()), ended.partial

    yield work
    engine.close()


@pytest.mark.parametrize("kernel", [True, False], ids=["kernel", "NumPy"])
@pytest.mark.parametrize("clause", LONG, ids=str)
def test_what_a_clause_was_found_in_when_time_ended_is_its_answer(
    long: Callable[[Clause, int], tuple[set[int], bool]], monkeypatch: pytest.MonkeyPatch, clause: Clause, kernel: bool
) -> None:
    if not kernel:
        monkeypatch.setattr(snapshots, "kernel", lambda: None)
    whole, is_partial = long(clause, 10_000)
    assert len(whole) >= 200
    assert not is_partial
    sizes = set()
    for looks in range(1, 24):
        some, is_partial = long(clause, looks)
        assert some <= whole, looks
        assert is_partial or some == whole, looks
        sizes.add(len(some))
    assert sizes - {0, len(whole)}, "some of them, at some of these ends"


def test_when_time_ends_nothing_is_found_that_should_be_left_out(
    long: Callable[[Clause, int], tuple[set[int], bool]],
) -> None:
    wall = Phrase(("sea", "wall"))
    for clause in (Not(Or((Word("none"), wall))), And((Word("sea"), Not(wall))), And((wall, Word("tide"))), Not(wall)):
        whole, _ = long(clause, 10_000)
        for looks in range(12):
            some, _ = long(clause, looks)
            assert some <= whole, (clause, looks)


@pytest.mark.parametrize("clause", CLAUSES, ids=str)
def test_a_reading_for_which_there_is_no_time_has_no_forms(tmp_path: Path, clause: TermClause) -> None:
    engine = ColumnarEngine(tmp_path)
    engine.apply([Batch(bodies("harbour of the world cabin"), (), 1)])
    evaluation = Evaluation(engine._reading.snapshot(), seconds=-1)
    found = evaluation.reading(clause)
    assert not found.forms
    assert evaluation.partial
    assert len(found.places) == (2 if isinstance(clause, Phrase | MultiPhrase) else 0)
    engine.close()


def test_a_suggestion_takes_no_time_beyond_that_of_its_query(snapshot: Snapshot) -> None:
    evaluation = Evaluation(snapshot, seconds=-1)
    with pytest.raises(OutOfTime):
        list(corrections(Query(clause=Word("harbuor")), evaluation.vocabulary(), [], evaluation.checkpoint))


def test_a_pattern_is_given_up_within_a_long_list_of_words(tmp_path: Path) -> None:
    words = [f"w{number:06}" for number in range(100_000)]
    file = ArrayWriter(tmp_path / "words")
    write_words(file, "w", words)
    file.close()
    stored = Words.of(ArrayFile(tmp_path / "words"), "w")
    clock = Clock()
    found = matching("*0?1*9", stored, clock.checkpoint)
    assert clock.looks >= 3, "the time is looked at once in 40,000 words at least, which are few milliseconds"
    assert found.tolist() == [at for at, word in enumerate(words) if word[-1] == "9" and _holds(word[1:-1])]
    with pytest.raises(OutOfTime):
        matching("*0?1*9", stored, Clock(1).checkpoint)


def _holds(text: str) -> bool:
    return any(text[at] == "0" and text[at + 2] == "1" for at in range(len(text) - 2))
