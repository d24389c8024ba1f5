"""One reader for every date: what a page, a feed, a sitemap or an import may write, and what it means."""

import json
from datetime import UTC, datetime

import pytest

from corpus.iso_dates import iso_date
from crawler.dates.order import writes_day_first
from crawler.dates.reader import read_date
from crawler.discovery.feeds import read_feed
from crawler.discovery.sitemaps import read_sitemap
from crawler.importing.items import Options, Origin
from crawler.importing.records import record_item

NOW = datetime(2026, 11, 26, tzinfo=UTC)

# A written form, and what it says; "~" before it: doubtful.
FORMS = (
    ("Mon, 06 May 2024 10:00:00 GMT", "2024-05-06T10:00:00Z"),
    ("Mon, 06 May 2024 10:00:00 CEST", "2024-05-06T10:00:00+02:00"),
    ("Mon, 06 May 2024 10:00:00 JST", "2024-05-06T10:00:00+09:00"),
    ("Mon, 06 May 2024 10:00:00 +05:30", "2024-05-06T10:00:00+05:30"),
    ("Mon, 6 May 24 10:00 EST", "2024-05-06T10:00:00-05:00"),
    ("06 May 2024 10:00:00 -0330", "2024-05-06T10:00:00-03:30"),
    ("Mon, 06 May 2024 10:00:00 UT", "2024-05-06T10:00:00Z"),
    ("Mon, 06 May 2024 10:00:00 Z", "2024-05-06T10:00:00Z"),
    ("Mon, 06 May 2024 10:00:00 GMT+2", "2024-05-06T10:00:00+02:00"),
    ("Mon May 06 2024 10:00:00 GMT+0200 (Central European Summer Time)", "2024-05-06T10:00:00+02:00"),
    ("Mon May  6 10:00:00 2024", "2024-05-06T10:00:00"),
    ("Mon May 06 10:00:00 CEST 2024", "2024-05-06T10:00:00+02:00"),
    ("Mon May 06 10:00:00 +0000 2024", "2024-05-06T10:00:00Z"),
    ("2024-05-06T10:00:00.123456789Z", "2024-05-06T10:00:00Z"),
    ("2024-05-06T10:00:00,5+02", "2024-05-06T10:00:00+02:00"),
    ("2024-05-06T10:00+0200", "2024-05-06T10:00:00+02:00"),
    ("20240506T100000Z", "2024-05-06T10:00:00Z"),
    ("20240506T100000+0200", "2024-05-06T10:00:00+02:00"),
    ("20240506", "2024-05-06"),
    ("202405061000", "2024-05-06T10:00:00"),
    ("20240506100000", "2024-05-06T10:00:00"),
    ("2024-127", "2024-05-06"),
    ("2024-W19-1", "2024-05-06"),
    ("2024-05-06 10:00:00 UTC", "2024-05-06T10:00:00Z"),
    ("2024-05-06 10:00:00 +0200", "2024-05-06T10:00:00+02:00"),
    ("2024-05-06T10:00:00[Europe/Berlin]", "2024-05-06T10:00:00+02:00"),
    ("2024-05-06T10:00:00+02:00[Europe/Berlin]", "2024-05-06T10:00:00+02:00"),
    ("2024-05-06T08:00:00Z[Europe/Berlin]", "2024-05-06T10:00:00+02:00"),
    ("2024-05-06 10:00 Asia/Kolkata", "2024-05-06T10:00:00+05:30"),
    ("2024-05-06 10:00 America/Argentina/Buenos_Aires", "2024-05-06T10:00:00-03:00"),
    ("2024-05-06T24:00:00Z", "2024-05-07T00:00:00Z"),
    ("2024-05-06t10:00:00z", "2024-05-06T10:00:00Z"),
    ("2024-05-06T10:00:00−05:00", "2024-05-06T10:00:00-05:00"),
    ("2024-05-06T10Z", "2024-05-06T10:00:00Z"),
    ("2024-5-6", "2024-05-06"),
    ("2016-06", "2016-06"),
    ("2016", "2016"),
    ("06/2016", "2016-06"),
    ("June 2016", "2016-06"),
    ("2016/6/29 15:07:41", "2016-06-29T15:07:41"),
    ("2016/06/29", "2016-06-29"),
    ("2016.06.29", "2016-06-29"),
    ("2016. 6. 29.", "2016-06-29"),
    ("29/06/2016", "2016-06-29"),
    ("6/29/2016 3:07 PM", "2016-06-29T15:07:00"),
    ("29.6.2016 15.07", "2016-06-29T15:07:00"),
    ("29-Jun-2016", "2016-06-29"),
    ("June 29th, 2016", "2016-06-29"),
    ("29/Jun/2016:15:07:41 +0000", "2016-06-29T15:07:41Z"),
    ("29.06.16", "2016-06-29"),
    ("Wed, 29 Jun 2016 3:07 p.m. ET", "2016-06-29T15:07:00-04:00"),
    ("Jan 29, 2016 at 3pm ET", "2016-01-29T15:00:00-05:00"),
    ("mercredi 29 juin 2016 à 15h07", "2016-06-29T15:07:00"),
    ("1714989600", "2024-05-06T10:00:00Z"),
    ("1714989600000", "2024-05-06T10:00:00Z"),
    ("1714989600.5", "2024-05-06T10:00:00Z"),
    ("1714989600000000", "2024-05-06T10:00:00Z"),
    ("6 พฤษภาคม 2567", "2024-05-06"),
    ("6 พ.ค. 2567", "2024-05-06"),
    ("6 พ.ค. 67", "2024-05-06"),
    ("6 พ.ค. 67 10:00 น.", "2024-05-06T10:00:00"),
    ("06/05/2567", "2024-05-06"),
    ("๖ พฤษภาคม พ.ศ. ๒๕๖๗", "2024-05-06"),
    ("2567-05-06", "2024-05-06"),
    ("令和6年5月6日", "2024-05-06"),
    ("令和元年5月1日", "2019-05-01"),
    ("平成30年3月1日 午前10時5分", "2018-03-01T10:05:00"),
    ("昭和64年1月7日", "~1989-01-07"),
    ("R6.5.6", "2024-05-06"),
    ("民國113年5月6日", "2024-05-06"),
    ("二〇二四年五月六日", "2024-05-06"),
    ("２０２４年５月６日", "2024-05-06"),
    ("۱۷ اردیبهشت ۱۴۰۳", "2024-05-06"),
    ("1403/02/17", "2024-05-06"),
    ("۱۴۰۳/۰۲/۱۷ - ۱۰:۰۰", "2024-05-06T10:00:00"),
    ("17 Ordibehesht 1403", "2024-05-06"),
    ("دوشنبه ۱۷ ارديبهشت ۱۴۰۳ ساعت ۱۰:۰۰", "2024-05-06T10:00:00"),
    ("٦ مايو ٢٠٢٤", "2024-05-06"),
    ("الاثنين 6 مايو/أيار 2024", "2024-05-06"),
    ("6 أيار 2024", "2024-05-06"),
    ("6 كانون الثاني 2024", "2024-01-06"),
    ("6 تشرين الأول 2024", "2024-10-06"),
    ("تشرين الأول، 5 كانون الثاني 2024", "2024-01-05"),
    ("2024년 5월 6일 오후 3시 7분", "2024-05-06T15:07:00"),
    ("2024年5月6日 下午3:07", "2024-05-06T15:07:00"),
    ("2024年5月", "2024-05"),
    ("ngày 6 tháng 5 năm 2024", "2024-05-06"),
    ("2024. május 6.", "2024-05-06"),
    ("2024 m. gegužės 6 d.", "2024-05-06"),
    ("2024. gada 6. maijs", "2024-05-06"),
    ("2024ko maiatzaren 6a", "2024-05-06"),
    ("6 май 2024 г.", "2024-05-06"),
    ("6 de maig de 2024", "2024-05-06"),
    ("6 Mei 2024", "2024-05-06"),
    ("৬ মে ২০২৪", "2024-05-06"),
    ("6 மே 2024", "2024-05-06"),
    ("६ मे २०२४", "2024-05-06"),
    ("6 मई 2024", "2024-05-06"),
    ("6 במאי 2024", "2024-05-06"),
    ("6 Μαΐου 2024", "2024-05-06"),
    ("6 مئی 2024", "2024-05-06"),
    ("6. maí 2024", "2024-05-06"),
    ("6. mai 2024", "2024-05-06"),
    ("6 მაისი 2024", "2024-05-06"),
    ("6 мая 2024, 10:00 (МСК)", "2024-05-06T10:00:00+03:00"),
    ("den 6 maj 2024 kl. 10.00", "2024-05-06T10:00:00"),
    ("6. Mai 2024, 10 Uhr MESZ", "2024-05-06T10:00:00+02:00"),
    ("6. května 2024", "2024-05-06"),
    ("6 травня 2024 р.", "2024-05-06"),
    ("6 Mayıs 2024 Pazartesi", "2024-05-06"),
    ("Lunes, Mayo 6, 2024", "2024-05-06"),
    ("03/04/2024", "~2024-03-04"),
    ("1899-05-06", "~1899-05-06"),
    ("2031-01-01", "~2031-01-01"),
    ("6 May 1998", "1998-05-06"),
    ("06 May 98 10:00 GMT", "1998-05-06T10:00:00Z"),
    ("Published: 6 May 2024 at 10:00 BST", "2024-05-06T10:00:00+01:00"),
    ("2024-05-06 at 10:00 AM", "2024-05-06T10:00:00"),
    ("2024-05-06 03:07:00 PM", "2024-05-06T15:07:00"),
    ("May 6, 2024 12:30 AM", "2024-05-06T00:30:00"),
    ("May 6, 2024 12:30 PM", "2024-05-06T12:30:00"),
    ("Monday 6th of May 2024", "2024-05-06"),
    ("6 Tháng Năm 2024", "2024-05-06"),
)

