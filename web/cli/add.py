"""`pressmark add`: look at a site, show what a crawl would find, append it to config.toml."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus import urls
from corpus.errors import ExitCode, PressmarkError
from corpus.model import UrlKind
from corpus.texts.counted import counted
from web.cli.context import Context
from web.cli.output import clean, json_option, print_json, print_rows, style

if TYPE_CHECKING:
    from crawler.preview import SourceReport
    from crawler.visiting.scout import WayIn

HELP = """\
Look at a site, show three of its articles, add it to config.toml.

URL is a home page, a section, or a feed; without https:// that is tried
first, then http://. Comments and everything else in the file stay.

\b
Examples:
  pressmark add https://gazette.example
  pressmark add https://gazette.example/local --name "Gazette, local" --yes
  pressmark add gazette.example/feed.xml
"""


@click.command(help=HELP)
@click.argument("url")
@click.option("--name", help="What to call it; its host when not given.")
@click.option("--dry-run", is_flag=True, help="Look, but add nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_context
def add(ctx: click.Context, *, url: str, name: str | None, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Run `pressmark add`."""
    from crawler.crawl import require_contact
    from crawler.looking import record
    from crawler.preview import discover_source
    from web.cli.outlook import outlook
    from web.sources.adding import add_source, refusal

    context: Context = ctx.obj
    _refuse_known(context, url)
    require_contact(context.config)
    report = discover_source(url, context.config, context.shared_workers)
    found = record(report)
    if not as_json:
        _print(report)
    why_not = refusal(found, context.config)
    if why_not:
        raise PressmarkError(f"{clean(why_not)}; it was not added")
    if not as_json:
        for line in outlook(found, name or urls.host(report.address)):
            click.echo(f"  {line}")
    if not dry_run and not yes and not click.confirm("Add it?", default=True, err=True):
        context.say("nothing was added")
        ctx.exit(ExitCode.FAILED)
    file = context.config.path or Path("config.toml")
    added = None if dry_run else add_source(file, found, context.config, typed=url, name=name)
    if as_json:
        source = added and (added.to or added.name)
        print_json(found | {"source": source, "file": str(file) if added else None})
    elif added is not None:
        where = f"to {clean(added.to)} in {file}" if added.to else f"{clean(added.name)} to {file}"
        context.say(f"added {where}; `pressmark crawl` fetches it")


def _refuse_known(context: Context, url: str) -> None:
    """See that what was typed is an address, and of no source that there is.

    Raises:
        PressmarkError: It is not.
    """
    from crawler.preview import addresses_of
    from web.sources.adding import known_source

    for address in addresses_of(url):
        if urls.canonical(address) is None:
            raise PressmarkError(f"{clean(url)}: expected an address such as https://gazette.example")
        known = known_source(address, context.config)
        if known:
            raise PressmarkError(f'{clean(address)}: is in the configuration already, as "{clean(known)}"')


def _print(report: "SourceReport") -> None:
    delay = f", one request every {report.crawl_delay:g} s" if report.crawl_delay else ""
    click.echo(f"{style(clean(report.address), bold=True)}: robots.txt {report.robots}{delay}")
    for kind, ways in (("feed", report.feeds), ("sitemap", report.sitemaps)):
        for way in ways:
            _print_way(kind, way)
    if report.given is UrlKind.HOME:
        click.echo(
            f"  {counted(len(report.sections), 'section page')},"
            f" {counted(report.links, 'article link')} on the front page"
        )
    rows = []
    for sample in report.samples:
        article = sample.article
        names = ", ".join(author.name for author in article.authors)
        published = article.published.day.isoformat() if article.published else ""
        rows.append((sample.kind, published, names, article.headline or "", f"{len(article.body.split()):,}"))
    for way in report.unread:
        _print_way("page", way)
    if rows:
        print_rows(("read as", "date", "authors", "headline", "words"), rows, right=("words",))


def _print_way(kind: str, way: "WayIn") -> None:
    """Print what came of a feed, a sitemap or a page, and how it was found."""
    from web.sources.reason_words import meaning
    from web.sources.via_words import via_word

    found = meaning(way.problem) if way.problem else counted(way.articles, "article")
    click.echo(f"  {clean(f'{kind} {way.url}: {found} ({via_word(way.via)})')}")
