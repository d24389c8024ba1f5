# ruff: noqa: E501 - a story stands on one line
"""A sentence of the story that is set large beside it stays out; a quotation that the text does not say stays."""

import pytest

from crawler.body.rules import quotes
from tests.crawler.body.rules import dropped, of


def count(markup: str) -> int:
    return len(dropped(quotes.quotes, markup))


def test_a_quotation_has_five_words_and_the_text_says_nearly_all_of_it() -> None:
    said = "one two three four five six seven eight nine ten eleven twelve"
    rest = f"<p>She said {said} and went away again.</p><p>{of(1_000)}</p>"
    quote = "<aside class=pullquote><p>{}</p></aside>"
    assert count(quote.format("one two three four five") + rest) == 1
    assert count(quote.format("one two three four") + rest) == 0
    assert count(quote.format(said) + rest) == 1
    assert count(f"<aside><p>but {said}</p></aside>{rest}") == 1  # 10 of 11 runs
    assert count(f"<aside><p>and but {said}</p></aside>{rest}") == 0  # 10 of 12
    assert count(f"<p>{said}</p>" + rest) == 0
    assert count(f"<blockquote><ul><li>{said}</li></ul></blockquote>" + rest) == 0


def test_a_long_passage_is_no_quotation_set_large() -> None:
    words = " ".join(f"word{n}" for n in range(81))
    rest = f"<p>{words} and more.</p><p>{of(2_000)}</p>"
    assert count(f"<blockquote><p>{words.rsplit(' ', 1)[0]}</p></blockquote>{rest}") == 1
    assert count(f"<blockquote><p>{words}</p></blockquote>{rest}") == 0


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("港湾事務所は、桟橋の修理が五月に始まり、十一週間ほど続くと火曜日の会議で説明した。", "桟橋の修理が五月に始まり"),
        ("港务局周二在会议上表示，码头的维修将于五月开始，大约需要十一个星期才能完成。", "码头的维修将于五月开始"),
        ("Der Kapitän nannte den neuen Fahrplan gestern einen Seefahrtsmuseumsbesuch für Eilige.", "Seefahrtsmuseumsbesuch für Eilige"),
    ],
)  # fmt: skip
def test_a_named_quotation_without_blanks_or_of_few_words_is_one_where_the_text_says_all_of_it(
    text: str, quote: str
) -> None:
    rest = f"<p>{text}</p><p>{of(400)}</p>"
    assert count(f"<div class=pullquote><p>{quote}</p></div>{rest}") == 1
    assert count(f"<blockquote><p>{quote}</p></blockquote>{rest}") == 0
    assert count(f"<div class=pullquote><p>{quote[:-1]}x</p></div>{rest}") == 0


def test_a_quotation_of_few_words_has_letters_enough() -> None:
    least = 20
    rest = f"<p>She said {'w' * least} and went away again, for a while.</p><p>{of(400)}</p>"
    for length, is_quote in ((least, 1), (least - 1, 0)):
        assert count(f"<div class=pullquote><p>{'w' * length}</p></div>{rest}") == is_quote


@pytest.mark.parametrize("name", ["citat", "cytat", "virgolettato", "quote-box"])
def test_a_box_named_as_quotation_in_any_language_may_name_the_speaker(name: str) -> None:
    rest = f"<p>She said the old ferry never once was late and went away again.</p><p>{of(1_000)}</p>"
    assert count(f"<div class={name}><p>the old ferry never once was late Inga Dahl</p></div>{rest}") == 1


def test_a_named_quotation_may_hold_some_words_more() -> None:
    said = "one two three four five six seven eight"  # 6 runs of three words
    rest = f"<p>She said {said} and went away again.</p><p>{of(1_000)}</p>"
    quote = "<div class=pullquote><p>{}</p></div>"
    assert count(quote.format(said + " so spoke she then") + rest) == 1  # 6 of 10
    assert count(quote.format(said + " so spoke she then again") + rest) == 0  # 6 of 11
    assert count(f"<blockquote><p>{said} so spoke she then</p></blockquote>{rest}") == 0


def test_a_page_of_very_many_quotations_is_a_collection_and_costs_no_time() -> None:
    said = "the winter had been hard for the shops along the front"
    text = f"<p>She said that {said}, and that is all.</p><p>{of(4_000)}</p>"
    quote = f"<blockquote><p>{said}</p></blockquote>"
    assert count(quote * 100 + text * 100) == 100
    assert count(quote * 101 + text * 100) == 0


@pytest.mark.parametrize("marks", ["“{}”", "„{}“", "»{}«", "«\u00a0{}\u00a0»", '"{}"', "{}"])
def test_a_paragraph_in_quotation_marks_that_another_says_is_one_set_large(marks: str) -> None:
    said = "We have waited six winters for this ferry to come"
    rest = f"<p>{said}, and it came in April.</p><p>{of(1_000)}</p>"
    assert count(f"<p>{marks.format(said)}</p>{rest}") == (marks != "{}")
    assert count(f"<p>{marks.format(said)}</p><p>{said}</p><p>{of(1_000)}</p>") == (marks != "{}")
    assert count(f"<p>{marks.format(said)}</p>" * 2 + f"<p>{of(1_000)}</p>") == 0
    assert count(f"<pre>print(<div>{marks.format(said)}</div>)</pre>{rest}") == 0  # a line of a program
    assert count(f"<p>{marks.format('We have waited six winters for this')}</p>{rest}") == 0
    assert count(f"<p>{marks.format('We have waited six winters for this ferry to go')}</p>{rest}") == 0
