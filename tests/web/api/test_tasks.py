"""The twelve tasks that people come with, each by the API alone, at an archive that `pressmark serve` serves."""

import csv
import email
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.policy import default
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.request import urlopen

import feedparser
import pytest

from docs.client import Archive
from tests.crawler.crawling import front, rss, story
from tests.crawler.faultweb import Site, serving
from tests.web.corpus import COUNCIL, HERALD, POST
from tests.web.notify.servers import Mails, Posts, certificate, smtp, webhook

SOURCES = "".join(f'[[source]]\nname = "{name}"\nurl = "https://{name}/"\n' for name in (HERALD, POST))
PATIENCE = 240.0  # seconds for a look or a crawl, on a machine that is busy


@dataclass
class Desk:
    """An archive that runs, and what it sends to."""

    api: Archive
    address: str
    folder: Path
    site: Site
    mails: Mails
    posts: Posts

    def file(self, path: str) -> str:
        """Return a file of the API."""
        with urlopen(f"{self.address}/api/v1/{path}", timeout=PATIENCE) as reply:
            text: str = reply.read().decode()
        return text

    @property
    def council(self) -> str:
        """The mark of an article, found by its address as somebody may have it."""
        found = self.api.get("lookup", url=COUNCIL.url.replace("https://", "http://www.") + "?utm_source=x")
        assert found["state"] == "stored"
        return str(found["article"])

    def done(self, request: int) -> Any:
        """Return a request when the scheduler is through with it."""
        return until(lambda: self.api.get(f"requests/{request}"), lambda each: each["state"] == "done")

    def news(self) -> dict[str, list[Any]]:
        """Return the mails and posts that are about saved searches; those of troubles are not."""
        mails = [each for each in self.mails.taken if "List-Unsubscribe" in each]
        return {"mails": mails, "posts": [each for each in self.posts.bodies if "searches" in json.loads(each)]}


def until(ask: Callable[[], Any], right: Callable[[Any], bool]) -> Any:
    deadline = monotonic() + PATIENCE
    while not right(answer := ask()):
        assert monotonic() < deadline, answer
        sleep(0.1)
    return answer


