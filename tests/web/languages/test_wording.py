"""Texts of templates as a page prints them."""

import pytest
from jinja2 import Environment

from web.languages.choice import LANGUAGES, speaking
from web.languages.wording import install


@pytest.fixture(scope="module")
def environment() -> Environment:
    made = Environment(autoescape=True)
    install(made)
    return made


def test_a_message_is_markup_and_its_values_are_escaped(environment: Environment):
    page = environment.from_string("{% trans name=name %}<b>{{ name }}</b> &amp; others{% endtrans %}")
    assert page.render(name="<i>Okafor</i>") == "<b>&lt;i&gt;Okafor&lt;/i&gt;</b> &amp; others"


def test_a_value_loses_the_characters_that_no_page_may_have(environment: Environment):
    page = environment.from_string("{% trans name=name %}by {{ name }}{% endtrans %}{{ _('by %(name)s', name=name) }}")
    assert page.render(name="Mal\u202eroy\x00") == "by Malroyby Malroy"


def test_a_percent_sign_of_a_text_is_printed_as_it_is(environment: Environment):
    page = environment.from_string("{% trans %}41 % of it{% endtrans %}, {% trans n=2 %}{{ n }} %{% endtrans %}")
    assert page.render() == "41 % of it, 2 %"


@pytest.mark.parametrize(("count", "said"), [(0, "0 notes"), (1, "1 note"), (2, "2 notes")])
def test_the_form_goes_with_the_count(environment: Environment, count: int, said: str):
    page = environment.from_string("{% trans n=count %}{{ n }} note{% pluralize %}{{ n }} notes{% endtrans %}")
    assert page.render(count=count) == said


def test_the_layout_of_a_template_is_no_part_of_a_message(environment: Environment):
    page = environment.from_string("{% trans %}\n  one\n  sentence\n{% endtrans %}")
    assert page.render() == "one sentence"


def test_a_value_stands_alone_in_a_message_from_right_to_left_but_not_in_its_tags(environment: Environment):
    page = environment.from_string(
        '{% trans url=url, name=name, n="3" %}<a href="{{ url }}">{{ name }}</a> {{ n }}{% endtrans %}'
    )
    assert page.render(url="/a", name="ana,") == '<a href="/a">ana,</a> 3'
    with speaking(LANGUAGES["ar"]):
        assert page.render(url="/a", name="ana,") == '<a href="/a">\u2068ana,\u2069</a> 3'


@pytest.mark.parametrize(
    ("code", "attribute"),
    [
        ("de", " lang=de"),
        ("zh-hans", ' lang="zh-hans"'),
        ('x" onload=', ' lang="x&#34; onload="'),
        ("en", ""),
        (None, ""),
    ],
)
def test_a_text_in_another_language_than_its_page_says_so(code: str | None, attribute: str):
    environment = Environment(autoescape=True)
    install(environment)
    assert environment.from_string("<p{{ code|lang }}>").render(code=code) == f"<p{attribute}>"
