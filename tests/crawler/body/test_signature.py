"""A page that a script fills has its author and its day in the data that its text is from."""

import json

import pytest

from crawler.body import signature
from crawler.body.signature import Signature, signature_of
from crawler.values import PageKind
from tests.crawler.body.test_unshown import TITLE, shell
from tests.crawler.stories import FERRY, read

TEXT = "".join(f"<p>{part}</p>" for part in FERRY)
DAY = "2026-03-03T09:00:00+01:00"
AUTHORS: dict[str, dict[str, object]] = {
    "a name": {"author": "Nora Hale"},
    "a printed line": {"byline": "By Nora Hale"},
    "an object": {"author": {"id": 7, "url": "/people/7", "name": "Nora Hale"}},
    "a list": {"writers": [{"displayName": "Nora Hale"}]},
    "two names of a person": {"contributors": [{"first_name": "Nora", "last_name": "Hale", "bio": "Writes on boats."}]},
    "a relation": {"authors": {"data": [{"id": "7", "attributes": {"fullName": "Nora Hale"}}]}},
    "within what describes it": {"meta": {"authorName": "Nora Hale"}},
}
DAYS: dict[str, dict[str, object]] = {
    "ISO 8601": {"publishedAt": DAY},
    "seconds": {"published_at": 1772524800},
    "milliseconds": {"firstPublished": 1772524800000},
    "digits in a string": {"pubDate": "1772524800000"},
    "an object": {"date": {"iso": DAY, "zone": "Europe/Oslo"}},
    "before the day it was made": {"created_at": "2026-02-01T08:00:00Z", "publication_date": DAY},
    "within what describes it": {"meta": {"datePublished": DAY}},
}


def page_of(**said: object):
    """The reading of a page whose text stands in its data, with what the data says besides."""
    data = {"props": {"article": {"title": TITLE, "body": TEXT, **said}}}
    return read(shell(f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'))


@pytest.mark.parametrize("name", AUTHORS)
def test_who_signs_a_story_is_read_from_the_data_its_text_is_from(name):
    found = page_of(**AUTHORS[name])
    assert found.kind is PageKind.ARTICLE
    assert [author.name for author in found.article.authors] == ["Nora Hale"]
    assert found.article.facts["authors"] == "page data __NEXT_DATA__"


@pytest.mark.parametrize("name", DAYS)
def test_the_day_of_a_story_is_read_from_the_data_its_text_is_from(name):
    found = page_of(**DAYS[name])
    assert found.article.published.day.isoformat() == "2026-03-03"
    assert found.article.facts["published"] == "page data __NEXT_DATA__"


@pytest.mark.parametrize(
    "aside",
    [
        {"related": {"author": "Otto Berg", "publishedAt": DAY}},
        {"comments": {"author": {"name": "Otto Berg"}, "date": DAY}},
        {"leadImage": {"creator": "Otto Berg", "date": DAY}},
        {"author": "/people/7", "date": True},
        {"author": {"id": 7}, "publishedAt": 7},
    ],
)
def test_what_the_data_says_of_other_things_signs_and_dates_no_story(aside):
    found = page_of(**aside)
    assert (found.article.authors, found.article.published.origin) == ((), "url")


def test_the_nearest_object_speaks_and_what_it_leaves_out_is_read_around_it():
    nearest, around = {"author": "Nora Hale"}, {"author": "Otto Berg", "dateModified": DAY}
    assert signature_of((nearest, [nearest], around)) == Signature(("Nora Hale",), None, DAY)


def test_what_a_page_prints_goes_before_its_data():
    data = {"article": {"title": TITLE, "body": TEXT, "author": "Otto Berg", "publishedAt": "2020-01-01T00:00:00Z"}}
    printed = f'<meta name="author" content="Nora Hale"><meta property="article:published_time" content="{DAY}">'
    found = read(shell(f'{printed}<script id="d" type="application/json">{json.dumps(data)}</script>'))
    assert [author.name for author in found.article.authors] == ["Nora Hale"]
    assert found.article.published.day.isoformat() == "2026-03-03"


@pytest.mark.parametrize(
    "hostile", [{"a": {}} | {"author": [[[[[["x"]]]]]]}, {"author": {"name": {"name": {}}}}, {}, [], 7]
)
def test_data_of_any_shape_is_read(hostile):
    assert signature_of((hostile,)).published is None


@pytest.mark.parametrize("number", ["²" * 10, 10**400, -(10**400), float("nan"), float("inf"), 10**13])
def test_a_number_that_is_no_moment_dates_no_story(number):
    found = page_of(publishedAt=number)
    assert (found.kind, found.article.published.origin) == (PageKind.ARTICLE, "url")


def test_of_data_of_any_depth_and_width_a_bounded_number_of_values_is_read():
    deep: dict[str, object] = {"publishedAt": DAY}
    for _ in range(50_000):
        deep = {"date": deep}
    wide = {f"k{n}": {f"j{m}": {} for m in range(300)} for n in range(1_500)}
    assert signature_of((deep, wide | {"author": "Nora Hale"}, [wide])) == Signature(("Nora Hale",))
    assert len([*signature._fields(wide)]) == 2_000


@pytest.mark.parametrize("mark", [" - ", " | ", " – ", ": ", " · "])
def test_a_title_that_is_the_datas_and_more_is_the_datas(mark):
    data = json.dumps({"props": {"article": {"title": TITLE, "body": TEXT}, "related": [{"title": "Second"}]}})
    script = f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'
    found = read(shell(script, title=f"{TITLE}{mark}Isle News"))
    assert (found.article.headline, found.article.facts["headline"]) == (TITLE, "page data __NEXT_DATA__")
    for other in (f"{TITLE} and stays", f"Isle News{mark}{TITLE}"):
        assert read(shell(script, title=other)).article.headline == other
