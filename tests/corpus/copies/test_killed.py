"""kill -9 while texts are compared, or packed: the next run makes the groups that a run from nothing on makes."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from corpus.copies.grouping import group_copies
from corpus.store import ArticleStore
from tests.corpus.copies.test_grouping import article, groups, leader_of
from tests.corpus.copies.test_placing import led
from tests.corpus.copies.texts import rewritten, story
from tests.stores import new_store

GROUPING = """
import sys
from pathlib import Path
from corpus.copies import grouping
from corpus.store import ArticleStore
from corpus.store.sketches import finding, packing

grouping.READ, grouping.READS, finding._LEAST, packing._SLICE = 5, 2, 50, 40
pack, settle = packing._pack, grouping.Placing.settle

def saying(work):
    def said(*arguments):
        done = work(*arguments)
        print("done", flush=True)
        return done
    return said

packing._pack, grouping.Placing.settle = saying(pack), saying(settle)
with ArticleStore.open(Path(sys.argv[1])) as store:
    grouping.group_copies(store)
"""

ORDERING = """
import sys
from pathlib import Path
from corpus.copies import grouping
from corpus.store import ArticleStore

grouping.LED = 3
settle = grouping.Placing.settle

def waiting(placing):
    settle(placing)
    print("done", flush=True)
    sys.stdin.readline()

grouping.Placing.settle = waiting
with ArticleStore.open(Path(sys.argv[1])) as store:
    grouping.group_copies(store, ["beta", "alpha"])
"""


def group_and_kill(path: Path, lines: int) -> bool:
    """Let a process group a store, kill it when it said so many lines, and return whether it was still at work."""
    process = subprocess.Popen([sys.executable, "-c", GROUPING, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(lines)]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    return bool(said[-1])


def test_a_grouping_that_is_killed_again_and_again_makes_the_groups_of_one_that_is_not(tmp_path: Path) -> None:
    chance = random.Random(3)
    articles = [article(f"a{n}", story(n), hours=n) for n in range(60)]
    articles += [article(f"b{n}", rewritten(n, chance), hours=chance.randrange(60)) for n in range(60)]
    chance.shuffle(articles)
    with new_store(tmp_path / "killed.sqlite") as store, new_store(tmp_path / "whole.sqlite") as whole:
        store.write_many(articles)
        whole.write_many(articles)
        group_copies(whole)
    killed = [group_and_kill(tmp_path / "killed.sqlite", lines) for lines in (1, 2, 4, 7, 11)]
    assert any(killed)
    with ArticleStore.open(tmp_path / "killed.sqlite") as store, ArticleStore.open(tmp_path / "whole.sqlite") as whole:
        group_copies(store)
        assert len(groups(whole)) >= 55
        assert groups(store) == groups(whole)
        assert [leader_of(store, one.url) for one in articles] == [leader_of(whole, one.url) for one in articles]
        store.write_many(article(f"c{n}", story(n), hours=99) for n in range(60))  # each finds what was packed before
        group_copies(store)
        assert all(any({f"a{n}", f"c{n}"} <= names for names in groups(store)) for n in range(60))


def test_a_new_order_of_sources_is_taken_over_some_groups_at_a_time_and_to_its_end_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "killed.sqlite"
    with new_store(path) as store:
        store.write_many(article(f"{name}{n}", story(n), source=name) for n in range(12) for name in ("alpha", "beta"))
        group_copies(store, ["alpha", "beta"])
    command = [sys.executable, "-c", ORDERING, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(2):
            assert process.stdout.readline()
            print(file=process.stdin, flush=True)
        assert process.stdout.readline()
        process.kill()
    with ArticleStore.open(path) as store:
        assert sum(leader.startswith("beta") for leader in led(store).values()) == 2 * 3
        group_copies(store, ["beta", "alpha"])
        assert sum(leader.startswith("beta") for leader in led(store).values()) == 12
