"""`pressmark prune`: take away what crawls left behind and [keep] no longer wants."""

from datetime import UTC, datetime

import click

from corpus.texts.counted import counted
from corpus.texts.sizes import Size
from web.cli.context import Context
from web.cli.output import json_option, print_json

HELP = """\
Take away what is older than [keep] in config.toml says: the log of single
visits, the receipts of crawls, and raw responses, whose room goes back to the
disk; and stored bundles of dossiers that were deleted too long ago for an undo.
No article goes; one whose raw response went cannot be read again.

\b
Examples:
  pressmark prune --dry-run    say what would go
  pressmark prune
"""


@click.command(help=HELP)
@click.option("--dry-run", is_flag=True, help="Say what would go, and take nothing.")
@json_option
@click.pass_context
def prune(ctx: click.Context, *, dry_run: bool, as_json: bool) -> None:
    """Run `pressmark prune`."""
    from dataclasses import asdict

    from corpus import locks
    from corpus.preservation import pruning

    context: Context = ctx.obj
    config = context.config
    with locks.hold(config.crawl_lock, what="a pruning"):
        done = pruning.prune(context.store, config.captures, config.keep, datetime.now(UTC), dry_run=dry_run)
    if as_json:
        print_json(asdict(done))
        return
    would = "would go" if dry_run else "went"
    click.echo(
        f"{counted(done.visits, 'visit')} and {counted(done.runs, 'receipt of a crawl', 'receipts of crawls')} {would}"
    )
    if done.bundles:
        files = counted(done.bundles, "deleted file of a dossier", "deleted files of dossiers")
        context.say(f"{files} {would}, {Size(done.bundle_bytes)}")
    if config.keep.captures is None:
        context.say("raw responses are kept for ever: [keep] captures is not set")
        return
    files = f", {counted(done.files, 'file')} whole" if done.files else ""
    click.echo(f"{counted(done.captures, 'raw response')} {would}{files}, about {Size(done.bytes)}")
    if done.needed:
        context.say(f"{counted(done.needed, 'older raw response')} kept, as later ones refer to the text")
    if done.stuck:
        context.say(f"{counted(done.stuck, 'older raw response')} kept: too short to be emptied, or damaged")
    if done.damaged:
        context.say(
            f"{counted(done.damaged, 'file')} of raw responses with damage: what stands behind it is kept, however old;"
            " `pressmark check --full` names the places"
        )
