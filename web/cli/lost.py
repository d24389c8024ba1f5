"""A run -> lines on what it did not get, by state and reason with examples, and on stored texts it read again."""

from corpus.reasons import consequence
from corpus.runs.receipts import SourceReceipt
from corpus.store import ArticleStore
from web.cli.output import clean
from web.cli.source_page import in_words

_BROUGHT = frozenset({"article", "listing"})  # states that the line of counts above says all of


def lost_lines(store: ArticleStore, run: int) -> list[str]:
    """Return the lines of a run's receipt that its table does not have, source by source.

    They name what it did not get, and the stored articles it read again, as boilerplate was learned; none when it got
    everything and learned nothing.
    """
    examples = store.census.left_out_in(run)
    again = ((each.source, read_again(each)) for each in store.runs.receipts(run))
    lines = [f"  {clean(source)}: {words}" for source, words in again if words]
    for source, counts in store.census.of_run(run).items():
        said = [f"{sum(reasons.values()):,} {state}: {in_words(reasons)}" for state, reasons in _lost(counts)]
        for reason, (count, shown) in examples.get(source, {}).items():
            such = f", such as {shown[0]}" if shown else ""
            said.append(f"{count:,} left out for {reason} ({consequence(reason).says}{such})")
        lines += [f"  {clean(source)}: {clean(each)}" for each in said]
    return lines


def read_again(receipt: SourceReceipt) -> str:
    """Say which stored articles a run read again; empty when it read none, and none is left to be looked at."""
    said = []
    if receipt.read_again:
        noun = "stored article" if receipt.read_again == 1 else "stored articles"
        said.append(f"{receipt.read_again:,} {noun} read again: boilerplate learned, {receipt.cleaned:,} changed")
    if receipt.unread:
        said.append(f"{receipt.unread:,} stored articles still to be looked at for it, in the next crawl")
    return "; ".join(said)


def _lost(counts: dict[str, dict[str, int]]) -> list[tuple[str, dict[str, int]]]:
    return [(state, reasons) for state, reasons in counts.items() if state not in {*_BROUGHT, "left-out"}]
