"""What every engine promises of filters, dates, facets, the histogram, order and pages."""

from datetime import UTC, datetime

import pytest

from indexer.contract.annotations import Annotations
from indexer.contract.facets import FacetCount, FacetName
from indexer.contract.periods import minutes
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import Interval
from indexer.query.query import parse
from tests.indexer.conftest import NOW, ids, read
from tests.indexer.known import known


def at(text):
    return minutes(datetime.fromisoformat(text))


NEWS = (
    Document(
        id=1, body="flood", facets=known(author="maria-okafor", site="a.example", lang="en", section="climate"),
        published=at("2024-03-01"), added=at("2024-03-02"),
    ),
    Document(
        id=2, body="flood", facets=known(author=("maria-okafor", "li-wei"), site="b.example", lang="en"),
        published=at("2024-03-31 23:59"), added=at("2024-04-01"),
    ),
    Document(
        id=3, body="flood", facets=known(author="jan-van-der-berg", site="a.example", lang="de", section="climate"),
        published=at("2023-12-31 23:59"), added=at("2024-05-01"),
    ),
    Document(id=4, body="flood wall", added=at("2024-02-01")),
    Document(
        id=5, body="wall", facets=known(author="li-wei", site="b.example", lang="en"),
        published=at("2025-01-01"), added=at("2025-01-01"),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def news(holding_for_all):
    return holding_for_all(*NEWS)


def counted(engine, text, facet, **parameters):
    facets = {one.name: one for one in engine.search(read(text, **parameters)).facets}
    return [(one.value, one.count) for one in facets[facet].counts]


# ---------------------------------------------------------------- filters


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("author:maria-okafor", [1, 2]),
        ("author:maria-okafor author:jan-van-der-berg", [1, 2, 3]),
        ("author:maria-okafor site:a.example", [1]),
        ("-author:maria-okafor", [3, 4, 5]),
        ("author:li-wei -author:maria-okafor", [5]),
        ("author:none", [4]),
        ("-author:none", [1, 2, 3, 5]),
        ("author:none author:li-wei", [2, 4, 5]),
        ("site:none", [4]),
        ("lang:none section:none", [4]),
        ("section:climate lang:de", [3]),
        ("author:okafor", [1, 2]),
        ('by:"Jan Berg"', [3]),
        ("by:berg-jan", []),
        ("by:oka", []),
        ("by:oka*", [1, 2]),
        ("by:vanderberg", [3]),
        ("by:vander", [3]),
        ("site:.example", [1, 2, 3, 5]),
        ("-site:*.example", [4]),
        ("section:clim* lang:deutsch", [3]),
        ("-by:okafor", [3, 4, 5]),
        ("site:example", []),
        ("site:nobody.example", []),
        ("flood -site:a.example", [2, 4]),
    ],
)
def test_filters_are_or_within_a_facet_and_and_across(news, text, found):
    assert sorted(ids(news, text)) == found


def test_an_author_key_of_the_corpus_is_that_author_alone(holding):
    engine = holding(Document(id=1, facets=known(author="wei")), Document(id=2, facets=known(author="li-wei")))
    assert ids(engine, "by:wei") == [1]


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("after:2024-03", [1, 2, 5]),
        ("before:2024-03", [1, 2, 3]),
        ("2024-03..2024-03", [1, 2]),
        ("date:2024", [1, 2]),
        ("date:2024-03-31", [2]),
        ("before:2023-12-31", [3]),
        ("after:2023-12-31 before:2024-03-30", [1, 3]),
        ("date:2020s", [1, 2, 3, 5]),
        ("date:none", [4]),
        ("date:none after:2024", []),
        ("date:fetched date:2024-05", [3]),
        ("date:fetched before:2024-02", [4]),
    ],
)
def test_ranges_take_in_both_ends_whole_and_no_undated_article(news, text, found):
    assert sorted(ids(news, text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("date:2024-03-15", [1, 2]),
        ("date:2024-03-01", [1, 2, 3]),
        ("after:2024-03-31", [1, 2]),
        ("after:2024-04", [2]),
        ("before:2024-02", [2]),
        ("after:2025", []),
        ("date:2024-05 OR date:2024-03-02", [1, 2]),
        ("-date:2024-03-15", [3]),
        ("date:fetched date:1970-01-01", [1, 2, 3]),
    ],
)
def test_a_date_of_a_month_or_year_is_in_each_range_it_may_lie_in(holding, text, found):
    month, year = (days * 1440 - 1 for days in (31, 366))
    engine = holding(
        Document(id=1, body="flood", published=at("2024-03-01"), span=month),
        Document(id=2, body="flood", published=at("2024-01-01"), span=year),
        Document(id=3, body="flood", published=at("2024-03-01")),
    )
    assert sorted(ids(engine, f"flood {text}")) == found


