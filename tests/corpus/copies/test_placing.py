"""Groups are the same whatever order the articles come in, and what comes of a text costs no more than a bound."""

import itertools
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.copies import placing, similarity, sketching
from corpus.copies.facts import Words, tells_otherwise
from corpus.copies.grouping import group_copies
from corpus.copies.similarity import Similarity
from corpus.copies.texts import Texts
from corpus.corrections.values import Correction, Field
from corpus.model import Article
from corpus.store import ArticleStore
from tests.corpus.copies.test_grouping import NOW, article
from tests.corpus.copies.texts import story
from tests.stores import new_store


def led(store: ArticleStore) -> dict[str, str]:
    """Article -> who leads it, by name; those that have no copies are left out."""
    names = {one.id: one.article.url.rpartition("/")[2] for one in store.every()}
    return {names[one.id]: names[one.copy_of] for one in store.every() if one.copy_of is not None}


def grouped(path: Path, articles: Sequence[Article], nights: int) -> dict[str, str]:
    with new_store(path) as store:
        for night in range(nights):
            store.write_many(articles[night::nights])
            group_copies(store)
        return led(store)


PARTS = [story(n, paragraphs=1)[0] for n in range(20)]
CHAIN = [article(name, PARTS[at : at + 12], hours=at) for name, at in (("a", 0), ("b", 4), ("c", 8))]


def test_of_a_chain_of_texts_the_end_that_is_unlike_the_leader_is_alone_in_any_order(tmp_path: Path) -> None:
    for number, order in enumerate(itertools.permutations(CHAIN)):
        assert grouped(tmp_path / f"{number}", order, 1 + 2 * (number % 2)) == {"b": "a"}


def family(chance: random.Random, name: str) -> list[Article]:
    """Texts that each hold a window of one long text, some like one another and some not, some of one moment."""
    parts = [story(chance.randrange(10**9), paragraphs=1)[0] for _ in range(18)]
    starts = [chance.randrange(8) for _ in range(7)]
    return [
        article(f"{name}{n}", parts[at : at + chance.randrange(8, 11)], hours=chance.randrange(5))
        for n, at in enumerate(starts)
    ]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in (1, 2))])
def test_groups_and_leaders_are_the_same_in_any_order_over_any_nights(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    articles = [one for name in "pqr" for one in family(chance, name)]
    found = []
    for nights in (1, 2, 7):
        chance.shuffle(articles)
        found.append(grouped(tmp_path / f"{nights}", articles, nights))
    assert len(found[0]) > 5
    assert found[1:] == found[:1] * 2


def test_what_was_withdrawn_or_is_another_text_now_leaves_the_groups_as_if_it_never_came(tmp_path: Path) -> None:
    chance = random.Random(8)
    articles = [one for name in "pq" for one in family(chance, name)]
    gone = {one.url for one in articles[::4]}
    with new_store(tmp_path / "one") as store:
        store.write_many(articles)
        group_copies(store)
        for number, url in enumerate(sorted(gone)):
            stored = store.by_url(url)
            assert stored is not None
            if number % 2:
                store.withdraw(stored.id, "gone")
            else:
                store.write(article(url.rpartition("/")[2], story(900 + number), hours=3))
        group_copies(store)
        assert led(store) == grouped(tmp_path / "two", [one for one in articles if one.url not in gone], 1)


def test_an_article_that_is_dated_otherwise_leads_or_follows_as_if_it_always_was(tmp_path: Path) -> None:
    with new_store(tmp_path / "one") as store:
        store.write_many([article(name, story(1), hours=at) for at, name in enumerate("abc")])
        group_copies(store)
        store.write(article("a", story(1), hours=9))
        group_copies(store)
        assert led(store) == {"a": "b", "c": "b"}


FORM = (
    "The winning numbers of the Saturday draw are {}, {}, {}, {}, {} and {}. The bonus number is {}. Nobody had all"
    " six, so that {} million are in the pot on Wednesday. {} players had five right, and each gets {} euros. All is"
    " without guarantee and prizes must be collected at any office of the lottery within the usual time of some weeks."
    " Whoever has a ticket that was bought abroad writes to the head office and adds a copy of both sides of it."
    " Tickets that are torn are no longer valid unless the office can read who sold them and when they were sold."
)


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_form_has_no_copies_and_those_that_are_like_more_than_eight_texts_are_counted(
    tmp_path: Path, newest_first: bool
) -> None:
    chance = random.Random(3)
    forms = [article(f"f{n}", [FORM.format(*chance.sample(range(5_000), 10))], hours=n) for n in range(40)]
    forms = forms[::-1] if newest_first else forms
    with new_store(tmp_path / "one") as store:
        store.write_many(forms[:9])
        assert group_copies(store).bounded == 0
        store.write_many(forms[9:])
        assert 20 <= group_copies(store).bounded <= 31
        assert led(store) == {}
        last = chance.sample(range(5_000), 10)
        store.write_many([article(name, [FORM.format(*last)], hours=at) for at, name in ((99, "g"), (100, "h"))])
        group_copies(store)
        assert led(store) == {"h": "g"}


@pytest.mark.parametrize("pool", [40, 5_000])  # in short numbers two texts share facts by chance
def test_a_copy_is_found_among_more_texts_of_its_form_than_a_hash_has(tmp_path: Path, pool: int) -> None:
    chance = random.Random(4)
    forms = [FORM.format(*chance.sample(range(pool), 10)) for _ in range(200)]
    again = range(100, 200, 10)
    edited = {n: forms[n].replace("abroad", "elsewhere") if n % 20 else forms[n] for n in again}
    articles = [article(f"f{n}", [form], hours=n) for n, form in enumerate(forms)]
    with new_store(tmp_path / "one") as store:
        store.write_many([*articles, *(article(f"c{n}", [text], hours=300 + n) for n, text in edited.items())])
        group_copies(store)
        assert led(store) == {f"c{n}": f"f{n}" for n in again}  # by the first hashes alone, four to eight


@pytest.mark.parametrize(("deepest", "hidden"), [(sketching.DEEPEST, 0), (12, 1)])
def test_a_text_whose_hashes_another_one_s_many_copies_have_is_found_by_further_hashes_or_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deepest: int, hidden: int
) -> None:
    monkeypatch.setattr(sketching, "DEEPEST", deepest)
    notice = "The winning number of the draw is {}, the bonus number is {}. " + FORM.partition("euros. ")[2]
    with new_store(tmp_path / "one") as store:
        store.write_many([article(f"c{n}", [notice.format(12, 345)], hours=n) for n in range(70)])
        assert group_copies(store).bounded == 0
        store.write(article("d", [notice.format(67, 890)], hours=99))
        assert group_copies(store).bounded == hidden
        store.write(article("e", [notice.format(67, 890).replace("abroad", "elsewhere")], hours=100))
        group_copies(store)
        assert hidden or led(store).get("e") == "d"


