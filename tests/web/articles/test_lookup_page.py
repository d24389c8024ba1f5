"""The page of an address that the archive does not know leads on: to its source, or to where its site is added."""

from flask.testing import FlaskClient

from tests.web.corpus import HERALD


def test_an_address_of_a_source_that_was_never_seen_leads_to_the_source(browser: FlaskClient):
    for host in (HERALD, f"www.{HERALD}", HERALD.upper()):
        assert (
            f'<a href="/sources/{HERALD}"><bdi>{HERALD}</bdi></a>'
            in browser.get(f"/lookup?url=https://{host}/none").text
        )


def test_an_address_of_no_source_leads_to_where_its_site_is_added(browser: FlaskClient):
    page = browser.get("/lookup?url=https://unknown.example/none").text
    assert 'unknown.example is not followed. <a href="/sources#new">' in page
    assert 'id="new"' in browser.get("/sources").text


def test_a_reader_who_may_not_add_a_site_is_told_only_that_it_is_not_followed(client: FlaskClient):
    page = client.get("/lookup?url=https://unknown.example/none", environ_base={"REMOTE_ADDR": "192.0.2.7"}).text
    assert "unknown.example is not followed" in page
    assert "/sources#new" not in page
