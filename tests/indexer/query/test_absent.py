"""A search says which values of its filters no article has, and nothing of those that some article has."""

from datetime import UTC
from pathlib import Path
from typing import Literal

import pytest

from indexer import sync
from indexer.contract.protocol import Batch, Document
from indexer.open import open_engine
from indexer.query.absent import MOST, absent_values, forms_alone
from tests.indexer.columnar.samples import filled, query
from tests.indexer.known import known


@pytest.mark.parametrize("kind", ["columnar", "stock"])
def test_values_that_no_article_has_are_named_wherever_they_stand(tmp_path: Path, kind: str) -> None:
    engine = open_engine(tmp_path / "index", kind)

    def said(typed: str) -> list[str]:
        notes = absent_values(query(typed), engine.search)
        return [note.removesuffix(": no article here has it") for note in notes]

    assert said("lang:klingon") == []  # nothing is indexed yet, which is another matter
    with filled(tmp_path / "pressmark.sqlite", 4) as store:
        sync.update(store, engine, zone=UTC)
    assert said("lang:klingon") == ['language "klingon"']
    assert said("lang:en lang:eu -section:weather") == ['section "weather"', 'language "eu"']
    assert said("(flood by:nobody) OR (wall -site:other.example)") == ['author "nobody"', 'site "other.example"']
    assert said("links:data.example") == ['linked site "data.example"']
    known = "lang:en lang:eng lang:English by:perez -by:li-wei by:we* site:news.example site:.example section:none"
    assert said(f"{known} links:none links:unknown has:none flood") == []
    many = said(" ".join(f"section:s{n}" for n in range(MOST + 2)))
    assert many[MOST - 1 :] == [
        f'section "s{MOST - 1}"', "whether an article has 2 further values of the filters was not looked up",
    ]  # fmt: skip
    typed = query("lang:klingon")
    assert absent_values(typed, lambda only: engine.search(only)._replace(partial=True)) == ()
    assert absent_values(typed, engine.search, lambda: ("not searched: the articles of another machine",)) == ()
    engine.close()


def test_a_search_in_a_language_of_few_articles_says_that_its_words_are_found_as_typed(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "index")
    counts = {"en": 400, "lt": 3, "fr": 5, "th": 2, "sr": 6, "hr": 1}
    codes = [code for code, count in counts.items() for _ in range(count)]
    documents = [Document(id=at, body="wall", facets=known(lang=code)) for at, code in enumerate(codes, 1)]
    engine.apply([Batch(documents, (), 1)])

    def said(typed: str, joined: Literal["auto"] | tuple[str, ...] = "auto") -> list[str]:
        return [str(note) for note in forms_alone(query(typed), engine.search, joined)]

    lithuanian = "words in Lithuanian were searched for as typed alone: their other forms are not known in this archive"
    assert said("siena lang:lt") == said("(siena lang:lt) OR (wall lang:fr)") == [lithuanian]
    assert said("wall lang:lt", ("en", "fr")) == [lithuanian]
    for typed in ("wall lang:fr", "wall lang:en", "wall lang:th", "wall lang:es", "lang:lt", '"siena" lang:lt', "wall"):
        assert said(typed) == []
    for typed in ("wall -lang:lt", "wall NOT (house lang:lt)", "(wall -lang:lt) OR (house lang:fr)"):
        assert said(typed) == []  # no article in it is found
    assert said("zid lang:hr") == []  # it has the stemmer of Serbian, which has its share
    assert said("wall lang:lt", ("lt",)) == []
    engine.close()
