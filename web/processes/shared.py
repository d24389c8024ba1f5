"""One server -> what its processes have in common: counts, slow-downs, the turn to update the index, long lists."""

import sys
from pathlib import Path

from web.processes.file_cache import FileCache
from web.processes.memory import Numbers, Turn, turn_of_processes, turn_of_threads
from web.processes.tables import Table

FORMS = 16  # forms that make something at once: one that takes long stops few others


class Shared:
    """What the processes of one server have in common. It is made before they are forked.

    Attributes:
        processes: How many answer; 1: nothing is shared, and threads alone take turns.
        number: Which of them this process is, from 0.
        attempts: Wrong passwords, by the name that was tried and by the network that tried.
        rates: Requests of the API, by who sent them.
        spooled: Bytes of the files under way to readers, a number for each process.
        exports: Exports that are being written, a number for each process.
        indexing: The turn to bring the index up to date.
        forms: Turns for forms that make something: the same form has the same turn.
        file_cache: Values that another process may be asked for next; None: there is no other.
    """

    def __init__(self, processes: int = 1, folder: str | None = None) -> None:
        self.processes = processes
        self.number = 0
        self.attempts = Table(self.turn())
        self.rates = Table(self.turn())
        self.spooled = Numbers(processes, self.turn())
        self.exports = Numbers(processes, self.turn())
        self.indexing = self.turn()
        self.forms = tuple(self.turn() for _ in range(FORMS))
        self.file_cache = FileCache(Path(folder)) if folder is not None else None

    def turn(self) -> Turn:
        """Return a new turn of all processes."""
        return turn_of_processes() if self.processes > 1 else turn_of_threads()

    def begin(self, number: int) -> None:
        """Take the place of a process of the server; what its predecessor had counted there is set to 0."""
        self.number = number
        for numbers in (self.spooled, self.exports):
            with numbers.turn():
                numbers.values[number] = 0


def can_fork() -> bool:
    """Whether several processes can answer here: locks by /proc, and the wait for signals, are as Linux has them."""
    return sys.platform == "linux" and Path("/proc/self/fd").is_dir()
