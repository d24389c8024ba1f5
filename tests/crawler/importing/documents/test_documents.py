# ruff: noqa: E501 - a file stands on one line
"""Documents that someone wrote or saved become articles; what cannot be read says what it needs."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.importing.documents import office
from crawler.importing.documents.optional import flowing
from crawler.values import Page
from tests.crawler.importing.reading import (
    STORY,
    URL,
    WALLS,
    W,
    articles,
    docx,
    epub,
    failures,
    items,
    notes,
    pdf,
    shown,
    zipped,
)


def test_a_word_document_is_an_article(tmp_path: Path):
    (article,) = articles(items(tmp_path, "a.docx", docx("Walls approved", "By Ana Pérez", *STORY.split("\n\n"))))
    assert (article.headline, article.body) == ("Walls approved", STORY)
    assert [author.name for author in article.authors] == ["Ana Pérez"]


def test_the_same_document_twice_is_one_article(tmp_path: Path):
    first, second = (
        articles(items(tmp_path, name, docx("Walls approved", STORY)))[0].url for name in ("a.docx", "b.docx")
    )
    assert first == second


def test_a_book_of_one_chapter_is_a_page_with_what_the_book_says_of_itself(tmp_path: Path):
    (found,) = items(tmp_path, "a.epub", epub("<html><body><p>Text.</p></body></html>"))
    assert isinstance(found.item, Page)
    assert (found.item.url, found.item.hints.headline, found.item.hints.authors) == (
        URL,
        "Walls approved",
        ("Ana Pérez",),
    )


def test_a_book_of_many_chapters_is_a_page_each(tmp_path: Path):
    found = items(tmp_path, "a.epub", epub("<html>One</html>", "<html>Two</html>"))
    assert [each.is_part for each in found] == [True, True]
    assert len({each.item.url for each in found if isinstance(each.item, Page)}) == 2


def test_the_chapters_of_a_book_beyond_the_bound_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(office, "MAX_CHAPTERS", 2)
    found = items(tmp_path, "a.epub", epub(*(f"<html>{number}</html>" for number in range(5))))
    assert failures(found) == ["3 chapters were left: expected at most 2"]
    assert len([each for each in found if isinstance(each.item, Page)]) == 2


def test_a_chapter_that_cannot_be_unpacked_costs_no_other(tmp_path: Path):
    book = bytearray(epub(*(f"<html>{number}</html>" for number in range(3))))
    head = book.rfind(b"OPS/c1.xhtml") - 46  # of its entry in the table of contents
    assert book[head:].startswith(b"PK\x01\x02")
    book[head + 10] = 99  # no way of packing that anybody knows
    found = items(tmp_path, "a.epub", bytes(book))
    assert [isinstance(each.item, Page) for each in found] == [True, False, True]
    assert (found[1].place.partition("!")[2], failures(found)) == ("OPS/c1.xhtml", ["cannot be unpacked; it was left"])


@pytest.mark.parametrize("name", ["a.docx", "a.epub", "a.wacz", "a.zip"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"plain"])
def test_what_is_no_zip_is_refused(tmp_path: Path, name: str, content: bytes):
    (said,) = failures(items(tmp_path, name, content))
    assert "no ZIP file" in said


def test_entities_of_a_document_are_not_read(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    xml = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]><w:document xmlns:w="{W}"><w:p><w:t>&x;</w:t></w:p></w:document>'
    assert "hidden" not in str(items(tmp_path, "a.docx", zipped({"word/document.xml": xml})))


def test_an_rtf_document_is_an_article(tmp_path: Path):
    pytest.importorskip("striprtf")
    first, second = STORY.split("\n\n")
    rtf = r"{\rtf1\ansi Walls approved\par\par By Ana P\'e9rez\par\par " + first + r"\par\par " + second + r"\par}"
    (article,) = articles(items(tmp_path, "a.rtf", rtf))
    assert (article.headline, article.body, article.authors[0].name) == ("Walls approved", STORY, "Ana Pérez")


def test_a_pdf_with_text_is_an_article_and_its_lines_are_joined(tmp_path: Path):
    pytest.importorskip("pypdf")
    lines = ("Walls approved", "", "The council approved the walls of the old harb-", "our on Monday after a long debate in the",
             "hall.", "", "Residents of the lower town were glad of it.")  # fmt: skip
    (article,) = articles(items(tmp_path, "a.pdf", pdf(*lines)))
    assert "walls of the old harbour on Monday after a long debate in the hall." in article.body


def test_letters_that_print_joins_are_letters():
    assert flowing("ﬂooding, ﬁre, oﬀered, eﬃcient, wa\u00ad\nter") == "flooding, fire, offered, efficient, water"


def test_a_pdf_without_text_says_that_a_scan_needs_recognition(tmp_path: Path):
    pytest.importorskip("pypdf")
    (said,) = failures(items(tmp_path, "a.pdf", pdf("")))
    assert "no text layer" in said


def test_without_its_reader_a_document_is_refused_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("crawler.importing.documents.optional.find_spec", lambda name: None)
    assert failures(items(tmp_path, "a.pdf", pdf("x"))) == ["to read a PDF, install pressmark[documents]; it was left"]


def test_markdown_is_an_article_with_what_its_front_matter_says(tmp_path: Path):
    text = (
        f'---\ntitle: "Walls approved"\nurl: {URL}\nauthors:\n  - Ana Pérez\n  - Li Wei\ndate: 2024-05-06\n---\n\n'
        "## The walls\n\nThe **council** approved [the _walls_](https://x.example/a) on Monday.\n\n![A wall](w.png)\n\n"
        "> Residents of the lower town were glad of it.\n"
    )
    (article,) = articles(items(tmp_path, "a.md", text))
    assert shown(article)[:4] == WALLS[:4]
    assert article.body == f"The walls\n\n{STORY}"


def test_markdown_without_front_matter_has_its_first_heading_as_headline(tmp_path: Path):
    (article,) = articles(items(tmp_path, "a.md", f"# Walls approved\n\n{STORY}\n"))
    assert (article.headline, article.body) == ("Walls approved", STORY)


def test_a_page_saved_as_mhtml_knows_its_address_and_day(tmp_path: Path):
    text = (
        f"From: <Saved by a browser>\r\nSnapshot-Content-Location: {URL}\r\nDate: Mon, 6 May 2024 10:00:00 +0200\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html;'
        f" charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: {URL}\r\n\r\n"
        "<html><p>P=C3=A9rez</p></html>\r\n--b\r\nContent-Type: image/png\r\n\r\nxx\r\n--b--\r\n"
    )
    (found,) = items(tmp_path, "a.mhtml", text)
    assert isinstance(found.item, Page)
    assert (found.item.url, found.item.content, found.item.fetched) == (
        URL,
        "<html><p>Pérez</p></html>".encode(),
        datetime(2024, 5, 6, 8, tzinfo=UTC),
    )


def mhtml(*parts: str) -> str:
    return 'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n' + "\r\n--b\r\n".join(parts) + "\r\n--b--\r\n"


def test_the_page_of_a_mhtml_file_is_found_behind_thousands_of_pictures(tmp_path: Path):
    pictures = ["Content-Type: image/png\r\n\r\nx"] * 6_000
    (found,) = items(tmp_path, "a.mhtml", mhtml(*pictures, "Content-Type: text/html\r\n\r\n<p>Walls"))
    assert isinstance(found.item, Page)
    assert found.item.content == b"<p>Walls"


def test_of_a_mhtml_file_with_frames_it_is_said_how_many_pages_are_not_read(tmp_path: Path):
    pages = [f"Content-Type: text/html\r\n\r\n<p>{name}" for name in ("Walls", "Advert", "Menu")]
    found = items(tmp_path, "a.mhtml", mhtml(*pages))
    assert [each.item.content for each in found if isinstance(each.item, Page)] == [b"<p>Walls"]
    assert any("the first of 3 pages" in each for each in notes(found))


def test_a_mhtml_file_of_parts_in_parts_ends_in_words(tmp_path: Path):
    deep = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(5_000))
    assert failures(items(tmp_path, "a.mhtml", deep)) == [
        "its parts are nested too deeply: expected a saved page (MHTML)"
    ]


def test_a_table_of_tags_in_rtf_is_split_into_its_articles(tmp_path: Path):
    pytest.importorskip("striprtf")
    rows = [
        ("HD", "Ferry runs again"),
        ("PD", "6 May 2014"),
        ("SN", "The Island Courier"),
        ("LP", "The ferry runs."),
        ("TD", "From Monday on."),
        ("AN", "Document ISLC000020140506ea5600001"),
    ]
    table = "".join(rf"\trowd\cellx900\cellx9000 {tag}\cell {value}\cell\row " for tag, value in rows)
    (article,) = articles(items(tmp_path, "a.rtf", rf"{{\rtf1\ansi {table}}}"))
    assert (article.headline, article.source, article.body) == (
        "Ferry runs again",
        "The Island Courier",
        "The ferry runs.\n\nFrom Monday on.",
    )
