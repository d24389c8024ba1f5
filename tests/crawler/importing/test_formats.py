"""Records, tables and bibliographies become articles, or are refused in words; nothing is passed over in silence."""

import gzip
import json
from pathlib import Path

import pytest

from corpus.errors import ImportFailed
from corpus.iso_dates import iso_date
from crawler.importing.citations.bibtex import MAX_BROKEN
from tests.crawler.importing.reading import RECORD, STORY, URL, WALLS, articles, failures, items, notes, shown

# ---------------------------------------------------------------- JSON


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(RECORD),
        json.dumps(RECORD, indent=2),
        json.dumps([RECORD]),
        json.dumps({"count": 1, "articles": [RECORD]}),
        json.dumps({"response": {"docs": [RECORD]}}),
        "\ufeff" + json.dumps([RECORD], indent=1),
        json.dumps(RECORD) + "\n" + json.dumps({"manifest": {"total": 1}}) + "\n",
    ],
)
def test_json_is_read_as_object_array_or_lines(tmp_path: Path, content: str):
    assert [shown(each) for each in articles(items(tmp_path, "a.json", content))] == [WALLS]


def test_json_lines_may_be_packed(tmp_path: Path):
    packed = gzip.compress(json.dumps(RECORD).encode())
    assert [shown(each) for each in articles(items(tmp_path, "a.jsonl.gz", packed))] == [WALLS]


def test_a_bad_json_file_is_refused_once_with_its_place(tmp_path: Path):
    assert failures(items(tmp_path, "a.json", '{"url": oops')) == ["not JSON: line 1, column 9; the file was left"]


def test_one_bad_record_of_an_array_costs_itself(tmp_path: Path):
    found = items(tmp_path, "a.json", json.dumps([RECORD, {"title": "x"}, 7]))
    assert len(articles(found)) == 1
    assert [str(each.item).partition(": ")[0][-2:] for each in found if isinstance(each.item, ImportFailed)] == [
        ":2",
        ":3",
    ]


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'url,title,authors,date,text\n{u},"Walls approved","Ana Pérez; Li Wei",2024-05-06,"{s}"\n'),
        ("a.csv", '\ufeffurl;title;authors;date;text\r\n{u};Walls approved;"Ana Pérez; Li Wei";06.05.2024;"{s}"\r\n'),
        (
            "a.csv",
            'sep=;\r\nurl;title;authors;date;text\r\n{u};Walls approved;"Ana Pérez; Li Wei";2024-05-06;"{s}"\r\n',
        ),
        (
            "a.tsv",
            'URL\tTitle\tAuthor\tPublished\tFull Text\n{u}\tWalls approved\tAna Pérez|Li Wei\t2024-05-06\t"{s}"\n',
        ),
        ("a.csv", 'text,date,url,title,author\n"{s}",May 6 2024,{u},Walls approved,Ana Pérez and Li Wei\n\n'),
    ],
)
def test_a_table_is_read_in_any_dialect(tmp_path: Path, name: str, content: str):
    assert [shown(each) for each in articles(items(tmp_path, name, content.format(u=URL, s=STORY)))] == [WALLS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_keeps_its_accents(tmp_path: Path, encoding: str):
    text = "url,title,text\n" + "".join(
        f"https://g.example/{n},Über die Brücke,Größe und Überfluß.\n" for n in range(9)
    )
    (first, *_) = articles(items(tmp_path, "a.csv", text.encode(encoding)))
    assert (first.headline, first.body) == ("Über die Brücke", "Größe und Überfluß.")


def test_a_table_shows_how_it_writes_its_days(tmp_path: Path):
    rows = "title,date,text\nA,03/04/2024,Text one.\nB,25/12/2023,Text two.\n"
    found = articles(items(tmp_path, "a.csv", rows))
    assert [(iso_date(each.published), each.published.doubtful) for each in found] == [
        ("2024-04-03", False),
        ("2023-12-25", False),
    ]


def test_a_day_that_may_be_another_is_marked_and_noted(tmp_path: Path):
    found = items(tmp_path, "a.csv", "title,date,text\nA,03/04/2024,Text one.\n")
    assert articles(found)[0].published.doubtful
    assert notes(found) == ["published = '03/04/2024': may be another day; it is marked as doubtful"]


def test_a_row_with_too_many_cells_is_refused_and_the_others_are_taken(tmp_path: Path):
    found = items(tmp_path, "a.csv", "title,text\nA,one, two\nB,Text.\n")
    assert failures(found) == ["3 cells under 2 columns: expected a quoted text"]
    assert [each.headline for each in articles(found)] == ["B"]


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "", "date,section\n2024,News\n", "\x00\x00"])
def test_a_table_without_known_columns_is_refused_once(tmp_path: Path, content: str):
    (said,) = failures(items(tmp_path, "a.csv", content))
    assert said.endswith("the file was left")


@pytest.mark.parametrize(
    "heading",
    ["Titel;Text;Datum;Autor;Adresse", "Überschrift;Volltext;Erscheinungsdatum;Verfasser;Link",
     "Titre;Texte;Date;Auteur;Lien",
     "Título;Texto;Fecha;Autor;Enlace", "Titolo;Testo;Data;Autore;URL", "Tytuł;Treść;Data;Autor;Adres",
     "Заголовок;Текст;Дата;Автор;Ссылка", "标题;正文;日期;作者;网址",
     "見出し;本文;掲載日;記者;URL", "제목;본문;날짜;기자;링크",
     "العنوان;النص;التاريخ;الكاتب;الرابط"],
)  # fmt: skip
def test_the_columns_of_a_table_are_read_in_many_languages(tmp_path: Path, heading: str):
    story = STORY.replace("\n\n", " ")
    found = items(tmp_path, "a.csv", f"{heading}\nWalls approved;{story};2024-05-06;Ana Pérez;{URL}\n")
    (article,) = articles(found)
    assert (article.headline, article.body, article.url) == ("Walls approved", story, URL)
    assert iso_date(article.published) == "2024-05-06"
    assert [author.name for author in article.authors] == ["Ana Pérez"]
    assert notes(found) == []


