"""How a stored search is read names its authors as they are printed, wherever it is shown."""

from flask.testing import FlaskClient

from tests.web.conftest import Send


def test_a_saved_search_names_its_author(browser: FlaskClient, send: Send):
    send("/saved", search="q=flood&author=maria-okafor")
    page = browser.get("/saved").text
    assert "by Maria Okafor" in page
    assert "by maria-okafor" not in page


def test_a_sample_to_be_drawn_names_the_author_of_its_search(browser: FlaskClient):
    assert "by Maria Okafor" in browser.get("/samples?q=flood&author=maria-okafor").text


def test_the_hour_of_the_digest_is_said_in_the_readers_language(browser: FlaskClient, send: Send):
    send("/saved", search="q=flood")
    assert "täglich um 07:00" in browser.get("/de/saved?change=1").text
