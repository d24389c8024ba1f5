"""What every engine promises of words, phrases and their readings (indexer/contract/values.py)."""

from typing import Any

import pytest

from indexer.contract.protocol import Batch, Document
from indexer.contract.values import Completion, Fuzzy, Match, Query, Reading, Sort, TextField, Word
from tests.indexer.conftest import bodies, ids, open_engine, read
from tests.indexer.known import known

FLOOD = bodies("The flood rose", "Floods and storms", "It flooded; a wall fell", "Nothing here")


# ---------------------------------------------------------------- words


def test_a_bare_word_finds_every_form_of_its_stem(holding):
    assert sorted(ids(holding(*FLOOD), "flooding")) == [1, 2, 3]


def test_a_quoted_word_finds_that_form_only(holding):
    assert ids(holding(*FLOOD), '"flood"') == [1]


def test_words_side_by_side_are_all_wanted(holding):
    assert ids(holding(*FLOOD), "flood wall") == [3]


def test_a_word_that_an_engine_names_its_own_values_by_is_a_word_like_others(holding):
    words = ("times", "latest", "bars", "numbers", "columns", "live", "places", "forms", "similar")
    engine = holding(*bodies(*(f"The {word} of the day" for word in words)))
    for sort in ("new", "rel", "new"):
        assert [ids(engine, word, sort=sort) for word in words] == [[at] for at in range(1, len(words) + 1)]


def test_or_finds_any(holding):
    assert sorted(ids(holding(*FLOOD), "storm OR wall")) == [2, 3]


def test_a_minus_keeps_out(holding):
    assert sorted(ids(holding(*FLOOD), "flood -wall")) == [1, 2]


def test_only_exclusions_find_all_the_rest(holding):
    engine = holding(*FLOOD)
    assert ids(engine, "-flood") == [4]
    assert ids(engine, "-flood -nothing") == []
    assert sorted(ids(engine, "wall OR -flood")) == [3, 4]


def test_no_words_find_everything(holding):
    assert holding(*FLOOD).search(read("")).total == 4


def test_accents_may_be_left_out(holding):
    engine = holding(*bodies("José Pérez", "Jose Perez", "Łódź"))
    assert sorted(ids(engine, "perez")) == [1, 2]
    assert sorted(ids(engine, "Pérez")) == [1, 2]
    assert ids(engine, '"perez"') == [2]
    assert ids(engine, "lodz") == [3]


def test_stop_words_and_single_letters_are_words(holding):
    engine = holding(*bodies("To be, or not to be", "Form W-2 and an F-35", "C++ and C#"))
    assert ids(engine, '"to be or not to be"') == [1]
    assert ids(engine, "w-2") == [2]
    assert ids(engine, "c++ C#") == [3]


def test_stems_are_those_of_the_languages_of_the_corpus(holding):
    german = [
        Document(id=id, body=text, facets=known(lang="de")) for id, text in ((1, "viele Häuser"), (2, "ein Haus"))
    ]
    assert sorted(ids(holding(*german), "häuser")) == [1, 2]


def test_stems_are_those_of_the_languages_named_when_opening(kind, tmp_path):
    engine = open_engine(tmp_path / "named", kind, languages=("de",))
    engine.apply([Batch(bodies("viele Häuser", "ein Haus", "floods", "flood"), (), 1)])
    assert sorted(ids(engine, "häuser")) == [1, 2]
    assert ids(engine, "flooding") == []
    engine.close()


def test_a_word_of_an_unspaced_script_is_found_within_a_run(holding):
    engine = holding(*bodies("今日は東京都に行く", "京都東"))
    assert ids(engine, "東京都") == [1]
    assert sorted(ids(engine, "東")) == [1, 2]


def test_a_field_limits_where_a_word_is_looked_for(holding):
    engine = holding(Document(id=1, headline="Flood", body="x"), Document(id=2, headline="x", body="a flood"))
    assert ids(engine, "title:flood") == [1]
    assert ids(engine, "body:flood") == [2]
    assert sorted(ids(engine, "flood")) == [1, 2]


