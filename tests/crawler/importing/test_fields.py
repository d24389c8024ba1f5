# ruff: noqa: E501 - a record stands on one line
"""What other tools write is understood under their own keys; a value that cannot be read costs its field alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.iso_dates import iso_date
from crawler.importing.fields import author_names
from tests.crawler.importing.reading import STORY, URL, WALLS, articles, failures, items, notes, shown

NEWS_PLEASE = {
    "authors": ["Ana Pérez", "Li Wei"], "date_download": "2024-05-07 08:00:00", "date_modify": None,
    "date_publish": "2024-05-06", "description": "A summary.", "filename": "https%3A%2F%2Fgazette.example.json",
    "image_url": None, "language": "en", "localpath": "/home/ana/x.html", "maintext": STORY,
    "source_domain": "gazette.example", "text": None, "title": "Walls approved", "title_page": None, "title_rss": None,
    "url": URL,
}  # fmt: skip
NEWSPAPER = {
    "url": URL, "read_more_link": "", "language": "en", "title": "Walls approved", "top_image": "", "meta_img": "",
    "images": [], "keywords": [], "authors": ["Ana Pérez", "Li Wei"], "publish_date": "2024-05-06", "summary": "",
    "meta_description": "A summary.", "meta_lang": "en", "meta_site_name": "gazette.example", "text": STORY,
}  # fmt: skip
TRAFILATURA = {
    "title": "Walls approved", "author": "Ana Pérez; Li Wei", "hostname": "gazette.example", "date": "2024-05-06",
    "fingerprint": "1f2e", "id": None, "license": None, "comments": "", "raw_text": "all of it", "text": STORY,
    "language": None, "image": None, "pagetype": "article", "filedate": "2024-05-07", "source": URL,
    "source-hostname": "gazette.example", "excerpt": "A summary.", "categories": "News;Local", "tags": "",
}  # fmt: skip
WORDPRESS = {
    "id": 7, "link": URL, "title": {"rendered": "Walls approved"}, "date": "2024-05-06",
    "content": {"rendered": "<p>" + STORY.replace("\n\n", "</p>\n<p>") + "</p>"},
    "excerpt": {"rendered": "<p>A summary.</p>"}, "author": [{"name": "Ana Pérez"}, {"name": "Li Wei"}],
}  # fmt: skip
ZOTERO = {
    "key": "ABC", "itemType": "newspaperArticle", "title": "Walls approved", "publicationTitle": "gazette.example",
    "creators": [{"creatorType": "author", "firstName": "Ana", "lastName": "Pérez"},
                 {"creatorType": "author", "name": "Li Wei"}, {"creatorType": "editor", "name": "Ed Itor"}],
    "date": "2024-05-06", "url": URL, "abstractNote": "A summary.", "language": "en", "text": STORY,
}  # fmt: skip
SCHEMA_ORG = {
    "@type": "NewsArticle", "headline": "Walls approved", "datePublished": "2024-05-06", "url": URL,
    "author": [{"@type": "Person", "name": "Ana Pérez"}, {"@type": "Person", "name": "Li Wei"}],
    "publisher": {"@type": "Organization", "name": "gazette.example"}, "articleBody": STORY, "description": "A summary.",
}  # fmt: skip


@pytest.mark.parametrize(
    "record", [NEWS_PLEASE, NEWSPAPER, TRAFILATURA, WORDPRESS, ZOTERO, SCHEMA_ORG],
    ids=["news-please", "newspaper4k", "trafilatura", "wordpress", "zotero", "schema.org"],
)  # fmt: skip
def test_a_record_of_a_tool_is_an_article_with_nothing_left_out(tmp_path: Path, record: dict[str, Any]):
    found = items(tmp_path, "a.json", json.dumps(record))
    (article,) = articles(found)
    assert shown(article) == WALLS
    assert (article.source, article.standfirst) == ("gazette.example", "A summary.")
    assert notes(found) == []


def read(tmp_path: Path, **fields: Any):
    given = {"url": URL, "title": "Walls", "text": STORY} | fields
    found = items(tmp_path, "a.jsonl", json.dumps(given))
    return articles(found), notes(found), failures(found)


@pytest.mark.parametrize(
    ("field", "value", "note"),
    [
        ("date", "soon", "published = 'soon': expected a date"),
        ("date", {"raw": "forthcoming"}, "published = 'forthcoming': expected a date"),
        ("date", {"date-parts": [[2024, 13]]}, "published = '2024-13': expected a date"),
        ("date", {"spring": None}, """published = '{"spring": null}': expected a date"""),
        ("date", [], None),
        ("date", "None", None),
        ("date", "2 hours ago", "published = '2 hours ago': expected a date"),
        ("title", {"a": 1}, "headline = "),
        ("title", ["x"], "headline = "),
        ("author", 7, "authors = '7': expected names"),
        ("author", "By", "authors = 'By': expected a name"),
        ("author", "nan", None),
        ("url", "not an address", "url = 'not an address': expected an address"),
        ("url", "javascript:alert(1)", "url = 'javascript:alert(1)': expected an address"),
        ("section", 3, None),
        ("language", ["en", "de"], 'language = \'["en", "de"]\': the first was taken'),
        ("author", "Ana Pérez, " * 60, "authors: a name of 660 characters was cut at 500"),
        ("language", "Klingon", "language = 'Klingon': expected a language such as de"),
        ("language", "und", None),
    ],
)
def test_a_value_that_cannot_be_read_costs_its_field_and_is_noted(tmp_path: Path, field: str, value: Any, note: str):
    (article,), said, refused = read(tmp_path, **{field: value})
    assert article.body == STORY
    assert not refused
    assert [each[: len(note or "")] for each in said] == ([note] if note else [])


@pytest.mark.parametrize(
    ("value", "section", "filed"),
    [
        (["City", "Harbour", "Sea"], "City", "City; Harbour; Sea"),
        ("City; Harbour", "City", "City; Harbour"),
        (["City", None, "City"], "City", None),
        ("Arts, Culture", "Arts, Culture", None),
        ([], None, None),
    ],
)
def test_of_several_sections_the_first_is_the_articles_and_all_are_said(
    tmp_path: Path, value: Any, section: str | None, filed: str | None
):
    (article,), said, _ = read(tmp_path, section=value)
    assert (article.section, article.facts.get("keywords")) == (section, filed)
    assert not said


@pytest.mark.parametrize(
    ("key", "is_noted"), [("link", True), ("permalink", True), ("Webadresse", True), ("guid", False), ("id", False)]
)
def test_an_address_that_is_none_is_noted_by_whatever_name_its_file_calls_it(tmp_path: Path, key: str, is_noted: bool):
    (article,), said, _ = read(tmp_path, url=None, **{key: "page 3, below"})
    assert article.url.startswith("import:")
    assert [each[:24] for each in said] == ["url = 'page 3, below': e"] * is_noted


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Perez, Ana", ["Ana Perez"]),
        ("['Ana', 'Bo']", ["Ana", "Bo"]),
        ('["Ana Pérez", "Li Wei"]', ["Ana Pérez", "Li Wei"]),
        ("Ana Pérez; Li Wei", ["Ana Pérez", "Li Wei"]),
        ("Ana Pérez|Li Wei", ["Ana Pérez", "Li Wei"]),
        ([{"name": "Ana Pérez"}, "Li Wei", None, ""], ["Ana Pérez", "Li Wei"]),
        ({"given": "Ana", "family": "Pérez"}, ["Ana Pérez"]),
        ("Ana Pérez, PhD", ["Ana Pérez, PhD"]),
        (["Pérez, Ana", "Wei, Li"], ["Ana Pérez", "Li Wei"]),
        ("[Ana", ["[Ana"]),
        ([1, 2.5, b"x"], []),
    ],
)
def test_names_are_told_apart_however_they_are_written(value: Any, names: list[str]):
    assert author_names(value) == names


@pytest.mark.parametrize("value", ["Perez, Ana", ["Perez, Ana"], "By Ana Perez", "Ana Perez <ana@gazette.example>"])
def test_one_person_is_one_author(tmp_path: Path, value: Any):
    (article,), _, _ = read(tmp_path, author=value)
    assert [author.key for author in article.authors] == ["ana-perez"]


def test_markup_in_a_text_is_cleaned_as_a_page_is(tmp_path: Path):
    text = (
        "<h1>Walls</h1><p>The council&nbsp;approved the <b>walls</b> &amp; the gate.</p><script>track()</script>"
        "<style>p {}</style><p>Residents<br>were glad.</p><!-- end -->"
    )
    (article,), _, _ = read(tmp_path, text=text)
    assert "track" not in article.body
    assert "<" not in article.body
    assert "The council approved the walls & the gate." in article.body


@pytest.mark.parametrize("text", ["5 < 6 and 7 > 6, said the clerk.", "A<B was the rule, R&D the office."])
def test_a_text_with_signs_of_markup_is_left_as_it_is(tmp_path: Path, text: str):
    (article,), _, _ = read(tmp_path, text=text)
    assert article.body == text


def test_what_was_fetched_when_is_kept(tmp_path: Path):
    (article,), _, _ = read(tmp_path, date_download="2024-05-07 08:00:00")
    assert article.fetched.isoformat() == "2024-05-07T08:00:00+00:00"


def test_two_records_without_address_are_two_and_one_twice_is_one(tmp_path: Path):
    lines = [{"text": STORY, "title": title, "source": source}
             for title, source in (("A", "x"), ("B", "x"), ("A", "y"), ("A", "x"))]  # fmt: skip
    found = articles(items(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines))))
    assert len({each.url for each in found}) == 3
    assert found[0].url == found[3].url


def test_a_date_keeps_the_precision_it_is_given(tmp_path: Path):
    for written in ("2024", "2024-05", "2024-05-06", "2024-05-06T10:00:00+02:00"):
        (article,), _, _ = read(tmp_path, date=written)
        assert iso_date(article.published) == written


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Deutsch", "de"), ("German", "de"), ("allemand", "de"), ("ger", "de"), ("deu", "de"), ("de_AT", "de"),
        ("eng", "en"), ("en_GB.UTF-8", None), ("ENG", "en"), ("English (UK)", "en"), ("Norwegian Bokmål", "nb"),
        ("français; English", "fr"), ("iw", "he"), ("ceb", "ceb"),
    ],
)  # fmt: skip
def test_a_language_is_read_as_lang_reads_it_and_what_is_none_is_noted(tmp_path: Path, said: str, key: str | None):
    (article,), notes, _ = read(tmp_path, language=said)
    assert (article.language, len(notes)) == ((key, 0) if key else ("en", 1))
