"""The outline of a file that passed the check is that of its configuration, and no other file has one."""

import os
from pathlib import Path

import pytest

from corpus.config import example, load
from corpus.outline.config_file import find
from corpus.outline.reading import CHECKED, Outline, read_outline, remember_checked

SOURCES = """
[crawler]
contact = "desk@gazette.example"
[schedule]
crawl = "daily 05:10"
[[source]]
url = "https://Gazette.example:443/news/"
[[source]]
url = "https://coast.example/"
name = "Coast Post"
schedule = "every 30m"
"""


def outline_of(folder: Path, **environ: str) -> Outline | None:
    known = {"HOME": str(folder), **environ}
    return read_outline(find(None, cwd=folder, environ=known), known)


def checked(folder: Path, text: str) -> Path:
    """A folder with a configuration that passed the check."""
    (folder / "config.toml").write_text(text)
    (folder / "data").mkdir(exist_ok=True)
    remember_checked(folder / "data", text.encode())
    return folder


@pytest.mark.parametrize(
    "text",
    [
        "",
        SOURCES,
        example(),
        'source = "https://gazette.example/"',
        'source = ["https://gazette.example/", "https://coast.example/a"]',
        'timezone = "Asia/Kolkata"\nsource = { url = "https://b\u00fccher.example" }',
        '\ufeffschedule = { crawl = "never" }\r\n',
        '[indexer]\nengine = "opensearch"\nstores = "all"\nhosts = ["https://search.example:9200"]\n',
    ],
)
def test_the_outline_of_a_checked_file_is_that_of_its_configuration(tmp_path: Path, text: str):
    checked(tmp_path, text)
    environ = {"HOME": str(tmp_path)}
    assert outline_of(tmp_path) == load(cwd=tmp_path, environ=environ).outline


@pytest.mark.parametrize("data", ["archive", "../beside", "/srv/press", "~/press"])
def test_data_stands_where_the_configuration_has_it(tmp_path: Path, data: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "config.toml").write_text(f'data = "{data}"\n')
    config = load(cwd=folder, environ=os.environ)
    if not config.data.is_relative_to(tmp_path):  # another's: nothing is remembered, and nothing is read
        assert outline_of(folder) is None
        return
    config.data.mkdir(parents=True)
    remember_checked(config.data, (folder / "config.toml").read_bytes())
    assert outline_of(folder) == config.outline


def test_without_a_file_the_defaults_hold(tmp_path: Path):
    assert outline_of(tmp_path) == load(cwd=tmp_path, environ={"HOME": str(tmp_path)}).outline


def test_a_file_that_nobody_checked_has_none(tmp_path: Path):
    (tmp_path / "config.toml").write_text(SOURCES)
    assert outline_of(tmp_path) is None


def test_a_change_of_one_byte_is_checked_again(tmp_path: Path):
    checked(tmp_path, SOURCES)
    (tmp_path / "config.toml").write_text(SOURCES + "#")
    assert outline_of(tmp_path) is None


def test_variables_that_set_something_are_checked_each_time(tmp_path: Path):
    checked(tmp_path, SOURCES)
    assert outline_of(tmp_path, PRESSMARK__TIMEZONE="Europe/Paris") is None
    assert outline_of(tmp_path, PORT="80") is None


def test_a_file_with_rule_files_is_checked_each_time(tmp_path: Path):
    (tmp_path / "rules").mkdir()
    assert outline_of(checked(tmp_path, '[crawler]\nsite_rules = "rules"\n')) is None


@pytest.mark.parametrize(
    "text", ["[", "source = 1", "crawler = 2", 'timezone = "Mars/Olympus"', "[[source]]", "data = 3"]
)
def test_a_file_with_a_mistake_has_none_even_when_it_seems_checked(tmp_path: Path, text: str):
    assert outline_of(checked(tmp_path, text)) is None


def test_nothing_is_written_through_a_link_nor_read_from_a_pipe(tmp_path: Path):
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / CHECKED).symlink_to(tmp_path / "mine")
    checked(tmp_path, SOURCES)
    assert (tmp_path / "mine").read_text() == "mine"
    assert outline_of(tmp_path) is not None
    (tmp_path / "data" / CHECKED).unlink()
    os.mkfifo(tmp_path / "data" / CHECKED)
    assert outline_of(tmp_path) is None