def test_every_text_field_is_searched(holding):
    fields: list[dict[str, Any]] = [{field: "flood"} for field in ("headline", "standfirst", "body", "byline")]
    engine = holding(*(Document(id=id, **field) for id, field in enumerate(fields, 1)))
    assert sorted(ids(engine, "flood")) == [1, 2, 3, 4]


def test_words_may_stand_in_different_fields(holding):
    engine = holding(Document(id=1, headline="Flood", body="wall"))
    assert ids(engine, "flood wall") == [1]


# ---------------------------------------------------------------- phrases, patterns, fuzzy words


def test_a_phrase_stands_in_order_without_gaps_in_one_field(holding):
    engine = holding(
        *bodies("sea wall", "wall sea", "sea and wall", "seas wall"), Document(id=5, headline="sea", body="wall")
    )
    assert ids(engine, '"sea wall"') == [1]


def test_a_phrase_may_repeat_a_word(holding):
    engine = holding(*bodies("again and again", "again and", "and again and"))
    assert ids(engine, '"again and again"') == [1]


def test_a_hyphenated_word_is_the_phrase_of_its_parts(holding):
    engine = holding(*bodies("covid-19 came", "covid 19 came", "19 covid"))
    assert sorted(ids(engine, "COVID-19")) == [1, 2]


@pytest.mark.parametrize(("slop", "found"), [(1, [1]), (2, [1, 2]), (9, [1, 2, 3])])
def test_near_words_stand_in_any_order_within_the_window(holding, slop, found):
    engine = holding(*bodies("wall x sea", "sea x x wall", "sea x x x wall", "sea alone"))
    assert sorted(ids(engine, f'"sea wall"~{slop}')) == found


def test_a_near_word_asked_for_twice_must_stand_twice(holding):
    assert ids(holding(*bodies("sea wall", "sea x sea")), '"sea sea"~3') == [2]


def test_prefixes_and_wildcards_find_forms(holding):
    engine = holding(*bodies("flood", "floating", "float", "afloat", "fl"))
    assert sorted(ids(engine, "flo*")) == [1, 2, 3]
    assert sorted(ids(engine, "*loat")) == [3, 4]
    assert ids(engine, "fl?od") == [1]
    assert sorted(ids(engine, "f*t*g")) == [2]


def test_fuzzy_words_are_within_their_edits_and_keep_the_first_letter(holding):
    engine = holding(*bodies("flood", "flodo", "blood", "fold", "floody"))
    assert sorted(ids(engine, "flood~")) == [1, 2, 5]
    assert sorted(ids(engine, "flood~2")) == [1, 2, 4, 5]


# ---------------------------------------------------------------- readings, suggestions, completions


def test_a_reading_names_the_forms_found_most_frequent_first(holding):
    engine = holding(*bodies("floods", "floods", "floods flood", "walls"))
    readings = engine.search(read("flood -wall fludd~")).readings
    assert readings[0] == Reading(Word("flood"), ("floods", "flood"))
    assert readings[1].clause == Fuzzy("fludd")
    assert len(readings) == 2


def test_a_reading_is_empty_when_no_article_can_match(holding):
    readings = holding(*FLOOD).search(read('tsunami "flood zebra"')).readings
    assert [one.forms for one in readings] == [(), ()]


def test_a_misspelt_word_is_corrected_from_the_corpus(holding):
    assert holding(*FLOOD).search(read("flodd")).suggestion == "flood"


def test_nothing_is_suggested_where_nobody_asks_for_it(holding):
    assert holding(*FLOOD).search(read("flodd")._replace(suggests=False)).suggestion is None


def test_nothing_is_suggested_where_nothing_would_find_more(holding):
    engine = holding(*FLOOD)
    assert engine.search(read("flood")).suggestion is None
    assert engine.search(read("zzyzx")).suggestion is None


def test_a_misspelt_author_is_corrected(holding):
    engine = holding(Document(id=1, body="x", facets=known(author="maria-okafor")))
    assert engine.search(read("x by:maria-okafr")).suggestion == "x author:maria-okafor"


