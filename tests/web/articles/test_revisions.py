"""The list of an article's revisions, and what it says of the search in its address."""

from flask.testing import FlaskClient

from tests.web.corpus import COUNCIL
from web.layout.services import EXTENSION


def test_the_pages_of_an_article_say_what_was_not_read_of_the_search_in_their_address(client: FlaskClient):
    mark = client.application.extensions[EXTENSION].store.by_url(COUNCIL.url).mark
    for path in (f"/a/{mark}/revisions", f"/a/{mark}"):
        page = client.get(f"{path}?q=flood&from=21-13&cite=apa", follow_redirects=True).text
        assert "21-13" in page.partition("<h1")[0], path
        assert "21-13" not in client.get(f"{path}?q=flood&cite=apa&marks=no", follow_redirects=True).text
        assert 'class="w note"' not in client.get(f"{path}?q=flood&cite=apa", follow_redirects=True).text
