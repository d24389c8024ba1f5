"""The names of months as papers print them, against the names that Unicode's locale data has."""

from datetime import UTC, date, datetime

import pytest
from babel import Locale
from babel.dates import format_date

from crawler.dates.printed import parse_date
from tests.crawler.dates.test_resolution import dates, day

_LANGUAGES = (
    "be bg bs ca cs cy da de el en es et eu fi fr ga gl hi hr hu hy id is it ka kk ky lt lv mk ms nb nl pl pt ro"
    " ru sk sl sq sr sr_Latn sv sw te th tr uk uz vi ar fa he ur bn ta ml kn mr gu mt eo lb fo so"
    " af am ast az br ckb co fy ne oc pa sn tg tk tn tt ug xh yo zu"
)
# Their whole dates, in the order and with the endings of each: "2026(e)ko azaroaren 3(a)", "14mh dhen Ghearran 2026".
_WHOLE = (
    "be bg br ca ckb cs cy da de el en es et eu fa fi fr ga gd gl hi hu hy is it ka kk ky lt lv mk mt nb nl oc os pl pt"
    " ro ru sk sl sq sr sv sw tr tt uk uz vi"
)
_OTHERS = {("hr", "listopada"), ("hr", "listopad")}  # which are November in Polish


@pytest.mark.parametrize("language", _LANGUAGES.split())
@pytest.mark.parametrize("form", ["format", "stand-alone"])
def test_every_month_is_read_in_its_language(language, form):
    unread = [
        name
        for month, name in Locale.parse(language).months[form]["wide"].items()
        if (language, name) not in _OTHERS
        and (
            (found := parse_date(f"9 {name} 2024", today=None)) is None
            or found.at.date().isoformat() != f"2024-{month:02}-09"
        )
    ]
    assert unread == []


def test_the_full_stop_behind_the_day_tells_croatian_october_from_polish_november():
    assert [day(text) for text in ("Zagreb, 3. listopada 2024.", "3. listopada 2024")] == ["2024-10-03"] * 2
    assert [day(text) for text in ("3 listopada 2024 r.", "3. listopadu 2024", "listopada 3. 2024")] == [
        "2024-11-03"
    ] * 3
    assert day("12. studenog 2024.") == "2024-11-12"


@pytest.mark.parametrize("language", _WHOLE.split())
def test_a_whole_date_is_read_as_its_language_writes_it(language):
    days = [date(2026, month, 14) for month in range(1, 13)]
    found = [parse_date(format_date(each, "long", locale=language), today=None) for each in days]
    assert [each and each.at.date() for each in found] == days


def test_a_word_that_names_a_month_besides_is_one_only_between_a_day_and_a_year():
    assert [day(text) for text in ("3 Here 2026", "14 noll 2026", "3 Du 2026", "9 dis 2026", "14 thg 1, 2026")] == [
        "2026-10-03",
        "2026-12-14",
        "2026-11-03",
        "2026-12-09",
        "2026-01-14",
    ]
    assert [day(text) for text in ("Anna Berg, 14 noll 2026", "Llun: 14 noll 2026 10:30", "Mer 14 noll 2026 GMT")] == [
        "2026-12-14"
    ] * 3
    assert [day(text) for text in ("Phone 14 Pro 2022", "Tab 10 few 2020", "14 Pro 2022 tested", "Top 8 dis 2020")] == [
        None
    ] * 4
    assert [day(text) for text in ("Here 2026", "les plans du 2026", "14 here", "the few 2026", "Kurume, 2026")] == [
        None
    ] * 5


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3.XI.2026", "2026-11-03"),
        ("3 XI 2026", "2026-11-03"),
        ("3/IV/2026, 14:05", "2026-04-03"),
        ("3. XII. 1998", "1998-12-03"),
        ("Anna Nowak, 3 XI 2026", "2026-11-03"),
        ("Kraków 3.XI.2026", "2026-11-03"),
        ("Route 5 V 2020", None),
        ("5 V 2020 season", None),
        ("Louis XIV 1700", None),
        ("Part 3 XIII 2026", None),
        ("2026 оны 11 дүгээр сарын 03", "2026-11-03"),
        ("2026 оны 1-р сарын 3", "2026-01-03"),
    ],
)
def test_a_month_is_read_in_roman_and_in_counted_months(written, meant):
    assert day(written) == meant


def test_a_day_without_a_year_before_its_time_has_no_year():
    assert [day(text) for text in ("22 nov 22h00", "22 nov 22:15", "3. Mai 24 Uhr", "22 nov. 21.30")] == [None] * 4
    assert [day(text) for text in ("3 Mar 24", "3 Mar 24, 10:15", "22 nov 22 à 21h30")] == [
        "2024-03-03",
        "2024-03-03",
        "2022-11-22",
    ]


def test_a_year_at_the_end_of_a_sentence_is_no_hour_of_what_follows():
    texts = ("Posted 12 Jan 24. 10 comments", "12 Jan 24: 10 ways to cook rice", "5 Oct 24. 17 photos", "12 Jan 24.10%")
    assert [day(text) for text in texts] == ["2024-01-12", "2024-01-12", "2024-10-05", "2024-01-12"]
    assert [day(text) for text in ("7 May 22:75", "7 May 25:10", "7 May 24:00", "7 май 22")] == [
        "2022-05-07",
        "2025-05-07",
        None,
        "2022-05-07",
    ]


def test_a_day_of_august_with_its_time_is_no_span_of_hours():
    assert day("18 ago 22h00") is None
    assert day("18 ago 2023 22h00") == "2023-08-18"
    assert [day(text) for text in ("22 hours ago", "2h ago", "Posted 2 days ago")] == [
        "2024-05-31",
        "2024-06-01",
        "2024-05-30",
    ]


def written(lines: str) -> datetime | None:
    text = "The baker closes her oven after forty years and nobody in the town has come to take it on. " * 2
    found = dates(f"<html lang=en><body><h1>The baker closes</h1>{lines}<p>{text}</p></body></html>")
    return found.published.at if found.published else None


def test_a_date_that_can_be_read_in_one_way_says_how_the_page_writes_the_others():
    both = "<p>Last updated 23/05/2024 13:38 | First published 05/04/2024 13:38</p>"
    assert written(both) == datetime(2024, 4, 5, 13, 38, tzinfo=UTC)
    turned = "<p>Last updated 05/23/2024 13:38 | First published 05/04/2024 13:38</p>"
    assert written(turned) == datetime(2024, 5, 4, 13, 38, tzinfo=UTC)


def test_an_abbreviation_has_its_date_in_its_title():
    stamp = "<div class='author'>By Ana Ruiz <abbr class='published' title='2024-05-06T22:00:00Z'>22:00</abbr></div>"
    assert written(stamp) == datetime(2024, 5, 6, 22, tzinfo=UTC)
