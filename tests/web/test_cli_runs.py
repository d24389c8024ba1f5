"""`pressmark runs`, and the index that follows a crawl."""

import json
import threading
import time
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from corpus.model import LeftOut
from corpus.store import ArticleStore
from corpus.via import Via
from tests.corpus.samples import article, visit
from tests.web.commands import run
from tests.web.corpus import HERALD, NOW, POST, make
from web.cli.context import Context
from web.cli.index_updates import following


def sample(folder: Path) -> Path:
    (folder / "config.toml").write_text("")
    store, engine = make(folder / "data")
    engine.close()
    store.close()
    return folder


def test_a_number_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    shown = run(sample(tmp_path), "runs", "x")
    assert shown.exit_code == 2
    assert "'x' is not a valid integer." in shown.stderr


def test_the_latest_crawls_are_listed(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("")
    assert "no crawl yet" in run(tmp_path, "runs").stderr
    shown = run(sample(tmp_path), "runs").stdout.splitlines()
    assert shown[0].split("\t")[:10] == [
        "run",
        "started",
        "status",
        "took",
        "new",
        "changed",
        "unchanged",
        "refused",
        "failed",
        "size",
    ]
    assert shown[1].split("\t")[2:10] == ["done", "0:16:00", "18", "0", "40", "0", "1", "4.2 MB"]


def test_the_receipt_of_a_crawl_has_a_line_for_each_source(tmp_path: Path) -> None:
    shown = run(sample(tmp_path), "runs", "1").stdout.splitlines()
    assert shown[0] == "crawl 1, 2026-11-23 02:14: done; started by hand"
    head = shown[1].split("\t")
    post, herald = (dict(zip(head, line.split("\t"), strict=True)) for line in shown[2:4])
    assert (herald["source"], herald["new"], herald["unchanged"], herald["failed"]) == (HERALD, "12", "40", "0")
    assert (post["source"], post["new"], post["failed"], post["left"], post["waited"]) == (
        POST,
        "6",
        "1",
        "3",
        "0:09:00",
    )


def test_a_receipt_in_json_has_reasons_and_seconds(tmp_path: Path) -> None:
    found = json.loads(run(sample(tmp_path), "runs", "1", "--json").stdout)
    assert (found["run"], found["status"], found["bytes"]) == (1, "done", 4_200_000)
    post = next(each for each in found["sources"] if each["source"] == POST)
    assert post["visits"] == {"new": {"": 6}, "failed": {"timeout": 1}}
    assert (post["waited"], post["took"], post["left"]) == (540.0, 960.0, 3)


def test_a_receipt_counts_what_its_lists_left_out(tmp_path: Path) -> None:
    place = sample(tmp_path) / "data" / "pressmark.sqlite"
    with ArticleStore.open(place) as store, store.runs.begin([POST], started=NOW) as claim:
        named = [LeftOut(url=f"https://{POST}/shop/{n}", reason="shape", via=Via.HOME, parent="") for n in range(3)]
        store.record(visit(url=f"https://{POST}/feed", run=claim.run.id, left_out=tuple(named)))
        store.runs.finish(replace(claim.run, ended=NOW, status="done"))
    head, row = (line.split("\t") for line in run(tmp_path, "runs", "2").stdout.splitlines()[1:3])
    assert dict(zip(head, row, strict=True))["left out"] == "3"
    found = json.loads(run(tmp_path, "runs", "2", "--json").stdout)["sources"][0]["left_out"]["shape"]
    assert (found["addresses"], len(found["examples"])) == (3, 3)


def test_a_number_that_no_store_can_have_is_a_plain_message(tmp_path: Path) -> None:
    answer = run(sample(tmp_path), "runs", "9223372036854775808")
    assert answer.exit_code == 2
    assert "9223372036854775808" in answer.stderr


def test_a_crawl_that_is_not_there_is_said(tmp_path: Path) -> None:
    answer = run(sample(tmp_path), "runs", "99")
    assert answer.exit_code == 4
    assert "crawl 99: there is none of this number" in answer.stderr


def test_the_index_follows_a_crawl_and_says_how_often(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("")
    context = Context(folder=tmp_path)
    turns = threading.Semaphore(0)

    def wait(over: threading.Event, _: float) -> bool:
        while not over.is_set():
            if turns.acquire(timeout=0.01):
                return False
        return True

    try:
        with following(context, threading.Lock(), wait=wait) as followed:
            for number in (1, 2):
                context.store.write(article(number))
                turns.release()
                deadline = time.monotonic() + 120
                while context.engine.position < context.store.sequence and time.monotonic() < deadline:
                    time.sleep(0.005)
                assert context.engine.position == context.store.sequence  # before the crawl has ended
        assert followed.said() == "the index was brought up to date 2 times on the way, with 2 changes"
    finally:
        context.close()


def test_a_damaged_index_is_not_made_anew_while_a_crawl_is_under_way(tmp_path: Path) -> None:
    (commit,) = sample(tmp_path).rglob("index/commit-*.json")
    commit.write_bytes(commit.read_bytes()[:-9])
    context = Context(folder=tmp_path)
    looks = [False, True]  # whether the crawl has ended, at each look
    try:
        with following(context, threading.Lock(), wait=lambda over, seconds: looks.pop(0)) as followed:
            pass
        assert (looks, followed.said()) == ([], None)
        assert context.engine.damage
    finally:
        context.close()


class Broken(AbstractContextManager[None]):
    """A lock that nobody can take, for a reason that nobody foresaw."""

    def __exit__(self, *_: object) -> None:
        """Never left."""

    def __enter__(self) -> None:
        raise RuntimeError("unforeseen")


def test_an_unforeseen_error_ends_one_update_of_the_index_and_not_all_that_follow(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "config.toml").write_text("")
    looks = [False, False, True]
    context = Context(folder=tmp_path)
    with closing(context), following(context, cast(Any, Broken()), wait=lambda over, seconds: looks.pop(0)) as followed:
        pass
    assert (looks, followed.said()) == ([], None)
    assert caplog.text.count("a fault of ours") == 2
    assert "RuntimeError" not in caplog.text


def test_an_index_that_is_not_to_follow_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[indexer]\nevery = 0\n")
    context = Context(folder=tmp_path)
    try:
        with following(context, threading.Lock()) as followed:
            assert not [thread for thread in threading.enumerate() if thread.name == "index"]
        assert followed.said() is None
        assert context.config.indexer.every == timedelta()
    finally:
        context.close()
