"""Every example of docs/querying.md is read as it says."""

import re
from datetime import UTC
from pathlib import Path

import pytest

from indexer.contract.annotations import Annotations
from indexer.contract.facets import FacetName
from indexer.contract.values import Dating
from indexer.query.describe import describe
from indexer.query.parameters import COUNT, MAX_FILTERS, MAX_VALUE, PARAMETERS, TEXT
from indexer.query.query import parse
from tests.indexer.conftest import NOW, read

PAGE = (Path(__file__).parents[3] / "docs" / "querying.md").read_text(encoding="utf-8")
READ_AS = {
    "flood defences": "all of flood, defences",
    '"flood"': '"flood"',
    '"flood defences"': '"flood defences"',
    '"flood defences"~5': '"flood defences" within 7 words',
    "flood -insurance": "flood; not insurance",
    "NOT insurance": "not insurance",
    "storm OR flood": "any of storm, flood",
    "storm | flood": "any of storm, flood",
    "council storm OR flood": "all of council, (any of storm, flood)",
    "(storm surge) OR flood": "any of (all of storm, surge), flood",
    "!insurance": "not insurance",
    "flood NEAR/5 wall": "flood NEAR/5 wall",
    "w/5": "w/5",
    "intitle:flood": "flood in the headline",
    "by: okafor": "by okafor",
    'by:"okafor, maria"': "by maria-okafor",
    "(by:ana flood) OR (by:li storm)": "any of (all of by ana, flood), (all of by li, storm)",
    "date:20240309": "dated 20240309",
    "date:09.03.2024": "dated 09.03.2024",
    "[2024-01-01 TO 2024-03-31]": "from 2024-01-01 to 2024-03-31",
    "date:[2024-01 TO 2024-03]": "from 2024-01 to 2024-03",
    "date:>2024-03-09": "from 2024-03-10",
    "date:>=2024-03-10": "from 2024-03-10",
    "older_than:7d": "up to -7d",
    "newer_than:7d": "from -7d",
    "flood*": "flood*",
    "wo?d": "wo?d",
    "flood~": "flood with 1 letter mistaken",
    "flood~2": "flood with 2 letters mistaken",
    "covid-19": "covid-19",
    '"flood insur*"': '"flood insur*"',
    "e-mail": "e-mail",
    "O'Connor": "O'Connor",
    "2,500": "2,500",
    "Ph.D.": "Ph.D.",
    "eleicoes": "eleicoes",
    "9月": "9月",
    "A股": "A股",
    "C++": "c++",
    "U.S.": "us",
    "F-35": "F-35",
    "PM 2.5": "all of pm, 2.5",
    "vitamin B 12": "all of vitamin, b, 12",
    "20 h 30": "all of 20, h, 30",
    "EEUU": "eeuu",
    "title:flood": "flood in the headline",
    "headline:flood": "flood in the headline",
    "title:(storm OR flood)": "any of storm in the headline, flood in the headline",
    'author:"jan van der berg"': "by jan-van-der-berg",
    "by:jan-van-der-berg": "by jan-van-der-berg",
    "by:okafor": "by okafor",
    "-by:okafor": "not by okafor",
    "by:oka*": "by oka*",
    "by:none": "by (no byline)",
    "site:none": "on (no site)",
    "lang:none": "in (no known language)",
    "section:none": "in section (no section)",
    "site:valley-herald.example": "on valley-herald.example",
    "lang:de": "in German",
    "lang:deutsch": "in German",
    "lang:german": "in German",
    "lang:deu": "in German",
    'section:"world news"': "in section World news",
    "by:ana by:li": "by ana or li",
    "in:removed flood": "flood; in texts that are gone",
    "has:correction": "with a printed correction",
    "links:example.org": "with links to example.org",
    "links:none": "with links to (no link to another site)",
    "links:unknown": "with links to (not known: read before links were)",
    "-links:example.org": "not with links to example.org",
    "has:none": "with (no printed correction)",
    "-has:correction": "not with a printed correction",
    'tag:"to check"': "tagged to check",
    "tag:none": "tagged (no tag)",
    "in:d-7f3k2": "in dossier d-7f3k2",
    'in:"the wall"': "in dossier d-7f3k2",
    "in:none": "in dossier (no dossier)",
    "2024-01..2024-03": "from 2024-01 to 2024-03",
    "2024..": "from 2024",
    "after:2024": "from 2024",
    "since:2024": "from 2024",
    "..2024": "up to 2024",
    "before:2024": "up to 2024",
    "until:2024": "up to 2024",
    "date:2024-03-09": "dated 2024-03-09",
    "after:-7d": "from -7d",
    "date:none": "without a date",
    "date:fetched after:2024": "from 2024; by the date of fetching",
    "flood author:maria-okafor after:2021": "flood; by maria-okafor; from 2021",
    "perez": "perez",
    "12km": "12km",
    "3500": "3500",
    "covid19": "covid19",
    "12 km": "all of 12, km",
    "1.5 kg": "all of 1.5, kg",
    "3 500": "all of 3, 500",
    "J.R.R. Tolkien": "all of jrr, tolkien",
    "JRR Tolkien": "all of jrr, tolkien",
}

