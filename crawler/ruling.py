"""Corrections of a field of one source -> rules that would read it so, each tried on the source's captures.

A rule is a selector of the source, or whether it writes the day first. Nothing is written and no site is asked:
an editor looks at the trial and takes the rule into config.toml on the pages.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from corpus.captures import Captures
from corpus.config import Config
from corpus.corrections.rules import DAY_FIRST, ENOUGH, MOST, SELECTORS, agrees, parts, turns_dates
from corpus.corrections.values import Correction, Field, read_value, value_of
from corpus.errors import ExtractError, NotFound
from corpus.model import StoredArticle
from corpus.store import ArticleStore
from crawler.looking import LookStopped
from crawler.pool.captured import captured_page
from crawler.pool.reading import Reading
from crawler.pool.workers import Workers, shared_or_own
from crawler.values import Page

if TYPE_CHECKING:
    from crawler.extraction.suggesting import selectors_for, texts_at
else:
    selectors_for = Reading("crawler.extraction.suggesting", "selectors_for", tuple[str, ...])
    texts_at = Reading("crawler.extraction.suggesting", "texts_at", tuple[str | None, ...])

CAPTURES = 50  # of the source, the newest articles first, on which rules are tried
WITHIN = timedelta(seconds=20)  # for the search, and again for the trial; what was not read by then is counted
WALKED = 1_000  # articles, newest first, that are looked at for CAPTURES
RULES = 3  # at most are tried and offered
LOOKED_AT = 3  # corrected pages of which selectors are taken; they are tested on all
MAX_CANDIDATES = 20  # selectors that are tested on all corrected pages
SAMPLES = 10  # changed readings that are shown of a rule


@dataclass(frozen=True, slots=True)
class _Corrected:
    """A correction, and the page that it is about."""

    correction: Correction
    page: Page


@dataclass(frozen=True, slots=True)
class _Rule:
    """A setting of the source and its value; on how many corrected pages it reads what the person said."""

    setting: str
    value: Any
    held: int


def rules_of(
    about: str, config: Config, store: ArticleStore, stop: threading.Event, workers: Workers | None = None
) -> dict[str, Any]:
    """Return the rules that corrections offer, those that leave fewest pages without a value first.

    Args:
        about: As `corpus.corrections.rules.about` has it.
        workers: That read the pages; None: one is started.

    Returns:
        `field`, `source`; `corrections` that were used, and how many of them are `captured`, are read `right` today
        without a rule, and are `unsearched`, as no selector could be looked for in their page; `hurried`, whether the
        time was over before all selectors were tested; how many `captures` the rules were to be tried on, how many
        were `tried` within the time, and how many of these are `unread`, as they cannot be read. And `rules`: each
        with `setting`, `value`, `held`, `changed`, `lost`, and `samples` of `url`, `headline`, `before`, `after`.

    Raises:
        NotFound: Too few corrections stand, or config no longer names the source.
        LookStopped: `stop` was set.
    """
    found = parts(about)
    source = config.source(found[1]) if found else None
    if found is None or source is None:
        raise NotFound(f"{about[:200]}: no source of config.toml that a rule could be for")
    field, name = found
    corrections = store.corrections.of_source(name, field, MOST)
    if len(corrections) < ENOUGH:
        raise NotFound(f"{name}: {len(corrections)} corrections of the {field.value} stand: expected {ENOUGH} or more")
    with Captures(config.captures) as captures, shared_or_own(workers, 1) as reading:
        return _Trial(config, store, captures, reading, stop, field, name).run(corrections)


class _Trial:
    """One search for rules: its source, and what reads pages."""

    def __init__(
        self,
        config: Config,
        store: ArticleStore,
        captures: Captures,
        workers: Workers,
        stop: threading.Event,
        field: Field,
        name: str,
    ) -> None:
        self._config, self._store, self._captures, self._workers = config, store, captures, workers
        self._stop, self._field, self._name = stop, field, name
        self._boilerplate = store.sources.boilerplate(name)
        self._hurried = False
        self._failed: set[str] = set()

    def run(self, corrections: Sequence[Correction]) -> dict[str, Any]:
        corrected = []
        for each in corrections:
            stored = self._store.by_url(each.url)
            page = self._page(stored) if stored else None
            if page is not None:
                corrected.append(_Corrected(each, page))
        right = sum(self._is(each, self._read(each.page)) for each in corrected)
        rules = self._rules(corrected) if len(corrected) >= ENOUGH and right < len(corrected) else []
        return {
            "field": self._field.value,
            "source": self._name,
            "corrections": len(corrections),
            "captured": len(corrected),
            "right": right,
            "unsearched": len(self._failed),
            "hurried": self._hurried,
            **self._try(rules),
        }

    def _page(self, stored: StoredArticle) -> Page | None:
        """Return the page of an article as it was captured; None when it has no capture."""
        article = stored.page_says
        if article.capture is None:
            return None
        try:
            exchange = self._captures.read(article.capture)
        except NotFound:
            return None
        hints, source = self._store.frontier.hints(article.url), self._config.source(self._name)
        return captured_page(article, exchange, source, hints=hints, boilerplate=self._boilerplate)

    def _rules(self, corrected: Sequence[_Corrected]) -> list[_Rule]:
        """Return the rules that read what people said on ENOUGH pages, and nothing else on the others they apply to."""
        found: list[_Rule] = []
        until = time.monotonic() + WITHIN.total_seconds()
        if turns_dates([each.correction for each in corrected]):
            for day_first in (True, False):
                held = sum(self._holds(each, DAY_FIRST, day_first) for each in corrected)
                if held == len(corrected):
                    found.append(_Rule(DAY_FIRST, day_first, held))
        setting = SELECTORS[self._field]
        for selector, applies in self._candidates(corrected, until):
            if len(found) >= RULES or self._is_over(until):
                break
            held = sum(self._holds(each, setting, selector) for each in applies)
            if held == len(applies):
                found.append(_Rule(setting, selector, held))
        return found

    def _is_over(self, until: float) -> bool:
        """Whether the time of the search is over; what was not tested then is said."""
        self._hurried = self._hurried or time.monotonic() > until
        return self._hurried

    def _candidates(self, corrected: Sequence[_Corrected], until: float) -> list[tuple[str, list[_Corrected]]]:
        """Return selectors, each with the corrected pages that it finds something on, ENOUGH of them or more."""
        given: dict[str, int] = {}
        for each in corrected[:LOOKED_AT]:
            self._go_on()
            if self._is_over(until):
                return []
            page, one = each.page, each.correction
            values = (self._field.value, one.value, one.said, page.fetched)
            for selector in self._called(selectors_for, page, *values) or ():
                given[selector] = given.get(selector, 0) + 1
        selectors = tuple(sorted(given, key=lambda each: -given[each])[:MAX_CANDIDATES])
        applies: dict[str, list[_Corrected]] = {selector: [] for selector in selectors}
        for each in corrected if selectors else ():
            self._go_on()
            if self._is_over(until):
                return []  # a page that was not looked at may hold a wrong value
            texts = self._called(texts_at, each.page, selectors) or (None,) * len(selectors)
            for selector, text in zip(selectors, texts, strict=True):
                if text is not None:
                    applies[selector].append(each)
        return [(selector, pages) for selector, pages in applies.items() if len(pages) >= ENOUGH]

    def _called(self, read: Any, page: Page, *more: Any) -> Any:
        try:
            return self._workers.call(page.url, read, page.content, page.charset, *more)
        except ExtractError:
            self._failed.add(page.url)
            return None

    def _holds(self, one: _Corrected, setting: str, value: Any) -> bool:
        return self._is(one, self._read(_with_rule(one.page, setting, value)))

    def _is(self, one: _Corrected, read: tuple[Any] | None) -> bool:
        return read is not None and agrees(self._field, one.correction.value, read[0])

    def _read(self, page: Page) -> tuple[Any] | None:
        """Return the value of the field that a page reads with; None when it cannot be read."""
        self._go_on()
        (answer,) = self._workers.map([page])
        if isinstance(answer, ExtractError):
            return None
        value = value_of(answer.article, self._field)
        value = value if self._field is Field.AUTHORS else value or None
        try:
            read_value(self._field, value)
        except ValueError:  # beyond what a correction may hold, such as a headline without an end
            return None
        return (value,)

    def _try(self, rules: Sequence[_Rule]) -> dict[str, Any]:
        """Read the source's newest captures with and without the rules, for a bounded time."""
        ids = self._store.ids_of(self._name)[::-1] if rules else []
        until = time.monotonic() + WITHIN.total_seconds()
        seen = tried = unread = 0
        rows: list[list[tuple[StoredArticle, Any, Any]]] = [[] for _ in rules]
        for id in ids[:WALKED]:
            if seen == CAPTURES:
                break
            stored = self._store.article(id)
            page = self._page(stored) if stored else None
            if stored is None or page is None:
                continue
            seen += 1
            if time.monotonic() > until:
                continue
            before = self._read(page)
            after = [self._read(_with_rule(page, each.setting, each.value)) for each in rules] if before else []
            tried += 1
            if before is None or None in after:
                unread += 1
                continue
            for row, read in zip(rows, after, strict=True):
                row.append((stored, before[0], read[0] if read else None))
        offered = [self._offer(rule, row) for rule, row in zip(rules, rows, strict=True)]
        # Of rules that read every capture alike, the first one is enough.
        alike = [repr([read for _, _, read in row]) for row in rows]
        best = [each for place, each in enumerate(offered) if alike[place] not in alike[:place]]
        best.sort(key=lambda each: each["lost"])
        return {"captures": seen, "tried": tried, "unread": unread, "rules": best}

    def _offer(self, rule: _Rule, row: Sequence[tuple[StoredArticle, Any, Any]]) -> dict[str, Any]:
        changed = [(stored, before, after) for stored, before, after in row if not agrees(self._field, before, after)]
        return {
            "setting": rule.setting,
            "value": rule.value,
            "held": rule.held,
            "changed": len(changed),
            "lost": sum(bool(before) and not after for _, before, after in changed),
            "samples": [
                {"url": stored.article.url, "headline": stored.article.headline, "before": before, "after": after}
                for stored, before, after in changed[:SAMPLES]
            ],
        }

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise LookStopped


def _with_rule(page: Page, setting: str, value: Any) -> Page:
    """Return the page as it is read when the source has a setting."""
    if setting == DAY_FIRST:
        return replace(page, day_first=value)
    origins = tuple(each for each in page.selectors.origins if each[0] != setting)
    return replace(page, selectors=replace(page.selectors, **{setting: value}, origins=origins))
