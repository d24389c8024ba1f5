"""The comparison of search engines runs, and its corpus and measure are what they say."""

import json
from collections import Counter

import pytest

from bench.ranking import gain
from bench.search import corpus
from bench.search.asking import KINDS, questions
from bench.search.building import opened
from indexer.analysis.text import forms


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A small corpus: its file."""
    path = tmp_path_factory.mktemp("corpus") / "300.jsonl"
    corpus.write(path, 300)
    return path


def test_the_corpus_is_the_same_for_the_same_seed(written, tmp_path):
    corpus.write(tmp_path / "again.jsonl", 300)
    assert (tmp_path / "again.jsonl").read_bytes() == written.read_bytes()


def test_words_and_authors_are_skewed_and_articles_as_long_as_news(written):
    articles = [one for batch in corpus.read(written) for one in batch]
    words = [form for one in articles for form in forms(one["text"])]
    assert 350 < len(words) / len(articles) < 490
    ranked = [count for _, count in Counter(words).most_common()]
    assert ranked[0] > 3 * ranked[9] > 30 * ranked[999] > 0
    authors = Counter(author for one in articles for author in one["authors"])
    assert authors.most_common(1)[0][1] > len(articles) / 20
    assert len({json.dumps(one["published"]) for one in articles}) > 250


def test_our_engine_and_sqlite_answer_every_kind_of_query_alike(written, tmp_path):
    engines = {name: opened(name, tmp_path / name) for name in ("pressmark", "fts5")}
    for engine in engines.values():
        engine.build(corpus.read(written))
    asked = questions(written, 4)
    assert [one.kind for one in asked[: len(KINDS)]] == list(KINDS)
    for one in asked:
        ours, theirs = (engine.ask(one) for engine in engines.values())
        assert theirs is None or (ours > 0) >= (theirs > 0 and one.kind in ("page", "common", "rare", "phrase", "sort"))
    for engine in engines.values():
        engine.close()


def test_gain_discounts_by_rank_and_ends_at_ten():
    assert gain([1.0]) == 1.0
    assert gain([0.0, 1.0]) == pytest.approx(0.6309, abs=1e-4)
    assert gain([0.0] * 10 + [1.0]) == 0.0
