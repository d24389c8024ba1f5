"""The configuration, the store and the engine of a command, opened at first use."""

import os
import sys
import threading
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.loading import interruptible

if TYPE_CHECKING:
    from corpus.config import Config
    from corpus.config.following import FollowedConfig
    from corpus.outline.reading import Outline
    from corpus.store import ArticleStore
    from crawler.pool.workers import Workers
    from indexer.contract.annotations import Annotations
    from indexer.contract.values import Query
    from indexer.federation.store import FederatedStore
    from indexer.self_repair import SelfRepairingEngine


# Verbs that do with a machine's people and the cluster, where it shows the articles of other machines.
WITHOUT_ARTICLES = frozenset({"search", "show", "export", "serve", "users", "tokens", "mcp", "doctor", "config"})


@dataclass(slots=True)
class Context:
    """One run of the command line.

    Attributes:
        folder, file: As given by -C and --config.
        verbosity: -1 quiet, 0 usual, 1 and 2 more.
        verb: What is run.
        shared_workers: Those of a program that calls the command line from Python; None: a verb starts its own.
        change: The number of the last change that it made through the API; None: it made none.
    """

    folder: Path | None = None
    file: Path | None = None
    verbosity: int = 0
    verb: str = ""
    shared_workers: "Workers | None" = None
    change: int | None = None
    _config: "Config | None" = None
    _followed: "FollowedConfig | None" = None
    _outline: "Outline | None" = None
    _store: "ArticleStore | None" = None
    _engine: "SelfRepairingEngine | None" = None
    _articles: "ArticleStore | None" = None
    _closing: ExitStack = field(default_factory=ExitStack)
    _opening: threading.RLock = field(default_factory=threading.RLock)  # the index is updated by several threads

    @property
    def config(self) -> "Config":
        """The configuration; the defaults when there is no file."""
        if self._config is None:
            with interruptible():
                from corpus.config import load

                self._config = load(self.file, cwd=self.folder)
        return self._config

    def follow_config(self) -> None:
        """Take over the sources that config.toml names now, in a process that runs for long."""
        from corpus.config.following import FollowedConfig

        if self._followed is None:
            self._followed = FollowedConfig(self.config)
        self._config, self._outline = self._followed.now(), None

    @property
    def outline(self) -> "Outline":
        """The few settings that the corpus is found by; the whole configuration is read only when that is needed.

        Raises:
            ConfigError: as `config` does.
        """
        if self._outline is None:
            self._outline = self._read_outline() if self._config is None else self._config.outline
        return self._outline

    def _read_outline(self) -> "Outline":
        from corpus.outline.config_file import find
        from corpus.outline.reading import read_outline, remember_checked

        choice = find(self.file, cwd=(self.folder or Path.cwd()).absolute(), environ=os.environ)
        outline = read_outline(choice, os.environ)
        if outline is not None:
            return outline
        before = _content(choice.path)
        outline = self.config.outline
        if before is not None and before == _content(choice.path):  # so this is what was checked
            remember_checked(outline.data, before)
        return outline

    def require_folder(self) -> None:
        """See that `data` is a folder or not there yet.

        Raises:
            PressmarkError: It is a file.
        """
        from corpus.errors import PressmarkError

        data = self.outline.data
        if data.exists() and not data.is_dir():
            raise PressmarkError(f'data = "{data}": expected a folder, and this is a file')

    @property
    def store(self) -> "ArticleStore":
        """The store, made when it does not exist; where the articles of all stores are shown, it has people alone.

        Raises:
            PressmarkError: This machine has no articles, and the verb needs some.
        """
        if self.is_federated and self.verb not in WITHOUT_ARTICLES:
            from corpus.errors import PressmarkError

            raise PressmarkError(
                f'[indexer] stores = "all": this machine has no articles of its own: run `pressmark {self.verb}` on the'
                " machine that crawls them"
            )
        with self._opening:
            if self._store is None:
                from corpus.store import ArticleStore

                self.require_folder()
                self.outline.data.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._store = self._closing.enter_context(ArticleStore.open(self.outline.store))
                if self._store.read_only:
                    self.say(f"{self._store.path}: it cannot be written here: opened for reading only")
            return self._store

    def check_store(self) -> None:
        """See that the store can be opened, and close it again: a fork is not to carry its files along.

        Raises:
            StoreUnfit, StoreDamaged: It cannot, and waiting changes nothing. What may pass is no error.
        """
        from corpus.errors import StoreDamaged, StoreError, StoreUnfit
        from corpus.store import ArticleStore

        if not self.outline.store.is_file():
            return
        try:
            ArticleStore.open(self.outline.store).close()
        except (StoreUnfit, StoreDamaged):
            raise
        except StoreError as error:
            self.say(f"{error}; the pages say that the archive is not ready")

    @property
    def is_federated(self) -> bool:
        """Whether the articles of all stores in a cluster are shown here."""
        return self.outline.stores == "all"

    @property
    def annotations(self) -> "Annotations":
        """The tags and dossiers of the store, all of them; none where the articles of other machines are searched."""
        from indexer.contract.annotations import NO_ANNOTATIONS
        from indexer.results.annotating import annotations_of

        return NO_ANNOTATIONS if self.is_federated else annotations_of(self.store)

    def query(self, typed: str, now: datetime) -> "Query":
        """Return a typed search as the pages read it, with all tags and dossiers of the store."""
        from indexer.query.query import parse

        return parse(
            typed,
            now=now,
            zone=self.config.zone,
            aliases=self.articles.authors.aliases(),
            annotations=self.annotations,
            removed=not self.is_federated,
        )

    @property
    def articles(self) -> "ArticleStore":
        """The articles to show: those of the store, or of all stores in the cluster."""
        if not self.is_federated:
            return self.store
        with self._opening:
            self._federate()
            assert self._articles is not None
            return self._articles

    @property
    def unsearched(self) -> tuple[str, ...]:
        """A sentence for each store in the cluster whose articles the last search left out."""
        from typing import cast

        return cast("FederatedStore", self.articles).unsearched() if self.is_federated else ()

    def _federate(self) -> None:
        from typing import cast

        from indexer.open import open_federation

        if self._articles is None:
            engine, articles = open_federation(self.config, self.store)
            self._closing.callback(engine.close)
            self._articles, self._engine = cast("ArticleStore", articles), cast("SelfRepairingEngine", engine)

    @property
    def engine(self) -> "SelfRepairingEngine":
        """The engine on the index; a search waits while a damaged index is rebuilt."""
        with self._opening:
            if self.is_federated:
                self._federate()
            if self._engine is None:
                from indexer.open import open_self_repairing

                self._engine = open_self_repairing(self.config, lambda: self.store, wait=True, say=self.say)
                self._closing.callback(self._engine.close)
            return self._engine

    def workers(self, count: int) -> "AbstractContextManager[Workers]":
        """The processes that read pages: the shared ones, else up to `count` that end with the `with`."""
        from crawler.pool.workers import shared_or_own

        return shared_or_own(self.shared_workers, count)

    @property
    def has_opened(self) -> bool:
        """Whether the store or the engine is open."""
        return any(each is not None for each in (self._store, self._articles, self._engine))

    def say(self, text: str) -> None:
        """Print a message that is not the answer: on stderr, and nothing when quiet."""
        if self.verbosity >= 0:
            click.echo(text, err=True)

    def trace(self) -> None:
        """Print the traceback of the error at hand with -vv."""
        if self.verbosity > 1:
            import traceback

            click.echo(traceback.format_exc(), err=True)

    def close(self) -> None:
        """Close what was opened."""
        self._closing.close()


def _content(path: Path | None) -> bytes | None:
    from corpus.outline.reading import read_bytes

    try:
        return read_bytes(path) if path is not None else None
    except OSError:
        return None


def is_terminal() -> bool:
    """Whether a person reads the answer at a terminal."""
    return sys.stdout.isatty()
