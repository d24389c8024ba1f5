"""`pressmark doctor`: what is wrong here is named with the way out, and the exit code says whether anything is."""

import json
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from corpus.config import load
from corpus.kernel import SWITCH
from corpus.store import ArticleStore
from crawler.body.model import compiled as trees
from crawler.checkup import HostReport
from crawler.markup import compiled as pages
from crawler.pool import landlock
from indexer.results import compiled as results
from indexer.storage import kernel
from tests.crawler.faultweb import Reply, serving
from tests.web.commands import run
from web.cli import doctor
from web.cli.context import Context
from web.cli.examining import WALLS, examine_here
from web.cli.finding import Finding
from web.cli.group import pressmark

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
ARTICLE = '{"url": "https://gazette.example/a", "title": "Flood walls", "text": "The walls along the river held."}'
FOLLOWED = (
    'timezone = "UTC"\n[crawler]\ncontact = "desk@news.example"\nallow_addresses = ["127.88.0.0/16"]\ndelay = 0\n'
)


def examined(folder: Path, *arguments: str) -> Result:
    return run(folder, "doctor", *arguments)


def found(folder: Path, *arguments: str) -> dict[str, dict[str, str]]:
    records = json.loads(examined(folder, "--json", *arguments).stdout)
    worst = sorted(records, key=lambda each: ("ok", "note", "problem").index(each["state"]))
    return {each["check"]: each for each in worst}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus of an article; tests copy it."""
    folder = tmp_path_factory.mktemp("imported") / "here"
    folder.mkdir(mode=0o700)
    (folder / "config.toml").write_text(FOLLOWED)
    (folder / "a.jsonl").write_text(ARTICLE)
    importing = CliRunner().invoke(pressmark, ["-C", str(folder), "-q", "import", "a.jsonl"])
    assert importing.exit_code == 0
    for path in (folder / "data", *(folder / "data").rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)  # the test's own umask is not `pressmark`'s
    return folder


@pytest.fixture
def folder(tmp_path: Path, imported: Path) -> Path:
    return shutil.copytree(imported, tmp_path / "here")


def test_it_says_in_which_languages_the_forms_of_a_word_find_each_other(folder: Path) -> None:
    many = [
        {"url": f"https://gazette.example/{n}", "language": "en", "title": f"Wall {n}", "text": f"The wall {n} held."}
        for n in range(120)
    ]
    rare = [
        {
            "url": "https://gazette.example/tr",
            "language": "tr",
            "title": "Sel",
            "text": "Duvarlar gece boyunca dayandi.",
        }
    ]
    (folder / "b.jsonl").write_text("\n".join(json.dumps(each) for each in [*many, *rare]))
    assert CliRunner().invoke(pressmark, ["-C", str(folder), "-q", "import", "b.jsonl"]).exit_code == 0
    finding = found(folder, "--offline")["word forms"]
    assert finding["state"] == "note"
    assert (
        "in English; not in Turkish (1 article), by 8 languages of the same letters at most, of a hundredth"
        in finding["text"]
    )
    with (folder / "config.toml").open("a") as file:
        file.write('[indexer]\nlanguages = ["en", "tr"]\n')
    finding = found(folder, "--offline")["word forms"]
    assert (finding["state"], finding["text"]) == ("ok", "the forms of a word find each other in English, Turkish")


def test_a_new_folder_is_well(tmp_path: Path) -> None:
    run(tmp_path, "init")
    shown = examined(tmp_path)
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[-1] == "no problem"


def test_what_is_looked_at_is_named(folder: Path) -> None:
    run(folder, "index")
    (folder / "data").chmod(0o700)
    checks = found(folder, "--fix")
    assert checks.keys() >= {"config", "contact", "tls", "clock", "disk", "permissions", "store", "index", "sandbox"}
    assert not [each for each in checks.values() if each["state"] == "problem"]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (None, "is used"),
        ("VERSION", "is not used: it has version 99"),
        ("TREES", "not for blocks:"),
        ("PAGES", "not for pages:"),
        ("SNIPPETS", "not for the marks of results:"),
    ],
)
def test_an_installed_kernel_that_is_not_used_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kernel: ModuleType, other: str | None, said: str
) -> None:
    if other is not None:
        monkeypatch.setattr(kernel, other, 99)
    finding = kernel_found(folder, monkeypatch, kernel)
    assert finding is not None
    assert said in finding["text"]
    assert finding["state"] == ("ok" if other is None else "note")
    assert other is None or "make kernel" in finding["way_out"]


def test_of_a_kernel_that_is_switched_off_it_says_how_to_use_it_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kernel: ModuleType
) -> None:
    finding = kernel_found(folder, monkeypatch, kernel, switch="off")
    assert finding is not None
    assert finding["text"] == "the compiled kernel is not used: switched off by PRESSMARK_KERNEL=off"
    assert finding["way_out"] == "unset PRESSMARK_KERNEL to use it"


def test_where_no_kernel_is_installed_nothing_is_said_of_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kernel_found(folder, monkeypatch, None) is None


def kernel_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType | None, *, switch: str = "on"
) -> dict[str, str] | None:
    """What is said of a kernel that is installed, or of none."""
    looks = kernel.kernel, trees.compiled, pages.installed, results.compiled
    monkeypatch.setitem(sys.modules, "pressmark_kernel", module)
    monkeypatch.setenv(SWITCH, switch)
    for look in looks:
        look.cache_clear()
    try:
        return found(folder, "--offline").get("kernel")
    finally:
        for look in looks:
            look.cache_clear()


def test_a_broken_config_is_a_finding_and_what_needs_no_config_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[crawler]\ndelay = "soon"\n')
    shown = examined(tmp_path)
    assert shown.exit_code == 5
    assert "config.toml:2" in shown.stdout
    assert "sandbox: " in shown.stdout


def test_files_that_others_can_read_are_a_problem_until_fix_narrows_them(folder: Path) -> None:
    store = folder / "data" / "pressmark.sqlite"
    store.chmod(0o644)
    (folder / "data").chmod(0o755)
    before = found(folder)["permissions"]
    assert before["state"] == "problem"
    assert "2 paths" in before["text"]
    assert "--fix" in before["way_out"]
    fixed = examined(folder, "--fix")
    assert "narrowed to this user" in fixed.stdout
    assert [path.stat().st_mode & 0o777 for path in (folder / "data", store)] == [0o700, 0o600]
    assert found(folder)["permissions"]["state"] == "ok"


def test_without_fix_nothing_is_changed(folder: Path) -> None:
    (folder / "data" / "pressmark.sqlite").chmod(0o644)
    examined(folder)
    assert (folder / "data" / "pressmark.sqlite").stat().st_mode & 0o777 == 0o644


def test_a_config_with_headers_that_others_can_read_is_a_problem(folder: Path) -> None:
    config = folder / "config.toml"
    config.chmod(0o644)
    assert found(folder)["permissions"]["state"] == "ok"
    config.write_text(FOLLOWED + '[[source]]\nurl = "https://gazette.invalid/"\nheaders = { "X-Key" = "k-4711" }\n')
    shown = examined(folder, "--offline")
    assert str(config) in shown.stdout
    assert "4711" not in shown.stdout


def test_sources_are_asked_for_their_robots_txt_unless_offline(folder: Path) -> None:
    rules = Reply("User-agent: *\nDisallow: /private/\nCrawl-delay: 3\n", type="text/plain")
    with serving({"/robots.txt": rules}) as site:
        sources = f'[[source]]\nurl = "{site.url}/"\nname = "good"\n'
        sources += f'[[source]]\nurl = "{site.url}/private/"\nname = "barred"\n'
        sources += '[[source]]\nurl = "https://gazette.invalid/"\nname = "nowhere"\n'
        (folder / "config.toml").write_text(FOLLOWED + sources)
        assert found(folder, "--offline")["sources"]["state"] == "note"
        assert site.paths == []
        checks = found(folder)
    assert checks["source good"] == {
        "check": "source good",
        "state": "ok",
        "text": "robots.txt allows it, one request in 3 s",
        "way_out": None,
    }
    assert "forbids" in checks["source barred"]["text"]
    assert "name servers" in checks["source nowhere"]["way_out"]


def test_without_a_contact_nobody_is_asked_and_it_says_so(folder: Path) -> None:
    with serving({}) as site:
        (folder / "config.toml").write_text(f'[[source]]\nurl = "{site.url}/"\n')
        checks = found(folder)
        assert site.paths == []
    assert checks["contact"]["state"] == "problem"
    assert "no [crawler] contact" in checks["sources"]["text"]


def test_a_clock_apart_from_those_of_the_sources_is_a_problem() -> None:
    off = [timedelta(minutes=-90), timedelta(minutes=-91), timedelta(days=400)]
    assert [each.state for each in doctor._clock(off)] == ["problem"]
    assert "90 minutes behind" in next(doctor._clock(off[:1])).text
    assert list(doctor._clock([timedelta(seconds=2), timedelta(days=400), timedelta(seconds=1)])) == []


def test_a_robots_txt_that_fails_for_now_is_a_problem() -> None:
    finding = doctor._of_source(HostReport(source="gazette", reachable=False, status=503))
    assert (finding.state, "answered 503" in finding.text) == ("problem", True)


def context_of(folder: Path) -> Context:
    return Context(file=folder / "config.toml", folder=folder)


def here(folder: Path, now: datetime = NOW) -> dict[str, Finding]:
    context = context_of(folder)
    try:
        worst = sorted(examine_here(context, now), key=lambda each: ("ok", "note", "problem").index(each.state))
        return {each.check: each for each in worst}
    finally:
        context.close()


def test_a_clock_before_the_last_crawl_is_a_problem(folder: Path) -> None:
    store = ArticleStore.open(load(folder / "config.toml").store)
    with store, store.runs.begin([], started=NOW + timedelta(days=2)):
        pass
    assert here(folder)["clock"].state == "problem"
    assert here(folder, NOW + timedelta(days=3))["clock"].state == "ok"


def test_a_clock_before_any_release_is_a_problem(folder: Path) -> None:
    assert here(folder, datetime(1970, 1, 3, tzinfo=UTC))["clock"].state == "problem"


def test_a_crawl_that_nobody_made_is_a_problem(folder: Path) -> None:
    (folder / "config.toml").write_text(FOLLOWED + '[[source]]\nurl = "https://gazette.invalid/"\n')
    with ArticleStore.open(load(folder / "config.toml").store) as store:
        store.schedule.plan({"gazette.invalid": datetime(2026, 11, 24, 2, 30, tzinfo=UTC)})
    late = here(folder)["scheduler"]
    assert late.state == "problem"
    assert late.way_out is not None
    assert "schedule run" in late.way_out
    store = ArticleStore.open(load(folder / "config.toml").store)
    with store, store.runs.begin(["gazette.invalid"], started=NOW):
        assert (here(folder)["scheduler"].state, here(folder)["scheduler"].text) == ("ok", "at work: crawl 1")


def test_a_scheduler_that_is_gone_when_a_crawl_was_due_is_a_problem(folder: Path) -> None:
    (folder / "config.toml").write_text(FOLLOWED + '[[source]]\nurl = "https://gazette.invalid/"\n')
    with ArticleStore.open(load(folder / "config.toml").store) as store:
        store.schedule.beat(NOW - timedelta(minutes=1))
        assert here(folder)["scheduler"].state == "ok"
        store.schedule.beat(NOW - timedelta(days=2))
    gone = here(folder)["scheduler"]
    assert (gone.state, gone.text.partition(",")[0]) == ("problem", "no scheduler since 24 Nov 2026 12:00")


def test_a_damaged_store_is_a_problem_with_its_way_out(folder: Path) -> None:
    (folder / "data" / "pressmark.sqlite").write_bytes(b"no store" * 1000)
    damaged = here(folder)["store"]
    assert damaged.state == "problem"
    assert damaged.way_out is not None
    assert "restore" in damaged.way_out


def test_damage_within_the_store_ends_no_other_look_and_sends_nobody_to_the_index(folder: Path) -> None:
    store = folder / "data" / "pressmark.sqlite"
    whole = store.read_bytes()
    for page in range(4, 13):  # tables and indexes that the figures of the corpus are read from, and others
        store.write_bytes(whole)
        with store.open("r+b") as file:
            file.seek(1024 * page)
            file.write(b"\xff" * 3000)
        checks = here(folder)
        assert checks["store"].state == "problem", page
        assert checks["index"].way_out != "`pressmark index rebuild`", page
        assert "sandbox" in checks, page


def test_data_that_is_a_file_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('data = "here"\n')
    (tmp_path / "here").write_text("x")
    shown = examined(tmp_path)
    assert shown.exit_code == 5
    assert "Error" not in shown.output
    assert "Traceback" not in shown.output


def test_the_walls_of_a_worker_are_those_of_this_kernel(folder: Path) -> None:
    text = here(folder)["sandbox"].text
    if landlock.version():
        assert "Landlock" in text
    assert all(words.split(" (")[0] in text for name, (words, _) in WALLS.items() if name != "landlock")


def test_a_missing_wall_is_named_with_its_way_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(WALLS, "no-such-wall", ("a wall of glass", "needs a newer kernel"))
    missing = here(folder)["sandbox"]
    assert (missing.state, missing.way_out) == ("problem", "needs a newer kernel")
    assert missing.text == "missing around workers: a wall of glass"


def test_names_of_sources_write_nothing_to_a_terminal(folder: Path) -> None:
    source = '[[source]]\nurl = "https://gazette.invalid/"\nname = "a\\u202eb\\u009b31m"\n'
    (folder / "config.toml").write_text(FOLLOWED + source)
    shown = examined(folder, "--offline").stdout + examined(folder).stdout
    assert not {"\u202e", "\x9b", "\x1b"} & set(shown)


@pytest.mark.parametrize(
    ("settings", "state", "said"),
    [
        (
            'proxy = "http://desk:S3CRET@proxy.example"',
            "ok",
            "through http://proxy.example:80, which is given",
        ),
        ('proxy = "socks5://proxy.example"\nproxy_resolves = true', "note", "it alone keeps requests from private"),
        ('ca = "none.pem"', "problem", "No such file"),
        ('bind = "203.0.113.9"', "problem", "203.0.113.9"),
        ('bind = "127.0.0.1"', "ok", "requests come from 127.0.0.1"),
    ],
)
def test_the_way_of_requests_is_named(tmp_path: Path, settings: str, state: str, said: str) -> None:
    (tmp_path / "config.toml").write_text(f"{FOLLOWED}{settings}\n")
    shown = found(tmp_path, "--offline")["way"]
    assert (shown["state"], said in shown["text"], "S3CRET" in str(shown)) == (state, True, False)
