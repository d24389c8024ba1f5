"""What a process of a rebuild says is read as plain values: it can fail the rebuild, and nothing more."""

import errno
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import IndexError_, StoreError
from indexer.storage.rebuild_worker import Reader, Shard

SAYS = """
import sys

for line in sys.stdin:
    print({answer!r}, flush=True)
"""


@pytest.fixture
def shard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Shard]]:
    """Starts a process that gives one answer to everything."""
    started = []
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])

    def start(answer: str) -> Shard:
        (tmp_path / "answering.py").write_text(SAYS.format(answer=answer), encoding="utf-8")
        started.append(Shard(tmp_path, Reader("answering", {}), 1 << 20, 1))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.mark.parametrize(
    "answer", ["", "{", "[]", "7", "\x80\x04.", '{"answer": 7}', '{"answer": [7]}', '{"answer": [{"id": "../up"}]}']
)
def test_an_answer_that_is_none_fails_the_rebuild(shard: Callable[[str], Shard], answer: str) -> None:
    with pytest.raises(IndexError_, match="a process that was building the index"):
        shard(answer).run(())


def test_failures_come_across_with_their_reason(shard: Callable[[str], Shard]) -> None:
    with pytest.raises(StoreError, match=r"^it is gone$"):
        shard('{"failure": "store", "message": "it is gone"}').run((1,))
    with pytest.raises(OSError, match="No space left on device") as caught:
        shard('{"failure": "disk", "errno": 28}').run((1,))
    assert caught.value.errno == errno.ENOSPC
    with pytest.raises(IndexError_, match="failed: a text was too odd"):
        shard('{"failure": "index", "message": "a text was too odd"}').run((1,))


def test_an_answer_without_end_is_not_waited_for(
    shard: Callable[[str], Shard], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.storage.rebuild_worker.MAX_ANSWER", 1000)
    with pytest.raises(IndexError_):
        shard('{"answer": "' + "a" * 2000 + '"}').run((1,))
