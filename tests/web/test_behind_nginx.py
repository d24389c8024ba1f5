"""The pages behind a real nginx, with TLS and under a path: what they lead to stays under it, in a browser, too."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from lxml.html import FormElement, HtmlElement

from tests.web.accounts.conftest import PASSWORD, people
from tests.web.accounts.test_walk import walk_of_each_role
from tests.web.conftest import app_over
from tests.web.nginx import NGINX, PATH, Reply, Site, behind_nginx
from tests.web.test_browser import CHROMIUM, FLAGS, Tab, playwright
from tests.web.test_desk_walk import walk_of_a_desk

pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx found: apt-get install nginx-light")
in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium")

FEW, MANY = 24, 600  # pages of a sweep in `make check`, and in `make soak`
LEADS = ("href", "src", "srcset", "poster", "content")  # attributes
SENDS = ("action", "formaction")
OWN_FORMS = {"/logout", "/account", "/people"}  # they end the session, or ask for more than stands in the form


# ---------------------------------------------------------------- a sweep over links and forms


class Sweep:
    """Pages from one on, by their links, as a person that is signed in sees them."""

    def __init__(self, site: Site, most: int) -> None:
        self.site, self.most = site, most
        self.seen: set[str] = set()
        self.sent: set[str] = set()
        self.strays: list[tuple[str, str]] = []
        self.broken: list[tuple[str, int]] = []

    def walk(self) -> None:
        waiting = [f"{PATH}/"]
        while waiting and len(self.seen) < self.most:
            path = waiting.pop(0)
            if self.shape(path) in self.seen:
                continue
            self.seen.add(self.shape(path))
            waiting += self.look(path)

    @staticmethod
    def shape(path: str) -> str:
        """Pages of one kind count once: numbers, marks and what is asked for are left out."""
        parts = urlsplit(path)
        names = sorted(re.findall(r"(?:^|&)(\w+)=", parts.query))
        return re.sub(r"(?<=/)(?:\w-)?[\w%-]*\d[\w-]*", "N", parts.path) + "?" + ",".join(names)

    def look(self, path: str) -> list[str]:
        reply = self.site.ask(path)
        if reply.location:
            return self.own(path, [reply.location])
        if reply.status >= 400:
            self.broken.append((path, reply.status))
        kind = reply.headers.get("content-type", "")
        if "html" not in kind:
            return self.own(path, re.findall(r'(?:href|template)="([^"]*)"', reply.text)) if "xml" in kind else []
        page = html_of(reply.text)
        for form in page.forms:
            if form.method == "POST":
                self.send(path, form)
        self.own(path, [value for each in page.iter() for value in leads(each, SENDS)])
        return self.own(path, [value for each in page.iter() for value in leads(each, LEADS)])

    def send(self, path: str, form: FormElement) -> None:
        """Send a form as it stands, once to each kind of address that its buttons name."""
        outside = form.getroottree().xpath("//*[@form=$id]", id=form.get("id") or "none of ours")
        buttons = [*form.xpath(".//button"), *(each for each in outside if each.tag == "button")]
        for button in buttons or [None]:
            action = form.action if button is None else button.get("formaction") or form.action
            if action:
                self.press(path, form, [each for each in outside if each.tag != "button"], button, action)

    def press(
        self, path: str, form: FormElement, outside: list[HtmlElement], button: HtmlElement | None, to: str
    ) -> None:
        action = urlsplit(urljoin(path, to)).path
        if action.removeprefix(PATH) in OWN_FORMS or self.shape(action) in self.sent:
            return
        self.sent.add(self.shape(action))
        fields = [*form.form_values(), *((each.name, value_of(each)) for each in outside)]
        if button is not None and button.get("name"):
            fields.append((button.get("name"), button.get("value", "")))
        reply = self.site.ask(action, [(name, value or "Sea walls") for name, value in fields])
        if reply.status in (401, 404, 405) or reply.status >= 500 or "not sent by a page" in reply.text:
            self.broken.append((f"POST {action} of {path}", reply.status))
        self.own(action, [reply.location] if reply.location else [])

    def own(self, path: str, values: list[str]) -> list[str]:
        """Return the paths of our host that values lead to; those that leave our path are noted."""
        found = []
        for value in values:
            parts = urlsplit(urljoin(self.site.url.removesuffix(PATH) + path, value))
            if parts.hostname != "localhost" or parts.scheme not in ("http", "https"):
                continue
            if not parts.path.startswith(f"{PATH}/") or parts.scheme != "https" or parts.port != self.site.port:
                self.strays.append((path, value))
                continue
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
        return found


def html_of(text: str) -> HtmlElement:
    page = lxml.html.fromstring(text)
    assert isinstance(page, HtmlElement)
    return page


def value_of(each: HtmlElement) -> str:
    """The value that a browser sends for a field; of a list, its first one."""
    return (each.value_options[0] if each.tag == "select" else each.get("value")) or ""


def leads(each: HtmlElement, names: tuple[str, ...]) -> list[str]:
    """The addresses in the attributes of an element; all that begins with a slash is one, whatever its name."""
    if not isinstance(each.tag, str):
        return []
    named = [value for name, value in each.items() if name in names and (name != "content" or "//" in value)]
    return named + [value for name, value in each.items() if name.startswith("data-") and value.startswith("/")]


def app_of(folder: Path):
    return lambda web: people(app_over(folder, web=web))


def signed_in(site: Site, password: str = PASSWORD) -> None:
    form = html_of(site.ask(f"{PATH}/login?back=/search?q%3Dflood").text).forms[-1]
    fields = dict(form.form_values()) | {"name": "admin", "password": password}
    reply = site.ask(urlsplit(urljoin(f"{PATH}/login", form.action)).path, list(fields.items()))
    assert (reply.status, urlsplit(reply.location).path) == (303, f"{PATH}/search")


@pytest.fixture(params=["password", "proxy"])
def site(folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    kind = request.param
    with behind_nginx(app_of(folder), tmp_path, accounts=kind, person="admin" if kind == "proxy" else None) as site:
        if kind == "password":
            signed_in(site)
        yield site


def test_a_session_and_what_its_pages_lead_to_stay_under_the_path_and_within_tls(folder: Path, tmp_path: Path):
    with behind_nginx(app_of(folder), tmp_path, accounts="password") as site:
        refused = site.ask(f"{PATH}/search?q=flood")
        assert (refused.status, urlsplit(refused.location).path) == (303, f"{PATH}/login")
        signed_in(site)
        assert site.cookies
        for cookie in site.cookies.values():
            assert (cookie["path"], cookie["secure"], cookie["httponly"]) == (PATH, True, True)
        sweep = Sweep(site, FEW)
        sweep.walk()
        assert (sweep.strays, sweep.broken) == ([], [])
        assert sweep.sent


@pytest.mark.soak
def test_every_page_link_form_and_redirect_stays_under_the_path(site: Site):
    sweep = Sweep(site, MANY)
    sweep.walk()
    assert (sweep.strays, sweep.broken) == ([], [])
    assert {f"{PATH}/{name}?" for name in ("sources", "saved", "people", "account", "authors")} <= sweep.seen
    assert {f"{PATH}/{name}?" for name in ("saved", "q", "keep", "dossiers")} <= sweep.sent


def sent(site: Site, page: str, action: str, button: str = "", **typed: str) -> Reply:
    """Fill the first form of a page with this action and this button, send it, and expect an answer under the path."""
    forms = html_of(site.ask(PATH + page).text).forms
    form = next(
        each
        for each in forms
        if each.action == PATH + action and (not button or each.xpath(".//button[@value=$value]", value=button))
    )
    values = dict(form.form_values()) | ({"do": button} if button else {}) | typed
    reply = site.ask(urlsplit(urljoin(PATH + page, form.action)).path, list(values.items()))
    assert reply.status in (200, 303), (action, button, reply.status)
    if reply.location:
        to = urlsplit(urljoin(site.url + page, reply.location))
        assert (to.scheme, to.port, to.path.startswith(f"{PATH}/")) == ("https", site.port, True), reply.location
    return reply


@pytest.mark.soak
def test_people_accounts_and_the_way_out_lead_under_the_path(folder: Path, tmp_path: Path):
    with behind_nginx(app_of(folder), tmp_path, accounts="password") as site:
        signed_in(site)
        for name, button, more in (
            ("reader", "role", {"role": "editor"}),
            ("editor", "disable", {}),
            ("editor", "enable", {}),
        ):
            assert urlsplit(sent(site, "/people", "/people", button, name=name, **more).location).path == (
                f"{PATH}/people"
            )
        assert "shown this once" in sent(site, "/account", "/account", "token", purpose="feeds").text
        revoked = sent(site, "/account", "/account", "revoke")
        assert urlsplit(revoked.location).path == f"{PATH}/account"
        new = "a tide table more"
        sent(site, "/account", "/account", "password", password=PASSWORD, new=new)
        site.cookies.clear()
        signed_in(site, new)
        for button in ("leave", ""):
            assert urlsplit(sent(site, "/account", "/account" if button else "/logout", button).location).path == (
                f"{PATH}/"
            )
            assert urlsplit(site.ask(f"{PATH}/account").location).path == f"{PATH}/login"
            site.cookies.clear()
            signed_in(site, new)


# ---------------------------------------------------------------- a browser


@pytest.fixture
def open_site(folder: Path, tmp_path: Path) -> Iterator[str]:
    """The address of an archive without accounts."""
    with behind_nginx(lambda web: app_over(folder, web=web), tmp_path) as site:
        yield site.url


@pytest.mark.soak
@in_a_browser
@pytest.mark.parametrize("with_javascript", [True, False])
def test_a_search_its_filters_its_feed_and_its_pages_work_in_a_browser(open_site: str, with_javascript: bool):
    site = open_site
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(ignore_https_errors=True, java_script_enabled=with_javascript)
        tab = Tab(context.new_page(), site)
        refused: list[str] = []
        tab.page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
        page = tab.open("/")
        page.fill("#q", "flood")
        page.press("#q", "Enter")
        page.wait_for_url(f"{site}/search?q=flood")
        page.check("input[name=site][value='coastpost.example']")
        if not with_javascript:
            page.click("form#f button:visible >> nth=0")
        page.wait_for_url("**/search?q=flood&site=coastpost.example")
        page.click(".hit h3 a >> nth=0")
        page.wait_for_url(f"{site}/a/**")
        for path in (
            "/search?q=flood",
            "/sources",
            "/crawls",
            "/about",
            "/help/search",
            "/lookup",
            "/facets/author?q=flood",
        ):
            page = tab.open(path)
            for link in page.eval_on_selector_all(
                "a[href], link[href], form", "all => all.map(e => e.href || e.action)"
            ):
                own = urlsplit(link).netloc == urlsplit(site).netloc
                assert not own or link.startswith(f"{site}/"), (path, link)
        feed = context.request.get(f"{site}/search.atom?q=flood")
        assert feed.ok
        for link in re.findall(r'href="([^"]*)"', feed.text())[:5]:
            assert link.startswith(f"{site}/")
            assert context.request.get(link.replace("&amp;", "&")).ok
        assert context.request.get(f"{site}", max_redirects=3).url == f"{site}/"
        browser.close()
    assert refused == []
    assert tab.strangers == []
    assert tab.complaints == []


@pytest.mark.soak
@in_a_browser
@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 390)])
def test_a_desk_works_under_the_path(open_site: str, javascript: bool, width: int):
    walk_of_a_desk(open_site, javascript=javascript, width=width)


@pytest.mark.soak
@in_a_browser
def test_each_role_signs_in_works_and_signs_out_under_the_path(folder: Path, tmp_path: Path):
    with behind_nginx(app_of(folder), tmp_path, accounts="password") as site:
        walk_of_each_role(site.url)
