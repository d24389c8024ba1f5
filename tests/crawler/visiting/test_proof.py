"""What a page claims of its address is asked of the site."""

import pytest

from tests.crawler.crawling import Desk, front, rss, source, story
from tests.crawler.faultweb import Reply, serving

A, B, C = "/news/flood-on-the-river-road", "/news/school-gets-a-new-roof", "/news/ferry-sails-twice-a-day"


def canonical(url: str) -> str:
    return f'<link rel="canonical" href="{url}">'


def og(url: str) -> str:
    return f'<meta property="og:url" content="{url}">'


def crawled(tmp_path, routes, *, crawls=1, config=None, change=None):
    """Crawl a site some nights; `change(site, night)` may alter it before each. Return the desk and the site."""
    with serving({}) as site:
        site.routes |= routes(site.url)
        desk = Desk(tmp_path, source(site, **(config or {})))
        for night in range(crawls):
            if change:
                change(site, night)
            desk.crawl()
            desk.wait(days=40)
    return desk, site


@pytest.mark.parametrize(
    ("claim", "target"),
    [(canonical, "/news/"), (canonical, "/"), (canonical, "/?p=1"), (canonical, "/news/not-there"), (og, "/news/")],
)
def test_stories_whose_template_claims_one_address_stay_stories(tmp_path, claim, target):
    def routes(base):
        pages = {path: story(path[6:], head=claim(base + target)) for path in (A, B, C)}
        return {"/": front(*pages, feed=None)} | pages

    desk, _ = crawled(tmp_path, routes, crawls=3)
    assert set(desk.bodies) == {A, B, C}


def test_a_shared_address_that_shows_the_latest_story_takes_none_of_them(tmp_path):
    latest = "/news/latest-of-the-day"

    def routes(base):
        pages = {path: story(path[6:], head=canonical(base + latest)) for path in (A, B, C)}
        return {"/": front(*pages, feed=None), latest: story(A[6:])} | pages

    def change(site, night):
        site.routes[latest] = story((A, B, C)[night % 3][6:])

    desk, _ = crawled(tmp_path, routes, crawls=4, change=change)
    assert {A, B, C} <= set(desk.bodies)
    for path in (A, B, C):
        assert path[6:] in desk.bodies[path]


def test_a_canonical_address_that_never_answered_takes_nothing(tmp_path):
    def routes(base):
        return {"/": front(A, feed=None), A: story(head=canonical(base + "/news/never-was-there-at-all"))}

    desk, site = crawled(tmp_path, routes, crawls=5)
    assert list(desk.bodies) == [A]
    assert site.paths.count(A) == 5


@pytest.mark.parametrize("status", [404, 410])
def test_a_canonical_address_that_is_gone_later_gives_the_story_back(tmp_path, status):
    there = "/news/the-other-address-of-it"

    def routes(base):
        return {"/": front(A, feed=None), A: story(head=canonical(base + there)), there: story()}

    def change(site, night):
        if night:
            site.routes[there] = Reply("gone", status)

    desk, _ = crawled(tmp_path, routes, crawls=5, change=change)
    assert list(desk.bodies) == [A]


def test_a_canonical_address_that_tells_the_same_is_the_storys(tmp_path):
    there = "/news/the-other-address-of-it"

    def routes(base):
        return {"/": front(A, feed=None), A: story(head=canonical(base + there)), there: story()}

    desk, site = crawled(tmp_path, routes, crawls=3)
    assert list(desk.bodies) == [there]
    assert site.paths.count(A) == 1


def test_a_language_version_that_claims_the_original_is_a_story_of_its_own(tmp_path):
    def routes(base):
        head = canonical(base + A) + f'<link rel="alternate" hreflang="de" href="{base}{B}">'
        german = (
            "Der Rat der Stadt hat am Montag über den Haushalt des kommenden Jahres beraten, über Straßen und Schulen."
        )
        return {
            "/": front(A, B, feed=None),
            A: story(head=head),
            B: story("Rat berät Haushalt", text=german, head=head),
        }

    desk, _ = crawled(tmp_path, routes, crawls=2)
    assert set(desk.bodies) == {A, B}


@pytest.mark.parametrize("here", ["/amp" + A, A + "?amp=1", A + "?print=1", A + "/"])
def test_a_version_of_a_page_for_phones_or_paper_needs_no_proof(tmp_path, here):
    def routes(base):
        return {"/": front(), "/feed.xml": rss(here), here: story(head=canonical(base + A))}

    desk, site = crawled(tmp_path, routes, crawls=3)
    assert list(desk.bodies) == [A]
    assert site.paths.count(here) == 3


