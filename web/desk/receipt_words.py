"""A receipt -> words: how it is cited, a sentence for a method section, what was asked, all of it as text."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from corpus.model import StoredArticle
from corpus.store.desk.receipts import Receipt
from corpus.texts import Text, joined, text, texts
from indexer.contract.values import Query, Sort
from indexer.query.describe import describe
from indexer.results.citations import LONG_MONTHS
from indexer.results.present import labels
from indexer.results.receipts import Comparison, fixed
from web.languages.choice import ENGLISH, speaking
from web.languages.recognizing import recognized
from web.layout.render import day, minute, number, plural, typographic
from web.layout.services import current_services
from web.layout.state import address

ORDERS = {
    Sort.RELEVANCE: text("by relevance"),
    Sort.NEWEST: text("the newest first"),
    Sort.OLDEST: text("the oldest first"),
    Sort.ADDED: text("the last to enter the corpus first"),
}
STYLES = {"chicago": "Chicago", "apa": "APA", "mla": "MLA", "plain": text("Plain")}


def zone_of(receipt: Receipt) -> ZoneInfo:
    """Return the time zone that a receipt was made in; its dates are read and shown by it."""
    return ZoneInfo(receipt.zone)


def citation(receipt: Receipt, style: str, root: str) -> str:
    """Return the citation of a receipt in a style; Chicago when there is no such style."""
    made = receipt.made.astimezone(zone_of(receipt))
    reading = typographic(receipt.read_as) or "all articles"
    with speaking(ENGLISH):  # styles are conventions of English
        when, count = day(made, zone_of(receipt)), plural(receipt.total, "article")
    url = f"{root}/q/{receipt.mark}"
    american = f"{LONG_MONTHS[made.month - 1]} {made.day}, {made.year}"
    match style:
        case "apa":
            day_ = f"{made.year}, {LONG_MONTHS[made.month - 1]} {made.day}"
            return f"Pressmark. ({day_}). Search for {reading} [{count}; receipt {receipt.mark}]. {url}"
        case "mla":
            return f"“Search for {reading}.” Pressmark, receipt {receipt.mark}, {when}, {url}."
        case "plain":
            return f"Pressmark, search for {reading}: {count} on {when}, receipt {receipt.mark}, {url}"
        case _:
            return f"Pressmark. Search for {reading}. {count}, {american}. {url}."


def styles(chosen: str, page: str) -> list[tuple[str, str | None]]:
    """Return the styles with the address that shows each; None: the one that is shown."""
    shown = chosen if chosen in STYLES else "chicago"
    return [
        (name, None if key == shown else address(page, [("cite", key)] if key != "chicago" else []) + "#cite")
        for key, name in STYLES.items()
    ]


def in_a_sentence(receipt: Receipt, reading: str) -> Text:
    """Return a sentence for a text that uses the count."""
    return texts(
        "On {day} the archive held {n:,} article for the search {reading} (Pressmark {mark}).",
        "On {day} the archive held {n:,} articles for the search {reading} (Pressmark {mark}).",
        receipt.total,
        day=day(receipt.made, zone_of(receipt)),
        reading=reading,
        mark=receipt.mark,
    )


def facts_of_search(
    receipt: Receipt, query: Query, found: Comparison, sequence: int, *, reading: str
) -> Iterator[tuple[str, str]]:
    """Yield what is needed to run a search again: the query, the corpus and the program."""
    yield text("Search"), query.text or text("all articles")
    yield text("Read as"), reading
    typed, days = _dates(query), _dates(fixed(query))
    if typed != days:
        yield text("Dates"), text("{dates}, as {typed} was on that day", dates=days, typed=typed)
    yield text("Order"), ORDERS[query.sort]
    values = {"store": receipt.store, "then": receipt.sequence, "now": sequence}
    if found.same_store:
        corpus = text("store {store}, this one; sequence {then:,} then, {now:,} now", **values)
    else:
        corpus = text("store {store}, another than this one; sequence {then:,} then, {now:,} now", **values)
    yield text("Corpus"), corpus
    then, now = recognized(receipt.engine), recognized(found.engine)
    if receipt.engine == found.engine:
        engine = text("{engine}; the same today", engine=then)
    else:
        engine = text("{engine}; {other} today: counts may differ by that", engine=then, other=now)
    yield text("Engine"), engine
    yield text("Time zone"), receipt.zone
    checksum = texts(
        "{checksum}: SHA-256 of the {n:,} marks in their order, a line each",
        "{checksum}: SHA-256 of the {n:,} marks in their order, a line each",
        receipt.total,
        checksum=receipt.checksum,
    )
    yield text("Checksum"), checksum


def _dates(query: Query) -> str:
    dates = []
    if query.since:
        dates.append(text("from {date}", date=query.since.text))
    if query.until:
        dates.append(text("to {date}", date=query.until.text))
    return joined(" ", dates)


def in_text(receipt: Receipt, found: Comparison) -> str:
    """Return the receipt and what changed since as plain text."""
    when = f"{minute(receipt.made, zone_of(receipt))} ({receipt.zone})"
    lines = [
        f"Receipt {receipt.mark}: {plural(receipt.total, 'article')} on {when}",
        f"Read as: {receipt.read_as or 'all articles'}",
        f"For: {receipt.purpose or '(not said)'}",
        f"Made by: {receipt.engine}, store {receipt.store}, sequence {receipt.sequence}",
        f"Checksum: {receipt.checksum}",
        "",
        *difference(receipt, found),
    ]
    return "\n".join(lines) + "\n"


def difference(receipt: Receipt, found: Comparison) -> Iterator[str]:
    """Yield lines on what is found today and what became of the articles then."""
    if not found.same_store:
        yield "This is another store: the search can be run, the lists cannot be compared."
        yield f"Found today: {number(found.found)}"
        return
    if not found.intact:
        yield "The marks of its articles have another checksum: the list is not as it was."
    yield f"Counted then: {number(receipt.total)}"
    yield f"New since: {number(len(found.new))}"
    yield f"Withdrawn since: {number(len(found.withdrawn))}"
    yield f"Not found any more: {number(len(found.lost))}"
    yield f"Found today: {number(found.found)}"
    yield f"Changed since: {number(len(found.changed))}"


def published(new: tuple[int, ...], made: datetime, stored: dict[int, StoredArticle]) -> str:
    """Say how many of the new articles were published since; nothing when not all of them were read."""
    if not new or any(id not in stored for id in new):
        return ""
    since = sum((date := stored[id].article.published) is not None and date.at >= made for id in new)
    older = len(new) - since
    published = text("{n:,} published since", n=since)
    if not older:
        return published
    found = texts("{n:,} older one found since", "{n:,} older ones found since", older)
    return joined(", ", (published, found))


def sum_of(receipt: Receipt, found: Comparison) -> str:
    """Return the sum that leads from the articles then to those of today; empty when nothing came or went."""
    gone = "".join(f" − {number(len(each))}" for each in (found.withdrawn, found.lost) if each)
    return f"{number(receipt.total)} + {number(len(found.new))}{gone}" if found.new or gone else ""


def reading_of(receipt: Receipt, query: Query) -> str:
    """Return how the search was read then: in the language of the page where it is read the same today."""
    today = describe(query, labels(current_services().store.authors.labels, query))
    return typographic(today if today == receipt.read_as else receipt.read_as) or text("all articles")
