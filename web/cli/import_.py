"""`pressmark import`: an existing collection becomes searchable without a crawl."""

import logging
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import ExitCode
from corpus.events import event
from web.cli.context import Context
from web.cli.ordered import in_order
from web.cli.output import clean, json_option, kind_in_words, print_json

if TYPE_CHECKING:
    from corpus.model import Article
    from corpus.records import ArticleRecord
    from corpus.store import Alias
    from crawler.importing.claims import Claims
    from crawler.importing.items import ImportItem
    from crawler.pool.workers import Workers

log = logging.getLogger(__name__)

MAX_NAMED = 20  # failures, and notes, named one by one; the rest is counted


HELP = """\
Take in files of articles; folders are walked.

Saved pages (.html .mhtml), documents (.txt .md .docx .epub .rtf .pdf), records
(.jsonl .json .csv .tsv), citations (.ris .bib .json), web archives (.warc .arc
.wacz), exports of Nexis, Factiva and ProQuest, and ZIP or gzip files of these.

What is left out is noted. What cannot be read is named and the rest goes on;
exit code 1 at the end. docs/interfaces.md has the keys of records.

\b
Examples:
  pressmark import articles.jsonl
  pressmark import --source archive-1998 scans/ crawl.warc.gz
"""


@click.command("import", help=HELP)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--source", help="File all of it under this source; else what each says, then its host.")
@click.option("--no-index", is_flag=True, help="Do not bring the index up to date.")
@json_option
@click.pass_context
def import_(ctx: click.Context, *, paths: tuple[Path, ...], source: str | None, no_index: bool, as_json: bool) -> None:
    """Run `pressmark import`."""
    from crawler.importing.claims import Claims
    from crawler.importing.files import find
    from web.cli.index import update_index

    context: Context = ctx.obj
    started = time.monotonic()
    failures, notes = Messages("error"), Messages("note")
    with context.workers(context.config.crawler.processes) as workers:
        found = find(paths, source=source, now=datetime.now(UTC), run=workers.call)
        claims = Claims(context.store.by_url)
        counts = context.store.write_many(_taken(found, workers, claims, failures, notes))
    took = time.monotonic() - started
    facts = {
        "articles": sum(counts.values()),
        **{one.value: n for one, n in counts.items()},
        "failures": failures.count,
        "notes": notes.count,
    }
    event(log, "import ended", facts, source=source, seconds=took)
    said = ", ".join(f"{count:,} {_OUTCOMES.get(outcome, outcome)}" for outcome, count in counts.items())
    noun = "article" if sum(counts.values()) == 1 else "articles"
    context.say(f"imported {sum(counts.values()):,} {noun} in {took:.1f} s: {said}")
    for one in (notes, failures):
        one.close()
    if not no_index:
        update_index(context)
    if as_json:
        print_json({**facts, "seconds": round(took, 3)})
    if failures.count:
        ctx.exit(ExitCode.FAILED)


_OUTCOMES = {"withdrawn": "left withdrawn"}


class Messages:
    """Names the first messages of a kind on stderr as they come, and counts the rest."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self.count = 0

    def add(self, said: str) -> None:
        """Print a message, or count it when enough of its kind were printed."""
        self.count += 1
        if self.count <= MAX_NAMED:
            click.echo(f"{self._kind}: {clean(said)}", err=True)

    def close(self) -> None:
        """Say how many more there were."""
        if self.count > MAX_NAMED:
            click.echo(f"{self._kind}: {self.count - MAX_NAMED:,} more like these", err=True)


def _taken(
    found: "Iterable[ImportItem]", workers: "Workers", claims: "Claims", failures: Messages, notes: Messages
) -> "Iterator[Article | ArticleRecord | Alias]":
    """Give what is to be stored as it comes; pages are extracted on all cores."""
    from corpus.errors import ExtractError, ImportFailed
    from crawler.values import Page, PageKind

    pages = ((each, each.item if isinstance(each.item, Page) else None) for each in found)
    for each, answer in in_order(pages, workers):
        for said in each.notes:
            notes.add(said)
        if each.item is None:
            continue
        if isinstance(each.item, ImportFailed):
            failures.add(str(each.item))
        elif not isinstance(each.item, Page):
            yield each.item
        elif answer is None or isinstance(answer, ExtractError):
            failures.add(f"{each.place}: {answer}")
        elif answer.kind is PageKind.ARTICLE:
            article, said_of_it = claims.settle(each, answer.article)
            if said_of_it:
                notes.add(said_of_it)
            yield article
        else:
            said = f"{each.place}: {kind_in_words(answer.kind)} ({answer.reason})"
            (notes if each.is_part else failures).add(said)
