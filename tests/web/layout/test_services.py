"""Values that take seconds to make: made once for all who ask, and again after the answer; and the totals."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from threading import Event

import pytest

from corpus.store import ArticleStore
from tests.corpus.samples import article, visit
from tests.web.corpus import config
from web.layout import services as module
from web.layout.services import FRESH, Services

LONG = 3600.0  # seconds


def never() -> None:
    raise AssertionError("neither store nor index is needed")


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return Services(config(tmp_path), never, never)  # type: ignore[arg-type]  # they are not called


def test_all_who_wait_for_a_value_get_the_one_that_is_made(services: Services):
    made, begun, go = Queue[int](), Event(), Event()

    def make() -> str:
        made.put(1)
        begun.set()
        assert go.wait(60)
        return "value"

    with ThreadPoolExecutor(4) as threads:
        waiting = [threads.submit(services.refreshed, "a", make, seconds=LONG) for _ in range(4)]
        assert begun.wait(60)
        assert services.refreshed("a", make, seconds=LONG, wait=False) is None
        go.set()
        assert {each.result(60) for each in waiting} == {"value"}
    assert made.qsize() == 1


def test_an_old_value_is_given_while_the_next_is_made(services: Services):
    done = Event()

    def then(value: str) -> Callable[[], str]:
        def make() -> str:
            done.set()
            return value

        return make

    assert services.refreshed("a", then("first"), seconds=0) == "first"
    done.clear()
    assert services.refreshed("a", then("second"), seconds=0) == "first"
    assert done.wait(60)
    services._making.acquire(timeout=60)  # the next is stored when it lets go
    services._making.release()
    assert services.refreshed("a", then("third"), seconds=LONG) == "second"


def test_a_value_that_cannot_be_made_is_tried_again(services: Services):
    def fails() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        services.refreshed("a", fails, seconds=LONG)
    assert services.refreshed("a", lambda: "value", seconds=LONG) == "value"


def test_a_store_that_nobody_wrote_to_is_not_counted_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    now, counted = [0.0], []
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        services = Services(config(tmp_path), lambda: store, never)  # type: ignore[arg-type]  # no index is needed
        database = store._database.connection
        database.set_trace_callback(lambda sql: counted.append(sql) if "count(*)" in sql else None)

        def counts() -> int:
            """How often the articles were counted for the totals of a while later."""
            counted.clear()
            now[0] += 2 * FRESH
            services.totals()
            return len(counted)

        assert [counts(), counts()] == [1, 1]  # an empty one is counted each time
        store.record(visit(article(1)))
        assert [counts(), counts(), counts()] == [1, 0, 0]
        store.record(visit(article(2)))
        assert counts() == 1
        assert services.totals().articles == 2
        with ArticleStore.open(store.path) as other:
            assert counts() == 0, "a store that is opened is not written to"
            files = {path: path.stat() for path in tmp_path.glob("pressmark.sqlite*")}
            other.withdraw(1, "gone")
            for path, before in files.items():  # a slow disk has the log long before it can be read
                os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert [counts(), counts()] == [1, 0]
        assert (services.totals().articles, services.totals().withdrawn) == (1, 1)
