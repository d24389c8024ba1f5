from datetime import UTC, datetime

import pytest

from corpus.config import Source
from corpus.model import Discovered, UrlKind
from corpus.reasons import Reason
from corpus.via import Via
from crawler.discovery.guesses import well_known
from crawler.discovery.home import read_section
from crawler.discovery.scope import MAX_LISTINGS_SERIES, Series, scope_of, wanted
from crawler.values import Listing

HERE = "https://gazette.example/"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOURCE = Source(url=HERE, name="gazette")


def read(page: str, address: str = HERE, kind: UrlKind = UrlKind.HOME) -> Listing:
    return read_section(page.encode(), address, charset="utf-8", kind=kind, now=NOW)


def urls(listing: Listing, kind: UrlKind) -> list[str]:
    return [each.url.removeprefix(HERE) for each in listing.found if each.kind is kind]


def test_feeds_are_found_by_their_links_but_not_those_of_comments():
    page = (
        '<head><link rel="alternate" type="application/rss+xml" href="/feed">'
        '<link rel="alternate" type="text/css" href="/style">'
        '<link rel="alternate" type="application/atom+xml" title="Comments" href="/comments/feed"></head>'
    )
    assert urls(read(page), UrlKind.FEED) == ["feed"]


def test_ten_feeds_of_a_page_are_followed_and_each_further_one_is_said_to_be_left_out_once():
    listing = read("".join(f'<a href="/tags/{n}/feed">RSS</a>' for n in range(12)))
    assert urls(listing, UrlKind.FEED) == [f"tags/{n}/feed" for n in range(10)]
    assert [(one.url.removeprefix(HERE), one.reason) for one in listing.left_out] == [
        ("tags/10/feed", "more-feeds"),
        ("tags/11/feed", "more-feeds"),
    ]


def test_the_base_of_a_page_holds_for_its_links():
    page = '<head><base href="/en/"></head><a href="news/council-settles-the-budget">x</a>'
    assert urls(read(page), UrlKind.ARTICLE) == ["en/news/council-settles-the-budget"]


def test_a_front_page_and_a_section_page_lead_to_sections_and_articles():
    page = '<a href="/world">World</a><a href="/world/storm-hits-the-coast">Storm</a>'
    assert urls(read(page), UrlKind.SECTION) == ["world"]
    assert urls(read(page, HERE + "world", UrlKind.SECTION), UrlKind.SECTION) == ["world"]
    assert urls(read(page, HERE + "world", UrlKind.SECTION), UrlKind.ARTICLE) == ["world/storm-hits-the-coast"]


def test_links_marked_nofollow_are_not_followed():
    assert read('<a rel="nofollow sponsored" href="/news/an-advertisers-tall-story">x</a>').found == ()


def test_the_page_that_continues_is_told_by_rel_next_or_by_its_number():
    assert read('<link rel="next" href="/news/older">', HERE + "news").next == HERE + "news/older"
    assert (
        read('<a href="/news/page/2/">2</a><a href="/news/page/9/">9</a>', HERE + "news").next == HERE + "news/page/2/"
    )
    assert read('<a href="/sport/page/2">2</a>', HERE + "news").next is None


def test_an_empty_page_leads_nowhere():
    assert read("").found == ()


def test_well_known_paths_are_few_and_of_the_site():
    tried = well_known(HERE + "en/", feeds=True, sitemaps=True)
    assert len(tried) < 12
    assert all(each.url.startswith(HERE) for each in tried)


def test_only_the_sources_own_urls_are_wanted_but_feeds_may_live_elsewhere():
    found = [
        Discovered(url="https://tribune.example/news/a", kind=UrlKind.ARTICLE, via=Via.HOME),
        Discovered(url="https://www.gazette.example/news/a", kind=UrlKind.ARTICLE, via=Via.HOME),
        Discovered(url="https://feeds.example/gazette", kind=UrlKind.FEED, via=Via.ALTERNATE),
    ]
    kept = wanted(found, scope_of(SOURCE), Series())
    assert [each.url for each in kept.found] == ["https://www.gazette.example/news/a", "https://feeds.example/gazette"]


def test_a_series_of_listing_pages_is_taken_only_so_far():
    months = [Discovered(url=f"{HERE}diary?month={n}", kind=UrlKind.SECTION, via=Via.SECTION) for n in range(500)]
    assert len(wanted(months, scope_of(SOURCE), Series()).found) == MAX_LISTINGS_SERIES


