"""Exports of the press databases are split into their articles, or refused; prose is never taken for one."""

import contextlib

import pytest

from corpus.errors import ImportFailed
from crawler.importing.databases.splitting import split_markup, split_text
from tests.stalling import no_stall

STORY = (
    "The ferry to the outer islands will run again from Monday, the port authority said.\n\n"
    "Repairs to the ramp took three weeks longer than planned, and cost twice as much."
)

NEXIS_UNI = f"""User Name: Reader
Date and Time: Tuesday, May 7, 2024 10:00:00 AM CEST
Documents (2)
1. Ferry runs again
2. Ramp repaired

Page 1 of 2
Ferry runs again
The Island Courier
May 6, 2024 Monday

Copyright 2024 Island Courier Ltd. All Rights Reserved

Section: NEWS; Pg. 3
Length: 212 words
Byline: Rosa Lindqvist
Highlight: The ramp is mended.

Body

{STORY}

Load-Date: May 7, 2024

End of Document

Ramp repaired
The Harbour Post (Weekend)
4 May 2024

Length: 98 words

Body

{STORY.replace("ferry", "boat")}

Load-Date: May 5, 2024

End of Document
"""

LEXISNEXIS = f"""
                               1 of 2 DOCUMENTS

                             The Island Courier

                            May 6, 2014 Tuesday
                               Final Edition

Ferry runs again

BYLINE: Rosa Lindqvist and Tom Okafor

SECTION: NEWS; Pg. 3

LENGTH: 212 words

{STORY}

LOAD-DATE: May 7, 2014

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

              Copyright 2014 Island Courier Ltd.

                               2 of 2 DOCUMENTS

                             Der Hafenbote

                            3. Mai 2014 Samstag

Die Fähre fährt wieder

AUTOR: Jana Voss

RUBRIK: LOKALES; S. 5

LÄNGE: 120 Wörter

{STORY}

UPDATE: 4. Mai 2014

SPRACHE: GERMAN; DEUTSCH
"""

FACTIVA_TAGGED = """SE  News
HD  Ferry runs again
BY  By Rosa Lindqvist
WC  212 words
PD  6 May 2014
SN  The Island Courier
SC  ISLC
PG  3
LA  English
CY  (c) 2014 Island Courier Ltd.
LP  The ferry to the outer islands will run again from Monday.

TD
Repairs to the ramp took three weeks longer than planned.

They cost twice as much.

NS  gtrans : Transport
AN  Document ISLC000020140506ea5600001

HD  Ramp repaired
WC  98 words
PD  4 May 2014
SN  The Harbour Post
LA  German
LP  The ramp is mended.
AN  Document HARB000020140504ea5400002
"""

FACTIVA_PLAIN = f"""News
Ferry runs again
By Rosa Lindqvist
212 words
6 May 2014
The Island Courier
ISLC
3
English
(c) 2014 Island Courier Ltd.

{STORY}

Document ISLC000020140506ea5600001

Ramp repaired
98 words
4 May 2014
06:15
The Harbour Post
HARB
English
Copyright 2014.

{STORY}

Document HARB000020140504ea5400002
"""

PROQUEST = f"""____________________________________________________________

Report Information from ProQuest
07 May 2024 10:00
____________________________________________________________

Document 1 of 2

Ferry runs again

Author: Lindqvist, Rosa; Okafor, Tom

Publication info: The Island Courier ; Harbourtown [Harbourtown]06 May 2014: 3.

ProQuest document link

Abstract: The ramp is mended.

Full text: {STORY}

Credit: By Rosa Lindqvist

Subject: Ferries; Ports

Title: Ferry runs again

Publication title: The Island Courier; Harbourtown

Pages: 3

Publication date: May 6, 2014

Section: News

Language of publication: English

ProQuest document ID: 1522000001

Document URL: https://archive.example/docview/1522000001

____________________________________________________________

Document 2 of 2

Ramp repaired

Full text: {STORY}

Title: Ramp repaired

Publication title: The Harbour Post

Publication date: May 4, 2014

ProQuest document ID: 1522000002

____________________________________________________________

Contact us at: the desk
"""


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (NEXIS_UNI, ("Ferry runs again", "The Island Courier", "May 6, 2024 Monday"),
         ("Ramp repaired", "The Harbour Post (Weekend)", "4 May 2024")),
        (FACTIVA_TAGGED, ("Ferry runs again", "The Island Courier", "6 May 2014"),
         ("Ramp repaired", "The Harbour Post", "4 May 2014")),
        (FACTIVA_PLAIN, ("Ferry runs again", "The Island Courier", "6 May 2014"),
         ("Ramp repaired", "The Harbour Post", "4 May 2014")),
        (PROQUEST, ("Ferry runs again", "The Island Courier", "May 6, 2014"),
         ("Ramp repaired", "The Harbour Post", "May 4, 2014")),
    ],
    ids=["nexis-uni", "factiva-tagged", "factiva-plain", "proquest"],
)  # fmt: skip
def test_each_article_has_its_headline_outlet_and_day(text: str, first: tuple, second: tuple):
    records = split_text(text)
    assert [(each["title"], each["source"], each["published"]) for each in records] == [first, second]


