"""`pressmark notify`, as it is typed."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from corpus.config import Config, load
from corpus.config.following import FollowedConfig
from corpus.errors import ConfigError
from corpus.health.values import Health, HealthState
from corpus.store import ArticleStore
from tests.corpus.samples import NOW
from tests.crawler.crawling import front, rss
from tests.crawler.faultweb import Reply, serving
from tests.web.commands import run
from tests.web.notify.servers import Posts, webhook
from web.cli.context import Context
from web.cli.watching import look_or_say

SOURCE = '[[source]]\nname = "a"\nurl = "https://a.example/"\n'


def written(folder: Path, notify: str) -> None:
    (folder / "config.toml").write_text(f'[crawler]\ncontact = "d@a.example"\n[notify]\n{notify}\n{SOURCE}')


@pytest.fixture
def posts(tmp_path: Path):
    with webhook() as served:
        written(tmp_path, f'webhook = "{served.url}"')
        yield served


def test_a_test_goes_by_each_way_and_says_which_failed(tmp_path: Path, posts: Posts) -> None:
    written(tmp_path, f'webhook = "{posts.url}"\ncommand = ["/nowhere/pager"]')
    shown = run(tmp_path, "notify", "test")
    assert shown.exit_code == 5
    assert shown.stdout.splitlines() == [
        "webhook: sent", "command: not sent: /nowhere/pager: cannot be run: No such file or directory",
    ]  # fmt: skip
    assert json.loads(posts.bodies[0])["subject"] == "a test of messages"


def test_what_is_wrong_is_sent_once_and_a_way_that_fails_is_seen(tmp_path: Path, posts: Posts) -> None:
    run(tmp_path, "sources", "pause", "a")
    run(tmp_path, "sources", "resume", "a")
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        store.health.write(Health(source="a", state=HealthState.BLOCKED, since=NOW, why="it says no"), NOW)
    posts.status = 500
    shown = run(tmp_path, "notify")
    assert shown.exit_code == 5
    assert "not sent by webhook: 127.0.0.1: answered 500" in shown.stderr
    assert "1 problem now" in run(tmp_path, "notify").stderr
    assert len(posts.bodies) == 1  # it waits for its next try
    assert "a is blocked since" in json.loads(posts.bodies[0])["text"]
    listed = json.loads(run(tmp_path, "notify", "list", "--json").stdout)
    assert [(each["channel"], each["state"], each["tries"]) for each in listed] == [("webhook", "waiting", 1)]


def test_a_trouble_that_is_acknowledged_is_no_problem_to_look_up(tmp_path: Path, posts: Posts) -> None:
    run(tmp_path, "sources", "pause", "a")
    run(tmp_path, "sources", "resume", "a")
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        store.health.write(Health(source="a", state=HealthState.BLOCKED, since=NOW, why="it says no"), NOW)
    assert "1 problem now; `pressmark status` names it" in run(tmp_path, "notify").stderr
    assert run(tmp_path, "sources", "ack", "a").exit_code == 0
    shown = run(tmp_path, "notify").stderr
    assert "no unacknowledged problem now" in shown
    assert "pressmark status" not in shown


def test_a_crawl_that_ends_badly_is_a_message_and_the_next_night_is_none(tmp_path: Path, posts: Posts) -> None:
    stories = {f"/news/story-of-day-{n:05}": Reply("no", 403) for n in range(4)}
    with serving({"/": front(), "/feed.xml": rss(*stories), **stories}) as site:
        (tmp_path / "config.toml").write_text(
            '[crawler]\ncontact = "d@a.example"\ndelay = 0\nallow_addresses = ["127.88.0.0/16"]\n'
            f'[notify]\nwebhook = "{posts.url}"\n[[source]]\nname = "gazette"\nurl = "{site.url}/"\n'
        )
        assert run(tmp_path, "crawl", "--no-index").exit_code == 5
        run(tmp_path, "crawl", "--no-index")
    (body,) = posts.bodies
    assert json.loads(body)["subject"].startswith("gazette is blocked since")
    assert "the server answered 403 ×4" in json.loads(body)["text"]
    assert "1 problem now" in run(tmp_path, "notify").stderr
    assert len(posts.bodies) == 1


def test_a_store_that_cannot_be_written_is_said_once_though_no_message_can_be_stored(
    tmp_path: Path, posts: Posts
) -> None:
    assert run(tmp_path, "notify").exit_code == 0
    with closing(sqlite3.connect(tmp_path / "data" / "pressmark.sqlite")) as raw:
        raw.execute("DROP TABLE alarms")
    with closing(Context(file=tmp_path / "config.toml", folder=tmp_path)) as context:
        assert [look_or_say(context, failures) for failures in (0, 0)] == [1, 1]  # another may have been writing
        assert not posts.bodies
        assert [look_or_say(context, failures) for failures in (1, 2, 3)] == [2, 3, 4]
    (body,) = posts.bodies
    assert "nothing can be stored, no message either: " in json.loads(body)["text"]


class Unreadable:
    """A configuration that cannot be read, for a reason that nobody foresaw."""

    def now(self) -> Config:
        raise RuntimeError("unforeseen")


def test_an_unforeseen_error_ends_one_look_and_not_all_that_follow(
    tmp_path: Path, posts: Posts, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(Context(file=tmp_path / "config.toml", folder=tmp_path)) as context:
        context._followed = cast(FollowedConfig, Unreadable())
        assert look_or_say(context, 1) == 1
    assert 'messages not looked at error="a fault of ours' in caplog.text


def test_without_a_way_to_send_nothing_is_looked_at(tmp_path: Path) -> None:
    written(tmp_path, "")
    for arguments in (["notify"], ["notify", "test"]):
        shown = run(tmp_path, *arguments)
        assert shown.exit_code == 1
        assert "expected mail_to, webhook or command" in shown.stderr


@pytest.mark.parametrize(
    ("notify", "said"),
    [
        ('mail_to = ["desk@a.example"]', "mail_to needs smtp_host"),
        ('mail_to = ["desk"]', '"desk" is no e-mail address'),
        ('mail_to = ["a@a.example"]\nsmtp_host = "mail.example"\nsmtp_tls = "none"', "sends mails in the clear"),
        ('smtp_host = "mail.example"\nsmtp_password = "x"', "smtp_password needs smtp_user"),
        ('webhook = "ftp://t0ken.example"', "is no web address"),
        ('when = "sometimes"', '"problems"'),
    ],
)
def test_what_cannot_be_sent_by_is_refused_with_the_way_out(tmp_path: Path, notify: str, said: str) -> None:
    written(tmp_path, notify)
    with pytest.raises(ConfigError) as raised:
        load(cwd=tmp_path, environ={})
    assert said in str(raised.value)
    assert "t0ken" not in str(raised.value)


def test_no_secret_of_the_messages_is_shown(tmp_path: Path) -> None:
    written(tmp_path, 'webhook = "https://chat.example/T0KEN"\nwebhook_secret = "k3y"')
    for arguments in (["config", "show"], ["config", "show", "--json"]):
        shown = run(tmp_path, *arguments).output
        assert "(hidden)" in shown
        assert "T0KEN" not in shown
        assert "k3y" not in shown
