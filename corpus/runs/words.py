"""The status of a run, its state for a source, who started it, what it left -> its words, in English and as a Text."""

from collections.abc import Mapping
from datetime import datetime

from corpus.texts import Text, text, texts

LONGEST_EXAMPLE = 200  # characters of an address that is only one of many; `--json` has it whole

STATES: Mapping[str, Text] = {
    "running": text("running"),
    "ok": text("ok"),
    "done": text("done"),
    "partial": text("partial"),
    "stopped": text("stopped"),
    "interrupted": text("interrupted"),
    "failed": text("failed"),
    "died": text("died"),
}


TRIGGERS: Mapping[str, Text] = {
    "manual": text("hand"),
    "schedule": text("the schedule"),
    "request": text("a request"),
}


def trigger_word(trigger: str) -> str:
    """Return the words after "started by" for what started a run; an unknown value is returned as it is."""
    return TRIGGERS.get(trigger, trigger)


def state_word(state: str) -> str:
    """Return the word of a state; an unknown state, which a store from elsewhere may have, is returned as it is."""
    return STATES.get(state, state)


def left_over(addresses: int, rests_until: datetime | None = None, at_rest: int = 0) -> Text:
    """Say how many addresses were due and a run did not ask for: it was ended, it had its fill, or a host rests.

    `rests_until` is in the zone of who reads it; `at_rest`: how many wait for that, 0 where all do.
    """
    if rests_until is not None and 0 < at_rest < addresses:
        return text(
            "{n:,} addresses due and not asked for: for {rest:,} of them the host rests until {until:%d %b %Y %H:%M},"
            " and the next crawl begins with the others",
            n=addresses,
            rest=at_rest,
            until=rests_until,
        )
    if rests_until is not None:
        return texts(
            "{n:,} address due and not asked for: its host rests until {until:%d %b %Y %H:%M}",
            "{n:,} addresses due and not asked for: the host rests until {until:%d %b %Y %H:%M}",
            addresses,
            until=rests_until,
        )
    return texts(
        "{n:,} address due and not asked for: the next crawl begins there",
        "{n:,} addresses due and not asked for: the next crawl begins there",
        addresses,
    )


def at_rest(addresses: int, until: datetime) -> Text:
    """Say how many addresses are due whose host rests, until a moment in the zone of who reads it."""
    return texts(
        "{n:,} address is due, and its host rests until {until:%d %b %Y %H:%M}",
        "{n:,} addresses are due, and the host rests until {until:%d %b %Y %H:%M}",
        addresses,
        until=until,
    )