def test_lexisnexis_is_split_in_english_and_german():
    english, german = split_text(LEXISNEXIS) or [{}, {}]
    assert (english["source"], english["published"], english["byline"], english["language"]) == (
        "The Island Courier", "May 6, 2014 Tuesday", "Rosa Lindqvist and Tom Okafor", "en",
    )  # fmt: skip
    assert english["title"] == "Ferry runs again"
    assert (german["title"], german["source"], german["byline"], german["section"], german["language"]) == (
        "Die Fähre fährt wieder", "Der Hafenbote", "Jana Voss", "LOKALES; S. 5", "de",
    )  # fmt: skip


@pytest.mark.parametrize("text", [NEXIS_UNI, LEXISNEXIS, FACTIVA_PLAIN, PROQUEST])
def test_the_text_is_the_story_and_nothing_around_it(text: str):
    records = split_text(text)
    assert records
    for record in records:
        assert " ".join(record["text"].replace("boat", "ferry").split()) == " ".join(STORY.split())


def test_tagged_factiva_joins_lead_and_text():
    assert split_text(FACTIVA_TAGGED)[0]["text"].count("\n\n") == 2


OLD_NUMBERS = FACTIVA_TAGGED.replace("Document ISLC000020140506ea5600001", "isl-4711").replace(
    "Document HARB000020140504ea5400002", "Artikel 12"
)
NO_NUMBERS = "\n".join(line for line in FACTIVA_TAGGED.split("\n") if not line.startswith("AN"))
CUT_SHORT = FACTIVA_TAGGED.partition("AN  Document HARB")[0]
A_TEXT_WITH_TAGS = FACTIVA_TAGGED.replace(
    "They cost twice as much.",
    "HD television came with it.\n\nPD James was read aloud.\n\nIN THE early hours it sailed.",
)


@pytest.mark.parametrize("text", [OLD_NUMBERS, NO_NUMBERS, CUT_SHORT, A_TEXT_WITH_TAGS])
def test_tags_tell_articles_apart_where_numbers_do_not(text: str):
    records = split_text(text)
    assert [(each["title"], each["published"]) for each in records] == [
        ("Ferry runs again", "6 May 2014"),
        ("Ramp repaired", "4 May 2014"),
    ]
    assert "Repairs to the ramp" in records[0]["text"]
    assert records[1]["text"] == "The ramp is mended."
    assert text is not A_TEXT_WITH_TAGS or records[0]["text"].endswith("IN THE early hours it sailed.")


def test_tags_without_outlet_day_and_text_are_words_of_a_story():
    assert split_text(STORY + "\n\nHD television came with it.\n\nSN 1987 was seen.\n\nHD again.") is None


def test_a_byline_is_read_where_there_is_one():
    assert [record.get("byline") for record in split_text(FACTIVA_PLAIN)] == ["By Rosa Lindqvist", None]
    assert [record.get("byline") for record in split_text(NEXIS_UNI)] == ["Rosa Lindqvist", None]


def test_an_export_in_html_is_split_as_its_text_is():
    rows = "".join(
        f'<tr><td class="index"><b>{tag}</b></td><td>{value}</td></tr>'
        for tag, value in [("HD", "Ferry runs again"), ("PD", "6 May 2014"), ("SN", "The Island Courier"),
                           ("LP", "<p>The ferry runs.</p><p>From Monday.</p>"),
                           ("AN", "Document ISLC000020140506ea5600001")]
    )  # fmt: skip
    page = f'<html><body><div class="article enArticle"><table>{rows}</table></div>'
    records = split_markup(page + page.replace("Ferry runs", "Ramp mended").replace("5600001", "5600002"))
    assert [record["title"] for record in records] == ["Ferry runs again", "Ramp mended again"]
    assert records[0]["text"] == "The ferry runs.\n\nFrom Monday."


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Title: a poem\n\nAuthor: Ana\n\n" + STORY,
        "The report was 500 words long.\n\n500 words\n\nwere enough.",
        "At the End of Document is a signature, the clerk said.\n\n" + STORY,
        "",
    ],
)
def test_prose_is_no_export(text: str):
    assert split_text(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "LENGTH: 300 words\n\nOne.\n\nLENGTH: 200 words\n\nTwo.",
        "One\n312 words\nText.\n\nTwo\n55 words\nText.\n\nThree\n1,204 words\nText.",
        "\n\n".join(["Length: 12 words\n\nBody\n\nEnd of Document"] * 3),
    ],
)
def test_many_articles_that_cannot_be_told_apart_are_refused(text: str):
    with pytest.raises(ImportFailed, match="looks like"):
        split_text(text)


def test_killers_take_no_time():
    with no_stall():
        for killer in ("AN " * 200_000, "_" * 500_000 + "\n", "Document A" * 100_000,
                       " " * 500_000, "HD\n" * 100_000):  # fmt: skip
            with contextlib.suppress(ImportFailed):
                split_text(killer)
