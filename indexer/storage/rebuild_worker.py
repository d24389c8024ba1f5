"""One process of a rebuild: pieces of the corpus -> segments that no commit has yet.

A fresh interpreter, never a fork of a process with threads: `python -m indexer.storage.rebuild_worker`. Its orders
come in at its standard input, which is a lifeline, too: when the parent dies, however it dies, the worker ends.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

from corpus.errors import IndexError_
from indexer.contract.protocol import Batch
from indexer.storage.commits import Contents
from indexer.storage.segment import ColumnarSegment
from indexer.storage.writing import Writer

NICENESS = 5  # searches come first


class Shard:
    """The process as its parent sees it; used by one thread, stopped by any."""

    def __init__(self, directory: Path, read: Callable[[int], Iterable[Batch]], memory: int, most: int) -> None:
        # One BLAS thread: nothing here multiplies matrices, and each reserves memory.
        paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        environment = os.environ | {"PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "indexer.storage.rebuild_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self._work = directory, read, memory, most

    def run(self, pieces: Iterable[int]) -> list[ColumnarSegment]:
        """Let it read pieces one at a time, and return the segments it has made of them.

        Raises:
            IndexError_: it ended before its time.
            Exception: whatever reading and writing raised over there.
        """
        self._tell(self._work)
        for piece in pieces:
            self._tell(piece)
            self._answer()
        self._tell(None)
        segments: list[ColumnarSegment] = self._answer()
        return segments

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe and not pipe.closed:
                _close(pipe)

    def _tell(self, message: object) -> None:
        assert self._process.stdin
        try:
            pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._ended() from None

    def _answer(self) -> Any:
        assert self._process.stdout
        try:
            failure, answer = pickle.load(self._process.stdout)  # noqa: S301  our own process's words
        except (EOFError, pickle.UnpicklingError):
            raise self._ended() from None
        if failure is not None:
            raise failure
        return answer

    def _ended(self) -> IndexError_:
        return IndexError_(f"a process that was building the index ended with status {self._process.wait()}")


def main() -> None:
    """Do what the parent says until it has nothing more to say."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to heed
    os.nice(NICENESS)
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that prints can garble an answer
    try:
        directory, read, memory, most = pickle.load(orders)  # noqa: S301  the parent's own words
        writer = Writer(directory, Contents(), -1, memory=memory)
        while (piece := pickle.load(orders)) is not None:  # noqa: S301
            for batch in read(piece):
                writer.add(batch)
            _say(answers, None, None)
        threading.Thread(target=_die_with_parent, daemon=True).start()
        _say(answers, None, writer.finished(most))
    except (EOFError, BrokenPipeError):
        os._exit(1)  # the parent is gone, and with it whoever wanted the rest
    except Exception as error:
        _say(answers, error, None)


def _say(answers: IO[bytes], failure: Exception | None, answer: object) -> None:
    pickle.dump((failure, answer), answers)
    answers.flush()


def _die_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return


if __name__ == "__main__":
    main()