def test_typing_is_completed_by_words_and_authors_most_frequent_first(holding):
    engine = holding(
        *bodies("flood flood", "flood", "florist"),
        Document(id=4, facets=known(author="flora-lee")),
        Document(id=5, body="other"),
    )
    assert engine.complete("the flo") == (
        Completion("flood", "word", 2), Completion("flora-lee", "author", 1), Completion("florist", "word", 1),
    )  # fmt: skip
    assert engine.complete("flo", limit=1) == (Completion("flood", "word", 2),)
    assert engine.complete("zz") == ()
    assert engine.complete("") == ()


# ---------------------------------------------------------------- ranking, similarity, explanation


def test_rare_words_and_short_fields_rank_higher(holding):
    engine = holding(*bodies("common common rare", "common rare rare rare", "common x y", "common"))
    assert ids(engine, "common OR rare")[0] == 2
    assert ids(engine, "rare") == [2, 1]


def test_a_word_in_the_headline_ranks_higher_than_one_in_the_body(holding):
    engine = holding(
        Document(id=1, headline="Sea wall holds", body="The flood came in the night."),
        Document(id=2, headline="Flood wall holds", body="The sea came in the night."),
        Document(id=3, headline="Other news here", body="Quite another story there."),
    )
    assert ids(engine, "flood") == [2, 1]


def test_a_repeated_query_word_counts_as_often_as_it_is_repeated(holding):
    engine = holding(*bodies("sea sea wall", "sea wall wall", "other"))
    assert ids(engine, "sea sea sea OR wall")[0] == 1
    once, twice = (engine.search(read(text)).hits[0].score for text in ("sea", "sea sea"))
    assert twice == pytest.approx(2 * once, rel=1e-4)


def test_similar_articles_share_telling_words_copies_left_out(holding):
    texts = ["flood barrier council", "flood barrier council again", "football match", "barrier reef", "weather report"]
    copy = Document(id=6, body=texts[0], copy_of=1)
    engine = holding(*bodies(*texts), copy)
    assert engine.similar(1, texts[:1])[0].id == 2
    assert {1, 6}.isdisjoint(hit.id for hit in engine.similar(1, texts[:1]))
    assert {1, 6}.isdisjoint(hit.id for hit in engine.similar(6, texts[:1]))
    assert len(engine.similar(1, texts[:1], limit=1)) == 1
    assert engine.similar(99, texts[:1]) == ()
    engine.apply([Batch((), (2,), 7)])
    assert 2 not in [hit.id for hit in engine.similar(1, texts[:1])], "it is gone"


COPIES = (
    Document(id=1, body="flood wall", published=10, added=50),
    Document(id=2, body="flood wall fell", published=20, added=50, copy_of=1),
    Document(id=3, body="flood flood flood", published=30, added=50),
    Document(id=4, body="flood wall again", published=40, added=50, copy_of=1),
    Document(id=5, body="a storm", published=50, added=50, copy_of=3),
)


def test_copies_of_one_text_are_one_hit_that_names_the_others(holding):
    engine = holding(*COPIES)
    found = engine.search(read("flood", sort="new"))
    assert [(hit.id, hit.copies) for hit in found.hits] == [(4, (2, 1)), (3, ())]
    assert (found.total, found.stories) == (4, 2)


def test_copies_are_hits_of_their_own_when_asked_for(holding):
    found = holding(*COPIES).search(read("flood", sort="new", copies="show"))
    assert [(hit.id, hit.copies) for hit in found.hits] == [(4, ()), (3, ()), (2, ()), (1, ())]
    assert (found.total, found.stories) == (4, 4)


def test_of_copies_the_one_that_comes_first_in_the_order_asked_for_is_the_hit(holding):
    engine = holding(*COPIES)
    assert [hit.id for hit in engine.search(read("flood", sort="old")).hits] == [1, 3]
    best = engine.search(read("flood")).hits
    assert best[0].id == 3
    assert {best[1].id, *best[1].copies} == {1, 2, 4}


def test_folded_hits_fill_the_pages_without_gaps_or_repeats(holding):
    pairs = [Document(id=id, body="flood", published=id, copy_of=None if id % 2 else id - 1) for id in range(1, 41)]
    engine = holding(*pairs)
    pages = [engine.search(read("flood", sort="new", n=6, page=page)) for page in range(1, 6)]
    assert [len(page.hits) for page in pages] == [6, 6, 6, 2, 0]
    assert [hit.id for page in pages for hit in page.hits] == list(range(40, 0, -2))


