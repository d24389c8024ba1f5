from pathlib import Path

import pytest

from corpus.config import load
from corpus.config.secrets import is_secret_line, without_tokens
from corpus.errors import ConfigError

SECRET = "s3cretw0rd"


def problems(folder: Path, text: str, **environ: str) -> str:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(file, environ=environ)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        f'[[source]]\nurl = "https://a.example"\nheaders = {{Cookie = "{SECRET}\n',
        f'[[source]]\nurl = "https://a.example"\n[source.headers]\nCookie = "{SECRET}\n',
        f'[[source]]\nurl = "https://a.example"\n[source.headers]\nCookie = {SECRET}\n',
        f'[[source]]\nurl = "https://a.example"\n[source.headers]\nX = "a"\nCookie = """\n{SECRET}\n"\n',
        f'[[source]]\nurl = "https://a.example"\n[source.headers]\nHost = "{SECRET}"\n',
        f'[[source]]\nurl = "https://a.example"\n[source.headers]\nX = ["{SECRET}"]\n',
        f'[[source]]\nurl = "https://a.example"\nheaders = "{SECRET}"\n',
        f'[[source]]\nurl = "https://a.example"\nheaders = {{X = "{SECRET}\\u0007"}}\n',
        f'[web]\nadmin_password_hash = "{SECRET}\n',
        f'[web]\nadmin_password_hash = ["{SECRET}"]\n',
        f'source = [{{url = "https://a.example", delay = "soon", headers = {{X = "{SECRET}"}}}}]\n',
        f'[[source]]\nurl = "https://desk:{SECRET}@a.example/"\n',
        f'[[source]]\nurl = "https://a.example"\nfeeds = ["htps://a.example/feed?token={SECRET}"]\n',
        f'[[source]]\nurl = "https://a.example/?key={SECRET}"\n[[source]]\nurl = "https://a.example/?key={SECRET}"\n',
        f'[[source]]\nurl = "https://a.example"\ncookies = "{SECRET}"\n',
        f'[notify]\nsmtp_pasword = "{SECRET}"\n',
        f'[notify]\nwebhok = "https://hook.example/{SECRET}"\n',
        f'[[source]]\nurl = "https://a.example"\n[source.haeders]\nX = "{SECRET}"\n',
        f'[notify]\nsmtp_user = "desk" smtp_password = "{SECRET}"\n',
    ],
)
def test_no_error_quotes_a_secret(tmp_path, text):
    said = problems(tmp_path, text)
    assert SECRET not in said
    assert "config.toml:" in said


def test_a_header_the_crawler_sets_itself_is_named(tmp_path):
    said = problems(tmp_path, f'source = [{{url = "https://a.example", headers = {{Host = "{SECRET}"}}}}]')
    assert said == 'config.toml:1: source[0].headers: "Host" is set by the crawler; name others only'


def test_a_line_that_holds_no_secret_is_quoted_still(tmp_path):
    text = '[[source]]\nurl = "https://a.example"\n[source.headers]\nX = "a"\n[crawler]\ndelay = "soon"\n'
    assert 'delay = "soon"' in problems(tmp_path, text)
    near = '[notify]\nsmtp_port = "x"\nmail_form = "desk@a.example"\n'
    assert all(line in problems(tmp_path, near) for line in near.splitlines()[1:])


@pytest.mark.parametrize("name", ["CRAWLER__CONTACT", "WEB__PORT", "CRAWLER__DELAY", "TIMEZONE", "WEB__HOST"])
def test_what_came_from_a_file_is_never_quoted(tmp_path, name):
    (tmp_path / "value").write_text(f"{SECRET} (no value)")
    said = problems(tmp_path, "", **{f"PRESSMARK__{name}_FILE": str(tmp_path / "value")})
    assert SECRET not in said
    assert f"PRESSMARK__{name}_FILE: its value" in said


def test_tokens_of_addresses_are_not_shown_and_are_used(tmp_path):
    address = f"https://a.example/feed?format=rss&token={SECRET}"
    file = tmp_path / "config.toml"
    file.write_text(f'[[source]]\nurl = "https://a.example"\nfeeds = ["{address}"]\n')
    config = load(file, environ={})
    assert config.sources[0].feeds == (address,)
    assert SECRET not in f"{config.settings()} {config.model_dump(mode='json')}"
    assert "https://a.example/feed?format=rss&token=(hidden)" in str(config.settings())


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.example/?page=2&q=harbour", "https://a.example/?page=2&q=harbour"),
        ("https://a.example/?api_key=7", "https://a.example/?api_key=(hidden)"),
        ("https://a.example/?f=5f4dcc3b5aa765d61d8327deb882cf99", "https://a.example/?f=(hidden)"),
        ("https://a.example/?date=2026-11-26", "https://a.example/?date=2026-11-26"),
        ("https://u:p@a.example/", "https://(hidden)@a.example/"),
        ("https://a.example/@desk", "https://a.example/@desk"),
    ],
)
def test_what_looks_like_a_token_is_hidden_in_an_address(address, shown):
    assert without_tokens(address) == shown


def test_a_table_that_ends_ends_its_secrets():
    lines = ["[source.headers]", "X = 1", "[[source]]", "delay = 1"]
    assert [is_secret_line(lines, number) for number in range(1, 5)] == [True, True, False, False]
