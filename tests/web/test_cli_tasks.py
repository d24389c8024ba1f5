"""The twelve tasks that people come with, each by verbs alone, as they are typed."""

import csv
import email
import json
import shlex
import shutil
from collections.abc import Callable
from dataclasses import replace
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from corpus.runs.receipts import SourceReceipt
from corpus.store import ArticleStore
from tests.crawler.crawling import front, rss, story
from tests.crawler.faultweb import serving
from tests.web.commands import run
from tests.web.corpus import COUNCIL, HERALD, NOW, POST
from tests.web.notify.servers import certificate, smtp, webhook

SOURCES = "".join(f'[[source]]\nname = "{name}"\nurl = "https://{name}/"\n' for name in (HERALD, POST))
CRAWLER = (
    '[crawler]\ncontact = "desk@gazette.example"\ndelay = 0\nworkers = 1\nallow_addresses = ["127.88.0.0/16"]\n'
    '[schedule]\ncrawl = "never"\n'
)
Type = Callable[..., str]


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    shutil.copytree(data, tmp_path / "data")
    (tmp_path / "config.toml").write_text(CRAWLER + SOURCES)
    return tmp_path


@pytest.fixture
def type_(folder: Path) -> Type:
    """Type a line after `pressmark`; what stands on stdout."""

    def typed(line: str, code: int = 0) -> str:
        shown = run(folder, *shlex.split(line))
        assert shown.exit_code == code, (line, shown.output)
        return shown.stdout

    return typed


def values(type_: Type, line: str) -> Any:
    return json.loads(type_(f"{line} --json"))


def mark_of(type_: Type) -> str:
    return str(values(type_, f"show {COUNCIL.url}")["id"])


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def test_all_by_one_author_of_a_year_on_a_subject(type_: Type):
    keys = {each["author"]: each["key"] for each in values(type_, "authors list maria")}
    found = values(type_, f"search flood --author {keys['Maria Okafor']} --from 2026 --to 2026 -n 100")
    assert len(found["hits"]) == found["total"] > 0
    assert all("Maria Okafor" in each["authors"] and each["published"].startswith("2026") for each in found["hits"])


def test_two_sources_by_month_in_one_chart(type_: Type, folder: Path):
    typed = f"trend --line site --site {HERALD} --site {POST} --by month --from 2025 --to 2026"
    table = rows(type_(typed))
    assert list(table[0]) == ["period", HERALD, POST]
    made = values(type_, typed)
    assert [sum(int(each[name] or 0) for each in table) for name in (HERALD, POST)] == [
        each["total"] for each in made["lines"]
    ]
    type_(f"{typed} -o {folder}/two.svg")
    assert HERALD in (folder / "two.svg").read_text()
    type_(f"{typed} -o {folder}/two.csv")
    assert len((folder / "two.csv").read_text().splitlines()) == 1 + 2 * len(table)
    type_(f"{typed} -o {folder}/two.png", code=2)
    covered = rows(type_(f"sources coverage {HERALD} --month 2026-11"))
    assert (covered[0]["month"], covered[-1]["month"], len(covered)) == ("2025-12", "2026-11", 12)
    type_(f"sources coverage {HERALD} --month soon", code=1)


def test_why_stories_were_lost_stands_beside_the_month_and_the_day_that_lost_them(type_: Type, folder: Path):
    why = {"paywall": 2, "soft-404": 1}
    receipt = SourceReceipt(source=HERALD, state="done", started=NOW, ended=NOW, lost=4, lost_for=why)
    path = folder / "data" / "pressmark.sqlite"
    with ArticleStore.open(path) as store, store.runs.begin([HERALD], started=NOW) as claim:
        store.runs.finish_sources(claim.run.id, [receipt], {})
        store.runs.finish(replace(claim.run, ended=NOW, status="partial"))
    for more, period in (("", f"{NOW:%Y-%m}"), ("--days", f"{NOW:%Y-%m-%d}")):
        covered = rows(type_(f"sources coverage {HERALD} --month {NOW:%Y-%m} {more}"))
        said = {each["day" if more else "month"]: (each["lost"], each["why lost"]) for each in covered}
        assert said.pop(period) == (
            "4",
            (
                "the page shows only the beginning of its story ×2; the page says that there is nothing here ×1;"
                " no reason noted ×1"
            ),
        )
        assert {*said.values()} == {("0", "")}


