"""The record of an article in an index: its structure comes back as it was, or is not known."""

import json
from typing import Any

import pytest

from corpus.model import StoredArticle
from indexer.results.article_record import STRUCTURE as KEY
from indexer.results.article_record import packed, unpacked
from tests.corpus.samples import NOW, article
from tests.indexer.results.structured import BODY, STRUCTURE


def record(**fields: Any) -> dict[str, Any]:
    stored = StoredArticle(7, "k7f003", 1, NOW, 1, article(body=BODY, **fields))
    made: dict[str, Any] = json.loads(json.dumps(packed(stored)))
    return made


@pytest.mark.parametrize("structure", [STRUCTURE, (), None])
def test_structure_comes_back_as_it_was(structure: Any) -> None:
    assert unpacked(record(structure=structure), id=7).article.structure == structure


@pytest.mark.parametrize("value", ["[]", "{", "[[[[", 7, None, '["h",[90],[99999],[2],[],[],[],[]]'])
def test_spans_that_are_none_of_the_text_are_not_known(value: Any) -> None:
    found = unpacked(record(structure=()) | {KEY: value}, id=7).article
    assert (found.structure, found.body) == (None, BODY)


def test_without_its_text_the_structure_is_not_known() -> None:
    without = {key: value for key, value in record(structure=STRUCTURE).items() if key not in (KEY, "text")}
    assert unpacked(without, id=7).article.structure is None
    del (bare := record(structure=STRUCTURE))["text"]
    assert unpacked(bare, id=7).article.structure is None
