"""The pages of a command -> one process that answers, or several: how many, what each does, and how all of them end."""

import gc
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from corpus.memory import share_arenas
from web.cli.context import Context
from web.cli.ending import ending_signals, interrupt

if TYPE_CHECKING:
    from flask import Flask

    from corpus.config.web import WebSettings
    from corpus.store import ArticleStore
    from indexer.contract.protocol import SearchEngine
    from web.layout.server import Port
    from web.processes.shared import Shared
    from web.processes.supervising import Work

OBJECTS = 50_000  # made until they are looked at for cycles; a page makes thousands, and hardly one in a cycle
MOST = 2  # processes that are started unasked: each that answers much takes some 250 MB over 100,000 articles


def processes_of(web: "WebSettings", context: Context) -> int:
    """Return how many processes answer; one where a fork would carry open files of the store, or threads, with it."""
    from web.processes.shared import can_fork

    wanted = web.processes or min(MOST, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)
    if wanted == 1 or (can_fork() and threading.active_count() == 1 and not context.has_opened):
        return wanted
    if web.processes > 1:
        context.say(f"[web] processes = {web.processes}: one process serves the pages here")
    return 1


@contextmanager
def serving(context: Context, held: "Port", processes: int) -> Iterator[Callable[[], None]]:
    """Serve the pages on a held port; what is given answers, or waits for those that do, until Ctrl-C or SIGTERM.

    Several processes are forked at once, before the block does anything else.
    """
    from web.processes.shared import Shared

    if processes == 1:
        from web.layout.server import Server

        _use_memory_well()
        server = Server(app_of(context, Shared()), held)
        try:
            yield server.run
        finally:
            server.close()
        return
    from web.processes.supervising import Supervised

    supervised = Supervised(lambda: _prepared(context, held, processes), processes)
    held.socket.close()  # a reader is refused when nobody answers any more
    try:
        yield supervised.wait
    finally:
        supervised.stop()


def app_of(context: Context, shared: "Shared") -> "Flask":
    """Return the app over what the command works on; nothing is opened before the first request."""
    from indexer.open import open_self_repairing
    from web.app import create_app

    def engine() -> "SearchEngine":
        if context.is_federated:
            return context.engine
        return open_self_repairing(
            context.config, lambda: context.store, wait=False, examines=lambda: shared.number == 0
        )

    def articles() -> "ArticleStore":
        context.store.limit_cache()
        return context.articles

    return create_app(context.config, articles, engine, shared=shared)


@contextmanager
def _prepared(context: Context, held: "Port", processes: int) -> "Iterator[Work]":
    """Give what each process does; what all of them need is made once, and their folder goes at the end."""
    from web.layout.server import Server
    from web.processes.shared import Shared
    from web.search.downloads import spool

    def work(number: int, goes_on: Callable[[], bool]) -> None:
        shared.begin(number)
        spool.share(shared.spooled, number)
        _use_memory_well()
        server = Server(app, held, processes=shared.processes)
        try:
            server.run(goes_on)
        finally:
            server.close()
            context.close()

    with tempfile.TemporaryDirectory(prefix="pressmark-", ignore_cleanup_errors=True) as folder:
        shared = Shared(processes, folder)
        app = app_of(context, shared)
        yield work


def _use_memory_well() -> None:
    """Look for cycles of objects after many pages, not within each; let all threads take memory from one place.

    It is for a process that has no threads yet. An arena of each thread would be 30 MB in a process.
    """
    gc.freeze()
    gc.set_threshold(OBJECTS)
    share_arenas()


def end_by_signals() -> None:
    """Have SIGTERM, and SIGHUP of a terminal that is closed, end the command as Ctrl-C does."""
    for number in ending_signals():
        signal.signal(number, interrupt)
