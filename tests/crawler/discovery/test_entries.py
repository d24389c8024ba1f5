import pytest

from crawler.discovery.entries import MAX_STORY, names, plain, story
from tests.counting import calls

PROSE = "The harbour wall is to be raised by a metre, the council decided after a night of debate. " * 3


@pytest.mark.parametrize(
    "written",
    [
        "desk@gazette.example (Ana Pérez)",
        "Ana Pérez <desk@gazette.example>",
        "Ana Pérez &lt;desk@gazette.example&gt;",
        "Ana Pérez (desk@gazette.example)",
        "desk@gazette.museum Ana Pérez",
        "Ana Pérez, desk@gazette.example",
        "desk@gazette.example, Ana Pérez",
        "mailto:desk@gazette.example (Ana Pérez)",
        "Ana Pérez [desk@gazette.example]",
        "By Ana Pérez",
        "<b>Ana Pérez</b>",
    ],
)
def test_a_name_is_read_beside_an_e_mail_address_in_any_order(written):
    assert names([written], language="en", outlets=frozenset()) == ("Ana Pérez",)


@pytest.mark.parametrize(
    "written",
    [
        ["Ana Pérez and Li Wei"],
        ["Ana Pérez", "Li Wei", "Ana Pérez"],
        ["a@gazette.example (Ana Pérez), l@gazette.example (Li Wei)"],
        ["Ana Pérez, Li Wei"],
    ],
)
def test_several_names_are_several_authors(written):
    assert names(written, language="en", outlets=frozenset()) == ("Ana Pérez", "Li Wei")


def test_all_who_sign_an_entry_are_named():
    people = tuple(f"Ana Pére{'abcdefgh'[n % 8]}{'ijklmnop'[n // 8]}" for n in range(64))
    assert names(people, language="en", outlets=frozenset()) == people


@pytest.mark.parametrize("written", ["desk@gazette.example", "", "Gazette", "https://gazette.example", None, 7])
def test_an_address_and_the_papers_own_name_are_no_authors(written):
    assert names([written], language="en", outlets=frozenset({"gazette"})) == ()


def test_markup_is_taken_out_however_often_it_is_escaped():
    assert plain("A &amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt;  claim") == "A bold claim"
    assert plain(" \n") is None


def test_the_paragraphs_of_an_entry_are_its_text():
    assert story(f"<p>{PROSE}</p><ul><li>{PROSE}</li></ul>") == (f"{PROSE.strip()}\n\n{PROSE.strip()}", False)


@pytest.mark.parametrize(
    "end",
    ["[…]", "...", "<p>Read more</p>", "<p>Weiterlesen auf gazette.example</p>",
     " Continue reading →", "<p>Читать далее</p>", "<p>続きを読む</p>"],
)  # fmt: skip
def test_a_text_that_goes_on_elsewhere_is_no_whole_story(end):
    assert story(f"<p>{PROSE}</p><p>{PROSE}{end}</p>") is None


def test_a_story_may_speak_of_reading_more():
    assert story(f"<p>{PROSE}</p><p>{PROSE}He told the children to read more and to swim less.</p>") is not None


def test_a_summary_is_no_story():
    assert story("<p>The wall is to be raised.</p>") is None
    assert story(f"<p>{PROSE * 2}</p>", summary=True) is None
    assert story(f"<p>{PROSE}</p><p>{PROSE}</p>", summary=True) is not None


@pytest.mark.parametrize("length", [399, 400])
def test_four_hundred_characters_are_a_story(length):
    text = story(f"<div>{'a' * length}</div>")
    assert (text is not None) is (length == 400)


def test_a_text_of_any_length_is_cut_at_a_paragraph_and_takes_no_time():
    markup = f"<p>{PROSE}</p>" * 20_000
    read = story(markup)
    assert read is not None
    text, is_cut = read
    assert is_cut
    assert len(text) <= MAX_STORY + 2_000
    assert text.endswith("debate.")
    assert calls(lambda: story(markup)) < 200_000  # for its first thousand paragraphs a quarter of it


def test_a_text_is_cut_where_it_is_too_long_alone_and_within_its_first_paragraph_where_that_is():
    paragraph = "a" * 29_999
    assert story(f"<p>{paragraph}</p>" * 2) == (f"{paragraph}\n\n{paragraph}", False)
    assert story(f"<p>{paragraph}</p>" * 2 + "<p>b</p><p>c, too</p>") == (f"{paragraph}\n\n{paragraph}\n\nb", True)
    assert story("a" * 60_001) == ("a" * 60_000, True)
    pictures = f"<p>{'a' * 400}</p>" + "<img src=/a.jpg>" * 20_000
    assert story(f"{pictures}<p>The end.</p>") == ("a" * 400, True), "markup beyond five times the bound is not read"


def test_what_is_cut_of_an_entry_says_so():
    from crawler.discovery.entries import MAX_KEYWORDS, MAX_TEXT, keywords, plain

    title = plain("word " * 300)
    assert title is not None
    assert (len(title) <= MAX_TEXT, title[-1]) == (True, "…")
    assert plain("w" * MAX_TEXT) == "w" * MAX_TEXT
    many = [f"subject {n}" for n in range(MAX_KEYWORDS + 12)]
    for written in (many, [", ".join(many)], ["; ".join(many[:50]), *many[50:]]):
        found = keywords(written)
        assert (len(found), found[:2], found[-1]) == (MAX_KEYWORDS + 1, ("subject 0", "subject 1"), "… (+12)")
    assert keywords(many[:MAX_KEYWORDS]) == tuple(many[:MAX_KEYWORDS])
