"""`pressmark config check`: what only a trial shows."""

from pathlib import Path

import pytest
from click.testing import Result

from tests.web.commands import run
from web.cli import config as config_verb

SOURCE = '[crawler]\ncontact = "d@a.example"\n[[source]]\nname = "a"\nurl = "https://a.example/"\n'
COOKIES = "# Netscape HTTP Cookie File\n.a.example\tTRUE\t/\tTRUE\t{expires}\tsid\tS3CRET\n"


def checked(folder: Path, text: str) -> Result:
    (folder / "config.toml").write_text(text)
    return run(folder, "config", "check")


@pytest.mark.parametrize(
    ("selectors", "said"),
    [
        ('body = "div..story"', '"div..story" is no CSS selector'),
        ('headline = "xpath://h1["', "is no XPath"),
        ('remove = [".ad", "p:nonsense()"]', '"p:nonsense()" is no CSS selector'),
    ],
)
def test_a_selector_that_is_none_is_named_with_its_line(tmp_path: Path, selectors: str, said: str) -> None:
    shown = checked(tmp_path, f"{SOURCE}[source.selectors]\n{selectors}\n")
    assert shown.exit_code == 3
    assert said in shown.stderr
    assert "config.toml:7: source[0].selectors." in shown.stderr


@pytest.mark.parametrize(
    ("address", "more", "said"),
    [
        ("https://a.example:8443/", "", ""),  # the ports of its own addresses are asked, whatever allow_ports says
        ("https://a.example/", 'include = ["/news/*", "news/*"]', 'include: "news/*" is the form of no address'),
        ("https://a.example/", 'exclude = ["*/live/*", "video"]', 'exclude: "video" is the form of no address'),
        ("https://a.example/", 'exclude = ["*video", "https://a.example/live/*", "/x"]', ""),
    ],
)
def test_a_source_that_cannot_work_as_it_is_written_is_named(tmp_path: Path, address, more, said) -> None:
    shown = checked(tmp_path, f'[crawler]\ncontact = "d@a.example"\n[[source]]\nurl = "{address}"\n{more}\n')
    assert (shown.exit_code, said in shown.output) == (3 if said else 0, True)


@pytest.mark.parametrize(("program", "code"), [("/nowhere/pager", 3), ("true", 0)])
def test_a_command_for_messages_that_is_not_there_is_named(tmp_path: Path, program: str, code: int) -> None:
    shown = checked(tmp_path, f'[notify]\ncommand = ["{program}", "-x"]\n')
    assert shown.exit_code == code
    assert (f'config.toml:2: notify.command: "{program}" is no program' in shown.output) == (code == 3)


@pytest.mark.parametrize(
    ("content", "said"), [(None, "cannot be read"), ("sid=S3CRET", "in Netscape's format"), ("\0\xff", "cookies.txt")]
)
def test_cookies_that_cannot_be_read_are_an_error_that_quotes_nothing_of_them(
    tmp_path: Path, content: str | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "cookies.txt").write_text(content)
    shown = checked(tmp_path, f'{SOURCE}cookies_file = "cookies.txt"\n')
    assert shown.exit_code == 3
    assert said in shown.stderr
    assert "S3CRET" not in shown.output


@pytest.mark.parametrize(
    ("domain", "expires", "said"),
    [
        ("a.example", 4102444800, "1 cookie"),
        ("a.example", 1000000000, "1 cookie, 1 of them over, none for https://a.example/"),
        ("b.example", 4102444800, "1 cookie, none for https://a.example/"),
    ],
)
def test_each_source_has_a_line_with_its_next_crawl_and_its_cookies(tmp_path: Path, domain, expires, said) -> None:
    (tmp_path / "cookies.txt").write_text(COOKIES.format(expires=expires).replace("a.example", domain))
    text = f'{SOURCE}cookies_file = "cookies.txt"\nschedule = "monday 06:00"\n[source.selectors]\nbody = "p"\n'
    shown = checked(tmp_path, text)
    assert shown.exit_code == 0
    line = shown.stdout.splitlines()[0]
    assert line.startswith("  a: monday 06:00, next 20")
    assert line.endswith(f" 06:00; 1 selector; {said}")


