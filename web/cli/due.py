"""`pressmark crawl --dry-run`: the addresses that a crawl would ask for first, in their order; nothing is asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from corpus import urls
from corpus.config import Source
from corpus.errors import NotFound
from corpus.model import Discovered, FrontierEntry
from corpus.texts.counted import counted
from web.cli.context import Context
from web.cli.output import clean, minute, moment, print_json, print_rows

COLUMNS = ("source", "kind", "found", "due", "address")


def print_due(context: Context, names: Sequence[str], now: datetime, *, limit: int | None, as_json: bool) -> int:
    """Print what is due of the sources (none: of all that are not paused); return how many addresses are.

    Args:
        limit: The most that are printed; None: all.

    Raises:
        NotFound: A source that config does not name.
    """
    for name in names:
        if context.config.source(name) is None:
            raise NotFound(f"{clean(name)}: no such source in config.toml")
    paused = () if names else context.store.schedule.paused()
    chosen = [each for each in context.config.sources if each.name not in paused and (not names or each.name in names)]
    found = [(source.name, each) for source in chosen for each in _due(context, source, now)]
    rests = context.store.journal.rests(now)
    if as_json:
        print_json([_record(name, each, rests) for name, each in found[:limit]])
    else:
        print_rows(COLUMNS, (_cells(context, name, each, rests) for name, each in found[:limit]))
    if found:
        context.say(
            f"{counted(len(found), 'address', 'addresses')} due; a crawl asks for what they lead to, too,"
            " and robots.txt before"
        )
    if at_rest := sum(urls.host(_spelling(each)) in rests for _, each in found):
        context.say(f"{at_rest:,} of them not before their hosts have rested")
    return len(found)


def _due(context: Context, source: Source, now: datetime) -> list[FrontierEntry | Discovered]:
    """Return what is due of a source; what config names is, before a crawl has known it."""
    from crawler.discovery.guesses import addresses_of

    named = addresses_of(source)
    known = context.store.frontier.entries([urls.key_of(each.url) for each in named])
    new = [each for each in named if urls.key_of(each.url) not in known]
    return [*new, *context.store.census.due(source.name, now)]


def _cells(
    context: Context, source: str, address: FrontierEntry | Discovered, rests: Mapping[str, datetime]
) -> list[str | None]:
    """Return an address as people read it, its moments in the zone of config."""
    from web.sources.via_words import via_word

    zone, rest = context.config.zone, rests.get(urls.host(_spelling(address)))
    due = minute(address.due, zone) if isinstance(address, FrontierEntry) else "never asked"
    said = f"{due}, rests until {minute(rest, zone)}" if rest else due
    return [source, address.kind.value, via_word(address.via or ""), said, _spelling(address)]


def _spelling(address: FrontierEntry | Discovered) -> str:
    return address.address if isinstance(address, FrontierEntry) else address.url


def _record(source: str, address: FrontierEntry | Discovered, rests: Mapping[str, datetime]) -> dict[str, str | None]:
    """Return an address as JSON has it; one that was never asked for has no moment at which it is due."""
    due = moment(address.due) if isinstance(address, FrontierEntry) else None
    return {
        "source": source,
        "kind": address.kind.value,
        "via": address.via,
        "due": due,
        "host_rests_until": moment(rests.get(urls.host(_spelling(address)))),
        "address": _spelling(address),
    }
