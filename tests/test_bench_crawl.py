"""The comparison of crawlers serves pages as sites do, and counts what a command and all it starts took."""

import gzip
import json
import sys
from urllib.parse import urlsplit

import pytest

from bench.crawl import labelled, measure
from bench.crawl.__main__ import Result, _parted, main
from bench.crawl.pages import LARGEST, LOOKS, SMALLEST, article_page
from bench.crawl.server import answers_of, labelled_answers_of, origin_of
from bench.crawl.stories import story
from crawler.extraction.extract import measure_page

ORIGIN = origin_of(0, 8700)


@pytest.mark.parametrize("site", range(len(LOOKS)))
def test_each_look_of_a_page_weighs_what_news_does_and_holds_its_story(site):
    page, item = article_page(site, 3, origin=ORIGIN), story(site, 3)
    assert page == article_page(site, 3, origin=ORIGIN)
    assert 0.9 * SMALLEST < len(page) < 1.1 * LARGEST
    read = measure_page(page, ORIGIN + item.path)
    assert (read["title"], read["authors"], read["date"]) == (
        item.headline,
        [item.author],
        item.published.date().isoformat(),
    )
    assert all(part in read["text"] for part in item.paragraphs)


def test_a_site_names_all_its_stories_and_answers_them_packed():
    answers = answers_of(1, 4, 8700)
    head, _, body = answers["/sitemap.xml"].partition(b"\r\n\r\n")
    assert b"Content-Encoding: gzip" in head
    assert all(f"{origin_of(1, 8700)}{story(1, number).path}".encode() in gzip.decompress(body) for number in range(4))
    assert {story(1, number).path for number in range(4)} < set(answers)