def test_a_source_without_a_schedule_is_said_to_be_crawled_by_hand(tmp_path: Path) -> None:
    shown = checked(tmp_path, f'{SOURCE}schedule = "never"\n')
    assert shown.stdout.splitlines()[0] == "  a: crawled only by hand"


def test_thousands_of_sources_do_not_hide_the_last_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config_verb, "MOST_SOURCES", 2)
    shown = checked(tmp_path, 'source = ["https://a.example", "https://b.example", "https://c.example"]\n').stdout
    assert shown.splitlines()[2] == "  and 1 more; `pressmark schedule` lists the next crawls"
    assert shown.strip().endswith("3 sources")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('ca = "none.pem"', "No such file or directory: expected a file of certificates"),
        ('ca = "config.toml"', "holds no certificate"),
        ('bind = "203.0.113.9"', "expected an address or an interface of this machine"),
    ],
)
def test_a_way_that_requests_cannot_take_is_named_with_its_line(tmp_path: Path, setting: str, said: str) -> None:
    shown = checked(tmp_path, SOURCE.replace("[crawler]", f"[crawler]\n{setting}"))
    assert shown.exit_code == 3
    assert f"config.toml:2: crawler.{setting.partition(' ')[0]}: " in shown.stderr
    assert said in shown.stderr


def test_names_that_are_left_to_a_proxy_are_said_to_be(tmp_path: Path) -> None:
    proxy = 'proxy = "http://desk:S3CRET@proxy.example:3128"\nproxy_resolves = {}'
    for resolves, noted in (("true", True), ("false", False)):
        shown = checked(tmp_path, SOURCE.replace("[crawler]", f"[crawler]\n{proxy.format(resolves)}"))
        assert shown.exit_code == 0
        assert ("names are left to the proxy" in shown.stderr) == noted
        assert "S3CRET" not in shown.output


@pytest.mark.parametrize("key", ["indexer.ca", "notify.smtp_ca"])
def test_certificates_that_cannot_be_read_are_named_with_their_line(tmp_path: Path, key: str) -> None:
    shown = checked(tmp_path, f'{key} = "gone.pem"\n')
    assert shown.exit_code == 3
    assert f"config.toml:1: {key}: " in shown.output
    assert "expected a file of certificates in PEM" in shown.output


def test_what_only_a_trial_shows_is_named_beside_values_that_are_wrong_each_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.example.toml").write_text('body = "div..story"\n')
    (tmp_path / "rules" / "b.example.toml").write_text('text = "p"\n')
    shown = checked(
        tmp_path,
        """[crawler]
delay = "soon"
ca = "gone.pem"
bind = "203.0.113.9"
site_rules = "rules"
[web]
port = "high"
accounts = "proxy"
[notify]
mail_to = ["desk@a.example"]
smtp_ca = "gone.pem"
[[source]]
url = "no address"
cookies_file = "gone.txt"
[[source]]
url = "https://b.example/"
include = ["/news/*", 7, "news/*"]
shedule = "nightly"
selectors.body = "div..story"
""",
    )
    assert shown.exit_code == 3
    places = [
        ("config.toml:2", "crawler.delay"),
        ("config.toml:3", "crawler.ca"),
        ("config.toml:4", "crawler.bind"),
        ("config.toml:5", "crawler.site_rules"),
        ("config.toml:7", "web.port"),
        ("config.toml:6", "web"),
        ("config.toml:9", "notify"),
        ("config.toml:11", "notify.smtp_ca"),
        ("config.toml:13", "source[0].url"),
        ("config.toml:14", "source[0].cookies_file"),
        ("config.toml:17", "source[1].include[1]"),
        ("config.toml:17", "source[1].include"),
        ("config.toml:18", "source[1].shedule"),
        ("config.toml:19", "source[1].selectors.body"),
        ("a.example.toml", "body"),
    ]
    for place, key in places:
        assert f"{place}: {key}: " in shown.stderr
    assert f"the configuration has {len(places)} problems" in shown.stderr


def test_of_a_value_that_is_wrong_no_other_is_said_to_miss_it(tmp_path: Path) -> None:
    shown = checked(tmp_path, '[notify]\nmail_to = ["desk@a.example"]\nsmtp_host = 7\n')
    assert "has 1 problem\nconfig.toml:3: notify.smtp_host: " in shown.stderr
