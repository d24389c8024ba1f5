"""The bounds that docs/about/bounds.md names are those of the code."""

import re
from importlib import import_module
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "about" / "bounds.md"
ROW = re.compile(
    r"^\| (?P<what>[^|]+) \| (?P<most>[\d,]+) \| `(?P<module>[\w.]+)\.(?P<name>[A-Z_]+)` \| [^|]{5,} \|$", re.M
)


def test_each_bound_of_the_page_is_the_number_of_the_code():
    page = PAGE.read_text(encoding="utf-8")
    rows = [*ROW.finditer(page)]
    assert len(rows) == page.count("\n| ") - page.count("\n| what |") >= 25  # no row has another form
    wrong = {
        row["what"]: found
        for row in rows
        if (found := getattr(import_module(row["module"]), row["name"])) != int(row["most"].replace(",", ""))
    }
    assert not wrong
