"""The runs of a store: a source is in one run at a time, and a run whose process is gone holds nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import StoreLocked
from corpus.model import Outcome, Run, UrlState
from corpus.runs.receipts import SourceReceipt
from corpus.store import ArticleStore
from corpus.store.crawls.journal import KEEP_VISITS
from corpus.store.values import Robots
from tests.corpus.samples import LATER, NOW, article, visit
from tests.corpus.test_store_frontier import add, leased
from tests.stores import new_store

SECOND = timedelta(seconds=1)

HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from corpus.store import ArticleStore
from corpus.store.crawls.journal import KEEP_VISITS
store = ArticleStore.open(Path(sys.argv[1]))
with store.runs.begin(sys.argv[2:], started=datetime.now(UTC)) as claim:
    store.frontier.lease(datetime.now(UTC), limit=9, sources=claim.sources, run=claim.run.id)
    print(claim.run.id, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with new_store(tmp_path / "pressmark.sqlite") as opened:
        yield opened


def elsewhere(store: ArticleStore, *sources: str) -> subprocess.Popen[str]:
    """A process that has begun a run of the sources, and holds it."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(store.path), *sources],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip().isdigit()
    return process


def end(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def receipt(source: str, **figures: Any) -> SourceReceipt:
    usual: dict[str, Any] = {"source": source, "state": "done", "started": NOW, "ended": LATER}
    return SourceReceipt(**usual | figures)


def test_runs_of_different_sources_go_side_by_side(store: ArticleStore):
    with store.runs.begin(["a"], started=NOW) as first, store.runs.begin(["a", "b"], started=NOW) as second:
        assert (set(first.sources), set(second.sources)) == ({"a"}, {"b"})
        assert second.busy == {"a": first.run.id}
        assert {run.id for run in store.runs.under_way()} == {first.run.id, second.run.id}
        assert store.runs.held() == {"a", "b"}


def test_a_run_of_sources_that_are_all_in_others_is_refused_and_says_where_they_are(store: ArticleStore):
    process = elsewhere(store, "a", "b")
    said = rf"a and 1 more: crawled in run 1 by a crawl, pid {process.pid}, since"
    with pytest.raises(StoreLocked, match=said), store.runs.begin(["a", "b"], started=NOW):
        pass
    end(process)
    assert len(store.runs.latest()) == 1


def test_kill_9_frees_the_sources_and_the_leases_of_a_run_and_its_receipt_says_so(store: ArticleStore):
    add(store, "https://a.example/1", source="a")
    process = elsewhere(store, "a")
    assert store.runs.latest()[0].status == "running"
    assert store.frontier.counts("a")[UrlState.LEASED] == 1
    end(process)
    assert store.runs.latest()[0].status == "died"  # before any other run has looked
    assert store.runs.held() == set()
    with store.runs.begin(["a"], started=LATER) as claim:
        assert claim.sources == {"a"}
        assert leased(store, LATER, run=claim.run.id) == ["https://a.example/1"]
    (died,) = store.runs.receipts(1)
    assert (died.state, died.ended) == ("died", None)


def test_a_source_that_is_done_may_be_taken_while_its_run_goes_on(store: ArticleStore):
    with store.runs.begin(["a", "b"], started=NOW) as long:
        store.runs.finish_sources(long.run.id, [receipt("a")], {})
        with store.runs.begin(["a"], started=LATER) as short:
            assert short.sources == {"a"}
        assert [each.state for each in store.runs.receipts(long.run.id)] == ["done", "running"]


def test_a_run_of_the_schedule_takes_what_is_due_alone_and_plans_what_is_done(store: ArticleStore):
    store.schedule.plan({"a": NOW, "b": NOW - SECOND, "c": NOW + SECOND})
    with store.runs.begin(["a", "b", "c", "d"], started=NOW, due_by=NOW) as claim:
        assert (sorted(claim.sources), claim.run.due) == (["a", "b"], NOW - SECOND)
        store.runs.finish_sources(claim.run.id, [receipt("a"), receipt("b")], {"a": LATER})
    assert store.schedule.due() == {"a": LATER, "b": NOW - SECOND, "c": NOW + SECOND}


def test_a_plan_leaves_a_source_as_it_is_that_was_planned_anew_since(store: ArticleStore):
    store.schedule.plan({"a": NOW, "b": NOW})
    seen = store.schedule.due()
    store.schedule.plan({"b": LATER, "c": LATER})
    store.schedule.plan(dict.fromkeys(["a", "b", "c", "d"], NOW + SECOND), instead_of=seen)
    assert store.schedule.due() == {"a": NOW + SECOND, "b": LATER, "c": LATER, "d": NOW + SECOND}
    store.schedule.plan({"a": None, "b": None}, instead_of=seen)
    assert store.schedule.due() == {"a": NOW + SECOND, "b": LATER, "c": LATER, "d": NOW + SECOND}


def test_what_another_daemon_has_crawled_meanwhile_is_not_crawled_again(store: ArticleStore):
    store.schedule.plan({"a": LATER})
    late = store.runs.begin(["a"], started=NOW, due_by=NOW)
    with pytest.raises(StoreLocked, match="nothing is due any more"), late:
        pass


def test_a_new_run_forgets_what_earlier_ones_asked_of_its_own_sources_alone(store: ArticleStore):
    add(store, "https://a.example/1", source="a")
    add(store, "https://b.example/1", source="b")
    with store.runs.begin(["a", "b"], started=NOW) as first:
        assert len(leased(store, run=first.run.id)) == 2
        store.frontier.release("https://a.example/1")
        store.runs.finish_sources(first.run.id, [receipt("a")], {})
        with store.runs.begin(["a"], started=LATER):
            assert (
                store.frontier.entry("https://a.example/1").turns,
                store.frontier.entry("https://b.example/1").turns,
            ) == (0, 1)
            assert store.frontier.entry("https://b.example/1").state is UrlState.LEASED


def test_a_run_leaves_its_receipt(store: ArticleStore):
    with store.runs.begin(["a"], started=NOW, trigger="schedule") as claim:
        done = replace(claim.run, ended=LATER + SECOND, status="ok", counts={"a": {"new": 3}}, bytes=7, note="n")
        store.runs.finish(done)
    assert store.runs.latest() == [done]
    assert store.runs.run(claim.run.id).counts == {"a": {"new": 3}}
    assert store.runs.run(99) is None
    assert store.runs.latest(1) == [Run(**{name: getattr(done, name) for name in Run.__dataclass_fields__})]


def test_a_receipt_of_a_source_comes_back_as_it_was_written(store: ArticleStore):
    full = receipt(
        "a",
        counts={"new": {"": 3}, "failed": {"timeout": 2, "dns": 1}},
        bytes=9,
        requests=6,
        fetching=SECOND * 1.5,
        waiting=SECOND * 4,
        left=2,
        stories=3,
        no_author=1,
        no_date=2,
        empty=1,
        read_again=5,
        cleaned=4,
        unread=6,
    )
    with store.runs.begin(["a", "b"], started=NOW) as claim:
        store.runs.finish_sources(claim.run.id, [full], {})
        store.runs.finish(replace(claim.run, ended=LATER, status="failed"))
    assert store.runs.receipts(claim.run.id) == [full, receipt("b", state="failed", visits_alone=True)]
    assert (full.of("new", "failed"), full.visits, full.took) == (6, 6, LATER - NOW)


def test_the_fetch_log_is_bounded(store: ArticleStore):
    store.record(visit(article()))
    store.record(visit(article(), at=LATER))
    with store.runs.begin([], started=NOW + KEEP_VISITS):
        assert len(store.journal.visits()) == 2
    with store.runs.begin([], started=LATER + KEEP_VISITS):
        assert [each.at for each in store.journal.visits()] == [LATER]


def test_due_times_are_kept_for_each_source(store: ArticleStore):
    assert store.schedule.due() == {}
    store.schedule.plan({"a": NOW, "b": NOW})
    store.schedule.plan({"a": LATER, "b": None})
    assert store.schedule.due() == {"a": LATER}


def test_what_is_due_is_read_for_the_sources_asked_of_and_for_each_host(store: ArticleStore):
    add(store, "https://a.example/1", "https://a.example/2", "https://b.example/1", source="a")
    add(store, "https://c.example/1", source="c")
    store.journal.pause_host("b.example", LATER)
    assert [(each.host, each.due) for each in store.frontier.heads(["a", "none"])] == [
        ("a.example", NOW),
        ("b.example", LATER),
    ]
    assert leased(store, sources=["c"]) == ["https://c.example/1"]


def ended(store: ArticleStore, day: int, status: str, *done: str, died: tuple[str, ...] = ()) -> int:
    """A run on this day, done with the sources `done` and not with those of `died`; return its number."""
    at = NOW + timedelta(days=day)
    with store.runs.begin([*done, *died], started=at) as claim:
        closed = [SourceReceipt(source=name, state="done", started=at, ended=at) for name in done]
        store.runs.finish_sources(claim.run.id, closed, {})
        store.runs.finish(replace(claim.run, ended=at, status=status))
    return claim.run.id


def test_a_run_that_died_is_told_until_another_is_done_with_each_of_its_sources(store):
    def cut_short(since: int = 0) -> list[int]:
        return [run.id for run in store.runs.cut_short(NOW + timedelta(days=since))]

    first = ended(store, 0, "died", "a", died=("b", "c"))
    ended(store, 1, "ok", "a", "d")
    assert cut_short() == [first]  # whatever other sources do
    assert cut_short(since=1) == []
    ended(store, 2, "ok", "b")
    second = ended(store, 3, "failed", died=("b",))
    assert cut_short() == [second, first]
    with store.runs.begin(["c"], started=NOW + timedelta(days=4)) as claim:
        assert cut_short() == [second, first]  # what is under way is not done
        store.runs.finish(replace(claim.run, ended=NOW + timedelta(days=4), status="stopped"))
    ended(store, 5, "ok", "b")
    assert cut_short() == [first]
    ended(store, 6, "partial", "c")
    assert cut_short() == []


def test_what_was_visited_while_the_clock_was_ahead_is_due_in_the_next_run(store: ArticleStore, caplog):
    ahead = NOW + timedelta(days=365)
    for host in ("a", "b", "c", "d"):  # one address of a host is asked for at a time
        add(store, f"https://{host}.example/1", source="a")
    with store.runs.begin(["a"], started=ahead) as claim:
        assert len(leased(store, ahead, run=claim.run.id)) == 4
        seen = visit(article(url="https://a.example/1"), at=ahead, due=ahead + timedelta(hours=6), run=claim.run.id)
        lost = visit(url="https://b.example/1", at=ahead, due=ahead + timedelta(hours=6), run=claim.run.id)
        store.record(seen)
        store.record(replace(lost, article=None, outcome=Outcome.FAILED, reason="timeout"))
        old, none = replace(seen, url="https://c.example/1", state=UrlState.DROPPED), "https://d.example/1"
        store.record(replace(old, article=article(url=old.url)))
        store.record(replace(old, url=none, article=None, outcome=Outcome.NOT_ARTICLE, reason="http-404"))
    store.journal.pause_host("a.example", ahead)
    store.journal.keep_robots("a.example", Robots("", 200, ahead))
    assert not caplog.records
    with store.runs.begin(["a"], started=NOW) as claim:
        known = store.journal.host("a.example")
        assert (known.paused_until, known.robots) == (None, None)
        again = sorted(leased(store, NOW, run=claim.run.id))
    assert again == [f"https://{host}.example/1" for host in ("a", "b", "c")]
    assert "clock was ahead in an earlier run" in caplog.text
    caplog.clear()
    with store.runs.begin(["b"], started=NOW):  # nothing is left to mend
        assert not caplog.records
