"""Batches -> the indexes of a cluster, commit by commit.

What a commit stands for is written first, then shown by a refresh, and only then does the state give its position: a
writer that dies in between has written what the next one writes again, to the same effect.
"""

import logging
import time
import uuid
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from corpus.errors import IndexError_, IndexUnreachable
from corpus.events import event
from indexer.analysis import stems
from indexer.contract.facets import FacetName
from indexer.contract.protocol import Batch
from indexer.opensearch_engine import bulk, mapping
from indexer.opensearch_engine.bulk import Change
from indexer.opensearch_engine.cluster import Cluster
from indexer.opensearch_engine.documents import every_form, lengths, source
from indexer.opensearch_engine.refusals import Refused
from indexer.opensearch_engine.state import LEASE, State, States
from indexer.opensearch_engine.words import Words

log = logging.getLogger(__name__)

MEASURED = 5_000  # articles, from which the usual lengths of texts are taken
COMMIT_EVERY = 15.0  # seconds; a commit makes a small segment of each shard, which is merged again and again
COPYING = 20  # seconds between two looks at copies that are being made; the lease is renewed at each
FLUSHING = 50.0  # seconds for one try at writing all that is in memory to files; less than a lease
TIMED_OUT = 408  # the cluster has waited for as long as it was told to
LONGEST_COPY = 3600.0  # seconds, after which an index answers although not all copies of it are there