def test_columns_and_keys_that_are_for_no_field_are_named(tmp_path: Path):
    found = items(tmp_path, "a.csv", f"title,text,mood,page no\nWalls,{'x ' * 50},glad,4\n")
    assert notes(found) == ["columns left out: mood, page no"]
    records = [{"title": "Walls", "text": "The council met.", "penned": "Ana Pérez", "mood": None}] * 3
    found = items(tmp_path, "a.jsonl", "\n".join(map(json.dumps, records)))
    assert notes(found) == ["keys left out: penned"]


@pytest.mark.parametrize(("name", "content"), [("a.jsonl", ""), ("a.csv", "title,text\n"), ("a.json", "[]")])
def test_a_file_in_which_nothing_is_says_so(tmp_path: Path, name: str, content: str):
    assert [note.strip() for note in notes(items(tmp_path, name, content))] == ["holds nothing to take in"]


def test_a_table_of_addresses_is_taken_as_a_list_of_citations(tmp_path: Path):
    found = items(
        tmp_path, "a.csv", f"stories_id,publish_date,title,url,media_name\n1,2024-05-06,Walls,{URL},Gazette\n"
    )
    (article,) = articles(found)
    assert (article.url, article.source, article.body) == (URL, "Gazette", "")
    said = ["no column holds texts: headlines, dates and addresses were taken", "columns left out: stories_id"]
    assert notes(found) == said


# ---------------------------------------------------------------- bibliographies

RIS = f"""TY  - NEWS
AU  - Pérez, Ana
AU  - Wei, Li
TI  - Walls
      approved
T2  - The Gazette
DA  - 2024/05/06/
UR  - {URL}
AB  - A summary.
ER  -
"""
BIBTEX = r"""@string{gaz = "The Gazette"}
% a comment
@article{k1,
  author = {P{\'e}rez, Ana and Wei, Li},
  title = "{Walls} approved",
  journal = gaz, year = 2024, month = may, day = 6,
  abstract = {A summary.},
  url = {ADDRESS}
}
""".replace("ADDRESS", URL)
CSL = json.dumps([{
    "id": "k1", "type": "article-newspaper", "title": "Walls approved", "container-title": "The Gazette", "URL": URL,
    "author": [{"family": "Pérez", "given": "Ana"}, {"literal": "Li Wei"}],
    "issued": {"date-parts": [["2024", 5, 6]]}, "abstract": "A summary.",
}])  # fmt: skip


@pytest.mark.parametrize(("name", "content"), [("a.ris", RIS), ("a.bib", BIBTEX), ("a.json", CSL)])
def test_a_citation_is_an_article_without_text(tmp_path: Path, name: str, content: str):
    (article,) = articles(items(tmp_path, name, content))
    assert shown(article) == (URL, "Walls approved", ("Ana Pérez", "Li Wei"), "2024-05-06", "")
    assert (article.source, article.standfirst) == ("The Gazette", "A summary.")


@pytest.mark.parametrize(("name", "content"), [("a.ris", "nothing\n"), ("a.bib", "nothing\n")])
def test_a_file_without_entries_says_what_was_expected(tmp_path: Path, name: str, content: str):
    (said,) = failures(items(tmp_path, name, content))
    assert said.startswith("expected")


def test_an_entry_that_does_not_end_is_named_and_the_next_is_read(tmp_path: Path):
    found = items(tmp_path, "a.bib", "@article{a, title = {One}\n\n@article{b, title = {Two}, year = 2024}\n")
    assert failures(found) == ["the entry does not end: expected a closing brace; it was left"]
    assert [each.headline for each in articles(found)] == ["Two"]


def test_where_so_many_entries_do_not_end_the_rest_is_left_and_counted(tmp_path: Path):
    broken = "".join(f"@article{{a{number}, title = {{One}}\n\n" for number in range(MAX_BROKEN))
    found = items(tmp_path, "a.bib", broken + "@article{b, title = {Two}}\n@article{c, title = {Three}}\n")
    *each, rest = failures(found)
    assert (len(each), rest) == (MAX_BROKEN, f"{MAX_BROKEN} entries do not end: the 2 that follow were left")
    assert failures(items(tmp_path, "b.bib", broken)) == each


def test_killers_in_bibliographies_take_no_time(tmp_path: Path):
    for killer in ("@a{b,c={" * 20_000, "@a{b, c = " + '"' * 50_001, "{" * 100_000, "@" + " " * 200_000):
        assert not articles(items(tmp_path, "a.bib", killer))


@pytest.mark.parametrize("count", [1_000, 1_001])
def test_of_a_table_with_very_many_columns_it_is_said_how_many_were_read(tmp_path: Path, count: int):
    names = ["title", "text", *(f"c{number}" for number in range(count - 2))]
    row = ["Walls", "x " * 50, *("1" for _ in names[2:])]
    found = items(tmp_path, "a.csv", f"{','.join(names)}\n{','.join(row)}\n")
    assert [article.headline for article in articles(found)] == ["Walls"]
    said = "the first 1,000 of 1,001 columns were read"
    assert (said in notes(found)) is (count == 1_001)
