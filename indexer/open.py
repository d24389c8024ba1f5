"""The kind of engine -> the engine, opened."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus.errors import IndexError_
from indexer.contract.origin import Origin, origin
from indexer.contract.protocol import SearchEngine

if TYPE_CHECKING:
    from corpus.config import Config
    from corpus.store import ArticleStore
    from indexer.columnar.engine import ColumnarEngine
    from indexer.federation.states import StoreState
    from indexer.federation.store import FederatedStore
    from indexer.opensearch_engine.cluster import Cluster, ClusterSettings
    from indexer.opensearch_engine.engine import OpenSearchEngine
    from indexer.rebuild import Rebuilt
    from indexer.removed import RemovedTexts
    from indexer.self_repair import SelfRepairingEngine
    from indexer.storage.origins import Expected

KINDS = ("stock", "columnar")
SPELLINGS = {"whoosh": "columnar"}  # config.toml's `engine` -> its kind: an index that Whoosh opens
MEMORY = 256 << 20  # bytes for building an index


def open_engine(
    path: Path,
    kind: str = "columnar",
    *,
    memory: int = MEMORY,
    languages: tuple[str, ...] | Literal["auto"] = "auto",
    cluster: "ClusterSettings | None" = None,
) -> SearchEngine:
    """Open the search engine of a folder, made as needed.

    Args:
        path: The folder of the index.
        kind: One of KINDS, or a spelling of SPELLINGS. `stock` is Whoosh with its own codec, `columnar` with ours,
            `opensearch` a cluster.
        memory: Bytes that building the index may take.
        languages: Whose word forms are known; `auto` takes those of the articles.
        cluster: Where the cluster is; `opensearch` needs it. The names of its indexes have the folder's name.

    Raises:
        ValueError: there is no such kind.
    """
    match SPELLINGS.get(kind, kind):
        case "columnar":
            return _columnar(path, memory, languages)
        case "stock":
            from indexer.stock import WhooshEngine

            return WhooshEngine(path, languages=() if languages == "auto" else languages)
        case "opensearch" if cluster is not None:
            from indexer.opensearch_engine.engine import OpenSearchEngine

            return OpenSearchEngine(cluster, path.name, path, languages=() if languages == "auto" else languages)
        case _:
            raise ValueError(f'engine = "{kind}": expected columnar, stock or, with a cluster, opensearch')


def open_self_repairing(
    config: "Config",
    store: Callable[[], "ArticleStore"],
    *,
    wait: bool,
    say: Callable[[str], object] | None = None,
    examines: Callable[[], bool] = lambda: True,
) -> "SelfRepairingEngine":
    """Open the index of a corpus; it is rebuilt from the store when it cannot answer as it should.

    That is when it is damaged or missing, made by another version or with other settings, or made of another store or
    of writes that a restored store no longer has.

    Args:
        store: Opens the store, or returns the open one; called when there is something to repair, in any thread.
        wait: Let a search wait for that; otherwise it goes on in a thread, and IndexRebuilding is raised meanwhile.
        say: Tells a person what happens, a sentence at a time; when None, the log has it as warnings.
        examines: Whether every byte is read once a day while the index serves; of several processes one does it.
    """
    from indexer.self_repair import Progress, SelfRepairingEngine

    def build(progress: Progress) -> object:
        return rebuild_index(config, store(), progress)

    def expected(position: int) -> Origin | None:
        return origin(store(), position, config.zone)

    engine = _of_config(config, store, expected)
    return SelfRepairingEngine(
        engine,
        build,
        lambda: store().sequence > 0,
        missing=lambda ids: store().missing(ids),
        wait=wait,
        say=say,
        examines=examines,
        removed=_removed(config, store, expected),
    )


def open_federation(config: "Config", own: "ArticleStore") -> "tuple[OpenSearchEngine, FederatedStore]":
    """Open what shows the articles of all stores that index into the cluster of a configuration.

    Args:
        own: The file of this machine, for its people; the pages ask it for nothing else.

    Returns:
        The engine over all stores, and their articles; the caller closes both.
    """
    from indexer.federation.articles import ClusterArticles
    from indexer.federation.states import AllStates
    from indexer.federation.store import FederatedStore
    from indexer.opensearch_engine.engine import OpenSearchEngine

    made: list[AllStates] = []

    def states(cluster: "Cluster") -> AllStates:
        made.append(AllStates(cluster))
        return made[0]

    given = config.indexer
    languages = () if given.languages == "auto" else given.languages
    engine = OpenSearchEngine(_settings(config), "", config.index, languages=languages, states=states)
    return engine, FederatedStore(ClusterArticles(engine, made[0], config.zone), engine, own)


def stores_in_cluster(config: "Config") -> "tuple[StoreState, ...]":
    """Return the stores that index into the cluster of a configuration, and which of them cannot answer.

    Raises:
        IndexError_: the cluster does not answer, or refuses us.
    """
    from indexer.federation.states import AllStates
    from indexer.opensearch_engine.cluster import Cluster

    cluster = Cluster(_settings(config))
    try:
        return AllStates(cluster).found()
    finally:
        cluster.close()


def _columnar(
    path: Path, memory: int, languages: "tuple[str, ...] | Literal['auto']", expected: "Expected | None" = None
) -> "ColumnarEngine":
    from indexer.columnar.engine import ColumnarEngine

    return ColumnarEngine(path, memory=memory, languages=() if languages == "auto" else languages, expected=expected)


def _removed(config: "Config", store: Callable[[], "ArticleStore"], expected: "Expected | None") -> "RemovedTexts":
    """Return the index of texts that are gone, in a folder of this machine whatever engine has the articles."""
    from indexer.removed import RemovedTexts
    from indexer.storage.glance import FOLDER_OF_REMOVED

    given = config.indexer
    return RemovedTexts(
        config.index / FOLDER_OF_REMOVED,
        lambda folder: _columnar(folder, given.memory // 4, given.languages, expected),
        store,
        config.zone,
        given.memory // 4,
    )


def _of_config(
    config: "Config", store: Callable[[], "ArticleStore"], expected: "Expected | None" = None
) -> "ColumnarEngine | OpenSearchEngine":
    given = config.indexer
    if given.engine == "opensearch":
        return _of_cluster(config, store, expected)
    return _columnar(config.index, given.memory, given.languages, expected)


def _of_cluster(
    config: "Config", store: Callable[[], "ArticleStore"], expected: "Expected | None" = None
) -> "OpenSearchEngine":
    """Open the engine on a cluster; the names of its indexes have the first token of the store's history."""
    from indexer.opensearch_engine.engine import OpenSearchEngine

    given = config.indexer
    languages = () if given.languages == "auto" else given.languages
    name = store().history(0)
    assert name is not None  # a store begins with a token
    return OpenSearchEngine(
        _settings(config),
        name,
        config.index,
        languages=languages,
        expected=expected,
        home=str(config.web.url or ""),
    )