class Writer:
    """Writes batches to one pair of indexes; its creator is the only writer.

    Args:
        base: What the names of the corpus's indexes begin with.
        languages: Whose word forms are known; those of the articles when it names none.
        rebuild: Make indexes of our own, which answer from `finish` on; else write to those that answer.
    """

    def __init__(
        self, cluster: Cluster, states: States, base: str, languages: tuple[str, ...], *, rebuild: bool
    ) -> None:
        self._cluster, self._states, self._base = cluster, states, base
        self._store, self._first = states.store, states.first
        self._stemmed = languages
        self._state = states.take()
        self._rebuilds = rebuild
        self._last: Batch | None = None
        self._committed = time.monotonic()
        try:
            self._tidy()
            made = self._make() if rebuild else None
        except BaseException:
            states.give_back(self._state)  # else no machine could write until the lease ends by itself
            raise
        if made is not None:
            self._articles, self._words_index = made
            known: tuple[str, ...] = ()
        else:
            self._articles, self._words_index, known = self._state.articles, self._state.words, self._state.keyed
        self._measured = 0 if rebuild else self._state.measured
        self._averages = {} if rebuild else dict(self._state.averages)
        self._words = Words(cluster, self._words_index, known, is_new=rebuild, checkpoint=self._hold_when_due)
        self._sent = bulk.InFlight(cluster)

    def add(self, batch: Batch) -> None:
        """Write a batch, and commit it when the last commit is a while ago."""
        latest = {document.id: document for document in batch.documents}
        gone = set(batch.deletions)
        self._measure(batch)
        fields = {
            id: source(document, self._averages, self._first) for id, document in latest.items() if id not in gone
        }
        languages = Counter(key for one in latest.values() for key in one.facets.get(FacetName.LANGUAGE, (None,)))
        self._words.learn_languages(self._stemmed or (stems.languages(languages) if languages else ()))
        counts: Counter[str] = Counter()
        for one in fields.values():
            counts.update(every_form(one))
        self._words.learn(counts)
        changes = [Change(self._key(id), None, batch.position) for id in gone]
        changes += [Change(self._key(id), one, batch.position) for id, one in fields.items()]
        self._sent.write(self._articles, changes)
        self._last = batch
        if time.monotonic() - self._committed >= COMMIT_EVERY:
            self.commit()

    def commit(self) -> None:
        """Show what was written, and let the state say so; nothing when nothing was.

        Indexes of our own answer nobody yet: of them the state says that they are still being written, and no more.
        """
        if self._last is None:
            return
        if self._rebuilds:
            self._hold()
        else:
            self._show()
            self._state = self._states.write(self._as_written())
            self._last = None
        self._committed = time.monotonic()

    def finish(self) -> None:
        """Commit what is left; indexes of our own answer from here on, and those before them are deleted."""
        if self._rebuilds:
            self._swap()
        else:
            self.commit()
        self._sent.close()
        self._states.give_back(self._state)

    def give_up(self) -> None:
        """Let another write; indexes of our own that do not answer yet are deleted."""
        self._sent.close()
        if self._rebuilds and self._state.articles != self._articles:
            self._delete([self._articles, self._words_index])
        self._states.give_back(self._state)

    def _key(self, id: int) -> str:
        return f"{self._store}:{id}"

    def _measure(self, batch: Batch) -> None:
        """Take the usual length of each text from the first articles; then it stays, so that scores compare."""
        if self._measured >= MEASURED:
            return
        for name, own in _totals(batch).items():
            before = self._measured if name in self._averages else 0
            self._averages[name] = (self._averages.get(name, 0.0) * before + sum(own)) / (before + len(own))
        self._measured += len(batch.documents)

    def _hold(self) -> None:
        """Renew the lease."""
        self._state = self._states.write(replace(self._state, until=time.time() + LEASE))
        self._committed = time.monotonic()

    def _hold_when_due(self) -> None:
        if time.monotonic() - self._committed >= COMMIT_EVERY:
            self._hold()

    def _show(self) -> None:
        """See that the cluster has all that was written, and show it."""
        self._sent.wait()
        self._words.write()
        self._refresh()

    def _copy(self) -> None:
        """Have the copies made that an index has besides its first shards: they copy files, and index nothing again.

        A copy that no node can take, as when there are fewer nodes than copies, is not waited for.
        """
        count = self._cluster.settings.replicas
        if not count:
            return
        names = f"{self._articles},{self._words_index}"
        self._hold()
        # What is in no file of Lucene's yet, a copy would index from the translog.
        self._cluster.write("POST", f"/{names}/_flush", request_timeout=FLUSHING)
        self._cluster.write("PUT", f"/{names}/_settings", {"index": {"number_of_replicas": count}})
        until = time.monotonic() + LONGEST_COPY
        while time.monotonic() < until:
            self._hold()
            try:
                health = self._cluster.write(
                    "GET", f"/_cluster/health/{names}", wait_for_no_initializing_shards=True,
                    wait_for_events="languid", timeout=f"{COPYING}s", request_timeout=2 * COPYING,
                )  # fmt: skip
            except Refused as error:  # it says with status 408 that it has waited long enough
                if error.status != TIMED_OUT:
                    raise
                continue
            if not health["timed_out"]:
                return
        event(log, "copies not all made", level=logging.WARNING, names=names, copies=count, waited=LONGEST_COPY)

    def _swap(self) -> None:
        self._show()
        self._copy()
        before = [name for name in (self._state.articles, self._state.words) if name]
        self._state = self._states.write(self._as_written())
        actions: list[dict[str, object]] = [{"add": {"index": self._articles, "alias": self._base}}]
        actions += [{"remove_index": {"index": name}} for name in before]
        try:
            self._cluster.write("POST", "/_aliases", {"actions": actions})
        except (Refused, IndexError_) as error:  # the new indexes answer already; the next writer deletes the old ones
            event(log, "indexes not removed", level=logging.WARNING, names=" ".join(before), error=error)
            with suppress(Refused, IndexError_):
                self._cluster.write("POST", "/_aliases", {"actions": actions[:1]})

    def _as_written(self) -> State:
        """The state that says what was written, which follows the last one: the lease may be renewed meanwhile."""
        languages = self._stemmed or self._spoken()
        self._words.learn_languages(languages)
        if set(languages) - set(self._state.keyed):
            self._cluster.write("POST", f"/{self._words_index}/_refresh")
        last = self._last or Batch()
        return replace(
            self._state,
            articles=self._articles,
            words=self._words_index,
            until=time.time() + LEASE,
            position=last.position,
            origin=last.origin,
            versions=mapping.VERSIONS,
            commits=self._state.commits + 1,
            languages=languages,
            keyed=self._words.languages,
            measured=self._measured,
            averages=self._averages,
        )

    def _spoken(self) -> tuple[str, ...]:
        """The languages of the articles, the most frequent first."""
        name = FacetName.LANGUAGE.value
        body = {
            "size": 0,
            "aggs": {
                "spoken": {"terms": {"field": name, "size": 1_000}},
                "none": {"missing": {"field": name}},
            },
        }
        found = self._cluster.write("POST", f"/{self._articles}/_search", body)["aggregations"]
        counts: dict[str | None, int] = {one["key"]: one["doc_count"] for one in found["spoken"]["buckets"]}
        counts[None] = found["none"]["doc_count"]
        return stems.languages(counts)

    def _refresh(self) -> None:
        """Show what was written, on every copy of every shard."""
        names = f"{self._articles},{self._words_index}"
        until = time.monotonic() + self._cluster.settings.retry_for[1]
        tries = 0
        while True:  # a copy may be on a node that has just gone or come back; the cluster is about to notice
            try:
                failed = bool(self._cluster.write("POST", f"/{names}/_refresh")["_shards"]["failed"])
            except Refused as error:
                if error.status < 500:
                    raise
                failed = True
            if not failed:
                return
            if time.monotonic() > until:
                raise IndexUnreachable(f"{names}: a part of it cannot be refreshed: is a node in trouble?")
            self._cluster.rest(tries)
            tries += 1

    def _make(self) -> tuple[str, str]:
        stamp = f"{int(time.time())}-{uuid.uuid4().hex[:6]}"
        made = (
            (f"{self._base}-articles-{stamp}", mapping.articles(self._cluster.settings.shards)),
            (f"{self._base}-words-{stamp}", mapping.words()),
        )
        for name, body in made:
            try:
                self._cluster.write("PUT", f"/{name}", body | {"aliases": {mapping.writing(name): {}}})
            except Refused as error:
                if error.kind != "resource_already_exists_exception":  # we made it, and the answer was lost
                    raise
        return made[0][0], made[1][0]

    def _tidy(self) -> None:
        """Delete indexes that a killed writer has left."""
        names = f"{self._base}-articles-*,{self._base}-words-*"
        found = self._cluster.write("GET", f"/{names}", allow_no_indices=True, filter_path="*.settings.index.uuid")
        self._delete([name for name in found or () if name not in (self._state.articles, self._state.words)])

    def _delete(self, names: list[str]) -> None:
        for name in names:
            self._cluster.write("DELETE", f"/{name}", ignore_unavailable=True)


def _totals(batch: Batch) -> dict[str, list[int]]:
    """Field -> the lengths of its texts."""
    found: dict[str, list[int]] = {}
    for document in batch.documents:
        for name, length in lengths(document).items():
            found.setdefault(name, []).append(length)
    return found


def write(batches: Iterable[Batch], writer: Writer) -> None:
    """Write all batches; where one fails, the index stays as the last commit left it."""
    try:
        for batch in batches:
            writer.add(batch)
        writer.finish()
    except BaseException:
        _end(writer)
        raise


def _end(writer: Writer) -> None:
    try:
        writer.give_up()
    except Exception:  # noqa: BLE001 - the lease ends by itself; the log has the cause
        event(log, "lease of the writer not given back", level=logging.WARNING, ends_in=LEASE, trace="debug")
