"""The frequent forms that the vocabulary holds in memory answer as the segments do."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.analysis import forms
from indexer.analysis.forms import clause_forms
from indexer.analysis.levenshtein import within
from indexer.columnar.engine import ColumnarEngine
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import Pattern
from indexer.storage.terms.frequent_terms import FREQUENT
from indexer.storage.terms.vocabulary import StoredVocabulary

FORMS = [f"word{number}" for number in range(FREQUENT + 400)]


@pytest.fixture(scope="module", params=[1, 3])
def vocabulary(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoredVocabulary]:
    """The vocabulary of as many segments: each form stands in some texts, the later ones in fewer; some are deleted."""
    engine = ColumnarEngine(Path(tmp_path_factory.mktemp("vocabulary")))
    chance = random.Random(3)
    bodies = [" ".join(form for at, form in enumerate(FORMS) if chance.random() < 40 / (at + 40)) for _ in range(60)]
    size = len(bodies) // request.param
    for number in range(request.param):
        part = bodies[number * size : (number + 1) * size]
        engine.apply(
            [Batch([Document(id=number * size + at, body=body) for at, body in enumerate(part)], (), number + 1)]
        )
    engine.apply([Batch((), (5, 25), request.param + 1)])
    snapshot = engine._reading.snapshot()
    assert len(snapshot.segments) == request.param
    yield snapshot.vocabulary
    engine.close()


@pytest.mark.parametrize("least", [0, 1, 2, 5, 20, 100])
def test_no_form_above_the_least_is_missing(vocabulary: StoredVocabulary, least: int) -> None:
    found = vocabulary.frequencies([*FORMS, "absent"], least)
    wanted = {form: count for form in FORMS if (count := vocabulary.frequency(form)) > least}
    assert wanted.items() <= found.items()
    assert all(vocabulary.frequency(form) == count for form, count in found.items())


@pytest.mark.parametrize("least", [1, 5, 20])
def test_no_near_form_above_the_least_is_missing(vocabulary: StoredVocabulary, least: int) -> None:
    near = vocabulary.near("word12", 2, least)
    wanted = [form for form in within(2, "word12", sorted(FORMS)) if vocabulary.frequency(form) > least]
    assert set(wanted) <= set(near) <= set(within(2, "word12", FORMS))
    assert list(near) == sorted(near)


def test_a_variant_stands_as_often_as_the_same_form_asked_for(tmp_path: Path) -> None:
    engine = ColumnarEngine(tmp_path, languages=("en",))
    engine.apply([Batch([Document(id=1, headline="floods", body="flood"), Document(id=2, body="flooding")], (), 1)])
    engine.apply([Batch([Document(id=3, headline="floods", body="floods")], (2,), 2)])
    snapshot = engine._reading.snapshot()
    asked = snapshot.vocabulary
    assert sorted(asked.variants("flooded")) == ["flood", "flooding", "floods"]
    assert asked.frequencies(["flood", "floods", "flooding"]) == {"flood": 1, "floods": 3, "flooding": 0}
    engine.close()


@pytest.mark.parametrize("prefix", ["", "word1", "word12", "absent"])
def test_forms_found_by_their_beginning_have_their_numbers(vocabulary: StoredVocabulary, prefix: str) -> None:
    assert any(segment.starting("word1") for segment in vocabulary._segments)
    for segment in vocabulary._segments:
        forms = segment.starting(prefix)
        assert forms == [form for form in segment.forms.all() if form.startswith(prefix)]
        assert [segment.term(form) for form in forms] == [segment.forms.find(form) for form in forms]


@pytest.mark.parametrize("most", [3, 512])
@pytest.mark.parametrize("pattern", ["resum*", "résum*", "*e", "r?sum?", "*s*", "東*", "absent*", "*m?*"])
def test_a_pattern_in_one_segment_has_the_forms_that_are_asked_for_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, most: int
) -> None:
    monkeypatch.setattr(forms, "MAX_FORMS", most)
    engine = ColumnarEngine(tmp_path)
    bodies = [
        "resume résumé resumes",
        "résumés resumed resume",
        "summer same 東京 東京都",
        "resumé ése sum some",
        "some",
    ]
    engine.apply([Batch([Document(id=at, body=body) for at, body in enumerate(bodies, 1)], (), 1)])
    vocabulary = engine._reading.snapshot().vocabulary
    found = vocabulary.searched(Pattern(pattern))
    assert found.forms == clause_forms(Pattern(pattern), vocabulary)
    assert [list(own) for own in found.terms] == vocabulary.terms(found.forms)
    engine.close()
