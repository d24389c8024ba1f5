"""A turn is one process's, and ends with it."""

import os
import signal

from web.processes.memory import Numbers, turn_of_processes
from web.processes.shared import Shared


def test_a_process_that_is_killed_in_its_turn_holds_up_nobody() -> None:
    numbers = Numbers(2, turn_of_processes())
    child = os.fork()
    if not child:
        with numbers.turn():
            numbers.values[0] = 5
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    numbers.add(1)
    assert numbers.all() == [5, 1]


def test_no_more_are_counted_than_may_be_at_once_and_those_of_a_dead_process_are_free_again():
    shared = Shared(2)
    assert [shared.exports.take(number, 2) for number in (0, 1, 0, 1)] == [True, True, False, False]
    shared.begin(1)  # the second one died, and another takes its place
    assert shared.exports.take(0, 2)
    assert shared.exports.all() == [2, 0]
