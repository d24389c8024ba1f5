"""`pressmark search`: ranked articles on the command line."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from corpus.errors import ExitCode
from corpus.texts.counted import counted
from indexer.contract.facets import FACETS, NONE, FacetName
from indexer.query.parameters import COPIES, COUNT, MATCH, PAGE, SINCE, SORT, UNTIL
from web.cli.completion import author_keys
from web.cli.context import Context, is_terminal
from web.cli.output import clean, json_flag, print_json, print_rows, style
from web.cli.words import QueryCommand

if TYPE_CHECKING:
    from indexer.contract.values import Highlighted
    from indexer.results.present import Shown

HELP = """\
Search the articles.

\b
Examples:
  pressmark search 'flood defences'
  pressmark search '"record storm" -insurance author:okafor 2024..'
  pressmark search harbour --site valley-herald.example --sort new --json
"""


def facet_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each facet."""
    for name, facet in reversed(list(FACETS.items())):
        said = f"Only this {facet.noun}; repeat for any of several; `{NONE}`: {facet.missing}."
        complete = author_keys if name is FacetName.AUTHOR else None
        command = click.option(f"--{name}", multiple=True, help=said, shell_complete=complete)(command)
    return command


@click.command(help=HELP, cls=QueryCommand)
@click.argument("query", nargs=-1)
@facet_options
@click.option("--from", "since", help="Not before: 2021, 2021-03, 2021-03-09, yesterday, -7d.")
@click.option("--to", "until", help="Not after.")
@click.option("--sort", type=click.Choice([*map(str, SORT.choices)]), help="Order; rel with words, else new.")
@click.option(
    "--match", type=click.Choice([*map(str, MATCH.choices)]), help="Articles with all words, or any; else the best."
)
@click.option("-n", "count", default=10, show_default=True, type=click.IntRange(1, COUNT.most), help="Articles shown.")
@click.option("--page", default=1, type=click.IntRange(1, PAGE.most), help="Which page of them.")
@click.option("--copies", is_flag=True, help="Give copies of one text as hits of their own.")
@json_flag("Print JSON; docs/interfaces.md has the keys.")
@click.option("--fail-empty", is_flag=True, help=f"Exit with {ExitCode.NOTHING} when nothing is found.")
@click.pass_context
def search(
    ctx: click.Context,
    /,
    *,
    query: Sequence[str],
    since: str | None,
    until: str | None,
    sort: str | None,
    match: str | None,
    count: int,
    page: int,
    as_json: bool,
    fail_empty: bool,
    copies: bool,
    **facets: Sequence[str],
) -> None:
    """Run `pressmark search`."""
    parameters = {name: list(values) for name, values in facets.items()}
    for parameter, value in (
        (SINCE, since),
        (UNTIL, until),
        (SORT, sort),
        (MATCH, match),
        (COUNT, str(count)),
        (PAGE, str(page)),
        (COPIES, COPIES.choices[0] if copies else None),
    ):
        parameters[parameter.name] = [value] if value else []
    shown = _search(ctx.obj, " ".join(query), parameters)
    if as_json:
        print_json(shown.as_json())
    elif is_terminal():
        _print(shown)
    else:
        _print_rows(shown)
    if shown.ignored:
        words = clean(", ".join(shown.ignored))
        ctx.obj.say(f"note: too common to be searched for: {words}; in quotation marks such a word is searched for")
    if shown.few and not is_terminal():
        ctx.obj.say(f"note: {shown.few}")
    for note in (*shown.cut, *shown.query.notes, *ctx.obj.unsearched):
        ctx.obj.say(f"note: {clean(note)}")
    if further := _further(shown):
        ctx.obj.say(f"note: {further}")
    if not shown.total and (said := _nothing_yet(ctx.obj) or _nothing_found(shown)):
        ctx.obj.say(f"note: {said}")
    if fail_empty and not shown.total:
        ctx.exit(ExitCode.NOTHING)


