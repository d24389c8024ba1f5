"""Why an address gave nothing is said in the language of the page; the stored reason stands beside it."""

from flask.testing import FlaskClient

from corpus.model import Discovered, Outcome, UrlKind, UrlState, Visit
from corpus.store import ArticleStore
from tests.web.corpus import HERALD, NOW
from web.languages.choice import LANGUAGES, speaking
from web.languages.wording import said
from web.sources.reason_words import explained


def test_a_reason_is_a_sentence_with_the_stored_reason_in_brackets():
    assert explained("robots") == "robots.txt disallows the address (robots)"
    assert explained("http-429: asks to wait").endswith("(http-429: asks to wait)")
    assert explained("imported") == "imported"
    with speaking(LANGUAGES["de"]):
        assert said(explained("robots")) == "robots.txt verbietet die Adresse (robots)"


def test_the_pages_of_a_source_of_crawls_and_of_an_address_say_it_in_their_language(
    browser: FlaskClient, store: ArticleStore
):
    url = f"https://{HERALD}/slow"
    store.frontier.add([Discovered(url=url, kind=UrlKind.ARTICLE, via="home")], HERALD, NOW)
    why = "timeout: after 20 s"
    store.record(Visit(url=url, at=NOW, due=NOW, bytes=0, outcome=Outcome.FAILED, reason=why, state=UrlState.DROPPED))
    words = "der Host antwortete nicht rechtzeitig (timeout"
    for page in (f"/de/lookup?url={url}", "/de/crawls"):
        assert f"{words}: after 20 s)" in browser.get(page).text, page
    assert f"{words})" in browser.get(f"/de/sources/{HERALD}").text
    assert "timeout: after 20 s" in browser.get(f"/lookup?url={url}").text
