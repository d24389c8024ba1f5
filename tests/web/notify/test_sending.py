"""From what is wrong to what arrives: each thing once, whatever fails on the way."""

import json
import sys
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from corpus.config import Config, WebSettings
from corpus.health.comparing import counted_reasons
from corpus.health.values import Health, HealthState, Trouble
from corpus.notices.values import Alarm
from corpus.store import ArticleStore
from corpus.store.crawls.notices import LEASE, REOPENED
from corpus.texts import text
from tests.corpus.samples import NOW, article
from tests.web.notify.servers import Mails, Posts, smtp
from web.layout.alarms import INDEX_LATE, alarms
from web.notify import sending
from web.notify.endings import ended

DISK, LATE = Alarm("disk", "the disk is nearly full"), Alarm("late:1", "crawl 1 was late")
HOUR = timedelta(hours=1)


def config(tmp_path: Path, posts: Posts, **notify: object) -> Config:
    tables = {
        "data": str(tmp_path / "data"), "notify": {"webhook": posts.url, **notify},
        "crawler": {"contact": "desk@news.example"}, "source": ({"url": "https://a.example/", "name": "a"},),
    }  # fmt: skip
    return Config.model_validate(tables)


def subjects(posts: Posts) -> list[str]:
    return [json.loads(body)["subject"] for body in posts.bodies]


def look(settings: Config, store: ArticleStore, at: datetime, *wrong: Alarm) -> None:
    sending.look(settings, store, wrong, at, lines=lambda run: [f"receipt of {run.id}"])
    sending.send(settings, store, lambda: at)


def real_look(settings: Config, store: ArticleStore, at: datetime) -> None:
    """Look at what is wrong with the store itself, and send."""
    wrong = alarms(settings, store, at, behind=0)
    sending.look(settings, store, wrong, at, lines=lambda run: [], ended=lambda over: ended(settings, store, over))
    sending.send(settings, store, lambda: at)


def ran(store: ArticleStore, at: datetime, **more) -> None:
    with store.runs.begin(["a"], started=at) as claim:
        store.runs.finish(replace(claim.run, ended=at, **{"status": "ok", "counts": {"a": {"new": 2}}, **more}))


