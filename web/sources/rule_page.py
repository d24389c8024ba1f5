"""Rules that corrections offer -> what the pages show of them; the one that is taken, written to config.toml."""

from datetime import datetime
from typing import Any

from corpus.config.secrets import added_lines
from corpus.config.source_tables import with_setting
from corpus.config.writing import change_file, checksum
from corpus.corrections.rules import DAY_FIRST, ENOUGH, SELECTORS, about, parts
from corpus.corrections.values import Field
from corpus.errors import ConfigChanged, PressmarkError
from corpus.store import ArticleStore
from corpus.store.crawls.requests import CrawlRequest, RequestKind, RequestState
from corpus.texts import joined, text, texts
from web.corrections.wording import NAMES, SMALL_NAMES, in_words
from web.layout.changes import Action
from web.layout.paths import source_path
from web.layout.problems import NotAllowed
from web.layout.render import one_line
from web.layout.services import current_services
from web.layout.state import address
from web.sources.look_page import NO_FILE


def offers(source: str | None = None) -> list[dict[str, Any]]:
    """Return the fields that were corrected so often on a source, or on any, that a rule may read them."""
    services = current_services()
    found = []
    for (name, field), count in services.store.corrections.by_source().items():
        settings = services.config.source(name)
        if count < ENOUGH or field not in SELECTORS or settings is None or source not in (None, name):
            continue
        request = services.store.requests.latest_about(RequestKind.RULE, about(field, name))
        found.append(
            {
                "source": name,
                "source_url": source_path(name),
                "field": field.value,
                "name": NAMES[field],
                "count": count,
                "request": request.id if request else None,
                "says": texts("{n:,} correction", "{n:,} corrections", count),
                "has_one": getattr(settings.selectors, SELECTORS[field]) is not None
                or (field is Field.PUBLISHED and settings.day_first is not None),
                "request_url": f"/requests/{request.id}" if request else None,
            }
        )
    return found


def wanted_rule(name: str, field: str) -> str:
    """Return what a request for a rule is about, as a form names it.

    Raises:
        NotAllowed: Too few corrections of the field stand for that source, or it is none.
    """
    if any(each["field"] == field for each in offers(name)):
        return about(Field(field), name)
    raise NotAllowed(text("A rule needs {n} corrections of one field on one source of config.toml.", n=ENOUGH))


def rule_words(found: CrawlRequest) -> str:
    """Return what a request for a rule is about, in words."""
    field, name = parts(found.about) or (None, found.about)
    return joined(", ", (NAMES[field], name)) if field else name


def rule_values(found: CrawlRequest) -> dict[str, Any]:
    """Return the rules that were tried, what each changes, and the lines that config.toml would get."""
    services = current_services()
    answer, file = found.answer, services.config.path
    field = Field(answer["field"])
    return {
        "trial": answer,
        "field": NAMES[field],
        "small_field": SMALL_NAMES[field],
        "file": file.name if file is not None else None,
        "checksum": checksum(file) if file is not None else "",
        "rules": [_rule(place, each, answer["source"], field) for place, each in enumerate(answer["rules"])],
    }


def take_rule(found: CrawlRequest, typed: str, expected: str | None) -> Action:
    """Write a rule that was tried to config.toml, a copy of which is made; return its source, and what undoes it.

    Raises:
        ConfigChanged: The file is not what it was when the form was made.
        NotAllowed: There is no such rule, or the file cannot be written.
    """
    services = current_services()
    rules = found.answer["rules"] if found.state is RequestState.DONE else []
    rule = next((each for place, each in enumerate(rules) if str(place) == typed), None)
    if rule is None:
        raise NotAllowed(text("There is no such rule to take: the trial has not ended, or nothing came of it."))
    source, keys = found.answer["source"], _keys(rule["setting"])
    was = _write(source, keys, rule["value"], services.now(), expected=expected)
    return source, {"kind": "rule taken", "name": source, "keys": list(keys), "value": rule["value"], "was": was}


def give_back(store: ArticleStore, was: dict[str, Any], now: datetime) -> None:
    """Undo that a rule was taken into config.toml.

    Raises:
        NotAllowed: The setting is another one since.
    """
    _ = store
    _write(was["name"], tuple(was["keys"]), was["was"], now, only=was["value"])


def _write(
    source: str, keys: tuple[str, ...], value: Any, now: datetime, *, expected: str | None = None, only: Any = None
) -> Any:
    """Write a setting of a source, and return what it was; where `only` is given, only if it was that."""
    services, before = current_services(), []
    file = services.config.path
    if file is None:
        raise NotAllowed(NO_FILE)

    def make(content: str) -> str:
        found, was = with_setting(content, source, keys, value)
        if only is not None and was != only:
            raise NotAllowed(text("This setting was changed since in config.toml; nothing was written."))
        before.append(was)
        return found

    try:
        change_file(file, make, expected=expected, backup=now)
    except (ConfigChanged, NotAllowed):
        raise
    except PressmarkError as error:
        raise NotAllowed(f"{error}.") from error
    services.follow_config()
    return before[0]


def _keys(setting: str) -> tuple[str, ...]:
    return (setting,) if setting == DAY_FIRST else ("selectors", setting)


def _rule(place: int, rule: dict[str, Any], source: str, field: Field) -> dict[str, Any]:
    zone = current_services().zone
    lines, why_not = _lines(source, _keys(rule["setting"]), rule["value"])
    return rule | {
        "place": place,
        "lines": lines,
        "why_not": why_not,
        "samples": [
            {
                "url": address("/lookup", [("url", each["url"])]),
                "title": one_line(each["headline"] or each["url"]),
                "before": in_words(field, each["before"], zone),
                "after": in_words(field, each["after"], zone),
            }
            for each in rule["samples"]
        ],
    }


def _lines(source: str, keys: tuple[str, ...], value: Any) -> tuple[str | None, str | None]:
    """Return the lines that would be written, and why none can be; no line: the file has the setting."""
    file = current_services().config.path
    if file is None:
        return None, NO_FILE
    try:
        before = file.read_text(encoding="utf-8-sig")
        after, _ = with_setting(before, source, keys, value)
    except (OSError, ValueError, PressmarkError) as error:
        return None, f"{error}."
    return added_lines(before, after) or None, None
