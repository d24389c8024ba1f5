"""`pressmark import`: an existing collection becomes searchable without a crawl."""

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import ExitCode
from web.cli.context import Context
from web.cli.ordered import in_order

if TYPE_CHECKING:
    from corpus.model import Article
    from crawler.importing.files import ImportItem
    from crawler.pool.workers import Workers

MAX_NAMED = 20  # failures named one by one; the rest is counted


HELP = """\
Take in HTML, plain text, JSONL and WARC files; folders are walked.

JSONL has one object a line: url, title, authors, published, text. Files that
cannot be read are named and the rest goes on; exit code 1 at the end.

\b
Examples:
  pressmark import articles.jsonl
  pressmark import --source archive-1998 scans/ crawl.warc.gz
"""


@click.command("import", help=HELP)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--source", help="File all of it under this source; else what each says, then its host.")
@click.option("--no-index", is_flag=True, help="Do not bring the index up to date.")
@click.pass_context
def import_(ctx: click.Context, *, paths: tuple[Path, ...], source: str | None, no_index: bool) -> None:
    """The verb."""
    from crawler.importing.files import find
    from crawler.pool.workers import Workers
    from web.cli.index import update_index

    context: Context = ctx.obj
    started = time.monotonic()
    failures = Failures(context)
    with Workers(context.config.crawler.processes) as workers:
        found = find(paths, source=source, now=datetime.now(UTC))
        counts = context.store.write_many(_articles(found, workers, failures))
    said = ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items())
    noun = "article" if sum(counts.values()) == 1 else "articles"
    context.say(f"imported {sum(counts.values()):,} {noun} in {time.monotonic() - started:.1f} s: {said}")
    failures.close()
    if not no_index:
        update_index(context)
    if failures.count:
        ctx.exit(ExitCode.FAILED)


class Failures:
    """Names the first failures as they come and counts the rest."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.count = 0

    def add(self, said: str) -> None:
        """Name one."""
        self.count += 1
        if self.count <= MAX_NAMED:
            click.echo(f"error: {said}", err=True)

    def close(self) -> None:
        """Say how many more there were."""
        if self.count > MAX_NAMED:
            click.echo(f"error: {self.count - MAX_NAMED:,} more like these", err=True)


def _articles(found: "Iterable[ImportItem]", workers: "Workers", failures: Failures) -> "Iterator[Article]":
    """Articles as they come; pages are extracted on all cores."""
    from corpus.errors import ExtractError, ImportFailed
    from crawler.values import Page, PageKind

    pages = ((each, each.item if isinstance(each.item, Page) else None) for each in found)
    for each, answer in in_order(pages, workers):
        if isinstance(each.item, ImportFailed):
            failures.add(str(each.item))
        elif not isinstance(each.item, Page):
            yield each.item
        elif answer is None or isinstance(answer, ExtractError):
            failures.add(f"{each.place}: {answer}")
        elif answer.kind is PageKind.ARTICLE:
            yield answer.article
        else:
            failures.add(f"{each.place}: {answer.kind}, not an article: {answer.reason}")
