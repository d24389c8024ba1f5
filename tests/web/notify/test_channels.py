"""A message by each channel, to real servers on this machine."""

import email
import email.policy
import hmac
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus.config import NotifySettings
from corpus.errors import PressmarkError
from corpus.notices.values import Message, NotReached
from tests.web.notify.servers import smtp, webhook
from web.notify import command, mail
from web.notify import webhook as hook
from web.processes.inherited import set_for_us

MADE = datetime(2026, 3, 1, tzinfo=UTC)
MESSAGE = Message("alarms:1", "gazette is failing – since today", "What is wrong:\n- gazette\n", MADE)


def by_mail(keys, mails, **more):
    given = {
        "mail_to": ("desk@news.example", "night@news.example"), "smtp_host": "127.0.0.1", "smtp_port": mails.port,
        "smtp_ca": keys / "cert.pem", "smtp_user": "desk", "smtp_password": "s3cret", **more,
    }  # fmt: skip
    return NotifySettings.model_validate(given)


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_mail_is_handed_over_by_tls_with_user_and_password(keys, tls):
    with smtp(keys, implicit=tls == "tls") as mails:
        mail.send(MESSAGE, by_mail(keys, mails, smtp_tls=tls))
    words = [line.split()[0].upper() for line in mails.commands]
    assert ("STARTTLS" in words) == (tls == "starttls")
    assert words.index("AUTH") > (words.index("STARTTLS") if tls == "starttls" else 0)  # never before
    assert sum(line.upper().startswith("RCPT") for line in mails.commands) == 2
    taken = email.message_from_string(mails.taken[0], policy=email.policy.default)
    assert taken["Subject"] == "[pressmark] gazette is failing – since today"
    assert taken["From"] == "desk@news.example"
    assert taken.get_content().replace("\r\n", "\n") == MESSAGE.text
    assert taken["Message-ID"] == mail.compose(MESSAGE, by_mail(keys, mails))["Message-ID"]


def test_a_mail_that_was_taken_is_sent_however_the_server_parts(keys):
    with smtp(keys) as mails:
        mails.answers = {"QUIT": "500 what?"}
        mail.send(MESSAGE, by_mail(keys, mails))
    assert len(mails.taken) == 1


def test_a_server_that_nobody_vouches_for_gets_neither_password_nor_mail(keys):
    with smtp(keys) as mails, pytest.raises(PressmarkError, match="certificate verify failed: self"):
        mail.send(MESSAGE, by_mail(keys, mails, smtp_ca=None))
    assert not mails.taken
    assert not any("AUTH" in line.upper() for line in mails.commands)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"AUTH": "535 no"}, r"user or password refused \(535\)"),
        ({"RCPT": "550 unknown"}, "takes no mail for desk@news.example, night@news.example: answered 550 unknown"),
        ({"MAIL": "451 later"}, "answered 451 later"),
        ({"STARTTLS": "454 not now"}, "."),
    ],
)
def test_why_a_mail_was_not_taken_is_a_sentence_without_the_password(keys, answers, said):
    with smtp(keys) as mails:
        mails.answers = answers
        with pytest.raises(PressmarkError, match=said) as raised:
            mail.send(MESSAGE, by_mail(keys, mails))
    assert "s3cret" not in str(raised.value)
    assert not mails.taken


def test_a_mail_that_was_taken_for_some_says_for_whom_it_was_not(keys):
    with smtp(keys) as mails:
        mails.answers = {"RCPT desk": "451 later,\tplease"}
        lost = mail.send(MESSAGE, by_mail(keys, mails))
    why = f"127.0.0.1:{mails.port}: it takes no mail for desk@news.example: answered 451 later, please"
    assert lost == NotReached(("desk@news.example",), why)
    assert len(mails.taken) == 1


def test_a_message_that_is_to_reach_some_goes_to_those_of_them_that_config_has(keys):
    with smtp(keys) as mails:
        mail.send(replace(MESSAGE, to=("night@news.example", "gone@news.example")), by_mail(keys, mails))
        assert [line for line in mails.commands if line.startswith("rcpt")] == ["rcpt TO:<night@news.example>"]
        assert mail.send(replace(MESSAGE, to=("gone@news.example",)), by_mail(keys, mails)) is None
    assert len(mails.taken) == 1


