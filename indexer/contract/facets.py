"""Facet -> its name, its values in a filter, and its counts."""

from dataclasses import dataclass
from enum import StrEnum


class FacetName(StrEnum):
    """What hits are filtered and counted by."""

    AUTHOR = "author"
    SITE = "site"
    LANGUAGE = "lang"
    SECTION = "section"


NONE = "none"  # as a filter or facet value: the article does not say


@dataclass(frozen=True, slots=True)
class Filter:
    """One facet's choice: OR among `values`; none of `excluded`. Filters on several facets are AND.

    A value is a key (corpus/people/names.py `fold`), or `none`. An author value that is no author's key matches
    those whose hyphen-separated key holds all of its parts, in order: `okafor` finds `maria-okafor`.
    """

    facet: FacetName
    values: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many hits have a value. `value` is a key, or `none`."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet. `distinct` counts all of them, `none` not among them, however many are given."""

    name: FacetName
    counts: tuple[FacetCount, ...]
    distinct: int
