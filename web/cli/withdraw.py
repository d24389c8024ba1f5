"""`pressmark withdraw`: take an article's text away for good, and keep the fact that it was there."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from corpus.errors import ExitCode, PressmarkError
from corpus.store.articles.filing import BY_HAND
from corpus.texts.counted import counted
from web.accounts import change_words
from web.cli.api_calls import note
from web.cli.confirming import make_sure, yes_option
from web.cli.context import Context
from web.cli.output import clean, json_option, print_json
from web.cli.show import article_of

if TYPE_CHECKING:
    from corpus.model import CaptureRef

HELP = """\
Take an article's text away for good: out of the article and its earlier texts,
and out of the search; a stored bundle of a dossier that has it goes whole. Its
page /a/MARK says that it was there and why it is gone. No crawl and no import
brings it back. It asks first; where no terminal is, --yes is needed.

The raw responses of its address are kept, unless --captures empties them, too.
Backups and exports that were made before still have the text, and so may raw
responses of feeds that quoted it. The index no longer finds it; its words leave
the files of the index at their next merge, or by `pressmark index rebuild`.

\b
Examples:
  pressmark withdraw k7f003 --reason 'asked for by the author'
  pressmark withdraw k7f003 --reason 'court order' --captures --yes
"""

MAX_REASON = 500  # characters; it stands on the page


@click.command(help=HELP)
@click.argument("which", metavar="MARK|URL")
@click.option("--reason", required=True, help="Why; it stands on the article's page.")
@click.option("--captures", is_flag=True, help="Empty the raw responses of the article, too.")
@yes_option
@json_option
@click.pass_context
def withdraw(ctx: click.Context, *, which: str, reason: str, captures: bool, yes: bool, as_json: bool) -> None:
    """Run `pressmark withdraw`."""
    from web.cli.index import update_index

    context: Context = ctx.obj
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= MAX_REASON:
        raise click.UsageError(f"--reason: {counted(len(reason), 'character')}: expected 1 to {MAX_REASON}")
    stored = article_of(context, which)
    shown = clean(stored.article.headline or stored.article.url)
    make_sure(f"take the text of {stored.mark} ({shown}) away for good?", yes=yes)
    taken = context.store.withdraw_by_hand(stored.id, reason, at=datetime.now(UTC))
    note(context, change_words.withdrawn(stored.mark, reason))
    if not as_json:
        done = f"is withdrawn, {counted(taken.texts, 'text')} taken away"
        done = "was withdrawn already" if stored.withdrawn and not taken.texts else done
        click.echo(f"{stored.mark} {done}: {clean(taken.reason.removeprefix(BY_HAND))}")
    if taken.copies:
        context.say(f"the same text stands as {', '.join(taken.copies)}: withdraw what must go, too")
    if taken.bundles:
        context.say(f"stored files of dossiers that had it are gone with it: {', '.join(taken.bundles)}")
    shared = _responses_of(context, taken.copies) if captures else {}
    left = _empty(context, taken.captures) if captures else _held(context, taken.captures)
    emptied_too = [mark for mark, ref in shared.items() if not _held(context, (ref,))]
    if emptied_too:
        context.say(f"the raw response of {', '.join(emptied_too)} was the same, and is emptied with it")
    if not captures and left:
        context.say(f"{counted(left, 'raw response')} may still hold the text: --captures empties them")
    update_index(context)
    if taken.texts:
        context.say(
            "its words leave the files of the index when they are merged: `pressmark index rebuild` does it now"
        )
    if as_json:
        copies = list(taken.copies)
        print_json(
            {
                "id": stored.mark,
                "reason": reason,
                "texts": taken.texts,
                "copies": copies,
                "bundles": list(taken.bundles),
                "responses_left": left,
                "emptied_too": emptied_too,
            }
        )
    if captures and left:
        ctx.exit(ExitCode.SOME_FAILED)


def _responses_of(context: Context, marks: tuple[str, ...]) -> "dict[str, CaptureRef]":
    """Return mark -> raw response, of articles with the same text whose response is not empty: it may be the same."""
    found = {mark: context.store.by_mark(mark) for mark in marks}
    refs = {mark: one.article.capture for mark, one in found.items() if one is not None}
    return {mark: ref for mark, ref in refs.items() if ref is not None and _held(context, (ref,))}


def _held(context: Context, refs: "tuple[CaptureRef, ...]") -> int:
    """Return how many of the raw responses were not emptied before; one that cannot be read may hold the text."""
    from corpus.captures import Captures

    with Captures(context.config.captures) as captures:
        return sum(not captures.is_emptied(ref) for ref in refs)


def _empty(context: Context, refs: "tuple[CaptureRef, ...]") -> int:
    """Empty the raw responses and say how many; return how many could not be."""
    from corpus.captures import Captures

    emptied = failed = 0
    with Captures(context.config.captures) as captures:
        for ref in refs:
            try:
                emptied += captures.empty(ref)
            except PressmarkError as error:
                failed += 1
                context.say(f"not emptied: {error}")
    context.say(f"{counted(emptied, 'raw response')} emptied")
    return failed
