"""A page that is not there says what of: the next click is to type it rightly."""

import re

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/a/k7f0z3", "No article here has the pressmark k7f0z3."),
        ("/a/k7f0z3/revisions", "No article here has the pressmark k7f0z3."),
        ("/q/q-00000", "No receipt here has the mark q-00000."),
        ("/d/d-00000", "No dossier that you can read has the mark d-00000."),
        ("/crawls/99", "No crawl here has the number 99."),
        ("/crawls/99/visits", "No crawl here has the number 99."),
        ("/sources/nowhere.example", "No source here is called nowhere.example."),
        ("/sources/nowhere.example/coverage", "No source here is called nowhere.example."),
        ("/authors/nobody", "No author here is known as nobody."),
        (f"/authors/{'x' * 900}", f"No author here is known as {'x' * 100}."),
        ("/nowhere", "There is no page at this address."),
    ],
)
def test_a_page_that_is_missing_says_what_is_not_there(client: FlaskClient, path: str, said: str):
    reply = client.get(path)
    assert (reply.status_code, said in re.sub("<[^>]*>", "", reply.text)) == (404, True)
