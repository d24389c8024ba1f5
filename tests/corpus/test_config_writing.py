"""config.toml with a source more or less: all else in it stays, and nobody's change is written over."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from corpus.config.source_tables import with_feed, with_lines, with_setting, with_source, without_source
from corpus.config.writing import change_file, checksum
from corpus.errors import ConfigChanged, PressmarkError

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
TWO = """# mine
[crawler]
contact = "desk@gazette.example"

# the first
[[source]]
url = "https://a.example"
feeds = [
  "https://a.example/feed",  # ours
]
[source.selectors]
body = '''
[not a table]
'''

# the second
[[source]]
url = "https://b.example"
name = "b"

[web]
port = 8000
"""


def parsed(text: str) -> dict[str, object]:
    return tomllib.loads(text)


@pytest.mark.parametrize(("name", "left"), [("a.example", ["https://b.example"]), ("b", ["https://a.example"])])
def test_a_source_is_taken_out_with_its_tables_and_no_comment_of_the_next(name: str, left: list[str]):
    found = without_source(TWO, name)
    assert found
    text, lines = found
    assert [each["url"] for each in parsed(text)["source"]] == left  # type: ignore[attr-defined]
    assert parsed(text)["web"] == {"port": 8000}
    assert all(words in text for words in ("# mine", "# the first", "# the second"))
    assert parsed(with_lines(text, lines))["web"] == {"port": 8000}
    assert len(parsed(with_lines(text, lines))["source"]) == 2  # type: ignore[arg-type]


def test_of_a_name_that_is_not_there_nothing_is_taken_out():
    assert without_source(TWO, "c") is None
    assert without_source("", "c") is None
    assert without_source('source = "https://a.example"\n', "b") is None


@pytest.mark.parametrize(
    "text",
    ['source = ["https://a.example", "https://b.example"]\n', 'source = [{url = "https://a.example"}]\n'],
)
def test_a_form_that_is_not_changed_from_here_is_refused_in_words(text: str):
    with pytest.raises(PressmarkError, match="take it out by hand"):
        without_source(text, "a.example")


@pytest.mark.parametrize(
    "text",
    [
        'source = "https://a.example"  # ours\n\n[web]\nport = 8000\n',
        'source = { url = "https://a.example", feeds = [] }  # ours\ndata = "d"\n',
        '[source]  # ours\nurl = "https://a.example"\n[source.selectors]\nbody = "p"\n[web]\nport = 8000\n',
    ],
)
def test_beside_a_source_that_is_no_list_others_are_written(text: str):
    before = parsed(text)
    for given in ({"name": None}, {"name": "b", "feeds": ["https://b.example/feed"]}):
        found = with_source(text, "https://b.example", **given)
        after: dict[str, Any] = parsed(found)
        stays, added = after.pop("source")
        assert [stays, after] == [before["source"], {key: each for key, each in before.items() if key != "source"}]
        assert "https://b.example" in (added, added["url"] if isinstance(added, dict) else "")
        assert "# ours" in found
    assert "# ours" in (with_feed(text, "a.example", "https://a.example/feed") or "")
    assert "# ours" in with_setting(text, "a.example", ("day_first",), True)[0]
    with pytest.raises(PressmarkError, match="take it out by hand"):
        without_source(text, "a.example")
    with pytest.raises(PressmarkError, match=r"write \[\[source\]\]"):
        with_source('source.url = "https://a.example"\n', "https://b.example", None)


def test_a_header_within_a_text_is_no_header():
    text = '[[source]]\nurl = "https://a.example"\ntitle = """\n[[source]]\nurl"""\n[[source]]\nurl = "https://b.example"\n'
    with pytest.raises(PressmarkError, match="by hand"):
        without_source(text, "a.example")


def test_a_feed_joins_its_source_once():
    text = with_feed(TWO, "b", "https://b.example/feed")
    assert text
    assert parsed(text)["source"][1]["feeds"] == ["https://b.example/feed"]
    assert with_feed(text, "b", "https://b.example/feed") is None
    assert with_feed(text, "c", "https://b.example/feed") is None


def test_line_ends_and_permissions_stay_and_a_copy_is_made(tmp_path: Path):
    file = tmp_path / "config.toml"
    file.write_bytes(TWO.replace("\n", "\r\n").encode())
    file.chmod(0o640)
    before = file.read_bytes()
    copy = change_file(file, lambda text: with_source(text, "https://c.example", None), backup=NOW)
    assert copy
    assert copy.read_bytes() == before
    assert b"\n" not in file.read_bytes().replace(b"\r\n", b"")
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_link_leads_to_the_file_that_is_written(tmp_path: Path):
    file, link = tmp_path / "real.toml", tmp_path / "config.toml"
    file.write_text(TWO)
    link.symlink_to(file)
    change_file(link, lambda text: with_source(text, "https://c.example", None))
    assert link.is_symlink()
    assert "c.example" in file.read_text()


def test_a_file_that_somebody_changed_is_not_written_over(tmp_path: Path):
    file = tmp_path / "config.toml"
    file.write_text(TWO)
    seen = checksum(file)
    file.write_text(TWO + "# more\n")
    with pytest.raises(ConfigChanged, match="changed meanwhile"):
        change_file(file, lambda text: text + "# ours\n", expected=seen, backup=NOW)
    assert file.read_text() == TWO + "# more\n"
    assert list(tmp_path.glob("*.bak")) == []


@pytest.mark.parametrize("text", ["no TOML [", "[crawler]\ndealy = 2\n"])
def test_what_would_not_be_valid_is_not_written(tmp_path: Path, text: str):
    file = tmp_path / "config.toml"
    file.write_text(TWO)
    with pytest.raises(PressmarkError, match=r"config\.toml would not be valid, and is left as it is"):
        change_file(file, lambda _: text, backup=NOW)
    assert file.read_text() == TWO
    assert {each.name for each in tmp_path.iterdir()} == {"config.toml", ".config.lock"}


def test_a_file_that_is_not_there_is_made(tmp_path: Path):
    file = tmp_path / "config.toml"
    assert checksum(file) == ""
    assert change_file(file, lambda text: with_source(text, "https://c.example", None), backup=NOW) is None
    assert parsed(file.read_text()) == {"source": [{"url": "https://c.example"}]}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TWO, "a.example"),
        (TWO, "b"),
        ('[[source]]\nurl = "https://a.example"', "a.example"),
        ('[[source]]\ntitle = """\nurl = no\n"""\nurl = "https://a.example"\n', "a.example"),
        ('[[source]]\nurl = "https://a.example"\nselectors.headline = "h1"\n', "a.example"),
        ('[[source]]\nurl = "https://a.example"\n[source.selectors]  # ours\nsection = "b"  # mine\n', "a.example"),
        ('[source]\nurl = "https://a.example"\n', "a.example"),
        ('source = {url = "https://a.example"}\n', "a.example"),
    ],
)
@pytest.mark.parametrize(("keys", "value"), [(("selectors", "section"), 'p[a="é"] > b'), (("day_first",), False)])
def test_a_setting_of_a_source_is_written_and_put_back(text: str, name: str, keys: tuple[str, ...], value: object):
    found, was = with_setting(text, name, keys, value)
    again, now = with_setting(found, name, keys, was)
    assert (now, parsed(again)) == (value, parsed(text))
    assert [line for line in text.splitlines() if "#" in line and "mine" not in line] == [
        line for line in found.splitlines() if "#" in line and "mine" not in line
    ]
    assert parsed(found) != parsed(text)


@pytest.mark.parametrize(
    "text", ['source = "https://a.example"\n', 'source = ["https://b.example", "https://a.example"]\n']
)
def test_a_source_that_is_an_address_alone_becomes_a_table_with_the_setting(text: str):
    found, was = with_setting(text, "a.example", ("selectors", "byline"), ".by")
    assert was is None
    sources = parsed(found)["source"]
    last = sources[-1] if isinstance(sources, list) else sources
    assert last == {"url": "https://a.example", "selectors": {"byline": ".by"}}


def test_a_setting_of_a_source_that_is_not_there_is_refused():
    with pytest.raises(PressmarkError, match="it is not in the file"):
        with_setting(TWO, "c", ("day_first",), True)
    with pytest.raises(PressmarkError, match="it is not in the file"):
        with_setting("", "c", ("day_first",), True)
