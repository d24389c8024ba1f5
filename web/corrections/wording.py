"""The values of corrections <-> the words of pages: names in lines, a date as it is typed, a text, a kind."""

import re
from datetime import UTC, datetime, tzinfo
from typing import Any

from corpus.corrections.values import BY_HAND, LONGEST, MOST_AUTHORS, Correction, Field, Kind, date_value, read_value
from corpus.model import AuthorKind, PageDate, Precision
from corpus.people.names import fold
from corpus.texts import text
from web.layout.changes import bounded
from web.layout.problems import NotAllowed
from web.layout.render import one_line, page_date_text

NAMES = {
    Field.AUTHORS: text("Byline"),
    Field.PUBLISHED: text("Date"),
    Field.HEADLINE: text("Headline"),
    Field.SECTION: text("Section"),
    Field.LANGUAGE: text("Language"),
    Field.KIND: text("Kind"),
    Field.COPIES: text("Copies"),
}
SMALL_NAMES = {  # within a sentence
    Field.AUTHORS: text("byline"),
    Field.PUBLISHED: text("date"),
    Field.HEADLINE: text("headline"),
    Field.SECTION: text("section"),
    Field.LANGUAGE: text("language"),
    Field.KIND: text("kind"),
    Field.COPIES: text("copies"),
}
NOTHING = {
    Field.AUTHORS: text("no byline"),
    Field.PUBLISHED: text("undated"),
    Field.HEADLINE: text("no headline"),
    Field.SECTION: text("no section"),
    Field.LANGUAGE: text("no language"),
}
HINTS = {
    Field.AUTHORS: text("One name a line; (agency) or (desk) after the name of one. Empty: no byline."),
    Field.PUBLISHED: text("As exact as is known: 2024-03-01 14:05, 2024-03-01, 2024-03 or 2024. Empty: undated."),
    Field.HEADLINE: text("Empty: no headline."),
    Field.SECTION: text("Empty: no section."),
    Field.LANGUAGE: text("Its code, such as en, ar or pt-br. Empty: not known."),
}
_AUTHOR = re.compile(r"(?P<name>.*\S)\s*\((?P<kind>agency|desk|person)\)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


def in_words(field: Field, value: Any, zone: tzinfo) -> str:
    """Return a value as a page says it."""
    if field is Field.KIND:
        return text("an article") if value == Kind.ARTICLE else text("no article")
    if field is Field.COPIES:
        return text("the same story") if value else text("not the same story")
    known = read_value(field, value)
    if not known:
        return NOTHING[field]
    if field is Field.AUTHORS:
        return ", ".join(one_line(each.name) for each in known)
    return page_date_text(known, zone) if field is Field.PUBLISHED else one_line(known)


def as_typed(field: Field, value: Any, zone: tzinfo) -> str:
    """Return a value as the field of the form holds it."""
    known = read_value(field, value)
    if not known:
        return ""
    if field is Field.AUTHORS:
        kinds = {AuthorKind.PERSON: "", AuthorKind.AGENCY: " (agency)", AuthorKind.DESK: " (desk)"}
        return "\n".join(f"{one_line(each.name)}{kinds[each.kind]}" for each in known)
    return _typed_date(known, zone) if field is Field.PUBLISHED else str(known)


def of_typed(field: Field, typed: str, zone: tzinfo) -> Any:
    """Return the value that a person typed, as plain data.

    Raises:
        NotAllowed: It is none of the field's; the message says what would be.
    """
    match field:
        case Field.AUTHORS:
            lines = [line for line in map(one_line, typed.splitlines()) if line]
            if len(lines) > MOST_AUTHORS:
                raise NotAllowed(
                    text("{n:,} names are too many: expected at most {most}.", n=len(lines), most=MOST_AUTHORS)
                )
            return [_author(line) for line in lines]
        case Field.PUBLISHED:
            date = date_value(_date(one_line(typed), zone))
            try:
                read_value(field, date)
            except ValueError:
                raise NotAllowed(
                    text("“{typed}” lies at the edge of the calendar: expected a date within it.", typed=typed[:60])
                ) from None
            return date
        case Field.LANGUAGE:
            code = one_line(typed).casefold().replace("_", "-")
            if code and not _LANGUAGE.fullmatch(code):
                raise NotAllowed(
                    text("“{code}” is no code of a language: expected one such as en or pt-br.", code=code[:60])
                )
            return code or None
        case _:
            return bounded(one_line(typed), LONGEST) or None


def said_of(correction: Correction, zone: tzinfo) -> str:
    """Say what was corrected: "Date corrected: “1 Feb 2026” in place of “2 Jan 2026”."."""
    name = NAMES[correction.field]
    now = in_words(correction.field, correction.value, zone)
    if correction.field in {Field.KIND, Field.COPIES}:
        return text("{field} corrected: {now}", field=name, now=now)
    was = in_words(correction.field, correction.said, zone)
    return text("{field} corrected: “{now}” in place of “{was}”", field=name, now=now, was=was)


def _author(line: str) -> dict[str, str]:
    found = _AUTHOR.fullmatch(line)
    name, kind = (found["name"], found["kind"].lower()) if found else (line, "person")
    key = fold(name)
    if not key or len(name) > LONGEST:
        raise NotAllowed(text("“{name}” is no name: expected one with letters.", name=name[:60]))
    return {"name": name, "key": key, "kind": kind}


def _typed_date(date: PageDate, zone: tzinfo) -> str:
    if date.precision is Precision.MINUTE:
        return f"{date.at.astimezone(zone):%Y-%m-%d %H:%M}"
    return date.at.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[date.precision]]


def _date(typed: str, zone: tzinfo) -> PageDate | None:
    """Read a date as exact as it was typed; a time without a distance from UTC is one of the archive's zone."""
    if not typed:
        return None
    try:
        if _YEAR.fullmatch(typed):
            return PageDate(datetime(int(typed), 1, 1, tzinfo=UTC), Precision.YEAR, BY_HAND)
        if month := _MONTH.fullmatch(typed):
            return PageDate(datetime(int(month[1]), int(month[2]), 1, tzinfo=UTC), Precision.MONTH, BY_HAND)
        moment = datetime.fromisoformat(typed)
        if len(typed) <= len("2024-03-01"):
            return PageDate(moment.replace(tzinfo=UTC), Precision.DAY, BY_HAND)
        local = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return PageDate(
            local.astimezone(UTC).replace(second=0, microsecond=0), Precision.MINUTE, BY_HAND, local.utcoffset()
        )
    except (ValueError, OverflowError):
        raise NotAllowed(
            text("“{typed}” is no date: expected one such as 2024-03-01 or 2024-03-01 14:05.", typed=typed[:60])
        ) from None
