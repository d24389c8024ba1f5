"""`pressmark check`: look for damage in the store, the raw responses and the index, and repair it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from corpus.errors import ExitCode, IndexError_, StoreError
from corpus.texts.counted import counted
from web.cli.context import Context
from web.cli.output import clean, json_option, print_json

if TYPE_CHECKING:
    from pathlib import Path

HELP = """\
Look for damage, and say what was found, a line each.

The quick check reads the store's pages and the index's table of contents. With
--full, every text is compared with its fingerprint, every raw response is
unpacked, and every byte of the index is read. Exit code 1 if anything is
damaged. A damaged article is left out of searches and exports until it is
mended: --mend takes its text from the stored response or from an earlier
revision, and rebuilds damaged indexes of the store's file from its tables, and
its dictionaries from what is left of them, and then a damaged search index
from the articles. An index whose damage a search meets does so by itself.

\b
Examples:
  pressmark check
  pressmark check --full
  pressmark check --full --mend
"""


@click.command(help=HELP)
@click.option("--full", is_flag=True, help="Read everything, which takes a while.")
@click.option("--mend", is_flag=True, help="Mend what is found damaged.")
@json_option
@click.pass_context
def check(ctx: click.Context, *, full: bool, mend: bool, as_json: bool) -> None:
    """Run `pressmark check`."""
    from corpus.errors import NotFound

    context: Context = ctx.obj
    context.require_folder()
    if not context.config.store.exists():
        raise NotFound(f"{context.config.store}: no article store here: there is nothing to check")
    problems = [*context.store.damage.check(full=full), *_captures(context.config.captures, full=full)]
    of_index = _index(context, full=full)
    problems += of_index
    for problem in problems if not as_json else ():
        click.echo(clean(problem))
    say = context.say if as_json else click.echo
    mended = _mend(context, say, problems) if mend else 0
    if of_index and mend:
        _mend_index(context, say)
    elif of_index:
        context.say("the index loses nothing: --mend, or `pressmark index rebuild`, rebuilds it from the articles")
    if as_json:
        left = len(context.store.damage.articles())
        print_json({"full": full, "problems": problems, "mended": mended, "damaged": left})
    if problems:
        ctx.exit(ExitCode.FAILED)
    if as_json:
        return
    click.echo("nothing is damaged" if full else "nothing was found damaged; --full reads every text and response")


def _captures(folder: "Path", *, full: bool) -> Iterator[str]:
    """What is wrong with the raw responses; the end of the last file may be torn, which the next crawl cuts off."""
    from corpus.warc.exchange import whole_until

    files = sorted(folder.glob("pressmark-*.warc.gz"))
    for path in files:
        try:
            with path.open("rb") as file:
                end, size = whole_until(file) if full else path.stat().st_size, path.stat().st_size
        except OSError as error:
            yield f"{path}: cannot be read: {error.strerror}"
            continue
        if end < size and path != files[-1]:
            yield f"{path}: damaged from byte {end:,} on"
        elif end < size:
            yield f"{path}: damaged from byte {end:,} on, or a crawl was stopped in the middle of a response"


def _index(context: Context, *, full: bool) -> list[str]:
    from indexer.open import verify_configured

    if full:
        return verify_configured(context.config, context.store)
    engine = context.engine
    damage = None if engine.position else engine.damage  # the position is 0 where the newest commit is damaged
    return [f"the index is damaged: {damage}"] if damage else []


def _mend_index(context: Context, say: Callable[[str], object]) -> None:
    """Rebuild the index from the articles, and say what came of it."""
    from indexer.open import rebuild_index

    try:
        built = rebuild_index(context.config, context.store)
    except (IndexError_, StoreError) as error:
        say(f"the index: not mended: {clean(str(error))}")
    else:
        say(f"the index is rebuilt from {counted(built.articles, 'article')}")


def _mend_file(context: Context, say: Callable[[str], object], problems: Sequence[str]) -> None:
    """Mend the store's dictionaries and indexes, and say what came of it."""
    path = str(context.store.path)
    if not any(problem.startswith((path, "dictionary ")) for problem in problems):
        return
    try:
        for done in context.store.damage.remake_dictionaries():
            say(f"{path}: {done}")
    except StoreError as error:
        say(f"its dictionaries: not mended: {clean(str(error))}")
    helped = context.store.damage.remake_indexes()
    if helped:
        say(f"{path}: its indexes are rebuilt from its tables, and it is whole")
    elif helped is None:
        say(f"{path}: it is whole")
    else:
        say(f"{path}: not whole: not its indexes alone are damaged, and rebuilding them did not help: restore a backup")


def _mend(context: Context, say: Callable[[str], object], problems: Sequence[str]) -> int:
    """Mend the store's indexes, and each article on the list from its response or else its newest whole revision.

    Return how many articles are mended.
    """
    from crawler.rereading import read_again

    _mend_file(context, say, problems)
    waiting = context.store.damage.articles()
    if not waiting:
        return 0
    name = context.store.damage.name
    for id, answer in read_again(context.config, context.store, waiting, context.shared_workers):
        if not isinstance(answer, str) and context.store.amend_many([answer]):
            say(f"article {name(id)}: mended from its stored response")
        elif revision := context.store.damage.mend(id):
            say(f"article {name(id)}: mended from its revision {revision}")
        else:
            why = answer if isinstance(answer, str) else "it was written meanwhile"
            say(f"article {name(id)}: not mended: no revision is whole, and its response: {clean(why)}")
    left = context.store.damage.articles()
    say(f"mended {len(waiting) - len(left):,} of {counted(len(waiting), 'damaged article')}")
    return len(waiting) - len(left)
