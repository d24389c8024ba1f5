"""Query -> words, and back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.contract.facets import FacetName
from indexer.contract.values import MultiPhrase, Pattern, Reading, Word
from indexer.query.describe import describe, in_other_alphabets, is_plain, label
from indexer.query.query import parse
from indexer.query.serialise import parameters, serialise

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PIECES = [
    "flood",
    "Storm",
    "C++",
    "U.S.",
    "covid-19",
    "2,500",
    "F-35s",
    "9月",
    "A股",
    '"A股市"',
    '"flood insur*"~2',
    "covid-flo*",
    "don't",
    '"a b"',
    '"x',
    '"rain fell"~5',
    "OR",
    "AND",
    "NOT",
    "|",
    "-",
    "(",
    ")",
    "-wind",
    "-(",
    "title:",
    "title:sea",
    'byline:"li wei"',
    "author:maria-okafor",
    "-by:none",
    'author:"none"',
    "site:a.example",
    "lang:german",
    "section:World",
    "2024..",
    "..2025-03",
    "2024-Q1..2025-W09",
    "after:-7d",
    "before:today",
    "date:2020s",
    "date:none",
    "date:fetched",
    "floo*",
    "wo?d",
    "word~",
    "word~2",
    "東京都",
    "東*",
    "人",
    "ไทย",
    "हिन्दी*",
    "or",
    "…",
    "“curly",
    "ﬁne",
    "²",
]
typed = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=14).map(" ".join)


def read(text, **parameters):
    return parse(text, {name.replace("not_", "not."): [value] for name, value in parameters.items()}, now=NOW, zone=UTC)


def meaning(query):
    return query.clause, query.filters, query.since, query.until, query.dating


@settings(max_examples=400)
@given(typed)
def test_a_serialised_query_reads_as_itself(text):
    query = read(text)
    assert meaning(read(serialise(query))) == meaning(query)


@given(typed)
def test_the_parameters_of_a_query_read_as_itself(text):
    query = read(text)
    found = {}
    for name, value in parameters(query):
        found.setdefault(name, []).append(value)
    assert meaning(parse(None, found, now=NOW, zone=UTC)) == meaning(query)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "everything"),
        ("flood", "flood"),
        ("flood defences -insurance author:maria-okafor", "all of flood, defences; not insurance; by Maria Okafor"),
        ("storm OR flood", "any of storm, flood"),
        ("rain (storm OR -flood)", "all of rain, (any of storm, not flood)"),
        ('title:flood "sea wall"', 'all of flood in the headline, "sea wall"'),
        ('"sea wall"~3 flo*d worx~', 'all of "sea wall" within 5 words, flo*d, worx with 1 letter mistaken'),
        ("-author:none lang:de site:a.example", "not by (no byline); on a.example; in German"),
        ("2024..2025-03", "from 2024 to 2025-03"),
        ("date:2024", "dated 2024"),
        ('東京都 "東京都 a"', 'all of 東京都, "東京 京都 a"'),
        ("before:-7d date:fetched", "up to -7d; by the date of fetching"),
    ],
)
def test_a_reading_is_said_in_words(text, said):
    assert describe(read(text), {(FacetName.AUTHOR, "maria-okafor"): "Maria Okafor"}) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("flood defences -insurance by:ana", "any of flood, defences; not insurance; by Ana"),
        ('"sea wall" flood storm', 'all of "sea wall", (any of flood, storm)'),
        ("title:flood storm", "all of flood in the headline, storm"),
    ],
)
def test_any_of_the_words_is_said_where_any_of_them_will_do(text, said):
    assert describe(read(text, match="any"), {(FacetName.AUTHOR, "ana"): "Ana"}) == said


def test_words_side_by_side_need_no_explanation():
    assert is_plain(read("flood defences"))
    assert is_plain(read(""))
    assert is_plain(read("東京都 大雨"))
    assert not is_plain(read("flood -defences"))
    assert not is_plain(read("flood author:x"))


def test_parameters_come_in_fixed_order_without_defaults():
    query = read("flood by:ana after:2021", sort="new", page="2", n="20", by="auto", not_site="b.example")
    assert parameters(query) == (
        ("q", "flood"), ("author", "ana"), ("not.site", "b.example"), ("from", "2021"), ("sort", "new"), ("page", "2"),
    )  # fmt: skip


def test_a_missing_value_has_a_name_of_its_own():
    assert label(FacetName.AUTHOR, "none") == "(no byline)"
    assert label(FacetName.LANGUAGE, "de") == "German"
    assert label(FacetName.SITE, "a.example") == "a.example"


def test_a_word_that_is_found_in_another_alphabet_says_so():
    typed = MultiPhrase((Word("o"), Word("zbekiston")), "o'zbekiston", joined="ozbekiston")
    readings = [
        Reading(Word("predsednik"), ("predsednik", "председник", "председника")),
        Reading(Word("вучић"), ("вучић", "vučić")),
        Reading(typed, ("o", "zbekiston", "ўзбекистон")),
        Reading(Word("flood"), ("flood", "floods")),
        Reading(Word("вода"), ("вода", "воды")),
        Reading(Pattern("*11"), ("су11", "911")),
        Reading(MultiPhrase((Word("ковид"), Word("19")), "ковид-19"), ("19", "ковид")),
        Reading(MultiPhrase((Word("газпром"), Word("shell")), "газпром NEAR/5 shell", 5), ("shell", "газпром")),
    ]
    assert list(in_other_alphabets(readings)) == [
        '"predsednik" is also found in another alphabet: председник, председника',
        '"вучић" is also found in another alphabet: vučić',
        '"o\'zbekiston" is also found in another alphabet: ўзбекистон',
    ]
