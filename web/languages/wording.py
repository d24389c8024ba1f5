"""An English text and its values -> the same in the language of the page, as templates print it.

Templates mark their texts with Jinja's i18n extension in its new style: `{% trans n=count %}...{% pluralize %}...
{% endtrans %}`, and `_("...")` where nothing changes. A message is markup that we wrote; its values are escaped. The
count that decides a form is written as the language writes numbers; for other numbers there is the filter `number`.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from corpus import characters
from corpus.texts import Text
from web.languages import formats
from web.languages.catalogues import catalogue
from web.languages.choice import ENGLISH, current
from web.languages.isolation import isolated, safe_beside_isolated

if TYPE_CHECKING:
    from jinja2 import Environment

NO_MARKUP = Markup("")


def install(environment: Environment) -> None:
    """Let the templates of an environment speak the language of the page."""
    from web.languages.compiling import Included, PrintedValues  # commands print messages, too, and no templates

    environment.add_extension("jinja2.ext.i18n")
    environment.add_extension(Included)
    environment.policies["ext.i18n.trimmed"] = True  # the layout of a template is no part of its messages
    environment.__dict__["newstyle_gettext"] = True  # calls below get the values of a message
    environment.__dict__["spoken_messages"] = spoken_messages  # which the code of `PrintedValues` calls
    environment.__dict__["said_message"] = said_message
    environment.__dict__["part_of"] = partial(_part_of, environment)
    environment.code_generator_class = PrintedValues
    environment.finalize = printed
    environment.tests["message"] = _is_message
    environment.filters.update(said=said, lang=language_attribute, lower=_lower, capitalize=_capitalized)
    environment.globals.update(
        _=_message,
        gettext=_message,
        ngettext=_counted,
        pgettext=_message_of,
        npgettext=_counted_of,
        spoken=current,
        direction=lambda: current().direction,
    )


def said(shown: str) -> str:
    """Return a Text in the language of the page, for a place that needs it at once; another string as it is."""
    if not isinstance(shown, Text) or current() is ENGLISH:
        return shown
    words = catalogue(current().code)
    return shown.translated(words.gettext, words.ngettext, formats.value)


def safe(value: Any) -> Any:
    """Say a value in the language of the page, without the characters that no page may have."""
    kind = type(value)
    if kind is str:
        return characters.safe(value)
    if isinstance(value, Markup):
        made = safe_beside_isolated(value)
        return made if isinstance(made, Markup) else Markup(made)  # noqa: S704 - it was markup before
    if isinstance(value, str):
        return safe_beside_isolated(said(value))
    return "" if value is None else value


def escaped(text: str) -> str:
    """Return a text with what means something in markup escaped, as `markupsafe.escape` does; no Markup is made."""
    if "&" in text:  # to look for each takes a fifth of what an expression takes
        text = text.replace("&", "&amp;")
    if '"' in text:
        text = text.replace('"', "&#34;")
    if "'" in text:
        text = text.replace("'", "&#39;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


class Printed(Markup):
    """Markup of ours with values that `printed` gave: it is not looked at again, however long it is."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str) -> Printed:
        """Return what is markup already; in a third of the time that the class takes itself."""
        return str.__new__(cls, text)


def printed(value: Any) -> str:
    """Return a value as it stands in a page: said, safe and escaped, unless it is markup."""
    kind = type(value)
    if kind is Printed:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return escaped(value if value.isprintable() else characters.safe(value))
    if kind is Markup and value.isprintable():  # markup of ours, and nothing that a page may not have: most values
        return value  # type: ignore[no-any-return]
    if kind is int:
        return str(value)
    if kind is Text:
        text: str = said(value)
        return escaped(text if text.isprintable() else safe_beside_isolated(text))
    value = safe(value)
    if isinstance(value, str) and not isinstance(value, Markup):
        return escaped(value)
    return str(escape(value))


