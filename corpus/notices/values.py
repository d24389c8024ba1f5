"""The values of notices: an alarm, a message, and its delivery by one channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Channel(StrEnum):
    """A way by which messages are sent."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that is wrong now: `key` is the same as long as it is the same thing, `text` is a sentence.

    `more` has further sentences: what it means, and what to do. They are sent with it and not stored.
    """

    key: str
    text: str
    more: tuple[str, ...] = ()

    @property
    def lasts(self) -> bool:
        """Whether the trouble can end; a run that was late or died is past as soon as it is known."""
        return not self.key.startswith(("run:", "late:"))


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. `key` names it for ever: a message whose key was stored before is not stored again.

    Attributes:
        html: The text as HTML, for mails; None: there is none.
        stop: The address at which the recipient ends such messages; None: there is none.
        data: What a webhook gets beside the text.
        to: The addresses that are still to get it by mail, when a server took it for others; empty: all of config.
    """

    key: str
    subject: str
    text: str
    at: datetime
    html: str | None = None
    stop: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotReached:
    """Whom a message did not reach, though it reached others, and a sentence on why; no addresses: nobody has it."""

    addresses: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message on its way by one channel. `state` is waiting, sent or given-up; `error` is of the last try."""

    message: Message
    channel: Channel
    state: str = "waiting"
    tries: int = 0
    error: str | None = None