def test_stories_that_share_less_than_copies_do_are_all_compared_and_none_is_counted(tmp_path: Path) -> None:
    note = story(0, paragraphs=5)  # so much in common that each may be a copy of each until they are compared
    with new_store(tmp_path / "one") as store:
        store.write_many([article(f"c{n}", [*story(n + 1, paragraphs=6), *note], hours=n) for n in range(40)])
        assert group_copies(store).bounded == 0
        assert led(store) == {}


def test_a_text_that_leads_is_counted_when_not_all_texts_like_it_are_looked_at_and_a_copy_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "MOST_LIKELY", 10)
    with new_store(tmp_path / "one") as store:
        store.write_many([article(f"c{n}", story(1), hours=n) for n in range(30)])
        assert group_copies(store).bounded == 0
        store.write(article("first", story(1), hours=-1))
        assert group_copies(store).bounded >= 1


@pytest.mark.parametrize("edited", [False, True])
def test_an_earlier_article_leads_more_copies_than_a_hash_has_texts_though_it_comes_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, edited: bool
) -> None:
    monkeypatch.setattr(sketching, "DEEPEST", 12)  # of further hashes 300 copies would leave it none
    text = " ".join(story(1))
    copies = [text.replace(" harbour ", f" harbour wall{n} ", 1) if edited else text for n in range(140)]
    with new_store(tmp_path / "one") as store:
        store.write_many([article(f"c{n}", [copy], hours=n) for n, copy in enumerate(copies)])
        group_copies(store)
        store.write(article("first", [text], hours=-1))
        group_copies(store)
        assert led(store) == {f"c{n}": "first" for n in range(140)}


def test_copies_find_each_other_though_the_leader_and_all_are_gone_that_a_hash_has(tmp_path: Path) -> None:
    text = " ".join(story(1))
    copies = [text.replace(" harbour ", f" harbour wall{n} ", 1) for n in range(100)]
    with new_store(tmp_path / "one") as store:
        store.write_many([article(f"c{n}", [copy], hours=n) for n, copy in enumerate(copies)])
        group_copies(store)
        for n in range(70):  # those that follow have further hashes, though they were copies when they came
            gone = store.by_url(article(f"c{n}", [text]).url)
            assert gone is not None
            store.withdraw(gone.id, "gone")
        group_copies(store)
        assert led(store) == {f"c{n}": "c70" for n in range(71, 100)}


def test_a_short_text_is_found_by_its_copies_even_with_a_word_changed(tmp_path: Path) -> None:
    texts = [story(n, paragraphs=1)[0].split()[:34] for n in range(200)]  # thirty shingles; some had no sketch
    with new_store(tmp_path / "one") as store:
        for n, words in enumerate(texts):
            store.write(article(f"a{n}", [" ".join(words)], hours=n))
            store.write(article(f"b{n}", [" ".join([*words[:17], "Zebra", *words[18:]])], hours=300))
        group_copies(store)
        assert led(store) == {f"b{n}": f"a{n}" for n in range(200)}


