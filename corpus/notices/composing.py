"""Alarms and receipts of crawls -> the messages that say so, in English, and each a Text that another language says."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from corpus.model import Run
from corpus.notices.values import Alarm, Message
from corpus.runs.words import state_word
from corpus.texts import Text, applied, joined, text, texts

MOST_LINES = 200  # of a message: a night in which 5,000 sources fail is one message that can be read
MOST_EXPLAINED = 10  # alarms; with more, one reads first which they are
LONGEST_SUBJECT = 200  # characters
RETRIES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440, 1440, 1440)
)  # over three days


def of_alarms(new: Sequence[Alarm], over: Sequence[Alarm], at: datetime) -> Message | None:
    """Return the message that names what is wrong since the last one, and what is over; None for neither."""
    if not new and not over:
        return None
    if not new:
        subject: str = (
            text("over: {what}", what=over[0].text)
            if len(over) == 1
            else texts("{n:,} problem is over", "{n:,} problems are over", len(over))
        )
    else:
        subject = new[0].text if len(new) == 1 else _counted(new)
    return _message(f"alarms:{at.isoformat()}", subject, _sections(new, over), at)


def of_run(run: Run, lines: Sequence[str], alarms: Sequence[Alarm], at: datetime) -> Message:
    """Return the message on a crawl that ended: its receipt, and what is wrong since the message before."""
    new = sum(counts.get("new", 0) for counts in run.counts.values())
    subject = text("crawl {id} {state}: {new}", id=run.id, state=state_word(run.status), new=_new(new))
    if alarms:
        subject = joined(", ", [subject, _counted(alarms)])
    return _message(f"run:{run.id}", subject, [*_sections(alarms, ()), *lines], at)


def digest(alarms: Sequence[Alarm], runs: Sequence[Run], at: datetime, zone: tzinfo) -> Message:
    """Return the message of a day: what is wrong now, and what the crawls since the one before brought."""
    day = at.astimezone(zone).date()
    new = sum(counts.get("new", 0) for run in runs for counts in run.counts.values())
    state = _counted(alarms) if alarms else text("all is well")
    subject = text("{day:%Y-%m-%d}: {state}, {new}", day=day, state=state, new=_new(new))
    lines = [*_sections(alarms, ()), text("Crawls:") if runs else text("no crawl since the last digest")]
    return _message(f"digest:{at.isoformat()}", subject, [*lines, *(_brought(run, zone) for run in runs)], at)


def trial(at: datetime) -> Message:
    """Return the message that `pressmark notify test` sends."""
    line = text("This is a test: messages of this archive arrive here.")
    return _message(f"test:{at.isoformat()}", text("a test of messages"), [line], at)


def next_try(tries: int, at: datetime) -> datetime | None:
    """Return when a message that failed so many times is sent again; None: it is given up."""
    return at + RETRIES[tries - 1] if tries <= len(RETRIES) else None


def _message(key: str, subject: str, lines: Sequence[str], at: datetime) -> Message:
    more = len(lines) - MOST_LINES
    if more > 0:
        left_out = texts("and {n:,} line more: `pressmark status`", "and {n:,} lines more: `pressmark status`", more)
        lines = [*lines[:MOST_LINES], left_out]
    return Message(key, applied(_line, subject), applied(_ended, joined("\n", lines)), at)


def _brought(run: Run, zone: tzinfo) -> Text:
    brought = sum(counts.get("new", 0) for counts in run.counts.values())
    values = {"began": run.started.astimezone(zone), "state": state_word(run.status), "n": brought}
    if run.note:
        return text("- {began:%d %b %H:%M}: {state}, {n:,} new: {note}", **values, note=run.note)
    return text("- {began:%d %b %H:%M}: {state}, {n:,} new", **values)


def _sections(new: Sequence[Alarm], over: Sequence[Alarm]) -> list[str]:
    lines: list[str] = [text("What is wrong:"), *_items(new), ""] if new else []
    return [*lines, *([text("What is over:"), *map(_item, over), ""] if over else [])]


def _items(alarms: Sequence[Alarm]) -> list[str]:
    """Return a line for each alarm, and what more there is to say where they are few enough to be read one by one."""
    if len(alarms) > MOST_EXPLAINED:
        more = [text("What to do about each: `pressmark status`")] if any(each.more for each in alarms) else []
        return [*map(_item, alarms), *more]
    return [line for each in alarms for line in (_item(each), *(applied(_indented, more) for more in each.more))]


def _item(alarm: Alarm) -> Text:
    return text("- {alarm}", alarm=alarm.text)


def _counted(alarms: Sequence[Alarm]) -> Text:
    return texts("{n:,} problem", "{n:,} problems", len(alarms))


def _new(count: int) -> Text:
    return texts("{n:,} new article", "{n:,} new articles", count)


def _ended(text: str) -> str:
    """Return a text that ends with one line end."""
    return text.rstrip() + "\n"


def _indented(text: str) -> str:
    return f"  {text}"


def _line(text: str) -> str:
    """Return a text in one line of bounded length, as a subject must be."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 3]}..."