@pytest.fixture(scope="module")
def desk(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("tasks")
    shutil.copytree(data, folder / "data")
    key = certificate(folder)
    with smtp(folder) as mails, webhook() as posts, serving({}) as site:
        (folder / "config.toml").write_text(
            '[crawler]\ncontact = "desk@gazette.example"\ndelay = 0\nworkers = 1\nallow_addresses = ["127.88.0.0/16"]\n'
            f'[schedule]\ncrawl = "never"\n[notify]\nwebhook = "{posts.url}"\nmail_to = ["desk@news.example"]\n'
            f'smtp_host = "127.0.0.1"\nsmtp_port = {mails.port}\nsmtp_ca = "{key}"\n{SOURCES}'
        )
        command = [sys.executable, "-m", "web.cli", "-C", str(folder), "serve", "--port", "0", "--json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            assert process.stdout
            try:
                address = str(json.loads(process.stdout.readline())["url"]).rstrip("/")
                yield Desk(Archive(address), address, folder, site, mails, posts)
            finally:
                process.terminate()
                process.wait(PATIENCE)


def test_all_by_one_author_of_a_year_on_a_subject(desk: Desk):
    (author,) = [each for each in desk.api.pages("authors", find="okafor") if each["name"] == "Maria Okafor"]
    given = {"q": "flood", "author": author["key"], "from": "2026", "to": "2026"}
    found = list(desk.api.pages("search", limit=2, **given))
    assert len(found) == desk.api.get("search", **given)["total"] > 0
    assert all("Maria Okafor" in each["authors"] and each["day"].startswith("2026") for each in found)


def test_two_sources_by_month_in_one_chart(desk: Desk):
    given = {"line": "site", "site": [HERALD, POST], "by": "month", "from": "2025", "to": "2026"}
    made = desk.api.get("trend", **given)
    assert [each["name"] for each in made["lines"]] == [HERALD, POST]
    assert {len(each["points"]) for each in made["lines"]} == {len(made["lines"][0]["points"])}
    total = sum(point["count"] or 0 for each in made["lines"] for point in each["points"])
    asked = f"line=site&site={HERALD}&site={POST}&by=month&from=2025&to=2026"
    rows = list(csv.DictReader(io.StringIO(desk.file(f"trend/exports/csv?{asked}"))))
    assert sum(int(each["articles"] or 0) for each in rows) == total > 0
    picture = desk.file(f"trend/exports/svg?{asked}")
    assert picture.startswith("<svg")
    assert HERALD in picture
    covered = desk.api.get(f"sources/{HERALD}/coverage", month="2026-11")
    assert [each["month"] for each in covered["months"]][::11] == ["2025-12", "2026-11"]
    assert sum(each["read"] for each in covered["months"]) == sum(each["read"] for each in covered["days"]) > 0


def test_an_article_is_cited_in_words_and_for_programs(desk: Desk):
    cited = {each["style"]: each["text"] for each in desk.api.get(f"articles/{desk.council}/citations")["items"]}
    assert "(2026, January 12)" in cited["apa"]
    assert "12 Jan. 2026" in cited["mla"]
    assert desk.file(f"articles/{desk.council}/exports/bib").startswith("@")
    assert desk.file(f"articles/{desk.council}/exports/ris").startswith("TY  - NEWS")
    (item,) = json.loads(desk.file(f"articles/{desk.council}/exports/csl.json"))
    assert (item["type"], item["URL"]) == ("article-newspaper", COUNCIL.url)


def test_all_hits_are_given_as_csv_and_the_file_says_whether_they_are_all(desk: Desk):
    with urlopen(f"{desk.address}/api/v1/exports/csv?q=flood&site={POST}", timeout=PATIENCE) as reply:
        rows = list(csv.DictReader(io.TextIOWrapper(reply, "utf-8", newline="")))
        assert reply.headers["Pressmark-Total"] == reply.headers["Pressmark-Given"] == str(len(rows))
    assert len(rows) == desk.api.get("search", q="flood", site=POST)["total"] > 0
    assert {each["source"] for each in rows} == {POST}


def test_what_changed_is_said_part_by_part(desk: Desk):
    made = desk.api.get(f"articles/{desk.council}/changes")
    assert (made["old"]["number"], made["new"]["number"]) == (1, 2)
    headline = made["items"][0]
    assert (headline["part"], headline["kind"]) == ("Headline", "changed")
    gone = [each["text"] for each in headline["old"] if each["changed"]]
    come = [each["text"] for each in headline["new"] if each["changed"]]
    assert (gone, come) == (["worst"], ["record"])
    texts = desk.api.get(f"articles/{desk.council}/revisions")["items"]
    assert "".join(each["text"] for each in headline["old"]) == texts[0]["headline"]
    assert made["unchanged"] > 0


def test_an_address_leads_to_its_article_or_to_what_became_of_it(desk: Desk):
    assert desk.api.get(f"articles/{desk.council}")["url"] == COUNCIL.url
    assert desk.api.get("lookup", url="https://unknown.example/x")["state"] == "never seen"


def test_similar_articles_are_other_articles(desk: Desk):
    found = desk.api.get(f"articles/{desk.council}/similar")["items"]
    assert 0 < len(found) <= 5
    assert desk.council not in [each["id"] for each in found]
    assert all(desk.api.get(f"articles/{each['id']}")["headline"] == each["headline"] for each in found)


def test_why_a_crawl_missed_a_site_is_said(desk: Desk):
    assert "slow down" in desk.api.get(f"sources/{POST}")["why"]
    last = desk.api.get("runs", limit=1)["items"][0]["run"]
    receipt = desk.api.get(f"runs/{last}")
    (of_site,) = [each for each in receipt["sources"] if each["source"] == POST]
    assert "timeout" in json.dumps(of_site)


def test_an_author_is_corrected_and_the_page_is_believed_again(desk: Desk):
    article = f"articles/{desk.council}"
    before = desk.api.get(article)["authors"]
    body = {"field": "authors", "value": ["Maria Okafor", "Thomas Whitfield"], "why": "he signs in full"}
    made = desk.api.send("POST", f"{article}/corrections", body)
    assert desk.api.get(article)["authors"] == ["Maria Okafor", "Thomas Whitfield"] != before
    assert made["id"] in [each["id"] for each in desk.api.get("corrections")["items"]]
    desk.api.send("DELETE", f"corrections/{made['id']}")
    assert desk.api.get(article)["authors"] == before


def test_an_article_is_tagged_noted_collected_and_handed_over(desk: Desk):
    mark = desk.council
    assert desk.api.send("PUT", f"articles/{mark}/tags", {"tags": ["starred"]})["tags"] == ["starred"]
    dossier = desk.api.send("POST", "dossiers", {"name": "The sea wall"})["mark"]
    desk.api.send("PUT", f"dossiers/{dossier}/articles/{mark}", {"note": "Start here."})
    filled = desk.api.send("POST", f"dossiers/{dossier}/searches", {"search": "q=flood"})
    assert filled
    quote = desk.api.get(f"articles/{mark}")["text"][:40].rpartition(" ")[0]
    passage = {"quote": quote, "note": "who voted?"}
    assert desk.api.send("POST", f"articles/{mark}/passages", passage)["note"] == "who voted?"
    assert [each["id"] for each in desk.api.pages("search", tag="starred")] == [mark]
    held = desk.api.get(f"dossiers/{dossier}/articles")["items"]
    assert len(held) == len({*(each["id"] for each in desk.api.pages("search", q="flood")), mark})
    assert "Start here." in desk.file(f"dossiers/{dossier}/exports/md")
    shared = desk.api.send("PATCH", f"dossiers/{dossier}", {"shared": "link"})
    with urlopen(shared["address"], timeout=PATIENCE) as reply:
        assert "The sea wall" in reply.read().decode()


def test_a_site_is_added_crawled_and_its_news_arrive_by_feed_mail_and_webhook(desk: Desk):
    pages = {f"/news/2026/11/{name}": story(f"{name} pumps", text=f"{name} pumps ran along the quay. " * 20)
             for name in ("first", "second")}  # fmt: skip
    desk.site.routes.update({"/": front(*pages), "/feed.xml": rss(*pages), **pages})
    saved = desk.api.send("POST", "saved-searches", {"search": "q=pumps", "name": "Pumps"})
    desk.api.send("PATCH", f"saved-searches/{saved['id']}", {"ways": ["mail", "webhook"], "often": "runs"})
    look = desk.api.send("POST", "requests", {"kind": "look", "about": desk.site.url})["id"]
    assert "first pumps" in json.dumps(desk.done(look))
    added = desk.api.send("POST", f"requests/{look}/addition", {"name": "gazette"})
    assert added["source"] == "gazette" in [each["name"] for each in desk.api.get("sources")["items"]]
    crawl = desk.api.send("POST", "requests", {"kind": "crawl", "about": "gazette"})["id"]
    desk.done(crawl)
    sent = until(desk.news, lambda each: all(each.values()))
    mail = email.message_from_string(sent["mails"][0], policy=default)
    assert "first pumps" in next(mail.iter_parts()).get_content()
    headlines = {each["headline"] for each in json.loads(sent["posts"][0])["searches"][0]["articles"]}
    assert headlines == {"first pumps", "second pumps"}
    (now,) = [each for each in desk.api.get("saved-searches")["items"] if each["id"] == saved["id"]]
    assert now["new"] == 2
    with urlopen(now["feed"], timeout=PATIENCE) as reply:
        assert {each.title for each in feedparser.parse(reply.read()).entries} > headlines
