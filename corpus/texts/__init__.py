"""An English sentence and the values in it -> a text that can be said again in a reader's language.

`text` and `texts` make a sentence that a page may show. The sentence is an English `str` for the command line, JSON and
logs, and remembers its template and its values, so that a page can say it in another language. Catalogues hold the
templates: the arguments of `text`, `texts` and `message` that are templates are literals.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from string import Formatter
from typing import Any, Self

GetText = Callable[[str], str]
GetPlural = Callable[[str, str, int], str]
FormatValue = Callable[[Any, str], str]


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A value of a Text: the language that a key such as "de" or "pt-br" stands for; in English, its English name."""

    key: str
    english: str

    def __format__(self, spec: str) -> str:
        """Return the English name."""
        return self.english


class Text(str):
    """An English text that can be said in another language.

    A Text compares, hashes, sorts and pickles as its English `str`. What `+`, an f-string, `str.join` or another method
    of `str` makes of it is a plain `str`, which stays English on every page: give the Text to `text` as a value
    instead, or use `joined`, `listed` and `applied`.

    Attributes:
        template: The English message, with places such as `{n:,}` or `{source}`; where a number decides, the message
            for one. None: no message, but `values` with `between` after each but the last.
        values: What stands in the places; Texts among them are said in the reader's language too.
        many: The English message for every number but one; None: no number decides.
        number: The number that decides.
        between: What joins the values of a text that has no template.
        then: What is done to the text, in whatever language it is; None: nothing.
    """

    __slots__ = ("between", "many", "number", "template", "then", "values")

    template: str | None
    values: Mapping[str, Any]
    many: str | None
    number: int
    between: str
    then: Callable[[str], str] | None

    def __new__(
        cls,
        english: str,
        template: str | None,
        values: Mapping[str, Any],
        many: str | None = None,
        number: int = 0,
        between: str = "",
        then: Callable[[str], str] | None = None,
    ) -> Self:
        """Return the text `english`, as `text`, `texts`, `joined` and `applied` make it of the rest."""
        made = super().__new__(cls, english)
        made.template, made.values, made.many, made.number = template, values, many, number
        made.between, made.then = between, then
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what `pickle` and `copy` make an equal text of."""
        return Text, (str(self), self.template, self.values, self.many, self.number, self.between, self.then)

    def translated(self, gettext: GetText, ngettext: GetPlural, format_value: FormatValue) -> str:
        """Return the text in the language of a catalogue.

        Args:
            gettext: English message -> message of the language.
            ngettext: English messages for one and for many, and the number -> message of the language.
            format_value: A value that is no Text, and the format of its place (empty: none), such as "," -> how the
                language writes the value; of a `str`, how it stands in a sentence of the language.
        """

        def said(name: str, spec: str | None) -> str:
            value = self.values[name]
            if isinstance(value, Text):
                return value.translated(gettext, ngettext, format_value)
            return format_value(value, spec or "")

        if self.template is None:
            between = gettext(self.between) if self.between in SEPARATORS else self.between
            whole = between.join(said(name, "") for name in self.values)
            return whole if self.then is None else self.then(whole)
        message = gettext(self.template) if self.many is None else ngettext(self.template, self.many, self.number)
        parsed = Formatter().parse(message)
        return "".join(literal if name is None else literal + said(name, spec) for literal, name, spec, _ in parsed)


def message(template: str) -> str:
    """Return the template as it is; the call marks a literal that is given to `text` elsewhere as a message."""
    return template


SEPARATORS = (message(", "), message("; "), message(": "))  # what joins parts, where a language has a sign of its own


def text(template: str, /, **values: Any) -> Text:
    """Return a sentence with its values: `text("{n:,} of them from {source}", n=48211, source=name)`.

    Args:
        template: In the syntax of `str.format`; a place is a plain name, with a format if the value is a number.
        values: Numbers as numbers, so that a page writes them as its language does; texts as Text or `str`.

    Raises:
        KeyError: The template has a place without a value.
    """
    return Text(template.format(**values), template, values)


def texts(one: str, many: str, count: int, /, **values: Any) -> Text:
    """Return the sentence for a number: `texts("{n:,} article", "{n:,} articles", count)`.

    Args:
        one: The template for exactly one; it may do without the number.
        many: The template for every other number, none at all among them.
        count: The number that decides; it is the value of the place `n`.
        values: The values of the other places.

    Raises:
        KeyError: The chosen template has a place without a value.
    """
    values["n"] = count
    return Text((one if count == 1 else many).format(**values), one, values, many, count)


def joined(between: str, parts: Iterable[str]) -> Text:
    """Return the parts with `between` between them, as `between.join(parts)`; Texts among them stay Texts."""
    values = {str(at): part for at, part in enumerate(parts)}
    return Text(between.join(values.values()), None, values, between=between)


def about(place: str, said: str) -> Text:
    """Return what is said of an address, a host or a file, with its name before it: "news.example: no connection"."""
    return joined(": ", (place, said))


def listed(parts: Iterable[str]) -> Text:
    """Return the parts as a sentence names them: "A", "A and B", "A, B and C"; empty for none."""
    parts = list(parts)
    if len(parts) < 2:
        return joined("", parts)
    return text("{some} and {last}", some=joined(", ", parts[:-1]), last=parts[-1])


def first_of(parts: Sequence[str], most: int = 3) -> Text:
    """Return the first parts and how many more there are: "A, B", or "A, B, C and 7 more"."""
    some, more = joined(", ", parts[:most]), len(parts) - most
    return text("{some} and {n:,} more", some=some, n=more) if more > 0 else some


def localized(value: Any) -> Text:
    """Return a value that each language writes in its own way, such as a LanguageName, as a text by itself."""
    return Text(format(value), None, {"0": value})


def either(parts: Iterable[str]) -> str:
    """Return the parts as alternatives: "A", "A or B", "A or B or C"; empty for none."""
    named = [*parts] or [""]
    return reduce(lambda one, other: text("{one} or {other}", one=one, other=other), named)


def both(parts: Iterable[str]) -> str:
    """Return the parts with "and" between any two: "A", "A and B", "A and B and C"; empty for none."""
    named = [*parts] or [""]
    return reduce(lambda one, other: text("{one} and {other}", one=one, other=other), named)


def applied(change: Callable[[str], str], shown: str) -> str:
    """Return what a function makes of a text; it can be made again of the text in another language.

    Args:
        change: A function of a module, so that the text still pickles.
        shown: A Text; a plain `str` is changed at once and for good.
    """
    if not isinstance(shown, Text):
        return change(shown)
    return Text(change(shown), None, {"0": shown}, then=change)


def replaced(shown: Any, change: Callable[[str, Any], Any]) -> Any:
    """Return a text with the values of it, and of the texts in it, that `change` makes of a place's name and a value.

    Args:
        shown: A Text; another value is the result as it is.
        change: It sees no Text: the values of a Text are changed in its place.
    """
    if not isinstance(shown, Text):
        return shown
    values = {
        name: replaced(value, change) if isinstance(value, Text) else change(name, value)
        for name, value in shown.values.items()
    }
    if shown.template is not None:
        if shown.many is None:
            return text(shown.template, **values)
        values.pop("n", None)  # the number that decides stays
        return texts(shown.template, shown.many, shown.number, **values)
    whole = joined(shown.between, values.values())
    return whole if shown.then is None else applied(shown.then, whole)


def places(template: str) -> dict[str, str]:
    """Return the places of a template, name -> format; what a translation must have, no more and no less.

    Raises:
        ValueError: A place is more than a plain name and a format, or braces do not pair.
    """
    found: dict[str, str] = {}
    for _, name, spec, conversion in Formatter().parse(template):
        if name is None:
            continue
        if not name.isidentifier() or conversion or "{" in (spec or ""):
            raise ValueError(f'message "{template}": "{{{name}}}": expected a plain name, such as {{n}} or {{n:,}}')
        found[name] = spec or ""
    return found
