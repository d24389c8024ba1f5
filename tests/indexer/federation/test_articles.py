"""Articles of all stores: what a cluster does not say is not taken for an answer."""

from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest

from corpus.errors import IndexUnreachable
from indexer.federation.articles import ClusterArticles
from indexer.federation.states import AllStates
from indexer.opensearch_engine.cluster import Cluster
from indexer.opensearch_engine.engine import OpenSearchEngine
from indexer.opensearch_engine.mapping import VERSIONS
from tests.indexer.opensearch_engine.test_cluster import Answers, answering  # noqa: F401  a fixture

ARTICLES, WORDS = "pressmark-abc-articles-1", "pressmark-abc-words-1"
STATE = {"articles": ARTICLES, "words": WORDS, "versions": VERSIONS, "position": 3, "commits": 1}
ROWS = [{"index": name, "status": "open", "health": "yellow"} for name in (ARTICLES, WORDS)]


def states(**more: object) -> dict[str, object]:
    """What a cluster answers that holds the state of one store."""
    return {"hits": {"hits": [{"_index": "pressmark-abc-state", "_source": STATE | more}]}, "_shards": {"failed": 0}}


def nothing(shards: int) -> dict[str, object]:
    """What a search for articles answers when none is found, and so many shards of two answered."""
    return {"hits": {"hits": []}, "_shards": {"total": 2, "successful": shards, "failed": 0}}


def opened(cluster: Cluster, folder: Path) -> ClusterArticles:
    made = AllStates(cluster)
    engine = OpenSearchEngine(cluster.settings, "", folder, states=lambda _: made)
    return ClusterArticles(engine, made, UTC)


@pytest.mark.parametrize("ask", [
    lambda articles: articles.by_mark("j8cc30"),
    lambda articles: articles.by_url("https://gazette.example/a"),
    lambda articles: articles.articles([7]) or None,
])  # fmt: skip
def test_an_article_is_unknown_only_when_every_part_of_the_indexes_has_answered(
    answering: Answers,  # noqa: F811  the fixture
    tmp_path: Path,
    ask: Callable[[ClusterArticles], object],
) -> None:
    whole = answering((200, states()), (200, ROWS), (200, nothing(2)))
    assert ask(opened(whole, tmp_path)) is None
    lacking = answering((200, states()), (200, ROWS), (200, nothing(1)))
    with pytest.raises(IndexUnreachable, match="a part of an index did not answer"):
        ask(opened(lacking, tmp_path))


def test_a_state_of_a_later_version_leaves_its_store_out_and_fails_nothing(answering: Answers) -> None:  # noqa: F811
    later = states(versions="99", origin={"history": "a", "settings": "b", "unheard_of": 1}, unheard_of=2)
    (found,) = AllStates(answering((200, later), (200, ROWS))).found()
    assert found.unsearched == "not searched: the articles of abc: its index was made by another version of Pressmark"