def test_a_server_that_is_not_there_is_an_error(keys):
    with smtp(keys) as mails:
        pass
    with pytest.raises(PressmarkError, match="cannot be reached"):
        mail.send(MESSAGE, by_mail(keys, mails))


def test_a_subject_with_a_line_end_adds_no_header(keys):
    hostile = Message("k", "a\r\nBcc: all@news.example", "x\n", MESSAGE.at)
    with smtp(keys) as mails:
        mail.send(hostile, by_mail(keys, mails))
    taken = email.message_from_string(mails.taken[0], policy=email.policy.default)
    assert (taken["Subject"], taken["Bcc"]) == ("[pressmark] a Bcc: all@news.example", None)


def test_a_webhook_gets_json_that_is_signed_with_the_time_it_was_made():
    with webhook() as posts:
        hook.send(MESSAGE, NotifySettings(webhook=posts.url, webhook_secret="k3y"))
        hook.send(MESSAGE, NotifySettings(webhook=posts.url))
    body, headers = posts.bodies[0], posts.headers[0]
    assert json.loads(body) == {
        "id": MESSAGE.key, "at": "2026-03-01T00:00:00+00:00", "subject": MESSAGE.subject, "text": MESSAGE.text,
    }  # fmt: skip
    wanted = hmac.new(b"k3y", headers["X-Pressmark-Timestamp"].encode() + b"." + body, "sha256").hexdigest()
    assert headers["X-Pressmark-Signature"] == f"sha256={wanted}"
    assert posts.paths[0] == "/hooks/T0KEN?room=desk"
    assert "X-Pressmark-Signature" not in posts.headers[1]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_another_answer_than_a_2xx_is_an_error_that_hides_the_address_and_no_redirect_is_followed(status):
    with webhook() as posts:
        posts.status = status
        with pytest.raises(PressmarkError, match=f"127.0.0.1: answered {status}: expected a 2xx") as raised:
            hook.send(MESSAGE, NotifySettings(webhook=posts.url))
    assert "T0KEN" not in str(raised.value)
    assert len(posts.paths) == 1
    with pytest.raises(PressmarkError, match="cannot be reached"):
        hook.send(MESSAGE, NotifySettings(webhook=posts.url))


def test_a_command_gets_the_text_no_secret_of_the_configuration_and_nothing_set_for_us(tmp_path, monkeypatch):
    monkeypatch.setenv("PRESSMARK__NOTIFY__SMTP_PASSWORD", "s3cret")
    monkeypatch.setenv("SET_BY_USER", "1")
    monkeypatch.delenv("SET_FOR_US", raising=False)
    set_for_us("SET_FOR_US", "1")
    set_for_us("SET_BY_USER", "2")
    script = """
import os, sys
names = [name for name in ("PRESSMARK__NOTIFY__SMTP_PASSWORD", "SET_FOR_US", "SET_BY_USER") if name in os.environ]
open(sys.argv[1], "w").write(f"{sys.stdin.read()}{os.environ['PRESSMARK_SUBJECT']}{names}")
"""
    command.send(MESSAGE, NotifySettings(command=(sys.executable, "-c", script, str(tmp_path / "out"))))
    assert (tmp_path / "out").read_text() == f"{MESSAGE.text}{MESSAGE.subject}['SET_BY_USER']"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((sys.executable, "-c", "import sys; sys.exit('no paper')"), "ended with 1: no paper"),
        (("/nowhere/pager",), "/nowhere/pager: cannot be run: No such file"),
    ],
)
def test_a_command_that_fails_is_an_error(arguments, said):
    with pytest.raises(PressmarkError, match=said):
        command.send(MESSAGE, NotifySettings(command=arguments))


def test_a_command_that_leaves_another_running_is_done_when_it_ends(monkeypatch):
    monkeypatch.setattr(command, "TIMEOUT", 15)
    command.send(MESSAGE, NotifySettings(command=("/bin/sh", "-c", "sleep 30 &")))
    with pytest.raises(PressmarkError, match="ended with 3: no printer"):
        command.send(MESSAGE, NotifySettings(command=("/bin/sh", "-c", "sleep 30 & echo no printer >&2; exit 3")))
