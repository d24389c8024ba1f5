"""Every line of an export is as the published schema says, of hostile and withdrawn articles, too."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient

from corpus.corrections.values import Correction, Field
from corpus.store import ArticleStore
from indexer.results.exporting import corpus_lines
from tests.indexer.results.hostile import ARTICLES, NOW


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What `pressmark export --whole` writes of hostile articles: revised, corrected, withdrawn, merged."""
    with ArticleStore.open(tmp_path_factory.mktemp("hostile") / "store") as store:
        store.write_many(each.article for each in ARTICLES)
        first, second, *_ = (each.article for each in ARTICLES)
        store.write(replace(first, body="Another text."))
        found = store.by_url(second.url)
        assert found
        fixed = Correction(url=second.url, field=Field.SECTION, value="Coast", who="ana", why="=why", at=NOW)
        store.corrections.add(fixed)
        store.withdraw(found.id, "gone")
        store.authors.merge(["ana-p"], "ana-perez", "typed")
        return [json.loads(line) for line in corpus_lines(store)]


def validator(client: FlaskClient) -> jsonschema.Draft202012Validator:
    reply = client.get("/api/v1/export.schema.json")
    assert (reply.status_code, reply.mimetype) == (200, "application/schema+json")
    jsonschema.Draft202012Validator.check_schema(reply.json)
    return jsonschema.Draft202012Validator(reply.json)


def test_all_lines_of_a_whole_corpus_are_as_the_schema_says(client: FlaskClient, lines):
    check = validator(client)
    for line in lines:
        check.validate(line)
    written = {key for line in lines for key in line}
    assert {"revisions", "corrections", "withdrawn", "fingerprint", "author_merge", "signed"} <= written
    assert written <= {*check.schema["$defs"]["Article"]["properties"], "author_merge"}


@pytest.mark.parametrize("fields", ["", "&fields=url,text"])
def test_a_download_is_as_the_schema_says_that_it_links(client: FlaskClient, fields: str):
    reply = client.get(f"/search.jsonl?q=flood{fields}")
    assert '/api/v1/export.schema.json>; rel="describedby"' in reply.headers["Link"]
    check = validator(client)
    found = [json.loads(line) for line in reply.text.splitlines()]
    assert "manifest" in found[0]
    assert len(found) > 2
    for line in found:
        check.validate(line)


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"manifest": {}},
        {"headline": 7},
        {"colour": "red"},
        {"url": "x", "manifest": {}},
        {"signed": [{"name": "Ana"}]},
        {"author_merge": {"key": "a"}},
    ],
)
def test_what_is_no_line_of_an_export_is_refused(client: FlaskClient, line: dict[str, Any]):
    assert not validator(client).is_valid(line)


def test_every_field_of_the_schema_is_explained_in_the_documents(client: FlaskClient):
    text = (Path(__file__).parents[3] / "docs/interfaces.md").read_text()
    assert "/api/v1/export.schema.json" in text
    for name, shape in validator(client).schema["$defs"].items():
        assert shape["description"], name