def language_attribute(code: str | None) -> Markup:
    """Return the attribute that says in what language a text is, if it is not the page's; it has quotes at need."""
    if not code or code == current().code:
        return NO_MARKUP
    if code.isalpha():
        return Markup(f" lang={code}")  # noqa: S704 - letters alone
    return Markup(f' lang="{escaped(characters.safe(code))}"')  # noqa: S704 - escaped


def _is_message(shown: Any) -> bool:
    """Whether a text is in the language of the page; another one is as somebody typed or wrote it."""
    return isinstance(shown, Text)


def _lower(shown: str) -> str:
    """Return a text inside a sentence; only English writes the names of its fields and states small there."""
    return shown.lower() if current() is ENGLISH or not isinstance(shown, Text) else said(shown)


def _capitalized(shown: str) -> str:
    """Return a text at the beginning of a line."""
    shown = said(shown)
    return shown[:1].upper() + shown[1:].lower() if current() is ENGLISH else shown[:1].upper() + shown[1:]


def _message(message: str, /, **values: Any) -> Markup:
    """Return a message with its values in place."""
    if not values:
        return said_message(message)
    return _filled(_plain(current().code, message), values)


def _counted(one: str, many: str, count: int, /, **values: Any) -> Markup:
    """Return the form of a message that goes with a count."""
    found = catalogue(current().code).ngettext(one, many, count)
    return _filled(Markup(found), values, count)  # noqa: S704 - our own template


def _message_of(context: str, message: str, /, **values: Any) -> Markup:
    """Return a message whose English words mean different things, by what it stands for."""
    return _filled(Markup(catalogue(current().code).pgettext(context, message)), values)  # noqa: S704 - our template


def _counted_of(context: str, one: str, many: str, count: int, /, **values: Any) -> Markup:
    found = catalogue(current().code).npgettext(context, one, many, count)
    return _filled(Markup(found), values, count)  # noqa: S704 - our own template


def said_message(message: str) -> Printed:
    """Return a message without values, as a template has it: markup of ours, in the language of the page."""
    return _messages_of(current().code)[message]


def spoken_messages() -> _Messages:
    """Return what gives messages without values in the language that is spoken now."""
    return _messages_of(current().code)


class _Messages(dict[str, Printed]):
    """Messages without values, each looked up once in the catalogue of a language."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    def __missing__(self, message: str) -> Printed:
        """Look a message up; it is a format all the same, in which a percent sign stands twice."""
        found = self[message] = Printed(_plain(self._code, message) % ())
        return found


_messages_of = cache(_Messages)


def _part_of(environment: Environment, whole: Any, name: str) -> Any:
    """Return what a template names as a part of a value; Jinja tries the attributes of a dictionary first."""
    if type(whole) is dict:
        return whole[name] if name in whole else environment.getattr(whole, name)
    try:
        return getattr(whole, name)
    except AttributeError:
        return environment.getattr(whole, name)


@cache
def _plain(code: str, message: str) -> Markup:
    return Markup(catalogue(code).gettext(message))  # noqa: S704 - our own template


def _filled(message: Markup, values: dict[str, Any], count: int | None = None) -> Markup:
    """Return a message with its values as a page prints them; the count that decides its form is a number to be read.

    In a language from right to left a value that is no sentence of ours stands alone, but in a tag: there it is an
    address or a moment for programs.
    """
    placed = {name: printed(each) for name, each in values.items()}
    if count is not None:
        placed |= {name: formats.number(count) for name, each in values.items() if each is count}
    if current().direction == "rtl":
        apart = values.keys() - _in_tags(message)
        placed |= {name: escaped(isolated(values[name])) for name in apart if type(values[name]) is str}
    return Printed.of(str.__mod__(message, placed))  # as Markup does it, which makes Markup of each value


@cache
def _in_tags(message: str) -> frozenset[str]:
    """Return the names of the values that stand inside a tag of a message."""
    return frozenset(name for tag in re.findall(r"<[^>]*>", message) for name in re.findall(r"%\((\w+)\)s", tag))