DESK = Annotations(state="1", keys={FacetName.DOSSIER: {"the wall": "d-7f3k2"}})


@pytest.mark.parametrize(("text", "said"), READ_AS.items(), ids=READ_AS)
def test_an_example_is_read_as_this(text, said):
    query = parse(text, now=NOW, zone=UTC, annotations=DESK)
    assert describe(query) == said
    assert query.notes == ()


def test_every_example_of_the_page_is_among_them():
    tables = re.findall(r"^\| (.+?) (?<!\\)\| ", PAGE.partition("## The same in the address")[0], re.MULTILINE)
    examples = {one.replace("\\|", "|") for row in tables for one in re.findall(r"`([^`]+)`", row)}
    assert examples - READ_AS.keys() == set()
    assert len(examples) > 35


def _rows_of_parameters():
    rows = PAGE.partition("| parameter | values |\n|---|---|\n")[2].partition("\n\n")[0].splitlines()
    return [[re.findall(r"`([^`]+)`", cell) for cell in row.strip("|").split(" | ", 1)] for row in rows]


def test_the_parameters_are_those_of_the_table_in_its_order():
    assert [name for names, _ in _rows_of_parameters() for name in names] == [each.name for each in PARAMETERS]


@pytest.mark.parametrize("parameter", [each for each in PARAMETERS if each.choices], ids=lambda each: each.name)
def test_each_choice_of_a_parameter_is_on_the_page_and_no_other(parameter):
    said = next(set(values) for names, values in _rows_of_parameters() if parameter.name in names)
    assert said <= set(parameter.choices)
    assert set(parameter.choices) - {parameter.default} <= said
    for value in parameter.choices:
        assert read("x", **{parameter.name: value}).notes == ()


def test_the_limits_of_parameters_are_on_the_page():
    assert f"at most {COUNT.most}" in PAGE
    assert f"{MAX_FILTERS} values of filters" in PAGE
    assert f"{MAX_VALUE} characters a value" in PAGE
    assert f"{TEXT.longest:,} characters" in PAGE


def test_the_dates_of_the_page_are_understood():
    for value in "-24h -2w -6m -1y today yesterday 2024-Q1 2024-W09 2024-03-09T14 2020s".split():
        assert f"`{value}`" in PAGE
        assert read("", to=value).until is not None
    assert read("", date="none").dating is Dating.NONE


def test_an_address_says_what_the_text_says():
    spoken = read("flood author:maria-okafor after:2021")
    addressed = read("flood", author="maria-okafor", **{"from": "2021"})
    assert (spoken.clause, spoken.filters, spoken.since) == (addressed.clause, addressed.filters, addressed.since)
    assert spoken.filters[0].facet is FacetName.AUTHOR
