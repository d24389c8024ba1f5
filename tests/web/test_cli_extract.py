"""`pressmark extract` of plain texts: read as `pressmark import` reads them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.extraction.truths import cases
from corpus.captures import Captures
from corpus.corrections.values import Correction, Field
from corpus.model import Article
from corpus.store import FILE, ArticleStore
from corpus.warc.exchange import Exchange
from tests.web.commands import run

STORY = "The council voted on the harbour walls last night, and the fishers were not there."
TEXT = f"Walls at last\n\nBy Ana Pérez\n\n{STORY}\n\n{STORY.replace('night', 'week')}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").touch()
    (tmp_path / "Walls.TXT").write_text(TEXT)
    return tmp_path


def test_a_text_file_is_read_as_text(folder: Path) -> None:
    found = json.loads(run(folder, "extract", "Walls.TXT", "--url", "https://gazette.example/w", "--json").stdout)
    assert (found["kind"], found["reason"]) == ("article", "plain text")
    assert (found["headline"], found["authors"]) == ("Walls at last", ["Ana Pérez"])
    assert found["body"].startswith(STORY + "\n\n")
    assert found["url"] == "https://gazette.example/w"


def test_texts_of_a_batch_are_answered_among_the_pages_in_order(folder: Path) -> None:
    (folder / "page.html").write_text("<html><body><h1>Nothing</h1></body></html>")
    (folder / "empty.txt").touch()
    listed = (("a", "page.html"), ("b", "Walls.TXT"), ("c", "empty.txt"), ("d", "none.txt"))
    lines = (json.dumps({"url": f"https://gazette.example/{name}", "path": path}) for name, path in listed)
    (folder / "list.jsonl").write_text("\n".join(lines))
    found = [json.loads(line) for line in run(folder, "extract", "--batch", "list.jsonl").stdout.splitlines()]
    assert [each["url"][-1] for each in found] == ["a", "b", "c", "d"]
    assert [each["kind"] for each in found] == ["empty", "article", "empty", "failed"]
    assert found[1]["headline"] == "Walls at last"
    assert len({tuple(each) for each in found[:2]}) == 1  # the same keys, in the same order


PARAGRAPHS = f"<p>{STORY}</p><p>{STORY.replace('night', 'week')}</p>"
PAGE = f"<html><body><article><h1>Walls at last</h1>{PARAGRAPHS}</article></body></html>"


def truths(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "training" / "truths.jsonl").read_text().splitlines()]


def test_a_page_is_kept_with_what_was_read_as_its_truth(folder: Path) -> None:
    (folder / "page.html").write_text(PAGE)
    done = run(folder, "extract", "page.html", "--url", "https://gazette.example/w", "--truth", "training")
    assert done.exit_code == 0, done.output
    [case] = cases(folder / "training")
    assert case.html() == PAGE.encode()
    assert (case.url, case.kind, case.set) == ("https://gazette.example/w", "article", "truths")
    assert case.truth["title"] == "Walls at last"
    assert case.truth["text"].startswith(STORY)


def test_a_corrected_truth_is_never_written_over(folder: Path) -> None:
    (folder / "page.html").write_text(PAGE)
    file = folder / "training" / "truths.jsonl"
    run(folder, "extract", "page.html", "--truth", "training")
    file.write_text(json.dumps(truths(folder)[0] | {"truth": {"text": "Mine."}}) + "\n")
    done = run(folder, "extract", "page.html", "--truth", "training")
    assert "is there already" in done.stderr
    assert [line["truth"] for line in truths(folder)] == [{"text": "Mine."}]


def test_truths_that_cannot_be_read_are_named_and_left(folder: Path) -> None:
    (folder / "page.html").write_text(PAGE)
    (folder / "training").mkdir()
    (folder / "training" / "truths.jsonl").write_text("\nnonsense\n")
    done = run(folder, "extract", "page.html", "--truth", "training")
    assert done.exit_code == 1
    assert "truths.jsonl:2: expected" in done.stderr
    assert (folder / "training" / "truths.jsonl").read_text() == "\nnonsense\n"
    assert not list((folder / "training" / "pages").iterdir())


def test_a_truth_needs_a_page(folder: Path) -> None:
    assert run(folder, "extract", "--all", "--truth", "training").exit_code == 2


def test_rule_files_are_checked_and_named(folder: Path) -> None:
    (folder / "config.toml").write_text('[crawler]\nsite_rules = "rules"\n')
    (folder / "rules").mkdir()
    rule = folder / "rules" / "gazette.example.txt"
    rule.write_text("title: //h1[@id='t']\nbody: //div[@id='b']\nsingle_page_link: //a\n")
    (folder / "page.html").write_text(
        f"<html><body><h1 id=t>Walls</h1><h1>Menu</h1><div id=b>{PARAGRAPHS}</div></body></html>"
    )
    said = run(folder, "config", "check")
    assert said.exit_code == 0
    assert "rule files: 0 of ours, 1 in the format of ftr-site-config" in said.stdout
    assert "commands that are not followed: single_page_link 1" in said.stderr
    shown = run(folder, "extract", "page.html", "--url", "https://www.gazette.example/w", "--explain").stdout
    assert "Walls  (rule gazette.example.txt)" in shown
    assert "body: rule gazette.example.txt xpath://div[@id='b']" in shown
    rule.write_text("body: //div[")
    refused = run(folder, "config", "check")
    assert refused.exit_code == 3
    assert 'gazette.example.txt: body: "xpath://div[" is no XPath' in refused.stderr


def test_the_pages_of_corrected_articles_are_kept_with_the_corrections_as_truth(folder: Path) -> None:
    now = datetime(2026, 11, 26, tzinfo=UTC)
    url, bare = "https://gazette.example/w", "https://gazette.example/bare"
    exchange = Exchange(url=url, at=now, status=200, headers=(("Content-Type", "text/html"),), body=PAGE.encode())
    with Captures(folder / "data" / "captures") as captures, ArticleStore.open(folder / "data" / FILE) as store:
        for each, capture in ((url, captures.append(exchange)), (bare, None)):
            store.write(Article(url=each, source="g", headline="Walls", body=STORY, fetched=now, capture=capture))
            made = Correction(url=each, field=Field.HEADLINE, value="Walls, corrected", who="ada", at=now)
            store.corrections.add(made)
    done = run(folder, "extract", "--corrected", "--truth", "training")
    assert "added 1 corrected page" in done.output
    assert f"{bare}: left out: it has no raw response" in done.output
    (line,) = (json.loads(each) for each in (folder / "training" / "truths.jsonl").read_text().splitlines())
    assert (line["url"], line["truth"]["title"]) == (url, "Walls, corrected")
    assert run(folder, "extract", "--corrected").exit_code == 2


@pytest.mark.parametrize("more", [0, 1])
def test_what_of_a_pages_metadata_is_beyond_a_bound_is_explained(folder: Path, more: int) -> None:
    objects = "{}" * (2_961 + 3 * more)  # and one in each of the other scripts
    scripts = (objects, *(39 + more) * ["{}"])
    head = "<meta name=a content=b>" * (400 + 2 * more)
    head += "".join(f"<script type=application/ld+json>{each}</script>" for each in scripts)
    names = "<i itemprop='name author'>Ana Ruiz</i>" * (20 + 4 * more)
    (folder / "page.html").write_text(f"<html><head>{head}</head><h1>Walls</h1>{names}{PARAGRAPHS}</html>")
    arguments = ("extract", "page.html", "--url", "https://gazette.example/w", "--explain")
    said = [
        "2 of 402 meta tags",
        "1 of 41 scripts of JSON-LD",
        "3 of 3,003 objects of JSON-LD",
        "4 of 24 elements with itemprop author",
    ][: 4 * more]
    assert json.loads(run(folder, *arguments, "--json").stdout)["unread"] == said
    shown = [line for line in run(folder, *arguments).stdout.splitlines() if line.startswith("not read")]
    assert [line.removeprefix("not read").strip() for line in shown] == said
