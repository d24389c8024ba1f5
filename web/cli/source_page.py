"""`pressmark sources NAME`: how one source is read, what became of its addresses, and what was not walked."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from corpus import urls
from corpus.characters import shortened
from corpus.errors import NotFound
from corpus.health.advice import advice
from corpus.health.values import Health
from corpus.reasons import consequence
from corpus.runs import lost_lists
from corpus.runs.lost_lists import LostList
from corpus.runs.robots_bounds import beyond
from corpus.runs.robots_bounds import in_words as robots_in_words
from corpus.runs.words import LONGEST_EXAMPLE, at_rest
from corpus.store.values import Backfill, Due, ListingStats
from corpus.texts.counted import counted
from web.cli.completion import source_names
from web.cli.context import Context
from web.cli.output import clean, json_option, moment, print_json, print_rows
from web.layout.health_words import OUTCOME_WORDS, in_a_line

if TYPE_CHECKING:
    from corpus.config import Source

MAX_LISTINGS = 20  # of a source that are shown; --json has all

HELP = """\
Show a source: how it does and what to try where it does badly; the feeds,
sitemaps and sections it is read by and how many articles each was the first to
name; what became of each address and why, what was left out, and which older
pages were not walked. `pressmark sources NAME` does the same.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of one source.

    Attributes:
        robots: The text of its robots.txt; None: it was not read yet.
        addresses: State -> reason -> number of addresses.
        left_out: Reason -> number of addresses, and some of them.
        lost: The lists that were read once and give nothing now.
        not_walked: Older pages that wait until a person asks for them.
        due: Its addresses that are due, those of hosts at rest among them; None: none is.
        goal: How far back its lists are walked; None: as far as config says.
    """

    source: "Source"
    robots: str | None
    health: Health | None
    addresses: dict[str, dict[str, int]]
    listings: list[ListingStats]
    lost: list[LostList]
    left_out: dict[str, tuple[int, tuple[str, ...]]]
    not_walked: tuple[str, ...]
    due: Due | None
    goal: Backfill | None


@click.command(help=HELP)
@click.argument("name", shell_complete=source_names)
@json_option
@click.pass_context
def show(ctx: click.Context, *, name: str, as_json: bool) -> None:
    """Show one source."""
    context: Context = ctx.obj
    source = context.config.source(name)
    if source is None:
        names = ", ".join(each.name for each in context.config.sources) or "none"
        raise NotFound(f"{clean(name)}: no such source in config.toml; there are: {clean(names)}")
    known = _known_of(context, source)
    if as_json:
        print_json(_record(known))
    else:
        _print(context, known)


def _known_of(context: Context, source: "Source") -> _Known:
    store, name = context.store, source.name
    host = store.journal.host(urls.authority(source.url))
    return _Known(
        source=source,
        robots=host.robots.text if host.robots else None,
        health=store.health.of(name),
        addresses=store.census.counts(name),
        listings=store.walks.ways_in(name),
        lost=store.walks.lost(name).get(name, []),
        left_out=store.census.left_out(name),
        not_walked=store.walks.postponed().get(name, ()),
        due=store.census.due_now([name], datetime.now(UTC)).get(name),
        goal=store.walks.goal(name),
    )


def _record(known: _Known) -> dict[str, Any]:
    """Return what is known of a source, for a program."""
    goal, health = known.goal, known.health
    left_out = known.left_out.items()
    return {
        "source": known.source.name,
        "url": known.source.url,
        "robots_beyond": None if known.robots is None else asdict(beyond(known.robots)),
        "health": health_record(health, known.source.url) if health else None,
        "addresses": known.addresses,
        "listings": [_listing_record(listing) for listing in known.listings],
        "lists_lost": [_lost_record(each) for each in known.lost],
        "left_out": {reason: {"count": count, "examples": examples} for reason, (count, examples) in left_out},
        "not_walked": {"count": len(known.not_walked), "examples": known.not_walked[:3]},
        "due": known.due.addresses if known.due else 0,
        "rests_until": moment(known.due.rests_until) if known.due else None,
        "backfill": goal.since.isoformat() if goal else None,
        "backfill_until": goal.until.isoformat() if goal and goal.until else None,
    }


def _print(context: Context, known: _Known) -> None:
    """Say what is known of a source, for a person."""
    from web.sources.reason_words import counted as reasons_of  # with the templates' engine, which `status` needs not

    name, site = clean(known.source.name), known.source.url
    click.echo(f"{name}: {clean(site)}")
    _say_health(context, known.health, site)
    if known.due is not None and known.due.rests_until is not None:
        click.echo(at_rest(known.due.at_rest, known.due.rests_until.astimezone(context.config.zone)))
    for each in () if known.robots is None else robots_in_words(known.robots):
        click.echo(f"its robots.txt: {each}")
    for state, reasons in known.addresses.items():
        addresses = counted(sum(reasons.values()), "address", "addresses")
        click.echo(clean(f"{OUTCOME_WORDS.get(state, state)}, {addresses}: {reasons_of(state, reasons)}"))
    if known.listings:
        _print_listings(known.listings)
    else:
        click.echo(f"none of its lists was read yet: `pressmark crawl '{name}'` does")
    for said in lost_lists.each(known.lost, context.config.zone):
        click.echo(f"gives nothing: {clean(said)}")
    for reason, (count, examples) in known.left_out.items():
        example = shortened(clean(examples[0]), LONGEST_EXAMPLE)
        click.echo(f"left out: {count:,} for {clean(reason)} ({consequence(reason).says}, such as {example})")
    if known.goal is not None:
        until = f"; what is newer than {known.goal.until} waits" if known.goal.until else ""
        click.echo(f"its lists are walked back to {known.goal.since}{until}")
    if pages := known.not_walked:
        command = f"pressmark crawl '{name}' --backfill 2020.."
        example = shortened(clean(pages[0]), LONGEST_EXAMPLE)
        click.echo(f"not walked: {counted(len(pages), 'older page')}, such as {example}; `{command}` goes on")


def _lost_record(lost: LostList) -> dict[str, Any]:
    return {
        "address": lost.address,
        "kind": lost.kind.value,
        "reason": lost.reason,
        "since": moment(lost.since),
        "asked_again": not lost.is_over,
    }


def _print_listings(listings: list[ListingStats]) -> None:
    from web.sources.via_words import via_word

    rows = [
        (
            listing.kind.value,
            via_word(listing.via or ""),
            listing.outcome,
            f"{listing.articles:,}",
            clean(listing.address),
        )
        for listing in listings[:MAX_LISTINGS]
    ]
    print_rows(("kind", "found", "last visit", "articles", "address"), rows, right=("articles",))
    if len(listings) > MAX_LISTINGS:
        click.echo(f"and {counted(len(listings) - MAX_LISTINGS, 'more listing')}; --json has all")


def _say_health(context: Context, health: Health | None, site: str) -> None:
    """Say how a source does, and what to try."""
    if health is None:
        return
    click.echo(clean(in_a_line(health, context.config.zone)))
    for number, each in enumerate(advice(health, site=site), start=1):
        click.echo(f"  {number}. {clean(each)}")


def health_record(health: Health, site: str | None) -> dict[str, Any]:
    """Return how a source does, for a program."""
    return {
        "state": health.state.value,
        "since": health.since.isoformat(),
        "cause": health.cause,
        "kind": health.kind or None,
        "why": health.why,
        "acknowledged": health.acknowledged.isoformat() if health.acknowledged else None,
        "beside": [health_record(each, site) for each in health.apart()[1:]],
        "try": list(advice(health, site=site)),
    }


def _listing_record(listing: ListingStats) -> dict[str, Any]:
    return {
        "address": listing.address,
        "kind": listing.kind.value,
        "via": listing.via,
        "outcome": listing.outcome,
        "reason": listing.reason,
        "checked": listing.checked.isoformat() if listing.checked else None,
        "articles": listing.articles,
    }
