"""`pressmark export`: articles in one of the formats, all of them or those of a search, in bounded memory."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from corpus.model import StoredArticle
from corpus.records import EXPORTED, WHOLE
from corpus.texts.counted import counted
from indexer.results.exporting import OF_MANY, Options, corpus_lines, whole_jsonl
from web.cli.context import Context
from web.cli.output import clean, file_option, json_option, print_json, refuse_to_replace, write_whole
from web.cli.words import QueryCommand

if TYPE_CHECKING:
    from indexer.contract.values import Query
    from indexer.results.exports import Manifest

HELP = """\
Write articles: all of them, or those a QUERY finds.

A JSONL line holds all that is known of its article, with earlier texts; import
makes the same article of it. --whole adds what is no article that stands:
withdrawn articles and merged authors. Cells a spreadsheet would take for a
formula begin with an apostrophe; "excel" is CSV that Excel opens as UTF-8.
"warc" and "wacz" hold the raw responses of the articles, as they were crawled.

\b
Examples:
  pressmark export -o all.jsonl
  pressmark export --whole -o corpus.jsonl
  pressmark export 'author:okafor 2024..' -o okafor.csv
  pressmark export 'site:gazette.example' -o gazette.wacz
"""

WEB_ARCHIVES = ("warc", "wacz")
# The ending of a file's name -> its format; CSV for Excel ends as all CSV does.
OF_ENDING = {form.ending: name for name, form in OF_MANY.items() if name != "excel"} | {
    name: name for name in (*OF_MANY, *WEB_ARCHIVES)
}


@click.command(help=HELP, cls=QueryCommand)
@click.argument("query", required=False)
@file_option("Write to this file, not stdout.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*OF_MANY, *WEB_ARCHIVES]),
    help="Else what the name of FILE ends in; jsonl without an ending.",
)
@click.option("--whole", is_flag=True, help="Withdrawn articles and merges of authors too (jsonl, without QUERY).")
@json_option
@click.pass_context
def export(
    ctx: click.Context, *, query: str | None, output: Path | None, form: str | None, whole: bool, as_json: bool
) -> None:
    """Run `pressmark export`."""
    context: Context = ctx.obj
    form = form or _named_by(output)
    if query and output is not None and form in ("csv", "excel"):
        refuse_to_replace(_metadata(output))
    if whole and (query or form != "jsonl"):
        raise click.UsageError("--whole goes with --format jsonl, and without a QUERY")
    if as_json and output is None:
        raise click.UsageError("--json says what was written to a file: expected -o FILE")
    if form in WEB_ARCHIVES:
        from web.cli.web_archive import export_web_archive

        written = export_web_archive(context, query, output, form)
    elif query:
        written = _export_search(context, query, output, form)
    else:
        written = _export_all(context, output, form, whole=whole)
    if as_json:
        print_json({"file": str(output), "format": form, **written})


def _named_by(output: Path | None) -> str:
    """Return the format that a file's name ends in; jsonl where the name has no ending.

    Raises:
        UsageError: The ending names none: what is in a file called .xlsx would not be what its name says.
    """
    name = output.name.lower() if output else ""
    whole = name.removesuffix(".gz") if name.endswith(".warc.gz") else name
    for ending in sorted(OF_ENDING, key=len, reverse=True):
        if whole.endswith(f".{ending}"):
            return OF_ENDING[ending]
    if output and "." in name.lstrip(".") and (output.is_file() or not output.exists()):  # a device has any name
        known = ", ".join(
            dict.fromkeys(f".{each}" for each in [*(form.ending for form in OF_MANY.values()), *WEB_ARCHIVES])
        )
        raise click.UsageError(f"{clean(output.name)}: expected a name that ends in {known}, or --format")
    return "jsonl"


def _export_all(context: Context, output: Path | None, form: str, *, whole: bool) -> dict[str, Any]:
    """Write all articles; return their number for a program."""
    articles = Counted(context.articles.every())
    if whole:
        lines = corpus_lines(context.articles)
    elif form == "jsonl":
        lines = whole_jsonl(articles, context.articles)
    else:
        lines = OF_MANY[form].write(articles, Options(datetime.now(UTC), papers=context.config.papers))
    count = 0
    if output is None:
        for line in lines:
            click.echo(line.encode("utf-8", "replace"), nl=False)
    else:
        count = write_whole(output, lines)
        context.say(f"{output}: {counted(count, 'line') if whole else counted(articles.count, 'article')}")
    if form == "jsonl" and not whole:
        _say_what_is_left(context)
    for sentence in context.unsearched:
        context.say(f"not complete: {clean(sentence)}")
    return {"lines": count} if whole else {"articles": articles.count, "is_whole": not context.unsearched}


class Counted:
    """Articles, counted as they pass."""

    def __init__(self, articles: Iterator[StoredArticle]) -> None:
        self._articles = articles
        self.count = 0

    def __iter__(self) -> Iterator[StoredArticle]:
        for each in self._articles:
            self.count += 1
            yield each


def _say_what_is_left(context: Context) -> None:
    """Say what part of the corpus the export leaves out."""
    withdrawn, merges = context.articles.totals().withdrawn, len(context.articles.authors.alias_rows())
    left = [
        f"{count:,} {name if count == 1 else names}"
        for count, name, names in (
            (withdrawn, "withdrawn article", "withdrawn articles"),
            (merges, "merge of authors", "merges of authors"),
        )
        if count
    ]
    if left:
        context.say(f"not in it: {' and '.join(left)}; --whole writes them too")


def _export_search(context: Context, text: str, output: Path | None, form: str) -> dict[str, Any]:
    """Write all that a search finds, of one state; a manifest opens JSONL and stands beside a CSV file."""
    from indexer.results.exports import csv_metadata, write_export

    now = datetime.now(UTC)
    query = context.query(text, now)

    def write(articles: Iterable[StoredArticle]) -> Iterator[str]:
        if form == "jsonl":
            return whole_jsonl(articles, context.articles)
        return OF_MANY[form].write(articles, Options(now, papers=context.config.papers))

    with TemporaryFile() as spool:
        manifest = write_export(
            query,
            write,
            cast(BinaryIO, spool),
            context.engine,
            context.articles,
            question=text,
            now=now,
            fields=WHOLE if form == "jsonl" else EXPORTED if form in ("csv", "excel") else None,
        )
        spool.seek(0)
        head = [json.dumps({"manifest": manifest.record()}, ensure_ascii=False) + "\n"] if form == "jsonl" else []
        lines = chain(head, (line.decode("utf-8", "replace") for line in spool))
        if output is None:
            for line in lines:
                click.echo(line.encode("utf-8", "replace"), nl=False)
        else:
            write_whole(output, lines)
    if output is not None:
        if form in ("csv", "excel") and output.is_file():
            metadata = json.dumps(csv_metadata(manifest, output.name), ensure_ascii=False, indent=1)
            write_whole(_metadata(output), iter([metadata + "\n"]))
        context.say(f"{output}: {counted(manifest.given, 'article')}")
    if not manifest.total:
        _say_that_nothing_was_found(context, query)
    _say_what_it_lacks(context, manifest)
    return {"articles": manifest.given, "is_whole": manifest.is_whole and manifest.given == manifest.total}


def _metadata(output: Path) -> Path:
    """Return where the manifest of a CSV file stands."""
    return output.with_name(f"{output.name}-metadata.json")


def _say_that_nothing_was_found(context: Context, query: "Query") -> None:
    """Say that an export has nothing in it, and what a search beside it would list all the same."""
    from indexer.contract.values import Match
    from indexer.results.present import present

    near = query._replace(match=Match.BEST, per_page=1)
    few = present(context.engine.search(near), near, context.articles).few
    beside = f"{few}: `pressmark search` lists them, and an export has none of them" if few else "no article has this"
    context.say(f"note: {clean(beside)}")


def _say_what_it_lacks(context: Context, manifest: "Manifest") -> None:
    from indexer.results.present import cut_patterns

    for sentence in (*cut_patterns(manifest.bounded), *context.unsearched):
        context.say(f"not complete: {clean(sentence)}")
    if not manifest.is_whole and not context.unsearched and (not manifest.bounded or manifest.given < manifest.total):
        context.say(f"not complete: {counted(manifest.total, 'article')} in all, and a bound of the engine was reached")
    elif manifest.given < manifest.total:
        context.say(f"{manifest.total - manifest.given:,} more matched and were taken away since they were indexed")
