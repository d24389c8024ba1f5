"""The text and the parameters of a search -> its filters and dates, and notes on what was not understood."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from corpus.texts import text
from indexer.contract.annotations import NO_ANNOTATIONS, Annotations
from indexer.contract.facets import ANNOTATED, FACETS, NONE, FacetName, Filter
from indexer.contract.periods import following, period, preceding
from indexer.contract.removed import REMOVED, is_removed
from indexer.contract.values import DateRange, Dating, Period

MAX_VALUES = 64  # of one facet's filter, and of notes
SINCE_FIELDS = frozenset({"after", "since", "from", "newer_than"})
UNTIL_FIELDS = frozenset({"before", "until", "to", "older_than"})
DATE_FIELDS = SINCE_FIELDS | UNTIL_FIELDS | {"date", "published"}

_BEGUN = frozenset({FacetName.AUTHOR, FacetName.SITE, FacetName.SECTION})  # whose names may be begun: by:oka*
_AGE = re.compile(r"\d{1,5}[hdwmy]")
_COMPARED = re.compile(r"([<>]?)(=?)(?<=[<>=])(.+)")
_RANGE = re.compile(r"(.*?)\.\.+(.*)")


@dataclass(slots=True)
class QueryBuilder:
    """What is known of a query while it is read. `removed`: texts that are gone may be searched."""

    now: datetime
    zone: tzinfo
    aliases: Mapping[str, str]
    annotations: Annotations = NO_ANNOTATIONS
    removed: bool = True
    since: Period | None = None
    until: Period | None = None
    dating: Dating = Dating.ANY
    notes: list[str] = field(default_factory=list)
    values: dict[tuple[FacetName, bool], dict[str, None]] = field(default_factory=dict)

    def note(self, note: str) -> None:
        """Add a note on what was not understood, unless it is there already."""
        if note not in self.notes and len(self.notes) < MAX_VALUES:
            self.notes.append(note)

    def filter(self, facet: FacetName, value: str) -> Filter | None:
        """Return the filter by a value as typed or as in a URL: a key, a name, or `none`; None with a note."""
        if is_removed(facet, value.strip().lower()):
            if self.removed:
                return Filter(facet, (REMOVED,))
            self.note(text("in:removed is left out: texts that are gone are not searched here"))
            return None
        if facet in ANNOTATED and not self.annotations.state:
            said = "{parameter}:{value} is left out: nobody's tags and dossiers are seen here"
            self.note(text(said, parameter=facet.value, value=value[:80]))
            return None
        key = self._key(facet, value)
        if not key:
            self.note(text('{parameter} "{value}" not understood', parameter=facet.value, value=value[:80]))
        return Filter(facet, (key,)) if key else None

    def choose(self, facet: FacetName, value: str, *, excluded: bool = False) -> None:
        """Filter the whole search by a value as typed or as in a URL."""
        if found := self.filter(facet, value):
            self._take(found.facet, found.values, excluded=excluded)

    def take(self, one: Filter | DateRange) -> None:
        """Let a filter or a range of dates hold for the whole search."""
        if isinstance(one, Filter):
            self._take(one.facet, one.values, excluded=False)
            self._take(one.facet, one.excluded, excluded=True)
            return
        if one.dating is not Dating.ANY:
            self.dating = one.dating
        if one.since and (self.since is None or one.since.start > self.since.start):
            self.since = one.since
        if one.until and (self.until is None or one.until.end < self.until.end):
            self.until = one.until

    def _take(self, facet: FacetName, keys: Iterable[str], *, excluded: bool) -> None:
        chosen = self.values.setdefault((facet, excluded), {})
        for key in keys:
            if len(chosen) < MAX_VALUES:
                chosen[key] = None

    def _key(self, facet: FacetName, value: str) -> str:
        if value.strip().lower() == NONE:
            return NONE
        spec = FACETS[facet]
        key = spec.key(value)
        if facet in ANNOTATED:
            return self.annotations.keys.get(facet, {}).get(key, key)
        if key and value.rstrip().endswith("*") and facet in _BEGUN:
            return f"{key}*"
        return self.aliases.get(key, key) if spec.aliased else key

    def filters(self) -> tuple[Filter, ...]:
        """The filters, in the order of the facets."""
        if not self.values:
            return ()
        made = (Filter(name, self._chosen(name), self._chosen(name, excluded=True)) for name in FacetName)
        return tuple(one for one in made if one.values or one.excluded)

    def _chosen(self, facet: FacetName, *, excluded: bool = False) -> tuple[str, ...]:
        return tuple(self.values.get((facet, excluded), ()))

    def limit(self, name: str, date: str) -> None:
        """Narrow the whole search by a date: `name` says which end, `date` both; several dates narrow each other."""
        if found := self.dates(name, date):
            self.take(found)

    def dates(self, name: str, value: str) -> DateRange | None:
        """Return the range of dates that a field and its value ask for, or None with a note.

        Args:
            name: `after`, `before` and the like name one end, `date` both.
            value: A date; two with two dots between; one after < or >; for `date` also `none`.
                `fetched` dates the whole search, and gives None.
        """
        typed = value.strip()
        if name not in SINCE_FIELDS | UNTIL_FIELDS and typed.lower() == Dating.NONE:
            return DateRange(dating=Dating.NONE)
        if name not in SINCE_FIELDS | UNTIL_FIELDS and typed.lower() == Dating.FETCHED:
            self.dating = Dating.FETCHED  # of the whole search, wherever it stands
            return None
        if ends := _RANGE.fullmatch(typed):
            since, until = (self._end(name, end) if end else None for end in ends.groups())
            return DateRange(since, until) if since or until else None
        if compared := _COMPARED.fullmatch(typed):
            return self._compared(name, compared)
        found = self._period(name, f"-{typed}" if _AGE.fullmatch(typed.lower()) else typed)
        if found is None:
            return None
        return DateRange(None if name in UNTIL_FIELDS else found, None if name in SINCE_FIELDS else found)

    def _compared(self, name: str, compared: re.Match[str]) -> DateRange | None:
        found = self._period(name, compared[3], compared[0])
        if found is None:
            return None
        if compared[1] == ">":
            return DateRange(since=found if compared[2] else following(found))
        if compared[1] == "<":
            return DateRange(until=found if compared[2] else preceding(found))
        return DateRange(found, found)

    def _end(self, name: str, typed: str) -> Period | None:
        """Return the first or the last period of a range; one after > or < is not in it."""
        found = self._period(name, typed.lstrip("<>"), typed)
        if found is None or typed[0] not in "<>":
            return found
        return following(found) if typed[0] == ">" else preceding(found)

    def _period(self, name: str, date: str, given: str = "") -> Period | None:
        found = period(date, now=self.now, zone=self.zone)
        if found is None:
            self.note(
                text(
                    '{parameter} "{value}" not understood; a date is written 2024, 2024-03 or 2024-03-09',
                    parameter=name,
                    value=(given or date)[:80],
                )
            )
        return found

    def is_name(self, typed: str) -> bool:
        """Whether what stands after `from:` is somebody's name, as in a mail program, and no date."""
        is_word = not any(map(str.isdigit, typed)) and typed[:1].isalpha() and _RANGE.fullmatch(typed) is None
        return is_word and typed.lower() != Dating.NONE and period(typed, now=self.now, zone=self.zone) is None

    def are_dates(self, typed: str) -> bool:
        """Whether a text is a range of dates by itself, such as `2024..2025`."""
        ends = _RANGE.fullmatch(typed)
        given = [end for end in ends.groups() if end] if ends else []
        return bool(given) and all(period(end.lstrip("<>"), now=self.now, zone=self.zone) for end in given)

    def put_in_order(self) -> None:
        """Swap the ends of a range that ends before it begins."""
        if self.since and self.until and self.since.start >= self.until.end:
            ends = {"since": self.since.text, "until": self.until.text}
            self.note(text("{since} to {until} was read as {until} to {since}", **ends))
            self.since, self.until = self.until, self.since
