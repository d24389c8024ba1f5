"""`pressmark config`: check the configuration, show it, tell where it is, or give its schema."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import ConfigError
from web.cli.config_trial import lines, problems
from web.cli.context import Context
from web.cli.output import clean, json_option, moment, print_json

if TYPE_CHECKING:
    from corpus.config import Config
    from corpus.errors import Problem


@click.group(help="Check the configuration, show it, or tell where it is.")
def config() -> None:
    """Check the configuration, show it, or tell where it is."""


MOST_SOURCES = 50  # that have a line; thousands would hide what is said at the end

CHECK = """\
Read the configuration and name every problem at once; exit code 3 if there is
one. Selectors, files of cookies, `ca` and `bind` are tried, and each source has
a line that says when it is crawled next. No site and no proxy is asked.
"""


@config.command(help=CHECK)
@json_option
@click.pass_context
def check(ctx: click.Context, *, as_json: bool) -> None:
    """Check the configuration, and print all problems."""
    from corpus.config import examined

    context: Context = ctx.obj
    found, wrong = examined(context.file, cwd=context.folder)
    if found is None:
        raise ConfigError(wrong)
    faults = tuple(problems(found))
    if found.crawler.site_rules and found.crawler.site_rules.is_dir():
        faults += _check_rules(context, found.crawler.site_rules, say=context.say if as_json else click.echo)
    if wrong := _together(wrong, faults):
        raise ConfigError(wrong)
    count = len(found.sources)
    if as_json:
        print_json(_checked(found, datetime.now(UTC)))
    else:
        for line in islice(lines(found, datetime.now(UTC)), MOST_SOURCES):
            click.echo(line)
        if count > MOST_SOURCES:
            click.echo(f"  and {count - MOST_SOURCES:,} more; `pressmark schedule` lists the next crawls")
        click.echo(f"{found.path or 'defaults'}: valid, {count} {'source' if count == 1 else 'sources'}")
    if found.crawler.proxy and found.crawler.proxy_resolves:
        context.say("note: names are left to the proxy: its own rules must keep requests from private addresses")
    if not found.crawler.contact:
        context.say("note: [crawler] contact is not set; crawls are off until it is")


def _checked(config: "Config", now: datetime) -> dict[str, object]:
    """Return a valid configuration for a program: its sources, each with when it is crawled next."""
    cadences = ((source.name, source.schedule or config.schedule.crawl) for source in config.sources)
    return {
        "file": str(config.path) if config.path else None,
        "valid": True,
        "contact": config.crawler.contact,
        "sources": [
            {"source": name, "schedule": str(cadence), "next": moment(cadence.next(now, config.zone))}
            for name, cadence in cadences
        ],
    }


def _together(wrong: "tuple[Problem, ...]", tried: "tuple[Problem, ...]") -> "tuple[Problem, ...]":
    """Return what reading found wrong and what a trial did, in the order of the file; nothing is named twice."""
    keys, said = {each.key for each in wrong if each.key}, {each.message for each in wrong}
    new = (
        each
        for each in tried
        if each.key not in keys
        and each.key.removesuffix(".url") not in keys  # of a source that is none
        and f"{each.file}: {each.message}" not in said
    )
    return tuple(sorted((*wrong, *new), key=lambda each: each.line or 0))


def _check_rules(context: Context, folder: Path, *, say: Callable[[str], object]) -> "tuple[Problem, ...]":
    """Say how many rule files there are, and what of them is not followed; return all that is wrong with the files."""
    from crawler.extraction.site_selectors import all_rules, faults_of

    rules = tuple(all_rules(folder))
    if wrong := tuple(faults_of(rules)):
        return wrong
    ours = sum(rule.file.endswith(".toml") for rule in rules)
    say(clean(f"{folder}: rule files: {ours} of ours, {len(rules) - ours} in the format of ftr-site-config"))
    ignored: Counter[str] = Counter()
    for rule in rules:
        ignored.update(dict(rule.ignored))
    if ignored:
        said = ", ".join(f"{name} {count}" for name, count in ignored.most_common())
        context.say(clean(f"note: commands that are not followed: {said}"))
    return ()


@config.command(help="Print every setting as it holds.")
@click.option("--origin", is_flag=True, help="Say where each is from: file and line, variable, or default.")
@json_option
@click.pass_context
def show(ctx: click.Context, *, origin: bool, as_json: bool) -> None:
    """Print every setting as it holds."""
    found = ctx.obj.config
    if as_json:
        print_json(found.model_dump(mode="json", by_alias=True))
        return
    for each in found.settings():
        value = "(not set)" if each.value is None else json.dumps(each.value, ensure_ascii=False)
        place = f"  # {each.origin}" if origin else ""
        click.echo(clean(f"{each.key} = {value}{place}"))


@config.command(help="Print which file is used, and why.")
@json_option
@click.pass_context
def path(ctx: click.Context, *, as_json: bool) -> None:
    """Print which file is used, and why."""
    import os

    from corpus.config import find

    context: Context = ctx.obj
    found = find(context.file, cwd=(context.folder or Path.cwd()).absolute(), environ=os.environ)
    if as_json:
        print_json({"path": str(found.path) if found.path else None, "why": found.why})
        return
    click.echo(f"{found.path or 'no file'} ({found.why})")


@config.command(help="Print the JSON Schema of config.toml, for editors.")
@json_option
def schema(*, as_json: bool) -> None:  # noqa: ARG001  it is JSON either way
    """Print the schema."""
    from corpus.config import json_schema

    print_json(json_schema())
