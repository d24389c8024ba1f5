"""A state -> its word; how a source does -> a line: its state, since when and why."""

from collections.abc import Mapping
from datetime import tzinfo

from corpus.health.shares import STORY
from corpus.health.values import GONE, Health, HealthState
from corpus.model import Outcome
from corpus.reasons import in_words
from corpus.runs.words import STATES
from corpus.texts import Text, joined, text

STATE_WORDS: Mapping[str, Text] = {
    **STATES,
    HealthState.MOVED: text("moved"),
    HealthState.BLOCKED: text("blocked"),
    HealthState.FAILING: text("failing"),
    HealthState.DRIFTING: text("drifting"),
    HealthState.SLOW: text("slow"),
    HealthState.QUIET: text("quiet"),
    "missing": text("missing"),
    "paused": text("paused"),
    "waiting": text("waiting"),
    "at work": text("at work"),
    "cancelled": text("cancelled"),
    "expired": text("expired"),
}
DRIFT_WORDS: Mapping[str, Text] = {
    "author": text("author"),
    "date": text("date"),
    "day": text("day"),
    "headline": text("headline"),
    "text": text("text"),
    STORY: text("new stories"),
    GONE: text("stories that are gone"),
}
OUTCOME_WORDS: Mapping[str, Text] = {
    Outcome.NEW: text("new"),
    Outcome.CHANGED: text("changed"),
    Outcome.UNCHANGED: text("unchanged"),
    Outcome.READ: text("read"),
    Outcome.NOT_ARTICLE: text("no article"),
    Outcome.REDIRECTED: text("redirected"),
    Outcome.WITHDRAWN: text("withdrawn"),
    Outcome.REFUSED: text("refused"),
    Outcome.FAILED: text("failed"),
    "left-out": text("left out"),
    "copy": text("copy"),
    "article": text("article"),
    "listing": text("listing"),
    "waiting": text("waiting"),
}


def in_a_line(health: Health, zone: tzinfo) -> str:
    """Return such as "failing since 01 Mar 2026: no story could be read: a fault of ours ×12", without a full stop.

    Of several troubles each is said so.
    """
    if health.state is HealthState.OK:
        return STATE_WORDS[health.state]
    return joined("; ", [_one_in_a_line(each, zone) for each in health.apart()])


def _one_in_a_line(health: Health, zone: tzinfo) -> Text:
    values = {"state": STATE_WORDS[health.state], "since": health.since.astimezone(zone), "why": in_words(health.why)}
    if health.acknowledged is None:
        return text("{state} since {since:%d %b %Y}: {why}", **values)
    return text(
        "{state} since {since:%d %b %Y}: {why} (acknowledged {acknowledged:%d %b %Y})",
        **values,
        acknowledged=health.acknowledged.astimezone(zone),
    )


def named_in_a_line(health: Health, zone: tzinfo) -> str:
    """Return the same with the name of the source, as config.toml has it, before it."""
    return text("{source} is {state}", source=health.source, state=in_a_line(health, zone))
