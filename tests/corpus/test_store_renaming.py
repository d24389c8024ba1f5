"""A source under another name has all that is stored of it."""

from pathlib import Path

from corpus.store import ArticleStore
from tests.corpus.samples import article, visit
from tests.stores import new_store


def test_what_another_process_stores_while_a_source_is_renamed_is_renamed_too(tmp_path: Path):
    path, begun = tmp_path / "pressmark.sqlite", 0
    with new_store(path) as store, ArticleStore.open(path) as other:

        def seen(sql: str) -> None:
            nonlocal begun
            begun += sql.startswith("BEGIN IMMEDIATE")
            if sql.startswith("BEGIN IMMEDIATE") and begun <= 3:  # the new name, the articles, all else
                other.record(visit(article(begun)))

        store.sources.rename("nobody", "Nobody")
        store._database.connection.set_trace_callback(seen)
        assert store.sources.rename("news.example", "News") == 3
        store._database.connection.set_trace_callback(None)
        assert begun == 3
        assert {each.article.source for each in store.articles([1, 2, 3]).values()} == {"News"}
