"""A turn is one process's, and ends with it."""

import os
import signal

from web.processes.memory import Numbers, turn_of_processes


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
