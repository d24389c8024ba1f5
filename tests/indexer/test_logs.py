"""What the index does stands in the log, one event a line, with its figures."""

import logging
from datetime import UTC
from pathlib import Path

import pytest

from indexer import sync
from indexer.columnar import engine as columnar
from indexer.open import open_engine
from indexer.rebuild import rebuild
from tests.indexer.columnar.samples import filled, query


def test_an_update_and_a_rebuild_are_one_line_each(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with filled(tmp_path / "store", 20) as store:
        engine = open_engine(tmp_path / "index")
        sync.update(store, engine, zone=UTC)
        sync.update(store, engine, zone=UTC)  # nothing to do, nothing to say
        rebuild(store, tmp_path / "index", zone=UTC, memory=64 << 20)
    said = [record.getMessage().partition(" seconds=")[0] for record in caplog.records]
    assert said == [
        "index updated indexed=20 deleted=0 after=0 position=20",
        "index rebuilt articles=20 position=20 processes=0",
    ]


def test_a_search_over_a_second_is_one_line_whatever_was_typed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    engine = open_engine(tmp_path / "index")
    engine.search(query("flood"))
    assert caplog.records == []
    monkeypatch.setattr(columnar, "SLOW", -1.0)
    engine.search(query("flood\nforged line \x1b[31m"))
    (record,) = caplog.records
    assert record.getMessage().startswith("slow search seconds=0.")
    assert record.getMessage().endswith(r"total=0 partial=False q='flood\nforged line \x1b[31m'")
