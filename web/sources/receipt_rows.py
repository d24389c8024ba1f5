"""The receipt of a run -> its rows in words: when it ran, what it asked for, what its articles lack, what is left."""

from datetime import timedelta

from corpus.model import Run
from corpus.reasons import in_words
from corpus.runs.receipts import SourceReceipt
from corpus.runs.words import left_over
from corpus.texts import first_of, joined, text, texts
from web.layout.render import minute, size
from web.layout.services import current_services
from web.sources.run_record import SourceResult


def receipt_rows(run: Run, results: list[SourceResult]) -> list[tuple[str, str]]:
    """Return the rows of a receipt: a label and a text each."""
    zone, receipts = current_services().zone, [result.receipt for result in results]
    counted = [receipt for receipt in receipts if not receipt.visits_alone]
    rows = (
        (text("Began"), text("{moment} ({zone})", moment=minute(run.started, zone), zone=str(zone))),
        (text("Due"), minute(run.due, zone) if run.due else None),
        (text("Ended"), minute(run.ended, zone) if run.ended else text("not known")),
        (text("Read"), _requests(run, receipts)),
        (text("Waits"), _waits(receipts, counted)),
        (text("Left"), _left(counted) if counted else None),
        (text("Hosts at rest"), _at_rest(counted)),
        (text("Articles"), _articles(counted)),
        (text("Read again"), _read_again(counted)),
        (text("Still to read"), _still_to_read(counted)),
        (text("Not counted"), _not_counted(len(receipts) - len(counted))),
        (text("Note"), in_words(run.note) if run.note else None),
    )
    return [(name, said) for name, said in rows if said]


def length_of(length: timedelta | None) -> str:
    """Return hours, minutes and seconds, such as 1:02:03; nothing when the length is not known."""
    return "" if length is None else str(timedelta(seconds=int(length.total_seconds())))


def _requests(run: Run, receipts: list[SourceReceipt]) -> str:
    requests = sum(receipt.requests for receipt in receipts)
    return texts("{size} in {n:,} request", "{size} in {n:,} requests", requests, size=size(run.bytes))


def _waits(receipts: list[SourceReceipt], counted: list[SourceReceipt]) -> str:
    rest = length_of(sum((receipt.waiting for receipt in counted), timedelta()))
    return text(
        "{rest} for the sites’ rest, {answers} for answers, all together",
        rest=rest if counted else text("not known"),
        answers=length_of(sum((receipt.fetching for receipt in receipts), timedelta())),
    )


def _left(receipts: list[SourceReceipt]) -> str:
    left = sum(receipt.left for receipt in receipts)
    return left_over(left) if left else text("no address that was due")


def _at_rest(receipts: list[SourceReceipt]) -> str | None:
    """Say until when hosts rest that addresses were left for; None where no host does."""
    zone = current_services().zone
    said = [
        text("{source} until {until:%d %b %Y %H:%M}", source=each.source, until=each.rests_until.astimezone(zone))
        for each in receipts
        if each.rests_until is not None
    ]
    return first_of(said) if said else None


def _articles(receipts: list[SourceReceipt]) -> str | None:
    """Say what the stories lack that were read for the first time; None: there were none."""
    stories = sum(receipt.stories for receipt in receipts)
    if not stories:
        return None
    empty = sum(receipt.empty for receipt in receipts)
    read = text(
        "{n:,} read for the first time, {author:,} without author, {date:,} without date",
        n=stories,
        author=sum(receipt.no_author for receipt in receipts),
        date=sum(receipt.no_date for receipt in receipts),
    )
    return joined("; ", (read, texts("{n:,} new page without text", "{n:,} new pages without text", empty)))


def _read_again(receipts: list[SourceReceipt]) -> str | None:
    again = sum(receipt.read_again for receipt in receipts)
    said = texts(
        "{n:,} stored article read again: boilerplate learned, {changed:,} changed",
        "{n:,} stored articles read again: boilerplate learned, {changed:,} changed",
        again,
        changed=sum(receipt.cleaned for receipt in receipts),
    )
    return said if again else None


def _still_to_read(receipts: list[SourceReceipt]) -> str | None:
    unread = sum(receipt.unread for receipt in receipts)
    said = texts(
        "{n:,} stored article, for boilerplate that was learned",
        "{n:,} stored articles, for boilerplate that was learned",
        unread,
    )
    return said if unread else None


def _not_counted(sources: int) -> str | None:
    """Say of how many sources visits alone are counted, and what the rows above lack of them."""
    said = texts(
        "rest, what is left and what articles lack, of {n:,} source: the crawl has not ended its work there",
        "rest, what is left and what articles lack, of {n:,} sources: the crawl has not ended its work there",
        sources,
    )
    return said if sources else None