# ---------------------------------------------------------------- facets


def test_facets_count_values_most_frequent_first_then_by_key(news):
    assert counted(news, "flood", FacetName.AUTHOR) == [
        ("maria-okafor", 2), ("jan-van-der-berg", 1), ("li-wei", 1), ("none", 1),
    ]  # fmt: skip


def test_a_facet_is_counted_under_all_filters_but_its_own(news):
    chosen = {"author": "li-wei", "site": "b.example"}
    assert counted(news, "", FacetName.SITE, **chosen) == [("b.example", 2)]
    assert counted(news, "", FacetName.AUTHOR, **chosen) == [("li-wei", 2), ("maria-okafor", 1)]
    assert counted(news, "", FacetName.SECTION, **chosen) == [("none", 2)]
    assert counted(news, "-site:b.example", FacetName.SITE) == [("a.example", 2), ("b.example", 2), ("none", 1)]


def test_a_chosen_value_is_given_even_at_zero(news):
    assert ("jan-van-der-berg", 0) in counted(news, "wall", FacetName.AUTHOR, author="jan-van-der-berg")


def test_a_facet_gives_so_many_values_and_counts_them_all(holding):
    engine = holding(*(Document(id=id, facets=known(author=f"author-{id:02}")) for id in range(1, 31)), Document(id=31))
    query = read("")
    (author, *_) = engine.search(query).facets
    assert len(author.counts) == query.facet_size
    assert author.counts[0] == FacetCount("author-01", 1)
    assert author.distinct == 30


def test_facets_heed_words_and_dates(news):
    assert counted(news, "wall after:2024", FacetName.SITE) == [("b.example", 1)]


# ---------------------------------------------------------------- histogram


def bars(engine, text, **parameters):
    return engine.search(read(text, **parameters)).histogram


def test_the_histogram_counts_hits_by_month_zeros_between(news):
    found = bars(news, "flood", by="month")
    assert found.interval is Interval.MONTH
    assert [(bar.period, bar.count) for bar in found.bars] == [
        ("2023-12", 1), ("2024-01", 0), ("2024-02", 0), ("2024-03", 2),
    ]  # fmt: skip
    assert found.bars[0].start == at("2023-12-01")
    assert found.undated == 1


@pytest.mark.parametrize(
    ("by", "periods"),
    [
        ("hour", ["2024-03-31T23"]),
        ("day", ["2024-03-31"]),
        ("week", ["2024-W13"]),
        ("quarter", ["2024-Q1"]),
        ("year", ["2024"]),
        ("decade", ["2020s"]),
    ],
)
def test_a_bar_names_its_period(news, by, periods):
    assert [bar.period for bar in bars(news, "site:b.example date:2024", by=by).bars] == periods


def test_an_automatic_interval_gives_at_most_eighty_bars(news):
    assert bars(news, "flood").interval is Interval.WEEK
    assert bars(news, "date:2024-03").interval is Interval.DAY


def test_the_histogram_counts_by_the_date_asked_for(news):
    found = bars(news, "date:fetched flood", by="month")
    assert [bar.period for bar in found.bars] == ["2024-02", "2024-03", "2024-04", "2024-05"]
    assert found.undated == 0


