"""Receipts of a run -> of which sources too little could be read, and the sentence on it: the run is `partial`.

So is one in which a limit of this machine was met.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from enum import Enum, auto

from corpus.health.comparing import counted_reasons
from corpus.reasons import Reason
from corpus.runs.receipts import SourceReceipt
from corpus.texts import Text, joined, text, texts

MIN_LOST = 3  # stories: one or two lost ones are an accident, unless the source never gave one
MOST_LOST = 0.5  # share of the stories of a run; past it, what came is the exception
MOST_REASONS = 3  # in a sentence


class Shortfall(Enum):
    """What could not be read of a source in a run, in the order in which it is looked for and said."""

    ALL = auto()
    STORIES = auto()
    MOST_STORIES = auto()
    NEW_STORIES = auto()


def shortfall(receipt: SourceReceipt, *, has_articles: bool) -> Shortfall | None:
    """Return what could not be read in a run; None where enough was read.

    Args:
        has_articles: Whether an article of the source stands; of one without, a single lost story is too much.
    """
    bad = receipt.of("refused", "failed")
    if bad and bad + not_there(receipt) == receipt.visits and (receipt.lists or receipt.lost >= MIN_LOST):
        return Shortfall.ALL
    if not receipt.had and (receipt.lost >= MIN_LOST or (receipt.lost and not has_articles)):
        return Shortfall.STORIES
    if is_most(receipt.lost, receipt.lost + receipt.had):
        return Shortfall.MOST_STORIES
    came = receipt.first_had + receipt.stories  # a story that an earlier run lost comes late
    return Shortfall.NEW_STORIES if receipt.first_lost >= MIN_LOST and not came else None


def said(receipts: Iterable[SourceReceipt], without: Collection[str]) -> Text:
    """Say of which sources too little could be read, and why; empty where there are none.

    Args:
        without: Sources without an article.
    """
    short: dict[Shortfall | None, list[SourceReceipt]] = defaultdict(list)
    for receipt in receipts:
        short[shortfall(receipt, has_articles=receipt.source not in without)].append(receipt)
    nothing = [each.source for each in short[Shortfall.ALL]]
    parts = [text("nothing of {sources} could be read", sources=joined(", ", nothing))] if nothing else []
    parts += [
        text("no story of {source} could be read ({why})", source=each.source, why=most_frequent(each.lost_for))
        for each in short[Shortfall.STORIES]
    ]
    parts += [
        text("most stories of {source} could not be read ({why})", source=each.source, why=_of_all(each))
        for each in short[Shortfall.MOST_STORIES]
    ]
    parts += [
        text(
            "no new story of {source} could be read ({why})", source=each.source, why=most_frequent(each.first_lost_for)
        )
        for each in short[Shortfall.NEW_STORIES]
    ]
    return joined("; ", parts)


def said_of_limits(limits: Mapping[str, int]) -> Text:
    """Say at how many visits a limit of this machine was met, and which; empty where there are none."""
    if not limits:
        return joined("; ", [])
    often = max(limits, key=lambda limit: limits[limit])
    return texts(
        "{n:,} visit met a limit of this machine, and is made again: {limit}",
        "{n:,} visits met a limit of this machine, and are made again: {limit}",
        sum(limits.values()),
        limit=often,
    )


def most_frequent(reasons: Mapping[str, int]) -> Text:
    """Return such as "http-404 ×12, timeout ×3": the reasons that stand first, which came most often."""
    return counted_reasons(dict(list(reasons.items())[:MOST_REASONS]))


def is_most(lost: int, of: int) -> bool:
    """Whether more stories are lost than come, and more than an accident is."""
    return lost >= MIN_LOST and lost > MOST_LOST * of


def not_there(receipt: SourceReceipt) -> int:
    """How many addresses the server answered with 404, as it does for most guessed places of feeds."""
    return sum(count for word, count in receipt.counts.get("not-article", {}).items() if _is_none(word))


def _of_all(receipt: SourceReceipt) -> Text:
    all_of = receipt.lost + receipt.had
    return text("{n:,} of {all:,}: {reasons}", n=receipt.lost, all=all_of, reasons=most_frequent(receipt.lost_for))


def _is_none(word: str) -> bool:
    return word.startswith("http-") or word in {Reason.NOT_A_FEED, Reason.NOT_A_SITEMAP}
