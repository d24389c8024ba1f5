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
        config: What names the state of config.toml now, for `expected` of an addition; null: there is no such file.
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
    config: str | None


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
        kind: `crawl`, `look` or `rule`.
        about: The name of a source, the address of a site, or a field and a source that `/rules` offers, such as
            `authors herald.example`.
    """

    kind: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddition:
    """What of a finished look or trial to write into config.toml.

    Attributes:
        name: Of a look: what to call the source; empty: by its site.
        rule: Of a trial: the place of a rule in `found.rules`, from 0.
        expected: The `config` of the request: when the file has changed since, nothing is written (409); empty:
            written whatever the file holds now.
    """

    name: str = ""
    rule: int | None = None
    expected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What was written into config.toml, a copy of which was made.

    Attributes:
        source: The source that is new, or has a further feed or a rule now.
        said: What was done, in words.
    """

    source: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOffer:
    """A field that was corrected so often on a source that a rule may read it.

    Attributes:
        about: What `POST /requests` takes as `about`, with the kind `rule`, to try rules on captured pages.
        corrections: How many stand.
        has_rule: config.toml has a rule for the field already.
        request: The number of the latest trial; null: there was none.
    """

    source: str
    field: str
    about: str
    corrections: int
    has_rule: bool
    request: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules that corrections offer, by source."""

    items: list[RuleOffer]