def test_a_canonical_address_on_another_host_is_not_asked(tmp_path):
    with serving({}, "127.88.0.2") as other:

        def routes(base):
            return {"/": front(A, feed=None), A: story(head=canonical(other.url + A))}

        desk, _ = crawled(tmp_path, routes)
    assert (list(desk.bodies), other.log) == ([A], [])


def test_a_canonical_address_that_robots_disallows_is_not_asked(tmp_path):
    def routes(base):
        return {
            "/robots.txt": Reply("User-agent: *\nDisallow: /closed/\n", type="text/plain"),
            "/": front(A, feed=None),
            A: story(head=canonical(base + "/closed/a-story-of-the-day")),
        }

    desk, site = crawled(tmp_path, routes, crawls=2)
    assert list(desk.bodies) == [A]
    assert "/closed/a-story-of-the-day" not in site.paths


def test_og_url_alone_sends_us_nowhere(tmp_path):
    there = "/news/the-other-address-of-it"

    def routes(base):
        return {"/": front(A, feed=None), A: story(head=og(base + there)), there: story()}

    desk, site = crawled(tmp_path, routes)
    assert (list(desk.bodies), there in site.paths) == ([A], False)


def test_reports_of_one_template_that_claim_one_address_are_not_merged(tmp_path):
    def report(number):
        return story("Result of the day", text=f"On day {number} of the season the home side won by {number} goals.")

    def routes(base):
        pages = {A: report(1), B: report(2)}
        pages = {path: page.replace("</head>", canonical(base + C) + "</head>") for path, page in pages.items()}
        return {"/": front(*pages, feed=None), C: report(2)} | pages

    desk, _ = crawled(tmp_path, routes, crawls=3)
    assert A in desk.bodies
    assert "day 1 of" in desk.bodies[A]
    assert any("day 2 of" in body for body in desk.bodies.values())


def test_a_page_that_the_canonical_only_teases_is_kept_whole(tmp_path):
    there = "/news/the-other-address-of-it"

    def routes(base):
        teaser = f"<h1>Council settles budget</h1><p>{story()[300:700]}</p>"
        return {"/": front(A, feed=None), A: story(head=canonical(base + there)), there: teaser}

    desk, _ = crawled(tmp_path, routes)
    assert "part 4" in desk.bodies[A]


def test_a_parameter_is_noise_once_the_address_without_it_told_the_same(tmp_path):
    long = "0123456789abcdef01234567"
    links = [f"{A}?ref={long}{n}" for n in range(4)]

    def routes(base):
        return {"/": front(), "/feed.xml": rss(*links), A: story()} | {link: story() for link in links}

    desk, _ = crawled(tmp_path, routes, crawls=3)
    assert list(desk.bodies) == [A]


@pytest.mark.parametrize("name", ["sid", "s", "pk_id", "ref", "cmp", "id"])
def test_stories_told_apart_by_a_parameter_stay_apart(tmp_path, name):
    values = ["0123456789abcdef01234567", "89abcdef0123456701234567", "campaign", "7"]
    pages = {f"/read?{name}={value}": story(f"Story {value}") for value in values}

    def routes(base):
        return {"/": front(), "/feed.xml": rss(*pages)} | pages

    desk, _ = crawled(tmp_path, routes)
    assert set(desk.bodies) == set(pages)


@pytest.mark.parametrize("claims", [True, False])
def test_a_version_for_paper_that_is_read_while_its_story_is_being_fetched_ends_as_that_story(tmp_path, claims):
    plain, paper = "/news/ferry-sails-again", "/print/news/ferry-sails-again"
    with serving({"/": front(), "/feed.xml": rss(paper, plain), plain: story()}) as site:
        site.routes[paper] = story(head=f'<link rel="canonical" href="{site.url}{plain}">' if claims else "")
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        desk.wait(days=9)
        desk.crawl()
        assert set(desk.bodies) == {plain}
        assert desk.outcome(site, paper) == ("redirected", "canonical" if claims else "same-page")


