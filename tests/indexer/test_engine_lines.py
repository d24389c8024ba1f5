"""Lines as people type them find the text that is meant, and no other, in each language."""

import pytest

from indexer.contract.protocol import Document
from indexer.contract.values import Match
from tests.indexer import lines_east, lines_west
from tests.indexer.conftest import ids, read
from tests.indexer.known import known


@pytest.fixture(scope="module")
def kind():
    """One engine alone, as the lines are many; test_engine_typed.py has some of each kind for all."""
    return "columnar"


LINES = lines_west.LINES | lines_east.LINES
PASTED = [  # a headline with a word that is wrong, missing or too much
    "Flood barrier gets prize as council backs harbour plan",
    "Flood barier wins prize, council backs the harbour plan | The Herald",
    "COUNCIL BACKS FLOOD BARRIER PRIZE",
]


def lines(text: str) -> list[str]:
    return [line for line in text.split(" ¦ ") if line]


@pytest.mark.parametrize("language", LINES)
def test_lines_find_the_text_that_they_are_meant_for_and_no_other(holding, language):
    texts = [text for text, _, _ in LINES[language]]
    engine = holding(*(Document(id=at, body=text, facets=known(lang=language)) for at, text in enumerate(texts)))
    for at, (_, found, others) in enumerate(LINES[language]):
        missed = [line for line in lines(found) if at not in ids(engine, line, n=100)]
        assert (texts[at], missed) == (texts[at], [])
        false = [line for line in lines(others) if at in ids(engine, line, n=100)]
        assert (texts[at], false) == (texts[at], [])


def test_there_are_many_lines_in_many_languages():
    assert sum(len(lines(found)) + len(lines(others)) for rows in LINES.values() for _, found, others in rows) > 600
    assert len(LINES) > 25


def test_a_pasted_headline_with_a_wrong_word_leads_to_its_article(holding):
    texts = [text for text, _, _ in LINES["en"]]
    engine = holding(*(Document(id=at, body=text, facets=known(lang="en")) for at, text in enumerate(texts)))
    for line in PASTED:
        first = engine.search(read(line)._replace(match=Match.BEST)).hits[0]
        assert texts[first.id].startswith("Flood barrier"), line
