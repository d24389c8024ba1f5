"""A search by links says how many articles it cannot find, as they were read before links were."""

from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from corpus.store import ArticleStore
from corpus.structure.values import Span, SpanKind
from indexer import sync
from indexer.open import open_engine
from indexer.query.unread import unread_links
from tests.indexer.columnar.samples import article, query

LINK = Span(SpanKind.LINK, 0, 8, address="https://data.example/1")


@pytest.mark.parametrize("kind", ["columnar", "stock"])
def test_links_are_found_and_what_was_not_read_is_counted(tmp_path: Path, kind: str) -> None:
    engine = open_engine(tmp_path / "index", kind)
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        for number, spans in enumerate(((LINK,), (), None, None), 1):
            store.write(replace(article(number), structure=spans))
        sync.update(store, engine, zone=UTC)

        def found(text: str) -> list[int]:
            return sorted(hit.id for hit in engine.search(query(text)).hits)

        assert found("links:example") == []  # no site of the web, which a note says
        assert found("links:data.example") == found("linksto:https://www.data.example/2") == [1]
        assert found("links:none") == [2]
        assert found("-links:data.example") == [2, 3, 4]
        assert found("links:unknown") == [3, 4]
        (note,) = unread_links(query("flood links:data.example"), engine.search)
        assert note.startswith("2 articles were read before links were read")
        assert unread_links(query("(flood -links:data.example) OR quay3"), engine.search) == (note,)
        assert unread_links(query("links:unknown"), engine.search) == unread_links(query("flood"), engine.search) == ()
        (facet,) = (each for each in engine.search(query("")).facets if each.name == "links")
        assert facet.distinct == 1
        for number in (3, 4):
            store.write(replace(article(number), structure=()))
        sync.update(store, engine, zone=UTC)
        assert unread_links(query("links:none"), engine.search) == ()
    engine.close()