def _settings(config: "Config") -> "ClusterSettings":
    from indexer.opensearch_engine.cluster import ClusterSettings

    given = config.indexer
    timeout = given.timeout.total_seconds()
    return ClusterSettings(
        hosts=given.hosts,
        user=given.user,
        password=given.password,
        api_key=given.api_key,
        ca=given.ca,
        shards=given.shards,
        replicas=given.replicas,
        timeout=timeout,
        retry_for=(2 * timeout, 30 * timeout),
        prefix=given.prefix,
    )


def rebuild_index(
    config: "Config", store: "ArticleStore", progress: Callable[[float], object] = lambda share: None
) -> "Rebuilt":
    """Rebuild the index that a configuration names, beside the one that serves, and swap them.

    Raises:
        IndexLocked: another process is writing the index.
        IndexError_: it cannot be written; the old index is as it was.
    """
    from indexer.rebuild import rebuild, rebuild_in_cluster

    if config.indexer.engine != "opensearch":
        _require_writable(config.index)
        built = rebuild(store, config.index, zone=config.zone, memory=config.indexer.memory, progress=progress)
    else:
        engine = _of_cluster(config, lambda: store)
        try:
            built = rebuild_in_cluster(store, engine, zone=config.zone, progress=progress)
        finally:
            engine.close()
    removed = _removed(config, lambda: store, lambda position: origin(store, position, config.zone))
    try:
        removed.rebuild()
    finally:
        removed.close()
    return built


def delete_from_cluster(config: "Config", store: "ArticleStore") -> None:
    """Delete all that a cluster has of a store; the store is as it was.

    Raises:
        IndexLocked: another process is writing the index.
        IndexError_: the cluster does not answer, or refuses us.
    """
    engine = _of_cluster(config, lambda: store)
    try:
        engine.delete()
    finally:
        engine.close()


def _require_writable(index: Path) -> None:
    """Raise IndexError_ with the way out where an index cannot be made, as on a disk that is read only."""
    folder = index if index.exists() else index.parent
    if not os.access(folder, os.W_OK):
        raise IndexError_(
            f"{index}: it is to be rebuilt from the articles, and {folder} cannot be written:"
            " copy the folder of the archive, and open the copy"
        )


def verify_index(path: Path) -> list[str]:
    """Return every problem of the index in a folder, a sentence each; none when it is as it was written."""
    from indexer.storage.check_index import verify

    return [*verify(path), *_removed_problems(path)]


def _removed_problems(path: Path) -> list[str]:
    """Return the problems of the index of texts that are gone, which an archive may not have yet."""
    from indexer.storage.check_index import verify
    from indexer.storage.glance import FOLDER_OF_REMOVED

    gone = path / FOLDER_OF_REMOVED
    return [f"texts that are gone: {each}" for each in verify(gone)] if gone.exists() else []


def verify_configured(config: "Config", store: "ArticleStore") -> list[str]:
    """Return every problem of the index that a configuration names, as `verify_index` does."""
    if config.indexer.engine != "opensearch":
        return verify_index(config.index)
    engine = _of_cluster(config, lambda: store)
    try:
        problems = engine.problems(store.totals().articles if engine.position == store.sequence else None)
        return [*problems, *_removed_problems(config.index)]
    finally:
        engine.close()