@pytest.mark.parametrize("own", [False, True])
def test_each_text_of_a_form_or_of_one_story_has_its_facts_compared_a_few_times_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: bool
) -> None:
    compared = []

    def counting(one: Words, other: Words) -> bool:
        compared.append(1)
        return tells_otherwise(one, other)

    monkeypatch.setattr(similarity, "tells_otherwise", counting)
    chance = random.Random(6)
    forms = [[FORM.format(*([7] * 10 if own else chance.sample(range(5_000), 10)))] for _ in range(60)]
    lines = [story(n, paragraphs=1) for n in range(60)]
    articles = [article(f"f{n}", form + [lines[n][0][:60]] * own, hours=n) for n, form in enumerate(forms)]
    chance.shuffle(articles)
    with new_store(tmp_path / "one") as store:
        store.write_many(articles)
        assert group_copies(store).bounded == (0 if own else pytest.approx(51, abs=3))
        assert len(led(store)) == (59 if own else 0)
    assert len(compared) <= 60 * (1 if own else similarity.MOST_COMPARED * 2)


def test_facts_are_compared_anew_of_a_text_that_changed_and_of_no_other(tmp_path: Path) -> None:
    one, other = ([FORM.format(*range(start, start + 10))] for start in (1, 101))
    with new_store(tmp_path / "one") as store:
        store.write_many(article(name, one) for name in "abc")
        compared = Similarity(Texts(store))
        assert [compared.tell_the_same(1, later) for later in (2, 3)] == [True, True]
        store.write_many(article(name, other) for name in "bc")
        compared.forget([2, 4])
        assert [compared.tell_the_same(1, later) for later in (2, 3)] == [False, True]


def test_an_article_alone_that_is_dated_earlier_gets_the_copies_that_are_likest_to_it(tmp_path: Path) -> None:
    middle, late = CHAIN[1], CHAIN[2]
    with new_store(tmp_path / "one") as store:
        store.write_many([CHAIN[0], middle, late])
        group_copies(store)
        assert led(store) == {"b": "a"}
        store.write(article("c", late.body.split("\n\n"), hours=-5))  # "a" and "c" are unlike, and "b" is like both
        store.write(article("a", CHAIN[0].body.split("\n\n"), hours=20))
        group_copies(store)
        assert led(store) == {"b": "c"}


def test_of_articles_of_one_moment_the_source_that_config_names_first_leads_once_it_does(tmp_path: Path) -> None:
    with new_store(tmp_path / "one") as store:
        store.write_many([article("a", story(1), source="alpha"), article("b", story(1), source="beta")])
        group_copies(store, ["alpha", "beta"])
        assert led(store) == {"b": "a"}
        assert group_copies(store, ["beta", "alpha"]).changed == 2
        assert led(store) == {"a": "b"}
        assert group_copies(store, ["alpha"]).changed == 2  # of a source that config names no more, last of all
        assert led(store) == {"b": "a"}


def test_a_date_that_a_person_corrected_says_who_leads(tmp_path: Path) -> None:
    with new_store(tmp_path / "one") as store:
        store.write_many([article("a", story(1)), article("b", story(1), hours=1)])
        group_copies(store)
        value = {"at": "2027-01-01T00:00:00+00:00", "precision": "day", "origin": "hand"}
        number, _ = store.corrections.add(
            Correction(
                url="https://gazette.example/a", field=Field.PUBLISHED, value=value, who="ada", why="misread", at=NOW
            )
        )
        group_copies(store)
        assert led(store) == {"a": "b"}
        store.corrections.undo(number, NOW)
        group_copies(store)
        assert led(store) == {"b": "a"}


def test_copies_of_an_article_that_a_person_keeps_from_a_new_leader_follow_that_one_where_it_is_likelier(
    tmp_path: Path,
) -> None:
    leader = article("leader", PARTS[:12])
    parted = article("parted", [*PARTS[:10], *story(101, paragraphs=2)], hours=3)
    other = article("other", [*PARTS[3:12], *story(102, paragraphs=3)], hours=2)
    copy = article("copy", PARTS[:11], hours=4)
    with new_store(tmp_path / "one") as store:
        store.write_many([parted, other, copy])
        said = Correction(url=parted.url, field=Field.COPIES, value=False, who="ada", why="", at=NOW, other=other.url)
        store.corrections.add(said)
        group_copies(store)
        assert led(store) == {"copy": "parted"}
        store.write(leader)
        group_copies(store)
        assert led(store) == {"copy": "leader", "other": "leader"}