def test_what_is_not_followed_is_given_back_with_the_reason():
    page = "".join(
        f'<a href="{href}">x</a>'
        for href in ("/a.pdf", "/login", "https://tribune.example/x", "/news?sort=old", "/feed")
    )
    listing = read(page + '<a rel="nofollow" href="/paid">x</a>')
    left_out = listing.left_out
    assert [(item.url.rpartition("/")[2], item.reason) for item in left_out] == [
        ("a.pdf", "file-type"),
        ("login", "service-page"),
        ("x", "out-of-scope"),
        ("news?sort=old", "view"),
        ("paid", "nofollow"),
    ]
    assert urls(listing, UrlKind.FEED) == ["feed"]
    assert {(item.via, item.parent) for item in left_out} == {("home", HERE)}


def test_every_reason_for_leaving_a_link_out_is_a_word_of_the_table():
    hrefs = [
        "/",
        "/a.pdf",
        "/login",
        "/a?sort=x",
        "/calendar/2031/05",
        "/a/b/c/d/e/f",
        "/x/y/x/y/x/y",
        "https://t.example/",
    ]
    page = "".join(f'<a href="{href}">x</a>' for href in hrefs) + '<a rel="nofollow" href="/paid">x</a>'
    assert {item.reason for item in read(page).left_out} <= set(Reason)


def test_links_past_those_that_are_looked_at_are_named_and_past_these_counted():
    hrefs = [*(f"/news/{n}/the-council-settles-it-{n}" for n in range(4_007)), "/#!/story/7", "#top"]
    listing = read("".join(f'<a href="{href}">x</a>' for href in hrefs))
    assert len(urls(listing, UrlKind.ARTICLE)) == 2_000
    assert [one.reason for one in listing.left_out].count("more-links") == 2_000
    assert listing.notes == ("8 of its links were not looked at",)


def test_a_choice_of_a_drop_down_list_is_a_link_when_it_is_an_address_or_a_period():
    page = (
        '<select onchange="go(this)"><option value="/">Home<option value="/month/2026-10">October<option value="de">x'
        '<option value="https://gazette.example/2024/05/">May 2024</select>'
        '<form action="/old"><select name="month"><option value="">Month<option value="2026-09">x</select></form>'
        '<form action="/by"><select name="y"><option value="201909">x</select><select name="m"></select></form>'
        '<form method="post" action="/post"><select name="month"><option value="2026-08">August</select></form>'
    )
    listing = read(page)
    assert urls(listing, UrlKind.SECTION) == ["month/2026-10", "2024/05/", "old?month=2026-09"]
    assert {each.via for each in listing.found} == {"archive"}


def test_a_page_leads_to_the_stories_that_its_data_lists_besides_those_it_links_to():
    items = (
        '{"@type":"ListItem","url":"/news/council-settles-the-budget"},"/news/flood-on-the-river-road",'
        '{"@type":"ListItem","item":{"@id":"/news/mayor-opens-new-baths"}},{"@type":"ListItem","url":"https://t.example/news/a-b-c-d"}'
    )
    page = '<script type="application/ld+json">{"@type":"%s","itemListElement":[' + items + "]}</script>"
    found = ["news/council-settles-the-budget", "news/flood-on-the-river-road", "news/mayor-opens-new-baths"]
    for name in ("ItemList", "http://schema.org/ItemList", "schema:ItemList"):
        assert urls(read(page % name), UrlKind.ARTICLE) == found
    assert urls(read(page % "BreadcrumbList"), UrlKind.ARTICLE) == []
    linked = '<a href="/news/night-bus-for-the-harbour">x</a>'
    assert urls(read(page % "ItemList" + linked), UrlKind.ARTICLE) == ["news/night-bus-for-the-harbour", *found]


def test_a_form_that_sends_nothing_and_has_one_button_is_a_link():
    button = "<button>Council settles the budget</button>"
    page = (
        f'<form action="/news/1-a-b-c-d">{button}</form><form method=post action="/news/2-a-b-c-d">{button}</form>'
        f'<form action="/news/3-a-b-c-d"><input name=q>{button}</form>'
        '<form action="/news/4-a-b-c-d"><button>Go</button></form>'
        '<form><input type=submit formaction="/news/5-a-b-c-d" value="Council settles it"></form>'
    )
    assert urls(read(page), UrlKind.ARTICLE) == ["news/1-a-b-c-d", "news/5-a-b-c-d"]


