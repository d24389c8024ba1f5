"""Alarms that no longer stand -> those that are over, in the words that say so."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from corpus.health.values import Health, HealthState
from corpus.notices.values import Alarm
from corpus.texts import Text, joined, text
from web.layout.alarms import KEY_OF_SOURCE
from web.layout.health_words import DRIFT_WORDS, STATE_WORDS

if TYPE_CHECKING:
    from corpus.config import Config
    from corpus.store import ArticleStore


def ended(config: "Config", store: "ArticleStore", alarms: Iterable[Alarm]) -> list[Alarm]:
    """Return those of former alarms that are over, in the words that say so.

    A trouble that a source still has, and that its user knows of, is not over; of a source that is not followed any
    more nothing is said.
    """
    health = store.health.all(paused=True)
    followed = {source.name for source in config.sources}
    found = []
    for alarm in alarms:
        if (of := KEY_OF_SOURCE.fullmatch(alarm.key)) is None:
            found.append(alarm)
        elif of["source"] in followed and (now := health.get(of["source"])) is not None:
            state, drifting = of["state"], of["drifting"] or ""
            if (state, drifting) not in [(each.state, each.drifting) for each in now.troubles]:
                was = _state(state, drifting)
                began = datetime.fromisoformat(of["since"])
                found.append(Alarm(alarm.key, _over(was, began, now, config)))
    return found


def _over(was: str, began: datetime, now: Health, config: "Config") -> Text:
    """Say that a trouble is over: its source is well, or has other troubles."""
    began = began.astimezone(config.zone)
    values = {"source": now.source, "state": was, "began": began}
    if now.state is not HealthState.OK:
        others = joined(", ", [_state(each.state, each.drifting) for each in now.troubles])
        return text(
            "{source} is no longer {state}, which it was from {began:%d %b %Y}; it is {others} now",
            **values,
            others=others,
        )
    well = now.since.astimezone(config.zone)
    if began.date() == well.date():
        return text("{source} was {state} on {began:%d %b %Y}, and is well", **values)
    return text("{source} was {state} from {began:%d %b %Y} to {well:%d %b %Y}, and is well", **values, well=well)


def _state(state: str, drifting: str) -> str:
    """Return such as "failing" or "drifting (author)"."""
    word = STATE_WORDS.get(state, state)
    return text("{state} ({what})", state=word, what=DRIFT_WORDS.get(drifting, drifting)) if drifting else word
