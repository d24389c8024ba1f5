"""Three sites on loopback addresses, crawled for real: what is stored and found is what was written."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.people.names import fold
from corpus.structure.values import SpanKind
from tests.demo import Demo, crawled, persons, spans_of
from tests.web.commands import run
from web.demo.sites import SITES
from web.demo.stories import REVISED

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "es", "de", "fr", "ar", "zh")
SITE_NAMES = tuple(site.name for site in SITES)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with crawled(tmp_path_factory.mktemp("demo")) as found:
        yield found


def pressmark_json(demo: Demo, *arguments: str) -> object:
    shown = run(demo.folder, *arguments, "--json")
    assert shown.exit_code == 0, shown.output
    return json.loads(shown.stdout)


def test_every_article_is_stored_and_nothing_else(demo: Demo) -> None:
    assert set(demo.stored) == set(demo.truth)


@pytest.mark.parametrize("site", SITE_NAMES)
def test_headlines_are_those_written(demo: Demo, site: str) -> None:
    wrong = {
        each.url: demo.stored[each.url].article.headline
        for each in demo.truth.values()
        if each.source == site and demo.stored[each.url].article.headline != each.headline
    }
    assert not wrong


@pytest.mark.parametrize("site", SITE_NAMES)
def test_authors_are_the_persons_who_wrote(demo: Demo, site: str) -> None:
    wrong = {
        each.url: (demo.stored[each.url].article.byline, demo.stored[each.url].article.authors)
        for each in demo.truth.values()
        if each.source == site and persons(demo.stored[each.url]) != each.authors
    }
    assert not wrong


@pytest.mark.parametrize("site", SITE_NAMES)
def test_days_are_those_printed_and_undated_stays_undated(demo: Demo, site: str) -> None:
    wrong = {}
    for each in demo.truth.values():
        published = demo.stored[each.url].article.published
        if each.source == site and (published and published.day) != (each.published and each.published.date()):
            wrong[each.url] = published, each.published
    assert not wrong


@pytest.mark.parametrize("site", SITE_NAMES)
def test_bodies_hold_the_story_and_nothing_else(demo: Demo, site: str) -> None:
    wrong = {
        each.url: demo.stored[each.url].article.body
        for each in demo.truth.values()
        if each.source == site and demo.stored[each.url].article.body != each.body
    }
    assert not wrong


@pytest.mark.parametrize("site", SITE_NAMES)
def test_how_a_text_is_set_is_stored_and_nothing_else(demo: Demo, site: str) -> None:
    own = [each for each in demo.truth.values() if each.source == site]
    wrong = {
        each.url: (found, each.spans)
        for each in own
        if (found := tuple(spans_of(demo.stored[each.url].article))) != each.spans
    }
    assert not wrong
    kinds = Counter(kind for each in own for kind, _ in each.spans)
    assert len(kinds) == len(SpanKind) + 1
    assert min(kinds.values()) >= 10


def test_links_between_the_sites_find_the_articles_they_stand_in(demo: Demo) -> None:
    for site in SITES:
        there = f"//{site.address}:"
        linking = [each for each in demo.truth.values() if any(there in words for _, words in each.spans)]
        linking = [each for each in linking if there not in each.url]  # a copy may link to the site that it stands on
        found = demo.search(f"links:{site.address}", n="100")
        assert {hit.stored.article.headline for hit in found.hits} == {each.headline for each in linking}
        assert found.total >= 5


def test_languages_are_told(demo: Demo) -> None:
    assert all(demo.stored[each.url].article.language == each.language for each in demo.truth.values())


def test_a_revised_story_keeps_its_first_text(demo: Demo) -> None:
    revised = [each for each in demo.truth.values() if each.story.revised]
    assert len(revised) == REVISED * sum(len(site.desks) for site in SITES)
    for each in revised:
        texts = [revision.body for revision in demo.context.store.revisions(demo.stored[each.url].id)]
        assert texts == ["\n\n".join(each.story.body(1)), "\n\n".join(each.story.body(2))]


def test_what_robots_txt_disallows_was_never_asked_for(demo: Demo) -> None:
    assert not [path for _, path in demo.web.requests if path.startswith("/drafts")]
    assert Counter(demo.web.requests)["herald", "/robots.txt"] <= 2


def test_no_page_was_fetched_twice_in_one_crawl(demo: Demo) -> None:
    assert max(Counter(demo.web.requests).values()) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_of_each_language_finds_its_articles(demo: Demo, language: str) -> None:
    own = [each for each in demo.truth.values() if each.language == language]
    phrase = own[len(own) // 2].body.split("\n\n")[1][:30]
    phrase = phrase if language == "zh" else " ".join(phrase.split(" ")[:4]).strip("“”«»„.,")
    there = {each.url for each in demo.truth.values() if phrase.lower() in each.body.lower()}
    found = demo.search(f'"{phrase}"', n="100")
    assert there <= {hit.stored.article.url for hit in found.hits}
    assert found.total <= len(there) + 2  # the same words with other signs between


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filter_by_language_finds_all_of_it(demo: Demo, language: str) -> None:
    assert demo.search("", lang=language).total == sum(each.language == language for each in demo.truth.values())


def test_the_author_facet_counts_what_each_wrote(demo: Demo) -> None:
    wrote = Counter(name for each in demo.truth.values() for name in each.authors)
    facets = demo.search("").as_json()["facets"]["authors"]
    top = {one["value"]: one["count"] for one in facets if one["key"] != "none"}
    assert len(wrote) > 5
    for name, count in wrote.most_common(5):
        assert top[name] == count


def test_an_author_is_found_by_name_and_by_part_of_it(demo: Demo) -> None:
    for name, count in Counter(name for each in demo.truth.values() for name in each.authors).items():
        assert demo.search(f'author:"{name}"').total == count
        assert demo.search("", author=fold(name)).total == count
    assert demo.search("author:okafor").total == demo.search('author:"Maria Okafor"').total > 0


def test_sites_and_dates_filter(demo: Demo) -> None:
    of_2024 = [each for each in demo.truth.values() if each.published and each.published.year == 2024]
    assert demo.search("2024..2024").total == len(of_2024)
    for site in SITE_NAMES:
        own = sum(each.source == site for each in of_2024)
        assert demo.search("2024..2024", site=site).total == own


def test_the_histogram_counts_every_dated_article_once(demo: Demo) -> None:
    shown = demo.search("").as_json()
    assert sum(bar["count"] for bar in shown["histogram"]) + shown["undated"] == len(demo.truth)
    assert shown["undated"] == sum(each.published is None for each in demo.truth.values())


def test_a_search_on_the_command_line_gives_the_documented_keys(demo: Demo) -> None:
    shown = pressmark_json(demo, "search", "flood defences")
    assert isinstance(shown, dict)
    assert {"total", "read_as", "hits", "facets", "histogram"} <= set(shown)
    assert {"id", "url", "headline", "authors", "published", "source", "score", "snippet"} <= set(shown["hits"][0])
    assert set(shown["facets"]) == {"authors", "sites", "languages", "sections", "features", "linked_sites"}
    assert shown["total"] > 10
    documented = (ROOT / "docs" / "interfaces.md").read_text()
    for key in (*shown, *shown["hits"][0]):
        assert f"`{key}`" in documented or f".{key}`" in documented, key
    assert "flood" in shown["hits"][0]["headline"].lower()


@pytest.mark.parametrize(
    "query", ["word " * 2000, '"' * 10_000, "(" * 10_000, "a* OR " * 1700, "\x00\ud800 -", "لا" * 5000]
)
def test_ten_thousand_signs_are_a_query_like_any(demo: Demo, query: str) -> None:
    shown = run(demo.folder, "search", "--json", "--", query)
    assert shown.exit_code == 0
    assert json.loads(shown.stdout)["total"] >= 0


def test_status_and_sources_count_what_is_there(demo: Demo) -> None:
    sources = pressmark_json(demo, "sources")
    assert isinstance(sources, list)
    own = Counter(each.source for each in demo.truth.values())
    assert {one["source"]: one["articles"] for one in sources} == own


def test_an_article_is_shown_by_its_pressmark(demo: Demo) -> None:
    each = next(iter(demo.truth.values()))
    shown = pressmark_json(demo, "show", demo.stored[each.url].mark)
    assert isinstance(shown, dict)
    assert (shown["url"], shown["headline"]) == (each.url, each.headline)
