"""`pressmark users` and `pressmark tokens`, and the door that `serve` does not leave open."""

import json
from pathlib import Path

import pytest

from corpus.errors import ExitCode, PressmarkError
from corpus.passwords import is_password
from corpus.store import ArticleStore
from tests.web.commands import run
from tests.web.corpus import config
from web.cli.serve import refuse_open_doors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").touch()
    return tmp_path


def test_people_are_added_changed_locked_out_and_forgotten(folder: Path):
    added = run(folder, "users", "add", "Ana", "--role", "editor", "--password-file", "-", typed="a long password\n")
    assert (added.exit_code, added.stdout) == (0, "")
    assert 'accounts = "password"' in added.stderr
    for change in (("role", "ana", "admin"), ("disable", "ANA")):
        assert run(folder, "users", *change).exit_code == 0
    row = json.loads(run(folder, "users", "list", "--json").stdout)[0]
    assert (row["name"], row["role"], row["disabled"] is None, row["password"]) == ("Ana", "admin", False, True)
    assert run(folder, "users", "enable", "ana").exit_code == 0
    assert "\nAna\tadmin\t" in run(folder, "users", "list").stdout
    changed = run(folder, "users", "password", "Ana", "--password-file", "-", typed="another password\r\n")
    assert changed.exit_code == 0
    with ArticleStore.open(folder / "data" / "pressmark.sqlite") as store:
        assert is_password("another password", store.users.get("ana").password)
    refused = run(folder, "users", "remove", "Ana")  # nobody is there to be asked
    assert (refused.exit_code, "no terminal" in refused.stderr, "--yes" in refused.stderr) == (2, True, True)
    assert "Ana" in run(folder, "users", "list").stdout
    assert run(folder, "users", "remove", "Ana", "--yes").exit_code == 0
    assert run(folder, "users", "list", "--json").stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "typed", "code", "words"),
    [
        (("add", "Ana", "--password-file", "-"), "short\n", 1, "10 to 200 characters; this one has 5"),
        (("add", "Ana", "--password-file", "-"), "", 1, "this one has 0"),
        (("add", "Ana"), "", 1, "--password-file - reads it from stdin"),
        (("add", " ", "--no-password"), "", 1, "cannot be a name"),
        (("add", "a\x1b[2J", "--no-password"), "", 1, "cannot be a name"),
        (("add", "a" * 61, "--no-password"), "", 1, "1 to 60 printable characters"),
        (("add", "Ana", "--role", "king", "--no-password"), "", 2, "'reader', 'editor', 'admin'"),
        (("role", "Bo", "admin"), "", 4, "nobody is called 'Bo'"),
        (("password", "Bo", "--password-file", "-"), "a long password", 4, "nobody is called 'Bo'"),
        (("disable", "Bo"), "", 4, "nobody is called 'Bo'"),
        (("remove", "Bo"), "", 4, "nobody is called 'Bo'"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    folder: Path, arguments: tuple[str, ...], typed: str, code: int, words: str
):
    refused = run(folder, "users", *arguments, typed=typed)
    assert refused.exit_code == code
    assert words in refused.stderr
    assert "\x1b" not in refused.stderr


def test_a_name_is_added_once(folder: Path):
    assert run(folder, "users", "add", "Ana", "--no-password").exit_code == 0
    assert "is there already" in run(folder, "users", "add", "ANA", "--no-password").stderr


def test_a_token_is_printed_once_and_revoked(folder: Path):
    run(folder, "users", "add", "Ana", "--no-password")
    made = run(folder, "tokens", "add", "ana", "--for", "feed reader", "--scope", "write")
    secret = made.stdout.strip()
    assert secret.startswith("pressmark_")
    listed = run(folder, "tokens", "list")
    assert secret not in listed.stdout
    assert "\n1\tAna\tfeed reader\twrite\t" in listed.stdout
    assert run(folder, "tokens", "revoke", "1").exit_code == 0
    assert run(folder, "tokens", "revoke", "1").exit_code == ExitCode.NOTHING
    assert run(folder, "tokens", "add", "Bo", "--for", "x").exit_code == ExitCode.NOTHING


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "archive.example"])
def test_the_pages_are_not_served_to_others_without_accounts(tmp_path: Path, host: str):
    with pytest.raises(PressmarkError, match="nobody would have to sign in"):
        refuse_open_doors(config(tmp_path), host)
    refuse_open_doors(config(tmp_path, web={"public": True}), host)
    refuse_open_doors(config(tmp_path, web={"accounts": "password"}), host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.5", "::1", "localhost"])
def test_this_machine_alone_needs_no_accounts(tmp_path: Path, host: str):
    refuse_open_doors(config(tmp_path), host)


def test_serve_says_what_to_do_about_an_open_door(folder: Path):
    refused = run(folder, "serve", "--no-scheduler", "--host", "0.0.0.0", "--port", "0")
    assert refused.exit_code == 1
    assert 'accounts = "password"' in refused.stderr
