"""What the index does stands in the log, one event a line, with its figures."""

import logging
from datetime import UTC
from pathlib import Path

import pytest

from corpus import events
from indexer import sync
from indexer.columnar.engine import ColumnarEngine
from indexer.open import open_engine
from indexer.rebuild import rebuild
from indexer.self_repair import SelfRepairingEngine
from tests.indexer.columnar.samples import filled, query


def test_an_update_and_a_rebuild_are_one_line_each(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with filled(tmp_path / "store", 20) as store:
        engine = open_engine(tmp_path / "index")
        sync.update(store, engine, zone=UTC)
        sync.update(store, engine, zone=UTC)  # nothing to do, nothing to say
        rebuild(store, tmp_path / "index", zone=UTC, memory=64 << 20)
    records = [record for record in caplog.records if record.name.startswith("indexer")]
    said = [record.getMessage().partition(" seconds=")[0] for record in records]
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
    monkeypatch.setattr(events, "SLOW", -1.0)
    engine.search(query("flood\nforged line \x1b[31m"))
    (record,) = caplog.records
    assert record.getMessage().startswith("slow search seconds=0.")
    assert record.getMessage().endswith(r'q="flood\nforged line \u001b[31m" total=0 partial=false')


def test_the_repair_of_an_index_is_two_lines_warnings_where_nobody_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="indexer.self_repair")
    said: list[str] = []
    for name, say in (("silent", None), ("told", said.append)):
        engine = ColumnarEngine(tmp_path / name)
        repairing = SelfRepairingEngine(engine, lambda progress: None, lambda: True, wait=True, say=say)
        repairing.search(query("flood"))  # the store holds articles, the index none
        repairing.close()
    lines = [record.getMessage().partition("seconds=")[0].strip() for record in caplog.records]
    assert lines == ['index repair begun reason="no article is in the index yet"', "index repaired"] * 2
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING", "INFO", "INFO"]
    assert said[0] == "no article is in the index yet; it is built from the articles, nothing is lost"
    assert said[1].startswith("the index was built in ")
