import pytest

from corpus.config import Source
from corpus.model import Discovered, UrlKind
from corpus.reasons import Reason
from corpus.via import Via
from crawler.discovery.scope import MAX_LISTINGS_SERIES, MAX_SECTIONS, MAX_SERIES, Series, scope_of, wanted

HERE = "https://gazette.example"
SOURCE = Source(url=HERE + "/", name="gazette", exclude=("/sport/**",))


def found(path: str, kind: UrlKind = UrlKind.ARTICLE, via: Via = Via.HOME) -> Discovered:
    return Discovered(url=HERE + path, kind=kind, via=via, parent=HERE)


def test_what_is_left_out_is_given_back_with_its_reason_and_where_it_stood():
    items = [found("/news/a-b-c-d"), found("/sport/a-b-c-d"), found("/a/b/c/d/e/f/g/h/i/j/k-l")]
    chosen = wanted(
        [*items, Discovered(url="https://t.example/", kind=UrlKind.SECTION, via=Via.HOME)], scope_of(SOURCE), Series()
    )
    assert chosen.found == (items[0],)
    assert [item.reason for item in chosen.left_out] == ["excluded", "deep-path", "out-of-scope"]
    assert {item.reason for item in chosen.left_out} <= set(Reason)
    assert (chosen.left_out[0].via, chosen.left_out[0].parent) == ("home", HERE)


@pytest.mark.parametrize("via", ["feed", "sitemap", "news-sitemap"])
def test_the_form_of_what_the_site_names_itself_is_no_reason_but_its_scope_is(via):
    deep = found("/a/b/c/d/e/f/g/h/i/j/k-l", via=via)
    assert wanted([deep, found("/sport/x", via=via)], scope_of(SOURCE), Series()).found == (deep,)


@pytest.mark.parametrize(
    ("path", "kind", "most"),
    [
        ("/news/story-of-the-day-{}", UrlKind.ARTICLE, MAX_SERIES),
        ("/list?month={}", UrlKind.SECTION, MAX_LISTINGS_SERIES),
        ("/tag/{}", UrlKind.SECTION, MAX_LISTINGS_SERIES),
    ],
)
def test_of_one_pattern_so_many_are_taken_in_a_run_and_the_rest_is_counted(path, kind, most):
    assert (MAX_SERIES, MAX_LISTINGS_SERIES) == (2000, 60)
    series = Series()
    chosen = wanted([found(path.format(n), kind) for n in range(most + 3)], scope_of(SOURCE), series)
    assert (len(chosen.found), {item.reason for item in chosen.left_out}, len(chosen.left_out)) == (most, {"series"}, 3)
    again = wanted([found(path.format(n), kind) for n in range(most + 3)], scope_of(SOURCE), series)
    assert again.found == chosen.found  # a link that stands on each page of a menu is counted once


def test_sections_of_a_host_are_bounded_whatever_their_addresses():
    words = ["".join(chr(97 + (n // 26**place) % 26) for place in range(3)) for n in range(MAX_SECTIONS + 5)]
    chosen = wanted([found(f"/{word}", UrlKind.SECTION) for word in words], scope_of(SOURCE), Series())
    assert len(chosen.found) == MAX_SECTIONS == 400


def test_a_feeds_stories_are_never_bounded_by_their_pattern():
    many = [found(f"/news/story-of-the-day-{n}", via=Via.FEED) for n in range(MAX_SERIES + 50)]
    assert len(wanted(many, scope_of(SOURCE), Series()).found) == MAX_SERIES + 50
