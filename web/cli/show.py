"""`pressmark show`: one article by its pressmark or address."""

import click

from corpus import urls
from corpus.errors import NotFound
from corpus.iso_dates import iso_date
from corpus.marks import read_mark
from corpus.model import StoredArticle
from indexer.results.exporting import record
from web.cli.context import Context
from web.cli.output import clean, clean_lines, print_json, style

HELP = """\
Show one article by its pressmark or its address.

\b
Examples:
  pressmark show k7f003
  pressmark show https://gazette.example/story --json
  pressmark show k7f003 --provenance
"""


@click.command(help=HELP)
@click.argument("which", metavar="MARK|URL")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--text", is_flag=True, help="Print the text alone.")
@click.option("--provenance", is_flag=True, help="Print how each field was found, and every visit.")
@click.pass_context
def show(ctx: click.Context, *, which: str, as_json: bool, text: bool, provenance: bool) -> None:
    """The verb."""
    context: Context = ctx.obj
    filed = article_of(context, which)
    if as_json:
        print_json(record(filed) | {"withdrawn": filed.withdrawn, "facts": filed.article.facts})
    elif filed.withdrawn is not None:
        click.echo(f"{filed.mark}  {filed.article.url}\nwithdrawn: {clean(filed.withdrawn)}")
    elif text:
        click.echo(clean_lines(filed.article.body))
    else:
        _print(filed)
        if provenance:
            _print_provenance(context, filed)


def article_of(context: Context, which: str) -> StoredArticle:
    """Return the article a person named.

    Raises:
        NotFound: there is none; the message says what was looked for.
        click.UsageError: nothing was named.
    """
    if not which.strip():
        raise click.UsageError("expected a pressmark such as k7f003, or an address")
    mark = read_mark(which)
    filed = context.store.by_mark(mark) if mark else None
    if filed is None:
        filed = context.store.by_url(urls.canonical(which) or which)
    if filed is None:
        raise NotFound(f"{clean(which)}: no article has this pressmark or address; `pressmark why URL` tells of a URL")
    return filed


def _print(filed: StoredArticle) -> None:
    article = filed.article
    click.echo(style(clean(article.headline or article.body[:80]), bold=True))
    if article.standfirst:
        click.echo(style(clean(article.standfirst), italic=True))
    names = ", ".join(author.name for author in article.authors) or "No byline"
    facts = (names, article.source, iso_date(article.published) or "Undated", article.section, filed.mark)
    click.echo(clean(" · ".join(fact for fact in facts if fact)))
    click.echo(clean(article.url))
    click.echo(f"\n{clean_lines(article.body)}")


def _print_provenance(context: Context, filed: StoredArticle) -> None:
    click.echo(f"\n{style('Provenance', bold=True)}")
    click.echo(f"first seen {filed.first_seen:%Y-%m-%d %H:%M} UTC, revision {filed.revision}")
    for field, rule in filed.article.facts.items():
        click.echo(clean(f"{field}: {rule}"))
    if filed.article.capture:
        click.echo(clean(f"capture: {filed.article.capture.file} at {filed.article.capture.offset}"))
    for visit in context.store.visits(filed.article.url):
        click.echo(clean(f"visit {visit.at:%Y-%m-%d %H:%M} {visit.outcome} {visit.status or ''} {visit.reason or ''}"))
