"""A saved page says where it is from: the program that saved it, or the page's own head."""

from datetime import UTC, datetime

import pytest

from crawler.importing.saved import saved_at, saved_from

STORY = "https://gazette.example/2024/05/harbour-wall"


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        (f"<!-- saved from url=({len(STORY):04})" + STORY + " -->\n<html>", "saved from url"),
        (f"<!DOCTYPE html>\r\n<!-- saved from url=({len(STORY):04})" + STORY + " --><html>", "saved from url"),
        (f"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: {STORY} \n saved date: Mon -->",
         "saved with SingleFile"),
        ("<html><!-- Mirrored from gazette.example/2024/05/harbour-wall by HTTrack Website Copier/3.x -->",
         "saved with HTTrack"),
        (f'<head><link href="{STORY}" rel="canonical"></head>', "canonical link"),
        (f"<head><LINK REL=canonical HREF={STORY} /></head>", "canonical link"),
        (f'<head><meta content="{STORY}" property="og:url"></head>', "og:url"),
    ],
)  # fmt: skip
def test_the_address_is_found(markup: str, rule: str):
    claim = saved_from(markup)
    assert claim is not None
    assert (claim.url.removeprefix("http://").removeprefix("https://"), claim.rule) == (STORY[8:], rule)


def test_the_saving_program_is_believed_before_the_page():
    other = '<link rel="canonical" href="https://gazette.example/other">'
    claim = saved_from(f"<!-- saved from url=({len(STORY):04}){STORY} -->{other}")
    assert (claim.url, claim.by_saver) == (STORY, True)


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="canonical" href="/2024/05/harbour-wall">',
        '<link rel="canonical" href="https://gazette.example/">',
        f'<!-- <link rel="canonical" href="{STORY}"> -->',
        '<link rel="canonical" href="file:///home/ana/story.html">',
        "<!-- saved from url=(0023)file:///C:/ana/story.ht -->",
        "",
    ],
)
def test_what_is_no_address_of_a_story_is_none(markup: str):
    assert saved_from(markup) is None


def test_killers_are_read_in_no_time():
    for killer in ("<link " * 100_000, "<!--" * 200_000, "<meta " + "a " * 200_000, "<!-- saved from url=(" * 10_000):
        assert saved_from(killer) is None


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("Fri Mar 01 2024 10:00:00 GMT+0100 (CET)", datetime(2024, 3, 1, 9, tzinfo=UTC)),
        ("Monday", None),
        ("", None),
        ("Mon Jan 01 0001 00:00:00 GMT+1400", None),
    ],
)
def test_singlefile_says_when_a_page_was_saved(said: str, at: datetime | None):
    page = f"<html><!--\n Page saved with SingleFile \n url: {STORY} \n saved date: {said}\n-->"
    assert saved_at(page) == at
