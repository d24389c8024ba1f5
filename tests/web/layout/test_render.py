"""Values as templates print them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from markupsafe import Markup

from corpus.model import PageDate, Precision
from corpus.texts import text
from indexer.contract.values import Highlighted
from web.languages.choice import ENGLISH, LANGUAGES, speaking
from web.languages.wording import said
from web.layout.render import (
    apart,
    capitalized,
    iso,
    marked,
    near,
    page_date,
    page_date_text,
    page_day,
    percent,
    safe,
    size,
    slug,
    typographic,
    web_address,
)

PARIS = timezone(timedelta(hours=1))


def test_marks_surround_the_spans_and_everything_else_is_escaped():
    assert marked(Highlighted("<b>flood</b> & more", ((3, 8),))) == "&lt;b&gt;<mark>flood</mark>&lt;/b&gt; &amp; more"


def test_words_side_by_side_are_one_mark():
    assert marked(Highlighted("flood defences", ((0, 5), (6, 14)))) == "<mark>flood defences</mark>"


def test_a_mark_never_opens_what_it_covers():
    assert marked(Highlighted("<script>", ((0, 8),))) == "<mark>&lt;script&gt;</mark>"


def test_direction_overrides_and_controls_are_dropped_but_joiners_stay():
    assert safe("Mal\u202eroy\u2066\x00\x1b") == "Malroy"
    assert safe("क्\u200dष\tx\ny") == "क्\u200dष\tx\ny"
    assert safe(None) == ""


def test_markup_stays_markup():
    assert isinstance(safe(Markup("<b>\u202e</b>")), Markup)


@pytest.mark.parametrize(
    ("precision", "day", "minute"),
    [
        (Precision.YEAR, "2026", "2026"),
        (Precision.MONTH, "Jan 2026", "Jan 2026"),
        (Precision.DAY, "1 Jan 2026", "1 Jan 2026"),
        (Precision.MINUTE, "1 Jan 2026", "1 Jan 2026, 00:30"),
    ],
)
def test_a_date_is_never_more_exact_than_the_page_was(precision: Precision, day: str, minute: str):
    at = (
        datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
        if precision is Precision.MINUTE
        else datetime(2026, 1, 1, tzinfo=UTC)
    )
    date = PageDate(at, precision, "meta")
    assert (page_day(date, PARIS), page_date(date, PARIS)) == (day, minute)


def test_a_date_that_is_stored_is_english_and_is_shown_in_the_language_of_the_page():
    with speaking(LANGUAGES["fr"]):
        stored = page_date_text(PageDate(datetime(2026, 2, 1, tzinfo=UTC), Precision.DAY, "hand"), UTC)
        assert (stored, said(stored)) == ("1 Feb 2026", "1 févr. 2026")
    with speaking(LANGUAGES["es"]):
        assert said(text("{date}", date=stored)) == "1 feb 2026"
    assert said(stored) == "1 Feb 2026"


def test_what_is_done_for_print_is_done_in_every_language():
    quoted = typographic(text('"{words}" is no address', words="x"))
    assert quoted == "“x” is no address"
    assert capitalized(text("undated")) == "Undated"
    with speaking(LANGUAGES["es"]):
        assert said(capitalized(text("undated"))) == "Sin fecha"


def test_machine_dates_keep_the_precision():
    assert iso(PageDate(datetime(2026, 1, 1, tzinfo=UTC), Precision.MONTH, "url")) == "2026-01"


def test_a_moment_is_said_by_what_is_not_plain_from_now():
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert near(now.replace(hour=2, minute=14), now) == "02:14"
    assert near(now.replace(day=9), now) == "9 Nov"
    assert near(now.replace(year=2025), now) == "23 Nov 2025"


def test_sizes_and_shares_read_as_a_person_says_them():
    assert [size(999), size(84_000), size(4_200_000)] == ["999 B", "84 kB", "4.2 MB"]
    assert [percent(0), percent(0.004), percent(0.41)] == ["0 %", "0.4 %", "41 %"]


def test_a_slug_is_cut_between_words_and_keeps_its_script():
    assert slug("Council approves flood defences after the record storm of January") == (
        "council-approves-flood-defences-after-the-record"
    )
    assert slug("防洪工程 提前开工") == "防洪工程-提前开工"
    assert slug("?!") == slug(None) == ""


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.example", "ftp://x.example/", "http://["]
)
def test_only_web_addresses_become_links(url: str):
    assert web_address(url) is None


def test_a_year_before_1000_has_four_digits():
    for precision, written in ((Precision.YEAR, "0793"), (Precision.MONTH, "0793-06"), (Precision.DAY, "0793-06-08")):
        assert iso(PageDate(datetime(793, 6, 8, tzinfo=UTC), precision, "text")) == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("flood OR wall", "flood OR wall"),
        ("فيضان", "<bdi>فيضان</bdi>"),
        ("فيضان OR flood", "<bdi dir=ltr>فيضان OR flood</bdi>"),
        ("שיטפון 2024 (flood)", "<bdi dir=ltr>שיטפון 2024 (flood)</bdi>"),
        ("洪水", "<bdi>洪水</bdi>"),
    ],
)
def test_what_is_written_in_both_directions_runs_as_its_page_does(written: str, shown: str):
    with speaking(ENGLISH):
        assert str(apart(written)) == shown


def test_on_a_page_from_right_to_left_it_runs_so():
    with speaking(LANGUAGES["ar"]):
        assert str(apart("flood OR فيضان")) == "<bdi dir=rtl>flood OR فيضان</bdi>"