PAGES = [
    (
        "<form action=/news><select name=page><option value=2>2</select><input type=submit value=Go></form>",
        "news?page=2",
    ),
    ("<form><button name=seite value=1>1</button><button name=seite value=2>2</button></form>", "news?seite=1"),
    ("<form><input type=hidden name=before value=a9><input type=submit value=Older></form>", "news?before=a9"),
    ("<form><input name=q><input type=hidden name=page value=2><button>Older</button></form>", None),
    ("<form method=post><input type=hidden name=page value=2><button>Older</button></form>", None),
    ("<form><input type=hidden name=vote value=2><button>Agree</button></form>", None),
    ("<form><select name=order><option value=2>newest</select></form>", None),
]


@pytest.mark.parametrize(("form", "following"), PAGES)
def test_a_list_goes_on_where_a_form_asks_for_its_next_page_and_for_nothing_else(form, following):
    story = '<a href="/news/council-settles-the-budget">x</a>'
    listing = read(story + form, HERE + "news", UrlKind.SECTION)
    assert listing.next == (following and HERE + following)


def test_a_card_is_a_link_by_its_address_where_it_says_that_it_is_one():
    words = "Council settles the budget"
    page = (
        f'<div role=link data-url="/news/1-a-b-c-d">{words}</div>'
        f'<li onclick="go(this)" data-link="/news/2-a-b-c-d">{words}</li>'
        f'<div data-url="/news/3-a-b-c-d">{words}</div><div role=link data-url="teaser">{words}</div>'
        f'<div role=link data-image-src="/news/4-a-b-c-d">{words}</div>'
        f'<div role=link data-thumb-path="/media/5-a-b-c-d" data-link="/news/5-a-b-c-d">{words}</div>'
    )
    assert urls(read(page), UrlKind.ARTICLE) == ["news/1-a-b-c-d", "news/2-a-b-c-d", "news/5-a-b-c-d"]


def test_links_that_a_script_alone_follows_are_counted():
    hrefs = ["/#!/story/7", "#/story/8", "#!story/8", "/a#part", "#/", "#!/story/9", "#!/story/9"]
    page = "".join(f'<a href="{href}">x</a>' for href in hrefs)
    assert read(page).notes == ("4 of its links were not looked at",)


@pytest.mark.parametrize("path", ["a/{}", "node/{}", "{}", "news/{}.html", "nachrichten/{}/"])
@pytest.mark.parametrize("year", [1900, 2013, 2031, 2190])
def test_a_number_like_a_year_under_a_headline_is_a_storys_own(path, year):
    page = f'<a href="/{path.format(year)}">Ferry stops for the whole winter</a>'
    assert urls(read(page), UrlKind.ARTICLE) == [path.format(year)]


@pytest.mark.parametrize("words", ["{}", "All of our stories of {}", "Older", "Archive"])
@pytest.mark.parametrize("path", ["a/{}", "{}", "archive/{}"])
def test_a_year_that_its_link_names_or_leaves_without_a_headline_is_an_archives(path, words):
    listing = read(f'<a href="/{path.format(2013)}">{words.format(2013)}</a>')
    assert [(each.kind, each.via) for each in listing.found] == [(UrlKind.SECTION, "archive")]


def test_a_year_in_a_folder_of_archives_is_an_archives_whatever_its_link_shows():
    assert [each.via for each in read('<a href="/archiv/2013">Was in jenem Jahr alles geschah</a>').found] == [
        "archive"
    ]
    assert read('<a href="/archiv/2031">Was in jenem Jahr alles geschah</a>').left_out[0].reason == "date-ahead"


