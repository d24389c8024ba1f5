"""`pressmark sources import` and `export`: lists of feeds, as OPML, in and out."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus import urls
from corpus.errors import ExitCode, NotFound, PressmarkError
from corpus.texts.counted import counted
from web.cli.context import Context
from web.cli.output import clean, force_option, json_option, print_json, refuse_to_replace, write_whole

if TYPE_CHECKING:
    from corpus.config import Config
    from crawler.discovery.opml import Subscription
    from crawler.preview import SourceReport

IMPORT_HELP = """\
Add the feeds of an OPML file, each looked at as `add` does.

A line a feed says what became of it; eight feeds are looked at side by side,
and no host is asked for two things at once. Its folder becomes the section of its
articles, where neither page nor feed says one. Exit code 5 when some could
not be added, 1 when none could.

\b
Examples:
  pressmark sources import subscriptions.opml
  pressmark sources import subscriptions.opml --dry-run
"""

EXPORT_HELP = """\
Write the feeds of all sources as OPML, to FILE or to the terminal.

They are those that config.toml names and those that a crawl has found. A
source without a feed is named on stderr: OPML has no place for it.

\b
Examples:
  pressmark sources export subscriptions.opml
"""


@click.command("import", help=IMPORT_HELP)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Look, but add nothing.")
@json_option
@click.pass_context
def import_opml(ctx: click.Context, *, file: Path, dry_run: bool, as_json: bool) -> None:
    """Add the feeds of a list."""
    from crawler.crawl import require_contact
    from crawler.preview import discover_each

    context: Context = ctx.obj
    require_contact(context.config)
    subscriptions = _read(file)
    counts: Counter[str] = Counter()
    records: list[dict[str, str]] = []
    waiting = deque(subscriptions)
    known = {each.feed: _known(each, context.config) for each in subscriptions}
    spread = _in_several_folders(subscriptions)

    def say(subscription: "Subscription", word: str, why: str) -> None:
        counts[word] += 1
        records.append({"feed": subscription.feed, "outcome": word, "why": why})
        if not as_json:
            click.echo(f"{word}: {clean(subscription.feed)}: {why}")

    def say_known() -> None:
        while waiting and (settled := known[waiting[0].feed]):
            say(waiting.popleft(), *settled)

    def take(report: "SourceReport | PressmarkError") -> None:
        say_known()
        subscription = waiting.popleft()
        is_one = urls.host(subscription.feed) not in spread
        section = subscription.folder if is_one else None
        word, why = _take(context, subscription, report, section=section, dry_run=dry_run)
        if word == "added" and subscription.folder and not is_one:
            folder = clean(subscription.folder)
            why += f'; "{folder}" is not its section, as feeds of its site stand in several folders'
        say(subscription, word, why)

    unknown = (each.feed for each in subscriptions if known[each.feed] is None)
    discover_each(unknown, context.config, take, context.shared_workers)
    say_known()
    added, there, failed = (counts[word] for word in ("added", "there already", "not added"))
    if as_json:
        print_json(records)
    context.say(f"{added:,} {'would be ' if dry_run else ''}added, {there:,} there already, {failed:,} not added")
    if failed:
        ctx.exit(ExitCode.SOME_FAILED if added or there else ExitCode.FAILED)


def _read(file: Path) -> "Sequence[Subscription]":
    """Read the list.

    Raises:
        PressmarkError: It cannot be read, or names no feed.
    """
    from crawler.discovery.opml import read_opml

    try:
        found = read_opml(file.read_bytes(), file.name)
    except OSError as error:
        raise NotFound(f"{clean(str(file))}: cannot be read: {error.strerror}") from error
    if not found:
        raise PressmarkError(f"{clean(file.name)}: expected outlines with an xmlUrl, found none")
    return found


def _in_several_folders(subscriptions: "Sequence[Subscription]") -> set[str]:
    """Return the hosts whose feeds stand in several folders; the one section of a source would be false for some."""
    folders: dict[str, set[str | None]] = {}
    for each in subscriptions:
        folders.setdefault(urls.host(each.feed), set()).add(each.folder)
    return {host for host, names in folders.items() if len(names) > 1}


def _known(subscription: "Subscription", config: "Config") -> tuple[str, str] | None:
    """Return what becomes of a feed that need not be looked at, and why; None: it must be."""
    from crawler.preview import addresses_of

    keys = {urls.canonical(address) for address in addresses_of(subscription.feed)}
    if keys == {None}:
        return "not added", "expected an address such as https://gazette.example/feed.xml"
    for source in config.sources:
        if keys & {urls.canonical(url) for url in (source.url, *source.feeds)}:
            return "there already", f'of "{clean(source.name)}"'
    return None


def _take(
    context: Context,
    subscription: "Subscription",
    report: "SourceReport | PressmarkError",
    *,
    section: str | None,
    dry_run: bool,
) -> tuple[str, str]:
    """Add one feed that was looked at; return what became of it, and why or where to."""
    from corpus.config import load
    from crawler.looking import record
    from web.sources.adding import add_source, refusal

    if isinstance(report, PressmarkError):
        return "not added", clean(str(report))
    config = load(context.file, cwd=context.folder)  # as the feed before has left it
    if settled := _known(subscription, config):
        return settled
    try:
        found = record(report)
        why_not = refusal(found, config)
        if why_not is None and not dry_run:
            file = config.path or Path("config.toml")
            added = add_source(file, found, config, typed=subscription.feed, name=_name(subscription), section=section)
    except PressmarkError as error:
        return "not added", clean(str(error))
    if why_not:
        return "not added", clean(why_not)
    articles = counted(max(report.from_feeds, report.from_sitemaps), "article")
    if dry_run:
        return "added", articles
    return "added", f'{articles}, to "{clean(added.to)}"' if added.to else f'{articles}, as "{clean(added.name)}"'


def _name(subscription: "Subscription") -> str | None:
    title = "".join(character for character in subscription.title or "" if character.isprintable())
    return " ".join(title.split())[:76] or None


@click.command("export", help=EXPORT_HELP)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@force_option
@json_option
@click.pass_context
def export_opml(ctx: click.Context, *, file: Path | None, as_json: bool) -> None:
    """Write the feeds of all sources."""
    from crawler.discovery.opml import write_opml

    subscriptions = tuple(_subscriptions(ctx.obj))
    records = [{"feed": each.feed, "title": each.title, "folder": each.folder} for each in subscriptions]
    text = write_opml(subscriptions, "Pressmark")
    if as_json:
        print_json(records)
    if file is None:
        if not as_json:
            click.echo(text, nl=False)
        return
    refuse_to_replace(file)
    try:
        write_whole(file, [text])
    except OSError as error:
        raise PressmarkError(f"{clean(str(file))}: cannot be written: {error.strerror}") from error
    ctx.obj.say(f"{counted(len(subscriptions), 'feed')} written to {clean(str(file))}")


def _subscriptions(context: Context) -> "Iterator[Subscription]":
    from crawler.discovery.opml import Subscription

    found = context.store.frontier.feeds()
    for source in context.config.sources:
        feeds = dict.fromkeys((*source.feeds, *found.get(source.name, ())))
        for feed in feeds:
            yield Subscription(feed, source.name, source.section, source.url)
        if not feeds:
            context.say(f"{clean(source.name)}: has no feed that we know of, and is not in the list")
