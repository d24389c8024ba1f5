"""Alarms and receipts of crawls -> the messages that say so."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from corpus.model import Run
from corpus.notices.values import Alarm, Message

MOST_LINES = 200  # of a message: a night in which 5,000 sources fail is one message that can be read
RETRIES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440, 1440, 1440)
)  # over three days


def of_alarms(new: Sequence[Alarm], over: Sequence[Alarm], at: datetime) -> Message | None:
    """Return the message that names what is wrong since the last one, and what is well again; None for neither."""
    if not new and not over:
        return None
    subject = _counted(new) if new else f"well again: {over[0].text}"
    if len(new) == 1:
        subject = new[0].text
    return Message(f"alarms:{at.isoformat()}", _line(subject), _text(_sections(new, over)), at)


def of_run(run: Run, lines: Sequence[str], alarms: Sequence[Alarm], at: datetime) -> Message:
    """Return the message on a crawl that ended: its receipt, and what is wrong since the message before."""
    new = sum(counts.get("new", 0) for counts in run.counts.values())
    subject = f"crawl {run.id} {run.status}: {new:,} new {'article' if new == 1 else 'articles'}"
    if alarms:
        subject += f", {_counted(alarms)}"
    return Message(f"run:{run.id}", _line(subject), _text([*_sections(alarms, ()), *lines]), at)


def digest(alarms: Sequence[Alarm], runs: Sequence[Run], at: datetime, zone: tzinfo) -> Message:
    """Return the message of a day: what is wrong now, and what the crawls since the one before brought."""
    day = at.astimezone(zone).date()
    new = sum(counts.get("new", 0) for run in runs for counts in run.counts.values())
    said = _counted(alarms) if alarms else "all is well"
    lines = [*_sections(alarms, ()), "no crawl since the last digest" if not runs else "Crawls:"]
    for run in runs:
        brought = sum(counts.get("new", 0) for counts in run.counts.values())
        note = f": {run.note}" if run.note else ""
        lines.append(f"- {run.started.astimezone(zone):%d %b %H:%M}: {run.status}, {brought:,} new{note}")
    return Message(f"digest:{at.isoformat()}", _line(f"{day}: {said}, {new:,} new articles"), _text(lines), at)


def trial(at: datetime) -> Message:
    """Return the message that `pressmark notify test` sends."""
    text = "This is a test: messages of this archive arrive here.\n"
    return Message(f"test:{at.isoformat()}", "a test of messages", text, at)


def next_try(tries: int, at: datetime) -> datetime | None:
    """Return when a message that failed so many times is sent again; None: it is given up."""
    return at + RETRIES[tries - 1] if tries <= len(RETRIES) else None


def _sections(new: Sequence[Alarm], over: Sequence[Alarm]) -> list[str]:
    lines = ["What is wrong:", *(f"- {alarm.text}" for alarm in new), ""] if new else []
    return [*lines, *(["Well again:", *(f"- {alarm.text}" for alarm in over), ""] if over else [])]


def _counted(alarms: Sequence[Alarm]) -> str:
    return f"{len(alarms):,} {'problem' if len(alarms) == 1 else 'problems'}"


def _text(lines: Sequence[str]) -> str:
    more = len(lines) - MOST_LINES
    shown = [*lines[:MOST_LINES], f"and {more:,} lines more: `pressmark status`"] if more > 0 else lines
    return "\n".join(shown).rstrip() + "\n"


def _line(text: str) -> str:
    """Return a text in one line of bounded length, as a subject must be."""
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:197]}..."
