"""What stands in place of a story is not stored as one, and never over one."""

import itertools

import pytest

from tests.crawler.crawling import Desk, front, rss, source, story
from tests.crawler.faultweb import Reply, serving

PATHS = ["/news/flood-on-the-river-road", "/news/school-gets-a-new-roof", "/news/ferry-sails-twice-a-day"]
STORIES = {path: story(path[6:].replace("-", " ").capitalize()) for path in PATHS}

ASKS = (
    "We and our partners keep cookies and other data on your device to measure how the pages are read, and to show you "
    "advertising that suits you. You may agree, or choose which of these purposes you allow; you can change your mind."
)
CLOSED = (
    "Our pages are being looked after this evening and come back in the course of the night. We are sorry for this, "
    "and thank you for your patience while engineers move the archive to its new home in the cellar of the building."
)
NOTES = (
    "Whoever came here by an old bookmark may like to hear that the desk has a new shelf for its letters, with a lamp "
    "over it, and that each of them is read in the evening by one of us, who writes back before the week has ended."
)
WALLS = {
    "consent": f"<title>Before you go on</title><h1>Your choice</h1><p>{ASKS}</p><form><button>Agree</button></form>",
    "login": f"<title>Log in</title><h1>Welcome back</h1><p>{ASKS}</p><form><input name=user></form>",
    "age": f"<title>Your age</title><h1>Are you of age?</h1><p>{CLOSED}</p><form><button>Yes</button></form>",
    "maintenance": f"<title>Back soon</title><h1>Back soon</h1><p>{CLOSED}</p>",
    "long": "<title>Terms</title><h1>Terms of use</h1>" + "".join(f"<p>{ASKS} Purpose {n}.</p>" for n in range(12)),
    "other script": f"<title>同意</title><h1>同意のお願い</h1><p>{'当サイトでは利用状況を測ります。' * 14}</p>",
}


def redirecting(target: str, status: int = 302, **pages: str) -> dict:
    """Each story leads to the target; `{path}` in it stands for the story's path."""
    return {path: Reply("", status, headers={"Location": target.replace("{path}", path)}) for path in PATHS}


def crawled(tmp_path, before: dict | None, wall: dict, *, nights: int = 2, named: bool = False) -> tuple[Desk, dict]:
    """Crawl the stories first, if `before`, then the walls some nights; `named`: a feed gives their headlines."""
    feed = "".join(
        f"<item><title>{path[6:].replace('-', ' ').capitalize()}</title><link>{path}</link></item>" for path in PATHS
    )
    fronts = {
        "/": front(*([] if named else PATHS), feed="/feed.xml" if named else None),
        "/feed.xml": Reply(f'<rss version="2.0"><channel>{feed}</channel></rss>', type="application/rss+xml"),
    }
    with serving(fronts | (before or wall)) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        first = desk.bodies
        site.routes |= wall
        for _ in range(nights):
            desk.wait(days=40)
            desk.crawl()
    return desk, first


TARGETS = ["/consent?next={path}", "/gate", "/gate/welcome.html?return_to=%2F{path}", "/enter?x=1"]
STATUSES = (302, 307, 302, 301, 302)  # five statuses and four targets: each target is reached with each status


def by_redirect():
    """Every wall behind every target; the check has each wall and each target, the soak all pairs of them."""
    for number, (wall, target) in enumerate(itertools.product(WALLS, TARGETS)):
        is_sample = number % len(TARGETS) == number // len(TARGETS) % len(TARGETS)
        marks = () if is_sample else (pytest.mark.soak,)
        yield pytest.param(wall, target, STATUSES[number % len(STATUSES)], marks=marks)


@pytest.mark.parametrize(("wall", "target", "status"), list(by_redirect()))
def test_a_wall_reached_by_redirect_is_no_story(tmp_path, wall, target, status):
    routes = redirecting(target, status) | {target.replace("{path}", path): WALLS[wall] for path in PATHS}
    desk, _ = crawled(tmp_path, None, routes, nights=1)
    assert not [path for path in desk.bodies if path in PATHS]
    assert status == 301 or desk.bodies == {}


@pytest.mark.parametrize(
    ("wall", "target", "status"),
    [("consent", "/consent?next={path}", 302), ("maintenance", "/gate", 302), ("long", "/gate", 301)],
)
def test_a_wall_reached_by_redirect_never_takes_a_storys_place(tmp_path, wall, target, status):
    routes = redirecting(target, status) | {target.replace("{path}", path): WALLS[wall] for path in PATHS}
    desk, first = crawled(tmp_path, STORIES, routes)
    assert {path: body for path, body in desk.bodies.items() if path in PATHS} == first
    assert len(first) == 3


