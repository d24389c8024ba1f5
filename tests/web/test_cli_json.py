"""`--json` on every verb: one JSON value or lines of them, typed, and nothing beside it; all verbs are walked."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import pytest
from click.testing import Result

from corpus.schedules.cadence import parse
from corpus.store import ArticleStore
from docs.commands import commands
from tests.crawler.crawling import front, rss, story
from tests.crawler.faultweb import ALLOWED, Site, serving
from tests.web.commands import run
from tests.web.corpus import HERALD, POST
from tests.web.ports import held_port
from tests.web.stopping import answers, stopped_when

# Verbs whose standard output has a form of its own.
OTHER_FORMS = {
    "mcp": "speaks the protocol of language models, which is JSON",
    "completion": "prints a program for a shell",
}
AS_WRITTEN = {"config show", "config schema"}  # settings are as config.toml writes them, such as "5 MB"
CONFIG = f"""\
timezone = "Europe/Paris"
[crawler]
contact = "desk@gazette.example"
allow_addresses = ["{ALLOWED[0]}"]
delay = "1 ms"
allow_ports = [80, 443]
"""
SOURCES = "".join(f'[[source]]\nname = "{name}"\nurl = "https://{name}/"\n' for name in (HERALD, POST))
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")
LOCAL = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")  # a moment for a person, alone or at the head of a sentence
FIGURE = re.compile(r"[\d.,]+( ?(%|[kMG]?B|s|ms|min))?|\d+:\d\d(:\d\d)?|yes|no|none|None|True|False")
# Dates of articles are as exact as their pages give them (corpus/iso_dates.py); the others are words
# of the corpus, and sentences.
AS_GIVEN = {"published", "updated", "period", "key", "section", "value", "version", "text"}


def untyped(value: Any, at: str = "") -> Iterator[str]:
    """Give each text within that is a moment without its zone, a number, a yes or a nothing."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from untyped(inner, f"{at}.{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from untyped(inner, f"{at}[{number}]")
    elif isinstance(value, str) and at.rpartition(".")[2] not in AS_GIVEN:
        is_moment = LOCAL.match(value) or (MOMENT.match(value) and not ZONED.fullmatch(value))
        if is_moment or FIGURE.fullmatch(value):
            yield f"{at} = {value!r}"


def values(shown: Result) -> list[Any]:
    """Return the values on stdout, which has nothing else: one value, or a value a line."""
    assert shown.exception is None or isinstance(shown.exception, SystemExit), shown.exception
    assert shown.stdout, shown.stderr
    try:
        return [json.loads(shown.stdout)]
    except ValueError:
        return [json.loads(line) for line in shown.stdout.splitlines()]


@pytest.fixture
def desk(data: Path, tmp_path: Path) -> Path:
    """A folder with a config and the sample corpus."""
    shutil.copytree(data, tmp_path / "data")
    (tmp_path / "config.toml").write_text(CONFIG + SOURCES)
    (tmp_path / "searches.txt").write_text("flood\n")
    (tmp_path / "secret.txt").write_text("a long password\n")
    (tmp_path / "new.jsonl").write_text('{"url": "https://x.example/a", "title": "A wall", "text": "It held."}\n')
    (tmp_path / "page.html").write_text(story())
    return tmp_path


# Verb -> its arguments, and the exit codes that it may end with; earlier ones prepare later ones.
WALK: list[tuple[str, list[str], set[int]]] = [
    ("init", ["other", "--contact", "desk@gazette.example"], {0}),
    ("config check", [], {0}),
    ("config show", [], {0}),
    ("config path", [], {0}),
    ("config schema", [], {0}),
    ("sources", [], {0}),
    ("sources list", [], {0}),
    ("sources show", [HERALD], {0}),
    ("sources pause", [HERALD], {0}),
    ("sources resume", [HERALD], {0}),
    ("sources ack", [POST], {0}),
    ("sources export", ["feeds.opml"], {0}),
    ("import", ["new.jsonl", "--no-index"], {0}),
    ("index", [], {0}),
    ("index update", [], {0}),
    ("index rebuild", [], {0}),
    ("index verify", [], {0}),
    ("search", ["flood"], {0}),
    ("show", ["{mark}"], {0}),
    ("cite", ["{mark}"], {0}),
    ("cite", ["{mark}", "--format", "ris", "-o", "story.ris"], {0}),
    ("similar", ["{mark}"], {0}),
    ("changes", ["{mark}"], {0}),
    ("trend", ["flood", "--by", "year"], {0}),
    ("trend", ["flood", "--line", "site", "-o", "floods.svg"], {0}),
    ("sources coverage", [HERALD], {0}),
    ("why", [f"https://{HERALD}/nowhere"], {0, 4}),
    ("why", ["{url}"], {0}),
    ("receipt make", ["flood"], {0}),
    ("receipt list", [], {0}),
    ("receipt check", ["{receipt}"], {0}),
    ("authors list", [], {0}),
    ("authors suggest", [], {0}),
    ("authors merge", ["{author}", "--into", "{other author}"], {0}),
    ("authors split", ["{author}"], {0}),
    ("export", ["-o", "all.jsonl"], {0}),
    ("export", ["flood", "--format", "csv", "-o", "flood.csv"], {0}),
    ("export", ["--format", "wacz", "-o", "all.wacz"], {0}),
    ("dossiers begin", ["Walls", "--about", "Of the sea"], {0}),
    ("dossiers change", ["{dossier}", "--name", "Sea walls"], {0}),
    ("dossiers fill", ["{dossier}", "flood", "-insurance"], {0}),
    ("dossiers put", ["{dossier}", "{mark}", "--note", "Here.", "--tag", "money"], {0}),
    ("dossiers show", ["{dossier}"], {0}),
    ("dossiers", [], {0}),
    ("dossiers list", [], {0}),
    ("dossiers share", ["{dossier}", "link"], {0}),
    ("dossiers export", ["{dossier}", "-o", "walls.zip"], {0}),
    ("dossiers tag", ["{mark}", "money", "to check"], {0}),
    ("dossiers of", ["{mark}"], {0}),
    ("dossiers take-out", ["{dossier}", "{mark}"], {0}),
    ("dossiers bundle make", ["{dossier}"], {0}),
    ("dossiers bundle list", ["{dossier}"], {0}),
    ("dossiers bundle export", ["{dossier}", "{bundle}", "-o", "handed.zip"], {0}),
    ("dossiers bundle remove", ["{dossier}", "{bundle}"], {0}),
    ("dossiers history", ["{dossier}"], {0}),
    ("dossiers remove", ["{dossier}"], {0}),
    ("samples draw", ["flood", "-n", "3", "--seed", "7", "--column", "frame"], {0}),
    ("samples", [], {0}),
    ("samples list", [], {0}),
    ("samples show", ["{sample}"], {0}),
    ("samples export", ["{sample}", "-o", "coding.csv"], {0}),
    ("samples remove", ["{sample}"], {0}),
    ("passages mark", ["{mark}", "{quote}"], {0}),
    ("passages list", ["{mark}"], {0}),
    ("passages note", ["1", "Since when?"], {0}),
    ("passages remove", ["1"], {0}),
    ("corrections add", ["{mark}", "section", "Coast"], {0}),
    ("corrections", [], {0}),
    ("corrections list", [], {0}),
    ("corrections remove", ["1"], {0}),
    ("corrections rules", [], {0}),
    ("withdraw", ["{mark}", "--reason", "asked for", "--yes"], {0}),
    ("extract", ["page.html"], {0}),
    ("runs", [], {0}),
    ("runs", ["1"], {0}),
    ("politeness", [HERALD], {0}),
    ("schedule", [], {0}),
    ("schedule list", [], {0}),
    ("schedule next", [], {0}),
    ("users add", ["Ana", "--password-file", "secret.txt"], {0}),
    ("users role", ["Ana", "editor"], {0}),
    ("users password", ["Ana", "--password-file", "secret.txt"], {0}),
    ("users disable", ["Ana"], {0}),
    ("users enable", ["Ana"], {0}),
    ("users list", [], {0}),
    ("tokens add", ["Ana", "--for", "feeds"], {0}),
    ("tokens list", [], {0}),
    ("tokens revoke", ["1"], {0}),
    ("users remove", ["Ana", "--yes"], {0}),
    ("status", [], {0, 5}),
    ("doctor", ["--offline"], {0, 5}),
    ("check", [], {0}),
    ("check", ["--full", "--mend"], {0, 1}),
    ("compact", [], {0}),
    ("prune", [], {0}),
    ("backup", ["corpus.tar"], {0}),
    ("restore", ["corpus.tar", "--force"], {0}),
    ("notify list", [], {0}),
    ("batch", ["searches.txt"], {0}),
    ("saved add", ["flood"], {0}),
    ("saved set", ["1", "--name", "Floods"], {0}),
    ("saved pause", ["1"], {0}),
    ("saved resume", ["1"], {0}),
    ("saved", [], {0}),
    ("saved list", [], {0}),
    ("saved run", [], {0}),
    ("saved remove", ["1"], {0}),
    ("schedule requests", [], {0}),
]
APART = {  # each has a test of its own below
    "corrections try", "corrections trial", "corrections take",  # tests/web/test_cli_corrections.py
    "add", "sources import", "crawl", "schedule run", "serve", "demo", "notify", "notify test",
}  # fmt: skip


def test_every_verb_takes_json_or_has_a_form_of_its_own() -> None:
    lacking = {
        words
        for words, command in commands()
        if not any("--json" in each.opts for each in command.params)
        and not (isinstance(command, click.Group) and not command.invoke_without_command)
    }
    assert lacking == set(OTHER_FORMS)


def test_every_verb_is_walked() -> None:
    able = {words for words, command in commands() if any("--json" in each.opts for each in command.params)}
    assert able == {words for words, _, _ in WALK} | APART


def test_each_verb_prints_json_alone_and_its_values_are_typed(desk: Path) -> None:
    with ArticleStore.open(desk / "data" / "pressmark.sqlite", read_only=True) as store:
        newest = store.newest(1)[0]
        known = {"mark": newest.mark, "url": newest.article.url, "quote": newest.article.body[:50].rpartition(" ")[0]}
        known["author"], known["other author"] = (each.author.key for each in store.authors.counts(limit=2))
    for words, arguments, codes in WALK:
        filled = [each.format_map(known) for each in arguments]
        shown = run(desk, *words.split(), *filled, "--json")
        assert shown.exit_code in codes, (words, shown.output)
        found = values(shown)
        assert words in AS_WRITTEN or list(untyped(found[0])) == [], words
        if words == "receipt make":
            known["receipt"] = found[0]["receipt"]
        if words == "samples draw":
            known["sample"] = found[0]["mark"]
        if words == "dossiers bundle make":
            known["bundle"] = found[0]["mark"]
        if words == "dossiers begin":
            known["dossier"] = found[0]["mark"]


@pytest.mark.parametrize(
    "words", ["schedule next", "schedule list", "index verify", "notify list", "sources show {source}"]
)
def test_json_counts_before_the_verb_of_a_group_too(desk: Path, words: str) -> None:
    group, *rest = words.format(source=HERALD).split()
    assert run(desk, group, "--json", *rest).stdout == run(desk, group, *rest, "--json").stdout != ""


def test_numbers_are_numbers_and_what_is_not_known_is_null(desk: Path) -> None:
    first = values(run(desk, "sources", "--json"))[0][0]
    assert (type(first["articles"]), type(first["no_byline"]), first["paused"]) == (int, float, False)
    (newest,) = values(run(desk, "runs", "-n", "1", "--json"))[0]
    assert (newest["seconds"], newest["bytes"], newest["note"]) == (960.0, 4_200_000, None)
    assert datetime.fromisoformat(newest["started"]).utcoffset() == timedelta()
    planned = values(run(desk, "schedule", "--json"))[0][0]
    assert (type(planned["sources"]), planned["missed"]) == (list, False)


def test_an_error_prints_no_json_and_says_why(desk: Path) -> None:
    shown = run(desk, "show", "no-such", "--json")
    assert (shown.exit_code, shown.stdout) == (4, "")
    assert shown.stderr.startswith("error: ")


def test_json_of_an_export_to_the_terminal_is_refused(desk: Path) -> None:
    shown = run(desk, "export", "--json")
    assert (shown.exit_code, shown.stdout) == (2, "")


# ---------------------------------------------------------------- with a site


@pytest.fixture
def site() -> Iterator[Site]:
    pages = {f"/news/{n}-flood-walls": story(f"Flood walls {n}") for n in range(3)}
    with serving({}) as site:
        site.routes |= {"/": front(*pages), "/feed.xml": rss(*(site.url + path for path in pages)), **pages}
        yield site


def test_a_site_is_added_crawled_and_its_feeds_imported(tmp_path: Path, site: Site) -> None:
    (tmp_path / "config.toml").write_text(CONFIG)
    opml = f'<opml version="2.0"><body><outline type="rss" xmlUrl="{site.url}/feed.xml"/></body></opml>'
    (tmp_path / "feeds.opml").write_text(opml)
    for arguments in (
        ["add", f"{site.url}/", "--name", "gazette", "--yes"],
        ["sources", "import", "feeds.opml"],
        ["crawl"],
    ):
        shown = run(tmp_path, *arguments, "--json")
        assert shown.exit_code == 0, shown.output
        (found,) = values(shown)
        assert list(untyped(found)) == []
    assert found["sources"][0]["visits"]["new"]
    # A crawl that is missed is made by the scheduler at once; its receipt is a line.
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        before = datetime.now(UTC) - timedelta(hours=26)  # a night may be of 25 hours
        missed = parse("nightly").next(before, ZoneInfo("Europe/Paris"))
        store.schedule.plan({"gazette": missed})
        ended = stopped_when(lambda: len(store.runs.latest()) > 1 and store.runs.latest()[0].ended is not None)
        shown = run(tmp_path, "schedule", "run", "--json")
        ended.join(10)
    assert list(untyped(values(shown)[0])) == []
    assert (values(shown)[0]["trigger"], found["trigger"]) == ("schedule", "manual")


def test_serve_prints_its_address_as_a_line(desk: Path) -> None:
    with held_port() as port:
        ended = stopped_when(lambda: answers("127.0.0.1", port))
        shown = run(desk, "serve", "--no-scheduler", "--port", str(port), "--json")
        ended.join(10)
    assert values(shown) == [{"url": f"http://127.0.0.1:{port}/", "host": "127.0.0.1", "port": port}]


def test_messages_that_were_sent_and_not_sent_are_told_apart(desk: Path) -> None:
    (desk / "config.toml").write_text(f'{CONFIG}{SOURCES}[notify]\ncommand = ["false"]\n')
    for verb in (["notify"], ["notify", "test"]):
        shown = run(desk, *verb, "--json")
        assert shown.exit_code == 5
        (found,) = values(shown)
        assert list(untyped(found)) == []
    assert found == [{"channel": "command", "sent": False, "error": found[0]["error"]}]


@pytest.mark.soak
def test_the_demo_says_what_it_made(tmp_path: Path) -> None:
    shown = run(tmp_path, "demo", "made", "--no-serve", "--json")
    assert values(shown)[0]["articles"] == 416