NO_DATES = (
    "1445/10/27",
    "27 شوال 1445",
    "2016-13-45",
    "32/01/2024",
    "0000-00-00",
    "0001-01-01T00:00:00Z",
    "Mon, 06 May",
    "10:00",
    "N/A",
    "today",
    "2 hours ago",
    "06",
    "May",
    "Feb 30, 2024",
    "31/04/2024",
)


def shown(written: str, day_first: bool | None = None, historic: bool = False) -> str | None:
    date = read_date(written, origin="feed", now=NOW, day_first=day_first, historic=historic)
    return f"{'~' if date.doubtful else ''}{iso_date(date)}" if date else None


@pytest.mark.parametrize(("written", "meant"), FORMS)
def test_a_form_is_read_as_it_is_meant(written, meant):
    assert shown(written) == meant


@pytest.mark.parametrize("written", NO_DATES)
def test_what_says_no_day_is_no_date_and_never_today(written):
    assert shown(written) is None


def test_the_list_of_forms_is_long_enough_to_say_something():
    assert len(FORMS) >= 72
    assert len({written for written, _ in FORMS}) == len(FORMS)


@pytest.mark.parametrize(("written", "meant"), [form for form in FORMS if not form[1].startswith("~")])
def test_a_feed_a_sitemap_and_an_import_read_it_alike(written, meant):
    item = f"<item><title>a</title><link>https://coast.example/a</link><pubDate>{written}</pubDate></item>"
    feed = read_feed(f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), "https://coast.example/f", now=NOW)
    url = f"<url><loc>https://coast.example/a</loc><lastmod>{written}</lastmod></url>"
    sitemap = read_sitemap(f"<urlset>{url}</urlset>".encode(), "https://coast.example/s", now=NOW)
    record = {"url": "https://coast.example/a", "text": "The wall is raised.", "date": written}
    imported = in_import(record)
    assert iso_date(feed.found[0].hints.published) == meant
    assert iso_date(sitemap.found[0].hints.updated) == meant
    assert iso_date(imported.published) == meant