def test_a_trend_shows_means_and_shares_and_says_where_there_is_none(folder: Path, type_: Type):
    plain, means, shares = (
        rows(type_(f"trend flood --by year {more}")) for more in ("", "--mean 3", "--mean 3 --share")
    )
    assert list(plain[0]) == ["period", "flood"]
    assert list(means[0]) == ["period", "flood", "flood (mean)"]
    assert [each["flood"] for each in means] == [each["flood"] for each in plain]
    counted = values(type_, "trend flood --by year")["lines"][0]["points"]
    assert [float(each["flood"]) for each in shares if each["flood"]] == [
        pytest.approx(each["count"] / each["of"], abs=1e-4)
        for each in counted
        if each["of"] and each["count"] is not None
    ]
    for line, code in (("trend fanghongx", 0), (f"trend fanghongx -o {folder}/none.svg", 4)):
        shown = run(folder, *shlex.split(line))
        assert (shown.exit_code, "o article with a date matches" in shown.stderr) == (code, True), shown.output


def test_periods_without_a_number_are_counted_and_explained(folder: Path):
    shown = run(folder, "trend", "flood", "--line", "site", "--by", "month")
    empty = sum("" in line.split("\t") for line in shown.stdout.splitlines())
    assert empty
    assert f"note: {empty} periods without a number: nothing from then was crawled\n" in shown.stderr
    whole = run(folder, "trend", "flood", "--by", "year", "--from", "2021", "--to", "2021")
    assert "2021\t" in whole.stdout
    assert "without a number" not in whole.stderr


def test_what_a_file_could_not_have_is_said_beside_it(folder: Path):
    typed = ["trend", "flood", "--by", "hour", "-o", f"{folder}/hours.csv"]
    shown = run(folder, *typed)
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "note: bars by hour would not fit" in shown.stderr


def test_a_source_that_is_none_is_said_with_those_there_are(folder: Path):
    shown = run(folder, "sources", "coverage", "nowhere.example")
    assert (shown.exit_code, shown.stdout) == (4, "")
    assert f"nowhere.example: no source has this name; in config.toml there are: {HERALD}, {POST}" in shown.stderr


@pytest.mark.parametrize("verb", ["sources coverage", "dossiers show", "receipt check", "samples show", "similar"])
def test_an_empty_name_is_refused_in_words(folder: Path, verb: str):
    shown = run(folder, *verb.split(), "")
    assert shown.exit_code in (2, 4), (shown.output, shown.exception)
    assert "expected a" in shown.stderr or "no such" in shown.stderr.lower(), shown.stderr


def test_an_article_is_cited_in_words_and_for_programs(type_: Type, folder: Path):
    assert "(2026, January 12)" in type_(f"cite {COUNCIL.url} --style apa")
    assert [each["style"] for each in rows(type_(f"cite {COUNCIL.url}"))] == ["chicago", "apa", "mla", "plain"]
    assert type_(f"cite {COUNCIL.url} --format bib").startswith("@")
    type_(f"cite {COUNCIL.url} --format ris -o {folder}/a.ris")
    assert (folder / "a.ris").read_text().startswith("TY  - NEWS")
    type_(f"cite {COUNCIL.url} --format bib --json", code=2)


def test_all_hits_are_given_as_csv(type_: Type, folder: Path):
    type_(f"export 'flood site:{POST}' --format csv -o {folder}/floods.csv")
    found = list(csv.DictReader((folder / "floods.csv").read_text().splitlines()))
    assert len(found) == values(type_, f"search flood --site {POST} --copies")["total"] > 0


def test_what_changed_is_said_part_by_part(type_: Type):
    shown = type_(f"changes {COUNCIL.url}")
    assert "Headline, old: Council approves flood defences after [-worst-] storm" in shown
    assert "Headline, new: Council approves flood defences after {+record+} storm" in shown
    assert values(type_, f"changes {COUNCIL.url} --old 1 --new 2") == values(type_, f"changes {COUNCIL.url}")
    type_(f"changes {COUNCIL.url} --old 2 --new 1", code=1)
    type_(f"changes {COUNCIL.url} --new 9", code=1)
    (only,) = values(type_, "search wall -n 1")["hits"]
    assert type_(f"changes {only['id']}") == ""


