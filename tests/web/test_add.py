"""`pressmark add` looks at a site and appends it to config.toml; all else in the file stays as it is."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli.add import append_source
from web.cli.group import pressmark
from web.demo.server import DemoWeb
from web.demo.sites import COAST, HERALD


@pytest.fixture(scope="module")
def web() -> Iterator[DemoWeb]:
    with DemoWeb() as sites:
        yield sites


@pytest.fixture
def folder(tmp_path: Path, web: DemoWeb) -> Path:
    (tmp_path / "config.toml").write_text(
        "# mine\n[crawler]\n"
        'contact = "desk@gazette.example"  # ours\n'
        f'delay = 0\nallow_addresses = ["127.77.0.0/16"]\nallow_ports = [{web.port}]\n'
    )
    return tmp_path


def add(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(pressmark, ["-C", str(folder), "add", *arguments])


def test_a_site_is_shown_and_appended(folder: Path, web: DemoWeb) -> None:
    shown = add(folder, web.origin(COAST), "--yes")
    assert shown.exit_code == 0
    assert "atom.xml: 30 articles" in shown.stdout
    assert shown.stdout.count("article\t") == 3
    text = (folder / "config.toml").read_text()
    assert "# mine" in text
    assert "# ours" in text
    assert tomllib.loads(text)["source"] == [{"url": web.origin(COAST)}]


def test_a_second_one_stands_after_the_first(folder: Path, web: DemoWeb) -> None:
    assert add(folder, web.origin(COAST), "--yes").exit_code == 0
    assert add(folder, web.origin(HERALD), "--yes", "--name", "herald").exit_code == 0
    sources = tomllib.loads((folder / "config.toml").read_text())["source"]
    assert sources == [{"url": web.origin(COAST)}, {"name": "herald", "url": web.origin(HERALD)}]
    assert add(folder, web.origin(HERALD), "--yes").exit_code == 1


def test_a_dry_run_adds_nothing(folder: Path, web: DemoWeb) -> None:
    before = (folder / "config.toml").read_text()
    assert add(folder, web.origin(COAST), "--dry-run").exit_code == 0
    assert (folder / "config.toml").read_text() == before


def test_a_no_adds_nothing(folder: Path, web: DemoWeb) -> None:
    before = (folder / "config.toml").read_text()
    answered = CliRunner().invoke(pressmark, ["-C", str(folder), "add", web.origin(COAST)], input="n\n")
    assert answered.exit_code == 1
    assert (folder / "config.toml").read_text() == before


def test_a_site_that_does_not_answer_is_told_and_not_added(folder: Path, web: DemoWeb) -> None:
    shown = add(folder, f"http://127.77.0.9:{web.port}", "--yes")
    assert shown.exit_code == 1
    assert shown.stderr.startswith(f"error: http://127.77.0.9:{web.port}")
    assert "source" not in (folder / "config.toml").read_text()


@pytest.mark.parametrize("address", ["", "not an address", "gopher://old.example"])
def test_what_is_no_address_is_told(folder: Path, address: str) -> None:
    shown = add(folder, address)
    assert shown.exit_code == 1
    assert "expected an address" in shown.stderr


def test_a_list_of_addresses_stays_a_list(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('source = ["https://a.example"]  # the first\n\n[web]\nport = 8000\n')
    append_source(file, "https://b.example", None)
    append_source(file, "https://c.example", "c")
    told = tomllib.loads(file.read_text())
    assert told["source"] == ["https://a.example", "https://b.example", {"name": "c", "url": "https://c.example"}]
    assert "# the first" in file.read_text()
