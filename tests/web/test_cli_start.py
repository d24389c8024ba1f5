"""What a command loads: `--version` nearly nothing, `status` no engine of others and no page."""

import subprocess
import sys
from pathlib import Path

import pytest

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
    assert ours == {"web", "web.cli"}
    assert not modules & {"click", "rich", "pydantic", "numpy", "sqlite3", "dataclasses", "asyncio", "flask"}


@pytest.mark.parametrize("arguments", [["-q", "--version"], ["--version", "status"]])
def test_the_version_is_the_same_wherever_it_is_asked_for(arguments: list[str]) -> None:
    assert loaded(*arguments)[0] == loaded("--version")[0]


def test_status_loads_no_page_no_crawler_and_no_engine_of_others(data: Path) -> None:
    config = data.parent / "status.toml"
    config.write_text(f'data = "{data}"\n')
    first, modules = loaded("--config", str(config), "status")
    assert "articles" in first
    assert not modules & {"whoosh", "rapidfuzz", "flask", "jinja2", "httpx", "lxml", "rich", "crawler", "opensearchpy"}


def test_a_search_loads_no_page_and_no_api(data: Path) -> None:
    config = data.parent / "search.toml"
    config.write_text(f'data = "{data}"\n')
    _, modules = loaded("--config", str(config), "search", "flood")
    assert "indexer" in modules
    assert not modules & {"web.api", "web.app", "flask", "schemathesis"}
