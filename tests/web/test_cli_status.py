"""`pressmark status`: its sentences tell what is there, and what is wrong."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.health.values import NOW_AND_THEN, Health, HealthState, Trouble, troubled
from corpus.model import Discovered, Outcome, UrlKind
from corpus.runs import disk
from corpus.runs.receipts import SourceReceipt
from corpus.store import ArticleStore
from corpus.via import Via
from tests.corpus.samples import LATER, NOW, article, visit
from tests.web.commands import run

TEXT = '{"url": "https://gazette.example/a", "title": "Walls", "source": "gazette", "text": "The council met."}\n'


def configured(*names: str) -> str:
    return "".join(f'[[source]]\nname = "{name}"\nurl = "https://{name}.example"\n' for name in names)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "1 article · 1 source ·"),
        (("gazette",), "1 article · 1 source ·"),
        (("gazette", "herald", "coast"), "1 article · 1 of 3 sources ·"),
        (("herald",), "1 article · 1 of 2 sources ·"),
    ],
)
def test_sources_that_gave_nothing_yet_are_counted_beside_those_that_did(
    tmp_path: Path, names: tuple[str, ...], said: str
) -> None:
    (tmp_path / "config.toml").write_text(configured(*names))
    (tmp_path / "a.jsonl").write_text(TEXT)
    assert run(tmp_path, "-q", "import", "a.jsonl").exit_code == 0
    assert run(tmp_path, "status").stdout.startswith(said)


def test_none_of_four_sources_reached_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(configured("a", "b", "c", "d"))
    run(tmp_path, "sources", "pause", "a")  # makes the store
    assert "0 articles · 0 of 4 sources ·" in run(tmp_path, "status").stdout


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "Nothing here yet. Three ways to begin:\n"),
        (("a",), "0 articles · 0 of 1 source\nNothing was crawled yet: type `pressmark crawl`\n"),
    ],
)
def test_before_the_first_crawl_the_next_step_is_named(tmp_path: Path, names: tuple[str, ...], said: str) -> None:
    (tmp_path / "config.toml").write_text(configured(*names))
    for arguments in ((), ("status",)):
        assert run(tmp_path, *arguments).stdout.startswith(said)


def test_json_names_a_trouble_that_comes_and_goes_and_is_no_alarm_while_it_is_away(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(configured("a"))
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        for kind, code in (("", 5), (NOW_AND_THEN, 0)):
            store.health.write(Health(source="a", state=HealthState.FAILING, since=NOW, why="no", kind=kind), NOW)
            shown = run(tmp_path, "status", "--json")
            assert (shown.exit_code, json.loads(shown.stdout)["health"][0]["kind"]) == (code, kind or None)


def test_of_several_troubles_status_fails_until_each_is_acknowledged(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(configured("a"))
    slow = Trouble(HealthState.SLOW, "http-429", "it asks us to slow down", NOW)
    drift = Trouble(HealthState.DRIFTING, "author", "no author in 9 of 9 articles", NOW, kind="author")
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        for known, code in (((), 5), ((drift,), 5), ((slow,), 5), ((drift, slow), 0)):
            found = [replace(each, acknowledged=LATER if each in known else None) for each in (drift, slow)]
            store.health.write(troubled("a", found), NOW)
            shown = run(tmp_path, "status")
            assert (shown.exit_code, shown.stdout.count("(acknowledged ")) == (code, len(known))
            assert "drifting since" in shown.stdout
            assert "slow since" in shown.stdout
            facts = json.loads(run(tmp_path, "status", "--json").stdout)
            assert facts["failing"] == (["a"] if code else [])
            of = facts["health"][0]
            assert [bool(each["acknowledged"]) for each in (of, *of["beside"])] == [
                each in known for each in (drift, slow)
            ]


def test_data_that_is_a_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('data = "notes"\n')
    (tmp_path / "notes").write_text("mine")
    for arguments in ((), ("status",), ("status", "--json")):
        shown = run(tmp_path, *arguments)
        assert shown.exit_code == 1
        assert shown.stdout == ""
        assert shown.stderr == f'error: data = "{tmp_path / "notes"}": expected a folder, and this is a file\n'


def test_a_source_that_nobody_crawls_although_it_is_due_is_an_alarm(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[crawler]\ncontact = "desk@gazette.example"\n' + configured("a", "b"))
    (tmp_path / "a.jsonl").write_text(TEXT)
    run(tmp_path, "-q", "import", "a.jsonl")
    assert run(tmp_path, "status").exit_code == 0
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        store.schedule.plan(
            {"a": datetime(2024, 3, 1, 2, 30, tzinfo=UTC), "b": datetime(2024, 3, 2, 2, 30, tzinfo=UTC)}
        )
        shown = run(tmp_path, "status")
        assert shown.exit_code == 5
        assert "a and 1 more: due since 01 Mar 2024 02:30, and nobody crawls" in shown.stdout
        store.sources.pause("a", datetime(2024, 3, 3, tzinfo=UTC))
        assert list(json.loads(run(tmp_path, "status", "--json").stdout)["overdue"]) == ["b"]
        with store.runs.begin(["b"], started=datetime.now(UTC)) as claim:
            assert run(tmp_path, "status").exit_code == 0
            closed = SourceReceipt(source="b", state="done", started=claim.run.started, ended=claim.run.started)
            store.runs.finish_sources(claim.run.id, [closed], {})
            store.runs.finish(replace(claim.run, ended=claim.run.started, status="ok"))
        assert run(tmp_path, "status").exit_code == 0  # it was crawled by hand since
        assert "scheduler: next crawl 20" in run(tmp_path, "doctor", "--offline").stdout


def test_a_scheduler_that_is_gone_when_a_crawl_was_due_is_an_alarm(tmp_path: Path) -> None:
    settings = 'timezone = "UTC"\n[crawler]\ncontact = "desk@gazette.example"\n[schedule]\ncrawl = "hourly"\n'
    (tmp_path / "config.toml").write_text(settings + configured("a"))
    run(tmp_path, "sources", "pause", "a")  # makes the store
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        store.sources.pause("a", None)
        before = run(tmp_path, "status")
        assert before.exit_code == 0  # there never was one
        assert " · made by `pressmark serve` or `pressmark schedule run`; neither ran so far\n" in before.stdout
        store.schedule.beat(datetime.now(UTC))
        shown = run(tmp_path, "status")
        assert shown.exit_code == 0
        assert "neither ran" not in shown.stdout
        store.sources.pause("a", datetime.now(UTC))
        assert "\nno crawl is scheduled · 1 source paused · scheduler last" in run(tmp_path, "status").stdout
        store.sources.pause("a", None)
        store.schedule.beat(datetime(2024, 3, 1, 2, 10, tzinfo=UTC))
        shown = run(tmp_path, "status")
        assert shown.exit_code == 5
        assert "no scheduler since 01 Mar 2024 02:10, and the crawl of 01 Mar 2024 03:00 was not made" in shown.stdout
        assert json.loads(run(tmp_path, "status", "--json").stdout)["scheduler_alive"] == "2024-03-01T02:10:00+00:00"
        with store.runs.begin(["a"], started=datetime.now(UTC)):
            assert run(tmp_path, "status").exit_code == 0


def test_a_crawl_whose_process_was_stopped_is_an_alarm_until_it_visits_again(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(configured("a", "b", "c"))
    now = datetime.now(UTC)
    said = "a, b: its process hangs or was stopped; end it, and the next crawl goes on"
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        with store.runs.begin(["a", "b", "c"], started=now - timedelta(hours=3)) as claim:
            receipt = SourceReceipt(source="c", state="done", started=now, ended=now)
            store.runs.finish_sources(claim.run.id, [receipt], {})
            shown = run(tmp_path, "status")
            assert (shown.exit_code, said in shown.stdout) == (5, True)
            store.frontier.add([Discovered(url="https://a.example/1", kind=UrlKind.ARTICLE, via=Via.HOME)], "a", NOW)
            late = visit(url="https://a.example/1", at=now - timedelta(minutes=150), run=claim.run.id)
            store.record(late)
            since = f"has visited nothing since {late.at:%d %b %Y %H:%M} and holds a, b:"
            assert since in run(tmp_path, "status").stdout
            store.record(replace(late, at=now))
            shown = run(tmp_path, "status")
            assert (shown.exit_code, said in shown.stdout) == (0, False)
        with store.runs.begin(["a", "b", "c"], started=now):
            assert said not in run(tmp_path, "status").stdout


def test_a_crawl_that_died_is_told_although_another_source_was_crawled_since(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(configured("a", "b"))
    now = datetime.now(UTC)
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        for name, status, state in (("a", "died", "died"), ("b", "ok", "done")):
            with store.runs.begin([name], started=now) as claim:
                receipt = SourceReceipt(source=name, state=state, started=now, ended=now)
                store.runs.finish_sources(claim.run.id, [receipt], {})
                store.runs.finish(replace(claim.run, ended=now, status=status))
    shown = run(tmp_path, "status")
    assert "last crawl" in shown.stdout
    assert (
        f"! crawl 1 of {now:%d %b %Y %H:%M} died: its process was killed, the machine stopped, or the disk was full"
        in shown.stdout
    )
    assert shown.exit_code == 5


def test_a_disk_that_is_nearly_full_is_an_alarm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text(configured("a"))
    run(tmp_path, "sources", "pause", "a")
    assert run(tmp_path, "status").exit_code == 0
    monkeypatch.setattr(disk, "LITTLE_SPACE", 2**62)
    shown = run(tmp_path, "status")
    assert shown.exit_code == 5
    assert "the disk is nearly full" in shown.stdout


def test_copies_that_are_to_be_looked_for_anew_are_named_until_the_index_is_updated(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(configured("gazette"))
    (tmp_path / "a.jsonl").write_text(TEXT)
    assert run(tmp_path, "-q", "import", "a.jsonl").exit_code == 0
    said = "the texts of all articles are to be compared for copies: the next crawl does it"
    assert said not in run(tmp_path, "status").stdout
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        store.copies.advance(0)
    assert said in run(tmp_path, "status").stdout
    assert run(tmp_path, "index").exit_code == 0
    assert said not in run(tmp_path, "status").stdout


def test_an_index_says_how_many_articles_were_not_compared_with_all_that_are_like_them(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(configured("gazette"))
    form = " ".join(
        f"when ferry {each} came into the harbour of the town of {each}ham with {{0}}0{n} crates on deck"
        for n, each in enumerate(("aro", "bel", "cor", "dun", "eft", "fal", "gor", "hil", "ivy"))
    )
    (tmp_path / "data").mkdir()
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        store.write_many([article(number, body=form.format(number)) for number in range(1, 11)])
    why = "not all of these were compared, or that not all later copies will be found"
    said = f"1 article is like so many others that {why}: some copies may stand apart"
    assert said in run(tmp_path, "index").output
    assert said not in run(tmp_path, "index").output


def test_a_list_that_gives_nothing_any_more_is_named_until_its_source_is_paused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(configured("a"))
    feed = "https://a.example/feed"
    (tmp_path / "data").mkdir()
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        store.frontier.add([Discovered(url=feed, kind=UrlKind.FEED, via=Via.CONFIG)], "a", NOW)
        store.record(visit(url=feed, outcome=Outcome.READ))
        store.record(visit(url=feed, at=LATER, outcome=Outcome.FAILED, reason="http-500"))
    said = "! a: 1 list that was read before gives nothing now: the server answered 500"
    assert said in run(tmp_path, "status").stdout
    assert f"note     lists: {said[2:]}" in run(tmp_path, "doctor", "--offline").stdout
    assert "found    2026-" in (why := run(tmp_path, "why", feed).stdout)
    assert " in config.toml\n" in why
    run(tmp_path, "sources", "pause", "a")
    assert "gives nothing" not in run(tmp_path, "status").stdout
    assert "gives nothing" not in run(tmp_path, "doctor", "--offline").stdout
