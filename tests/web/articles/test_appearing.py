"""A word of a search stands since the revision from which on every text has it, or stands no more."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from corpus.model import Revision, StoredArticle
from indexer.contract.values import Phrase, Reading, TextField, Word
from tests.counting import calls
from tests.web.articles.conftest import page
from tests.web.conftest import app_over, client_of
from web.articles import appearing
from web.articles.appearing import appearances, merged

DAY = datetime(2026, 11, 1, tzinfo=UTC)
QUAY = Reading(Word("quay"), ("quay", "quays"))
PHRASE = Reading(Phrase(("old", "quay")), ("old", "quay"), (("old",), ("quay",)))
HEADLINE = Reading(Word("mole", TextField.HEADLINE), ("mole",))


def texts(*bodies: str, headline: str = "Harbour") -> list[Revision]:
    """The texts an article has had, a day each."""
    return [
        Revision(n, DAY + timedelta(days=n), headline, None, None, body, str(n)) for n, body in enumerate(bodies, 1)
    ]


@pytest.mark.parametrize(
    ("bodies", "first", "last", "since"),
    [
        (("the quay", "the quays"), 1, 2, 1),
        (("the pier", "the quay", "the quay"), 2, 3, 2),
        (("the quay", "the pier", "the quay"), 1, 3, 3),
        (("the pier", "the quay", "the pier"), 2, 2, None),
    ],
)
def test_a_word_stands_since_the_last_text_without_it(
    bodies: tuple[str, ...], first: int, last: int, since: int | None
) -> None:
    (found,) = appearances(texts(*bodies), [QUAY])
    assert (found.word, found.first.number, found.last.number) == ("quay", first, last)
    assert (found.since and found.since.number) == since


def test_a_phrase_stands_only_as_a_phrase_and_a_word_of_a_field_in_that_field() -> None:
    made = texts("old pier, new quay\n\nmole", "the old quay", headline="Pier")
    found = {each.word: each for each in appearances(made, [QUAY, PHRASE, HEADLINE])}
    assert found["quay"].since == made[0]
    assert found['"old quay"'].since == made[1]
    assert set(found) == {"quay", '"old quay"'}


def test_words_that_no_text_has_are_left_out() -> None:
    assert appearances(texts("a pier", "two piers"), [QUAY]) == []
    assert appearances([], [QUAY]) == []


def test_readings_of_two_indexes_have_the_forms_of_both() -> None:
    assert merged([QUAY], [Reading(QUAY.clause, ("quayed",))])[0].forms == ("quay", "quays", "quayed")
    assert merged([QUAY], [PHRASE]) == [QUAY]


def test_a_live_page_with_hundreds_of_texts_is_read_in_time() -> None:
    made = texts(*("\n\n".join(f"paragraph {at} of the quay " * 20 for at in range(n)) for n in range(1, 200)))
    assert appearances(made, [QUAY, PHRASE])[0].since == made[0]
    assert calls(lambda: appearances(made, [QUAY, PHRASE])) < 300_000  # half of it; a paragraph of many is read once


def test_the_page_says_since_when_the_words_of_the_search_stand(client: FlaskClient, council: StoredArticle) -> None:
    shown = page(client, council.mark, "?q=record+worst+flood")
    assert "record has been in the text since the revision of 14 Jan 2026" in shown
    assert "flood has been in the text since the first one, of 12 Jan 2026" in shown
    assert "flood has been in the text since the first one" in client.get(f"/a/{council.mark}/revisions?q=flood").text
    assert "has been in the text since" not in page(client, council.mark)


def test_texts_that_are_not_looked_through_are_said(
    client: FlaskClient, council: StoredArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = "Only the last 1 of 2 texts"
    assert bound not in page(client, council.mark, "?q=flood")
    monkeypatch.setattr(appearing, "MOST_REVISIONS", 1)
    assert bound in page(client, council.mark, "?q=flood")
    assert bound in client.get(f"/a/{council.mark}/revisions?q=flood").text
    assert bound not in page(client, council.mark)


def test_the_api_numbers_the_texts(client: FlaskClient, council: StoredArticle) -> None:
    words = client.get(f"/api/v1/articles/{council.mark}/revisions?q=record").json["words"]
    assert [(each["word"], each["first"], each["since"]) for each in words] == [("record", 2, 2)]


def test_a_stranger_of_a_public_archive_is_told_nothing_of_earlier_texts(data, council: StoredArticle) -> None:
    assert "has been in the text since" not in page(
        client_of(app_over(data, web={"public": True})), council.mark, "?q=record"
    )