@pytest.mark.parametrize("here", [A + "?ref=home", A + "?from=teaser&x=1"])
def test_a_noisy_address_that_came_first_is_given_up_the_same_night(tmp_path, here):
    def routes(base):
        return {"/": front(here, feed=None), "/feed.xml": rss(A), here: story(), A: story()}

    desk, site = crawled(tmp_path, routes)
    assert list(desk.bodies) == [A]
    assert desk.outcome(site, here) == ("redirected", "same-page")
    assert (site.paths.count(here), site.paths.count(A)) == (1, 1)


@pytest.mark.parametrize("end", [410, "noindex"])
def test_a_noisy_address_that_was_given_up_is_asked_again_when_the_plain_one_is_gone(tmp_path, end):
    noisy = A + "?ref=home"

    def routes(base):
        return {"/": front(noisy, feed=None), "/feed.xml": rss(A), noisy: story(), A: story()}

    with serving({}) as site:
        site.routes |= routes(site.url)
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert desk.outcome(site, noisy) == ("redirected", "same-page")
        site.routes[A] = Reply(status=end) if end == 410 else story(head='<meta name="robots" content="noindex">')
        for _ in range(4):  # what is gone for a night is not gone
            desk.wait(days=1)
            desk.crawl()
    assert list(desk.bodies) == [noisy]


def test_of_two_noisy_addresses_the_plain_one_alone_stands(tmp_path):
    noisy = (A + "?sid=5f0e91c2d7&id=7", A + "?id=7&colour=red")

    def routes(base):
        return {"/": front(*noisy, feed=None), A + "?id=7": story(), **dict.fromkeys(noisy, story())}

    desk, _ = crawled(tmp_path, routes)
    assert list(desk.bodies) == [A + "?id=7"]


def test_of_two_addresses_that_tell_the_same_none_is_given_up_where_the_one_without_what_they_differ_in_does_not(
    tmp_path,
):
    both = (A + "?id=7", A + "?id=8")

    def routes(base):
        return {"/": front(*both, feed=None), **dict.fromkeys(both, story())}

    desk, _ = crawled(tmp_path, routes, crawls=2)
    assert set(desk.bodies) == set(both)


@pytest.mark.parametrize("there", ["/news/goal", "/s/ferry-9"])
def test_a_story_whose_address_looks_like_a_sections_is_stored_once(tmp_path, there):
    def redirecting(base):
        return {
            "/": front("/r/0", there, feed=None),
            there: story(),
            "/r/0": Reply("", 301, headers={"Location": there}),
        }

    def claiming(base):
        return {"/": front(A, there, feed=None), there: story(), A: story(head=canonical(base + there))}

    for name, routes in {"redirecting": redirecting, "claiming": claiming}.items():
        (tmp_path / name).mkdir()
        desk, _ = crawled(tmp_path / name, routes)
        assert list(desk.bodies) == [there]


def test_a_story_that_moves_to_such_an_address_leaves_its_old_one(tmp_path):
    old, new = "/a/moved-story-0", "/a/moved-story-0-new"
    with serving({"/": front(old, feed=None), old: story()}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        desk.wait(days=1)
        moved = Reply("", 301, headers={"Location": new})
        site.routes |= {"/": front(new, feed=None), old: moved, new: story()}
        desk.crawl()
    assert list(desk.bodies) == [new]


def test_an_address_like_a_sections_whose_page_is_a_story_is_asked_for_its_claim_in_the_same_night(tmp_path):
    there = "/news/the-walls-of-the-town"

    def routes(base):
        return {"/": front("/walls", feed=None), "/walls": story(head=canonical(base + there)), there: story()}

    desk, site = crawled(tmp_path, routes)
    assert list(desk.bodies) == [there]
    assert site.paths.count("/walls") == site.paths.count(there) == 1


def test_a_story_that_is_not_translated_stands_once_where_its_language_is_named(tmp_path):
    shapes = ("/{}/note/ferry-sails-again", "/read?id=7&lang={}")
    codes = ("pt", "en", "fr")  # the story is in English
    same = {shape.format(code): story(shape) for shape in shapes for code in codes}
    translated = {f"/{code}/note/school-gets-a-roof": story(f"{code} roof") for code in codes}

    def routes(base):
        return {"/": front(), "/feed.xml": rss(*same, *translated)} | same | translated

    desk, site = crawled(tmp_path, routes, crawls=2)
    assert set(desk.bodies) == {*(shape.format("en") for shape in shapes), *translated}
    assert {desk.outcome(site, shape.format(code)) for shape in shapes for code in ("pt", "fr")} == {
        ("redirected", "same-page")
    }
    assert "/read?id=7" not in site.paths
