"""A cluster behind TLS that asks who we are: settings by file and environment, and what is said when one is wrong."""

import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner, Result

from tests.crawler.proxies import authority, certified
from tests.opensearch.secured import secured
from tests.opensearch.trial import opensearch_node  # noqa: F401  a fixture
from web.cli.group import pressmark

USER, PASSWORD, KEY = "crawler", "correct horse", b64encode(b"id:battery-staple").decode()
BASIC = f"Basic {b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}"
PREFIX = "secured"
pytestmark = pytest.mark.soak  # tests of indexer/opensearch_engine/cluster.py see the same words, with answers of ours


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, opensearch_node: str) -> Iterator[Path]:  # noqa: F811  the fixture
    """A folder whose cluster wants TLS, and a password or a key; its articles are not indexed yet."""
    folder = tmp_path_factory.mktemp("secured")
    authority(folder)
    (folder / "password").write_text(f"{PASSWORD}\n")
    (folder / "key").write_text(f"{KEY}\n")
    (folder / "articles.jsonl").write_text(
        json.dumps({"url": "https://gazette.example/a", "title": "A flood", "text": "The river rose at noon."}) + "\n"
    )
    with secured(opensearch_node, certified(folder, "127.0.0.1"), {BASIC, f"ApiKey {KEY}"}) as url:
        given = {"engine": "opensearch", "hosts": [url], "replicas": 0, "prefix": PREFIX, "timeout": 3}
        lines = [f"{name} = {json.dumps(value)}\n" for name, value in given.items()]
        (folder / "config.toml").write_text("[indexer]\n" + "".join(lines))
        yield folder
    with urlopen(Request(f"{opensearch_node}/{PREFIX}-*", method="DELETE"), timeout=30) as answer:
        answer.read()


def run(folder: Path, *arguments: str, **given: str) -> Result:
    settings = {"CA": str(folder / "authority.pem"), **given}
    env = {f"PRESSMARK__INDEXER__{name}": value for name, value in settings.items() if value}
    return CliRunner(env=env).invoke(pressmark, ["-C", str(folder), *arguments])


def test_a_password_of_a_file_opens_the_cluster_and_so_does_a_key(folder: Path) -> None:
    by_password = {"USER": USER, "PASSWORD_FILE": str(folder / "password")}
    assert run(folder, "import", str(folder / "articles.jsonl"), **by_password).exit_code == 0
    assert run(folder, "index", **by_password).exit_code == 0
    for given in (by_password, {"API_KEY_FILE": str(folder / "key")}):
        done = run(folder, "search", "flood", "--json", **given)
        assert json.loads(done.stdout)["total"] == 1
        assert "up to date" in run(folder, "doctor", **given).output


def test_a_wrong_password_is_said_with_the_user_and_never_quoted(folder: Path) -> None:
    given = {"USER": USER, "PASSWORD": "hunter2"}
    for verb in (("search", "flood"), ("index",), ("index", "verify"), ("doctor",)):
        done = run(folder, *verb, **given)
        assert done.exit_code != 0
        assert f'user "{USER}" with its password is refused' in done.output
        assert "hunter2" not in done.output


def test_a_wrong_key_is_said_and_never_quoted(folder: Path) -> None:
    done = run(folder, "search", "flood", API_KEY="c3RyYW5nZXI=")
    assert "the API key is refused" in done.output
    assert "c3RyYW5nZXI=" not in done.output


def test_a_certificate_of_an_unknown_authority_is_not_believed(folder: Path) -> None:
    done = run(folder, "search", "flood", USER=USER, PASSWORD=PASSWORD, CA="")
    assert done.exit_code != 0
    assert "its certificate is not trusted: name the one it is signed by as ca" in done.output
