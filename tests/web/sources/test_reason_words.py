"""Why an address gave nothing is said in the language of the page; the stored reason stands beside it, as code."""

from pathlib import Path

from flask.testing import FlaskClient

from corpus.model import Discovered, Outcome, UrlKind, UrlState, Visit
from corpus.store import ArticleStore
from corpus.via import Via
from tests.web.conftest import app_over, client_of
from tests.web.corpus import HERALD, NOW
from web.languages.choice import LANGUAGES, speaking
from web.languages.wording import said
from web.layout.services import EXTENSION
from web.sources.reason_words import explained, meaning


def test_a_reason_is_a_sentence_with_the_stored_reason_as_code_and_nothing_of_it_is_markup():
    assert explained("robots") == 'robots.txt disallows the address <code class="q">robots</code>'
    assert explained("http-429: <b>wait").endswith(': &lt;b&gt;wait <code class="q">http-429</code>')
    assert explained("imported") == "imported"
    assert explained("as its owner wants") == "as its owner wants"
    with speaking(LANGUAGES["de"]):
        assert explained("robots") == 'robots.txt verbietet die Adresse <code class="q">robots</code>'
        assert said(meaning("robots")) == "robots.txt verbietet die Adresse"
        assert explained("http-429: <b>no message").endswith('<code class="q">http-429: &lt;b&gt;no message</code>')


def test_the_details_of_a_reason_are_said_in_the_language_of_the_page_whichever_version_stored_them():
    for stored, words in {
        "wall: sent to https://news.example/a, which asks not to be indexed": "geschickt, was bittet",
        "soft-404: 4 other addresses tell the same": "andere Adressen mit demselben Inhalt: 4",
        "connect: no connection ([Errno 111] Connection refused)": "keine Verbindung ([Errno 111] Connection refused)",
        "dns: news.example: the name does not resolve ([Errno -2])": "news.example: der Name lässt sich nicht auflösen",
        "too-large: page of 61.2 MB is over 50 MB": "eine Seite von 61,2 MB ist größer als 50 MB",
        "dtd-ignored, lenient": "der Dokumenttyp wurde übergangen, das Markup ist fehlerhaft",
    }.items():
        with speaking(LANGUAGES["de"]):
            assert words in said(explained(stored)), stored


def test_a_list_that_was_read_says_in_words_what_was_noted():
    assert explained("a-feed") == "it is a feed"
    assert explained("a-feed, of another make") == "a-feed, of another make"


def test_the_pages_of_a_source_of_crawls_and_of_an_address_say_it_in_their_language(
    browser: FlaskClient, store: ArticleStore
):
    url = f"https://{HERALD}/slow"
    store.frontier.add([Discovered(url=url, kind=UrlKind.ARTICLE, via=Via.HOME)], HERALD, NOW)
    why = "timeout: no whole answer within 20 s"
    store.record(Visit(url=url, at=NOW, due=NOW, bytes=0, outcome=Outcome.FAILED, reason=why, state=UrlState.DROPPED))
    words, code = "der Host antwortete nicht rechtzeitig", '<code class="q">timeout</code>'
    details = "keine vollständige Antwort innerhalb von 20 s"
    assert f"{words}: {details} {code}" in browser.get("/de/crawls").text
    assert f"{details} {code}" in browser.get(f"/de/lookup?url={url}").text
    assert words in browser.get(f"/de/sources/{HERALD}").text
    for page in (f"/de/lookup?url={url}", f"/lookup?url={url}"):
        assert code in browser.get(page).text, page
    assert words in browser.get(f"/de/lookup?url={url}").text


def test_others_who_read_the_pages_see_the_reason_and_no_details(tmp_path: Path):
    url, why = f"https://{HERALD}/slow", "timeout: by proxy.internal"
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        store.frontier.add([Discovered(url=url, kind=UrlKind.ARTICLE, via=Via.HOME)], HERALD, NOW)
        lost = Visit(url=url, at=NOW, due=NOW, bytes=0, outcome=Outcome.FAILED, reason=why, state=UrlState.DROPPED)
        store.record(lost)
    app = app_over(tmp_path, web={"public": True})
    for path in ("/crawls", f"/lookup?url={url}"):
        page = client_of(app).get(path).text
        assert '<code class="q">timeout</code>' in page, path
        assert "proxy.internal" not in page
    app.extensions[EXTENSION].close()
