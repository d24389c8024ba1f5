"""`pressmark extract`: one page through the cleaner, a list of them, or all that were ever stored."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import ExtractError, PressmarkError
from corpus.records import EXTRACTED, article_record
from corpus.structure.counting import counted
from web.cli.completion import source_names
from web.cli.context import Context
from web.cli.ordered import in_order
from web.cli.output import clean, clean_lines, json_option, kind_in_words, print_json, style

if TYPE_CHECKING:
    from crawler.values import Extraction, Page

MAX_BYTES = 20_000_000


HELP = """\
Clean one page (an address or a file) and show what was read from it.
A file named .txt is read as plain text.

--batch FILE.jsonl reads lines {"url", "path"} and prints one JSON line for
each, in order, on all cores; docs/interfaces.md has the keys.

--truth FOLDER keeps the page and what was read from it there as a training page
of your own: correct its line in truths.jsonl by hand, then train or measure with
it (docs/howto/training.md). With --corrected it keeps the pages of all articles
that a person corrected, with the corrections as their truth.

--all reads every stored article again from its stored response,
without the network, and stores and indexes what reads better now.

\b
Examples:
  pressmark extract https://gazette.example/story
  pressmark extract saved.html --url https://gazette.example/story --explain
  pressmark extract --batch pages.jsonl > articles.jsonl
  pressmark extract https://gazette.example/story --truth training
  pressmark extract --all --dry-run
"""


@click.command(help=HELP)
@click.argument("target", metavar="URL|FILE", required=False)
@click.option("--url", help="The address the file was saved from.")
@json_option
@click.option(
    "--explain", is_flag=True, help="Each field's rule and the candidates that lost; each dropped block's reason."
)
@click.option(
    "--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Extract the pages this file lists."
)
@click.option(
    "--truth",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Also keep the page and what was read from it there, to be corrected.",
)
@click.option("--corrected", is_flag=True, help="With --truth: keep the pages of the articles that were corrected.")
@click.option("--all", "all_", is_flag=True, help="Read all stored articles again from their stored responses.")
@click.option("--source", metavar="NAME", shell_complete=source_names, help="With --all: only this source's.")
@click.option("--dry-run", is_flag=True, help="With --all: count what would change, and write nothing.")
@click.pass_context
def extract(
    ctx: click.Context,
    *,
    target: str | None,
    url: str | None,
    as_json: bool,
    explain: bool,
    batch: Path | None,
    truth: Path | None,
    corrected: bool,
    all_: bool,
    source: str | None,
    dry_run: bool,
) -> None:
    """Run `pressmark extract`."""
    context: Context = ctx.obj
    if [target is not None, batch is not None, all_, corrected].count(True) != 1:
        raise click.UsageError("expected one of URL, FILE, --batch FILE.jsonl, --corrected or --all")
    if not all_ and (source is not None or dry_run):
        raise click.UsageError("--source and --dry-run go with --all")
    if truth is not None and target is None and not corrected:
        raise click.UsageError("--truth goes with URL, FILE or --corrected")
    if corrected:
        from web.cli.truth import keep_corrected

        if truth is None:
            raise click.UsageError("--corrected goes with --truth FOLDER")
        keep_corrected(context, truth)
        return
    if all_:
        from web.cli.reread import reread_all

        reread_all(context, source=source, dry_run=dry_run)
        return
    if batch is not None:
        _batch(context, batch)
        return
    assert target is not None
    page = _ruled(context, _fetched(context, target) if "://" in target else file_page(Path(target), url))
    answer = (None if "://" in target else plain(Path(target), page)) or _of_page(context, page, explain=explain)
    if truth is not None:
        _keep(context, truth, page, answer)
    if as_json:
        print_json(_record(answer, url or page.address) | (_explained(answer) if explain else {}))
    else:
        _print(answer, explain=explain)


def _keep(context: Context, folder: Path, page: "Page", answer: "Extraction") -> None:
    from web.cli.truth import TRUTHS, keep

    file = keep(folder, page, answer, context.store if context.config.store.exists() else None)
    said = "kept" if file else "is there already, with the truth it has"
    context.say(clean(f"{page.address}: {said}; its line in {folder / TRUTHS} is yours to correct"))


def _ruled(context: Context, page: "Page") -> "Page":
    """Return a page with the selectors that a crawl of it would use: of the source on its host, and of rule files."""
    from corpus import urls
    from crawler.extraction.site_selectors import site_selectors

    host = urls.host(page.url)
    source = next((source for source in context.config.sources if source.host == host), None)
    own = source.selectors if source else None
    return replace(page, selectors=site_selectors(own, context.config.crawler.site_rules, page.address))


def _of_page(context: Context, page: "Page", *, explain: bool) -> "Extraction":
    with context.workers(1) as workers:
        answer = next(iter(workers.map([page], explain=explain)))
    if isinstance(answer, ExtractError):
        raise answer
    return answer


def plain(path: Path, page: "Page") -> "Extraction | None":
    """Return what a saved plain text holds; None when its name says that it is none."""
    from crawler.extraction.plaintext import ENDINGS, extract_text

    return extract_text(page) if path.name.lower().endswith(ENDINGS) else None


def file_page(path: Path, url: str | None) -> "Page":
    """Return a saved page to extract.

    Raises:
        PressmarkError: it cannot be read, is too large, or is no page by its first bytes.
    """
    from corpus import urls
    from crawler.markup.sniff import refusal
    from crawler.values import Page

    try:
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise PressmarkError(f"{path}: cannot be read: {error.strerror}") from error
    if len(content) > MAX_BYTES:
        raise PressmarkError(f"{path}: is over {MAX_BYTES // 1_000_000} MB")
    if other := refusal(content, None, page=True):
        raise ExtractError(other, f"{path}: begins like a file of another type ({other}): expected HTML or text")
    address = url or path.absolute().as_uri()
    key = urls.key_of(address)
    source = urls.host(key) if "://" in key and not key.startswith("file:") else "imported"
    return Page(url=key, address=address, source=source, content=content, fetched=datetime.now(UTC))


def _fetched(context: Context, address: str) -> "Page":
    from corpus import urls
    from crawler.crawl import require_contact
    from crawler.preview import fetch_one
    from crawler.values import Page

    require_contact(context.config)
    response = fetch_one(address, context.config)
    key = urls.key_of(response.address)
    return Page(
        url=key,
        address=response.address,
        source=urls.host(key),
        content=response.content,
        charset=response.charset,
        fetched=datetime.now(UTC),
    )


def _batch(context: Context, batch: Path) -> None:
    with (
        context.workers(context.config.crawler.processes) as workers,
        batch.open(encoding="utf-8", errors="replace") as lines,
    ):
        for listed, answer in in_order(_listed(context, lines, batch.parent), workers):
            found = listed.known or answer
            assert found is not None
            record = _failed(found, listed.url) if isinstance(found, PressmarkError) else _record(found, listed.url)
            click.echo(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace"))


def _failed(error: PressmarkError, url: str | None) -> dict[str, Any]:
    named = f"{error.reason}: {error}" if isinstance(error, ExtractError) else str(error)
    return dict.fromkeys(KEYS) | {"url": url, "kind": "failed", "reason": named, "authors": []}


KEYS = ("url", "kind", "reason", *EXTRACTED, "body", "structure")


def _record(answer: "Extraction", url: str | None) -> dict[str, Any]:
    lead, article = {"url": url, "kind": answer.kind.value, "reason": answer.reason}, answer.article
    return lead | article_record(article, EXTRACTED) | {"body": article.body} | article_record(article, ("structure",))


@dataclass(frozen=True, slots=True)
class _Listed:
    """One line of the list: its address as given; `known` is its answer when no page is left to be read."""

    url: str | None
    known: "PressmarkError | Extraction | None" = None


def _listed(context: Context, lines: Iterable[str], folder: Path) -> "Iterator[tuple[_Listed, Page | None]]":
    """Read the list; a line that cannot be used is answered like the others, in its place."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        url = None
        try:
            wanted = json.loads(line)
            url = wanted.get("url")
            if not isinstance(url, str | None):
                raise TypeError(url)
            path = folder / str(wanted["path"])
            page = _ruled(context, file_page(path, url))
            read = plain(path, page)
            yield _Listed(url, read), None if read else page
        except PressmarkError as error:
            yield _Listed(url, error), None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            said = f'line {number}: expected {{"url": ..., "path": ...}}'
            yield _Listed(url if isinstance(url, str) else None, PressmarkError(said)), None


