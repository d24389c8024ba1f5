"""An export with the fields that were asked for, and the page that offers it."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from corpus.records import EXPORTABLE, EXPORTED
from corpus.store import ArticleStore
from tests.indexer.results.structured import BODY, STRUCTURE
from tests.web.conftest import app_over, client_of
from tests.web.corpus import COUNCIL
from web.layout.services import EXTENSION


def test_a_table_and_lines_have_the_fields_asked_for_in_their_usual_order(client: FlaskClient):
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv?q=flood&fields=headline,id").text)))
    assert [*rows[0]] == ["id", "headline"]
    lines = client.get("/search.jsonl?q=flood&fields=url&fields=day").text.splitlines()
    assert [*json.loads(lines[1])] == ["url", "day"]
    whole = next(csv.reader(io.StringIO(client.get("/search.csv?q=flood").text)))
    assert whole == list(EXPORTED)


def test_lines_have_the_structure_of_each_text_as_the_api_has_it_and_a_table_where_it_is_named(
    browser: FlaskClient, store: ArticleStore, index: Callable[[], object]
):
    store.write(replace(COUNCIL, url=f"{COUNCIL.url}/set", body=BODY, structure=STRUCTURE))
    index()
    mark = store.by_url(f"{COUNCIL.url}/set").mark
    manifest, *lines = map(json.loads, browser.get("/search.jsonl").text.splitlines())
    by_mark = {each["id"]: each for each in lines}
    wanted = browser.get(f"/api/v1/articles/{mark}").json["structure"]
    assert wanted
    assert by_mark[mark]["structure"] == wanted
    assert manifest["manifest"]["fields"] == list(lines[0]) == list(EXPORTABLE)
    assert manifest["manifest"]["withheld"] == []
    rows = csv.DictReader(io.StringIO(browser.get("/search.csv?fields=id,structure").text))
    found = {row["id"]: row["structure"] for row in rows}
    assert json.loads(found[mark]) == wanted
    assert {json.loads(each) if each else None for key, each in found.items() if key != mark} == {None}
    described = browser.get("/search.csv-metadata.json?fields=id,structure").json
    assert described["tableSchema"]["columns"][1]["datatype"] == "json"


def test_a_public_archive_gives_no_structure_and_its_manifest_says_so(folder: Path):
    app = app_over(folder, web={"public": True})
    manifest, *lines = map(json.loads, client_of(app).get("/search.jsonl?q=flood").text.splitlines())
    assert manifest["manifest"]["withheld"] == ["structure", "text"]
    assert {(line["structure"], line["text"]) for line in lines} == {(None, None)}
    described = client_of(app).get("/search.csv-metadata.json?q=flood").json["notes"][0]["manifest"]
    assert (described["withheld"], described["fields"][-1]) == (["text"], "text")
    app.extensions[EXTENSION].close()


def test_the_description_of_a_table_has_its_columns_and_its_own_checksum(client: FlaskClient):
    described = client.get("/search.csv-metadata.json?q=flood&fields=id,headline").json
    assert [each["name"] for each in described["tableSchema"]["columns"]] == ["id", "headline"]
    assert "primaryKey" not in described["tableSchema"]
    whole = client.get("/search.csv-metadata.json?q=flood").json
    assert whole["tableSchema"]["primaryKey"] == "url"
    assert whole["notes"][0]["manifest"]["sha256"] != described["notes"][0]["manifest"]["sha256"]


def test_a_field_that_is_none_is_refused_with_those_there_are(client: FlaskClient):
    reply = client.get("/search.csv?q=flood&fields=id,colour")
    assert reply.status_code == 400
    assert "fields=colour: expected some of id, url" in reply.text


def test_the_page_offers_each_format_with_the_filters_of_the_search(client: FlaskClient):
    page = client.get("/export?q=flood&from=2020&n=50").text
    assert len(re.findall(r'name="fields" value="\w+" form="take" checked', page)) == len(EXPORTED)
    assert 'type="hidden" name="from" value="2020"' in page
    assert {*re.findall(r'formaction="/search\.(\w+)"', page)} == {"csv", "excel", "jsonl"}
    assert 'href="/search.ris?q=flood&amp;from=2020' in page
    assert 'href="/export?q=flood' in client.get("/search?q=flood").text


def test_the_page_writes_its_bounds_as_the_reader_does(client: FlaskClient):
    assert "of 10,000 articles at most" in client.get("/export?q=flood").text
    assert "höchstens 10.000 Artikel" in client.get("/de/export?q=flood").text


def test_find_within_a_facet_keeps_what_is_ticked(client: FlaskClient):
    page = client.get("/facets/author?q=flood&author=maria-okafor&fq=zzz").text
    assert re.search(r'name="author" value="maria-okafor" checked', page)
    form = page[page.index('<form action="/search">') : page.index("</main>")]
    assert form.count("<form") == 1  # the ticks and the field to find with are of one form
    assert '<button formaction="/facets/author">Find</button>' in form
