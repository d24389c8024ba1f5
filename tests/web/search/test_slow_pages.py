"""Pages that take seconds: one at a time, one that waits, and the rest of the threads for others."""

import pytest
from flask.testing import FlaskClient

from web.layout.problems import NotReady
from web.search import slow_pages
from web.search.slow_pages import turn_for_slow_page


@pytest.mark.parametrize("address", ["/words?q=harbour", "/batch?list=flood"])
def test_a_page_that_has_no_turn_is_for_later(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str):
    monkeypatch.setattr(slow_pages, "WAIT", 0.01)
    with turn_for_slow_page():
        reply = client.get(address)
    assert reply.status_code == 503
    assert "try again" in reply.text
    assert client.get(address).status_code == 200


def test_one_request_waits_and_all_others_are_answered_at_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(slow_pages, "WAIT", 1e9)  # a request that waits in vain would never end
    with turn_for_slow_page(), slow_pages._line, pytest.raises(NotReady), turn_for_slow_page():
        pass
    with turn_for_slow_page():  # both are free again
        pass
