"""`pressmark show`: one article by its pressmark or address."""

import click

from corpus.errors import NotFound
from corpus.iso_dates import iso_date
from corpus.marks import read_mark
from corpus.model import StoredArticle
from corpus.reasons import is_known
from corpus.records import stored_record
from indexer.results.addressed import stored_at
from web.cli.context import Context
from web.cli.output import clean, clean_lines, json_option, minute, print_json, style
from web.sources.reason_words import meaning

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
@json_option
@click.option("--text", is_flag=True, help="Print the text alone.")
@click.option("--provenance", is_flag=True, help="Print how each field was found, and every visit.")
@click.pass_context
def show(ctx: click.Context, *, which: str, as_json: bool, text: bool, provenance: bool) -> None:
    """Run `pressmark show`."""
    context: Context = ctx.obj
    stored = article_of(context, which)
    if as_json:
        print_json(stored_record(stored) | {"withdrawn": stored.withdrawn, "facts": stored.article.facts})
    elif stored.withdrawn is not None:
        click.echo(f"{stored.mark}  {stored.article.url}\nwithdrawn: {clean(stored.withdrawn)}")
    elif text:
        click.echo(clean_lines(stored.article.body))
    else:
        _print(stored)
        if provenance:
            _print_provenance(context, stored)


def article_of(context: Context, which: str) -> StoredArticle:
    """Return the article a person named.

    Raises:
        NotFound: there is none; the message says what was looked for.
        click.UsageError: nothing was named.
    """
    if not which.strip():
        raise click.UsageError("expected a pressmark such as k7f003, or an address")
    mark = read_mark(which)
    stored = (context.articles.by_mark(mark) if mark else None) or stored_at(which, context.articles)
    if stored is None:
        raise NotFound(
            f"{clean(which)}: no article has this pressmark or address; `pressmark why URL` says what became of a URL"
        )
    return stored


def _print(stored: StoredArticle) -> None:
    article = stored.article
    click.echo(style(clean(article.headline or article.body[:80]), bold=True))
    if article.standfirst:
        click.echo(style(clean(article.standfirst), italic=True))
    names = ", ".join(author.name for author in article.authors) or "No byline"
    facts = (names, article.source, iso_date(article.published) or "Undated", article.section, stored.mark)
    click.echo(clean(" · ".join(fact for fact in facts if fact)))
    click.echo(clean(article.url))
    click.echo(f"\n{clean_lines(article.body)}")


def _print_provenance(context: Context, stored: StoredArticle) -> None:
    click.echo(f"\n{style('Provenance', bold=True)}")
    zone = context.config.zone
    click.echo(f"first seen {minute(stored.first_seen, zone)}, revision {stored.revision}")
    for field, rule in stored.article.facts.items():
        click.echo(clean(f"{field}: {rule}"))
    if stored.article.capture:
        click.echo(clean(f"capture: {stored.article.capture.file} at {stored.article.capture.offset}"))
    for visit in context.store.journal.visits(stored.article.url):
        why = f"{visit.reason}: {meaning(visit.reason)}" if visit.reason and is_known(visit.reason) else visit.reason
        click.echo(clean(f"visit {minute(visit.at, zone)} {visit.outcome} {visit.status or ''} {why or ''}"))