def _explained(answer: "Extraction") -> dict[str, Any]:
    candidates = [
        {"field": one.field, "value": one.value, "rule": one.rule, "lost": one.lost} for one in answer.candidates
    ]
    return {
        "facts": answer.article.facts,
        "candidates": candidates,
        "unread": list(answer.unread),
        "structure_left_out": dict(answer.structure_left_out),
        "dropped": [{"text": one.text, "reason": one.reason} for one in answer.dropped],
    }


def _print(answer: "Extraction", *, explain: bool) -> None:
    article = answer.article
    click.echo(f"{style('kind', bold=True)}       {kind_in_words(answer.kind)} ({clean(answer.reason)})")
    for name, value in _record(answer, article.url).items():
        if name not in {"kind", "reason", "body", "structure", "authors"} and value is not None:
            rule = f"  ({article.facts[name]})" if name in article.facts else ""
            click.echo(f"{style(f'{name:10}', bold=True)} {clean(str(value))}{style(rule, dim=True)}")
    for author in article.authors:
        click.echo(f"{style('author    ', bold=True)} {clean(author.name)} [{author.kind}]")
    click.echo(f"{style('structure ', bold=True)} {counted(article.structure)}")
    click.echo(f"\n{clean_lines(article.body)}")
    if explain:
        _print_reasons(answer)


def _print_reasons(answer: "Extraction") -> None:
    article = answer.article
    for name in ("authors", "body", "stories", "goes_on", "encoding"):
        if name in article.facts:
            click.echo(f"{style('rule', bold=True)}       {name}: {clean(article.facts[name])}")
    for one in answer.candidates:
        verdict = f"lost: {one.lost}" if one.lost else "won"
        click.echo(f"{style('candidate', bold=True)}  {one.field}: {clean(one.value)[:100]} ({one.rule}) {verdict}")
    for what in answer.unread:
        click.echo(f"{style('not read', bold=True)}   {what}")
    for reason, count in answer.structure_left_out:
        click.echo(f"{style('left out', bold=True)}   {count} {clean(reason)}")
    for dropped in answer.dropped:
        click.echo(f"{style('dropped', bold=True)}    {clean(dropped.text)[:100]} ({dropped.reason})")
