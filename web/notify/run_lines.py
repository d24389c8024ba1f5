"""A run -> the lines that say what it brought and what it did not get, for the terminal and for messages."""

from collections import Counter
from collections.abc import Mapping
from datetime import tzinfo
from itertools import chain

from corpus import characters
from corpus.model import Run
from corpus.reasons import consequence, in_words
from corpus.runs.clock import took
from corpus.runs.receipts import SourceReceipt
from corpus.runs.words import LONGEST_EXAMPLE, left_over, state_word
from corpus.store import ArticleStore
from corpus.texts import Text, applied, joined, text, texts
from corpus.texts.sizes import Size
from web.layout.health_words import OUTCOME_WORDS
from web.sources.reason_words import counted

_BROUGHT = frozenset({"article", "copy", "listing"})  # states that the line of counts above says all of


def receipt(run: Run) -> list[str]:
    """Say what a crawl did: the sum of its sources where there are several, and a line for each."""
    facts = {"state": state_word(run.status), "size": Size(run.bytes)}
    length = took(run)
    if length is None:
        lines: list[str] = [text("crawl {state}: {size}", **facts)]
    else:
        lines = [text("crawl {state}: {took:.1f} s, {size}", **facts, took=length.total_seconds())]
    if len(run.counts) > 1:
        lines.append(_line(texts("{n:,} source", "{n:,} sources", len(run.counts)), _brought(_summed(run))))
    lines += [_line(_safe(source), _brought(counts)) for source, counts in sorted(run.counts.items())]
    return [*lines, *([applied(_indented, in_words(run.note))] if run.note else [])]


def _summed(run: Run) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in run.counts.values():
        total.update(counts)
    return total


def _brought(counts: Mapping[str, int]) -> Text:
    order = {name: place for place, name in enumerate(OUTCOME_WORDS)}
    names = sorted(counts, key=lambda name: (order.get(name, len(order)), name))
    found = [text("{n:,} {state}", n=counts[name], state=OUTCOME_WORDS.get(name, name)) for name in names]
    return joined(", ", found) if found else text("nothing due")


def lost_lines(store: ArticleStore, run: int, zone: tzinfo) -> list[str]:
    """Return the lines after the table of a run's receipt, source by source.

    They name what the run did not get, or only at another try, what was due and it did not ask for, and the stored
    articles that it read again, as boilerplate was learned; there are none when it got everything at once and learned
    nothing.
    """
    examples, receipts = store.census.left_out_in(run), store.runs.receipts(run)
    lines = [_line(_safe(each.source), words) for each in receipts if (words := read_again(each))]
    lines += [_line(_safe(each.source), left_of(each, zone)) for each in receipts if each.left]
    mended = store.census.failed_at_first(run)
    for source, counts in store.census.of_run(run).items():
        if n := mended.get(source):
            lines.append(_line(_safe(source), _at_second_try(n)))
        lost = [
            text(
                "{state}, {addresses}: {reasons}",
                addresses=texts("{n:,} address", "{n:,} addresses", sum(of.values())),
                state=OUTCOME_WORDS.get(name, name),
                reasons=counted(name, of),
            )
            for name, of in counts.items()
            if name not in {*_BROUGHT, "left-out"}
        ]
        left_out = [_left_out(reason, n, shown) for reason, (n, shown) in examples.get(source, {}).items()]
        lines += [_line(_safe(source), each) for each in chain(lost, left_out)]
    return lines


def left_of(receipt: SourceReceipt, zone: tzinfo) -> Text:
    """Say how many addresses a run left of a source, and until when the host rests that they wait for."""
    until = receipt.rests_until.astimezone(zone) if receipt.rests_until else None
    return left_over(receipt.left, until, receipt.left_at_rest)


def read_again(receipt: SourceReceipt) -> Text:
    """Say which stored articles a run read again; empty when it read none, and none is left to be looked at."""
    parts = []
    if receipt.read_again:
        parts.append(
            texts(
                "{n:,} stored article read again: boilerplate learned, {changed:,} changed",
                "{n:,} stored articles read again: boilerplate learned, {changed:,} changed",
                receipt.read_again,
                changed=receipt.cleaned,
            )
        )
    if receipt.unread:
        parts.append(
            texts(
                "{n:,} stored article still to be looked at for it, in the next crawl",
                "{n:,} stored articles still to be looked at for it, in the next crawl",
                receipt.unread,
            )
        )
    return joined("; ", parts)


def _at_second_try(count: int) -> Text:
    return texts(
        "{n:,} address failed at first, and not at another try",
        "{n:,} addresses failed at first, and not at another try",
        count,
    )


def _left_out(reason: str, count: int, examples: tuple[str, ...]) -> Text:
    values = {"n": count, "code": reason, "sentence": consequence(reason).says}
    if not examples:
        return text("{n:,} left out for {code} ({sentence})", **values)
    example = characters.shortened(_safe(examples[0]), LONGEST_EXAMPLE)
    return text("{n:,} left out for {code} ({sentence}, such as {url})", **values, url=example)


def _line(of: str, words: Text) -> str:
    return applied(_indented, joined(": ", [of, words]))


def _indented(line: str) -> str:
    return f"  {line}"


def _safe(given: str) -> str:
    return " ".join(characters.safe(given).split())
