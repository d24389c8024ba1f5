"""`pressmark export --format warc|wacz`: the raw responses of articles, for the readers of web archives."""

import gzip
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, cast

import click

from corpus import VERSION
from corpus.captures import Captures
from corpus.model import StoredArticle
from corpus.preservation.web_archives import WARC_NAME, WebArchive, write_manifest, write_wacz, write_warc
from corpus.texts.counted import counted
from web.cli.context import Context


def export_web_archive(context: Context, query: str | None, output: Path | None, form: str) -> dict[str, Any]:
    """Write the responses of all articles or of those a query finds, whole or not at all, and say what has none."""
    if output is None:
        raise click.UsageError(f"--format {form} goes into a file: expected -o FILE")
    now, software = datetime.now(UTC), f"pressmark/{VERSION}"
    partial = output.with_name(f".{output.name}.partial")
    try:
        with partial.open("wb") as out, Captures(context.config.captures) as captures, TemporaryFile() as spool:
            plain = form == "warc" and output.name.lower().endswith(".warc")
            warc = cast(IO[bytes], _Unpacked(out) if plain else out if form == "warc" else spool)
            name = output.name if plain else WARC_NAME
            archive, left_out = _written(
                context, query, now, lambda articles: write_warc(articles, captures, warc, software=software, name=name)
            )
            if form == "wacz":
                spool.seek(0)
                title = f"Articles of a search: {query}" if query else "All articles"
                write_wacz(archive, spool, out, title=title, left_out=left_out, software=software, now=now)
            else:
                write_manifest(archive, warc, left_out, now=now)
        partial.replace(os.path.realpath(output))
    finally:
        partial.unlink(missing_ok=True)
    noun = "response" if len(archive.pages) == 1 else "responses"
    context.say(f"{output}: {len(archive.pages):,} {noun}")
    if archive.missing:
        context.say(
            f"not in it: {counted(archive.missing, 'article')} without a raw response; --format jsonl has their texts"
        )
    if any(left_out.values()):
        reasons = ", ".join(f"{name.replace('_', ' ')}: {count:,}" for name, count in left_out.items() if count)
        context.say(f"not looked up: {reasons}")
    return {
        "responses": len(archive.pages),
        "articles_without": archive.missing,
        "left_out_by_reason": dict(left_out),
    }


class _Unpacked:
    """A file that each packed record is written to as it is unpacked: a name that ends in .warc says that none is."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, packed: bytes) -> int:
        """Write whole records; return how many bytes they are packed, as places within a packed file go by that."""
        self._out.write(gzip.decompress(packed))
        return len(packed)


def _written(
    context: Context, text: str | None, now: datetime, write: Callable[[Iterable[StoredArticle]], WebArchive]
) -> tuple[WebArchive, Mapping[str, int]]:
    """Return what was written, and why other articles were not looked up -> how many."""
    if not text:
        with context.store.one_state():
            archive = write(context.store.every())
            left_out = {
                "withdrawn": context.store.totals().withdrawn,
                "unreadable": len(context.store.damage.articles()),
            }
        return archive, left_out
    from indexer.results.exports import write_export

    archives = []

    def lines(articles: Iterable[StoredArticle]) -> Iterator[str]:
        archives.append(write(articles))
        return iter(())

    query = context.query(text, now)
    with TemporaryFile() as nothing:
        manifest = write_export(
            query, lines, cast(BinaryIO, nothing), context.engine, context.store, question=text, now=now
        )
    if not manifest.is_whole:
        context.say(f"not complete: {counted(manifest.total, 'article')} in all, and a bound of the engine was reached")
    return archives[0], manifest.left_out
