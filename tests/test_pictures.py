"""The pictures of the pages: each is there, light and dark, and all of them are light to carry."""

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"


def test_every_picture_that_is_shown_is_there_and_no_other():
    shown = set(re.findall(r"\]\(pictures/([^)]+)\)", (DOCS / "pictures.md").read_text(encoding="utf-8")))
    assert shown == {path.name for path in (DOCS / "pictures").iterdir()}
    assert {each.replace("-dark.", "-light.") for each in shown} == {each for each in shown if "-light." in each}
    assert len(shown) > 80


def test_all_pictures_together_stay_small():
    assert sum(path.stat().st_size for path in (DOCS / "pictures").iterdir()) < 3_000_000
