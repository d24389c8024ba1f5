import re
import tomllib
from pathlib import Path

import pytest

from corpus.config import Config, example, json_schema, load
from corpus.errors import ConfigError

ROOT = Path(__file__).parents[2]
UNCOMMENTED = re.sub(r"(?m)^#(?=[\w\[])", "", example())


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_bytes(text.encode())
    return path


def read(folder: Path, text: str, **environ: str) -> Config:
    return load(written(folder, text), environ=environ)


def problems(folder: Path, text: str, **environ: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        read(folder, text, **environ)
    assert raised.value.exit_code == 3
    return [str(problem) for problem in raised.value.problems]


def keys(schema: dict, table: str | None = None) -> set[str]:
    return set((schema["$defs"][table] if table else schema)["properties"])


def test_the_example_holds_exactly_the_defaults(tmp_path: Path):
    assert read(tmp_path, example()).model_dump(exclude={"data"}) == Config().model_dump(exclude={"data"})
    assert tomllib.loads(example())["data"] == Config().model_dump(mode="json")["data"]


def test_the_example_names_every_key(tmp_path: Path):
    text = UNCOMMENTED.replace('source = ["https://news', '#source = ["https://news')
    raw, schema = tomllib.loads(text), json_schema()
    assert set(raw) == keys(schema)
    assert set(raw["crawler"]) == keys(schema, "CrawlerSettings")
    assert set(raw["schedule"]) == keys(schema, "ScheduleSettings")
    assert set(raw["indexer"]) == keys(schema, "IndexerSettings")
    assert set(raw["web"]) == keys(schema, "WebSettings")
    assert set(raw["source"][0]) == keys(schema, "Source")
    assert set(raw["source"][0]["selectors"]) == keys(schema, "Selectors")
    (tmp_path / "rules").mkdir()
    source = read(tmp_path, text).sources[0]
    assert source.site_rules == tmp_path / "rules"
    assert source.name == "The Herald"
    assert source.cookies_file == tmp_path / "herald-cookies.txt"


def test_the_repository_shows_the_example_that_init_writes():
    assert (ROOT / "config.toml").read_text() == example()


def test_the_documentation_names_every_key_with_its_default():
    text = (ROOT / "docs" / "configuration.md").read_text()
    schema = json_schema()
    for table in [None, *schema["$defs"]]:
        heading = f"### {schema['$defs'][table]['description'].splitlines()[0]}" if table else "\n"
        own = text[text.index(heading) :] if heading in text else text
        for key, field in (schema["$defs"][table] if table else schema)["properties"].items():
            assert f"`{key}`" in text or f"[[{key}]]" in text or f"[{key}]" in text
            if field.get("default") not in (None, [], {}, "") and "$ref" not in field and table != "Source":
                row = next(line for line in own.splitlines() if line.startswith(f"| `{key}` |"))
                default = field["default"]
                shown = str(default).lower() if isinstance(default, bool | int | list) else f'"{default}"'
                assert f"| `{shown}` |" in row


def test_five_mistakes_are_five_located_messages(tmp_path: Path):
    text = """\
timezone = "Mars"
[crawler]
dealy = 2
[web]
port = "8000"
[[source]]
url = "ftp://a.example"
[[source]]
url = "https://b.example"
delay = -1
"""
    assert problems(tmp_path, text) == [
        'config.toml:1: timezone: "Mars" is no time zone: expected an IANA name such as "Europe/Paris"\n'
        '    1 | timezone = "Mars"',
        'config.toml:3: crawler.dealy: not a known key — did you mean "delay"?\n    3 | dealy = 2',
        'config.toml:5: web.port: "8000": expected a whole number\n    5 | port = "8000"',
        'config.toml:7: source[0].url: "ftp://a.example" is no web address: expected one such as'
        ' "https://news.example"\n    7 | url = "ftp://a.example"',
        "config.toml:10: source[1].delay: -1 is no length of time: expected seconds such as 2.5, or"
        ' "500 ms", "5 m", "6 h", "30 d"\n   10 | delay = -1',
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[notify]\nsmtp_password = "x"\nmail_to = ["a@b.example"]\n', ["mail_to needs", "smtp_password needs"]),
        ('[notify]\nmail_to = ["a@b.example", "bad"]\n', ["mail_to needs", "mail_to[1]"]),
        ('[notify]\nmail_to = ["a@b.example"]\nsmtp_host = 3\n', ["smtp_host: 3"]),
        ('[indexer]\nengine = "opensearch"\nhosts = ["no host"]\n', ["hosts[0]"]),
        ('[indexer]\nstores = "all"\nengine = 3\n[web]\nhost = 3\n', ["engine: 3", "web.host"]),
    ],
)
def test_of_values_together_each_fault_is_told_and_none_that_only_follows(tmp_path: Path, text: str, told: list[str]):
    found = problems(tmp_path, text)
    assert len(found) == len(told)
    assert all(words in problem for words, problem in zip(told, found, strict=True))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('data = ""', "data"),
        ("crawler = 3", "crawler: 3: expected a table"),
        ("source = 3", "source: 3: expected a list"),
        ("source = [3]", "source[0]: 3: expected a table"),
        ("source = [{}]", "source[0].url: is required"),
        ('source = [{url = "https://a.example", name = "a\\u0001b"}]', "has characters that cannot stand there"),
        ('source = ["nowhere"]', 'source[0].url: "nowhere" is no web address'),
        ('source = [{url = "https://a.example", name = " "}]', "source[0].name"),
        ('source = [{url = "https://a.example", selectors = {bdy = "p"}}]', 'did you mean "body"?'),
        ('source = [{url = "https://a.example", language = "english"}]', "expected an ISO 639 code"),
        ('source = ["https://a.example", "https://a.example/"]', "is taken by source[0] on line 1"),
        ('source = ["https://a.example/x", "https://a.example/y"]', '"a.example" is taken by source[0]'),
        ('crawler.contact = "me"', "expected an e-mail address or a URL"),
        ('crawler.max_bytes = "5 bananas"', '"5 bananas" is no size'),
        ("crawler.allow_ports = [80, 99999]", "crawler.allow_ports[1]: 99999: must be 65535 or less"),
        ('crawler.allow_addresses = ["10.0.0.1/8"]', "expected one such as"),
        ("crawler.delay = true", "true is no length of time"),
        ("crawler.delay = inf", "is no length of time"),
        ('schedule.crawl = "61 * * * *"', 'minute "61": expected 0 to 59'),
        ('indexer.engine = "lucene"', 'expected "whoosh" or "opensearch"'),
        ('indexer.engine = "opensearch"', 'needs hosts: expected some such as ["https://search.example:9200"]'),
        ('indexer.prefix = "Press_Mark"', "expected a small letter, then small letters, digits, -"),
        ('crawler.name = "9 lives"', "expected a letter, then letters, digits, -, _"),
        (
            f'indexer.prefix = "{"a" * 41}"',
            "expected a small letter, then small letters, digits, -: at most 40 characters",
        ),
        (f'crawler.name = "{"a" * 41}"', "expected a letter, then letters, digits, -, _: at most 40 characters"),
        ('indexer.user = ""', '"": expected text that is not empty'),
        ("web.per_page = 99999999999999999999", "expected a whole number of fewer digits"),
        ('schedule.crawl = "\\u0007"', 'schedule.crawl: "\\u0007" is no schedule'),
        ('indexer.memory = "1 kB"', "must be 16000000 or more"),
        ("web.per_page = 30", "expected 20, 50 or 100"),
        ("web.public = 1", "1: expected true or false"),
        ("web.allowed_hosts = 'a.example'", "expected a list"),
        ("web.allowed_hosts = ['http://a.example']", '"http://a.example" is no host'),
        ("web.port = [1, 'x']", '[1, "x"]: expected a whole number'),
        ('indexer.languages = "english"', 'expected "auto", or a list of codes such as ["en", "de"]'),
        ('indexer.languages = ["english"]', 'indexer.languages[0]: "english" is no language'),
        ('data = "\\u0000"', '"\\u0000": expected a path in quotes'),
        ('data = "~nobody.of.this.name/x"', "no home folder is known for it: expected a path without ~"),
        ("sauce = []", 'did you mean "source"?'),
        ("crawler.source = []", "not a key of [crawler]: it belongs above the first [table] of the file"),
    ],
)
def test_a_wrong_value_is_told_with_what_would_be_right(tmp_path: Path, line: str, told: str):
    (problem,) = problems(tmp_path, line)
    assert problem.startswith("config.toml:1: ")
    assert told in problem
    assert problem.endswith(f"    1 | {line}")


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = \n", 2), ("[crawler\n", 1), ("a = 1\na = 2\n", 2), ('x = """\n\n', 2), ("a = [[[[" * 2000, 1)],
)
def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path, text: str, line: int):
    (problem,) = problems(tmp_path, text)
    assert problem.startswith((f"config.toml:{line}: not TOML: ", "config.toml: tables or lists are nested too deep"))


