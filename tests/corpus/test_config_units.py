from datetime import timedelta

import pytest

from corpus.config import load, units
from corpus.errors import ConfigError


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        (0, 0),
        (2.5, 2.5),
        ("3", 3),
        ("500 ms", 0.5),
        ("90s", 90),
        ("5 m", 300),
        ("5 min", 300),
        ("1.5 h", 5400),
        ("2 D", 172_800),
        ("2 w", 1_209_600),
    ],
)
def test_lengths_of_time_are_seconds_or_have_a_unit(given: object, seconds: float):
    assert units.length(given) == timedelta(seconds=seconds)


@pytest.mark.parametrize("given", ["", "soon", "-1 s", -1, True, None, [], "1 q", float("nan"), float("inf"), "9" * 30])
def test_what_is_no_length_of_time_is_told(given: object):
    with pytest.raises(ValueError, match="is no length of time: expected seconds such as"):
        units.length(given)


@pytest.mark.parametrize(
    "text", ["0", "1", "2.5", "60", '"5 m"', '"6 h"', '"30 d"', '"2 w"', "90", '"500 ms"', '"36500 d"']
)
def test_a_length_is_written_so_that_it_reads_the_same(text: str):
    value = units.length(text.strip('"'))
    assert units.length(units.written_length(value)) == value


@pytest.mark.parametrize(
    ("given", "bytes"),
    [(1, 1), ("12", 12), ("500 kB", 500_000), ("5 MB", 5_000_000), ("1.5GiB", 1_610_612_736), ("2m", 2_000_000)],
)
def test_sizes_are_bytes_or_have_a_unit(given: object, bytes: int):
    assert units.size(given) == bytes
    assert units.size(units.written_size(bytes)) == bytes


@pytest.mark.parametrize("given", ["", "big", 0, -1, True, 1.5, "5 TB", "0 MB", 2**60])
def test_what_is_no_size_is_told(given: object):
    with pytest.raises(ValueError, match="is no size: expected bytes such as"):
        units.size(given)


@pytest.mark.parametrize(
    "given", ["a b@c.example", "a@b.example\r\nX: y", "(x)", "https://u:p@a.example", "javascript:x"]
)
def test_a_contact_cannot_smuggle_anything_into_a_header(given: str):
    with pytest.raises(ValueError, match="is no contact"):
        units.contact(given)


@pytest.mark.parametrize("given", ["../etc/passwd", "Europe", "", 3, "UTC\0"])
def test_what_is_no_time_zone_is_told(given: object):
    with pytest.raises(ValueError, match="is no time zone"):
        units.zone(given)


def test_a_time_to_keep_that_is_too_short_is_named_with_its_line_and_each_of_them(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('[keep]\ncaptures = "7 d"\nvisits = "29 d"\nruns = "30 d"\n')
    with pytest.raises(ConfigError) as caught:
        load(file, environ={})
    assert [(each.line, each.key) for each in caught.value.problems] == [(2, "keep.captures"), (3, "keep.visits")]