def test_an_address_that_names_its_language_is_a_page_where_no_link_leads_to_it_without():
    page = "".join(f'<a href="/note.php?id={n}&amp;lang={code}">x</a>' for n in (7, 8) for code in ("pt", "en"))
    assert urls(read(page), UrlKind.ARTICLE) == [
        f"note.php?id={n}&lang={code}" for n in (7, 8) for code in ("pt", "en")
    ]
    listing = read(page + '<a href="/note.php?id=7">x</a>')
    assert urls(listing, UrlKind.ARTICLE) == ["note.php?id=8&lang=pt", "note.php?id=8&lang=en", "note.php?id=7"]
    assert {each.reason for each in listing.left_out} == {"view"}
    own = read('<a href="/list.php?lang=pt">x</a>', HERE + "list.php")
    assert [each.reason for each in own.left_out] == ["view"]


def test_what_a_drop_down_list_alone_names_without_a_headline_is_a_list():
    choices = [
        ("/lap/1", "1. lap"),
        ("/index.php?id=7", "Heft 7"),
        ("/news/night-bus-for-the-harbour", "4. Night bus"),
        ("/story/8", "The night bus comes back to the harbour"),
        ("/lap/2", "2. lap"),
    ]
    page = "<select>" + "".join(f'<option value="{url}">{words}' for url, words in choices) + "</select>"
    listing = read(page + '<a href="/lap/2">x</a>')
    assert urls(listing, UrlKind.SECTION) == ["lap/1", "index.php?id=7"]
    assert urls(listing, UrlKind.ARTICLE) == ["news/night-bus-for-the-harbour", "story/8", "lap/2"]
    many = read("<select>" + "".join(f'<option value="/lap/{n}">{n}' for n in range(1, 160)) + "</select>")
    assert (len(urls(many, UrlKind.SECTION)), len(urls(many, UrlKind.ARTICLE)), many.left_out) == (150, 9, ())


YEARS = "".join(f"<option value={year}>{year}" for year in (2026, 2025))
MONTHS = "<option value=''>all" + "".join(f"<option value={month}>{month}" for month in range(1, 13))


@pytest.mark.parametrize(
    ("form", "first", "count"),
    [
        ("<form action=/arkiv><select name=year>{0}</select></form>", "/arkiv?year=2026", 2),
        ("<form action=/a><select name=jahr>{0}</select><button>Los</button></form>", "/a?jahr=2026", 2),
        ("<form action=/a><select name=y>{0}</select><select name=m>{1}</select></form>", "/a?y=2026&m=1", 24),
        ("<form action=/a><input type=hidden name=k value=v><select name=y>{0}</select></form>", "/a?k=v&y=2026", 2),
        ("<form action=/a><select name='f[ano]'>{0}</select></form>", "/a?f%5Bano%5D=2026", 2),
        ("<form action=/a><select name=y>{0}</select><input name=q></form>", None, 0),  # a search
        ("<form action=/a><select name=y>{0}</select><select name=sort><option value=9>up</select></form>", None, 0),
        ("<form action=/a><select name=n><option value=10>10<option value=20>20</select></form>", None, 0),
        ("<form method=post action=/a><select name=y>{0}</select></form>", None, 0),
    ],
)
def test_the_years_that_a_form_asks_an_archive_for_are_walked(form, first, count):
    found = [item.url.removeprefix("https://gazette.example") for item in read(form.format(YEARS, MONTHS)).found]
    assert (found[0] if found else None, len(found)) == (first, count)


def test_archives_behind_forms_that_post_are_counted_and_never_asked():
    forms = (
        "<form method=POST action=/archive><select name=year>{0}</select><input type=submit></form>"
        "<form method=post><select name=month><option value=2026-08>x<option value=2026-07>y</select></form>"
        "<form method=post action=/join><select name=born>{0}</select><input name=mail></form>"  # asks who one is
    )
    listing = read(forms.format(YEARS))
    assert [item.url for item in listing.left_out if item.reason == "by-form"] == [
        "https://gazette.example/",
        "https://gazette.example/archive",
    ]
    assert listing.found == ()


def test_of_too_many_months_that_a_form_asks_for_the_oldest_are_left_out_and_counted():
    lists = "<select name=y>{}</select><select name=m>{}</select>"
    years, months = ("".join(f"<option value={n}>{n}" for n in each) for each in (range(1900, 2027), range(1, 13)))
    listing = read(f"<form action=/arkiv>{lists.format(years, months)}</form>")
    walked = {item.url.partition("?")[2] for item in listing.found}
    assert {"y=2026&m=12", "y=2015&m=1"} <= walked
    assert listing.notes == ("924 of its links were not looked at",)