def test_other_encodings_are_told_with_the_line_of_the_byte(tmp_path: Path):
    path = tmp_path / "config.toml"
    path.write_bytes("a = 1\nb = 'é'\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"config\.toml:2: byte 0xe9 is not UTF-8"):
        load(path, environ={})


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path):
    config = read(tmp_path, "\ufeff[web]\r\nport = 1\r\nhost = 'a'\r\n")
    assert (config.web.port, config.origin("web.host")) == (1, "config.toml:3")


def test_a_source_is_a_string_or_a_table_and_is_named_after_its_host(tmp_path: Path):
    config = read(tmp_path, 'source = ["https://A.example/x", {url = "https://b.example", name = "Bee"}]')
    assert [each.name for each in config.sources] == ["a.example", "Bee"]
    assert config.source("Bee") == config.sources[1]
    assert config.source("Cee") is None
    assert read(tmp_path, 'source = "https://a.example"').sources[0].host == "a.example"
    assert read(tmp_path, '[source]\nurl = "https://a.example"').sources[0].host == "a.example"


@pytest.mark.parametrize(
    "proxy", ["http://proxy.example:3128", "https://u:p%40x@proxy.example", "socks5://[::1]:1080", "socks5://127.0.0.1"]
)
def test_a_proxy_is_an_address_with_a_scheme_we_speak(tmp_path: Path, proxy: str):
    assert read(tmp_path, f'[crawler]\nproxy = "{proxy}"').crawler.proxy == proxy


