"""The store counts what it inserts, whatever the letters of the user's locale are."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LOCALES = Path("/usr/share/i18n/locales")
ADDED = """
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from corpus.via import Via
from corpus.model import Discovered, UrlKind
from corpus.store import ArticleStore
with closing(ArticleStore.open(Path(sys.argv[1]))) as store:
    found = [Discovered(url=f"https://news.example/{n}", kind=UrlKind.ARTICLE, via=Via.FEED) for n in range(3)]
    print(store.frontier.add(found, "news.example", datetime(2026, 3, 1, tzinfo=UTC)))
"""


@pytest.mark.parametrize(("name", "charset"), [("tr_TR", "UTF-8"), ("tr_TR", "ISO-8859-9"), ("az_AZ", "UTF-8")])
def test_what_is_added_is_counted_where_the_capital_of_i_is_no_i(tmp_path: Path, name: str, charset: str) -> None:
    if not shutil.which("localedef") or not (LOCALES / name).exists():
        pytest.skip(f"this system cannot make the locale {name}")
    made = tmp_path / f"{name}.{charset}"
    subprocess.run(["localedef", "-c", "-i", name, "-f", charset, "--no-archive", made], capture_output=True)
    environment = {"LC_ALL": made.name, "LOCPATH": str(tmp_path), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-c", ADDED, str(tmp_path / "store.sqlite")]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert run.stdout == "3\n"