def test_facets_and_bars_count_every_copy(holding):
    found = holding(*COPIES).search(read("flood"))
    assert found.histogram.undated + sum(bar.count for bar in found.histogram.bars) == found.total == 4


@pytest.mark.parametrize(
    "text", ["flood", "flood wall", '"wall fell"', "flo* OR storm~", "wall title:flood", "fell fell"]
)
def test_an_explanation_adds_up_to_the_score(holding, text):
    engine = holding(*FLOOD, Document(id=9, headline="Flood wall", body="wall fell, flooding the sea"))
    hits = engine.search(read(text)).hits
    assert hits
    for hit in hits:
        explanation = engine.explain(read(text), hit.id)
        assert explanation.matches
        assert explanation.score == pytest.approx(hit.score, rel=1e-3)
        assert sum(part.score for part in explanation.contributions) == pytest.approx(explanation.score, rel=1e-3)


def test_an_explanation_names_form_field_and_frequency(holding):
    engine = holding(*bodies("floods, floods and a wall", "wall"))
    (part,) = engine.explain(read("flood"), 1).contributions
    assert (part.clause, part.form, part.field, part.frequency) == (Word("flood"), "floods", TextField.BODY, 2)


def test_what_is_no_hit_has_no_explanation(holding):
    engine = holding(*FLOOD)
    assert not engine.explain(read("flood"), 4).matches
    assert not engine.explain(read("flood site:a.example"), 1).matches
    assert not engine.explain(read("flood"), 99).matches


def test_an_empty_index_answers(engine):
    for text in ("", "flood", '"a b"', "flo*", "flod~", "-a", "by:x"):
        assert engine.search(read(text)).total == 0
    assert engine.search(Query()).hits == ()
    assert engine.similar(1, ["flood"]) == ()
    assert engine.complete("flo") == ()
    assert len(engine) == engine.position == 0


# ---------------------------------------------------------------- listings


@pytest.mark.parametrize("typed", ["flood", "", "-wall", "flood OR nothing", "flood nothing"])
@pytest.mark.parametrize("sort", list(Sort))
def test_a_listing_has_all_matches_in_the_order_of_the_pages(holding, typed, sort):
    engine = holding(*FLOOD)
    query = read(typed)._replace(sort=sort)
    listed = engine.listing(query)
    results = engine.search(query)
    assert list(listed.ids) == [hit.id for hit in results.hits]
    assert (listed.total, listed.position, listed.partial) == (results.total, results.position, False)


def test_a_listing_is_not_of_a_page_nor_of_those_with_some_words_alone(holding):
    engine = holding(*FLOOD)
    assert len(engine.listing(read("flood")._replace(page=7, per_page=1)).ids) == 3
    assert list(engine.listing(read("flood wall")._replace(match=Match.BEST)).ids) == [3]
    assert sorted(engine.listing(read("wall storms")._replace(match=Match.ANY)).ids) == [2, 3]


def test_an_article_dated_later_than_it_came_has_its_place_where_it_came(holding):
    days = ((1, 50, 60), (2, 9000, 20), (3, 10, 60), (4, None, 60), (5, 30, 60))
    engine = holding(*(Document(id=id, body="flood", published=at, added=came) for id, at, came in days))
    assert ids(engine, "flood", sort="new") == ids(engine, "flood", sort="rel") == [1, 5, 2, 3, 4]
    assert ids(engine, "flood", sort="old") == [3, 2, 5, 1, 4]
    assert list(engine.listing(read("flood", sort="new")).ids) == [1, 5, 2, 3, 4]
    assert ids(engine, "flood", **{"from": "1970-01-07"}) == [2]  # a date is as its page says


def test_hits_that_no_word_ranks_have_no_score(holding):
    engine = holding(*(Document(id=id, body="flood", published=id, added=9) for id in (1, 2)), Document(id=3))
    hits = engine.search(Query(sort=Sort.RELEVANCE)).hits
    assert [(hit.id, hit.score) for hit in hits] == [(2, 0.0), (1, 0.0), (3, 0.0)]
