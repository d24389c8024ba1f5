import errno
import os
from pathlib import Path

import pytest

from corpus.config import find, load
from corpus.errors import ConfigError
from corpus.outline.config_file import ConfigChoice
from corpus.outline.reading import MAX_BYTES, read_bytes, read_outline


def put(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def told(**environ: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        load(cwd=Path("/"), environ=environ)
    return [str(problem) for problem in raised.value.problems]


def test_the_nearest_file_above_is_used_up_to_the_repository(tmp_path: Path):
    put(tmp_path / "config.toml")
    project = put(tmp_path / "project" / "config.toml")
    inner = tmp_path / "project" / "a" / "b"
    inner.mkdir(parents=True)
    assert find(None, cwd=inner, environ={"HOME": "/nowhere"}).path == project
    (tmp_path / "project" / "a" / ".git").mkdir()
    assert find(None, cwd=inner, environ={"HOME": "/nowhere"}).path is None


def test_a_flag_comes_before_the_variable_and_the_variable_before_this_folder(tmp_path: Path):
    here, other, third = (put(tmp_path / name / "config.toml") for name in ("a", "b", "c"))
    environ = {"PRESSMARK_CONFIG": str(other)}
    assert find(None, cwd=here.parent, environ={}).path == here
    assert find(None, cwd=here.parent, environ=environ).path == other
    assert find(Path("../c/config.toml"), cwd=here.parent, environ=environ).path == here.parent / "../c/config.toml"
    assert third.exists()


def test_the_corpus_stands_beside_the_file_or_else_in_the_users_data_home(tmp_path: Path):
    environ = {"HOME": str(tmp_path / "home"), "XDG_DATA_HOME": str(tmp_path / "share")}
    assert load(cwd=tmp_path, environ=environ).store == tmp_path / "share" / "pressmark" / "pressmark.sqlite"
    put(tmp_path / "home" / ".config" / "pressmark" / "config.toml")
    assert load(cwd=tmp_path, environ=environ).data == tmp_path / "share" / "pressmark"
    put(tmp_path / "config.toml")
    assert load(cwd=tmp_path, environ=environ).data == tmp_path / "data"
    put(tmp_path / "config.toml", 'data = "../corpus"')
    assert load(cwd=tmp_path, environ=environ).index == tmp_path / ".." / "corpus" / "index"


def test_a_home_that_one_may_not_look_into_has_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def closed(path: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))  # root may look everywhere

    monkeypatch.setattr(Path, "is_file", closed)
    assert find(None, cwd=tmp_path, environ={"HOME": "/root"}).why == "no file: defaults only"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda place: place.mkdir(), "is a folder"),
        (os.mkfifo, "is a pipe or a device"),
        (lambda place: place.symlink_to("nowhere.toml"), "is a link that leads to no file"),
        (lambda place: place.symlink_to(place), "is a link that leads to no file"),
    ],
)
def test_what_has_the_name_of_the_file_and_is_none_is_an_error_and_no_default(tmp_path: Path, make, said):
    make(tmp_path / "config.toml")
    with pytest.raises(ConfigError, match=said):
        find(None, cwd=tmp_path, environ={"HOME": str(tmp_path)})


def test_a_file_that_is_too_long_is_refused_and_not_read_to_its_end(tmp_path: Path):
    file = tmp_path / "config.toml"
    file.touch()
    os.truncate(file, 3 * MAX_BYTES)
    assert len(read_bytes(file)) == MAX_BYTES + 1
    assert read_outline(ConfigChoice(file, "here"), {}) is None
    with pytest.raises(ConfigError, match="6000000 bytes is over 2000000; is it another kind of file"):
        load(file, cwd=tmp_path, environ={})


def test_a_file_that_was_named_must_exist(tmp_path: Path):
    with pytest.raises(ConfigError, match=r"other\.toml: there is no such file"):
        load(Path("other.toml"), cwd=tmp_path, environ={})


def test_variables_override_the_file_and_say_so(tmp_path: Path):
    file = put(tmp_path / "config.toml", "[web]\nport = 1\nper_page = 50\n")
    config = load(
        file,
        environ={
            "PRESSMARK__WEB__PORT": "2",
            "PRESSMARK__WEB__PUBLIC": "true",
            "PRESSMARK__CRAWLER__NAME": "x123",
            "PRESSMARK__CRAWLER__DELAY": "5 s",
            "PRESSMARK__CRAWLER__ALLOW_PORTS": "[80]",
            "PORT": "3",
        },
    )
    assert (config.web.port, config.web.public, config.crawler.name) == (2, True, "x123")
    assert (config.crawler.delay.total_seconds(), config.crawler.allow_ports) == (5, (80,))
    assert config.origin("web.port") == "PRESSMARK__WEB__PORT"
    assert config.origin("web.per_page") == "config.toml:3"
    assert config.origin("web.host") == "default"


def test_the_port_of_a_hosting_platform_is_honoured():
    assert load(cwd=Path("/"), environ={"PORT": "8080"}).web.port == 8080


def test_a_value_is_read_from_the_file_a_variable_names(tmp_path: Path):
    file = put(tmp_path / "contact", "desk@news.example\n")
    config = load(cwd=tmp_path, environ={"PRESSMARK__CRAWLER__CONTACT_FILE": str(file)})
    assert config.crawler.contact == "desk@news.example"


def test_wrong_variables_are_told_by_their_names_all_at_once():
    assert told(
        PRESSMARK__WEB__PROT="1",
        PRESSMARK__WBE__PORT="1",
        PRESSMARK__WEB="1",
        PRESSMARK__SOURCE__URL="x",
        PRESSMARK__WEB__PORT="many",
        PRESSMARK__CRAWLER__CONTACT_FILE="/nowhere/secret",
    ) == [
        'PRESSMARK__WEB__PORT: "many": expected a whole number',
        'PRESSMARK__CRAWLER__CONTACT_FILE: "/nowhere/secret" cannot be read: No such file or directory',
        "PRESSMARK__SOURCE__URL: sources stand in config.toml only",
        'PRESSMARK__WBE__PORT: "wbe": not a known key — did you mean "web"?',
        "PRESSMARK__WEB: a table: name one of its keys, such as PRESSMARK__WEB__HOST",
        'PRESSMARK__WEB__PROT: "prot": not a known key — did you mean "port"?',
    ]


def test_every_value_is_listed_with_where_it_is_from(tmp_path: Path):
    file = put(tmp_path / "config.toml", 'source = ["https://a.example"]\n[crawler]\ndelay = 90\n')
    listed = {each.key: (each.value, each.origin) for each in load(file, environ={}).settings()}
    assert listed["crawler.delay"] == (90, "config.toml:3")
    assert listed["crawler.deadline"] == (60, "default")
    assert listed["source[0].url"] == ("https://a.example", "config.toml:1")


def test_secrets_are_not_shown_dumped_or_logged(tmp_path: Path):
    text = '[[source]]\nurl = "https://a.example"\nheaders = {Cookie = "s3"}\n'
    config = load(put(tmp_path / "config.toml", text), environ={})
    assert config.sources[0].headers == {"Cookie": "s3"}
    assert "s3" not in f"{config!r} {config.model_dump(mode='json')} {config.settings()}"
    assert config.settings()[-1].value == {"Cookie": "(hidden)"}
