"""A damaged store gives no wrong text: what is damaged is named, left out, and mended where it can be."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import StoreDamaged, StoreError
from corpus.store import ArticleStore
from corpus.store.file import schema
from corpus.store.file.database import PAGE
from corpus.store.file.rows import further
from corpus.store.file.rows import text as stored_text
from tests.corpus.older import as_older
from tests.corpus.samples import article

ARTICLES = 60


def url(number: int) -> str:
    return f"https://a.example/{number}"


def text(number: int, edition: int = 1) -> str:
    return f"Edition {edition} of article {number}. " + f"The walls of quay {number} held. " * (5 + number)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed store of sixty articles, the first of which has two texts."""
    path = tmp_path / "pressmark.sqlite"
    with ArticleStore.open(path) as store:
        store.write_many(
            article(url=url(number), headline=f"Headline {number}", body=text(number)) for number in range(1, 61)
        )
        store.write(article(url=url(1), headline="Headline 1", body=text(1, 2)))
    return path


def sql(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)
    connection.close()


def flip(path: Path, table: str, column: str, condition: str) -> None:
    """Change one bit in the middle of a value, as a disk does."""
    with closing(sqlite3.connect(path)) as connection, connection:
        (value,) = connection.execute(f"SELECT {column} FROM {table} WHERE {condition}").fetchone()
        held = bytearray(value if isinstance(value, bytes) else value.encode())
        held[len(held) // 2] ^= 1
        new = bytes(held) if isinstance(value, bytes) else held.decode()
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {condition}", (new,))
    connection.close()


def flip_headline(path: Path, id: int) -> None:
    """Change the headline of an article of a store that was written before texts were packed together."""
    as_older(path)
    flip(path, "articles", "headline", f"id = {id}")


def tear_facts(path: Path, id: int) -> None:
    as_older(path)
    sql(path, "UPDATE articles SET facts = '{' WHERE id = ?", id)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "a body": lambda path: flip(path, "revisions", "body", "article = 7"),
    "a headline": lambda path: flip_headline(path, 7),
    "facts": lambda path: tear_facts(path, 7),
    "a date's precision": lambda path: sql(path, "UPDATE articles SET published_precision = 'dayz' WHERE id = 7"),
    "an author's kind": lambda path: sql(
        path, "UPDATE authors SET kind = 'x' WHERE id IN (SELECT author FROM article_authors WHERE article = 7)"
    ),
    "a lost revision": lambda path: sql(path, "DELETE FROM revisions WHERE article = 7"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_article_is_named_left_out_and_counted(
    path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    shared = damage == "an author's kind"  # then every article of the author is damaged
    DAMAGES[damage](path)
    with ArticleStore.open(path) as store:
        assert store.article(7) is None
        assert store.by_url(url(7)) is None
        assert 7 not in store.articles(range(1, 20))
        assert 7 in store.damage.articles()
        assert f"article damaged id={7}" in caplog.text
        changes = {change.id: change.stored for change in store.changes(0, 1000)}
        assert changes[7] is None
        assert shared or (len(list(store.every())), len(changes), list(store.damage.articles())) == (59, 60, [7])
        store.revisions(7)
        found = list(store.damage.check(full=True))
        assert any(line.startswith("article ") for line in found)


def test_an_article_is_as_it_was_stored_and_nothing_is_said(path: Path) -> None:
    with ArticleStore.open(path) as store:
        assert len(list(store.every())) == ARTICLES
        assert store.damage.articles() == {}
        assert list(store.damage.check(full=False)) == list(store.damage.check(full=True)) == []


def test_an_address_that_is_not_the_one_of_its_mark_is_named_and_its_text_stays(path: Path) -> None:
    sql(path, "UPDATE articles SET url = replace(url, 'e', 'd') WHERE id = 7")
    with ArticleStore.open(path) as store:
        held = store.article(7)
        assert held
        (found,) = store.damage.check(full=True)
        assert found.startswith(f"article {held.mark}: its address is not the one")
        assert list(store.damage.check(full=False)) == []


def test_texts_that_could_not_be_stored_as_they_were_are_no_damage(path: Path) -> None:
    with ArticleStore.open(path) as store:
        store.write(article(url=url(99), headline="A\0B", body="half \ud800 a pair"))
        held = store.by_url(url(99))
        assert held
        assert held.article.body == "half \ufffd a pair"
        assert list(store.damage.check(full=True)) == []


def test_a_damaged_text_is_mended_from_the_one_before(path: Path) -> None:
    flip(path, "revisions", "body", "article = 1 AND number = 2")
    with ArticleStore.open(path) as store:
        assert store.article(1) is None
        before = store.sequence
        assert store.damage.mend(1) == 1
        held = store.article(1)
        assert held
        assert (held.article.body, held.sequence) == (text(1, 1), before + 1)
        assert [change.id for change in store.changes(before, 10)] == [1]
        assert store.damage.articles() == {}


def test_a_damaged_row_is_mended_from_its_own_text(path: Path) -> None:
    flip_headline(path, 7)
    with ArticleStore.open(path) as store:
        assert store.article(7) is None
        assert store.damage.mend(7) == 1
        held = store.article(7)
        assert held
        assert (held.article.headline, held.article.body) == ("Headline 7", text(7))


def test_without_a_whole_text_nothing_is_mended(path: Path) -> None:
    flip(path, "revisions", "body", "article = 7")
    with ArticleStore.open(path) as store:
        assert store.article(7) is None
        assert store.damage.mend(7) is None
        assert list(store.damage.articles()) == [7]


@pytest.mark.parametrize("damage", ["a body", "a lost revision"])
def test_the_same_text_coming_again_makes_it_whole(path: Path, damage: str) -> None:
    DAMAGES[damage](path)
    with ArticleStore.open(path) as store:
        assert store.article(7) is None
        before = store.sequence
        store.write(article(url=url(7), headline="Headline 7", body=text(7)))
        held = store.article(7)
        assert held
        assert (held.article.body, held.revision, held.sequence) == (text(7), 1, before + 1)
        assert store.damage.articles() == {}
        assert list(store.damage.check(full=True)) == []


def test_writing_a_damaged_article_again_makes_it_whole(path: Path) -> None:
    flip(path, "revisions", "body", "article = 7")
    with ArticleStore.open(path) as store:
        assert store.article(7) is None
        new = article(url=url(7), headline="Headline 7", body=text(7, 3))
        store.write(new)
        held = store.article(7)
        assert held
        assert held.article == replace(new, fetched=held.article.fetched)
        (line,) = store.damage.check(full=True)
        assert line.endswith("its revision 1 is not as it was stored")
        assert store.damage.articles() == {}


def test_a_damaged_earlier_text_is_named_left_out_and_counted_until_it_is_whole(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    flip(path, "revisions", "body", "article = 1 AND number = 1")
    with ArticleStore.open(path) as store:
        assert store.damage.counts() == (0, 0)  # nobody has looked
        assert [revision.number for revision in store.revisions(1)] == [2]
        assert store.article(1) is not None
        assert (store.damage.counts(), store.damage.revisions()) == ((0, 1), [(1, 1)])
        assert caplog.text.count("revision damaged") == len(store.revisions(1)) == 1
    flip(path, "revisions", "body", "article = 1 AND number = 1")
    with ArticleStore.open(path) as store:
        assert (store.damage.counts(), store.damage.revisions(), store.damage.counts()) == ((0, 1), [], (0, 0))
    flip(path, "revisions", "body", "article = 1 AND number = 1")
    with ArticleStore.open(path) as store:
        (line,) = store.damage.check(full=True)
        assert line.endswith("its revision 1 is not as it was stored")
        assert store.damage.counts() == (0, 1)


def test_an_earlier_text_whose_row_is_gone_is_named_and_one_that_is_beyond_belief_is_no_endless_list(
    path: Path,
) -> None:
    sql(path, "DELETE FROM revisions WHERE article = 1 AND number = 1")
    with ArticleStore.open(path) as store:
        (line,) = store.damage.check(full=True)
        assert line.endswith("its revision 1 is not as it was stored")
        assert (store.damage.counts(), store.damage.revisions()) == ((0, 1), [(1, 1)])
    sql(path, "UPDATE articles SET revision = 1 << 60 WHERE id = 1")
    with ArticleStore.open(path) as store:
        assert 0 < len(list(store.damage.check(full=True))) < 2_000


def test_many_articles_that_are_damaged_at_once_are_counted_in_the_log(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sql(path, "UPDATE revisions SET body = x'00'")
    with ArticleStore.open(path) as store:
        assert list(store.every()) == []
    assert (caplog.text.count("article damaged"), "articles damaged more=40" in caplog.text) == (20, True)


def test_many_earlier_texts_that_are_damaged_at_once_are_counted_in_the_log(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with ArticleStore.open(path) as store:
        store.write_many(article(url=url(number), headline="Now", body=text(number, 3)) for number in range(2, 31))
    sql(path, "UPDATE revisions SET body = x'00' WHERE number = 1 AND article <= 30")
    with ArticleStore.open(path) as store:
        assert len(list(store.damage.check(full=True))) == 30
        assert store.damage.counts() == (0, 30)
    assert (caplog.text.count("revision damaged"), "revisions damaged more=10" in caplog.text) == (20, True)


def damaged_files(path: Path, rounds: int, harm: Callable[[bytearray, random.Random], None]) -> None:
    """Harm the file at random; every text it then gives is one that was stored, and only our errors are raised."""
    whole, chance = path.read_bytes(), random.Random(11)
    texts = {(f"Headline {number}", text(number)) for number in range(1, 61)} | {("Headline 1", text(1, 2))}
    for _ in range(rounds):
        harmed = bytearray(whole)
        harm(harmed, chance)
        for beside in path.parent.glob("pressmark.sqlite-*"):
            beside.unlink()
        path.write_bytes(harmed)
        try:
            with ArticleStore.open(path) as store:
                found = [*store.every(), *store.articles(range(1, 61)).values(), *store.newest(20)]
                found += [change.stored for change in store.changes(0, 100) if change.stored]
                assert {(one.article.headline, one.article.body) for one in found} <= texts
                for id, head in store.heads(range(1, 61)).items():
                    assert head.article.headline == f"Headline {id}"
                for number in range(1, 61):
                    for one in store.revisions(number):
                        assert (one.headline, one.body) == (f"Headline {number}", text(number, one.number))
                list(store.damage.check(full=True))
        except StoreError:
            continue


def one_bit(held: bytearray, chance: random.Random) -> None:
    held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)


def one_page(held: bytearray, chance: random.Random) -> None:
    at = chance.randrange(1, len(held) // PAGE) * PAGE
    held[at : at + PAGE] = chance.choice((bytes(PAGE), chance.randbytes(PAGE)))


def test_flipped_bits_give_no_wrong_text(path: Path) -> None:
    damaged_files(path, 40, one_bit)


def test_lost_pages_give_no_wrong_text(path: Path) -> None:
    damaged_files(path, 25, one_page)


def test_damage_of_an_older_store_gives_no_wrong_text(path: Path) -> None:
    as_older(path)
    damaged_files(path, 40, one_bit)
    damaged_files(path, 15, one_page)


def test_an_index_that_leads_to_another_text_gives_none(path: Path) -> None:
    swap = "UPDATE revisions SET body = (SELECT body FROM revisions WHERE article = 8) WHERE article = 7"
    sql(path, swap)
    with ArticleStore.open(path) as store:
        assert (list(store.heads([6, 7])), store.revisions(7)) == ([6], [])
        assert 7 in store.damage.articles()


@pytest.mark.soak
@pytest.mark.parametrize("form", ["older", "new", "packed"])
def test_hundreds_of_damages_give_no_wrong_text(path: Path, form: str) -> None:
    if form == "older":
        as_older(path)
    elif form == "packed":
        with ArticleStore.open(path) as store:
            assert store.compact().texts
    damaged_files(path, 400, one_bit)
    damaged_files(path, 200, one_page)


@pytest.mark.parametrize("reached", [7, 6, -1, "8", None])
def test_a_walk_that_is_led_back_ends_as_damage(reached: object):
    assert further(8, 7) == 8
    assert further((7, 2), (7, 1)) == (7, 2)
    with pytest.raises(StoreDamaged, match="a place after 7 is expected"):
        further(reached, 7)  # type: ignore[type-var]


@pytest.mark.parametrize("value", [None, 7, b"a"])
def test_what_is_no_text_is_damage(value: object):
    with pytest.raises(StoreDamaged, match="where text is expected"):
        stored_text(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["5", "'text'", "2.5"])
def test_a_body_that_damage_made_another_type_is_named_and_stored_again(path: Path, value: str) -> None:
    swap = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'revisions'"
    for statement, *values in (
        (swap, "STRICT", "/**/"),  # the disk does not ask what a column takes
        (f"UPDATE revisions SET body = {value} WHERE article = 2",),
        (swap, "/**/", "STRICT"),
    ):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute(statement, values)
    with ArticleStore.open(path) as store:
        assert store.compact().damaged == 1
        assert store.article(2) is None
        again = article(url=url(2), headline="Headline 2", body=text(2), structure=())
        store.write(again)
        store.write(again)
        assert store.article(2) is not None
        assert list(store.damage.check(full=True)) == []


def test_a_store_whose_column_damage_gave_another_name_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE of_a_keeper (note TEXT)")  # what stands beside ours harms nothing
    ArticleStore.open(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'hints', 'hjnts') WHERE name = 'frontier'")
    with pytest.raises(StoreDamaged, match=r"has no frontier\.hints; restore a backup"):
        ArticleStore.open(path)


def test_the_columns_of_all_migrations_are_those_that_are_looked_for() -> None:
    assert schema.digest(schema.own_columns()) == schema.COLUMNS
