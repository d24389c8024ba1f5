"""Which articles tell one text, who leads them, and that nothing else is grouped."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.copies import grouping, texts
from corpus.copies.grouping import group_copies
from corpus.copies.shingles import shingles
from corpus.model import Article, Change, PageDate, Precision
from corpus.store import ArticleStore
from tests.corpus.copies.texts import BOILERPLATE, match_report, rewritten, story
from tests.stores import new_store

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
IDEOGRAPHS = "港湾市議会冬船技師橋学校市場川塔予算投票通美術館森列車"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with new_store(tmp_path / "pressmark.sqlite") as opened:
        yield opened


def article(
    name: str, paragraphs: list[str], *, hours: int = 0, source: str = "gazette", dated: bool = True
) -> Article:
    return Article(
        url=f"https://{source}.example/{name}",
        source=source,
        headline=f"Story {name}",
        body="\n\n".join(paragraphs),
        published=PageDate(NOW + timedelta(hours=hours), Precision.MINUTE, "meta") if dated else None,
        fetched=NOW,
    )


def groups(store: ArticleStore) -> set[frozenset[str]]:
    """The names of the articles of each group of two or more."""
    found: dict[int, set[str]] = {}
    for stored in store.every():
        found.setdefault(stored.copy_of or stored.id, set()).add(stored.article.url.rpartition("/")[2])
    return {frozenset(names) for names in found.values() if len(names) > 1}


def leader_of(store: ArticleStore, url: str) -> str:
    stored = store.by_url(url)
    assert stored is not None
    leader = store.article(stored.copy_of or stored.id)
    assert leader is not None
    return leader.article.url


def test_a_text_under_two_addresses_is_one_group_led_by_the_earlier(store: ArticleStore) -> None:
    store.write_many(
        [article("late", story(1), hours=2), article("early", story(1), source="herald"), article("c", story(2))]
    )
    assert group_copies(store).changed == 1
    assert groups(store) == {frozenset({"late", "early"})}
    assert leader_of(store, "https://gazette.example/late") == "https://herald.example/early"


def test_an_article_that_changes_its_place_often_counts_once(store: ArticleStore) -> None:
    store.write_many([article(str(hours), story(1), hours=-hours) for hours in range(6)])
    assert group_copies(store).changed == 5  # the earliest came last, and leads from the start
    store.write(article("earliest", story(1), hours=-9))
    assert group_copies(store).changed == 6
    store.write(article("alone", story(2)))
    assert group_copies(store).changed == 0


def test_each_article_of_a_group_is_written_once_whatever_order_they_come_and_go_in(store: ArticleStore) -> None:
    names = [str(hours) for hours in range(12)]
    store.write_many([article(name, story(1), hours=-int(name)) for name in names])
    before = store.sequence
    assert group_copies(store).changed == 11
    assert (groups(store), store.sequence) == ({frozenset(names)}, before + 11)
    store.write_many([article(name, story(2), hours=-int(name)) for name in reversed(names)])
    before = store.sequence
    assert group_copies(store).changed == 0  # each has left its copies, and found them again
    assert (groups(store), store.sequence) == ({frozenset(names)}, before)
    for name in reversed(names[2:]):
        stored = store.by_url(f"https://gazette.example/{name}")
        assert stored is not None
        store.withdraw(stored.id, "gone")
    before = store.sequence
    assert group_copies(store).changed == 11
    assert groups(store) == {frozenset({"0", "1"})}
    assert leader_of(store, "https://gazette.example/0") == "https://gazette.example/1"
    assert store.sequence == before + 11


def test_of_two_of_one_moment_the_source_named_first_leads(store: ArticleStore) -> None:
    store.write_many([article("a", story(1), source="zeta"), article("b", story(1), source="alpha")])
    group_copies(store, ["alpha", "zeta"])
    assert leader_of(store, "https://zeta.example/a") == "https://alpha.example/b"


def test_grouping_twice_changes_nothing(store: ArticleStore) -> None:
    store.write_many([article("a", story(1)), article("b", story(1), hours=1)])
    group_copies(store)
    sequence = store.sequence
    assert group_copies(store).changed == 0
    assert store.sequence == sequence


def test_an_earlier_copy_that_comes_later_takes_the_lead(store: ArticleStore) -> None:
    store.write_many([article("a", story(1)), article("b", story(1), hours=1)])
    group_copies(store)
    store.write(article("first", story(1), hours=-5))
    group_copies(store)
    assert leader_of(store, "https://gazette.example/b") == "https://gazette.example/first"
    assert groups(store) == {frozenset({"a", "b", "first"})}


def test_a_copy_that_is_rewritten_into_another_story_leaves_the_group(store: ArticleStore) -> None:
    store.write_many([article(name, story(1), hours=hours) for hours, name in enumerate("abc")])
    group_copies(store)
    store.write(article("a", story(7)))
    group_copies(store)
    assert groups(store) == {frozenset({"b", "c"})}
    assert leader_of(store, "https://gazette.example/c") == "https://gazette.example/b"


def test_a_leader_that_is_withdrawn_hands_over(store: ArticleStore) -> None:
    store.write_many([article(name, story(1), hours=hours) for hours, name in enumerate("abc")])
    group_copies(store)
    stored = store.by_url("https://gazette.example/a")
    assert stored is not None
    store.withdraw(stored.id, "asked to")
    group_copies(store)
    assert groups(store) == {frozenset({"b", "c"})}
    store.write(article("d", story(1), hours=9))
    group_copies(store)
    assert leader_of(store, "https://gazette.example/d") == "https://gazette.example/b"


def test_lines_under_every_story_of_a_paper_make_no_copies(store: ArticleStore) -> None:
    store.write_many([article(f"s{n}", [*story(n, paragraphs=3), *BOILERPLATE]) for n in range(80)])
    group_copies(store)
    assert groups(store) == set()


def test_reports_from_one_template_are_no_copies(store: ArticleStore) -> None:
    store.write_many([article(f"m{n}", match_report(n)) for n in range(60)])
    group_copies(store)
    assert groups(store) == set()


def test_a_translation_is_a_story_of_its_own(store: ArticleStore) -> None:
    store.write_many([article(f"{language}", story(1, language=language)) for language in ("en", "de")])
    group_copies(store)
    assert groups(store) == set()


def test_a_round_up_that_holds_a_whole_brief_is_no_copy_of_it(store: ArticleStore) -> None:
    brief = story(1, paragraphs=1)
    store.write_many([article("brief", brief), article("week", [*story(2), *brief, *story(3)])])
    group_copies(store)
    assert groups(store) == set()


def test_a_notice_of_two_lines_is_compared_with_nothing(store: ArticleStore) -> None:
    line = "The ferry does not run today because of the storm, the port says."
    store.write_many([article("a", [line]), article("b", [line], hours=1)])
    group_copies(store)
    assert groups(store) == set()


def test_scripts_without_spaces_are_compared_by_characters(store: ArticleStore) -> None:
    chance = random.Random(4)
    text = ["".join(chance.choices(IDEOGRAPHS, k=120)) + "。" for _ in range(4)]
    other = ["".join(chance.choices(IDEOGRAPHS, k=120)) + "。" for _ in range(4)]
    store.write_many([article("a", text), article("b", text[:3], hours=1), article("c", other)])
    group_copies(store)
    assert groups(store) == {frozenset({"a", "b"})}


@pytest.mark.parametrize("count", [40, pytest.param(120, marks=pytest.mark.soak)])
def test_wire_stories_are_found_as_papers_print_them_and_nothing_else_is(store: ArticleStore, count: int) -> None:
    chance = random.Random(11)
    wire = {n: [f"w{n}-{paper}" for paper in range(3)] for n in range(count)}
    articles = []
    for n, names in wire.items():
        articles.append(article(names[0], story(n)))
        articles += [article(name, rewritten(n, chance), hours=at) for at, name in enumerate(names[1:], 1)]
    articles += [article(f"own{n}", [*story(5_000 + n, paragraphs=4), *BOILERPLATE]) for n in range(count)]
    articles += [article(f"match{n}", match_report(n)) for n in range(count)]
    chance.shuffle(articles)
    store.write_many(articles)
    group_copies(store)
    wanted = {frozenset((a, b)) for names in wire.values() for a in names for b in names if a < b}
    found = {frozenset((a, b)) for names in groups(store) for a in names for b in names if a < b}
    right = len(wanted & found)
    assert right / len(found) >= 0.99
    assert right / len(wanted) >= 0.95


def test_undated_copies_are_ordered_by_when_they_came(store: ArticleStore) -> None:
    store.write(article("a", story(1), dated=False))
    store.write(replace(article("b", story(1), dated=False), fetched=NOW + timedelta(days=1)))
    group_copies(store)
    assert leader_of(store, "https://gazette.example/b") == "https://gazette.example/a"


@pytest.mark.parametrize("remembered", [0, 200, 1_000_000])
def test_texts_are_compared_alike_however_many_are_remembered(
    store: ArticleStore, monkeypatch: pytest.MonkeyPatch, remembered: int
) -> None:
    monkeypatch.setattr(texts, "REMEMBERED", remembered)
    monkeypatch.setattr(grouping, "READ", 2)
    chance = random.Random(5)
    for n in range(4):
        store.write_many([article(f"a{n}", story(n)), article(f"b{n}", rewritten(n, chance), hours=1)])
    group_copies(store)
    store.write(article("b0", story(4)))  # remembered, and another text now
    store.write(article("c0", story(0)))
    group_copies(store)
    pairs = {frozenset({f"a{n}", f"b{n}"}) for n in range(1, 4)}
    assert groups(store) == pairs | {frozenset({"a0", "c0"})}


def test_the_shingles_of_a_text_are_the_same_whatever_words_were_met_before(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(story(7)) + " " + "x" * 60
    first = shingles(text)
    monkeypatch.setattr("corpus.copies.shingles.MOST_CODES", 0)
    assert (shingles(text) == first).all()
    assert (shingles(text) == first).all()


def test_a_text_that_another_process_changed_and_compared_meanwhile_is_read_anew(
    store: ArticleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "READ", 1)
    monkeypatch.setattr(grouping, "READS", 1)
    read, times = grouping._read, []

    def read_beside_another(reading: ArticleStore) -> list[Change]:
        times.append(1)
        if len(times) == 2:
            with ArticleStore.open(store.path) as other:
                other.write(article("a", story(2)))
                group_copies(other)
                other.write(article("c", story(2), hours=2))
        return read(reading)

    store.write_many([article("a", story(1)), article("b", story(2), hours=1)])
    monkeypatch.setattr(grouping, "_read", read_beside_another)
    group_copies(store)
    assert groups(store) == {frozenset("abc")}
    assert leader_of(store, "https://gazette.example/c") == "https://gazette.example/a"


def test_a_store_that_lost_the_number_of_its_last_comparison_is_compared_to_the_end(store: ArticleStore) -> None:
    store.write_many([article("a", story(1)), article("b", story(1), hours=1)])
    with closing(sqlite3.connect(store.path)) as beside, beside:
        beside.execute("DELETE FROM meta WHERE key = 'copies'")
    assert group_copies(store).changed == 1
    assert group_copies(store).seen == 0
