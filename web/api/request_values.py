"""What the API answers, and takes, about requests to the scheduler."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Something that somebody wants of the scheduler.

    Attributes:
        kind: `crawl` of a source, `look` at a site, or `rule` for a source.
        about: The source, the address, or the field and source of the rule.
        state: `waiting`, `taken`, `done`, `failed`, `expired` or `cancelled`.
        outcome: Why it failed; null: it did not, or has not ended.
        run: The number of the crawl that was made.
        found: What a look, or the search for a rule, found.
    """

    id: int
    kind: str
    about: str
    who: str
    made: str
    state: str
    taken: str | None
    finished: str | None
    outcome: str | None
    run: int | None
    found: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """The last 100 requests, the last one first.

    Attributes:
        scheduler_alive: Whether a scheduler is at work that takes them up.
    """

    scheduler_alive: bool
    items: list[Request]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """Something to want of the scheduler.

    Attributes:
        kind: `crawl` or `look`.
        about: The name of a source, or the address of a site.
    """

    kind: str
    about: str
