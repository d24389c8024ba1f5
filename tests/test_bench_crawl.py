"""The comparison of crawlers serves pages as sites do, and counts what a command and all it starts took."""

import gzip
import sys

import pytest

from bench.crawl import measure
from bench.crawl.__main__ import Result, _parted, main
from bench.crawl.pages import LARGEST, LOOKS, SMALLEST, article_page
from bench.crawl.server import answers_of, origin_of
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


def test_cpu_of_what_a_command_starts_is_counted(tmp_path):
    burn = "import time\nwhile time.process_time() < .3: pass"
    command = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"]
    cost = measure.run(command, cwd=tmp_path)
    assert cost.cpu > 0.3
    assert 0 < cost.children < cost.cpu


def test_what_a_system_takes_before_the_first_article_is_parted_from_what_each_adds():
    costs = [measure.Cost(cpu=cpu, wall=1, shared=0, resident=0, children=0) for cpu in (5.0, 23.0)]
    few, many = Result("scrapy", 100, costs[0]), Result("scrapy", 1000, costs[1])
    assert _parted(3, [few, many]) == "3 sites, scrapy: 3.0 s before the first article, 20.0 ms for each"


def test_memory_of_what_a_command_starts_is_counted(tmp_path):
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
    assert "| 4 | pressmark | 12 |" in capsys.readouterr().out
