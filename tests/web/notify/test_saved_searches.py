"""News of saved searches, from an article that enters to a mail and a post that arrive: each once, whatever happens."""

import email
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from corpus.backups import restoring, writing
from corpus.config import Config
from corpus.store import ArticleStore
from corpus.store.desk.saved import Often
from indexer.contract.protocol import SearchEngine
from indexer.open import open_engine
from indexer.sync import update
from tests.web.corpus import article
from tests.web.notify.servers import Mails, Posts, smtp, webhook
from web.languages.choice import ENGLISH, LANGUAGES, current
from web.notify import saved_searches, sending

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
DAY = timedelta(days=1)
WHO = "this machine"


class Desk:
    """A corpus with its index, the ways out, and a look at what is new."""

    def __init__(self, data: Path, keys: Path, mails: Mails, posts: Posts) -> None:
        self.store = ArticleStore.open(data / "pressmark.sqlite")
        self.engine: SearchEngine = open_engine(data / "index")
        self.data, self.posts, self.mails = data, posts, mails
        self.config = Config.model_validate(
            {
                "data": str(data),
                "notify": {
                    "webhook": posts.url,
                    "mail_to": ("desk@news.example",),
                    "smtp_host": "127.0.0.1",
                    "smtp_port": mails.port,
                    "smtp_ca": str(keys / "cert.pem"),
                },
                "web": {"url": "https://archive.example/"},
            }
        )

    def save(self, name: str, *ways: str, q: str = "flood", often: Often = Often.RUNS, at: datetime = NOW) -> int:
        id = self.store.saved.add(name, f"q={q}", WHO, at)
        self.store.saved.set_delivery(id, ways, often, at)
        return id

    def enters(self, name: str, headline: str = "Flood", *, day: str | None = "2026-11-22", index: bool = True) -> int:
        text = article("coastpost.example", name, f"{headline} {name}", f"The flood of {name}.", day=day)
        self.store.write(text)
        if index:
            self.index()
        found = self.store.by_url(text.url)
        assert found
        return found.id

    def index(self) -> None:
        update(self.store, self.engine, zone=UTC)

    def look(self, at: datetime = NOW) -> None:
        saved_searches.store_news(self.config, self.store, self.engine, at)
        sending.send(self.config, self.store, lambda: at)

    @property
    def posted(self) -> list[str]:
        return [json.loads(body)["subject"] for body in self.posts.bodies]

    def mail(self) -> EmailMessage:
        (taken,) = self.mails.taken
        return email.message_from_bytes(taken.encode(), policy=default)

    def close(self) -> None:
        self.engine.close()
        self.store.close()


@pytest.fixture
def desk(tmp_path: Path, keys: Path) -> Iterator[Desk]:
    with smtp(keys) as mails, webhook() as posts:
        made = Desk(tmp_path / "data", keys, mails, posts)
        yield made
        made.close()


def test_an_article_that_enters_is_mailed_once_as_text_and_html_with_a_way_to_stop(desk: Desk):
    desk.enters("before")
    desk.save("Floods & <walls>", "mail")
    desk.look()
    assert desk.mails.taken == []
    desk.enters("new", "Flood <script>alert(1)</script>")
    desk.look()
    desk.look(NOW + timedelta(minutes=1))
    mail = desk.mail()
    assert mail["Subject"] == "[pressmark] 1 new article in Floods & <walls>"
    plain, html = (part.get_content() for part in mail.iter_parts())
    assert "Flood <script>alert(1)</script> new" in plain
    assert "https://archive.example/a/" in plain
    assert "before" not in plain
    assert "<script>" not in html
    assert "Floods &amp; &lt;walls&gt;" in html
    assert "<img" not in html
    stop = mail["List-Unsubscribe"].strip()
    assert stop.startswith("<https://archive.example/saved/pause/1-")
    assert stop.strip("<>") in plain
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_several_searches_are_one_mail_and_an_article_in_two_stands_in_both(desk: Desk):
    desk.save("Floods", "mail"), desk.save("Coast", "mail", q="coastpost"), desk.save("Walls", "mail", q="title:flood")
    for name in ("one", "two"):
        desk.enters(name, index=False)
    desk.index()
    desk.look()
    plain = next(desk.mail().iter_parts()).get_content()
    assert "Floods: 2 new" in plain
    assert "Walls: 2 new" in plain
    assert "Coast:" not in plain
    assert plain.count("Pause this search: https://archive.example/saved/pause/") == 2


