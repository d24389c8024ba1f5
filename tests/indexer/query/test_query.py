"""What a person typed, and the parameters of a URL -> Query."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.text import MAX_FORM
from indexer.contract.facets import FacetName, Filter
from indexer.contract.periods import minutes
from indexer.contract.values import (
    And,
    Dating,
    Fuzzy,
    Interval,
    Match,
    MultiPhrase,
    Not,
    Or,
    Pattern,
    Phrase,
    Sort,
    TextField,
    Word,
)
from indexer.query.grammar import MAX_PHRASE, MAX_TERM_CLAUSES
from indexer.query.lexer import MAX_CHARS
from indexer.query.query import parse
from tests.indexer.conftest import NOW, read

A, B, C = map(Word, "abc")
FIELDS = "title, body, byline, author, site, lang, section, has, links, tag, in, after, before, date"


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("", None),
        ("   -  \0 … ", Or(())),
        ("a b", And((A, B))),
        ("a b OR c", And((A, Or((B, C))))),
        ("a OR b AND c", And((Or((A, B)), C))),
        ("a (b c)", And((A, B, C))),
        ("(a OR b) OR c", Or((A, B, C))),
        ("-a", Not(A)),
        ("-(a b)", Not(And((A, B)))),
        ("NOT -a", A),
        ("a OR", And((A, Word("or")))),
        ("OR a", And((Word("or"), A))),
        ("AND", Word("and")),
        ("a OR OR b", And((A, Or((Word("or"), B))))),
        ("a or b", And((A, Word("or"), B))),
        ("((a", A),
        ("a)) b", And((A, B))),
        ("()", Or(())),
        ('"a b', Phrase(("a", "b"))),
        ('""', Or(())),
        ("“a b” «c»", And((Phrase(("a", "b")), Phrase(("c",))))),
        ("（a ＯＲ b）", And((A, Word("or"), B))),
        ('"a b"~3', Phrase(("a", "b"), 3)),
        ('"a b"~0', Phrase(("a", "b"))),
        ('"a b"~9999', Phrase(("a", "b"), 100)),
        ('"a"~5', Phrase(("a",))),
        ("title:a", Word("a", TextField.HEADLINE)),
        ("TITLE:a", Word("a", TextField.HEADLINE)),
        ('-title:"a b"', Not(Phrase(("a", "b"), field=TextField.HEADLINE))),
        ("title:(a -b)", And((Word("a", TextField.HEADLINE), Not(Word("b", TextField.HEADLINE))))),
        ("title: a", Word("a", TextField.HEADLINE)),
        ("intitle:a", Word("a", TextField.HEADLINE)),
        ("!a b", And((Not(A), B))),
        ("a! b", And((A, B))),
        ("'a b' c", And((Phrase(("a", "b")), C))),
        ("‘a b’", Phrase(("a", "b"))),
        ("’a b’", Phrase(("a", "b"))),
        ("'a tale' b", And((Phrase(("a", "tale")), Word("b")))),
        ("’ a b ’", And((Word("a"), Word("b")))),
        ("'90s b c'", And((Word("90s"), Word("b"), Word("c")))),
        ("'t a b'", And((Word("t"), Word("a"), Word("b")))),
        ("don't say 'a", And((MultiPhrase((Word("don"), Word("t")), "don't", joined="dont"), Word("say"), A))),
        ("a NEAR/5 b", MultiPhrase((A, B), "a NEAR/5 b", 5)),
        ("a w/5 b c", And((MultiPhrase((A, B), "a NEAR/5 b", 5), C))),
        ("a NEAR b NEAR/3 c", MultiPhrase((A, B, C), "a NEAR/10 b NEAR/10 c", 10)),
        ("title:a NEAR/2 b", MultiPhrase((A, B), "a NEAR/2 b", 2, field=TextField.HEADLINE)),
        ("near w/ b", And((Word("near"), Word("w"), B))),
        ("🎉", Or(())),
        ("€ a", A),
        ("(by:x a) OR b", Or((And((Filter(FacetName.AUTHOR, ("x",)), A)), B))),
        ("(by:x by:y a) OR b", Or((And((Filter(FacetName.AUTHOR, ("x", "y")), A)), B))),
        ("(-by:x a) OR b", Or((And((Filter(FacetName.AUTHOR, (), ("x",)), A)), B))),
        ("a OR by:x", Or((A, Filter(FacetName.AUTHOR, ("x",))))),
        ("-(a by:x)", Not(And((A, Filter(FacetName.AUTHOR, ("x",)))))),
        ("by:x OR site:y", Or((Filter(FacetName.AUTHOR, ("x",)), Filter(FacetName.SITE, ("y",))))),
        ("colour:a", MultiPhrase((Word("colour"), A), "colour:a")),
        ("flo*d", Pattern("flo*d")),
        ("flo**", Pattern("flo*")),
        ("who?", Word("who")),
        ("wh?o", Pattern("wh?o")),
        ("really??", Word("really")),
        ("covid-flo*", MultiPhrase((Word("covid"), Pattern("flo*")), "covid-flo*")),
        ("word~", Fuzzy("word")),
        ("word~2", Fuzzy("word", 2)),
        ("word~7", Fuzzy("word", 2)),
        ("ab~", Word("ab")),
        ("Okafor's", Word("okafor")),
        ("don’t", MultiPhrase((Word("don"), Word("t")), "don’t", joined="dont")),
        ("c++ C#", And((Word("c++"), Word("c#")))),
        ("東京都", Phrase(("東京", "京都"))),
        ("東*", Pattern("東*")),
        ("東", Word("東")),
        ('"東"', Word("東")),
        ("9月", MultiPhrase((Word("9"), Pattern("月*")), "9月")),
        ("第9", MultiPhrase((Pattern("*第"), Word("9")), "第9")),
        ("2024年3月", MultiPhrase((Word("2024"), Phrase(("年",)), Word("3"), Pattern("月*")), "2024年3月")),
        ('"A股"', MultiPhrase((Phrase(("a",)), Pattern("股*")), '"A股"')),
        ("大雨", Word("大雨")),
        ("e-mail", MultiPhrase((Word("e"), Word("mail")), "e-mail", joined="email")),
        ("title:e-mail", MultiPhrase((Word("e"), Word("mail")), "e-mail", joined="email", field=TextField.HEADLINE)),
        ("2,500", MultiPhrase((Word("2"), Word("500")), "2,500", joined="2500")),
        ('"flood insur*"', MultiPhrase((Phrase(("flood",)), Pattern("insur*")), '"flood insur*"')),
        ('"flood insur*"~3', MultiPhrase((Phrase(("flood",)), Pattern("insur*")), '"flood insur*"~3', 3)),
        ('"insur*"', Pattern("insur*")),
        ("2024", Word("2024")),
        ("2024-03-09", MultiPhrase((Word("2024"), Word("03"), Word("09")), "2024-03-09")),
        ("…2024..x", MultiPhrase((Word("2024"), Word("x")), "..2024..x")),
    ],
)
def test_the_words_are_read_as(text, clause):
    assert read(text).clause == clause


@pytest.mark.parametrize("join", [" ", " OR "])
@pytest.mark.parametrize("count", [1, 2, 3, MAX_TERM_CLAUSES, MAX_TERM_CLAUSES + 1])
def test_words_in_small_letters_are_read_as_they_are_in_parentheses(join, count):
    typed = join.join("abcab"[at % 5] for at in range(count))
    query, other = read(typed), read(f"({typed})")
    assert (query.clause, query.notes) == (other.clause, other.notes)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ('by:"okafor, maria"', [Filter(FacetName.AUTHOR, ("maria-okafor",))]),
        ("by: okafor", [Filter(FacetName.AUTHOR, ("okafor",))]),
        ("by:'ana li'", [Filter(FacetName.AUTHOR, ("ana-li",))]),
        ('author:"Ana Pérez"', [Filter(FacetName.AUTHOR, ("ana-perez",))]),
        ("by:a OR by:b", [Filter(FacetName.AUTHOR, ("a", "b"))]),
        ("by:(a OR b)", [Filter(FacetName.AUTHOR, ("a", "b"))]),
        ("by:a by:a -by:b", [Filter(FacetName.AUTHOR, ("a",), ("b",))]),
        ("-by:(a b)", [Filter(FacetName.AUTHOR, (), ("a", "b"))]),
        ("by:None", [Filter(FacetName.AUTHOR, ("none",))]),
        ("site:https://Valley-Herald.example/a", [Filter(FacetName.SITE, ("valley-herald.example",))]),
        ("lang:en-GB lang:German", [Filter(FacetName.LANGUAGE, ("en", "de"))]),
        ("section:b by:a", [Filter(FacetName.AUTHOR, ("a",)), Filter(FacetName.SECTION, ("b",))]),
    ],
)
def test_the_filters_are_read_as(text, filters):
    query = read(text)
    assert list(query.filters) == filters
    assert query.clause is None
    assert query.notes == ()


def test_an_alias_is_the_author_it_stands_for():
    query = parse("by:maria", {"author": ["m-okafor"]}, now=NOW, zone=UTC, aliases={"m-okafor": "maria-okafor"})
    assert query.filters == (Filter(FacetName.AUTHOR, ("maria", "maria-okafor")),)


def test_a_filter_in_the_text_and_one_in_the_address_are_one():
    assert read("by:a", author="b", not_author="c").filters == (Filter(FacetName.AUTHOR, ("a", "b"), ("c",)),)


def test_dates_narrow_each_other():
    query = read("after:2023 2022..2025", **{"from": "2024-02", "to": "2024"})
    assert (query.since.text, query.until.text) == ("2024-02", "2024")


def test_a_range_that_ends_before_it_begins_is_swapped_and_said():
    query = read("2025..2023")
    assert (query.since.text, query.until.text) == ("2023", "2025")
    assert query.notes == ("2025 to 2023 was read as 2023 to 2025",)


def test_a_range_covers_whole_periods():
    query = read("2024-01..2024-03")
    assert query.since.start == minutes(NOW.replace(2024, 1, 1, 0, tzinfo=None))
    assert query.until.end == minutes(NOW.replace(2024, 4, 1, 0, tzinfo=None))


@pytest.mark.parametrize(
    ("text", "parameters", "note"),
    [
        ("after:march a", {}, 'after "march" not understood; a date is written 2024, 2024-03 or 2024-03-09'),
        ("a", {"from": "2021-13"}, 'from "2021-13" not understood; a date is written 2024, 2024-03 or 2024-03-09'),
        ('a author:"!"', {}, 'author "!" not understood'),
        ("a", {"sort": "best"}, "sort=best not understood: expected rel, new, old or added"),
        ("a", {"page": "-1"}, "page=-1 not understood: expected a number from 1 to 1,000,000"),
        ("a", {"n": "x"}, "n=x not understood: expected a number from 1 to 100"),
        ("a fl*", {}, '"fl*" needs 3 letters; the wildcard was left out'),
        ("a colour:b", {}, f'"colour:" is no field, so its words were searched for; fields are {FIELDS}'),
        ("a 🎉", {}, '"🎉" is not searched for: it has no letter or digit'),
        ("a €", {}, '"€" is not searched for: it has no letter or digit'),
        ('a ""', {}, '"" is not searched for: it has no letter or digit'),
        ("(a OR b) NEAR/5 c", {}, '"NEAR/5" is left out: it joins words and phrases, not groups'),
        ("a w/5 (b OR c)", {}, '"w/5" is left out: it joins words and phrases, not groups'),
    ],
)
def test_what_is_not_understood_is_noted_and_the_rest_works(text, parameters, note):
    query = read(text, **parameters)
    assert query.notes == (note,)
    assert query.clause is not None
    assert (query.page, query.per_page) == (1, 20)


def test_parameters_choose_sort_interval_and_page():
    query = read("a", sort="old", by="week", n="50", page="3", date="fetched", unknown="x")
    assert (query.sort, query.interval, query.per_page, query.page) == (Sort.OLDEST, Interval.WEEK, 50, 3)
    assert query.dating is Dating.FETCHED
    assert query.notes == ()


def test_the_default_sort_is_relevance_with_words_and_newest_without():
    assert read("a by:x").sort is Sort.RELEVANCE
    assert read("by:x").sort is Sort.NEWEST


def test_which_articles_match_is_as_the_address_says_and_else_as_the_caller_does():
    for match in (Match.BEST, Match.ALL, Match.BEST):
        assert parse("sea wall", now=NOW, zone=UTC, match=match).match is match
        assert parse("sea wall", {"match": ["any"]}, now=NOW, zone=UTC, match=match).match is Match.ANY


def test_empty_parameters_say_nothing():
    assert read("a", author="", sort="", page="", **{"from": " "}) == read("a")


def test_the_text_may_come_as_a_parameter():
    assert parse(None, {"q": ["a b"]}, now=NOW, zone=UTC) == read("a b")


def test_a_long_query_is_cut_and_said():
    query = read("word " * 2000)
    assert len(query.text) == MAX_CHARS
    assert len(query.clause.clauses) == MAX_TERM_CLAUSES
    assert len(query.notes) == 2


def test_deep_parentheses_are_left_out():
    assert read("(" * 3000 + "a").clause == Or(())
    assert read("(" * 400 + "a" + ")" * 400 + " b").clause == And((A, B))


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=80))
def test_any_text_is_read(text):
    assert read(text).text == text


@given(st.text(alphabet='ab -"():~*?ORNTDauthor.20 \n', max_size=80))
def test_any_operators_are_read(text):
    read(text)


@pytest.mark.parametrize("text", ['"' + "the " * 200 + '"', "the-" * 200 + "end"])
def test_a_phrase_is_cut_at_its_limit_and_says_so(text):
    query = read(text)
    cut = query.clause
    assert isinstance(cut, Phrase | MultiPhrase)
    assert len(cut.words if isinstance(cut, Phrase) else cut.parts) == MAX_PHRASE
    assert query.notes == (f"only the first {MAX_PHRASE} words of a phrase are searched for",)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("[2022-01-01 TO 2022-03-31]", "2022-01-01", "2022-03-31"),
        ("date:[2022-01 TO *]", "2022-01", None),
        ("{2022-01-01 TO 2022-03-31}", "2022-01-02", "2022-03-30"),
        ("date:[2022-01 TO 2022-03}", "2022-01", "2022-02-28"),
        ("date:{2021 TO *]", "2022-01-01", None),
        ("date:>2022-03-30", "2022-03-31", None),
        ("date:>=2022-03-30", "2022-03-30", None),
        ("date:<2022-03", None, "2022-02-28"),
        ("date:<=2022-03", None, "2022-03"),
        ("published:2022", "2022", "2022"),
        ("date:20220331", "20220331", "20220331"),
        ("20220331..20220402", "20220331", "20220402"),
        ("after:31.03.2022", "31.03.2022", None),
        ("older_than:7d", None, "-7d"),
        ("newer_than:2m", "-2m", None),
        ("date: 2022", "2022", "2022"),
        ("date:2021..2022", "2021", "2022"),
    ],
)
def test_the_dates_are_read_as(text, since, until):
    query = read(text)
    assert (query.since.text if query.since else None, query.until.text if query.until else None) == (since, until)
    assert query.clause is None
    assert query.notes == ()


def test_a_day_is_the_same_however_it_is_written():
    days = {
        (one.since.start, one.since.end)
        for one in map(read, ("after:20220331", "after:31.03.2022", "after:2022-03-31"))
    }
    assert len(days) == 1


@pytest.mark.parametrize("text", ["🎉", "€", '""', "&", "…", "-", "()", 'by:"!"', "after:march"])
def test_what_cannot_be_searched_for_finds_nothing_and_is_said(text):
    query = read(text)
    assert query.clause == Or(())
    assert query.notes


def test_blanks_alone_are_no_search():
    assert read("  \t ").clause is None
    assert read("  \t ").notes == ()


@given(st.lists(st.text("aborntw", min_size=1, max_size=MAX_FORM + 2), min_size=1, max_size=MAX_TERM_CLAUSES + 2))
def test_small_letters_and_blanks_are_read_as_any_other_text_is(words):
    text = " ".join(words)[:MAX_CHARS]
    assert read(text).clause == read(f"{text} ").clause  # with a blank behind it, it is read token by token