@pytest.mark.parametrize("proxy", ["proxy.example:3128", "ftp://proxy.example", "socks4://a", "http://", "http://a/b"])
def test_what_is_no_proxy_is_refused_with_an_example(tmp_path: Path, proxy: str):
    with pytest.raises(ConfigError, match=r"is no proxy: expected one such as"):
        read(tmp_path, f'[crawler]\nproxy = "{proxy}"')


def test_the_login_of_a_proxy_is_shown_nowhere(tmp_path: Path):
    config = read(tmp_path, '[crawler]\nproxy = "http://desk:secret@proxy.example"')
    shown = next(each.value for each in config.settings() if each.key == "crawler.proxy")
    assert shown == "http://(hidden)@proxy.example"
    with pytest.raises(ConfigError) as wrong:
        read(tmp_path, '[crawler]\nproxy = "gopher://desk:secret@proxy.example"')
    assert "secret" not in str(wrong.value)


@pytest.mark.parametrize(
    "proxy",
    [
        "http://desk:se@secret@proxy.example",
        "http://desk:a/secret@proxy.example",
        "http://desk:a?secret#@proxy.example",
        "desk:secret@proxy.example:3128",
    ],
)
def test_a_password_of_a_proxy_with_marks_of_addresses_in_it_is_shown_nowhere(tmp_path: Path, proxy: str):
    try:
        config = read(tmp_path, f'[crawler]\nproxy = "{proxy}"')
    except ConfigError as wrong:
        shown = str(wrong)
    else:
        shown = next(each.value for each in config.settings() if each.key == "crawler.proxy")
    assert "secret" not in shown
    assert "proxy.example" in shown


def test_an_at_in_the_path_of_an_address_hides_nothing(tmp_path: Path):
    for url in ("https://a.example/@desk", "http://a.example:8080/@desk/x:y@z"):
        config = read(tmp_path, f'[[source]]\nurl = "https://a.example"\nfeeds = ["{url}"]')
        assert any(url in str(each.value) for each in config.settings())


def test_values_carry_their_unit(tmp_path: Path):
    config = read(tmp_path, '[crawler]\ndelay = "90 s"\nmax_bytes = "1.5 MiB"\nallow_addresses = ["127.77.0.0/16"]')
    assert config.crawler.delay.total_seconds() == 90
    assert config.crawler.max_bytes == 1_572_864
    assert config.crawler.allow_addresses[0].num_addresses == 65536


def test_the_crawler_names_itself_and_whom_to_write_to(tmp_path: Path):
    agent = read(tmp_path, 'crawler.contact = "desk@news.example"').crawler.user_agent
    assert re.fullmatch(r"pressmark/\S+ \(\+desk@news\.example\)", agent)


def test_settings_cannot_be_changed_once_read():
    with pytest.raises(ValueError, match="frozen"):
        Config().timezone = "Europe/Paris"  # type: ignore[misc]