@pytest.mark.parametrize(
    ("text", "by", "found"),
    [
        ("after:2024-03-30", "day", [("2024-03-30", 2), ("2024-03-31", 1)]),
        ("date:2024-02", "month", [("2024-02", 1)]),
        ("date:2024-03-15", "auto", [("2024-03-15", 2)]),
        ("after:2024-03-31T23", "auto", [("2024-03-31T23", 3)]),
        ("date:2024-06", "week", [("2024-W22", 1)]),
        ("after:2024-03-15", "decade", [("2020s", 3)]),
    ],
)
def test_a_month_that_begins_before_the_range_counts_where_the_range_begins(holding, text, by, found):
    month, year = (days * 1440 - 1 for days in (31, 366))
    engine = holding(
        Document(id=1, body="flood", published=at("2024-03-01"), span=month),
        Document(id=2, body="flood", published=at("2024-01-01"), span=year),
        Document(id=3, body="flood", published=at("2024-03-31 23:59")),
        Document(id=4, body="flood"),
    )
    histogram = bars(engine, f"flood {text}", by=by)
    assert [(bar.period, bar.count) for bar in histogram.bars] == found
    assert histogram.undated == 0


def test_without_a_hit_there_are_no_bars(news):
    assert bars(news, "zebra").bars == ()


# ---------------------------------------------------------------- order and pages


@pytest.mark.parametrize(
    ("sort", "found"),
    [("new", [5, 2, 1, 3, 4]), ("old", [3, 1, 2, 5, 4]), ("added", [5, 3, 2, 1, 4])],
)
def test_hits_are_sorted_undated_ones_last(news, sort, found):
    assert ids(news, "", sort=sort) == found


def test_equal_scores_are_ordered_by_newest_then_higher_id(holding):
    days = ((1, 5), (2, 7), (3, 5), (4, None))
    engine = holding(*(Document(id=id, body="flood", published=day, added=9) for id, day in days))
    assert ids(engine, "flood") == [2, 3, 1, 4]


def test_without_words_the_newest_come_first(news):
    assert ids(news, "site:b.example") == [5, 2]
    assert all(hit.score == 0.0 for hit in news.search(read("site:b.example")).hits)


@pytest.mark.parametrize("sort", ["rel", "new", "old", "added"])
def test_pages_neither_repeat_nor_drop_a_hit(holding, sort):
    engine = holding(*(Document(id=id, body="flood", published=id % 3, added=id % 2) for id in range(1, 24)))
    pages = [ids(engine, "flood", sort=sort, n=5, page=page) for page in range(1, 6)]
    assert [id for page in pages for id in page] == ids(engine, "flood", sort=sort, n=100)
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]


def test_past_the_last_page_there_are_no_hits_and_the_true_total(news):
    found = news.search(read("flood", page=999999))
    assert found.hits == ()
    assert found.total == 4


# ---------------------------------------------------------------- tags and dossiers


DESK = Annotations(
    state="1",
    articles={
        FacetName.TAG: {"read": (1, 2), "flood wall": (2, 4, 99), "wrong": (3,)},
        FacetName.DOSSIER: {"d-abcde": (4, 5)},
    },
    keys={FacetName.DOSSIER: {"my case": "d-abcde"}},
)


def by_desk(text, desk=DESK, **parameters):
    given = {name.replace("not_", "not."): [str(value)] for name, value in parameters.items()}
    return parse(text, given, now=NOW, zone=UTC, annotations=desk)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tag:read", [1, 2]),
        ('tag:"Flood  Wall"', [2, 4]),
        ("tag:read tag:wrong", [1, 2, 3]),
        ("tag:read -tag:wrong", [1, 2]),
        ("-tag:read", [3, 4, 5]),
        ("tag:none", [5]),
        ("-tag:none", [1, 2, 3, 4]),
        ("tag:rea", []),
        ("in:d-abcde", [4, 5]),
        ('in:"My case" wall', [4, 5]),
        ("in:d-abcde tag:none", [5]),
        ("tag:wrong OR in:d-abcde", [3, 4, 5]),
        ("-(tag:wrong OR in:d-abcde)", [1, 2]),
        ("in:none", [1, 2, 3]),
    ],
)
def test_a_tag_or_a_dossier_filters_as_a_facet_does_wherever_it_stands(news, text, found):
    query = by_desk(text)
    assert sorted(hit.id for hit in news.search(query).hits) == found
    assert sorted(news.listing(query).ids) == found
    assert news.explain(query, 1).matches is (1 in found)