def in_import(record):
    return record_item(record, "a:1", Origin("a", "a", NOW), Options(None, NOW)).item


@pytest.mark.parametrize("number", [1714989600, 1714989600000, 1714989600.0])
def test_an_import_takes_unix_time_as_a_number(number):
    record = json.loads(json.dumps({"url": "https://coast.example/a", "text": "The wall.", "date": number}))
    assert iso_date(in_import(record).published) == "2024-05-06T10:00:00Z"


@pytest.mark.parametrize(("written", "meant"), [form for form in FORMS if not form[1].startswith("~")])
def test_what_is_written_out_reads_back_as_the_same_date(written, meant):
    once = read_date(written, origin="import", now=NOW)
    assert read_date(iso_date(once) or "", origin="import", now=NOW) == once


def test_a_language_says_which_number_is_the_day():
    assert shown("03/04/2024", day_first=writes_day_first("de-AT")) == "2024-04-03"
    assert shown("03/04/2024", day_first=writes_day_first("en-US")) == "2024-03-04"
    assert shown("03/04/2024", day_first=writes_day_first("en")) == "~2024-03-04"


def test_old_papers_are_doubted_on_the_web_and_believed_in_an_import():
    assert shown("1899-05-06") == "~1899-05-06"
    assert shown("1899-05-06", historic=True) == "1899-05-06"
    assert shown("1499-05-06", historic=True) is None


def test_a_date_out_of_all_bounds_is_none():
    assert shown("9999-12-31T23:59:59-14:00") is None
    assert shown("6 May 20244") is None
