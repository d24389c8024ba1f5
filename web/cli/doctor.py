"""`pressmark doctor`: examine this installation, and name the way out of every problem."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

import click

from corpus.errors import ConfigError, ExitCode
from web.cli.context import Context
from web.cli.examining import SKEW, examine_here, narrowed, walls
from web.cli.finding import Finding
from web.cli.output import clean, json_option, print_json, style

if TYPE_CHECKING:
    from crawler.checkup import HostReport

HELP = """\
Look at this installation, and say what is well, what is wrong, and the way
out.

Configuration, contact, clock, disk, permissions, store, index, scheduler, the
health of the sources and the walls around the processes that read pages; then each source is asked once
for its robots.txt, which shows its name (DNS), its certificate (TLS), its
rules and its clock. --offline leaves the sources out. --fix makes the corpus
this user's alone.

Exit code 5 when there is a problem.

\b
Examples:
  pressmark doctor
  pressmark doctor --offline --fix
  pressmark doctor --json
"""

COLOURS = {"ok": "green", "note": "yellow", "problem": "red"}
WAYS_OUT = {
    "dns": "look at the address in config.toml, and at this machine's name servers",
    "connect": "look at the network, and whether the site is up",
    "proxy": "look at [crawler] proxy, and at what the proxy allows",
    "tls": "the site's certificate, this machine's clock, or a proxy in between is wrong",
    "private-address": "[crawler] allow_addresses opens a range on purpose",
    "port": "[crawler] allow_ports opens a port on purpose",
    "timeout": "try again later; [crawler] timeout and deadline say how long is waited",
}


@click.command(help=HELP)
@click.option("--fix", is_flag=True, help="Make folders 0700 and files 0600.")
@click.option("--offline", is_flag=True, help="Ask no source.")
@json_option
@click.pass_context
def doctor(ctx: click.Context, *, fix: bool, offline: bool, as_json: bool) -> None:
    """Run `pressmark doctor`."""
    found = []
    for each in _findings(ctx.obj, fix=fix, offline=offline):
        found.append(each)
        if not as_json:
            _print(each)
    problems = sum(each.state == "problem" for each in found)
    if as_json:
        print_json([each.record() for each in found])
    else:
        click.echo("no problem" if not problems else "1 problem" if problems == 1 else f"{problems} problems")
    if problems:
        ctx.exit(ExitCode.SOME_FAILED)


def _findings(context: Context, *, fix: bool, offline: bool) -> Iterator[Finding]:
    now = datetime.now(UTC)
    try:
        config = context.config
    except ConfigError as error:
        for problem in error.problems:
            yield Finding("config", "problem", str(problem), "`pressmark config check` shows all of it")
        yield from walls(context)
        return
    if fix and (done := narrowed(config)):
        yield done
    yield from examine_here(context, now)
    if not config.sources:
        return
    if offline or not config.crawler.contact:
        why = "--offline" if offline else "there is no [crawler] contact"
        yield Finding("sources", "note", f"not asked ({why}): names, certificates and robots.txt of the sources")
        return
    from crawler.checkup import ask_hosts

    reports = ask_hosts(config.sources, config.crawler, now=lambda: datetime.now(UTC))
    yield from map(_of_source, reports)
    yield from _clock([each.ahead for each in reports if each.ahead is not None])


def _of_source(report: "HostReport") -> Finding:
    check = f"source {report.source}"
    if report.reason is not None:
        way_out = WAYS_OUT.get(report.reason, f"`pressmark sources '{report.source}'` says how it did")
        return Finding(check, "problem", report.problem, way_out)
    if not report.reachable:
        text = f"its robots.txt answered {report.status}: it is left alone for now"
        return Finding(check, "problem", text, "it is asked again by the next crawl")
    if report.refused is not None:
        text = f"its robots.txt forbids {report.refused}"
        return Finding(check, "problem", text, "ask its owner, or take it out of config.toml")
    said = "robots.txt allows it" if report.status == 200 else f"robots.txt answered {report.status}: no rules"
    delay = f", one request in {report.delay.total_seconds():g} s" if report.delay else ""
    return Finding(check, "ok", f"{said}{delay}")


def _clock(ahead: list[timedelta]) -> Iterator[Finding]:
    """Compare this machine's clock with the middle one of the sources' clocks."""
    if not ahead:
        return
    off = timedelta(seconds=median(each.total_seconds() for each in ahead))
    if abs(off) > SKEW:
        word = "ahead of" if off > timedelta() else "behind"
        minutes = abs(off).total_seconds() / 60
        text = f"this machine's clock is {minutes:,.0f} minutes {word} those of the sources"
        yield Finding("clock", "problem", text, "set it, or let NTP set it")


def _print(found: Finding) -> None:
    word = style(f"{found.state:<7}", fg=COLOURS[found.state])
    click.echo(f"{word}  {clean(found.check)}: {clean(found.text)}")
    if found.way_out and found.state != "ok":
        click.echo(f"{'':9}{clean(found.way_out)}")
