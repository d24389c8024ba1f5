"""What is exported and imported again is the same corpus, and in other formats the same as far as they hold it."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.iso_dates import iso_day
from corpus.model import Article, Author, AuthorKind, Outcome, PageDate, Precision
from corpus.people.names import fold
from corpus.records import ArticleRecord
from corpus.store import Alias, ArticleStore
from crawler.importing.files import find
from crawler.importing.identity import content_url
from indexer.results.exporting import OF_MANY, Options, corpus_lines
from tests.corpus.samples import visit
from tests.stores import new_store
from tests.web.commands import run

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
START = datetime(2026, 1, 1, tzinfo=UTC)

# ---------------------------------------------------------------- corpora

letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
lines = st.text(letters, min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
names = st.sampled_from(["Ana Pérez", "Li Wei", "van der Berg", "José", "陳大文", "O'Neil, Jr.", "A & B", "<b>Bo</b>"])
moments = st.integers(0, 20_000_000).map(lambda seconds: START + timedelta(seconds=seconds))


@st.composite
def dates(draw: st.DrawFn) -> PageDate:
    precision = draw(st.sampled_from(Precision))
    at = datetime(draw(st.integers(1700, 2026)), draw(st.integers(1, 12)), draw(st.integers(1, 28)), tzinfo=UTC)
    offset = None
    if precision is Precision.MINUTE:
        at += timedelta(seconds=draw(st.integers(0, 86_399)))
        offset = draw(st.sampled_from([None, timedelta(), timedelta(hours=2), timedelta(hours=-3, minutes=-30)]))
    elif precision is Precision.YEAR:
        at = at.replace(month=1, day=1)
    elif precision is Precision.MONTH:
        at = at.replace(day=1)
    return PageDate(at, precision, draw(st.sampled_from(["json-ld", "meta", "text"])), offset, draw(st.booleans()))


@st.composite
def authors(draw: st.DrawFn) -> tuple[Author, ...]:
    chosen = draw(st.lists(names, max_size=3, unique=True))
    return tuple(Author(name, fold(name), draw(st.sampled_from(AuthorKind))) for name in chosen)


@st.composite
def articles(draw: st.DrawFn, *, number: int) -> Article:
    maybe = st.none() | lines
    has_address = draw(st.booleans())
    return Article(
        url=f"https://g{number % 2}.example/{number}" if has_address else content_url(str(number)),
        source=draw(st.sampled_from(["gazette", "Abend-Blatt", "g0.example"])),
        headline=draw(maybe),
        standfirst=draw(maybe),
        byline=draw(maybe),
        authors=draw(authors()),
        dateline=draw(maybe),
        published=draw(st.none() | dates()),
        updated=draw(st.none() | dates()),
        language=draw(st.sampled_from([None, "en", "de"])),
        section=draw(maybe),
        body="\n\n".join(draw(st.lists(lines, max_size=3))),
        fetched=draw(moments),
        fetched_url=draw(st.none() | st.just(f"https://g.example/print/{number}")),
        facts=draw(st.dictionaries(st.sampled_from(["published", "body"]), lines, max_size=2)),
    )


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[str, Any]]:
    """What is done to a store, in order: articles imported, crawled, crawled again and withdrawn; authors merged.

    The moments come in any order, and two things may be of one moment: a clock may be set back between two crawls.
    """
    done: list[tuple[str, Any]] = []
    for _ in range(draw(st.integers(1, 9))):
        moment = START + timedelta(days=draw(st.integers(0, 6)))
        kind = draw(st.sampled_from(["write", "write", "crawl", "crawl", "again", "amend", "withdraw", "merge"]))
        number = draw(st.integers(0, 3))
        if kind in {"write", "crawl", "amend"}:
            article = replace(draw(articles(number=number)), fetched=moment)
            if draw(st.booleans()):  # a few texts that come and go
                story = draw(st.sampled_from(["One.", "Two."]))
                article = replace(article, headline=None, standfirst=None, body=story)
            done.append((kind, article))
        elif kind == "again":
            done.append((kind, (f"https://g{number % 2}.example/{number}", moment)))
        elif kind == "withdraw":
            done.append((kind, (draw(st.integers(1, 4)), draw(lines), moment)))
        else:
            done.append((kind, (draw(st.lists(names.map(fold), max_size=2)), fold(draw(names)), moment)))
    return done


def carry_out(store: ArticleStore, done: Iterable[tuple[str, Any]]) -> None:
    for kind, what in done:
        if kind == "write":
            store.write(what)
        elif kind == "crawl":
            store.record(visit(what, at=what.fetched))
        elif kind == "again":
            store.record(visit(url=what[0], at=what[1], outcome=Outcome.UNCHANGED))
        elif kind == "amend":
            known = store.by_url(what.url)
            if known is not None:
                store.amend_many([(known.sequence, what)])
        elif kind == "withdraw":
            store.withdraw(what[0], what[1], at=what[2])
        else:
            store.authors.merge(what[0], what[1], "same desk", at=what[2])


def state(store: ArticleStore) -> dict[str, Any]:
    """All of a corpus but the numbers that a store gives."""
    found: dict[str, Any] = {}
    for stored in (*store.every(), *(each for each, _ in store.withdrawn())):
        revisions = [(each.number, each.seen, each.headline, each.standfirst, each.byline, each.body, each.fingerprint)
                     for each in store.revisions(stored.id)]  # fmt: skip
        found[stored.article.url] = (stored.mark, stored.first_seen, stored.revision, stored.withdrawn,
                                     stored.article, stored.article.facts, revisions,
                                     store.times(stored.id))  # fmt: skip
    found["withdrawn"] = {each.article.url: at for each, at in store.withdrawn()}
    found["merges"] = store.authors.alias_rows()
    return found


def take_in(store: ArticleStore, file: Path) -> None:
    if not file.stat().st_size:  # a corpus without articles and merges has no line, and its import says so
        return
    items = list(find([file], source=None, now=NOW))
    taken = [each.item for each in items if isinstance(each.item, Article | ArticleRecord | Alias)]
    assert len(taken) == sum(each.item is not None for each in items), items  # an empty file gives a note alone
    store.write_many(taken)


def test_a_text_between_the_first_and_the_last_time_another_was_seen_does_not_stand_after_a_trip(tmp_path: Path):
    def seen(body: str, day: int) -> Article:
        at = START + timedelta(days=day)
        date = PageDate(START, Precision.DAY, "text", doubtful=True)
        return Article(url="https://g.example/1", source="g", body=body, fetched=at, published=date)

    with new_store(tmp_path / "one.sqlite") as one, new_store(tmp_path / "two.sqlite") as two:
        one.write_many([seen("Standing.", 1), seen("Standing.", 5)])
        file = tmp_path / "corpus.jsonl"
        file.write_text("".join(corpus_lines(one)), encoding="utf-8")
        assert json.loads(file.read_text())["confirmed"] == "2026-01-06T00:00:00+00:00"
        take_in(two, file)
        two.write_many([seen("Between.", 3)])
        (stored,) = two.every()
        assert stored.article.body == "Standing."
        assert stored.article.published.doubtful
        assert [each.body for each in two.revisions(stored.id)] == ["Standing.", "Between.", "Standing."]


def test_a_confirmed_time_brings_a_text_back_where_another_stands(tmp_path: Path):
    def seen(body: str, day: int) -> Article:
        return Article(url="https://g.example/1", source="g", body=body, fetched=START + timedelta(days=day))

    with new_store(tmp_path / "one.sqlite") as one, new_store(tmp_path / "two.sqlite") as two:
        one.write_many([seen("Early and late.", 1), seen("Early and late.", 5)])
        two.write_many([seen("Between.", 3)])
        file = tmp_path / "corpus.jsonl"
        file.write_text("".join(corpus_lines(one)), encoding="utf-8")
        for _ in range(2):
            take_in(two, file)
            (stored,) = two.every()
            texts = [each.body for each in two.revisions(stored.id)]
            assert texts == ["Early and late.", "Between.", "Early and late."]
            assert stored.article.body == "Early and late."


def test_a_text_older_than_a_withdrawal_stays_away_when_the_article_is_back(tmp_path: Path):
    def seen(body: str, day: int) -> Article:
        return Article(url="https://g.example/1", source="g", body=body, fetched=START + timedelta(days=day))

    with new_store(tmp_path / "one.sqlite") as one, new_store(tmp_path / "two.sqlite") as two:
        one.write(seen("Taken away.", 1))
        one.withdraw(1, "asked to", at=START + timedelta(days=3))
        one.write(seen("Back.", 5))
        file = tmp_path / "corpus.jsonl"
        file.write_text("".join(corpus_lines(one)), encoding="utf-8")
        take_in(two, file)
        assert two.write(seen("Another, older.", 2)) is Outcome.WITHDRAWN
        assert [each.body for each in two.revisions(1)] == ["", "Back."]
        assert state(two) == state(one)


def test_a_withdrawal_older_than_the_text_that_stands_takes_no_text_away(tmp_path: Path):
    def seen(day: int) -> Article:
        return Article(url="https://g.example/1", source="g", body="Stands.", fetched=START + timedelta(days=day))

    with new_store(tmp_path / "one.sqlite") as one, new_store(tmp_path / "two.sqlite") as two:
        one.write(seen(1))
        one.withdraw(1, "gone", at=START + timedelta(days=3))
        two.write(seen(5))
        file = tmp_path / "corpus.jsonl"
        file.write_text("".join(corpus_lines(one)), encoding="utf-8")
        take_in(two, file)
        (stored,) = two.every()
        assert stored.article.body == "Stands."


def test_what_a_keeper_took_away_is_taken_away_whatever_was_seen_since(tmp_path: Path):
    def seen(day: int) -> Article:
        return Article(url="https://g.example/1", source="g", body="Stands.", fetched=START + timedelta(days=day))

    with new_store(tmp_path / "one.sqlite") as one, new_store(tmp_path / "two.sqlite") as two:
        one.write(seen(1))
        one.withdraw_by_hand(1, "asked to", at=START + timedelta(days=3))
        two.write(seen(5))
        file = tmp_path / "corpus.jsonl"
        file.write_text("".join(corpus_lines(one)), encoding="utf-8")
        take_in(two, file)
        assert list(two.every()) == []


def is_same_after_trips(folder: Path, done: list[tuple[str, Any]], others: list[tuple[str, Any]]) -> None:
    """Take a corpus in at an empty store, at itself, and at a store that has a history of its own; always twice."""
    with (
        new_store(folder / "one.sqlite") as one,
        new_store(folder / "two.sqlite") as two,
        new_store(folder / "three.sqlite") as three,
    ):
        carry_out(one, done)
        carry_out(three, others)
        file = folder / "corpus.jsonl"
        file.write_text("".join(corpus_lines(one)), encoding="utf-8")
        before = state(one)
        for _ in range(2):
            take_in(two, file)
            assert state(two) == before
        take_in(one, file)
        assert state(one) == before
        take_in(three, file)
        both = state(three)
        take_in(three, file)
        assert state(three) == both


@settings(max_examples=10, deadline=None, derandomize=True)
@given(steps(), steps())
def test_a_corpus_that_is_exported_and_imported_is_the_same(tmp_path_factory: pytest.TempPathFactory, done, others):
    is_same_after_trips(tmp_path_factory.mktemp("trip"), done, others)


@pytest.mark.soak
@settings(max_examples=3000, deadline=None)
@given(steps(), steps())
def test_thousands_of_corpora_are_the_same_after_trips(tmp_path_factory: pytest.TempPathFactory, done, others):
    is_same_after_trips(tmp_path_factory.mktemp("trip"), done, others)


# ---------------------------------------------------------------- formats that hold less

FIELDS = {
    "csv": ("url", "source", "headline", "standfirst", "byline", "language", "section", "body"),
    "excel": ("url", "source", "headline", "standfirst", "byline", "language", "section", "body"),
    "bib": ("url", "source", "headline", "standfirst", "language"),
    "ris": ("url", "source", "headline", "standfirst", "language", "section"),
    "csl": ("url", "source", "headline", "standfirst", "language", "section"),
}


@pytest.mark.parametrize("form", FIELDS)
@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.data())
def test_a_format_gives_back_the_fields_it_holds(
    tmp_path_factory: pytest.TempPathFactory, form: str, data: st.DataObject
):
    folder = tmp_path_factory.mktemp(form)
    article = data.draw(articles(number=1).filter(lambda each: each.headline is not None and each.body))
    with new_store(folder / "one.sqlite") as one, new_store(folder / "two.sqlite") as two:
        one.write(article)
        file = folder / f"all.{OF_MANY[form].ending.rpartition('.')[2]}"
        file.write_text("".join(OF_MANY[form].write(one.every(), Options(NOW))), encoding="utf-8", newline="")
        take_in(two, file)
        (before,), (after,) = ([each.article for each in store.every()] for store in (one, two))
        for field in FIELDS[form]:
            assert getattr(after, field) == getattr(before, field), field
        if form != "ris" or not any("," in each.name for each in before.authors if each.kind is not AuthorKind.PERSON):
            assert [each.name for each in after.authors] == [each.name for each in before.authors]  # RIS: a comma turns
        assert iso_day(after.published) == iso_day(before.published)
        if form in {"csv", "excel"}:
            assert [(each and (each.at, each.precision, each.offset)) for each in (after.published, after.updated)] == [
                (each and (each.at, each.precision, each.offset)) for each in (before.published, before.updated)
            ]


# ---------------------------------------------------------------- as typed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text("")
    old = {"url": "https://gazette.example/a", "title": "Walls", "author": "Ana Pérez", "text": "Old.",
           "date_download": "2024-03-01 10:00:00"}  # fmt: skip
    new = old | {"text": "New.", "date_download": "2024-03-02 10:00:00"}
    gone = {"url": "https://gazette.example/gone", "title": "Gone", "author": "A. Pérez", "text": "Gone."}
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(each) + "\n" for each in (new, old, gone)))
    assert run(tmp_path, "-q", "import", str(tmp_path / "a.jsonl")).exit_code == 0
    with new_store(tmp_path / "data" / "pressmark.sqlite") as store:
        store.withdraw(store.by_url("https://gazette.example/gone").id, "asked to")
        store.authors.merge(["a-perez"], "ana-perez", "same site")
    return tmp_path


def test_a_whole_export_makes_the_same_corpus_elsewhere(folder: Path, tmp_path_factory: pytest.TempPathFactory):
    assert run(folder, "export", "--whole", "-o", str(folder / "all.jsonl")).exit_code == 0
    other = tmp_path_factory.mktemp("other")
    (other / "config.toml").write_text("")
    assert run(other, "import", str(folder / "all.jsonl")).exit_code == 0
    with (
        new_store(folder / "data" / "pressmark.sqlite") as one,
        new_store(other / "data" / "pressmark.sqlite") as two,
    ):
        assert state(one) == state(two)
    assert run(other, "export", "--whole").stdout == (folder / "all.jsonl").read_text()


def test_an_export_says_what_is_not_in_it(folder: Path):
    shown = run(folder, "export")
    assert "not in it: 1 withdrawn article and 1 merge of authors; --whole writes them too" in shown.stderr
    (line,) = shown.stdout.splitlines()
    assert [each["text"] for each in json.loads(line)["revisions"]] == ["Old."]


def test_a_download_can_be_imported_with_its_manifest(folder: Path, tmp_path: Path):
    lines = run(folder, "export").stdout
    file = tmp_path / "search.jsonl"
    file.write_text('{"manifest": {"total": 1}}\n' + lines)
    assert run(folder, "import", str(file)).exit_code == 0


def test_an_export_with_a_text_that_cannot_be_read_is_refused_in_words(folder: Path, tmp_path: Path):
    lines = run(folder, "export", "--whole").stdout
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "config.toml").write_text("")
    file = tmp_path / "spoilt.jsonl"
    file.write_text(lines.replace('"New."', json.dumps("New \ufffd\x01" * 9)))
    shown = run(tmp_path / "two", "import", str(file))
    assert shown.exit_code == 1
    assert "30% of its characters cannot be read: expected 10% at most" in shown.stderr
    assert "New" not in run(tmp_path / "two", "export").stdout


def test_of_an_export_an_earlier_text_that_cannot_be_read_is_left_out_and_named(folder: Path, tmp_path: Path):
    lines = run(folder, "export", "--whole").stdout
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "config.toml").write_text("")
    file = tmp_path / "spoilt.jsonl"
    file.write_text(lines.replace('"Old."', json.dumps("Old \ufffd\x01" * 9)))
    shown = run(tmp_path / "two", "import", str(file))
    assert shown.exit_code == 0
    assert "revisions: the text of 2024-03-01 10:00: 30% of its characters cannot be read" in shown.stderr
    (line,) = run(tmp_path / "two", "export").stdout.splitlines()
    assert (json.loads(line)["text"], "revisions" in json.loads(line)) == ("New.", False)


def test_whole_goes_with_lines_alone(folder: Path):
    assert run(folder, "export", "--whole", "--format", "csv").exit_code == 2


def test_a_source_that_is_named_is_that_of_an_export_too(folder: Path, tmp_path_factory: pytest.TempPathFactory):
    run(folder, "export", "-o", str(folder / "all.jsonl"))
    other = tmp_path_factory.mktemp("named")
    (other / "config.toml").write_text("")
    assert run(other, "import", "--source", "desk", str(folder / "all.jsonl")).exit_code == 0
    assert json.loads(run(other, "export").stdout)["source"] == "desk"


def test_two_files_of_one_name_in_two_folders_do_not_overwrite_each_other(tmp_path: Path):
    (tmp_path / "config.toml").write_text("")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "articles.jsonl").write_text(json.dumps({"id": 1, "text": f"A text of folder {name}."}))
    assert run(tmp_path, "import", str(tmp_path / "one"), str(tmp_path / "two")).exit_code == 0
    texts = {json.loads(line)["text"] for line in run(tmp_path, "export").stdout.splitlines()}
    assert texts == {"A text of folder one.", "A text of folder two."}
