"""A question finds something, on every engine: all words first, some words after them."""

from dataclasses import replace

import pytest

from indexer.contract.values import Match
from tests.indexer.conftest import bodies, read

TEXTS = (
    "The mayor opened the new flood barrier.",
    "A flood came, and the mayor left.",
    "The mayor spoke of taxes.",
    "A barrier for ships.",
    "Nothing of that kind.",
)


def best(engine, typed, **parameters):
    return engine.search(read(typed, **parameters)._replace(match=Match.BEST))


def test_articles_with_some_words_follow_those_with_all(holding):
    found = best(holding(*bodies(*TEXTS)), "who is the mayor of the flood barrier")
    assert found.total == 1
    assert found.more == 3
    assert (found.hits[0].id, found.hits[0].some) == (1, False)
    assert {hit.id for hit in found.hits if hit.some} == {2, 3, 4}
    assert set(found.ignored) == {"who", "is", "the", "of"}


def test_facets_and_histogram_are_of_those_with_all_words(holding):
    engine = holding(*[replace(one, published=minute) for minute, one in enumerate(bodies(*TEXTS))])
    found = best(engine, "mayor flood barrier")
    assert found.histogram is not None
    assert sum(bar.count for bar in found.histogram.bars) == found.total == 1
    assert [value.count for facet in found.facets for value in facet.counts] == [1] * len(found.facets)


def test_any_words_are_all_the_answer_when_they_are_asked_for(holding):
    found = holding(*bodies(*TEXTS)).search(read("the mayor flood barrier", match="any"))
    assert (found.total, found.more) == (4, 0)
    assert not any(hit.some for hit in found.hits)


def test_only_all_words_answer_unless_more_is_asked_for(holding):
    found = holding(*bodies(*TEXTS)).search(read("the mayor flood barrier"))
    assert (found.total, found.more, len(found.hits)) == (1, 0, 1)


def test_ten_articles_with_all_words_are_enough(holding):
    engine = holding(*bodies(*["flood barrier"] * 10, "flood"))
    assert best(engine, "flood barrier").more == 0
    assert best(engine, "flood barrier sea").more == 11


def test_quoted_excluded_and_filtered_stays_strict(holding):
    engine = holding(*bodies(*TEXTS))
    found = best(engine, '"flood barrier" mayor taxes')
    assert [hit.id for hit in found.hits] == [1]
    assert {hit.id for hit in best(engine, "mayor barrier taxes -flood").hits} == {3, 4}
    assert best(engine, "mayor barrier by:nobody").hits == ()


def test_pages_go_on_from_all_words_to_some(holding):
    engine = holding(*bodies(*TEXTS))
    whole = best(engine, "mayor flood barrier").hits
    pages = [best(engine, "mayor flood barrier", n=1, page=page).hits for page in range(1, 6)]
    assert [hit for page in pages for hit in page] == list(whole)


def test_stories_with_all_words_and_with_some_are_counted_apart(holding):
    found = best(holding(*bodies(*TEXTS)), "mayor flood barrier")
    assert (found.stories, found.whole_stories, found.some_stories, found.are_folded) == (4, 1, 3, False)


def test_an_article_with_some_words_is_explained(holding):
    engine = holding(*bodies(*TEXTS))
    query = read("mayor flood barrier")._replace(match=Match.BEST)
    hit = engine.search(query).hits[-1]
    told = engine.explain(query, hit.id)
    assert told.matches
    assert told.score == pytest.approx(hit.score, rel=1e-5)
    assert not engine.explain(query, 5).matches


def test_where_no_article_has_a_word_those_with_another_follow(holding):
    engine = holding(*bodies(*TEXTS))
    found = best(engine, "barier")
    assert (found.total, found.more) == (0, 2)
    assert {(hit.id, hit.some) for hit in found.hits} == {(1, True), (4, True)}
    assert found.substitutes is not None
    assert found.substitutes.words == (("barier", ("barrier",)),)
    assert found.suggestion == "barrier"
    assert [(one.clause.text, bool(one.forms)) for one in found.readings] == [("barier", False), ("barrier", True)]
    assert all(not facet.counts for facet in found.facets)
    assert all(engine.explain(read("barier")._replace(match=Match.BEST), hit.id).matches for hit in found.hits)


@pytest.mark.parametrize(
    ("typed", "typed_words", "ids"),
    [
        ("halongbay", (("halongbay", ("halong", "bay")),), {1, 2}),  # no article has both
        ("floodbarrier", (("floodbarrier", ("flood barrier",)),), {3, 4}),  # and not those with one of them
        ("hanoi", (("hanoi", ("ha nội",)),), {5}),  # "ha" is a word of its own, and more frequent
    ],
)
def test_two_words_for_one_are_both_had_where_they_can_be(holding, typed, typed_words, ids):
    texts = ("Halong waits.", "A bay.", "A flood barrier.", "No barrier for a flood.", "Hà Nội.", "Ha, a flood.", "Ha.")
    engine = holding(*bodies(*texts))
    found = best(engine, typed)
    assert found.substitutes is not None
    assert (found.substitutes.words, {hit.id for hit in found.hits}) == (typed_words, ids)
    assert (found.more, found.total) == (len(ids), 0)
    said = engine.search(read(found.suggestion or "")).total  # where the line's link leads
    assert said == (len(ids) if typed != "halongbay" else 0)


@pytest.mark.parametrize("between", [" OR ", " "])
def test_as_many_words_with_digits_are_sought_as_words_of_letters(holding, between):
    codes = [f"row{number}" for number in range(64)]  # each is sought as two words, too
    found = best(holding(*bodies(*codes)), between.join(codes), n=100)
    assert (found.total + found.more, found.partial) == (64, False)


def test_other_words_are_only_for_the_best_matches_and_never_for_strict_parts(holding):
    engine = holding(*bodies(*TEXTS))
    assert engine.search(read("barier")).substitutes is None
    assert engine.listing(read("barier")).total == 0
    for typed in ('"barier"', "title:barier", "mayor -barrier site:nowhere.example", "zzyzxq"):
        found = best(engine, typed)
        assert (found.total, found.more, found.substitutes) == (0, 0, None)


def test_pages_of_hits_with_other_words_do_not_repeat(holding):
    engine = holding(*bodies(*["flood barrier"] * 5))
    pages = [best(engine, "barier", n=2, page=page) for page in (1, 2, 3, 4)]
    assert sorted(hit.id for page in pages for hit in page.hits) == [1, 2, 3, 4, 5]
    assert {page.more for page in pages} == {5}
