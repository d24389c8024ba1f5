"""A tired page and the text copied off it: a trailing dash, a misspelled caption, related posts, no date."""

import json
from html import escape
from pathlib import Path

import pytest

from tests.web.commands import run
from web.demo import stories

STORY = next(story for story in stories.of_site("ledger") if story.language == "en" and len(story.body()) > 8)
HEADLINE = "Lock keepers and skippers meet, and part, over the new weir"
PARTS = (HEADLINE, "By Nayana Keluskar-", "Nayana Kelusakr", *STORY.body(), "Related posts")


def typed(folder: Path, *arguments: str) -> str:
    shown = run(folder, "-q", *arguments)
    assert shown.exit_code == 0, shown.output
    return shown.stdout


def as_text(folder: Path) -> str:
    (folder / "article.txt").write_text("\n\n".join(PARTS))
    return "article.txt"


def as_page(folder: Path) -> str:
    paragraphs = "\n".join(f"<p>{escape(part)}</p>" for part in PARTS[1:-1])
    (folder / "article.html").write_text(
        f"<html><head><title>{HEADLINE} - South Desk</title></head><body><div id=top><a href=/>South Desk</a>"
        f" <a href=/world/>World</a></div><h1>{HEADLINE}</h1><div class=entry>{paragraphs}<h3>{PARTS[-1]}</h3>"
        "<ul><li><a href=/a>Ferry office changes hands again</a></li></ul></div>"
        "<div>Copyright South Desk</div></body></html>"
    )
    return "article.html"


@pytest.mark.parametrize("made", [as_text, as_page])
def test_a_page_of_these_faults_gives_its_story_and_nothing_else(tmp_path: Path, made) -> None:
    (tmp_path / "config.toml").touch()
    typed(tmp_path, "import", made(tmp_path))
    (exported,) = map(json.loads, typed(tmp_path, "export").splitlines())
    assert exported["headline"] == HEADLINE
    assert exported["authors"] == ["Nayana Keluskar"]
    assert exported["published"] is None
    assert exported["text"].split() == " ".join(STORY.body()).split()
    assert json.loads(typed(tmp_path, "search", 'author:"nayana keluskar"', "--json"))["total"] == 1
