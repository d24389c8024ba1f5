"""`pressmark why` of an address that was never seen."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.model import FROM_FEED, Discovered, Outcome, UrlKind
from corpus.store import ArticleStore, Robots
from corpus.via import Via
from crawler.fetching.robots_text import reduced
from indexer.analysis.joined import MAX_POSITIONS
from tests.corpus.samples import NOW, article, visit
from tests.web.commands import run
from web.cli.why import VISITS

STORY = "https://gazette.example/2024/03/01/harbour-walls-are-raised-again"


def folder_of(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text('source = [{url = "https://gazette.example/", name = "gazette"}]\n')
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        text = reduced("User-agent: *\nDisallow: /private/\n", "pressmark")
        store.journal.keep_robots("gazette.example", Robots(text, 200, NOW))
    return tmp_path


def test_an_address_that_was_never_seen_says_what_a_crawl_would_do(tmp_path: Path) -> None:
    shown = run(folder_of(tmp_path), "why", STORY)
    assert shown.exit_code == 4
    assert "never seen" in shown.stderr
    assert "source   gazette" in shown.stdout
    assert "linked   would be asked for as an article" in shown.stdout
    assert "allows the address" in shown.stdout


def test_an_address_is_taken_without_its_scheme_and_what_is_none_is_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    assert run(folder, "why", STORY.partition("://")[2]).stdout == run(folder, "why", STORY).stdout
    refused = run(folder, "why", "http://[::")
    assert (refused.exit_code, "expected an address such as" in refused.stderr) == (2, True)


def test_what_robots_txt_and_the_rules_of_a_source_keep_away_is_said(tmp_path: Path) -> None:
    shown = run(folder_of(tmp_path), "why", "https://gazette.example/private/login").stdout
    assert "linked   would be left out: service-page: " in shown
    assert "disallows the address" in shown


def test_what_robots_txt_alone_keeps_away_is_not_said_to_be_asked_for(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    disallowed = run(folder, "why", "https://gazette.example/private/2024/03/01/harbour-walls-are-raised-again").stdout
    assert disallowed.count("would be refused: robots: robots.txt disallows the address") == 2
    assert "would be asked for" not in disallowed
    with ArticleStore.open(folder / "data" / "pressmark.sqlite") as store:
        store.journal.keep_robots("gazette.example", Robots("", 503, datetime.now(UTC)))
    unread = run(folder, "why", STORY).stdout
    assert unread.count("would be refused: robots-unreachable: ") == 2
    assert "would be asked for" not in unread


def test_an_address_of_no_source_says_that_none_follows_its_site(tmp_path: Path) -> None:
    shown = run(folder_of(tmp_path), "why", "https://other.example/story")
    assert shown.exit_code == 4
    assert "none follows its site; `pressmark add URL` follows one" in shown.stdout


def test_a_visit_that_was_redirected_says_to_where(tmp_path: Path) -> None:
    answered = f"{STORY.rpartition('/')[0]}/subscribe"
    with ArticleStore.open(folder_of(tmp_path) / "data" / "pressmark.sqlite") as store:
        store.frontier.add([Discovered(url=STORY, kind=UrlKind.ARTICLE, via=Via.HOME)], "gazette", NOW)
        store.record(visit(url=STORY, outcome=Outcome.FAILED, reason="http-404", status=404, final_url=answered))
    assert f"failed http-404 404 after a redirect to {answered}" in run(tmp_path, "why", STORY).stdout
    (seen,) = json.loads(run(tmp_path, "why", STORY, "--json").stdout)["visits"]
    assert seen["redirected_to"] == answered


def test_the_latest_visits_are_listed_and_the_earlier_ones_counted(tmp_path: Path) -> None:
    with ArticleStore.open(folder_of(tmp_path) / "data" / "pressmark.sqlite") as store:
        store.frontier.add([Discovered(url=STORY, kind=UrlKind.ARTICLE, via=Via.HOME)], "gazette", NOW)
        for hours in range(VISITS + 2):
            at = NOW + timedelta(hours=hours)
            store.record(visit(url=STORY, outcome=Outcome.UNCHANGED, at=at))
    shown = run(tmp_path, "why", STORY).stdout
    assert shown.count("\nvisit    2026") == VISITS
    assert shown.endswith("visit    and 2 earlier ones: --json lists all\n")
    assert len(json.loads(run(tmp_path, "why", STORY, "--json").stdout)["visits"]) == VISITS + 2


def test_a_paused_source_is_said_and_json_has_the_same(tmp_path: Path) -> None:
    with ArticleStore.open(folder_of(tmp_path) / "data" / "pressmark.sqlite") as store:
        store.sources.pause("gazette", NOW)
    shown = run(tmp_path, "why", STORY, "--json")
    found = json.loads(shown.stdout)
    assert (shown.exit_code, found["state"]) == (4, "never seen")
    assert found["would"][0]["crawled"] == "the source is paused"


def test_nothing_of_an_address_reaches_the_terminal_as_it_is(tmp_path: Path) -> None:
    shown = run(folder_of(tmp_path), "why", "https://gazette.example/\u202estory\u200b/\x1b[31mred")
    assert not {"\u202e", "\x1b"} & set(shown.output)


def test_of_a_text_with_more_words_than_are_indexed_it_says_how_many_searches_know(tmp_path: Path) -> None:
    with ArticleStore.open(folder_of(tmp_path) / "data" / "pressmark.sqlite") as store:
        store.write(article(url=STORY, body="Walls hold. " * (MAX_POSITIONS // 2 + 100)))
        store.write(article(url=f"{STORY}-2", body="Walls hold."))
    assert "; searches know the first 1,048,576 of its 1,048,776 words" in run(tmp_path, "why", STORY).stdout
    assert "searches know" not in run(tmp_path, "why", f"{STORY}-2").stdout
    assert run(tmp_path, "index").exit_code == 0
    assert "2 articles in it, 1 of them not to their last word" in run(tmp_path, "status").stdout
    assert json.loads(run(tmp_path, "status", "--json").stdout)["partly_indexed"] == 1


def test_of_a_feeds_text_that_is_cut_it_says_how_much_is_stored(tmp_path: Path) -> None:
    said = "the first 59,812 characters of a longer text in its feed"
    with ArticleStore.open(folder_of(tmp_path) / "data" / "pressmark.sqlite") as store:
        store.write(article(url=STORY, facts={"body": FROM_FEED, "cut": said}))
    assert f"stored with the text that its feed brought; {said}" in run(tmp_path, "why", STORY).stdout
    assert json.loads(run(tmp_path, "why", STORY, "--json").stdout)["cut"] == said


def test_of_a_story_that_goes_on_on_a_page_that_was_not_read_it_says_where(tmp_path: Path) -> None:
    said = f"it goes on on a further page, which was not read: {STORY}?page=2"
    with ArticleStore.open(folder_of(tmp_path) / "data" / "pressmark.sqlite") as store:
        store.write(article(url=STORY, facts={"goes_on": said}))
    assert f"stored; {said}" in run(tmp_path, "why", STORY).stdout
    assert json.loads(run(tmp_path, "why", STORY, "--json").stdout)["goes_on"] == said


def test_of_a_copy_it_names_the_article_it_is_a_copy_of_and_says_whether_it_is_indexed(tmp_path: Path) -> None:
    copied = "https://herald.example/harbour-walls"
    with ArticleStore.open(folder_of(tmp_path) / "data" / "pressmark.sqlite") as store:
        text = " ".join(f"The wall of harbour {number} holds {number * 7} stones." for number in range(40))
        store.write_many([article(url=url, source=url[8:-1].split(".")[0], body=text) for url in (STORY, copied)])
        first, second = store.by_url(STORY), store.by_url(copied)
        assert first
        assert second
    later = "indexed  not yet: the next `pressmark index` takes in its latest change\n"
    assert later in run(tmp_path, "why", first.mark).stdout
    assert json.loads(run(tmp_path, "why", copied, "--json").stdout)["indexed"] is False
    assert run(tmp_path, "index").exit_code == 0
    shown = run(tmp_path, "why", second.mark)
    assert f"copy of  {first.mark} of gazette: {STORY}\nindexed  yes\n" in shown.stdout
    assert shown.stdout == run(tmp_path, "why", copied).stdout
    found = json.loads(run(tmp_path, "why", second.mark, "--json").stdout)
    assert (found["url"], found["copy_of"], found["indexed"]) == (copied, first.mark, True)
    assert "copy of" not in run(tmp_path, "why", first.mark).stdout
    unknown = run(tmp_path, "why", "k7f003")
    assert (unknown.exit_code, "no article has this pressmark" in unknown.stderr) == (4, True)