@pytest.fixture
def labelled_set(tmp_path):
    """Stories of two publishers with their labels, as a folder that the comparison can serve."""
    rows = []
    for number in range(8):
        publisher, words = (
            f"www.paper{number % 2}.example",
            f"der Rat der Stadt Nummer {number} hat über Brücken beraten",
        )
        text = "\n\n".join(f"In Absatz {part} steht, {words}, und {part * 7} Leute hörten zu." for part in range(9))
        body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        said = json.dumps({"@type": "NewsArticle", "url": f"https://{publisher}/a/{number}"}).replace("/", "\\/")
        page = (
            f'<!doctype html><html lang="de"><meta charset="iso-8859-1"><title>Rat {number}</title>'
            f'<link href="https://{publisher}/A/{number}?p=1&amp;q=2" rel="canonical">'
            f'<script type="application/ld+json">{said}</script><a href="//{publisher}.net/">fremd</a>'
            f"<article><h1>Der Rat {number} und die Brücken</h1>{body}</article></html>"
        )
        (tmp_path / f"{number}.html.gz").write_bytes(gzip.compress(page.encode("cp1252")))
        row = {"page": f"{number}.html.gz", "url": f"http://{publisher}/a/{number}"}
        rows.append(row | {"truth": {"text": text, "title": f"Der Rat {number} und die Brücken"}})
    rows.append({"page": "0.html.gz", "url": "http://x.example/", "truth": {"text": "x"}, "kind": "listing"})
    (tmp_path / "some.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def test_labelled_pages_are_dealt_by_publisher_to_where_they_say_they_stand(labelled_set):
    dealt = labelled.dealt(labelled_set, 2, 4)
    assert [{each.case.domain for each in placed} for placed in dealt] == [{"paper0.example"}, {"paper1.example"}]
    assert dealt[1][0].path == "/A/1?p=1&q=2"
    with pytest.raises(SystemExit, match="8 article pages with a text, of 9 to serve"):
        labelled.dealt(labelled_set, 3, 3)


def test_two_labelled_pages_of_one_place_are_told_apart(labelled_set):
    file = labelled_set / "some.jsonl"
    first = file.read_text(encoding="utf-8").split("\n")[0]
    file.write_text(f"{first}\n{first}\n", encoding="utf-8")
    assert [each.path for each in labelled.dealt(labelled_set, 1, 2)[0]] == ["/A/0?p=1&q=2", "/1/A/0?p=1&q=2"]


def test_a_labelled_page_is_served_in_its_charset_and_as_its_site_in_the_bench(labelled_set):
    placed = labelled.dealt(labelled_set, 2, 4)[1]
    answers = labelled_answers_of(1, placed, 8700)
    origin = origin_of(1, 8700)
    head, _, body = answers["/A/1?p=1&q=2"].partition(b"\r\n\r\n")
    page = gzip.decompress(body)
    assert b"text/html; charset=cp1252" in head
    assert f'href="{origin}/A/1?p=1&amp;q=2" rel="canonical"'.encode() in page
    assert f'"{origin}/a/1"'.replace("/", r"\/").encode() in page
    assert b'href="//www.paper1.example.net/"' in page, "another host, and stays so"
    assert "Brücken".encode("cp1252") in page
    front = gzip.decompress(answers["/"].partition(b"\r\n\r\n")[2]).decode()
    assert 'href="/A/1?p=1&amp;q=2">Der Rat 1 und die Brücken' in front
    assert f"{origin}/A/1?p=1&amp;q=2".encode() in gzip.decompress(answers["/sitemap.xml"].partition(b"\r\n\r\n")[2])


def test_a_labelled_story_is_brought_with_half_of_its_text_under_any_spelling_of_its_address(labelled_set):
    placed, origin = labelled.dealt(labelled_set, 2, 4)[0], origin_of(0, 8700)
    texts = [each.case.truth["text"] for each in placed]
    spelt = f"{origin}{urlsplit(placed[0].path).path}?q=2&p=1"
    read = {spelt: ("", texts[0]), origin + placed[1].path: ("", texts[1][:200]), f"{origin}/other": ("", texts[2])}
    assert labelled.brought(read, placed, origin) == 1


def test_cpu_of_what_a_command_starts_is_counted(tmp_path):
    burn = "import time\nwhile time.process_time() < .3: pass"
    command = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"]
    cost = measure.run(command, cwd=tmp_path)
    assert cost.cpu > 0.3
    assert 0 < cost.children < cost.cpu


def test_what_a_system_takes_before_the_first_article_is_parted_from_what_each_adds():
    costs = [measure.Cost(cpu=cpu, wall=1, shared=0, resident=0, children=0) for cpu in (5.0, 23.0)]
    few, many = Result("scrapy", 100, 100, costs[0]), Result("scrapy", 1000, 1000, costs[1])
    assert _parted(3, [few, many]) == "3 sites, scrapy: 3.0 s before the first article, 20.0 ms for each"


def test_memory_of_what_a_command_starts_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(measure, "LOOK_EVERY", 0.05)  # or a machine that is busy may not look in the one second
    hold = "import time; whole = bytearray(80_000_000); time.sleep(1)"
    command = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"]
    cost = measure.run(command, cwd=tmp_path)
    assert cost.resident >= cost.shared > 80_000_000


def test_a_command_that_fails_ends_the_comparison(tmp_path):
    with pytest.raises(SystemExit, match="status 3"):
        measure.run([sys.executable, "-c", "raise SystemExit(3)"], cwd=tmp_path)


@pytest.mark.soak
def test_the_comparison_stores_the_stories_of_all_sites(capsys):
    main(["--sites", "4", "--articles", "12", "--systems", "pressmark", "--rounds", "1"])
    assert "| 4 | pressmark | 12 of 12 |" in capsys.readouterr().out


@pytest.mark.soak
def test_the_comparison_stores_the_labelled_stories_of_all_sites(labelled_set, capsys):
    served = ["--pages", str(labelled_set), "--sites", "2", "--articles", "8"]
    main([*served, "--systems", "pressmark", "--rounds", "1"])
    assert "| 2 | pressmark | 8 of 8 |" in capsys.readouterr().out