def test_each_thing_is_said_once_when_it_begins_and_once_when_it_is_over(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    for minute in range(3):
        look(settings, store, NOW + timedelta(minutes=minute), DISK, LATE)
    look(settings, store, NOW + HOUR)
    look(settings, store, NOW + 2 * HOUR)
    assert subjects(posts) == ["2 problems", "over: the disk is nearly full"]  # a late crawl is past, not well


def test_a_message_says_what_is_wrong_since_when_what_that_means_and_what_to_do(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    store.health.write(Health(source="a", state=HealthState.QUIET, since=NOW, cause="silence", why="x"), NOW)
    real_look(settings, store, NOW)
    wrong, means, *tries = json.loads(posts.bodies[0])["text"].splitlines()[1:]
    assert wrong.startswith("- a is quiet since ")
    assert means == "  It means: nothing is missing if it published nothing; else its new stories are"
    assert tries
    assert all(line.startswith("  To do: ") for line in tries)
    assert any(settings.sources[0].url in line for line in tries)


def test_each_kind_of_drift_is_told_once_and_what_is_known_of_one_says_nothing_of_another(tmp_path, store, posts):
    settings, of_dates = config(tmp_path, posts), Trouble(HealthState.DRIFTING, "date", "dates", NOW + HOUR, "date")
    first = Health(source="a", state=HealthState.DRIFTING, since=NOW, kind="author", cause="author", why="authors")
    store.health.write(first, NOW)
    real_look(settings, store, NOW)
    for hours in (1, 2):
        store.health.write(replace(first, beside=(of_dates,)), NOW)
        real_look(settings, store, NOW + hours * HOUR)
    store.health.acknowledge("a", NOW)
    of_text = replace(of_dates, kind="text", cause="text", why="texts")
    known = store.health.of("a")
    assert known is not None
    store.health.write(replace(known, beside=(of_text, *known.beside)), NOW)
    real_look(settings, store, NOW + 3 * HOUR)
    assert [each.partition(": ")[2] for each in subjects(posts)] == ["authors", "dates", "texts"]


def test_what_goes_to_and_fro_is_said_again_only_after_it_was_well_for_hours(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    look(settings, store, NOW, DISK)
    look(settings, store, NOW + HOUR)
    look(settings, store, NOW + 2 * HOUR, DISK)
    assert len(posts.bodies) == 2
    look(settings, store, NOW + 3 * HOUR)
    look(settings, store, NOW + 4 * HOUR + REOPENED, DISK)
    assert subjects(posts)[-1] == "the disk is nearly full"


def test_a_message_that_cannot_be_sent_waits_and_is_sent_once_when_it_can(tmp_path, store, posts):
    settings, at = config(tmp_path, posts), NOW
    posts.status = 503
    for minute in (0, 0.5, 1, 6):
        look(settings, store, at + timedelta(minutes=minute), DISK)
    assert len(posts.bodies) == 3
    found = store.notices.stuck(3)[0]
    assert (found.tries, found.error) == (3, "127.0.0.1: answered 503: expected a 2xx")
    posts.status = 200
    for hours in (1, 2, 3):
        look(settings, store, at + hours * HOUR, DISK)
    assert len({json.loads(body)["id"] for body in posts.bodies}) == 1
    assert len(posts.bodies) == 4
    assert store.notices.stuck(1) == []
    assert [each.state for each in store.notices.latest()] == ["sent"]


def test_a_message_is_given_up_in_the_end_and_that_is_seen(tmp_path, store, posts):
    settings, posts.status = config(tmp_path, posts), 500
    for hours in range(0, 24 * 6, 6):
        look(settings, store, NOW + hours * HOUR, DISK)
    assert [each.state for each in store.notices.stuck(3)] == ["given-up"]


def test_a_process_that_dies_while_it_sends_leaves_the_message_to_the_next(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    sending.look(settings, store, [DISK], NOW, lines=lambda run: [])
    assert len(store.notices.claim(sending.channels(settings.notify), NOW)) == 1  # and it dies
    assert sending.send(settings, store, lambda: NOW + LEASE / 2) == []
    assert posts.bodies == []
    sending.send(settings, store, lambda: NOW + LEASE)
    assert len(posts.bodies) == 1


def test_processes_that_look_at_once_send_each_message_once(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    threads = [threading.Thread(target=look, args=(settings, store, NOW, DISK)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(posts.bodies) == 1


def test_after_each_crawl_a_message_has_its_receipt_and_what_is_new(tmp_path, store, posts):
    settings = config(tmp_path, posts, when="runs")
    ran(store, NOW - HOUR)
    look(settings, store, NOW)  # what was before [notify] was set up is no news
    assert posts.bodies == []
    ran(store, NOW)
    for minute in range(2):
        look(settings, store, NOW + timedelta(minutes=minute), DISK)
    ran(store, NOW + HOUR)
    look(settings, store, NOW + HOUR, DISK)
    assert subjects(posts) == ["crawl 2 ok: 2 new articles, 1 problem", "crawl 3 ok: 2 new articles"]
    assert "receipt of 2" in json.loads(posts.bodies[0])["text"]


def test_the_first_crawl_of_a_store_is_told_of_when_its_messages_were_set_up_before(tmp_path, store, posts):
    settings = config(tmp_path, posts, when="runs")
    look(settings, store, NOW)
    ran(store, NOW)
    look(settings, store, NOW + HOUR)
    assert subjects(posts) == ["crawl 1 ok: 2 new articles"]


def test_once_a_day_there_is_a_digest_and_nothing_else(tmp_path, store, posts):
    settings = config(tmp_path, posts, when="daily", digest="daily 07:00")
    start = NOW.replace(hour=12)
    for hour in range(72):
        if hour % 24 == 14:
            ran(store, start + hour * HOUR)
        look(settings, store, start + hour * HOUR, *[DISK][: hour > 30])
    assert [each.partition(": ")[2] for each in subjects(posts)] == [
        "all is well, 2 new articles", "1 problem, 2 new articles", "1 problem, 2 new articles",
    ]  # fmt: skip


def test_a_machine_that_was_off_for_days_sends_one_digest(tmp_path, store, posts):
    settings = config(tmp_path, posts, when="daily")
    look(settings, store, NOW)
    look(settings, store, NOW + timedelta(days=9))
    look(settings, store, NOW + timedelta(days=9, minutes=1))
    assert len(posts.bodies) == 1


def test_a_channel_that_fails_holds_up_no_other(tmp_path, store, posts):
    out = tmp_path / "out"
    script = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read())"
    settings = config(tmp_path, posts, command=(sys.executable, "-c", script, str(out)))
    posts.status = 500
    for minute in (0, 2):
        look(settings, store, NOW + timedelta(minutes=minute), DISK)
    assert out.read_text() == "What is wrong:\n- the disk is nearly full\n"


def test_a_channel_that_fails_is_tried_once_in_a_look_however_much_waits_for_it(tmp_path, store, posts):
    settings, posts.status = config(tmp_path, posts), 500
    look(settings, store, NOW, DISK)
    look(settings, store, NOW + HOUR, DISK, LATE)
    assert len(posts.bodies) == 2
    posts.status = 200
    look(settings, store, NOW + 2 * HOUR, DISK, LATE)
    assert subjects(posts)[2:] == ["the disk is nearly full", "crawl 1 was late"]


def to_two(mails: Mails, keys: Path, tmp_path: Path, posts: Posts) -> Config:
    """Let a server refuse one of two addresses."""
    mails.answers = {"RCPT desk": "550 unknown"}
    server = {"smtp_host": "127.0.0.1", "smtp_port": mails.port, "smtp_ca": keys / "cert.pem"}
    return config(tmp_path, posts, webhook=None, mail_to=("desk@a.example", "night@a.example"), **server)


def test_an_address_that_is_refused_is_tried_again_alone_and_holds_up_no_message(tmp_path, store, posts, keys):
    with smtp(keys) as mails:
        settings = to_two(mails, keys, tmp_path, posts)
        look(settings, store, NOW, DISK)
        for hours in (1, 2, 3):
            look(settings, store, NOW + hours * HOUR, DISK, LATE)
        (stuck, *_) = store.notices.stuck(3)
        assert (stuck.state, stuck.message.to) == ("waiting", ("desk@a.example",))
        assert "it takes no mail for desk@a.example: answered 550 unknown" in stuck.error
        mails.answers = {}
        for hours in (30, 60):
            look(settings, store, NOW + hours * HOUR, DISK, LATE)
    to = [(number, line.partition("<")[2]) for number, line in enumerate(mails.commands) if line.startswith("rcpt")]
    assert [each for _, each in to].count("night@a.example>") == 2  # each message once
    assert len(mails.taken) == 4
    assert {each.state for each in store.notices.latest()} == {"sent"}


def test_a_mail_server_that_is_gone_is_tried_once_in_a_look_however_many_mails_are_to_reach_some(
    tmp_path, store, posts, keys
):
    with smtp(keys) as mails:
        settings = to_two(mails, keys, tmp_path, posts)
        look(settings, store, NOW, DISK)
        look(settings, store, NOW + HOUR, DISK, LATE)
        assert len(sending.send(settings, store, lambda: NOW + 9 * HOUR)) == 2
    assert len(sending.send(settings, store, lambda: NOW + 99 * HOUR)) == 1


# ------------------------------------------------------------ what is wrong


def keys(settings: Config, store: ArticleStore, at: datetime, behind: int = 0) -> list[str]:
    return [alarm.key for alarm in alarms(settings, store, at, behind=behind)]


def test_a_source_is_an_alarm_until_it_is_acknowledged_and_another_trouble_is_another_one(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    for name in ("a", "no longer followed"):
        store.health.write(Health(source=name, state=HealthState.FAILING, since=NOW, why="x"), NOW)
    assert keys(settings, store, NOW) == [f"source:a:failing:{NOW.isoformat()}"]
    store.health.acknowledge("a", NOW)
    assert keys(settings, store, NOW) == []
    store.health.write(Health(source="a", state=HealthState.BLOCKED, since=NOW, why="x"), NOW)
    assert keys(settings, store, NOW) == [f"source:a:blocked:{NOW.isoformat()}"]


def test_a_crawl_that_failed_died_or_was_late_is_an_alarm_for_a_week(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    ran(store, NOW)
    ran(store, NOW, status="failed", note="the disk is full")
    store.schedule.plan({"a": NOW - HOUR})
    with store.runs.begin(["a"], started=NOW, due_by=NOW) as claim:
        store.runs.finish_sources(claim.run.id, [], {"a": None})
        assert keys(settings, store, NOW) == ["run:2"]  # it is not over yet
        store.runs.finish(replace(claim.run, ended=NOW, status="ok", note="due 01:30, ran 02:30: machine off"))
    found = alarms(settings, store, NOW, behind=0)
    assert [alarm.key for alarm in found] == ["run:2", "late:3"]
    assert found[1].text.endswith("was late: due 01:30, ran 02:30: machine off")
    assert keys(settings, store, NOW + timedelta(days=8)) == []


def test_crawls_that_nobody_makes_are_one_alarm_for_each_outage(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    store.schedule.plan({"a": NOW})
    assert keys(settings, store, NOW + timedelta(minutes=15)) == []
    late = keys(settings, store, NOW + timedelta(minutes=16))
    assert late == keys(settings, store, NOW + timedelta(days=3)) != []
    store.schedule.plan({"a": NOW + timedelta(days=4)})
    assert keys(settings, store, NOW + timedelta(days=3)) == []
    assert keys(settings, store, NOW + timedelta(days=5)) != late


def test_an_index_that_is_behind_long_after_a_crawl_is_an_alarm(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    assert keys(settings, store, NOW, behind=5) == []  # nothing was crawled
    ran(store, NOW)
    assert keys(settings, store, NOW + INDEX_LATE, behind=5) == []
    assert keys(settings, store, NOW + INDEX_LATE + HOUR, behind=5) == ["index"]
    with store.runs.begin(["a"], started=NOW + HOUR):
        assert keys(settings, store, NOW + 2 * HOUR, behind=5) == []


def test_messages_are_in_the_language_of_the_pages_and_say_what_a_reason_means(tmp_path, store, posts):
    settings = config(tmp_path, posts, when="runs").model_copy(update={"web": WebSettings(language="de")})
    look(settings, store, NOW)
    why = text("{what}: {reasons}", what=text("no story could be read"), reasons=counted_reasons({"http-503": 12}))
    store.health.write(Health(source="a", state=HealthState.FAILING, since=NOW, why=why), NOW)
    real_look(settings, store, NOW)
    store.health.write(Health(source="a", state=HealthState.OK, since=NOW), NOW)
    ran(store, NOW)
    real_look(settings, store, NOW + HOUR)
    failing, ended, well = (json.loads(body) for body in posts.bodies)
    assert failing["subject"].startswith("a ist gestört seit")
    assert "http-503" not in failing["text"]
    assert "503" in failing["text"]
    assert ended["subject"].endswith("in Ordnung: 2 neue Artikel")
    assert well["subject"].startswith("vorbei: a war am 1. März 2026 gestört")


def test_an_index_that_stays_behind_is_an_alarm_although_a_crawl_ends_every_few_minutes(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    store.write(article(fetched=NOW))
    late = NOW + INDEX_LATE + settings.indexer.every
    ran(store, late - timedelta(minutes=1))
    assert keys(settings, store, late, behind=1) == []
    with store.runs.begin(["a"], started=late):
        assert keys(settings, store, late + timedelta(seconds=1), behind=1) == ["index"]
        indexed_at_the_end = settings.model_copy(
            update={"indexer": settings.indexer.model_copy(update={"every": timedelta()})}
        )
        assert keys(indexed_at_the_end, store, late + timedelta(seconds=1), behind=1) == []