def test_a_webhook_gets_the_articles_as_data_and_one_that_fails_is_tried_again(desk: Desk):
    desk.save("Floods", "webhook")
    desk.enters("new")
    desk.posts.status = 500
    desk.look()
    desk.posts.status = 204
    desk.look(NOW + timedelta(minutes=2))
    desk.look(NOW + timedelta(hours=2))
    assert desk.posted == ["1 new article in Floods"] * 2  # the one that was refused, and the one that was taken
    first, second = (json.loads(body) for body in desk.posts.bodies)
    assert first == second
    (search,) = first["searches"]
    assert (search["name"], search["new"]) == ("Floods", 1)
    (found,) = search["articles"]
    assert found["headline"] == "Flood new"
    assert found["url"] == "https://coastpost.example/new"
    assert found["page"].startswith("https://archive.example/a/")


def test_neither_a_new_index_nor_a_correction_nor_a_new_text_tells_it_again(desk: Desk, tmp_path: Path):
    desk.save("Floods", "webhook")
    id = desk.enters("new")
    desk.look()
    desk.store.write(article("coastpost.example", "new", "Flood new, again", "Another flood.", day="2026-11-22"))
    stored = desk.store.article(id)
    assert stored
    desk.store.amend_many([(stored.sequence, stored.article)])
    desk.store.set_copy(id, None)
    desk.engine.close()
    desk.engine = open_engine(tmp_path / "another-index")
    desk.index()
    desk.look(NOW + DAY)
    assert len(desk.posts.bodies) == 1


def test_what_the_index_does_not_have_yet_is_told_when_it_has(desk: Desk):
    desk.save("Floods", "webhook")
    desk.enters("one", index=False)
    desk.look()
    assert desk.posts.bodies == []
    desk.enters("two", index=False)
    desk.index()
    desk.look(NOW + timedelta(minutes=1))
    assert desk.posted == ["2 new articles in Floods"]


def test_two_processes_that_look_at_once_make_one_message(desk: Desk):
    desk.save("Floods", "webhook")
    desk.enters("new")
    other = ArticleStore.open(desk.store.path)
    before = other.saved.all()[0]
    desk.look()
    assert not other.saved.deliver(before, 99, NOW)
    assert saved_searches.store_news(desk.config, other, desk.engine, NOW) == []
    other.close()


@pytest.mark.parametrize(("often", "days"), [(Often.DAILY, 1), (Often.WEEKLY, 7)])
def test_a_digest_comes_at_its_time_and_not_before(desk: Desk, often: Often, days: int):
    desk.save("Floods", "webhook", often=often)
    desk.enters("one")
    due = datetime(2026, 11, 23, 7, 0, tzinfo=UTC) + days * DAY
    desk.look(due - timedelta(minutes=1))
    assert desk.posts.bodies == []
    desk.look(due)
    desk.look(due + timedelta(minutes=1))
    desk.enters("two")
    desk.look(due + timedelta(hours=5))
    assert desk.posted == ["1 new article in Floods"]
    desk.look(due + days * DAY)
    assert desk.posted == ["1 new article in Floods"] * 2
    desk.look(due + 2 * days * DAY)
    assert len(desk.posted) == 2


def test_a_run_under_way_is_waited_for_an_hour_at_most(desk: Desk):
    desk.save("Floods", "webhook")
    with desk.store.runs.begin(["coastpost.example"], started=NOW):
        desk.enters("new")
        desk.look()
        assert desk.posts.bodies == []
        desk.look(NOW + timedelta(hours=1))
    assert desk.posted == ["1 new article in Floods"]


def test_a_paused_or_deleted_search_tells_nothing_and_one_that_goes_on_tells_what_comes_then(desk: Desk):
    paused, deleted = desk.save("Floods", "webhook"), desk.save("Coast", "webhook")
    desk.store.saved.pause(paused, NOW, "by hand")
    desk.store.saved.delete(deleted, NOW)
    desk.enters("meanwhile")
    desk.look()
    desk.store.saved.pause(paused, None, None)
    desk.store.saved.skip_delivery(paused, NOW)
    desk.look()
    assert desk.posts.bodies == []
    desk.enters("after")
    desk.look()
    assert desk.posted == ["1 new article in Floods"]


