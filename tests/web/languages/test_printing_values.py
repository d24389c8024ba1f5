"""A value -> how a template prints it."""

import pytest
from jinja2 import Environment
from markupsafe import Markup, escape

from corpus.texts import text
from web.languages.wording import install


@pytest.fixture(scope="module")
def environment() -> Environment:
    environment = Environment(autoescape=True)
    install(environment)
    return environment


@pytest.mark.parametrize(
    "value",
    [
        "sea wall",
        "<b>\"x\" & 'y'</b>",
        Markup("<b>bold</b>"),
        text("{n:,} of <{source}>", n=4821, source="a & b"),
        48211,
        0.5,
        ["<i>"],
        False,
        "",
    ],
)
def test_a_value_is_escaped_once_wherever_it_is_printed(environment, value):
    source = (
        "{{ v }}|{% macro m(x) %}<p>{{ x }}{% endmacro %}{{ m(v) }}|{% set s %}{{ v }}{% endset %}{{ s }}"
        "|{% for x in [v] %}{{ x }}{% endfor %}|{{ '<i>' }}|{% trans v %}{{ v }}{% endtrans %}"
    )
    one = str(escape(value))
    assert environment.from_string(source).render(v=value) == f"{one}|<p>{one}|{one}|{one}|&lt;i&gt;|{one}"


@pytest.mark.parametrize("value", ["a\u202eb", Markup("a\u202eb"), text("a\u202eb")])
def test_no_page_gets_characters_that_turn_what_stands_around_them(environment, value):
    assert environment.from_string("{{ v }}").render(v=value) == "ab"


def test_what_is_not_there_prints_as_nothing(environment):
    assert environment.from_string("{{ v }}{{ w }}{{ 'x' if v }}").render(w=None) == ""


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ("' a=b' if v", " a=b"),
        ("' a=b' if not v", ""),
        ("'x' if not v else '<i>'", "&lt;i&gt;"),
        ("'x' if v else w", "x"),
        ("w if v else 'x'", "&lt;b&gt;"),
        ("'<i>' if v", "&lt;i&gt;"),
        ("_('Keep') if v else ('-' if w else '_')", "Keep"),
    ],
)
def test_a_choice_is_printed_as_what_it_chooses(environment, choice, shown):
    assert environment.from_string(f"{{{{ {choice} }}}}|{{% set s = {choice} %}}{{{{ s }}}}").render(
        v=True, w="<b>"
    ) == "|".join((shown, shown))
