"""A run -> its receipt as JSON has it: what each source brought, lost and left out, and how long it took."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.health.shortfalls import shortfall
from corpus.model import Run
from corpus.runs.receipts import SourceReceipt
from corpus.store import ArticleStore

_BEYOND_VISITS = (
    "waited", "left", "articles_read", "without_author", "without_date", "empty", "read_again", "cleaned", "unread",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """What a run did for one source, and what became of the addresses it saw.

    Attributes:
        state: How the run ended for the source: `partial` where too little of it could be read.
        addresses: State -> reason -> addresses; empty when the visits of the run are no longer stored.
        left_out: Reason -> how many addresses were left out for it, and a few of them.
    """

    receipt: SourceReceipt
    state: str
    addresses: dict[str, dict[str, int]]
    left_out: dict[str, tuple[int, tuple[str, ...]]]

    @property
    def copies(self) -> int | None:
        """Articles of the run with the text of another; None when its visits are no longer stored."""
        if self.receipt.visits and not self.addresses.keys() - {"left-out"}:
            return None
        return sum(self.addresses.get("copy", {}).values())

    @property
    def times_left_out(self) -> int:
        """How many addresses were left out, for all reasons together."""
        return sum(times for times, _ in self.left_out.values())


def results_of(store: ArticleStore, run: Run) -> list[SourceResult]:
    """Return what the run did, source by source, by name."""
    addresses, left_out = store.census.of_run(run.id), store.census.left_out_in(run.id)
    receipts = {receipt.source: receipt for receipt in store.runs.receipts(run.id)}
    short = _short(store, receipts)
    for name in {*addresses, *left_out} - receipts.keys():
        receipts[name] = SourceReceipt(source=name, state=run.status, started=run.started)
    return [
        SourceResult(
            receipt=receipts[name],
            state="partial" if name in short and receipts[name].state == "done" else receipts[name].state,
            addresses=addresses.get(name, {}),
            left_out=left_out.get(name, {}),
        )
        for name in sorted(receipts)
    ]


def _short(store: ArticleStore, receipts: Mapping[str, SourceReceipt]) -> set[str]:
    """Return the sources of which so little could be read that the run is `partial`."""
    without = store.census.without_articles(name for name, receipt in receipts.items() if receipt.lost)
    return {name for name, receipt in receipts.items() if shortfall(receipt, has_articles=name not in without)}


def record_of(store: ArticleStore, run: Run) -> dict[str, Any]:
    """Return the receipt of a run: moments in ISO 8601, lengths of time in seconds."""
    return {
        "run": run.id,
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat() if run.ended else None,
        "due": run.due.isoformat() if run.due else None,
        "trigger": run.trigger,
        "status": run.status,
        "bytes": run.bytes,
        "note": run.note,
        "worker_restarts": run.worker_restarts,
        "sources": [_source(result) for result in results_of(store, run)],
    }


def _source(result: SourceResult) -> dict[str, Any]:
    receipt = result.receipt
    record = {
        "source": receipt.source,
        "state": result.state,
        "visits": receipt.counts,
        "addresses": result.addresses,
        "left_out": {
            reason: {"addresses": times, "examples": list(examples)}
            for reason, (times, examples) in result.left_out.items()
        },
        "copies": result.copies,
        "requests": receipt.requests,
        "bytes": receipt.bytes,
        "waited": receipt.waiting.total_seconds(),
        "answering": receipt.fetching.total_seconds(),
        "took": receipt.took.total_seconds() if receipt.took is not None else None,
        "left": receipt.left,
        "rests_until": receipt.rests_until.isoformat() if receipt.rests_until else None,
        "articles_read": receipt.stories,
        "without_author": receipt.no_author,
        "without_date": receipt.no_date,
        "empty": receipt.empty,
        "read_again": receipt.read_again,
        "cleaned": receipt.cleaned,
        "unread": receipt.unread,
    }
    return record | dict.fromkeys(_BEYOND_VISITS) if receipt.visits_alone else record