def test_tags_are_counted_under_all_filters_but_their_own(news):
    facets = {one.name: one for one in news.search(by_desk("flood tag:wrong")).facets}
    assert facets[FacetName.TAG].counts == (
        FacetCount("flood wall", 2), FacetCount("read", 2), FacetCount("wrong", 1),
    )  # fmt: skip
    assert facets[FacetName.TAG].distinct == 3
    assert facets[FacetName.DOSSIER].counts == (FacetCount("none", 1),)
    assert facets[FacetName.SITE].counts == (FacetCount("a.example", 1),)


def test_another_state_of_the_tags_is_seen_at_once_and_the_index_stays_as_it_is(news):
    assert news.search(by_desk("tag:read")).total == 2
    later = Annotations(state="2", articles={FacetName.TAG: {"read": (5,)}})
    assert [hit.id for hit in news.search(by_desk("tag:read", later)).hits] == [5]
    assert news.search(by_desk("tag:read")).total == 2


def test_a_tag_of_an_article_that_is_deleted_or_changed_follows_the_index(holding):
    engine = holding(*NEWS)
    engine.apply([Batch((Document(id=2, body="flood again"),), (1,), 6)])
    assert [hit.id for hit in engine.search(by_desk("tag:read")).hits] == [2]


def test_where_no_tags_are_seen_a_tag_is_left_out_with_a_note_and_counted_by_no_engine(news):
    query = read("flood tag:read")
    assert query.notes == ("tag:read is left out: nobody's tags and dossiers are seen here",)
    assert news.search(query).total == 4
    assert news.search(query._replace(facets=(FacetName.TAG,))).facets[0].distinct == 0


# ---------------------------------------------------------------- linked sites

LINKED = (
    Document(id=1, body="flood", facets=known(links=("data.example", "xn--bcher-kva.example"), site="a.example")),
    Document(id=2, body="flood", facets=known(links="news.data.example", site="data.example")),
    Document(id=3, body="flood", facets=known(links="unknown", site="a.example")),
    Document(id=4, body="flood", facets=known(site="b.example")),
    Document(id=5, body="flood", facets=known(links=tuple(f"s{at}.example" for at in range(3_000)))),
)


def test_links_are_found_by_site_and_below_it_and_are_no_sites_of_articles(holding):
    engine = holding(*LINKED)
    for text, found in {
        "links:data.example": [1, 2],
        "links:https://news.data.example:8443/a": [2],
        "links:bücher.example": [1],
        "links:BÜCHER.example OR links:s2999.example": [1, 5],
        "links:none": [4],
        "links:unknown": [3],
        "-links:data.example": [3, 4, 5],
        "site:data.example": [2],
        "site:data.example links:data.example": [2],
        "links:a.example": [],
        "links:example": [],
    }.items():
        assert sorted(ids(engine, text)) == found, text
    (links,) = (one for one in engine.search(read("-site:none")).facets if one.name is FacetName.LINKS)
    assert links.distinct == 3
    counts = [("data.example", 1), ("news.data.example", 1), ("none", 1), ("unknown", 1), ("xn--bcher-kva.example", 1)]
    assert [(one.value, one.count) for one in links.counts] == counts


def test_articles_whose_links_are_not_known_are_no_site_though_few(holding):
    many = (Document(id=id, facets=known(links=f"s{id % 30}.example", author="unknown")) for id in range(1, 61))
    engine = holding(*many, Document(id=61, facets=known(links="unknown")))
    (links,) = (one for one in engine.search(read("")).facets if one.name is FacetName.LINKS)
    (author,) = (one for one in engine.search(read("")).facets if one.name is FacetName.AUTHOR)
    assert author.distinct == 1, "somebody may be called Unknown"
    assert "unknown" not in [one.value for one in links.counts]
    assert links.distinct == 30
