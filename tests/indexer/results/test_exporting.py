"""Every format of the table writes none, one and many articles as its readers expect them."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Article, Author, PageDate, Precision, StoredArticle
from indexer.results.exporting import BOM, FORMATS, OF_MANY, OF_ONE, ExportFormat, Options

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def stored(number: int = 1, **fields) -> StoredArticle:
    given: dict[str, Any] = {
        "url": f"https://gazette.example/{number}",
        "source": "Gazette",
        "headline": f"=Wall {number}",
        "authors": (Author("Ana Pérez", "ana-perez"), Author("Li Wei", "li-wei")),
        "published": PageDate(datetime(2024, 5, 6, tzinfo=UTC), Precision.DAY, "meta"),
        "body": "First.\n\nSecond.",
        "fetched": NOW,
    }
    return StoredArticle(number, f"a1bcd{number}", number, NOW, 1, Article(**given | fields))


def written(name: str, *articles: StoredArticle, **options) -> str:
    return "".join(FORMATS[name].write(articles, Options(NOW, **options)))


@pytest.mark.parametrize("name", OF_MANY)
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_format_of_many_articles_holds_each_of_them_once(name: str, count: int) -> None:
    text = written(name, *(stored(number) for number in range(1, count + 1)))
    assert [text.count(f"https://gazette.example/{number}") for number in range(1, count + 1)] == [1] * count


@pytest.mark.parametrize("count", [0, 1, 2])
def test_csl_is_one_array(count: int) -> None:
    items = json.loads(written("csl", *(stored(number) for number in range(1, count + 1))))
    assert [item["id"] for item in items] == [f"a1bcd{number}" for number in range(1, count + 1)]


def test_csv_for_excel_begins_with_a_byte_order_mark_and_csv_does_not() -> None:
    assert written("excel", stored()).startswith(f"{BOM}id,url")
    assert written("csv", stored()).startswith("id,url")


@pytest.mark.parametrize("headline", ["=1+1", "+1", "-1", "@SUM", "\uff1d1", "'quoted", "\t1"])
def test_no_cell_can_be_taken_for_a_formula(headline: str) -> None:
    row = list(csv.reader(io.StringIO(written("csv", stored(headline=headline)))))[1]
    assert row[3] == f"'{headline}"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("within", ["{}=1", "{}+1", "{}-1", "{}@SUM", "{}\uff1d1", '{}"=1', "\n=1", "\r\n=1", "{}\t=1"])
def test_no_separator_makes_a_cell_that_can_be_taken_for_a_formula(separator: str, within: str) -> None:
    text = f"a{within.format(separator)}"
    written_ = written("csv", stored(headline=text, body=text))
    for program in (
        csv.reader(io.StringIO(written_), delimiter=separator),
        (line.split(separator) for line in written_.splitlines()),
    ):
        cells = [cell.strip('"') for row in program for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\uff1d"))]


@pytest.mark.parametrize("name", FORMATS)
def test_a_public_archive_gives_no_text_beyond_its_first_paragraph(name: str) -> None:
    assert "Second." not in written(name, stored(), with_text=False)


def test_every_format_is_given_of_one_article_or_of_many() -> None:
    assert {each.name for each in OF_ONE.values()} | set(OF_MANY) == set(FORMATS)


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
def test_every_format_stands_in_the_documents(form: ExportFormat) -> None:
    table = (
        (Path(__file__).parents[3] / "docs/interfaces.md").read_text().partition("## Export")[2].partition("\n## ")[0]
    )
    assert f"`{form.name}`" in table
    assert not form.one or f"`.{form.ending}`" in table
