"""A batch: counts by period and source that agree with the searches they lead to; bounds that are said."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from tests.web.conftest import Send
from web.batch import batch_page
from web.cli import batch as batch_command
from web.cli.group import pressmark

LIST = "query,name,from\nflood,floods,2021\ninsurance OR school,,\n"


def counted(client: FlaskClient, **given: str) -> Any:
    return client.get("/batch.json", query_string={"list": LIST, **given}).json["searches"]


def total(client: FlaskClient, url: str) -> Any:
    return client.get(url.replace("/search?", "/search.json?")).json["total"]


@pytest.mark.parametrize("by", ["year", "month"])
def test_each_count_is_that_of_the_search_it_leads_to(client: FlaskClient, by: str):
    searches = counted(client, by=by)
    assert [bool(search["periods"] and search["sources"]) for search in searches] == [True, True]
    for search in searches:
        cells = [search, *search["periods"][:4], *search["sources"][:3], *filter(None, [search["undated"]])]
        assert [total(client, cell["search"]) for cell in cells] == [cell["articles"] for cell in cells]
        dated = sum(cell["articles"] for cell in search["periods"])
        assert dated + (search["undated"] or {"articles": 0})["articles"] == search["articles"]
        assert sum(cell["articles"] for cell in search["sources"]) == search["articles"]


def test_a_source_is_counted_under_its_own_filter_too(client: FlaskClient):
    found = client.get("/batch.json", query_string={"list": "query,site\nflood,coastpost.example"}).json["searches"][0]
    assert [cell["key"] for cell in found["sources"]] == ["coastpost.example"]
    assert found["sources"][0]["articles"] == found["articles"]


def test_the_page_the_csv_and_the_json_say_the_same(client: FlaskClient):
    page = client.get("/batch", query_string={"list": LIST}).text
    assert page.count("floods") >= 2
    rows = list(csv.DictReader(io.StringIO(client.get("/batch.csv", query_string={"list": LIST}).text)))
    searches = counted(client)
    assert [int(row["articles"]) for row in rows if row["by"] == "all"] == [each["articles"] for each in searches]
    assert [row["value"] for row in rows if row["by"] == "period" and row["name"] == "floods"] == [
        cell["period"] for cell in searches[0]["periods"]
    ]


def test_an_empty_page_has_the_form_and_no_table(client: FlaskClient):
    page = client.get("/batch").text
    assert '<textarea id="queries"' in page
    assert "<table" not in page


def test_what_is_not_understood_or_bounded_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    search = client.get("/batch.json", query_string={"list": "query,from\nflood,21-13"}).json["searches"][0]
    assert "not understood" in search["notes"][0]
    many = client.get("/batch.json", query_string={"list": "flood\n" * 120}).json
    assert len(many["searches"]) == 100
    assert many["notes"] == ["only the first 100 of 120 searches were counted"]
    monkeypatch.setattr(batch_page, "MOST_SECONDS", -1.0)
    late = client.get("/batch.json", query_string={"list": "flood\nstorm"}).json
    assert late["notes"] == ["the time was up: the last 2 searches were not counted"]


def test_a_file_leads_to_the_address_that_holds_its_list(browser: FlaskClient, send: Send):
    reply = send("/batch", file=(io.BytesIO(LIST.encode()), "queries.csv"), by="month")
    assert reply.status_code == 303, reply.text
    assert "floods" in browser.get(reply.headers["Location"]).text
    assert "pressmark batch" in send("/batch", file=(io.BytesIO(b"flood\n" * 9000), "long.txt")).text
    assert "The file is empty" in send("/batch", file=(io.BytesIO(b""), "none.txt")).text
    assert "The file is empty" in send("/batch").text


def test_the_command_counts_a_file_and_what_is_piped(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "config.toml").write_text('[crawler]\ncontact = "a@b.example"\n')
    (tmp_path / "queries.csv").write_text(LIST)
    run = CliRunner().invoke(pressmark, ["-C", str(tmp_path), "batch", "queries.csv", "--by", "month"])
    assert run.exit_code == 0, run.output
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    assert {row["by"] for row in rows} >= {"all", "period", "source"}
    assert "2 searches" in run.stderr
    run = CliRunner().invoke(pressmark, ["-C", str(tmp_path), "batch", "-", "--json"], input="flood\n")
    assert json.loads(run.stdout)["articles"] > 0
    counts = tmp_path / "counts.csv"
    run = CliRunner().invoke(pressmark, ["-C", str(tmp_path), "batch", "queries.csv", "-o", "counts.csv"])
    assert counts.read_text().startswith("name,query,")
    before = counts.read_bytes()

    def broken(*_: object, **__: object) -> Iterator[str]:
        yield "half\n"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(batch_command, "_table", broken)
    run = CliRunner().invoke(pressmark, ["-C", str(tmp_path), "batch", "queries.csv", "-o", "counts.csv"])
    assert (run.exit_code, counts.read_bytes()) == (1, before)  # whole or not at all
    run = CliRunner().invoke(pressmark, ["-C", str(tmp_path), "batch", "queries.csv", "--by", "fortnight"])
    assert run.exit_code == 2
    assert "expected one of year, quarter, month, week, day" in run.stderr


@pytest.mark.parametrize(("encoding", "said"), [("cp1252", "is not UTF-8: read as"), ("utf-16", ""), ("utf-8-sig", "")])
def test_a_list_in_another_encoding_is_read_as_it_was_typed_or_refused(
    folder: Path, tmp_path: Path, browser: FlaskClient, send: Send, encoding: str, said: str
):
    typed = "name;query\nFlüsse;Überflutung früher Dämme\nStraße;gesperrte Straße über die Brücke\n".encode(encoding)
    (tmp_path / "config.toml").write_text("")
    (tmp_path / "queries.csv").write_bytes(typed)
    run = CliRunner().invoke(pressmark, ["-C", str(tmp_path), "batch", "queries.csv", "--json"])
    assert [json.loads(line)["name"] for line in run.stdout.splitlines()] == ["Flüsse", "Straße"], run.stderr
    assert (f"queries.csv: {said}" in run.stderr) == bool(said)
    reply = send("/batch", file=(io.BytesIO(typed), "queries.csv"))
    shown = reply if said else browser.get(reply.headers["Location"])
    assert ("The file is not UTF-8" if said else "Überflutung") in shown.text


def test_the_command_says_how_many_characters_of_a_list_cannot_be_read(folder: Path, tmp_path: Path):
    (tmp_path / "config.toml").write_text("")
    (tmp_path / "queries.txt").write_bytes("überflutete Straße\n".encode() * 20 + b"\xff\n")
    run = CliRunner().invoke(pressmark, ["-C", str(tmp_path), "batch", "queries.txt", "--json"])
    assert "queries.txt: 1 character cannot be read" in run.stderr