@pytest.mark.parametrize(
    ("wall", "named"),
    [("consent", False), ("login", True), ("maintenance", False), ("long", True), ("other script", False)],
)
def test_a_wall_in_place_is_no_story(tmp_path, wall, named):
    desk, _ = crawled(tmp_path, None, dict.fromkeys(PATHS, WALLS[wall]), nights=1, named=named)
    assert desk.bodies == {}


@pytest.mark.parametrize("wall", ["login", "maintenance", "long", "other script"])
def test_a_wall_in_place_never_takes_a_storys_place(tmp_path, wall):
    desk, first = crawled(tmp_path, STORIES, dict.fromkeys(PATHS, WALLS[wall]))
    assert desk.bodies == first
    assert len(first) == 3


def test_a_story_behind_a_wall_is_stored_when_the_wall_falls(tmp_path):
    with serving({"/": front(*PATHS, feed=None)} | dict.fromkeys(PATHS, WALLS["consent"])) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert desk.bodies == {}
        site.routes |= STORIES
        desk.wait(days=3)
        desk.crawl()
    assert set(desk.bodies) == set(PATHS)
    assert "Flood on the river road" in desk.bodies[PATHS[0]]


def test_many_stories_sent_to_the_front_page_at_once_are_not_withdrawn(tmp_path):
    paths = [f"/news/a-story-of-day-{n:05}" for n in range(6)]
    with serving({"/": front(*paths, feed=None)} | {path: story(path) for path in paths}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.routes |= {path: Reply("", 302, headers={"Location": "/"}) for path in paths}
        for _ in range(5):
            desk.wait(days=40)
            desk.crawl()
    assert len(desk.bodies) >= 5


@pytest.mark.parametrize("status", [301, 302])
def test_a_story_that_moved_with_its_text_stays_one_story(tmp_path, status):
    moved = {path: Reply("", status, headers={"Location": path.replace("/news/", "/archive/")}) for path in PATHS} | {
        path.replace("/news/", "/archive/"): page for path, page in STORIES.items()
    }
    desk, first = crawled(tmp_path, STORIES, moved)
    assert sorted(desk.bodies.values()) == sorted(first.values())


@pytest.mark.parametrize("status", [301, 302])
def test_a_story_first_met_by_a_redirect_is_stored(tmp_path, status):
    moved = {f"/go/{n}": Reply("", status, headers={"Location": path}) for n, path in enumerate(PATHS)} | STORIES
    with serving({"/": front(), "/feed.xml": rss(*(f"/go/{n}" for n in range(3)))} | moved) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert len(desk.bodies) == 3


def test_a_redirect_of_all_to_one_notice_leaves_their_texts_alone(tmp_path):
    notice = story("We have moved house", text="Our old pages stand in the cellar now, where nobody reads them.")
    desk, first = crawled(
        tmp_path, STORIES, redirecting("/news/we-have-moved-house", 301) | {"/news/we-have-moved-house": notice}
    )
    assert {path: body for path, body in desk.bodies.items() if path in PATHS} == first


def test_a_story_rewritten_from_head_to_foot_is_a_revision_when_its_page_is_signed(tmp_path):
    other = story(
        "Budget falls after long night", text="Nobody expected what the mayor said when the lights came back on."
    )
    with serving({"/": front(PATHS[0], feed=None), PATHS[0]: STORIES[PATHS[0]]}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.routes[PATHS[0]] = other
        desk.wait(days=2)
        desk.crawl()
    assert "the lights came back" in desk.bodies[PATHS[0]]


def looks_at(tmp_path, where: str) -> tuple[list[bool], int]:
    """Whether another text, without date or author, stands in the story's place after each of four later nights."""
    bare = "<title>Council</title><h1>Night of the budget</h1>" + "".join(
        f"<p>Nobody expected what the mayor said in minute {n}, when the lights came back on {where}.</p>"
        for n in range(9)
    )
    looks = []
    with serving({"/": front(PATHS[0], feed=None), PATHS[0]: STORIES[PATHS[0]]}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.routes[PATHS[0]] = bare
        for _ in range(4):
            desk.wait(days=40)
            desk.crawl()
            looks.append("the mayor said" in desk.bodies[PATHS[0]])
    stored = desk.store.by_url(site.url + PATHS[0])
    assert stored is not None
    return looks, len(desk.store.revisions(stored.id))


def test_another_text_without_date_or_author_is_believed_when_it_stays(tmp_path):
    assert looks_at(tmp_path, "along the river") == ([False, False, True, True], 2)


def test_another_text_is_not_believed_when_nothing_on_its_page_speaks_for_it(tmp_path):
    assert looks_at(tmp_path, "in the hall") == ([False] * 4, 1)


MATCHES = {
    f"/news/{team}-plays-the-cup": story(
        f"{team.title()} plays the cup",
        text=f"The side of {team} met its guests for the cup, and some {count} hundred people saw how it ended.",
    )
    for team, count in (("ashford", 12), ("belmont", 31), ("crowley", 45))
}


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("known", [True, False])
def test_a_redirect_to_another_story_of_one_template_takes_no_storys_place(tmp_path, status, known):
    first, second, _ = MATCHES
    with serving({"/": front(first, *[second] * known, feed=None)} | MATCHES) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.routes[first] = Reply("", status, headers={"Location": second})
        for _ in range(3):
            desk.wait(days=40)
            desk.crawl()
        assert desk.outcome(site, first) == ("not-article", "other-story")
    assert "side of ashford" in desk.bodies[first]
    assert "side of belmont" in desk.bodies[second]


@pytest.mark.parametrize("status", [301, 302])
def test_an_address_that_first_leads_to_another_story_tells_its_own_later(tmp_path, status):
    first, second, _ = MATCHES
    away = {first: Reply("", status, headers={"Location": second})}
    with serving({"/": front(first, second, feed=None)} | MATCHES | away) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert list(desk.bodies) == [second]
        assert desk.outcome(site, first) == ("redirected", "redirect")
        site.routes |= MATCHES
        desk.wait(days=31)
        desk.crawl()
    assert "side of ashford" in desk.bodies[first]
    assert "side of belmont" in desk.bodies[second]


def test_stories_led_to_one_story_do_not_take_it_away(tmp_path):
    one, *others = MATCHES
    away = {path: Reply("", 302, headers={"Location": one}) for path in others}
    with serving({"/": front(*others, one, feed=None)} | MATCHES | away) as site:
        desk = Desk(tmp_path, source(site))
        for _ in range(3):
            desk.crawl()
            desk.wait(days=40)
    assert list(desk.bodies) == [one]


def test_an_address_is_not_given_up_for_one_that_cannot_be_written(tmp_path):
    path, target = PATHS[0], PATHS[0].replace("/news/", "/archive/")
    with serving({"/": front(path, target, feed=None), path: STORIES[path], target: Reply("no", 403)}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.routes |= {path: Reply("", 301, headers={"Location": target}), target: STORIES[path]}
        desk.wait(days=40)
        desk.crawl()
        desk.wait(days=40)
        desk.crawl()
    assert [("part 1" in body) for body in desk.bodies.values()] == [True]


def test_one_page_that_says_nothing_of_its_story_is_believed_only_when_it_stays(tmp_path):
    strange = f"<title>Notes</title><h1>Notes</h1><p>{NOTES}</p>"
    looks = []
    with serving({"/": front(PATHS[0], feed=None), PATHS[0]: strange}) as site:
        desk = Desk(tmp_path, source(site))
        for _ in range(3):
            desk.crawl()
            looks.append(bool(desk.bodies))
            desk.wait(days=40)
    assert looks == [False, False, True]


def test_where_stories_have_words_of_their_addresses_a_page_without_any_is_none(tmp_path):
    strange = f"<title>Notes</title><h1>Notes</h1><p>{NOTES}</p>"
    odd = "/news/harbour-master-leaves-after-winter"
    with serving({"/": front(*PATHS, odd, feed=None)} | STORIES | {odd: strange}) as site:
        desk = Desk(tmp_path, source(site))
        for _ in range(5):
            desk.crawl()
            desk.wait(days=40)
        entry = desk.store.frontier.entry(site.url + odd)
    assert set(desk.bodies) == set(PATHS)
    assert entry is not None
    assert entry.reason == (
        "wall: no word of its address is on the page, the page has neither date nor author; "
        "the source's other stories have words of their addresses"
    )


def test_where_no_storys_address_has_its_words_a_page_without_any_is_one(tmp_path):
    paths = [f"/news/{'-'.join(f'{word}{n}ish'[::-1] for word in ('harbour', 'market', 'winter'))}" for n in "abcde"]
    bare = {
        path: f"<h1>Day {n}</h1>" + "".join(f"<p>{CLOSED} {n * 'again '}{part}</p>" for part in range(3))
        for n, path in enumerate(paths)
    }
    signed = {path: story(f"Day {n} of the fair") for n, path in enumerate(paths[:4])}
    with serving({"/": front(*paths, feed=None)} | bare | signed) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == set(paths)


FOREIGN = ["/hafen-schliesst-im-winter", "/bruecke-wird-heute-gesperrt", "/markthalle-an-nachbarn-verkauft"]
BOX = "<form action=/s><input name=q></form>"


@pytest.mark.parametrize(
    ("box", "texts", "stored"),
    [("", (1,), True), (BOX, (1,), False), (BOX, (1, 2), False), (BOX, (1, 2, 3), True), (BOX, (1, 1, 1), False)],
)
def test_bare_stories_at_addresses_of_another_language_are_known_by_their_length_or_number(
    tmp_path, box, texts, stored
):
    """Without a form one page is enough; beside a form it takes three, each with a text of its own."""
    pages = {
        path: f"{box}<h1>Of {n} towers</h1>" + "".join(f"<p>{NOTES} {n * 'So it is. '}{part}</p>" for part in range(3))
        for path, n in zip(FOREIGN, texts, strict=False)
    }
    with serving({"/": front(*pages, feed=None)} | pages) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert desk.bodies.keys() == (pages.keys() if stored else set())


def test_one_story_in_three_sections_is_no_wall(tmp_path):
    bare = "<h1>Ferry sails twice a day</h1>" + "".join(f"<p>{CLOSED} {n}</p>" for n in range(3))
    pages = dict.fromkeys([f"/{section}/ferry-sails-twice-a-day" for section in ("news", "coast", "travel")], bare)
    with serving({"/": front(*pages, feed=None)} | pages) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == set(pages)


def test_what_was_seen_of_a_wall_is_a_reason_people_read(tmp_path):
    routes = redirecting("/gate?next={path}") | {f"/gate?next={path}": WALLS["long"] for path in PATHS}
    with serving({"/": front(*PATHS, feed=None)} | routes) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        reason = desk.store.frontier.entry(site.url + PATHS[0]).reason
    assert reason.startswith("wall: the redirect carries the address it came from")


LOCKED = WALLS["login"].replace("<title>", "<meta name=robots content=noindex><title>")


@pytest.mark.parametrize("status", [301, 302])
def test_a_gate_that_asks_not_to_be_indexed_does_not_ask_it_of_the_stories_before_it(tmp_path, status):
    desk, first = crawled(tmp_path, STORIES, redirecting("/gate", status) | {"/gate": LOCKED}, nights=4)
    assert desk.bodies == first


def test_another_page_at_the_storys_address_that_asks_not_to_be_indexed_is_obeyed_when_it_stays(tmp_path):
    desk, first = crawled(tmp_path, STORIES, dict.fromkeys(PATHS, LOCKED), nights=2)
    assert desk.bodies == first
    desk, _ = crawled(tmp_path / "later", STORIES, dict.fromkeys(PATHS, LOCKED), nights=3)
    assert desk.bodies == {}


def test_a_story_that_asks_not_to_be_indexed_is_withdrawn_at_once(tmp_path):
    asks = {
        path: page.replace("<title>", "<meta name=robots content=noindex><title>") for path, page in STORIES.items()
    }
    desk, first = crawled(tmp_path, STORIES, asks, nights=1)
    assert (len(first), desk.bodies) == (3, {})


def test_a_redirect_to_a_page_that_is_gone_withdraws_a_story_only_when_it_lasts(tmp_path):
    desk, first = crawled(tmp_path, STORIES, redirecting("/other") | {"/other": Reply("gone", 410)}, nights=2)
    assert desk.bodies == first
    desk, _ = crawled(tmp_path / "later", STORIES, redirecting("/other") | {"/other": Reply("gone", 410)}, nights=3)
    assert desk.bodies == {}


@pytest.mark.parametrize(
    "page", [f"<title>Pagina</title><h1>Benvenuti</h1><p>{NOTES}</p><form><button>Ok</button></form>"]
)
def test_the_only_story_of_a_feed_without_headlines_is_not_taken_for_the_wall_before_it(tmp_path, page):
    said = (
        "<description>The ferry between both harbours was stopped at noon, and sixty passengers waited.</description>"
    )
    feed = Reply(
        f'<rss version="2.0"><channel><item><link>/p/4711</link>{said}</item></channel></rss>',
        type="application/rss+xml",
    )
    with serving({"/": front(feed="/feed.xml"), "/feed.xml": feed, "/p/4711": page}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert desk.bodies == {}
        assert desk.outcome(site, "/p/4711") == ("not-article", "wall")
        text = "The ferry between both harbours was stopped at noon; sixty passengers waited on the quay for the tug."
        site.routes["/p/4711"] = story("Ferry stops", text=text)
        desk.wait(days=8)
        desk.crawl()
        assert "sixty passengers" in desk.bodies["/p/4711"]
