"""What is older than [keep] says goes, and nothing that is needed."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from corpus.captures import Captures
from corpus.config import KeepSettings
from corpus.errors import NotFound
from corpus.model import CaptureRef
from corpus.preservation.pruning import Pruned, prune
from corpus.store import ArticleStore
from corpus.warc.exchange import Exchange
from tests.corpus.samples import NOW, article, visit
from tests.stores import new_store

DAY = timedelta(days=1)
KEEP = KeepSettings.model_validate({"captures": "90 d", "visits": "100 d", "runs": "200 d"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with new_store(tmp_path / "pressmark.sqlite") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "captures"


def exchange(number: int, at: datetime, body: bytes = b"") -> Exchange:
    return Exchange(
        url=f"https://a.example/{number}", at=at, status=200, phrase="OK", body=body or b"text %d " % number * 99
    )


def appended(folder: Path, *exchanges: Exchange, previous: CaptureRef | None = None) -> list[CaptureRef]:
    """Write a file of its own with these captures."""
    with Captures(folder, max_file_bytes=1) as captures:
        refs = [captures.append(exchanges[0], previous=previous)]
        captures._max_file_bytes = 10**9
        return refs + [captures.append(each) for each in exchanges[1:]]


def crawled(store: ArticleStore, at: datetime, ref: CaptureRef | None = None, *, number: int = 1) -> int:
    with store.runs.begin(["a"], started=at) as claim:
        read = article(number, source="a", capture=ref)
        store.record(replace(visit(read), at=at, run=claim.run.id, capture=ref))
        store.runs.finish_sources(claim.run.id, [], {})
        store.runs.finish(replace(claim.run, ended=at, status="ok"))
    return claim.run.id


def test_visits_and_receipts_go_when_they_are_old_and_the_last_receipt_stays(store, folder):
    for ago in (300, 150, 50):
        crawled(store, NOW - ago * DAY)
    plain = KeepSettings.model_validate({"visits": "100 d", "runs": "200 d"})
    expected = Pruned(visits=2, runs=1)
    assert prune(store, folder, plain, NOW, dry_run=True) == expected
    assert [run.id for run in store.runs.latest()] == [3, 2, 1]
    assert prune(store, folder, plain, NOW, dry_run=False) == expected
    assert [run.id for run in store.runs.latest()] == [3, 2]
    assert len(store.journal.visits()) == 1
    assert store.runs.receipts(1) == []
    assert store.by_url("https://news.example/1") is not None
    later = prune(store, folder, plain, NOW + 999 * DAY, dry_run=False)
    assert (later.runs, [run.id for run in store.runs.latest()]) == (1, [3])


def test_a_crawl_forgets_the_visits_that_config_does_not_keep(store):
    crawled(store, NOW - 50 * DAY)
    with store.runs.begin([], started=NOW, keep=40 * DAY):
        assert store.journal.visits() == []


def test_an_old_response_is_emptied_and_a_file_of_old_ones_goes_whole(store, folder):
    whole = appended(folder, exchange(1, NOW - 200 * DAY), exchange(2, NOW - 199 * DAY))
    mixed = appended(folder, exchange(3, NOW - 95 * DAY), exchange(4, NOW - 85 * DAY))
    last = appended(folder, exchange(5, NOW - 120 * DAY))
    crawled(store, NOW - 60 * DAY, mixed[0], number=1)
    crawled(store, NOW - 60 * DAY, mixed[1], number=2)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    found = prune(store, folder, KEEP, NOW, dry_run=True)
    assert (found.captures, found.files, found.needed) == (4, 1, 0)
    assert found.bytes == len(before[whole[0].file])  # the small ones in files that stay give back no page of the disk
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert prune(store, folder, KEEP, NOW, dry_run=False) == found
    with Captures(folder) as captures:
        for gone in (*whole, mixed[0], *last):
            with pytest.raises(NotFound):
                captures.read(gone)
        assert captures.read(mixed[1]).body == exchange(4, NOW).body
        further = captures.append(exchange(6, NOW))
        assert further.file == last[0].file  # the next crawl appends to the last file
        assert captures.read(further).body == exchange(6, NOW).body
    first, second = (store.by_url(f"https://news.example/{number}").article for number in (1, 2))
    assert (first.capture, second.capture) == (None, mixed[1])
    assert {each.capture for each in store.journal.visits()} == {None, mixed[1]}
    again = prune(store, folder, KEEP, NOW, dry_run=False)
    assert (again.captures, again.files) == (0, 0)


def test_what_prune_says_to_give_back_is_what_the_disk_gets(store, folder):
    noise = random.Random(1).randbytes(50_000)
    (ref, _) = appended(folder, exchange(1, NOW - 200 * DAY, noise), exchange(2, NOW))
    blocks = (folder / ref.file).stat().st_blocks
    found = prune(store, folder, KEEP, NOW, dry_run=False)
    assert 40_000 < found.bytes <= 50_000
    assert abs((blocks - (folder / ref.file).stat().st_blocks) * 512 - found.bytes) <= 4096


def test_a_response_that_a_later_one_refers_to_stays_until_that_one_is_old(store, folder):
    text = b"the same " * 99
    first = appended(folder, exchange(1, NOW - 200 * DAY, text), exchange(2, NOW - 200 * DAY))
    with Captures(folder, max_file_bytes=1) as captures:
        again = captures.append(exchange(1, NOW - 10 * DAY, text), previous=first[0])
    appended(folder, exchange(9, NOW))
    found = prune(store, folder, KEEP, NOW, dry_run=False)
    assert (found.captures, found.needed) == (1, 1)
    with Captures(folder) as captures:
        assert captures.read(again).body == text
        prune(store, folder, KEEP, NOW + 85 * DAY, dry_run=False)
        with pytest.raises(NotFound):
            captures.read(again)


def test_a_further_page_of_a_story_stays_while_a_later_capture_of_the_story_refers_to_it(store, folder):
    text = b"the second page " * 99
    with Captures(folder) as captures:
        part = captures.append(exchange(2, NOW - 200 * DAY, text))
        first = captures.append(exchange(1, NOW - 200 * DAY), parts=[part])
    with Captures(folder, max_file_bytes=1) as captures:
        again = captures.append(exchange(2, NOW - 10 * DAY, text), previous=part)
        later = captures.append(exchange(1, NOW - 10 * DAY, b"changed " * 99), parts=[again])
    appended(folder, exchange(9, NOW))
    found = prune(store, folder, KEEP, NOW, dry_run=False)
    assert (found.captures, found.needed) == (1, 1)
    with Captures(folder) as captures:
        assert [each.body for each in captures.read(later).parts] == [text]
        with pytest.raises(NotFound):
            captures.read(first)


@pytest.mark.parametrize(("body", "at"), [(b"", 40), (random.Random(7).randbytes(50_000).hex().encode(), 30_000)])
def test_a_damaged_file_is_never_taken_whole_and_is_counted(store, folder, body: bytes, at: int):
    refs = appended(folder, exchange(1, NOW - 200 * DAY), exchange(2, NOW - 200 * DAY, body), exchange(3, NOW))
    appended(folder, exchange(9, NOW))
    path = folder / refs[0].file
    with path.open("r+b") as file:
        file.seek(refs[1].offset + at)
        file.write(b"\xff" * 60)
    assert prune(store, folder, KEEP, NOW, dry_run=True).damaged == 1
    assert prune(store, folder, KEEP, NOW, dry_run=False).damaged == 1
    with Captures(folder) as captures:
        assert captures.read(refs[2]).body == exchange(3, NOW).body
        with pytest.raises(NotFound):
            captures.read(refs[0])


def test_a_response_that_cannot_be_emptied_is_counted_and_not_said_to_be_gone(store, folder):
    refs = appended(folder, exchange(1, NOW - 200 * DAY, b"a"), exchange(2, NOW - 200 * DAY), exchange(3, NOW))
    appended(folder, exchange(9, NOW))
    found = prune(store, folder, KEEP, NOW, dry_run=False)
    assert (found.captures, found.stuck) == (1, 1)
    with Captures(folder) as captures:
        assert captures.read(refs[0]).body == b"a"
        with pytest.raises(NotFound):
            captures.read(refs[1])


def test_without_a_length_responses_are_kept_for_ever(store, folder):
    refs = appended(folder, exchange(1, NOW - 4000 * DAY))
    appended(folder, exchange(9, NOW))
    assert prune(store, folder, KeepSettings(), NOW, dry_run=False) == Pruned()
    with Captures(folder) as captures:
        assert captures.read(refs[0]).body


@pytest.mark.parametrize("given", [{"visits": "10 d"}, {"captures": "1 d"}, {"visits": "2 y", "runs": "1 y"}])
def test_too_short_a_time_is_refused(given):
    with pytest.raises(ValueError, match="expected"):
        KeepSettings.model_validate(given)
