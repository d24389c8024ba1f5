"""Articles that come, change, are dated otherwise and go, in any order -> the groups of a store that saw none of it."""

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.copies.grouping import group_again, group_copies
from corpus.corrections.values import Correction, Field
from corpus.model import StoredArticle
from corpus.store import ArticleStore
from tests.corpus.copies.test_grouping import NOW, article
from tests.corpus.copies.texts import rewritten, story
from tests.stores import new_store

SOURCES = ["gazette", "herald", "post", "wire"]
WINDOWS = [[story(family * 1_000 + at, paragraphs=1)[0] for at in range(18)] for family in range(2)]


def leaders(store: ArticleStore) -> dict[str, str]:
    addresses = {each.id: each.article.url for each in store.every()}
    return {addresses[each.id]: addresses[each.copy_of] for each in store.every() if each.copy_of is not None}


def leaders_found_anew(path: Path, sources: list[str]) -> dict[str, str]:
    other = path.with_suffix(".anew")
    other.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(other),))
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("UPDATE articles SET copy_of = NULL")
        for table in ("copy_texts", "copy_pages", "copy_waiting"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE meta SET value = 0 WHERE key LIKE 'copies%'")
    with ArticleStore.open(other) as store:
        group_copies(store, sources)
        return leaders(store)


class Newsrooms:
    """What four papers do to texts that overlap, by chance."""

    def __init__(self, store: ArticleStore, seed: int) -> None:
        self.store = store
        self.chance = random.Random(seed)
        self.sources = SOURCES[:]
        self.urls: list[str] = []

    def night(self) -> None:
        ways = [self.new] * 8 + [self.withdraw, self.rewrite, self.rewrite, self.date, self.date, self.swap, self.order]
        for _ in range(self.chance.randrange(1, 12)):
            self.chance.choice(ways if len(self.urls) > 5 else ways[:1])()

    def text(self) -> list[str]:
        family, at = self.chance.randrange(2), self.chance.randrange(8)
        windows = WINDOWS[family][at : at + self.chance.randrange(8, 11)]
        return self.chance.choice([windows, windows, rewritten(family, self.chance), story(family)])

    def some(self) -> StoredArticle:
        stored = self.store.by_url(self.chance.choice(self.urls))
        assert stored is not None
        return stored

    def new(self) -> None:
        hours, source = self.chance.randrange(6), self.chance.choice(SOURCES)
        one = article(f"a{len(self.urls)}", self.text(), hours=hours, source=source, dated=self.chance.random() < 0.9)
        self.store.write(one)
        self.urls.append(one.url)

    def withdraw(self) -> None:
        self.store.withdraw(self.some().id, "gone")

    def rewrite(self) -> None:
        self.store.write(replace(self.some().article, body="\n\n".join(self.text()), fetched=NOW))

    def date(self) -> None:
        one, other = self.some(), article("", [], hours=self.chance.randrange(-3, 9))
        if one.withdrawn is None:
            self.store.write(replace(one.article, published=other.published))

    def swap(self) -> None:
        one, other = self.some(), self.some()
        if one.withdrawn is None and other.withdrawn is None:
            self.store.write(replace(one.article, body=other.article.body))
            self.store.write(replace(other.article, body=one.article.body))

    def order(self) -> None:
        self.chance.shuffle(self.sources)

    def say(self) -> None:
        """A person says that two articles are copies, or that they are none, or takes back what was said."""
        one, other = self.some(), self.some()
        if one.id == other.id or one.withdrawn is not None or other.withdrawn is not None:
            return
        same = self.chance.random() < 0.5
        urls = one.article.url, other.article.url
        at = datetime(2026, 3, 2, tzinfo=UTC)
        said = Correction(url=urls[0], field=Field.COPIES, value=same, who="ada", why="", at=at, other=urls[1])
        number, _ = self.store.corrections.add(said)
        self.regroup(*urls)
        if self.chance.random() < 0.3:
            self.store.corrections.undo(number, at)
            self.regroup(*urls)

    def regroup(self, *urls: str) -> None:
        for url in urls:
            stored = self.store.by_url(url)
            assert stored is not None
            group_again(self.store, stored.id, self.sources)


CASES = [*((seed, False) for seed in range(8)), *((seed, True) for seed in (*range(100, 105), 132))]
SAMPLE = {0, 3, 101, 132}  # of the seeds; the soak has the others


@pytest.mark.parametrize(
    ("seed", "by_hand"), [pytest.param(*each, marks=() if each[0] in SAMPLE else pytest.mark.soak) for each in CASES]
)
def test_groups_are_those_of_a_store_in_which_nothing_changed(tmp_path: Path, seed: int, by_hand: bool) -> None:
    """`by_hand`: what a person said of copies holds, too."""
    path = tmp_path / "one.sqlite"
    with new_store(path) as store:
        rooms = Newsrooms(store, seed)
        for _ in range(8):
            rooms.night()
            group_copies(store, rooms.sources)
            if by_hand:
                rooms.say()
            assert leaders(store) == leaders_found_anew(path, rooms.sources)
