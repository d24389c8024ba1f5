"""The command line: what it prints where, its exit codes, and that help is quick."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.web.commands import run
from web.cli.group import VERBS, pressmark

ROOT = Path(__file__).parents[2]
HEAVY = ("whoosh", "flask", "httpx", "bs4", "lxml", "pydantic", "numpy", "rich", "sqlite3")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text("")
    (tmp_path / "a.jsonl").write_text(
        '{"url": "https://gazette.example/a", "title": "Flood walls approved", "authors": ["Ana Pérez", "Li Wei"],'
        ' "published": "2024-03-01", "text": "The council approved the walls.\\n\\nResidents were glad."}\n'
        '{"url": "https://gazette.example/b", "title": "=SUM(A1)", "author": "Ana Perez and Tom Whitfield",'
        ' "date": "2024-04-02T10:00:00+02:00", "content": "A school opened near the harbour."}\n'
    )
    assert run(tmp_path, "-q", "import", str(tmp_path / "a.jsonl")).exit_code == 0
    return tmp_path


def test_help_loads_no_heavy_library() -> None:
    probe = (
        "import sys; from web.cli.group import pressmark\n"
        "try: pressmark(['--help'], prog_name='pressmark')\n"
        f"except SystemExit: print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "LOADED []" in shown
    assert all(verb in shown for verb in VERBS)


def test_every_verb_has_help_within_80_columns() -> None:
    for verb in VERBS:
        shown = CliRunner().invoke(pressmark, [verb, "--help"])
        assert shown.exit_code == 0, verb
        assert max(map(len, shown.output.splitlines())) <= 80, verb


def test_a_mistyped_verb_is_named_and_not_run() -> None:
    shown = CliRunner().invoke(pressmark, ["statsu"])
    assert shown.exit_code == 2
    assert 'Did you mean "status"?' in shown.stderr


def test_a_broken_config_names_every_problem_and_exits_3(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[crawler]\ndealy = 2\ndelay = "soon"\n[web]\nport = 99999999\n')
    shown = run(tmp_path, "status")
    assert shown.exit_code == 3
    assert "3 problems" in shown.stderr
    assert all(f"config.toml:{line}" in shown.stderr for line in (2, 3, 5))


def test_init_never_overwrites(tmp_path: Path) -> None:
    assert run(tmp_path, "init").exit_code == 0
    (tmp_path / "config.toml").write_text("# mine")
    again = run(tmp_path, "init")
    assert again.exit_code == 1
    assert "left as it is" in again.stderr
    assert (tmp_path / "config.toml").read_text() == "# mine"


def test_what_init_writes_is_valid(tmp_path: Path) -> None:
    run(tmp_path, "init")
    assert run(tmp_path, "config", "check").exit_code == 0


def test_import_names_each_bad_line_and_takes_the_rest(folder: Path) -> None:
    (folder / "b.jsonl").write_text(
        'nonsense\n{"title": "no text"}\n{"text": "A text of its own.", "date": "soon"}\n{"text": "Good."}\n'
    )
    shown = run(folder, "import", str(folder / "b.jsonl"))
    assert shown.exit_code == 1
    assert all(f"b.jsonl:{line}:" in shown.stderr for line in (1, 2, 3))
    assert "2 new" in shown.stderr


def test_what_is_no_text_is_not_imported_for_its_name(folder: Path) -> None:
    (folder / "scan.txt").write_bytes(b"%PDF-1.7\n\xe2\xe3\xcf\xd3")
    shown = run(folder, "import", "scan.txt")
    assert shown.exit_code == 1
    assert "scan.txt: begins like a file of another type (pdf): expected text" in shown.stderr


def test_importing_again_changes_nothing(folder: Path) -> None:
    shown = run(folder, "import", str(folder / "a.jsonl"))
    assert "0 new, 0 changed, 2 unchanged" in shown.stderr


def test_names_folded_alike_are_one_author(folder: Path) -> None:
    listed = json.loads(run(folder, "authors", "list", "--json").stdout)
    assert {one["key"]: one["articles"] for one in listed} == {"ana-perez": 2, "li-wei": 1, "tom-whitfield": 1}


def test_an_export_can_be_imported_again(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    run(folder, "export", "-o", str(folder / "all.jsonl"))
    other = tmp_path_factory.mktemp("other")
    (other / "config.toml").write_text("")
    assert run(other, "import", str(folder / "all.jsonl")).exit_code == 0
    first, second = (run(each, "export").stdout.splitlines() for each in (folder, other))
    marks = [[json.loads(line)["id"] for line in lines] for lines in (first, second)]
    assert marks[0] == marks[1]


def test_csv_cells_are_no_formulas(folder: Path) -> None:
    assert "'=SUM(A1)" in run(folder, "export", "--format", "csv").stdout


def test_show_finds_by_mark_as_typed_and_by_url(folder: Path) -> None:
    by_url = json.loads(run(folder, "show", "https://gazette.example/a", "--json").stdout)
    by_mark = json.loads(run(folder, "show", by_url["id"].upper(), "--json").stdout)
    assert by_url == by_mark
    assert by_url["authors"] == ["Ana Pérez", "Li Wei"]


def test_show_says_moments_in_the_zone_of_config(folder: Path) -> None:
    (folder / "config.toml").write_text('timezone = "Pacific/Kiritimati"\n')  # 14 hours before UTC
    found = run(folder, "show", "https://gazette.example/a", "--json").stdout
    seen = datetime.fromisoformat(json.loads(found)["first_seen"]) + timedelta(hours=14)
    shown = run(folder, "show", "https://gazette.example/a", "--provenance").stdout
    assert f"first seen {seen:%Y-%m-%d %H:%M}, revision 1" in shown


def test_show_of_nothing_exits_4(folder: Path) -> None:
    shown = run(folder, "show", "k7f003")
    assert shown.exit_code == 4
    assert shown.stdout == ""


@pytest.mark.parametrize("which", ["", "  "])
def test_show_of_an_empty_word_says_what_is_expected(folder: Path, which: str) -> None:
    shown = run(folder, "show", which)
    assert shown.exit_code == 2
    assert "expected a pressmark such as k7f003, or an address" in shown.stderr


def test_a_merge_can_be_undone(folder: Path) -> None:
    assert run(folder, "authors", "merge", "tom-whitfield", "--into", "Li Wei").exit_code == 0
    assert run(folder, "authors", "split", "tom-whitfield").exit_code == 0
    assert run(folder, "authors", "split", "tom-whitfield").exit_code == 4


def test_a_merge_of_someone_unknown_is_refused(folder: Path) -> None:
    assert run(folder, "authors", "merge", "nobody", "--into", "li-wei").exit_code == 4


def test_nobody_is_merged_into_themselves(folder: Path) -> None:
    shown = run(folder, "authors", "merge", "ana-perez", "--into", "Ana Pérez")
    assert shown.exit_code == 2
    assert "cannot be merged into itself" in shown.stderr


def test_a_data_folder_that_is_a_file_is_told_without_a_traceback(folder: Path) -> None:
    (folder / "config.toml").write_text('data = "a.jsonl"\n')
    shown = run(folder, "import", "a.jsonl")
    assert shown.exit_code == 1
    assert shown.stderr == f'error: data = "{folder / "a.jsonl"}": expected a folder, and this is a file\n'


def test_text_from_strangers_cannot_steer_a_terminal(folder: Path) -> None:
    (folder / "evil.jsonl").write_text(
        json.dumps({"url": "https://x.example/", "title": "\x1b[31mred\u202e [red]x[/red]", "text": "a\x1b]0;b\x07"})
    )
    run(folder, "import", str(folder / "evil.jsonl"))
    shown = run(folder, "show", "https://x.example/").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[red]x[/red]" in shown


def test_batch_extraction_answers_every_line_in_order(folder: Path) -> None:
    (folder / "page.html").write_text(
        "<html><head><title>Walls</title></head><body><article><h1>Walls</h1>"
        + "".join(
            f"<p>Paragraph {n} tells how the council voted on the harbour walls last night.</p>" for n in range(6)
        )
        + "</article></body></html>"
    )
    (folder / "list.jsonl").write_text(
        '{"url": "https://gazette.example/w", "path": "page.html"}\nnonsense\n'
        '{"url": "https://gazette.example/x", "path": "none.html"}\n'
    )
    shown = run(folder, "extract", "--batch", str(folder / "list.jsonl"))
    answers = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [answer["url"] for answer in answers] == ["https://gazette.example/w", None, "https://gazette.example/x"]
    assert [answer["kind"] for answer in answers] == ["article", "failed", "failed"]
    assert "harbour walls" in answers[0]["body"]
    assert shown.exit_code == 0


def test_search_json_has_the_documented_keys(folder: Path) -> None:
    answer = json.loads(run(folder, "search", "walls", "--json").stdout)
    assert {"total", "read_as", "hits", "facets", "histogram"} <= set(answer)
    assert answer["total"] == 1
    hit = answer["hits"][0]
    assert {"id", "url", "headline", "authors", "published", "source", "score", "snippet"} <= set(hit)
    assert hit["authors"] == ["Ana Pérez", "Li Wei"]
    assert {"value": "Li Wei", "key": "li-wei", "count": 1} in answer["facets"]["authors"]


def test_an_author_is_found_in_the_text_of_a_query_and_by_option(folder: Path) -> None:
    totals = [
        json.loads(run(folder, "search", *words, "--json").stdout)["total"]
        for words in (['author:"ana pérez"'], ["--author", "ana-perez"], ["--author", "Ana Perez"])
    ]
    assert totals == [2, 2, 2]


def test_a_piped_search_is_tsv_with_full_values(folder: Path) -> None:
    lines = run(folder, "search", "walls").stdout.splitlines()
    assert lines[0].split("\t") == ["id", "published", "authors", "source", "headline", "url", "match", "copies"]
    assert lines[1].split("\t")[2] == "Ana Pérez; Li Wei"


def test_a_search_that_finds_nothing_is_no_failure_unless_asked(folder: Path) -> None:
    nothing = run(folder, "search", "zeppelin")
    assert (nothing.exit_code, "note: no article has this: " in nothing.stderr) == (0, True)
    assert "no article has this" not in run(folder, "search", "wall").stderr
    assert run(folder, "search", "zeppelin", "--fail-empty").exit_code == 4


def test_a_query_beyond_all_measure_is_answered(folder: Path) -> None:
    shown = run(folder, "search", "wall " * 2000, "--json")
    assert shown.exit_code == 0
    assert json.loads(shown.stdout)["notes"]


def test_add_keeps_the_comments_of_the_config(tmp_path: Path) -> None:
    from corpus.config.source_tables import with_source

    file = tmp_path / "config.toml"
    file.write_text("# mine\n[crawler]\ndelay = 2 # polite\n")
    file.write_text(with_source(file.read_text(), "https://gazette.example/", "Gazette"))
    file.write_text(with_source(file.read_text(), "https://herald.example/", None))
    text = file.read_text()
    assert "# mine" in text
    assert "# polite" in text
    assert run(tmp_path, "config", "check").stdout.strip().endswith("2 sources")


def test_add_extends_a_list_of_addresses(tmp_path: Path) -> None:
    from corpus.config.source_tables import with_source

    text = with_source('source = ["https://gazette.example"]\n', "https://herald.example/", None)
    (tmp_path / "config.toml").write_text(text)
    assert run(tmp_path, "config", "check").stdout.strip().endswith("2 sources")


def test_add_without_a_contact_asks_for_one_before_it_asks_the_site(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("")
    shown = run(tmp_path, "add", "https://gazette.example")
    assert shown.exit_code == 3
    assert "contact" in shown.stderr


def test_a_damaged_index_is_told_and_built_anew(folder: Path) -> None:
    largest = max((folder / "data" / "index").iterdir(), key=lambda path: path.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 0xFF
    largest.write_bytes(content)
    assert run(folder, "index", "verify").exit_code == 1
    assert run(folder, "index", "rebuild").exit_code == 0
    assert run(folder, "index", "verify").exit_code == 0
    assert json.loads(run(folder, "search", "council", "--json").stdout)["total"] == 1


def test_paths_start_in_the_folder_worked_in(folder: Path) -> None:
    before = Path.cwd()
    assert run(folder, "import", "a.jsonl").exit_code == 0
    assert Path.cwd() == before


def test_five_mistakes_in_a_config_are_five_located_messages(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        'timezone = "Mars/Olympus"\n'
        "[crawler]\n"
        'delay = "soon"\n'
        "dealy = 2\n"
        "[web]\n"
        "port = 99999999\n"
        "[[source]]\n"
        'url = "gopher://old.example"\n'
    )
    shown = run(tmp_path, "search", "flood")
    assert shown.exit_code == 3
    assert shown.stdout == ""
    assert "5 problems" in shown.stderr
    assert all(f"config.toml:{line}:" in shown.stderr for line in (1, 3, 4, 6, 8))
    assert 'did you mean "delay"' in shown.stderr
    assert "Traceback" not in shown.stderr


def test_status_makes_nothing_where_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()
    assert "pressmark demo" in run(tmp_path).stdout
    assert run(tmp_path, "status").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_a_store_without_articles_says_what_to_type(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()
    run(tmp_path, "sources")  # makes the store
    assert "type `pressmark add URL`" in run(tmp_path).stdout
    assert "undated" not in run(tmp_path).stdout


def test_a_crawl_without_a_contact_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('source = ["https://gazette.example"]\n')
    shown = run(tmp_path, "crawl")
    assert shown.exit_code == 3
    assert "contact" in shown.stderr


def test_an_archived_demo_is_left_as_it_is(folder: Path) -> None:
    shown = run(folder, "demo", str(folder), "--no-serve")
    assert shown.exit_code == 1
    assert "is there already" in shown.stderr


def test_a_paused_source_is_listed_as_such(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[[source]]\nname = "gazette"\nurl = "https://gazette.example"\n')
    assert run(tmp_path, "sources", "pause", "gazette").exit_code == 0
    assert json.loads(run(tmp_path, "sources", "--json").stdout)[0]["paused"] is True
    assert run(tmp_path, "sources", "resume", "gazette").exit_code == 0
    assert json.loads(run(tmp_path, "sources", "--json").stdout)[0]["paused"] is False
    assert run(tmp_path, "sources", "pause", "gazete").exit_code == 4
    assert run(tmp_path, "sources", "list").stdout == run(tmp_path, "sources").stdout
    mistyped = run(tmp_path, "sources", "resum", "gazette")
    assert (mistyped.exit_code, 'Did you mean "resume"?' in mistyped.stderr) == (2, True)


def test_the_schedule_lists_the_next_runs(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('source = ["https://gazette.example"]\n[schedule]\ncrawl = "daily 02:30"\n')
    listed = json.loads(run(tmp_path, "schedule", "list", "-n", "3", "--json").stdout)
    assert [each["due"][10:] for each in listed] == ["T02:30:00+00:00"] * 3
    assert len(json.loads(run(tmp_path, "schedule", "next", "--json").stdout)) == 1


def test_what_is_no_page_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()
    (tmp_path / "paper.html").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    (tmp_path / "list.jsonl").write_text('{"url": "https://x.example/", "path": "paper.html"}\n')
    (answer,) = map(json.loads, run(tmp_path, "extract", "--batch", "list.jsonl").stdout.splitlines())
    assert (answer["kind"], answer["reason"][:4]) == ("failed", "pdf:")
    shown = run(tmp_path, "import", "paper.html")
    assert shown.exit_code == 1
    assert "paper.html: begins like a file of another type (pdf): expected HTML" in shown.stderr


def test_why_of_no_address_is_a_usage_error(folder: Path) -> None:
    shown = run(folder, "why", "not an address")
    assert shown.exit_code == 2
    assert "expected an address" in shown.stderr


def test_copies_of_one_text_are_one_hit_unless_asked_for_one_by_one(tmp_path: Path):
    (tmp_path / "config.toml").touch()
    story = " ".join(f"The harbour wall of berth {n} is to be raised before winter {n * 7}." for n in range(12))
    records = [
        {"url": f"https://{site}.example/{n}", "title": f"Wall {n}", "text": story, "date": f"2024-03-0{n}"}
        for n, site in enumerate(("gazette", "herald", "post"), 1)
    ]
    (tmp_path / "wire.jsonl").write_text("\n".join(map(json.dumps, records)))
    run(tmp_path, "import", "wire.jsonl")
    answer = json.loads(run(tmp_path, "search", "wall", "--json").stdout)
    assert (answer["total"], answer["stories"], len(answer["hits"])) == (3, 1, 1)
    assert len(answer["hits"][0]["copies"]) == 2
    assert len(json.loads(run(tmp_path, "search", "wall", "--copies", "--json").stdout)["hits"]) == 3
    assert len(run(tmp_path, "export", "wall").stdout.splitlines()) == 1 + 3  # the manifest, and the articles
    (tmp_path / "other.jsonl").write_text(json.dumps(records[0] | {"url": "https://post.example/b", "text": "A wall."}))
    run(tmp_path, "import", "other.jsonl")
    assert "note: hits 1 to 1 of 2 stories in 4 articles: " in run(tmp_path, "search", "wall", "-n", "1").stderr


def test_a_crawl_without_a_source_says_how_to_add_one(folder: Path) -> None:
    (folder / "config.toml").write_text('[crawler]\ncontact = "desk@gazette.example"\n')
    found = run(folder, "crawl")
    assert found.exit_code == 0
    assert "no source yet: `pressmark add URL` adds one" in found.output
    assert "no crawl yet" in run(folder, "runs").stderr
    assert json.loads(run(folder, "crawl", "--json").stdout) is None
    assert json.loads(run(folder, "crawl", "--json", "--dry-run").stdout) == []
