"""An archive that cannot be written is searched; where its index is missing, the error says what can be done."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.config import Config
from corpus.errors import IndexError_
from corpus.store import ArticleStore
from indexer.open import open_self_repairing
from indexer.rebuild import rebuild
from tests.corpus.samples import article
from tests.indexer.conftest import ids, read
from tests.unwritable import seal, without_rights


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Config]:
    """The configuration of an archive with one article and its index; the test takes its rights away."""
    config = Config(data=tmp_path / "data")
    with ArticleStore.open(config.store) as store:
        store.write(article(1, body="The flood wall held."))
        rebuild(store, config.index, zone=config.zone, memory=64 << 20, processes=0)
    yield config
    seal(config.data, writable=True)


def test_it_is_searched_exported_and_asked_for_completions(config: Config) -> None:
    seal(config.data)

    def work() -> None:
        with ArticleStore.open(config.store) as store:
            engine = open_self_repairing(config, lambda: store, wait=True)
            assert ids(engine, "flood") == [1]
            assert engine.listing(read("wall")).ids == [1]
            assert engine.complete("flo")
            engine.close()

    assert without_rights(work)


@pytest.mark.parametrize("emptied", [True, False])
def test_a_missing_index_is_said_with_the_way_out(config: Config, *, emptied: bool) -> None:
    shutil.rmtree(config.index)
    if emptied:
        config.index.mkdir()
    seal(config.data)

    def work() -> None:
        with ArticleStore.open(config.store) as store:
            engine = open_self_repairing(config, lambda: store, wait=True)
            with pytest.raises(IndexError_, match=r"cannot be written.*copy the folder"):
                engine.search(read("flood"))
            engine.close()

    assert without_rights(work)
