"""Pages that take seconds: one at a time, one that waits, and the rest of the threads for others."""

import pytest
from flask.testing import FlaskClient

from web.layout.problems import NotReady
from web.search import turns
from web.search.turns import slow_turn


@pytest.mark.parametrize("address", ["/words?q=harbour", "/batch?list=flood"])
def test_a_page_that_has_no_turn_is_for_later(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str):
    monkeypatch.setattr(turns, "WAIT", 0.01)
    with slow_turn():
        reply = client.get(address)
    assert reply.status_code == 503
    assert "try again" in reply.text
    assert client.get(address).status_code == 200


def test_one_request_waits_and_all_others_are_answered_at_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns, "WAIT", 1e9)  # whoever waits in vain would never end
    with slow_turn(), turns._line, pytest.raises(NotReady), slow_turn():
        pass
    with slow_turn():  # both are free again
        pass
