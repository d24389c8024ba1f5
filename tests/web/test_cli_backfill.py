"""`pressmark crawl NAME --backfill DAY..` walks a source's lists back to a day."""

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import PressmarkError
from tests.crawler.faultweb import serving
from tests.crawler.linkedweb import STYLES, site_of
from tests.web.commands import run
from web.cli.backfill import read_days


@pytest.mark.parametrize(
    ("text", "day", "last"),
    [("2020..", date(2020, 1, 1), None), ("2020", date(2020, 1, 1), None),
     ("2023-6..", date(2023, 6, 1), None), ("2023-06-15", date(2023, 6, 15), None),
     ("2019..2021", date(2019, 1, 1), date(2021, 12, 31)), ("2024..2024-2", date(2024, 1, 1), date(2024, 2, 29)),
     ("2019-05-04..2019-05-04", date(2019, 5, 4), date(2019, 5, 4))],
)  # fmt: skip
def test_days_are_read_as_they_are_typed(text: str, day: date, last: date | None) -> None:
    assert read_days(text) == (day, last)


@pytest.mark.parametrize(
    "text", ["", "..", "last year", "2020-13", "2020..2022-13", "..2020", "2020...", "2020..x", "0000..", "٢٠٢٠.."]
)
def test_what_is_no_day_to_go_back_to_is_refused(text: str) -> None:
    with pytest.raises(PressmarkError, match="expected a day to go back to"):
        read_days(text)


def test_days_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(PressmarkError, match="ends before it begins"):
        read_days("2021..2019")


def test_the_receipt_says_what_was_not_walked_and_the_option_walks_it(tmp_path: Path) -> None:
    routes, stories = site_of(STYLES["dated"], 45, per_page=3)
    with serving(routes) as site:
        (tmp_path / "config.toml").write_text(
            f'[crawler]\ncontact = "desk@gazette.example"\ndelay = 0\nallow_addresses = ["127.88.0.0/16"]\n'
            f'[[source]]\nname = "mirror"\nurl = "{site.url}/"\nbackfill = 1\n'
        )
        first = run(tmp_path, "crawl", "--no-index")
        assert "older pages of mirror were not read: `pressmark crawl 'mirror' --backfill 2020..`" in first.stderr
        second = run(tmp_path, "crawl", "mirror", "--backfill", "2020..", "--no-index")
    assert second.exit_code == 0, second.stderr
    assert "mirror: its lists are walked back to 2020-01-01; 3 older pages due now" in second.stderr
    assert "were not read" not in second.stderr
    exported = run(tmp_path, "export").stdout.splitlines()
    assert len(exported) == len(stories)


def test_what_is_newer_than_the_last_day_waits_and_the_receipt_says_so(tmp_path: Path) -> None:
    routes, _ = site_of(STYLES["month-name"], 90, index="days")
    with serving(routes) as site:
        (tmp_path / "config.toml").write_text(
            f'[crawler]\ncontact = "desk@gazette.example"\ndelay = 0\nallow_addresses = ["127.88.0.0/16"]\n'
            f'[[source]]\nname = "mirror"\nurl = "{site.url}/"\nbackfill = 0\n'
        )
        run(tmp_path, "crawl", "--no-index")
        shown = run(tmp_path, "crawl", "mirror", "--backfill", "2024-01..2024-01", "--no-index")
    assert "not asked for, as newer than 2024-01-31: 2 pages so far" in shown.stderr
    days = run(tmp_path, "export").stdout
    assert "/2024/jan/20/" in days
    assert "/2024/feb/15/" not in days
    page = run(tmp_path, "sources", "mirror")
    assert "its lists are walked back to 2024-01-01; what is newer than 2024-01-31 waits" in page.stdout


def test_a_source_must_be_named_and_known(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[[source]]\nname = "mirror"\nurl = "https://mirror.example/"\n')
    assert "expected the name of a source" in run(tmp_path, "crawl", "--backfill", "2020..").stderr
    unknown = run(tmp_path, "crawl", "miror", "--backfill", "2020..")
    assert unknown.exit_code == 4
    assert "there are: mirror" in unknown.stderr
