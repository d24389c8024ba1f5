"""What is remembered of a name is bounded, and shared by processes."""

import os

from web.processes.memory import turn_of_processes
from web.processes.tables import PLACES, Table


def test_a_name_has_the_number_that_was_written_last() -> None:
    table = Table()
    table.put("ana", 1, 10.0)
    table.put("ana", 2, 11.0)
    table.put("bea", 7, 12.0)
    assert (table.get("ana"), table.get("bea"), table.get("carl")) == ((2, 11.0), (7, 12.0), None)
    table.drop("ana")
    assert (table.get("ana"), table.get("bea")) == (None, (7, 12.0))


def test_where_there_is_no_place_the_name_written_longest_ago_goes() -> None:
    table = Table(buckets=1)
    for number in range(PLACES):
        table.put(f"{number}", number, number)
    table.put("0", 0, PLACES)  # used again
    table.put("new", 1, PLACES + 1)
    assert table.get("1") is None
    assert [table.get(name) is not None for name in ("0", "2", "new")] == [True] * 3


def test_forked_processes_count_together_and_lose_nothing() -> None:
    table = Table(turn_of_processes())
    children = []
    for _ in range(3):
        if not (child := os.fork()):
            for _ in range(200):
                with table.turn():
                    known = table.get("ana")
                    table.put("ana", (known[0] if known else 0) + 1, 1)
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert table.get("ana") == (600, 1)
