"""Corrections of one field of a source, and the rules that are tried on its captures."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from corpus.corrections.rules import about
from corpus.corrections.values import Correction, Field, authors_value, date_value, value_of
from corpus.errors import NotFound
from corpus.model import Author, PageDate, Precision
from corpus.people.names import fold
from crawler.looking import LookStopped
from crawler.ruling import rules_of
from tests.crawler.crawling import Desk, front, source, story, workers_of
from tests.crawler.faultweb import Site, serving

WRITERS = ("Ana Pérez", "Li Wei", "Tomás Okoro", "Greta Lind", "Omar Haddad")
PATH = "/news/story-of-day-{}"
DAYS = (3, 4, 5, 6, 7)


def gazette(extra: str = '<em class="zeichen">{name}</em>', *, but: dict[str, str] | None = None) -> dict[str, Any]:
    """Five stories, each with a printed byline that is not who wrote it, and the writer elsewhere."""
    pages = {}
    for number, name in enumerate(WRITERS):
        markup = story(f"Council settles matter {'abcdef'[number]}", byline="Paula Marsh")
        pages[PATH.format(number)] = markup.replace("</article>", f"{extra.format(name=name, number=number)}</article>")
    return {"/": front(*pages, feed=None), **pages, **(but or {})}


def crawled(tmp_path: Any, site: Site) -> Desk:
    desk = Desk(tmp_path, source(site))
    desk.crawl()
    return desk


def url(site: Site, number: int) -> str:
    return site.url + PATH.format(number)


def correct(desk: Desk, site: Site, number: int, field: Field, value: Any) -> None:
    stored = desk.store.by_url(url(site, number))
    assert stored is not None
    said = value_of(stored.page_says, field)
    made = Correction(url=url(site, number), field=field, value=value, said=said, who="ana", at=desk.now())
    desk.store.corrections.add(made)


def correct_writers(desk: Desk, site: Site, *numbers: int) -> None:
    for number in numbers:
        correct(desk, site, number, Field.AUTHORS, authors_value([Author(WRITERS[number], fold(WRITERS[number]))]))


def rules(desk: Desk, field: Field) -> dict[str, Any]:
    return rules_of(about(field, "gazette"), desk.config, desk.store, threading.Event(), workers_of(1))


def names(value: list[dict[str, str]]) -> list[str]:
    return [each["name"] for each in value]


def test_three_corrected_bylines_offer_the_selector_that_finds_them_tried_on_every_capture(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
        correct_writers(desk, site, 0, 1, 2)
        before = desk.store.sequence
        found = rules(desk, Field.AUTHORS)
        assert (found["corrections"], found["captured"], found["captures"], found["tried"]) == (3, 3, 5, 5)
        best = found["rules"][0]
        assert (best["setting"], best["value"], best["held"]) == ("byline", "em.zeichen", 3)
        assert (best["changed"], best["lost"]) == (5, 0)
        assert {each["url"]: (names(each["before"]), names(each["after"])) for each in best["samples"]} == {
            url(site, number): (["Paula Marsh"], [name]) for number, name in enumerate(WRITERS)
        }
        assert desk.store.sequence == before


def test_two_corrections_offer_nothing_and_neither_do_those_of_a_source_that_is_gone(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
        correct_writers(desk, site, 0, 1)
        with pytest.raises(NotFound, match="2 corrections of the authors stand: expected 3 or more"):
            rules(desk, Field.AUTHORS)
        for wrong in ("authors elsewhere", "kind gazette", "authors", ""):
            with pytest.raises(NotFound, match="no source of config"):
                rules_of(wrong, desk.config, desk.store, threading.Event())


def test_a_selector_that_finds_a_wrong_value_on_a_corrected_page_is_not_offered(tmp_path):
    other = story("Council settles matter d", byline="Paula Marsh")
    other = other.replace("</article>", '<em class="zeichen">Nobody Atall</em><b id="real">Greta Lind</b></article>')
    with serving(gazette(but={PATH.format(3): other})) as site:
        desk = crawled(tmp_path, site)
        correct_writers(desk, site, 0, 1, 2, 3)
        found = rules(desk, Field.AUTHORS)
    assert found["captured"] == 4
    assert found["rules"] == []


def test_a_page_where_a_selector_finds_nothing_is_read_as_before_and_counted(tmp_path):
    other = story("Council settles matter d", byline="Paula Marsh")
    with serving(gazette(but={PATH.format(3): other})) as site:
        desk = crawled(tmp_path, site)
        correct_writers(desk, site, 0, 1, 2, 3)
        best = rules(desk, Field.AUTHORS)["rules"][0]
    assert (best["value"], best["held"], best["changed"]) == ("em.zeichen", 3, 4)


def test_a_headline_and_a_section_have_selectors_too(tmp_path):
    extra = '<div class="kicker"><a>Harbour {number}</a></div><h2 class="own-title">The true title {number}</h2>'
    with serving(gazette(extra)) as site:
        desk = crawled(tmp_path, site)
        for number in range(3):
            correct(desk, site, number, Field.HEADLINE, f"The true title {number}")
            correct(desk, site, number, Field.SECTION, f"Harbour {number}")
        headline, section = rules(desk, Field.HEADLINE)["rules"][0], rules(desk, Field.SECTION)["rules"][0]
    assert (headline["setting"], headline["value"], headline["changed"]) == ("headline", "h2.own-title", 5)
    assert section["setting"] == "section"
    assert section["samples"][0]["after"].startswith("Harbour")


def test_dates_read_with_day_and_month_turned_offer_which_comes_first(tmp_path):
    pages = {}
    for number, day in enumerate(DAYS):
        markup = story(f"Council settles matter {'abcdef'[number]}")
        pages[PATH.format(number)] = markup.replace(
            '<p class="byline">', f'<p class="d">0{day}/02/2024</p><p class="byline">'
        )
    with serving({"/": front(*pages, feed=None), **pages}) as site:
        desk = crawled(tmp_path, site)
        for number in range(3):
            stored = desk.store.by_url(url(site, number))
            assert stored is not None
            read = stored.article.published
            assert read is not None
            # What was read is turned over, whichever way it was read.
            right = datetime(2024, read.at.day, read.at.month, tzinfo=UTC)
            correct(desk, site, number, Field.PUBLISHED, date_value(PageDate(right, Precision.DAY, "hand")))
        found = rules(desk, Field.PUBLISHED)
    best = found["rules"][0]
    assert (best["setting"], best["held"], best["changed"], best["lost"]) == ("day_first", 3, 5, 0)


def test_corrections_that_today_s_reading_has_right_offer_no_rule_and_are_counted(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
        for number in range(3):
            correct(desk, site, number, Field.AUTHORS, authors_value([Author("Paula Marsh", "paula-marsh")]))
        found = rules(desk, Field.AUTHORS)
    assert (found["right"], found["rules"]) == (3, [])


def test_a_search_without_time_offers_nothing_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("crawler.ruling.WITHIN", timedelta(seconds=-1))
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
        correct_writers(desk, site, 0, 1, 2)
        found = rules(desk, Field.AUTHORS)
    assert (found["hurried"], found["rules"]) == (True, [])


def test_a_search_ends_when_its_process_does(tmp_path):
    stop = threading.Event()
    stop.set()
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
        correct_writers(desk, site, 0, 1, 2)
        with pytest.raises(LookStopped):
            rules_of(about(Field.AUTHORS, "gazette"), desk.config, desk.store, stop)


def test_an_article_without_a_capture_is_counted_and_offers_nothing(tmp_path):
    with serving(gazette()) as site:
        desk = crawled(tmp_path, site)
        correct_writers(desk, site, 0, 1, 2)
        for file in desk.config.captures.iterdir():
            file.unlink()
        found = rules(desk, Field.AUTHORS)
    assert (found["corrections"], found["captured"], found["rules"]) == (3, 0, [])
