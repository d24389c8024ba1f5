"""`pressmark extract` of plain texts: read as `pressmark import` reads them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli.group import pressmark

STORY = "The council voted on the harbour walls last night, and the fishers were not there."
TEXT = f"Walls at last\n\nBy Ana Pérez\n\n{STORY}\n\n{STORY.replace('night', 'week')}\n"


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(pressmark, ["-C", str(folder), *arguments])


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
