"""What a command loads: `--version` nearly nothing, `status` no engine of others and no page."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawler.faultweb import serving

SHOW = """
import sys
from pressmark import main
sys.argv[1:] = {arguments!r}
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print(*{{name.partition(".")[0] for name in sys.modules}}, *sys.modules)
"""

WATCH = """
import gc
found = []
def look(phase, _):
    if "click" in sys.modules and not gc.get_freeze_count():
        found.append("looked-through-modules")
gc.callbacks.append(look)
"""


def run(config: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from pressmark import main; main()", "--config", str(config), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def loaded(*arguments: str) -> tuple[str, set[str]]:
    """Return what a command prints first, and the modules that it loads."""
    code = SHOW.format(arguments=list(arguments))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, *_, last = done.stdout.splitlines()
    return first, set(last.split())


def test_the_version_loads_neither_click_nor_anything_of_ours_but_the_command() -> None:
    first, modules = loaded("--version")
    assert first.startswith("pressmark ")
    ours = {name for name in modules if name.partition(".")[0] in ("corpus", "crawler", "indexer", "web")}
    assert ours == {"web", "web.cli", "corpus"}
    assert not modules & {
        "click",
        "rich",
        "pydantic",
        "numpy",
        "sqlite3",
        "dataclasses",
        "asyncio",
        "flask",
        "re",
        "pathlib",
    }


@pytest.mark.parametrize("arguments", [["-q", "--version"], ["--version", "status"]])
def test_the_version_is_the_same_wherever_it_is_asked_for(arguments: list[str]) -> None:
    assert loaded(*arguments)[0] == loaded("--version")[0]


HEAVY = {"whoosh", "rapidfuzz", "flask", "jinja2", "httpx", "lxml", "rich", "crawler", "opensearchpy", "numpy"}
HEAVY |= {"pydantic", "indexer.open", "indexer.columnar", "indexer.query", "indexer.searching", "importlib.metadata"}


@pytest.mark.parametrize("verb", [["status"], ["status", "--json"], []])
def test_status_loads_no_engine_no_page_and_no_check_of_a_configuration_that_is_checked(data: Path, verb: list[str]):
    config = data.parent / "status.toml"
    config.write_text(f'data = "{data}"\n[[source]]\nurl = "https://gazette.example/"\n')
    first, modules = loaded("--config", str(config), *verb)  # this may check the file
    again, modules = loaded("--config", str(config), *verb)
    assert again == first
    assert "articles" in first
    assert not modules & HEAVY


def test_a_mistake_in_a_configuration_that_was_checked_is_said_by_status(folder: Path):
    config = folder.parent / "config.toml"
    config.write_text(f'data = "{folder}"\n')
    assert run(config, "status").returncode == 0
    config.write_text(f'data = "{folder}"\n[crawler]\ndelay = "soon"\n')
    done = run(config, "status")
    assert done.returncode == 3
    assert 'delay: "soon" is no length of time' in done.stderr


def test_a_crawl_loads_no_templates_and_no_plugin_and_seeks_no_garbage_in_modules(tmp_path: Path, monkeypatch) -> None:
    about = tmp_path / "plug-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: plug\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[pydantic]\nplug = plug:plugin\n")
    (tmp_path / "plug.py").write_text("plugin = None\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.delenv("PYDANTIC_DISABLE_PLUGINS", raising=False)
    config = tmp_path / "config.toml"
    with serving({"/": "<p>The harbour has a new wall.</p>"}) as site:
        rules = f'contact = "desk@gazette.example"\nallow_addresses = ["127.88.0.0/16"]\nallow_ports = [{site.port}]\n'
        config.write_text(f'data = "data"\n[crawler]\ndelay = 0\n{rules}[[source]]\nurl = "{site.url}/"\n')
        code = (
            WATCH
            + SHOW.format(arguments=["--config", str(config), "crawl", "--no-index"])
            + "print(*found, gc.isenabled())"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert {"pydantic", "crawler.crawl"} <= modules
    assert not modules & {"plug", "jinja2", "flask", "lxml", "numpy"}
    assert "looked-through-modules" not in modules
    assert "True" in modules  # it looks for garbage once its modules are set aside


def test_a_search_loads_no_page_and_no_api(data: Path) -> None:
    config = data.parent / "search.toml"
    config.write_text(f'data = "{data}"\n')
    _, modules = loaded("--config", str(config), "search", "flood")
    assert "indexer" in modules
    assert not modules & {"web.api", "web.app", "flask", "schemathesis"}


def test_a_search_in_an_empty_archive_says_that_nothing_was_crawled_and_what_to_type(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[crawler]\ncontact = "desk@gazette.example"\n')
    assert "type `pressmark add URL` to name a site, then `pressmark crawl`" in run(config, "search", "flood").stderr
    config.write_text('source = ["https://gazette.example"]\n[crawler]\ncontact = "desk@gazette.example"\n')
    done = run(config, "search", "flood", "--json")
    assert (done.returncode, '"total": 0' in done.stdout) == (0, True)
    assert "note: Nothing was crawled yet: type `pressmark crawl`" in done.stderr
