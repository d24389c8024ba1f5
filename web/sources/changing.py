"""A source paused, resumed, its trouble acknowledged, an address asked for after all: what its page changes."""

from datetime import datetime
from typing import Any

from flask import Blueprint, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.model import Discovered, UrlKind
from corpus.reasons import Reason, consequence, word_of
from corpus.store import ArticleStore
from corpus.texts import text
from corpus.via import Via
from indexer.results.addressed import address_of
from web.layout.changes import change, done
from web.layout.health_words import STATE_WORDS
from web.layout.paths import source_path
from web.layout.problems import NotAllowed
from web.layout.render import number
from web.layout.services import current_services
from web.layout.who import Right
from web.sources.look_page import remove

blueprint = Blueprint("changing", __name__)

# Reasons that are a guess or a bound of ours; what robots.txt or the settings refuse is not asked for from a page.
ON_REQUEST = frozenset({Reason.SHAPE, Reason.SERIES, Reason.QUOTA})


@change(blueprint, "/sources", Right.EDIT)
def change_source() -> Reply:
    """Change what is said of a source in the form."""
    services, do, name = current_services(), request.form.get("do", ""), request.form.get("name", "")
    if services.config.source(name) is None:
        raise NotFound
    store, now = services.store, services.now()
    is_paused = name in store.schedule.paused()
    undo: dict[str, Any] | None = None
    words: str
    if do == "pause" and not is_paused:
        store.sources.pause(name, now)
        words, undo = text("{name} is paused: no crawl asks it.", name=name), {"kind": "source paused", "name": name}
    elif do == "resume" and is_paused:
        store.sources.pause(name, None)
        words, undo = text("{name} is crawled again.", name=name), {"kind": "source resumed", "name": name}
    elif do == "acknowledge":
        found = store.health.acknowledge(name, now)
        if found is None:
            raise NotAllowed(text("{name} has no trouble to acknowledge.", name=name))
        words = text(
            "{name} is {state}, and that is acknowledged until it is well, or another trouble comes.",
            name=name,
            state=STATE_WORDS[found.state],
        )
    elif do == "remove":
        lines = remove(name, now)
        words = text("{source} is taken out of config.toml; its articles stay in the archive.", source=name)
        return done(words, {"kind": "source removed", "name": name, "lines": lines}, "/sources")
    elif do == "ask":
        words = _ask(name, request.form.get("url", ""))
    else:
        if is_paused:
            raise NotAllowed(text("{name} is paused; nothing was changed.", name=name))
        raise NotAllowed(text("{name} is not paused; nothing was changed.", name=name))
    return done(words, undo, source_path(name))


def left_out(name: str) -> list[dict[str, Any]]:
    """Return the addresses of a source that were left out, by reason: how many, why, the latest few."""
    found = current_services().store.census.left_out(name)
    return [
        {
            "reason": reason,
            "says": consequence(reason).says,
            "count": number(count),
            "examples": examples,
            "on_request": word_of(reason) in ON_REQUEST,
        }
        for reason, (count, examples) in found.items()
    ]


def resume(store: ArticleStore, was: dict[str, Any], _: datetime) -> None:
    """Undo a pause."""
    store.sources.pause(was["name"], None)


def pause(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Undo that a source goes on."""
    store.sources.pause(was["name"], now)


def _ask(name: str, typed: str) -> str:
    """Put an address that was left out among those to be asked; the next crawl of the source asks for it."""
    services = current_services()
    url = address_of(typed) or ""
    known = services.store.evidence.left_out(url, name) if url else None
    if known is None or word_of(known[0].reason) not in ON_REQUEST:
        raise NotAllowed(
            text(
                "“{typed}” is no address of {source} that was left out and may be asked for.",
                typed=typed[:100],
                source=name,
            )
        )
    services.store.frontier.add([Discovered(url=url, kind=UrlKind.ARTICLE, via=Via.HAND)], name, services.now())
    return text("{url} is asked for in the next crawl of {source}.", url=url, source=name)