def test_an_address_leads_to_its_article_or_to_what_became_of_it(type_: Type):
    typed = COUNCIL.url.replace("https://", "http://www.") + "?utm_source=x"
    assert values(type_, f"show {typed}")["url"] == COUNCIL.url
    type_("show https://unknown.example/x", code=4)
    type_("why https://unknown.example/x", code=4)


def test_similar_articles_are_other_articles(type_: Type):
    found = rows(type_(f"similar {COUNCIL.url}"))
    assert 0 < len(found) <= 5
    assert COUNCIL.url not in {each["url"] for each in found}


def test_why_a_crawl_missed_a_site_is_said(type_: Type):
    assert "slow down" in values(type_, f"sources show {POST}")["health"]["why"]
    (of_site,) = [each for each in values(type_, "runs 1")["sources"] if each["source"] == POST]
    assert "timeout" in json.dumps(of_site)


def test_an_author_is_corrected_and_the_page_is_believed_again(type_: Type):
    mark = mark_of(type_)
    before = values(type_, f"show {mark}")["authors"]
    type_(f"corrections add {mark} authors 'Maria Okafor' 'Thomas Whitfield' --why 'he signs in full'")
    assert values(type_, f"show {mark}")["authors"] == ["Maria Okafor", "Thomas Whitfield"] != before
    (made,) = values(type_, "corrections list")
    type_(f"corrections remove {made['id']}")
    assert values(type_, f"show {mark}")["authors"] == before


def test_an_article_is_tagged_noted_collected_and_handed_over(type_: Type, folder: Path):
    mark = mark_of(type_)
    type_(f"dossiers tag {mark} starred")
    dossier = type_("dossiers begin 'The sea wall'").strip()
    type_(f"dossiers put {dossier} {mark} --note 'Start here.'")
    type_(f"dossiers fill {dossier} flood")
    quote = values(type_, f"show {mark}")["text"][:40].rpartition(" ")[0]
    type_(f"passages mark {mark} {shlex.quote(quote)} --note 'who voted?'")
    assert [each["id"] for each in values(type_, "search --tag starred")["hits"]] == [mark]
    shown = rows(type_(f"dossiers show {dossier}"))
    assert (shown[0]["id"], shown[0]["note"], shown[0]["tags"]) == (mark, "Start here.", "starred")
    type_(f"dossiers export {dossier} -o {folder}/wall.md")
    assert "Start here." in (folder / "wall.md").read_text()
    assert "who voted?" in (folder / "wall.md").read_text()
    assert values(type_, f"dossiers share {dossier} link")["address"].startswith("http://")


def test_a_site_is_added_crawled_and_its_news_arrive_by_feed_mail_and_webhook(folder: Path, type_: Type):
    key = certificate(folder)
    pages = {
        f"/news/2026/11/{name}": story(f"{name} pumps", text=f"{name} pumps ran along the quay. " * 20)
        for name in ("first", "second", "third")
    }
    with smtp(folder) as mails, webhook() as posts, serving({}) as site:
        site.routes.update({"/": front(*pages), "/feed.xml": rss(*pages, "/news/2026/11/lost"), **pages})
        (folder / "config.toml").write_text(
            f'{CRAWLER}[notify]\nwebhook = "{posts.url}"\nmail_to = ["desk@news.example"]\nsmtp_host = "127.0.0.1"\n'
            f'smtp_port = {mails.port}\nsmtp_ca = "{key}"\n{SOURCES}'
        )
        saved = values(type_, "saved add pumps --name Pumps --by mail --by webhook")
        type_(f"add {site.url}/ --name gazette --yes")
        type_("crawl gazette")
        type_("saved run")
        missed = type_("runs 2")
        assert "the server answered 404" in missed, missed
    (mail,) = [each for each in mails.taken if "List-Unsubscribe" in each]
    plain = next(email.message_from_string(mail, policy=default).iter_parts()).get_content()
    posted = next(found for each in posts.bodies if "searches" in (found := json.loads(each)))
    assert {each["headline"] for each in posted["searches"][0]["articles"]} == {
        "first pumps", "second pumps", "third pumps",
    }  # fmt: skip
    assert "third pumps" in plain
    assert saved["feed"].endswith(".atom")
