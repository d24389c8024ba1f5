"""A source's selectors and the rule files of a page's host -> the selectors that hold for the page, and whose they are.

What the source's own table in config.toml says is believed first, then our rule files, then those of a shared
collection; what any of them removes is removed.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import urls
from corpus.config import Selectors as Configured
from corpus.config import Source
from corpus.config.site_rules import FIELDS, SiteRule, all_rules, rules_of
from corpus.errors import Problem
from crawler.values import Selectors

__all__ = ["all_rules", "faults_of", "selectors_of", "site_selectors"]

_NONE = Selectors()


def selectors_of(source: Source | None, address: str) -> Selectors:
    """Return what holds for a page of a source; nothing when config no longer names the source."""
    if source is None:
        return _NONE
    return site_selectors(source.selectors, source.site_rules, address)


def site_selectors(own: Configured | None, folder: Path | None, address: str) -> Selectors:
    """Return what a source's own selectors and the rule files of the address's host say together.

    Args:
        own: Of the source; None: it has none.
        folder: The rule files; None: there are none.
        address: Of the page that answered.
    """
    if own is None and folder is None:
        return _NONE
    found: dict[str, str] = {}
    origins: dict[str, str] = {}
    for field in FIELDS if own else ():
        if written := getattr(own, field):
            found[field] = written
    remove = list(own.remove) if own else []
    replaced: list[tuple[str, str]] = []
    for rule in rules_of(folder, urls.host(address)) if folder else ():
        for field, written in rule.fields:
            if field not in found:
                found[field], origins[field] = written, rule.file
        remove += rule.remove
        replaced += rule.replaced
        if rule.remove or rule.replaced:
            origins["remove"] = ", ".join(filter(None, (origins.get("remove"), rule.file)))
    return Selectors(
        headline=found.get("headline"),
        standfirst=found.get("standfirst"),
        byline=found.get("byline"),
        published=found.get("published"),
        section=found.get("section"),
        body=found.get("body"),
        remove=tuple(dict.fromkeys(remove)),
        replaced=tuple(replaced),
        origins=tuple(origins.items()),
    )


def faults_of(rules: Sequence[SiteRule]) -> Iterator[Problem]:
    """Give what is wrong with rules: a file that cannot be read, a selector that is none."""
    from crawler.markup.selectors import faults  # which loads what parses pages, and a crawl does not

    for rule in rules:
        if rule.problem:
            yield Problem(rule.file, None, "", rule.problem)
        written = [*rule.fields, *(("remove", selector) for selector in rule.remove)]
        yield from (Problem(rule.file, None, field, fault) for field, selector in written for fault in faults(selector))
