"""The table of facets: a facet's names, how its values are typed and shown, and which values an article has.

Whatever deals with facets iterates FACETS: columns, engines, the query language, pages, options, JSON. A new facet is a
name and a row here; every facet may have several values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corpus.model import Article, value
from corpus.people.names import fold
from corpus.texts import Text, message, text, texts
from corpus.texts.languages import language_name
from indexer.contract.facet_names import ANNOTATED as ANNOTATED
from indexer.contract.facet_names import ASIDE as ASIDE
from indexer.contract.facet_names import INDEXED as INDEXED
from indexer.contract.facet_names import FacetName as FacetName
from indexer.contract.facet_values import (
    Aliases,
    author_keys,
    author_typed,
    feature_keys,
    feature_label,
    feature_typed,
    language_key,
    language_typed,
    site_key,
    site_typed,
    spoken,
    tag_typed,
)
from indexer.contract.linked_sites import UNREAD, linked_site_label, linked_site_typed, linked_sites

NONE = "none"  # as a filter or facet value: the article does not say


def no_values(facet: FacetName) -> frozenset[str]:
    """Return the keys that stand for no value of a facet, and for one that is not known."""
    return frozenset({NONE, UNREAD} if facet is FacetName.LINKS else {NONE})


@dataclass(frozen=True, slots=True)
class Filter:
    """One facet's choice: OR among `values`; none of `excluded`. Filters on several facets are AND.

    A value is a key (corpus/people/names.py `fold`), or `none`. Of a facet matched by parts, a value that is
    no key matches the hyphen-separated keys that hold all of its parts, in order: `okafor` finds `maria-okafor`.
    Of a facet matched by hosts, a value matches its subdomains too: `herald.example` finds `news.herald.example`.
    """

    facet: FacetName
    values: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@value()
class FacetCount:
    """The number of hits with a value. `value` is a key, or `none`."""

    value: str
    count: int


@value()
class Facet:
    """The values of one facet. `distinct` counts all values without `no_values`, however many are given."""

    name: FacetName
    counts: tuple[FacetCount, ...]
    distinct: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetSpec:
    """One facet.

    Attributes:
        fields: What a query may call it, as in `by:okafor`; the first is the name.
        noun, plural: Of one value and of several; the plural is the title, and the key in JSON (with _ for a blank).
        all: The title of a list of all values.
        counted: A number -> that many values: "3 authors".
        within: The message that says the values articles have: "by {values}".
        missing: Says that an article has no value.
        anything: Says that any value will do.
        values: Article and aliases -> its keys, each once; () when it does not say.
        key: A value as typed -> its key; empty when it cannot be one.
        label: Key -> the name to show, where the corpus knows no better.
        by_host: A value that is a host matches its subdomains as well.
        by_parts: A value that is no key matches the keys that hold its parts (Filter).
        aliased: One value may be known by several keys, which the archive joins (Aliases).
    """

    fields: tuple[str, ...]
    noun: Text
    plural: Text
    all: Text
    counted: Callable[[int], Text]
    within: str
    missing: Text
    anything: Text
    values: Callable[[Article, Aliases], tuple[str, ...]]
    key: Callable[[str], str] = fold
    label: Callable[[str], str] = spoken
    by_host: bool = False
    by_parts: bool = False
    aliased: bool = False


def _only(key: str | None) -> tuple[str, ...]:
    return (key,) if key else ()


FACETS: Mapping[FacetName, FacetSpec] = MappingProxyType(
    {
        FacetName.AUTHOR: FacetSpec(
            fields=("author", "by"),
            noun=text("author"),
            plural=text("authors"),
            all=text("All authors"),
            counted=lambda n: texts("{n:,} author", "{n:,} authors", n),
            within=message("by {values}"),
            missing=text("no byline"),
            anything=text("by anyone"),
            values=author_keys,
            key=author_typed,
            label=str,
            by_parts=True,
            aliased=True,
        ),
        FacetName.SITE: FacetSpec(
            fields=("site", "source"),
            noun=text("site"),
            plural=text("sites"),
            all=text("All sites"),
            counted=lambda n: texts("{n:,} site", "{n:,} sites", n),
            within=message("on {values}"),
            missing=text("no site"),
            anything=text("in all sites"),
            values=lambda article, _: _only(site_key(article.source)),
            key=site_typed,
            label=str,
            by_host=True,
        ),
        FacetName.SECTION: FacetSpec(
            fields=("section",),
            noun=text("section"),
            plural=text("sections"),
            all=text("All sections"),
            counted=lambda n: texts("{n:,} section", "{n:,} sections", n),
            within=message("in section {values}"),
            missing=text("no section"),
            anything=text("in all sections"),
            values=lambda article, _: _only(fold(article.section or "")),
        ),
        FacetName.LANGUAGE: FacetSpec(
            fields=("lang", "language"),
            noun=text("language"),
            plural=text("languages"),
            all=text("All languages"),
            counted=lambda n: texts("{n:,} language", "{n:,} languages", n),
            within=message("in {values}"),
            missing=text("no known language"),
            anything=text("in all languages"),
            values=lambda article, _: _only(language_key(article.language)),
            key=language_typed,
            label=language_name,
        ),
        FacetName.FEATURE: FacetSpec(
            fields=("has",),
            noun=text("feature"),
            plural=text("features"),
            all=text("All features"),
            counted=lambda n: texts("{n:,} feature", "{n:,} features", n),
            within=message("with {values}"),
            missing=text("no printed correction"),
            anything=text("with a printed correction or without"),
            values=lambda article, _: feature_keys(article),
            key=feature_typed,
            label=feature_label,
        ),
        FacetName.LINKS: FacetSpec(
            fields=("links", "linksto", "link"),
            noun=text("linked site"),
            plural=text("linked sites"),
            all=text("All linked sites"),
            counted=lambda n: texts("{n:,} linked site", "{n:,} linked sites", n),
            within=message("with links to {values}"),
            missing=text("no link to another site"),
            anything=text("with any links or none"),
            values=lambda article, _: linked_sites(article),
            key=linked_site_typed,
            label=linked_site_label,
            by_host=True,
        ),
        FacetName.TAG: FacetSpec(
            fields=("tag",),
            noun=text("tag"),
            plural=text("tags"),
            all=text("All tags"),
            counted=lambda n: texts("{n:,} tag", "{n:,} tags", n),
            within=message("tagged {values}"),
            missing=text("no tag"),
            anything=text("with any tag or none"),
            values=lambda *_: (),
            key=tag_typed,
            label=str,
        ),
        FacetName.DOSSIER: FacetSpec(
            fields=("in", "dossier"),
            noun=text("dossier"),
            plural=text("dossiers"),
            all=text("All dossiers"),
            counted=lambda n: texts("{n:,} dossier", "{n:,} dossiers", n),
            within=message("in dossier {values}"),
            missing=text("no dossier"),
            anything=text("in all dossiers and none"),
            values=lambda *_: (),
            key=tag_typed,
            label=str,
        ),
    }
)
