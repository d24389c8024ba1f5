"""What people type finds what they mean, on every engine."""

from datetime import datetime

import pytest

from indexer.contract.periods import minutes
from indexer.contract.protocol import Document
from tests.indexer.conftest import ids
from tests.indexer.known import known

TYPED = [  # as typed, and a text that has it
    ("fr", "saint-etienne", "Le maire de Saint-Étienne a parlé."),
    ("fr", "jean-francois", "Jean-François arrive."),
    ("fr", "porte-parole", "Les porte-paroles du groupe."),
    ("fr", "l'assemblee", "Vote à l’Assemblée."),
    ("en", "F-35", "Two F-35s landed."),
    ("en", "perez*", "Señora Pérezagua spoke."),
    ("de", "*kapitan", "Der Flugkapitän schwieg."),
    ("de", "*kapitän", "Der Flugkapitan schwieg."),
    ("en", "co-operate", "They cooperated at last."),
    ("en", "cooperation", "The co\u2060operation treaty."),
    ("en", "email", "An e-mail arrived."),
    ("en", "e-mail", "Many emails arrived."),
    ("en", "covid19", "The covid-19 ward."),
    ("en", "covid-19", "The covid19 ward."),
    ("en", "covid-19", "The Covid 19 ward."),
    ("en", "oconnor", "Ms O’Connor left."),
    ("en", "O'Connor", "Ms OConnor left."),
    ("en", "2500", "It cost 2,500 pounds."),
    ("en", "2,500", "It cost 2500 pounds."),
    ("en", "2.500", "It cost 2,500 pounds."),
    ("en", "phd", "She has a Ph.D. in law."),
    ("en", "Ph.D.", "She has a PhD in law."),
    ("en", "reelection", "After her re-election."),
    ("en", "re-election", "She was reelected."),
    ("he", 'ארה"ב', "ארה״ב תומכת"),
    ("he", "ארהב", "ארה״ב תומכת"),
    ("fa", "میخواهم", "من می\u200cخواهم بروم"),
    ("fa", "می خواهم", "من می\u200cخواهم بروم"),
    ("en", "12km", "A run of 12 km."),
    ("en", "12 km", "A run of 12km."),
    ("en", "1.5 kg", "A fish of 1.5kg."),
    ("en", "3500", "Some 3 500 people."),
    ("en", "3 500", "Some 3500 people."),
    ("en", "150000", "Rs 1,50,000 were paid."),
    ("en", "2500.50", "It cost 2,500.50 pounds."),
    ("en", "JRR Tolkien", "By J. R. R. Tolkien."),
    ("en", "j. r. r. tolkien", "By J.R.R. Tolkien."),
    ("en", "berlin", "The papers of Berlin³ said so."),
    ("es", "2ª", "La 2.ª vez."),
    ("ar", "القاهرة", "بين بغداد والقاهرة"),
    ("ja", "サーバー", "サーバを買う"),
    ("ko", "삼성전자", "삼성 전자와"),
    ("zh", "A股", "中国A股市场上涨"),
    ("zh", "9月", "2024年9月"),
    ("zh", "2024年", "于2024年底"),
    ("zh", '"股"', "股市"),
    ("zh", "台灣", "台湾总统"),
    ("zh", "臺灣總統", "台湾总统"),
    ("zh", '"总统府"', "臺灣的總統府"),
    ("zh", "国", "國會"),
    ("zh", "A國", "中国和A国际"),
    ("zh", "頭髮", "头发"),
    ("zh", "總統 NEAR/3 國會", "总统在国会"),
    ("ja", "广岛", "広島の会"),
]


@pytest.mark.parametrize(("language", "typed", "text"), TYPED)
def test_it_is_found(holding, language, typed, text):
    other = Document(id=2, body="Something else altogether.", facets=known(lang="en"))
    engine = holding(Document(id=1, body=text, facets=known(lang=language)), other)
    assert ids(engine, typed) == [1]


def test_a_quoted_word_is_found_only_as_it_was_written(holding):
    engine = holding(Document(id=1, body="saint étienne"), Document(id=2, body="saint etienne"))
    assert ids(engine, '"saint-etienne"') == [2]
    assert ids(engine, "saint-etienne") == [2, 1]


def test_other_words_are_not_found_by_a_joined_form(holding):
    engine = holding(Document(id=1, body="It may be well; he'll say we're in."), Document(id=2, body="Ce n'est rien."))
    for typed in ("maybe", "hell", "were", "nest"):
        assert ids(engine, typed) == []


TREE = [
    ("(by:alice flood) OR (by:bob storm)", {1, 3, 4}),
    ("(site:herald.example flood) OR storm", {1, 2, 3, 4}),
    ("flood -(by:alice after:2021)", {2, 3}),
    ("(flood 2023..) OR by:bob", {2, 4}),
    ("flood OR date:none", {1, 2, 3}),
    ("site:herald.example", {1, 2, 4}),
    ("site:news.herald.example", {2}),
    ('by:"smith, bob"', set()),
    ("by: alice", {1, 3}),
    ("[2023-01-01 TO 2024-12-31]", {2}),
    ("date:>2022 flood", {2}),
    ("flood NEAR/3 walls", {1}),
    ("!flood", {4}),
    ("🎉", set()),
    ("€", set()),
    ('""', set()),
]


def article(id, body, author, site, year):
    published = minutes(datetime(year, 1, 1)) if year else None  # noqa: DTZ001 - local time has no zone
    return Document(id=id, body=body, facets=known(author=author, site=site), published=published)


@pytest.mark.parametrize(("typed", "expected"), TREE)
def test_filters_and_dates_hold_where_they_stand(holding, typed, expected):
    engine = holding(
        article(1, "A flood over the wall.", "alice", "herald.example", 2022),
        article(2, "Flood and storm.", "carol", "news.herald.example", 2023),
        article(3, "The flood, a storm.", "alice", "other.example", None),
        article(4, "Storm.", "bob", "www.herald.example", 2026),
    )
    assert set(ids(engine, typed)) == expected
