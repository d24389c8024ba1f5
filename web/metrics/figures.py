"""The services of an archive -> its figures, read from the store, the index and the disk as they stand."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from corpus.errors import PressmarkError
from corpus.health.values import HealthState
from corpus.runs.disk import room
from web.layout.alarms import late_sources
from web.layout.exposition import Metric, Sample
from web.layout.services import Services

GAUGE, COUNTER, HISTOGRAM = "gauge", "counter", "histogram"
NEVER_CRAWLED, PAUSED = "never-crawled", "paused"

# Name -> kind, label, what it is; docs/metrics.md is written from it.
KNOWN: Final[dict[str, tuple[str, str, str]]] = {
    "pressmark_build_info": (GAUGE, "version", "Always 1; the label is the version that runs"),
    "pressmark_articles": (GAUGE, "", "Articles that stand in the store"),
    "pressmark_articles_withdrawn": (GAUGE, "", "Articles whose text was taken away"),
    "pressmark_articles_damaged": (GAUGE, "", "Articles that are not as they were stored, and left out"),
    "pressmark_revisions_damaged": (GAUGE, "", "Earlier texts that are not as they were stored, and left out"),
    "pressmark_authors": (GAUGE, "", "Authors of the articles that stand"),
    "pressmark_store_changes": (GAUGE, "", "Number of the last change to an article in the store"),
    "pressmark_index_up": (GAUGE, "", "1 when the index answers, 0 when it cannot be opened or asked"),
    "pressmark_index_changes": (GAUGE, "", "Number of the last change that the index has"),
    "pressmark_index_behind_changes": (GAUGE, "", "Changes that the store has and the index does not have yet"),
    "pressmark_searches_total": (
        COUNTER,
        "answered",
        "Searches that the pages asked since the server began, of which one page may ask several, by what answered:"
        " index, memory (the same search again), page (the same page again), partial (the index, and a bound was"
        " reached), failed",
    ),
    "pressmark_search_duration_seconds": (HISTOGRAM, "le", "How long the index took for a search"),
    "pressmark_runs": (GAUGE, "status", "Crawls in the store by status"),
    "pressmark_run_start_timestamp_seconds": (GAUGE, "status", "When the latest crawl with a status began"),
    "pressmark_worker_restarts_total": (
        COUNTER,
        "",
        "Processes that read pages and were replaced in crawls that ended: killed, stuck, or out of memory",
    ),
    "pressmark_sources": (
        GAUGE,
        "health",
        "Sources of config.toml by health: the states of `pressmark sources`, paused, never-crawled",
    ),
    "pressmark_sources_unacknowledged": (GAUGE, "", "Sources with a trouble that nobody has acknowledged"),
    "pressmark_sources_overdue": (GAUGE, "", "Sources that are due and that nobody crawls"),
    "pressmark_addresses_due": (
        GAUGE,
        "",
        "Known addresses of the sources of config.toml that a crawl would ask for now, those of hosts at rest left out",
    ),
    "pressmark_scheduler_alive_timestamp_seconds": (
        GAUGE,
        "",
        "When a scheduler was last alive; no value: never",
    ),
    "pressmark_store_size_bytes": (GAUGE, "", "Size of the store's file and of the log that SQLite keeps beside it"),
    "pressmark_disk_free_bytes": (GAUGE, "", "Free room on the disk of the data"),
    "pressmark_disk_size_bytes": (GAUGE, "", "Size of the disk of the data"),
}


Figures = Mapping[str, Iterable[Sample]]  # the name of a metric -> its values


def figures(services: Services, stored: Figures, version: str) -> list[Metric]:
    """Return the figures of now, in the order of KNOWN; what cannot be read has no value.

    What only grows is read again each time: it never goes back, whichever process answers.

    Args:
        stored: As `stored_figures` gave them a moment ago.

    Raises:
        StoreError: The store cannot be read.
    """
    found = {
        **stored,
        **_of_searches(services),
        "pressmark_build_info": (Sample(1, {"version": version}),),
        "pressmark_worker_restarts_total": _one(services.store.runs.restarts()),
    }
    return [Metric(name, kind, said, tuple(found.get(name, ()))) for name, (kind, _, said) in KNOWN.items()]


def stored_figures(services: Services) -> Figures:
    """Return what stands in the store, the index and the disk.

    Raises:
        StoreError: The store cannot be read.
    """
    found: dict[str, Iterable[Sample]] = {}
    for part in (_of_corpus, _of_crawls, _of_sources, _of_disk):
        found.update(part(services))
    return found


def _of_corpus(services: Services) -> Mapping[str, Iterable[Sample]]:
    totals, sequence = services.totals(), services.store.sequence
    articles, revisions = services.store.damage.counts()
    found = {
        "pressmark_articles": _one(totals.articles),
        "pressmark_articles_withdrawn": _one(totals.withdrawn),
        "pressmark_articles_damaged": _one(articles),
        "pressmark_revisions_damaged": _one(revisions),
        "pressmark_authors": _one(totals.authors),
        "pressmark_store_changes": _one(sequence),
    }
    try:
        position = services.engine.position
    except PressmarkError:
        return {**found, "pressmark_index_up": _one(0)}
    return {
        **found,
        "pressmark_index_up": _one(1),
        "pressmark_index_changes": _one(position),
        "pressmark_index_behind_changes": _one(max(0, sequence - position)),
    }


def _of_searches(services: Services) -> Mapping[str, Iterable[Sample]]:
    return {
        "pressmark_searches_total": _by("answered", services.searches),
        "pressmark_search_duration_seconds": services.durations.samples(),
    }


def _of_crawls(services: Services) -> Mapping[str, Iterable[Sample]]:
    by_status = services.store.runs.by_status()
    alive = services.store.schedule.alive()
    return {
        "pressmark_runs": _by("status", {status: count for status, (count, _) in by_status.items()}),
        "pressmark_run_start_timestamp_seconds": _by(
            "status", {status: at.timestamp() for status, (_, at) in by_status.items()}
        ),
        "pressmark_scheduler_alive_timestamp_seconds": _one(alive.timestamp()) if alive else (),
    }


def _of_sources(services: Services) -> Mapping[str, Iterable[Sample]]:
    config, store, now = services.config, services.store, services.now()
    names = [source.name for source in config.sources]
    return {
        "pressmark_sources": _by("health", source_states(services)),
        "pressmark_sources_unacknowledged": _one(unacknowledged(services)),
        "pressmark_sources_overdue": _one(len(late_sources(config.outline, store, now))),
        "pressmark_addresses_due": _one(_due(services, names, now)),
    }


def source_states(services: Services) -> dict[str, int]:
    """Return health -> how many sources of config are in it, every state named."""
    health, paused = services.store.health.all(), services.store.schedule.paused()
    counts: Counter[str] = Counter()
    for source in services.config.sources:
        known = health.get(source.name)
        counts[PAUSED if source.name in paused else known.state.value if known else NEVER_CRAWLED] += 1
    return {state: counts[state] for state in (*HealthState, PAUSED, NEVER_CRAWLED)}


def unacknowledged(services: Services) -> int:
    """Return how many sources of config have a trouble that nobody has acknowledged."""
    followed = {source.name for source in services.config.sources}
    return sum(each.is_bad_now for each in services.store.health.of_followed(followed).values())


def _due(services: Services, names: list[str], now: datetime) -> int:
    return sum(each.addresses - each.at_rest for each in services.store.census.due_now(names, now).values())


def _of_disk(services: Services) -> Mapping[str, Iterable[Sample]]:
    store = services.config.store
    try:
        space = room(services.config.data)
        sizes = [path.stat().st_size for path in (store, store.with_name(f"{store.name}-wal")) if path.exists()]
    except OSError:
        return {}
    return {
        "pressmark_store_size_bytes": _one(sum(sizes)),
        "pressmark_disk_free_bytes": _one(space.free),
        "pressmark_disk_size_bytes": _one(space.total),
    }


def _one(value: float) -> tuple[Sample, ...]:
    return (Sample(value),)


def _by(label: str, values: Mapping[str, float]) -> tuple[Sample, ...]:
    return tuple(Sample(value, {label: str(name)}) for name, value in values.items())
