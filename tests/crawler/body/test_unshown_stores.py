# ruff: noqa: E501 - a value stands on one line
"""Texts in the stores of scripts: objects that name each other, strings of JSON, strings with %22; and who signs them."""

import json
from urllib.parse import quote

import pytest

from crawler.body.unshown import unshown
from crawler.markup.tree import parse_text
from tests.crawler.body.test_unshown import HTML, TITLE
from tests.crawler.stories import FERRY, read


def page(scripts: str) -> str:
    return f"<html><head><title>{TITLE}</title></head><body><div id=app></div>{scripts}</body></html>"


def assigned(value: str) -> str:
    return page(f"<script>window.__STATE__ = {value};</script>")


def test_an_object_that_names_another_has_its_author_and_its_paragraphs():
    store = {
        "ROOT": {"story": {"__ref": "Story:1"}},
        "Story:1": {
            "title": TITLE,
            "author": {"__ref": "Person:7"},
            "body": [{"__ref": f"P:{n}"} for n in range(len(FERRY))],
        },
        "Person:7": {"name": "Ana Ruiz", "latest": {"__ref": "Story:1"}},
    } | {f"P:{n}": {"text": text} for n, text in enumerate(FERRY)}
    article = read(assigned(json.dumps(store))).article
    assert article.body == "\n\n".join(FERRY)
    assert [author.name for author in article.authors] == ["Ana Ruiz"]


def test_references_without_end_end():
    store = {"A": {"title": TITLE, "b": {"__ref": "B"}, "body": HTML}, "B": {"a": {"__ref": "A"}, "b": {"__ref": "B"}}}
    assert read(assigned(json.dumps(store))).article.body == "\n\n".join(FERRY)


def test_objects_that_name_many_others_cost_the_story_nothing():
    store = {
        f"Story:{n}": {"title": "Another", "related": [{"__ref": f"Story:{(n + m) % 60}"} for m in range(1, 9)]}
        for n in range(60)
    } | {"Main": {"title": TITLE, "author": {"__ref": "Person:7"}, "body": HTML}, "Person:7": {"name": "Ana Ruiz"}}
    article = read(assigned(json.dumps(store))).article
    assert article.body == "\n\n".join(FERRY)
    assert [author.name for author in article.authors] == ["Ana Ruiz"]


def test_the_answer_of_a_site_within_its_data_is_read():
    answer = {"status": 200, "body": json.dumps({"title": TITLE, "content": HTML, "author": "Ana Ruiz"})}
    article = read(page(f"<script type='application/json'>{json.dumps(answer)}</script>")).article
    assert article.body == "\n\n".join(FERRY)
    assert [author.name for author in article.authors] == ["Ana Ruiz"]


def test_a_state_in_percent_signs_is_read():
    state = json.dumps(quote(json.dumps({"story": {"title": TITLE, "body": HTML}})))
    assert read(assigned(f"JSON.parse(decodeURIComponent({state}))")).article.body == "\n\n".join(FERRY)


def test_who_a_story_is_by_is_its_author():
    story = {
        "headlines": {"basic": TITLE},
        "credits": {"by": [{"name": "Ana Ruiz"}, {"name": "Li Wei"}]},
        "content_elements": [{"content": text} for text in FERRY],
    }
    assert [author.name for author in read(assigned(json.dumps(story))).article.authors] == ["Ana Ruiz", "Li Wei"]


@pytest.mark.parametrize(
    "sentence",
    [
        "شہر کی کونسل نے منگل کو بندرگاہ کی نئی دیوار کے لیے رقم منظور کر لی ہے۔",
        "မြို့တော် ကောင်စီက ဆိပ်ကမ်း တံတိုင်းသစ် အတွက် ရန်ပုံငွေကို အင်္ဂါနေ့တွင် အတည်ပြုခဲ့သည်။",
        "የከተማው ምክር ቤት ለወደቡ አዲስ ግንብ የሚሆን ገንዘብ ማክሰኞ ዕለት ባደረገው ስብሰባ አጽድቋል።",
        "สภาเทศบาลอนุมัติงบประมาณสำหรับกำแพงใหม่ของท่าเรือในการประชุมเมื่อวันอังคารที่ผ่านมา",
    ],
)
def test_a_story_is_prose_in_scripts_that_have_stops_of_their_own_or_none(sentence: str):
    paragraphs = [f"{n} {sentence} {n} {sentence}" for n in range(1, 9)]
    tree = parse_text(assigned(json.dumps({"story": {"title": TITLE, "body": paragraphs}}, ensure_ascii=False)))
    assert tree is not None
    found = unshown(tree, TITLE, "")
    assert found is not None
    assert found.text == "\n\n".join(paragraphs)
