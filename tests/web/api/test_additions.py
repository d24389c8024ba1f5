"""What a look or a trial of rules found, written into config.toml by the API."""

import tomllib
from pathlib import Path

from flask.testing import FlaskClient

from corpus.store import ArticleStore
from corpus.store.crawls.requests import RequestKind
from tests.web.api.test_requesting import want
from tests.web.corpus import HERALD, NOW
from tests.web.sources.test_look_page import desk, looked
from tests.web.sources.test_rule_page import RULE, correct, file

__all__ = ["desk", "file"]


def test_a_trial_of_a_rule_is_offered_wanted_and_its_rule_taken_unless_the_file_changed(
    browser: FlaskClient, file: Path, store: ArticleStore
):
    assert browser.get("/api/v1/rules").json == {"items": []}
    correct(store)
    (offer,) = browser.get("/api/v1/rules").json["items"]
    assert (offer["about"], offer["corrections"], offer["request"]) == (f"section {HERALD}", 3, None)
    path = f"/api/v1/requests/{want(browser, kind='rule', about=offer['about']).json['id']}/addition"
    assert browser.post(path, json={"rule": 0}).status_code == 409
    (taken,) = store.requests.claim(RequestKind.RULE, NOW, limit=1)
    store.requests.finish(taken, NOW, answer=RULE)
    state = browser.get(path.removesuffix("/addition")).json["config"]
    file.write_text(file.read_text() + "# changed by another\n")
    before = file.read_text()
    refused = browser.post(path, json={"rule": 0, "expected": state})
    assert (refused.status_code, refused.json["type"][-9:], file.read_text()) == (409, "#conflict", before)
    assert browser.post(path, json={}).json["errors"][0]["where"] == "body: rule"
    assert browser.post(path, json={"rule": 7}).status_code == 403
    done = browser.post(path, json={"rule": 0})
    assert (done.status_code, done.json["source"]) == (201, HERALD)
    assert "selectors.section = " in file.read_text()
    assert store.audit.latest()[0].undo["kind"] == "rule taken"


def test_a_site_that_was_looked_at_becomes_a_source_once(browser: FlaskClient, file: Path, store: ArticleStore):
    path = f"/api/v1{looked(store)}"
    state = browser.get(path).json["config"]
    done = browser.post(f"{path}/addition", json={"name": "Gazette", "expected": state})
    assert (done.status_code, done.json["source"]) == (201, "Gazette")
    assert [each["name"] for each in tomllib.loads(file.read_text())["source"] if "name" in each][-1] == "Gazette"
    assert store.audit.latest()[0].undo == {"kind": "source added", "name": "Gazette"}
    assert browser.post(f"{path}/addition", json={"name": "Again"}).status_code == 403