def test_a_restore_sends_nothing_twice_and_counts_what_came_again(desk: Desk, tmp_path: Path, keys: Path):
    desk.save("Floods", "webhook")
    saved = tmp_path / "corpus.tar"
    writing.write(desk.store, desk.data / "captures", saved)
    desk.enters("sent")
    desk.look()
    assert desk.posted == ["1 new article in Floods"]
    desk.close()
    later = datetime(2026, 11, 24, tzinfo=UTC)
    restoring.restore(saved, tmp_path / "again", now=later)
    back = Desk(tmp_path / "again", keys, desk.mails, desk.posts)
    entered = article("coastpost.example", "sent", "Flood sent", "The flood of sent.", day="2026-11-22")
    back.store.write(replace(entered, fetched=later + timedelta(hours=1)))
    fresh = article("coastpost.example", "fresh", "Flood fresh", "The flood of fresh.", day="2026-11-25")
    back.store.write(fresh)
    back.index()
    back.look(later + DAY)
    back.close()
    assert desk.posted[1:] == ["1 new article in Floods"]
    (search,) = json.loads(desk.posts.bodies[1])["searches"]
    assert (search["again"], [each["headline"] for each in search["articles"]]) == (1, ["Flood fresh"])
    desk.store = ArticleStore.open(desk.data / "pressmark.sqlite")
    desk.engine = open_engine(desk.data / "index")


def test_a_message_that_waited_in_a_backup_is_not_sent_after_its_restore(desk: Desk, tmp_path: Path):
    desk.save("Floods", "webhook")
    desk.enters("new")
    saved_searches.store_news(desk.config, desk.store, desk.engine, NOW)
    saved = tmp_path / "corpus.tar"
    writing.write(desk.store, desk.data / "captures", saved)
    restoring.restore(saved, tmp_path / "again", now=NOW + DAY)
    with ArticleStore.open(tmp_path / "again" / "pressmark.sqlite") as store:
        sending.send(desk.config, store, lambda: NOW + DAY)
        (delivery,) = store.notices.latest()
    assert desk.posts.bodies == []
    assert (delivery.state, "put back from a backup" in (delivery.error or "")) == ("given-up", True)


def test_a_way_that_is_not_set_up_any_more_loses_nothing(desk: Desk):
    desk.save("Floods", "mail")
    desk.enters("new")
    whole = desk.config
    notify = whole.notify.model_copy(update={"mail_to": ()})
    desk.config = whole.model_copy(update={"notify": notify})
    desk.look()
    desk.config = whole
    desk.look()
    assert len(desk.mails.taken) == 1


def test_the_address_that_stops_many_searches_arrives_in_one_piece(desk: Desk):
    for number in range(50):
        desk.save(f"Floods {number}", "mail")
    desk.enters("new")
    desk.look()
    (taken,) = desk.mails.taken
    assert "=?utf-8" not in taken
    (stop,) = (line for line in taken.splitlines() if line.startswith("List-Unsubscribe:"))
    assert stop.count(".") > 49


def test_a_message_names_twenty_articles_and_counts_the_rest(desk: Desk):
    desk.save("Floods", "webhook")
    for number in range(23):
        desk.enters(f"n{number}", index=False)
    desk.index()
    desk.look()
    body = json.loads(desk.posts.bodies[0])
    assert body["subject"] == "23 new articles in Floods"
    assert len(body["searches"][0]["articles"]) == 20
    assert "and 3 more: https://archive.example/search?q=flood" in body["text"]


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        (
            "de",
            "1 neuer Artikel in Floods <b>",
            ("Floods <b>: 1 neu", "Nichts mehr davon schicken: https://", "undatiert"),
        ),
        ("fr", "1 nouvel article dans Floods <b>", ("Suspendre cette recherche : https://", "sans date")),
        ("ar", "مقال جديد واحد في \u2068Floods <b>\u2069", ("إيقاف هذا البحث مؤقتًا: https://", "بلا تاريخ")),
        ("auto", "1 new article in Floods <b>", ("Floods <b>: 1 new", "No more of these: https://", "undated")),
    ],
)
def test_messages_speak_the_language_of_the_setting_and_their_data_stay(
    desk: Desk, language: str, subject: str, said: tuple[str, ...]
):
    web = desk.config.web.model_copy(update={"language": language})
    desk.config = desk.config.model_copy(update={"web": web})
    desk.save("Floods <b>", "mail", "webhook")
    desk.enters("new", "Flood", day=None)
    desk.look()
    mail = desk.mail()
    assert mail["Subject"] == f"[pressmark] {subject}"
    plain, html = (part.get_content() for part in mail.iter_parts())
    for each in said:
        assert each in plain
    spoken = LANGUAGES.get(language, ENGLISH)
    assert f'<html lang="{spoken.code}" dir="{spoken.direction}">' in html
    assert "<b>" not in html
    (body,) = (json.loads(each) for each in desk.posts.bodies)
    assert body["subject"] == subject
    (search,) = body["searches"]
    assert (search["name"], search["new"], search["articles"][0]["headline"]) == ("Floods <b>", 1, "Flood new")
    assert set(search) == {"name", "url", "new", "again", "pause", "articles"}
    assert current() is ENGLISH  # whoever looks speaks the same as before