def _further(shown: "Shown") -> str | None:
    """Say which hits these are where they are not all, and how one sees the next; None where they are."""
    page, before = shown.query.page, (shown.query.page - 1) * shown.query.per_page
    if not shown.hits:
        pages = -(-shown.stories // shown.query.per_page)
        return f"page {page:,} has no hits: the last one is page {pages:,}" if shown.stories else None
    if (last := before + len(shown.hits)) >= shown.stories:
        return None
    articles = shown.total + shown.more
    of = f"{shown.stories:,}"
    if articles != shown.stories:
        of = f"{counted(shown.stories, 'story', 'stories')} in {counted(articles, 'article')}"
    return f"hits {before + 1:,} to {last:,} of {of}: `--page {page + 1}` has the next, `-n` sets how many"


def _nothing_yet(context: Context) -> str | None:
    """Why nothing can be found in this archive; None where it has articles, or those of other machines are searched."""
    from corpus.runs.emptiness import nothing_yet

    if context.is_federated:
        return None
    totals = context.store.totals()
    return nothing_yet(
        articles=totals.articles, sources=len(context.config.sources), crawled=totals.last_run is not None
    )


def _nothing_found(shown: "Shown") -> str | None:
    """Say that nothing was found, and what to try; None where articles with some of the words are listed."""
    if shown.hits:
        return None
    try_first = f"did you mean {clean(shown.suggestion)}?" if shown.suggestion else "fewer words or filters find more"
    return f"no article has this: {try_first}"


def _search(context: Context, text: str, parameters: dict[str, list[str]]) -> "Shown":
    from indexer.contract.values import Match
    from indexer.query.absent import absent_values, forms_alone
    from indexer.query.query import parse
    from indexer.query.unread import unread_links
    from indexer.results.addressed import only, stored_at
    from indexer.results.present import present

    store = context.articles
    now, zone = datetime.now(UTC), context.config.zone
    query = parse(
        text,
        parameters,
        now=now,
        zone=zone,
        aliases=store.authors.aliases(),
        annotations=context.annotations,
        match=Match.BEST,
        removed=not context.is_federated,
    )
    stored = stored_at(text, store)
    results = only(stored, context.engine.position) if stored else context.engine.search(query)
    unread = unread_links(query, context.engine.search)
    absent = absent_values(query, context.engine.search, lambda: context.unsearched)
    alone = forms_alone(query, context.engine.search, context.config.indexer.languages)
    return present(results, query._replace(notes=(*query.notes, *unread, *absent, *alone)), store)


def _print_rows(shown: "Shown") -> None:
    from corpus.iso_dates import iso_date
    from indexer.results.present import headline

    columns = ("id", "published", "authors", "source", "headline", "url", "match", "copies")
    print_rows(
        columns,
        (
            (
                hit.stored.mark,
                iso_date(hit.stored.article.published),
                "; ".join(hit.authors),
                hit.stored.article.source,
                headline(hit.stored),
                hit.stored.article.url,
                hit.match,
                "; ".join(hit.copies.sources),
            )
            for hit in shown.hits
        ),
    )


def _print(shown: "Shown") -> None:
    from indexer.results.snippet_cache import in_one_text

    noun = "article" if shown.total == 1 else "articles"
    more = "at least " if shown.partial else ""
    stories = (
        f"{shown.whole_stories:,} {'story' if shown.whole_stories == 1 else 'stories'} in "
        if shown.whole_stories != shown.total
        else ""
    )
    click.echo(
        style(f"{more}{stories}{shown.total:,} {noun}", bold=True)
        + ("" if shown.is_plain else f"  read as: {clean(shown.read_as)}")
    )
    if shown.suggestion and not shown.substitutes:
        click.echo(f"Did you mean: {clean(shown.suggestion)}")
    said = None
    for hit in shown.hits:
        if hit.match != "all" and said is None:
            said = shown.few or ""
            click.echo(style(f"\n{said}:", bold=True))
        article = hit.stored.article
        when = article.published.day.isoformat() if article.published else "Undated"
        when += ", later than it was added" if hit.stored.is_dated_ahead else ""
        names = ", ".join(hit.authors) or "No byline"
        click.echo(f"\n{_marked(hit.headline, fg='blue')}")
        click.echo(style(clean(f"{hit.stored.mark} · {when} · {names} · {article.source}"), dim=True))
        if hit.fragments:
            click.echo("".join(_marked(part) for part in in_one_text(hit.fragments)))
        if hit.lacks:
            click.echo(style(clean(f"without {', '.join(hit.lacks)}"), dim=True))
        if hit.scanned:
            click.echo(style(f"words are looked for in its first {hit.scanned:,} characters", dim=True))
        if gone := hit.removed:
            seen = f"last seen {gone.seen:%Y-%m-%d} in revision {gone.revision}"
            click.echo(style(f"{seen}, gone by {gone.gone:%Y-%m-%d}", dim=True))
        if copies := hit.copies.total:
            noun = "copy" if copies == 1 else "copies"
            click.echo(style(clean(f"and {copies:,} {noun} in {', '.join(hit.copies.sources)}"), dim=True))


def _marked(highlighted: "Highlighted", **how: str) -> str:
    """Return a text in one line, its marks in bold."""
    parts, at = [], 0
    for start, end in highlighted.spans:
        parts += [
            style(_safe(highlighted.text[at:start]), **how),
            style(_safe(highlighted.text[start:end]), bold=True, **how),
        ]
        at = end
    return "".join([*parts, style(_safe(highlighted.text[at:]), **how)])


def _safe(text: str) -> str:
    """Clean a piece of a line; the spaces at its ends part it from the next piece."""
    left = " " if text[:1].isspace() else ""
    right = " " if len(text) > 1 and text[-1:].isspace() else ""
    return f"{left}{clean(text)}{right}"
