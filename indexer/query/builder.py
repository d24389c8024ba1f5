"""What a query asks, gathered from its text and its parameters alike: filters, dates, and what was not understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from indexer.contract.facets import FACETS, NONE, FacetName, Filter
from indexer.contract.periods import period
from indexer.contract.values import Dating, Period

MAX_VALUES = 64  # of one facet's filter, and of notes
SINCE_FIELDS = frozenset({"after", "since", "from"})
UNTIL_FIELDS = frozenset({"before", "until", "to"})


@dataclass(slots=True)
class QueryBuilder:
    """What is known of a query while it is read."""

    now: datetime
    zone: tzinfo
    aliases: Mapping[str, str]
    since: Period | None = None
    until: Period | None = None
    dating: Dating = Dating.ANY
    notes: list[str] = field(default_factory=list)
    values: dict[tuple[FacetName, bool], dict[str, None]] = field(default_factory=dict)

    def note(self, text: str) -> None:
        """Say once what was not understood."""
        if text not in self.notes and len(self.notes) < MAX_VALUES:
            self.notes.append(text)

    def choose(self, facet: FacetName, value: str, *, excluded: bool = False) -> None:
        """Filter by a value as typed or as in a URL: a key, a name, or `none`."""
        key = self._key(facet, value)
        chosen = self.values.setdefault((facet, excluded), {})
        if not key:
            self.note(f'{facet} "{value[:80]}" not understood')
        elif len(chosen) < MAX_VALUES:
            chosen[key] = None

    def _key(self, facet: FacetName, value: str) -> str:
        if value.strip().lower() == NONE:
            return NONE
        spec = FACETS[facet]
        key = spec.key(value)
        return self.aliases.get(key, key) if spec.aliased else key

    def filters(self) -> tuple[Filter, ...]:
        """The filters, in the order of the facets."""
        made = (Filter(name, self._chosen(name), self._chosen(name, excluded=True)) for name in FacetName)
        return tuple(one for one in made if one.values or one.excluded)

    def _chosen(self, facet: FacetName, *, excluded: bool = False) -> tuple[str, ...]:
        return tuple(self.values.get((facet, excluded), ()))

    def limit(self, name: str, text: str) -> None:
        """Narrow by a date: `name` says which end, `date` both; several dates narrow each other."""
        if name == "date" and text.strip().lower() in (Dating.NONE, Dating.FETCHED):
            self.dating = Dating(text.strip().lower())
            return
        found = period(text, now=self.now, zone=self.zone)
        if found is None:
            self.note(f'{name} "{text[:80]}" not understood; a date is written 2024, 2024-03 or 2024-03-09')
            return
        if name not in UNTIL_FIELDS and (self.since is None or found.start > self.since.start):
            self.since = found
        if name not in SINCE_FIELDS and (self.until is None or found.end < self.until.end):
            self.until = found

    def is_date(self, text: str) -> bool:
        """Can this be read as a date?"""
        return period(text, now=self.now, zone=self.zone) is not None

    def put_in_order(self) -> None:
        """Swap the ends of a range that ends before it begins."""
        if self.since and self.until and self.since.start >= self.until.end:
            self.note(f"{self.since.text} to {self.until.text} was read as {self.until.text} to {self.since.text}")
            self.since, self.until = self.until, self.since
