"""One process of a rebuild: pieces of the corpus -> segments that no commit has yet.

A fresh interpreter, never a fork of a process with threads. Orders and answers are lines of JSON: plain values, so a
process that was taken over can say wrong things and can run nothing here. The orders come in at standard input, which
is a lifeline, too: when the parent dies, however it dies, the worker ends.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from corpus.errors import IndexError_, StoreError
from corpus.events import event
from indexer.contract.protocol import Batch
from indexer.storage.commits import Contents
from indexer.storage.contents_json import segment, segment_values
from indexer.storage.segment import Segment
from indexer.storage.writing import Writer

NICENESS = 5  # searches come first
MAX_ANSWER = 1 << 26  # characters of one line; ten segments of a million documents each take a fifth of it

Read = Callable[[int], Iterable[Batch]]  # the number of a piece -> its documents

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reader:
    """How another process reads pieces: the module it starts, which calls `serve`, and the values for that module."""

    module: str
    values: Mapping[str, Any]


class Shard:
    """A process of a rebuild as its parent sees it; one thread uses it, any thread may stop it."""

    def __init__(self, directory: Path, reader: Reader, memory: int, most: int) -> None:
        # One BLAS thread: nothing here multiplies matrices, and each reserves memory.
        paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        environment = os.environ | {"PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(  # noqa: S603  a module of ours
            [sys.executable, "-P", "-m", reader.module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self._work = {"directory": str(directory), "memory": memory, "most": most, "reader": dict(reader.values)}

    def run(self, pieces: Iterable[int]) -> list[Segment]:
        """Have the process index pieces, one at a time, and return the segments it made.

        Raises:
            IndexError_: it ended before its time, or could not go on.
            StoreError: it could not read the store.
            OSError: the disk is full, or does not let it write.
        """
        self._order(self._work)
        for piece in pieces:
            self._order(piece)
            self._answer()
        self._order(None)
        try:
            return [segment(one) for one in self._answer()]
        except (TypeError, ValueError) as error:
            raise IndexError_(f"a process that was building the index answered: {error}") from error

    def stop(self) -> None:
        """Kill the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe and not pipe.closed:
                with suppress(BrokenPipeError):
                    pipe.close()

    def _order(self, message: object) -> None:
        assert self._process.stdin
        try:
            _write(self._process.stdin, message)
        except BrokenPipeError:
            raise self._ended() from None

    def _answer(self) -> Any:
        assert self._process.stdout
        try:
            said = _read(self._process.stdout)
        except (EOFError, ValueError):
            raise self._ended() from None
        if not isinstance(said, dict):
            raise self._ended()
        if "failure" in said:
            event(log, "index process failed", level=logging.DEBUG, where=said.get("where"))
            raise _failure(said)
        return said.get("answer")

    def _ended(self) -> IndexError_:
        self._process.kill()
        status = self._process.wait()
        killed = "was killed, perhaps because the machine ran out of memory"
        how = killed if status == -signal.SIGKILL else f"ended with status {status}"
        return IndexError_(f"a process that was building the index {how}")


def serve(reader: Callable[[Mapping[str, Any]], Read]) -> None:
    """Carry out the parent's orders until they end.

    Args:
        reader: Returns what reads a piece, from what the parent's Reader has in `values`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to heed
    os.nice(NICENESS)
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that prints can garble an answer
    try:
        work = _read(orders)
        read, writer = reader(work["reader"]), Writer(Path(work["directory"]), Contents(), -1, memory=work["memory"])
        while (piece := _read(orders)) is not None:
            for batch in read(piece):
                writer.add(batch)
            _write(answers, {"answer": None})
        threading.Thread(target=_die_with_parent, daemon=True).start()
        _write(answers, {"answer": [segment_values(one) for one in writer.finished(work["most"])]})
    except (EOFError, BrokenPipeError):
        os._exit(1)  # the parent is gone, and nobody needs the rest
    except Exception as error:  # noqa: BLE001  whatever it is, the parent raises it
        _write(answers, {**_described(error), "where": traceback.format_exc()})


def _described(error: Exception) -> dict[str, Any]:
    match error:
        case OSError(errno=int(number)):
            return {"failure": "disk", "errno": number}
        case StoreError():
            return {"failure": "store", "message": str(error)}
    return {"failure": "index", "message": str(error) or "for a reason it could not name"}


def _failure(said: Mapping[str, Any]) -> Exception:
    """The error a process met, from what it says; its words are shown, never more."""
    number, message = said.get("errno"), str(said.get("message"))
    if said["failure"] == "disk" and isinstance(number, int):
        return OSError(number, os.strerror(number))
    if said["failure"] == "store":
        return StoreError(message)
    return IndexError_(f"a process that was building the index failed: {message}")


def _write(pipe: IO[bytes], message: object) -> None:
    pipe.write(json.dumps(message).encode() + b"\n")
    pipe.flush()


def _read(pipe: IO[bytes]) -> Any:
    line = pipe.readline(MAX_ANSWER)
    if not line.endswith(b"\n"):
        raise EOFError
    return json.loads(line)


def _die_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)
