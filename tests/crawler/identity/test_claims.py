import pytest

from crawler.identity.claims import is_part, languages, same_page, variant

STORY = "https://news.example/town/flood-on-the-road"


@pytest.mark.parametrize(
    "other",
    [
        "http://news.example/town/flood-on-the-road",
        STORY + "/",
        STORY + "?utm_source=x",
        STORY + "/amp/",
        STORY + "?amp=1",
        STORY + "?outputType=amp",
        "https://news.example/amp/town/flood-on-the-road",
        "https://amp.news.example/town/flood-on-the-road",
        "https://m.news.example/print/town/flood-on-the-road",
    ],
)
def test_versions_of_one_page_are_one_page(other: str):
    assert same_page(STORY, other)
    assert same_page(other, STORY)


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/town/",
        "https://other.example/town/flood-on-the-road",
        STORY + "?id=7",
        STORY + "?page=2",
        "https://news.example/town/flood-on-the-road-2",
        "https://news.example/",
    ],
)
def test_other_pages_are_others(other: str):
    assert not same_page(STORY, other)


def test_a_second_page_is_a_part_and_another_story_is_none():
    assert is_part(STORY + "?page=2", STORY)
    assert is_part(STORY + "/2", STORY)
    assert is_part(STORY + "/page/2", STORY)
    assert not is_part(STORY, "https://news.example/town")
    assert not is_part(STORY, "https://news.example/town/other")
    assert not is_part("https://news.example/news/12", "https://news.example/about")


def test_what_two_addresses_of_one_path_have_in_common():
    assert variant(STORY + "?id=7&ref=a", STORY + "?id=7&ref=b") == STORY + "?id=7"
    assert variant(STORY + "?ref=a", STORY) == STORY
    assert variant(STORY, STORY) is None
    assert variant(STORY, STORY.replace("https:", "http:")) == variant(STORY.replace("https:", "http:"), STORY) == STORY
    assert variant(STORY.title().replace("Https", "https"), STORY) == STORY
    assert variant(STORY + "/A?id=x", STORY + "/a?id=X") is None
    assert variant(STORY, "https://news.example/other") is None


@pytest.mark.parametrize(
    "version", ["/print/news/1", "/news/1/druckversion", "/yazdir/news/1", "/news/1-amp", "/m/news/1"]
)
def test_the_plain_address_of_a_version_is_the_shorter_one(version: str):
    plain = "https://gazette.example/news/1"
    assert variant(f"https://gazette.example{version}", plain) == plain
    assert variant(plain, f"https://gazette.example{version}") == plain
    assert variant(f"https://gazette.example{version}", "https://gazette.example/news/2") is None


@pytest.mark.parametrize(
    ("here", "there", "named"),
    [
        ("/de/note/7", "/fr/note/7", ("de", "fr")),
        ("/note.php?id=7&lang=pt", "/note.php?id=7&lang=en", ("pt", "en")),
        ("/note?locale=pt-BR&id=7", "/note?locale=en_GB&id=7", ("pt", "en")),
        ("/note.de.html", "/note.fr.html", ("de", "fr")),
        ("/de/note/7", "/fr/note/8", None),
        ("/de/note/7", "/note/7", None),
        ("/note?id=17", "/note?id=18", None),
        ("/note?id=7&lang=pt", "/note?id=7&long=pt", None),
        ("/de/note/7", "/news/note/7", None),
    ],
)
def test_the_languages_in_which_alone_two_addresses_differ(here, there, named):
    base = "https://gazette.example"
    assert languages(base + here, base + there) == named
    assert languages(base + here, "https://other.example" + there) is None
