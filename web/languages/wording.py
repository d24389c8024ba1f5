"""An English message and its values -> the same in the language of the page, as templates print it.

Templates mark their texts with Jinja's i18n extension in its new style: `{% trans n=count %}...{% pluralize %}...
{% endtrans %}`, and `_("...")` in attributes. A message is markup that we wrote; its values are escaped.
"""

from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from corpus import characters


def speak(environment: Environment) -> None:
    """Let the templates of an environment speak the language of the page."""
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True  # the layout of a template is no part of its messages
    environment.__dict__["newstyle_gettext"] = True  # calls below get the values of a message
    environment.globals.update(_=_message, gettext=_message, ngettext=_counted)


def _message(message: str, /, **values: Any) -> Markup:
    """Return a message with its values in place."""
    return _plain(message) if not values else Markup(message) % _printable(values)  # noqa: S704 - our own template


def _counted(one: str, many: str, count: int, /, **values: Any) -> Markup:
    """Return the form of a message that goes with a count."""
    return _message(one if count == 1 else many, **values)


def said(shown: str) -> str:
    """Return a Text in the language of the page, for a place that needs it at once; another string as it is."""
    return shown


@cache
def _plain(message: str) -> Markup:
    """Return a message without values; it is a format all the same, in which a percent sign stands twice."""
    return Markup(message % ())  # noqa: S704 - our own template


def _printable(values: dict[str, Any]) -> dict[str, Any]:
    """Drop the characters that no page may have from the values of a message, as every expression does."""
    return {name: characters.safe(value) if type(value) is str else value for name, value in values.items()}
