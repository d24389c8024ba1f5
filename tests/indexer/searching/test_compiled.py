"""A bare word that the kernel finds in one step has the rows, scores and forms that it has step by step."""

import random
from pathlib import Path

import pytest

from indexer.columnar.engine import ColumnarEngine
from indexer.contract.facets import FacetName
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import TextField, Word
from indexer.searching import snapshot
from indexer.searching.compiled import few_sums, term_parts, term_sums, word_scores
from indexer.searching.phrases import no_checkpoint
from indexer.searching.scoring import scores
from indexer.storage.inversion import FIELDS
from indexer.storage.kernel import EVERY_FIELD
from indexer.storage.terms.vocabulary import StoredVocabulary
from tests.kernel_built import built

STEMS = "flood station été pérez naçõ łódź über straße run running f-35 2024 covid kapitän école жизнь дом 東京 çalış"
ENDINGS = ("", "s", "ed", "ing", "es", "e", "ów", "en", "er", "ы", "а", "ly", "x")


@pytest.mark.parametrize("segments", [1, 3])
@pytest.mark.parametrize("languages", [("en",), ("fr", "en", "pl"), ()])
def test_a_bare_word_is_found_in_one_step_as_step_by_step(
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    segments: int,
    languages: tuple[str, ...],
) -> None:
    kernel, chance = built(tmp_path_factory), random.Random(segments)
    monkeypatch.setattr(snapshot, "kernel", lambda: kernel)
    words = [stem + ending for stem in STEMS.split() for ending in ENDINGS] + [f"name{at}" for at in range(300)]
    engine = ColumnarEngine(tmp_path, languages=languages)
    for number in range(segments):
        documents = [
            Document(
                id=number * 900 + at,
                headline=chance.choice(words),
                body=" ".join(chance.choices(words, k=5)),
                facets={FacetName.LANGUAGE: (languages[at % len(languages)] if languages else "en",)},
            )
            for at in range(900 - 200 * number)
        ]
        engine.apply([Batch(documents, (), number + 1)])
    engine.apply([Batch((), tuple(range(0, 900, 7)), segments + 1)])
    here, found, without = engine._reading.snapshot(), 0, 0
    assert len(here.segments) == segments
    for text in (*words, *(word[:-1] for word in words), "none", "été\n", "x" * 3000):
        for field in (None, TextField.HEADLINE, TextField.BODY):
            here.vocabulary._words.clear()
            one = word_scores(kernel, Word(text, field), here, no_checkpoint)
            live = [here._living(at) for at in range(segments)]
            apart = StoredVocabulary(here.segments, here.languages, live, kernel)._word(text)
            if one is None:
                without += 1
                continue
            number = EVERY_FIELD if field is None else FIELDS.index(field)
            rows, weights = few_sums(kernel, apart.terms, number, here) or term_sums(
                kernel, term_parts(apart.terms, here, no_checkpoint), number, here
            )
            assert one[0].tolist() == rows.tolist()
            assert one[1].tolist() == scores(weights, here.articles, kernel).tolist()
            known = here.vocabulary._words[text]
            assert (known.forms, dict(known.counts)) == (apart.forms, dict(apart.counts))
            assert list(map(list, known.terms)) == list(map(list, apart.terms))
            found += len(rows) > 0
            assert word_scores(kernel, Word(text, field), here, no_checkpoint) is None  # its forms are known
    engine.close()
    assert found > 300
    assert without
