"""Each format, read back by the libraries of others, gives the record that was written, however hostile the article."""

import csv
import io
import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from corpus.characters import safe
from corpus.model import StoredArticle
from corpus.records import EXPORTED, stored_record
from corpus.spreadsheets import unguarded
from indexer.results.exporting import BOM, FORMATS, Options
from tests.indexer.results.hostile import ARTICLES, NOW

OPTIONS = Options(NOW, papers={"Gazette": "The 50% & {Gazette}_"})
NO_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def written(name: str) -> str:
    return "".join(FORMATS[name].write(ARTICLES, OPTIONS))


def cited(stored: StoredArticle) -> dict[str, Any]:
    return OPTIONS.cited(stored)


def names(item: dict[str, Any]) -> list[str]:
    return [each.get("literal") or f"{each['family']}, {each['given']}" for each in item["author"]]


@pytest.mark.parametrize("name", ["csv", "excel"])
def test_a_table_has_the_fields_of_each_article_but_for_control_characters(name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(written(name).removeprefix(BOM), newline="")))
    for row, stored in zip(rows, ARTICLES, strict=True):
        record = stored_record(stored)
        record |= {key: "; ".join(record[key]) for key in ("authors", "corrected")}
        assert {key: unguarded(cell) for key, cell in row.items()} == {
            key: NO_CELL.sub("", "" if value is None else str(value)) for key, value in record.items()
        }


def test_json_lines_have_each_record_as_it_is() -> None:
    lines = written("jsonl").split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [stored_record(stored, EXPORTED) for stored in ARTICLES]


def test_csl_json_has_each_item_as_it_is() -> None:
    assert json.loads(written("csl")) == [cited(stored) for stored in ARTICLES]


def test_rispy_reads_each_record_of_ris() -> None:
    entries = rispy.loads(written("ris"))
    for entry, stored in zip(entries, ARTICLES, strict=True):
        item = cited(stored)
        assert "unknown_tag" not in entry
        assert (entry["type_of_reference"], entry["title"], entry["abstract"]) == (
            "NEWS",
            item["title"],
            item["abstract"],
        )
        assert entry["authors"] == names(item)
        assert (entry["secondary_title"], entry["urls"]) == (item["container-title"], [item["URL"]])
        assert (entry["year"], entry["date"], entry["access_date"]) == ("2024", "2024/05/06", "2026/03/04")
        assert (entry["language"], entry["call_number"], entry["name_of_database"]) == ("en", stored.mark, "Pressmark")


def test_bibtexparser_reads_each_entry_of_bibtex() -> None:
    raw = parse_string(written("bib"))
    library = parse_string(written("bib"), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    urls = [entry.fields_dict["url"].value for entry in raw.entries]  # what TeX reads as it stands
    assert [unquote(url) for url in urls] == [unquote(stored.article.url) for stored in ARTICLES]
    for entry, stored in zip(library.entries, ARTICLES, strict=True):
        item = cited(stored)
        given = {
            field.key: field.value.replace("\u02c6", "^") for field in entry.fields
        }  # its way to read a circumflex
        assert (entry.entry_type, entry.key) == ("article", stored.mark)
        assert given["title"] == item["title"]
        assert given["abstract"] == item["abstract"]
        assert given["journal"] == item["container-title"]
        assert given["author"] == " and ".join(names(item))
        assert (given["year"], given["month"], given["day"]) == ("2024", "05", "06")
        assert given["urldate"] == "2026-03-04"


@pytest.mark.parametrize("name", ["bib", "ris", "csl"])
def test_no_citation_has_a_character_that_no_file_may_get(name: str) -> None:
    lines = written(name).splitlines()
    assert lines == [safe(line) for line in lines]
