"""What a search sends to the cluster: few requests, however many words it has."""

from typing import Any

import pytest

from corpus.errors import IndexError_
from indexer.contract.facets import INDEXED
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import Interval, Query
from indexer.opensearch_engine import filters
from indexer.opensearch_engine.cluster import Cluster
from tests.indexer.conftest import read
from tests.indexer.opensearch_engine.test_faults import EACH, Opened, documents, opened  # noqa: F401  a fixture

WORDS = ("flood", "harbour", "council", "bridge", "storm", "school", "market", "winter")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that the cluster is asked for."""
    paths: list[str] = []
    once = Cluster.read

    def counted(self: Cluster, method: str, path: str, *given: Any, **more: Any) -> Any:
        paths.append(path)
        return once(self, method, path, *given, **more)

    monkeypatch.setattr(Cluster, "read", counted)
    return paths


def page(text: str, **given: Any) -> Query:
    query: Query = read(text, **given)
    return query._replace(facets=INDEXED, interval=Interval.AUTO)


def test_a_page_asks_for_the_state_once(opened: Opened, asked: list[str]) -> None:  # noqa: F811  the fixture
    engine, _ = opened
    assert engine.position == 1
    engine.search(read("flood"))
    assert len([path for path in asked if "-state/" in path]) == 1
    engine.search(read("flood"))
    assert len([path for path in asked if "-state/" in path]) == 2
    engine.apply([Batch(documents(1), (), 2)])
    assert engine.search(read("round1")).total == EACH
    assert len([path for path in asked if path.endswith("/_search_shards")]) <= 1  # of an index, not of a commit


def test_a_page_of_many_words_asks_no_more_than_a_page_of_one(opened: Opened, asked: list[str]) -> None:  # noqa: F811
    engine, _ = opened
    texts = [" ".join(f"{word}{'s' if at % 2 else ''}" for word in WORDS) for at in range(EACH)]
    engine.apply([Batch([Document(id=at, body=text) for at, text in enumerate(texts, 1)], (), 2)])
    engine.search(page("storms"))  # what is asked once a commit
    asked.clear()
    assert engine.search(page("flood")).total == EACH
    one = len(asked)
    asked.clear()
    assert engine.search(page(" ".join(WORDS[1:]))).total == EACH
    assert len(asked) <= one <= 6
    asked.clear()
    assert len(engine.search(page("flood", page=2)).hits) == EACH - 20
    assert len(asked) <= 2  # the state, and the page


def test_a_misspelt_query_of_many_words_asks_few_times_for_a_better_one(
    opened: Opened,  # noqa: F811  the fixture
    asked: list[str],
) -> None:
    engine, _ = opened
    engine.apply([Batch([Document(id=at, body=" ".join(WORDS)) for at in range(1, EACH + 1)], (), 2)])
    engine.search(page("storms"))
    asked.clear()
    wrong = " ".join(f"{word[:-1]}x" for word in WORDS)
    assert engine.search(page(wrong)).suggestion == " ".join(WORDS)
    assert len(asked) <= 16, asked


def test_what_the_shards_say_of_a_search_is_said_and_it_is_not_asked_again(
    opened: Opened,  # noqa: F811  the fixture
    asked: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine, _ = opened
    monkeypatch.setattr(filters, "_TIME", "throw new IllegalArgumentException('no scripts here')")
    with pytest.raises(IndexError_, match="script_exception: runtime error"):
        engine.search(read("flood"))
    assert asked.count("/_msearch") <= 2  # of words, and of articles
