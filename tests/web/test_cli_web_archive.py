"""`pressmark export --format warc|wacz`, read back by others' readers."""

import hashlib
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from warcio.archiveiterator import ArchiveIterator

from corpus.preservation.web_archives import MANIFEST, surt
from tests.crawler.crawling import front, rss, story
from tests.crawler.faultweb import serving
from tests.web.commands import run

PATHS = [f"/news/story-of-day-{n:05}" for n in range(3)]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A corpus of three crawled articles and an imported one."""
    folder = tmp_path_factory.mktemp("archive")
    pages = {path: story(f"Harbour {n}", text=f"Words of story {n}. " * 30) for n, path in enumerate(PATHS)}
    with serving({"/": front(), "/feed.xml": rss(*PATHS), **pages}) as site:
        (folder / "config.toml").write_text(
            '[crawler]\ncontact = "d@a.example"\ndelay = 0\nallow_addresses = ["127.88.0.0/16"]\n'
            f'[[source]]\nname = "gazette"\nurl = "{site.url}/"\n'
        )
        run(folder, "crawl", "--no-index")
    (folder / "a.jsonl").write_text('{"url": "https://a.example/x", "title": "Harbour", "text": "Imported harbour."}\n')
    run(folder, "import", "a.jsonl")
    run(folder, "index")
    return folder, site.url


def records(path: Path) -> list[tuple[str, str, str, bytes]]:
    with path.open("rb") as file:
        return [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI") or "",
                record.http_headers.get_statuscode() if record.http_headers else "",
                record.content_stream().read(),
            )
            for record in ArchiveIterator(file, check_digests="raise")
        ]


def test_a_warc_of_all_articles_has_the_response_of_each_and_says_which_have_none(crawled, tmp_path):
    folder, url = crawled
    shown = run(folder, "export", "--format", "warc", "-o", str(tmp_path / "x.warc.gz"))
    assert "3 responses" in shown.stderr
    assert "not in it: 1 article without a raw response" in shown.stderr
    found = records(tmp_path / "x.warc.gz")
    assert [kind for kind, *_ in found] == ["warcinfo", *["response", "metadata"] * 3, "metadata"]
    answered = {target: body for kind, target, status, body in found if kind == "response" and status == "200"}
    assert {target.removeprefix(url) for target in answered} == set(PATHS)
    assert b"Words of story 1. " in answered[url + PATHS[1]]
    *read, said = (json.loads(body) for kind, _, _, body in found if kind == "metadata")
    assert found[-1][1] == MANIFEST
    assert len(said.pop("without_raw_response")) == 1
    assert said == {
        "articles": 4,
        "pages": 3,
        "left_out": 0,
        "left_out_by_reason": {"withdrawn": 0, "unreadable": 0},
    }
    assert {each["headline"] for each in read} == {"Harbour 0", "Harbour 1", "Harbour 2"}


def test_a_name_that_ends_in_warc_has_the_same_records_and_none_of_them_packed(crawled, tmp_path):
    plain, packed = tmp_path / "x.warc", tmp_path / "x.warc.gz"
    for each in (plain, packed):
        assert run(crawled[0], "export", "-o", str(each)).exit_code == 0
    assert plain.read_bytes().startswith(b"WARC/1.")
    assert packed.read_bytes().startswith(b"\x1f\x8b")
    assert b"WARC-Filename: x.warc\r\n" in plain.read_bytes()
    assert records(plain)[1:] == records(packed)[1:]
    (tmp_path / "config.toml").touch()
    assert "3 articles" in run(tmp_path, "import", "x.warc", "--no-index").output


def test_a_warc_of_a_search_imported_elsewhere_gives_the_same_texts(crawled, tmp_path):
    folder, url = crawled
    (tmp_path / "config.toml").touch()
    run(folder, "export", '"harbour 2"', "--format", "warc", "-o", str(tmp_path / "x.warc.gz"))
    assert run(tmp_path, "import", "x.warc.gz").exit_code == 0
    there, here = (json.loads(run(each, "show", url + PATHS[2], "--json").stdout) for each in (tmp_path, folder))
    assert there["text"] == here["text"]
    assert run(tmp_path, "show", url + PATHS[1]).exit_code == 4


def test_a_wacz_holds_what_its_description_says_and_each_line_of_its_index_leads_to_its_page(crawled, tmp_path):
    folder, _ = crawled
    path = tmp_path / "x.wacz"
    assert "3 responses" in run(folder, "export", "harbour", "--format", "wacz", "-o", str(path)).stderr
    with ZipFile(path) as packed:
        assert packed.testzip() is None
        package = json.loads(packed.read("datapackage.json"))
        digest = json.loads(packed.read("datapackage-digest.json"))
        assert digest["hash"] == "sha256:" + hashlib.sha256(packed.read("datapackage.json")).hexdigest()
        for each in package["resources"]:
            content = packed.read(each["path"])
            assert (each["hash"], each["bytes"]) == ("sha256:" + hashlib.sha256(content).hexdigest(), len(content))
        warc, index = packed.read("archive/data.warc.gz"), packed.read("indexes/index.cdxj").decode().splitlines()
        pages = [json.loads(line) for line in packed.read("pages/pages.jsonl").decode().splitlines()]
    assert index == sorted(index)
    for line in index:
        entry = json.loads(line.split(" ", 2)[2])
        at, length = int(entry["offset"]), int(entry["length"])
        (tmp_path / "one.warc.gz").write_bytes(warc[at : at + length])
        ((kind, target, status, _),) = records(tmp_path / "one.warc.gz")
        assert (kind, target, status) == ("response", entry["url"], entry["status"])
    assert {page["title"] for page in pages[1:]} == {"Harbour 0", "Harbour 1", "Harbour 2"}


def test_a_web_archive_goes_into_a_file_whole_or_not_at_all(crawled, tmp_path):
    folder, _ = crawled
    assert run(folder, "export", "--format", "wacz").exit_code == 2
    assert run(folder, "export", "(", "--format", "wacz", "-o", str(tmp_path / "y.wacz")).exit_code in (0, 2)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.News.example/A/b?C=1", "example,news)/a/b?c=1"),
        ("http://news.example", "example,news)/"),
        ("http://127.0.0.1:80/x", "1,0,0,127:80)/x"),
    ],
)
def test_the_key_of_an_address_is_its_host_turned_round(url, key):
    assert surt(url) == key
