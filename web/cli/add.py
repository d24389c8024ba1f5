"""`pressmark add`: look at a site, show what a crawl would find, append it to config.toml."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus import urls
from corpus.errors import ExitCode, PressmarkError
from web.cli.context import Context
from web.cli.output import clean, print_rows, style

if TYPE_CHECKING:
    from crawler.preview import SourceReport

HELP = """\
Look at a site, show three of its articles, add it to config.toml.

Comments and everything else in the file stay as they are.

\b
Examples:
  pressmark add https://gazette.example
  pressmark add https://gazette.example/local --name "Gazette, local" --yes
"""


@click.command(help=HELP)
@click.argument("url")
@click.option("--name", help="What to call it; its host when not given.")
@click.option("--dry-run", is_flag=True, help="Look, but add nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def add(ctx: click.Context, *, url: str, name: str | None, dry_run: bool, yes: bool) -> None:
    """The verb."""
    from crawler.crawl import require_contact
    from crawler.preview import discover_source

    context: Context = ctx.obj
    address = url if "://" in url else f"https://{url}"
    if urls.canonical(address) is None:
        raise PressmarkError(f"{clean(url)}: expected an address such as https://gazette.example")
    require_contact(context.config)
    known = next(
        (each.name for each in context.config.sources if urls.canonical(each.url) == urls.canonical(address)), None
    )
    if known:
        raise PressmarkError(f'{address}: is in the configuration already, as "{clean(known)}"')
    report = discover_source(address, context.config)
    _print(report)
    if report.problem:
        raise PressmarkError(f"{clean(report.problem)}; it was not added")
    if report.robots != "allowed":
        raise PressmarkError(f"{address}: its robots.txt is {report.robots} to us; it was not added")
    if dry_run:
        return
    if not yes and not click.confirm("Add it?", default=True, err=True):
        ctx.exit(ExitCode.FAILED)
    file = context.config.path or Path("config.toml")
    append_source(file, address, name)
    context.say(f"added to {file}; `pressmark crawl` fetches it")


def append_source(file: Path, url: str, name: str | None) -> None:
    """Append a source to a config file, in the form the file has sources in; all else stays as it is."""
    import tomlkit
    from tomlkit.items import AoT

    text = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    document = tomlkit.parse(f"{text.rstrip()}\n\n" if text.strip() else "")
    table = tomlkit.table()
    if name:
        table["name"] = name
    table["url"] = url
    sources = document.get("source")
    if sources is None:
        sources = document["source"] = tomlkit.aot()
    if isinstance(sources, AoT):
        sources.append(table)
    else:
        inline = tomlkit.inline_table()
        inline.update(table)
        sources.append(inline if name else url)
    partial = file.with_name(f".{file.name}.partial")
    partial.write_text(tomlkit.dumps(document), encoding="utf-8")
    partial.replace(file)


def _print(report: "SourceReport") -> None:
    delay = f", one request every {report.crawl_delay:g} s" if report.crawl_delay else ""
    click.echo(f"{style(clean(report.address), bold=True)}: robots.txt {report.robots}{delay}")
    for kind, ways in (("feed", report.feeds), ("sitemap", report.sitemaps)):
        for way in ways:
            found = way.problem or f"{way.articles:,} articles"
            click.echo(f"  {clean(f'{kind} {way.url}: {found} ({way.via})')}")
    click.echo(f"  {len(report.sections)} section pages, {report.links} article links on the front page")
    rows = []
    for sample in report.samples:
        article = sample.article
        names = ", ".join(author.name for author in article.authors)
        published = article.published.day.isoformat() if article.published else ""
        rows.append((sample.kind, published, names, article.headline or "", f"{len(article.body.split()):,}"))
    if rows:
        print_rows(("read as", "date", "authors", "headline", "words"), rows, right=("words",))
