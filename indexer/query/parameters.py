"""The table of a search's parameters; parameters of an address -> values, and values -> an address.

The parser of queries, the state of a page, the options of `pressmark search` and docs/querying.md follow the table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.texts import Text, either, text
from indexer.contract.facets import FacetName
from indexer.contract.values import Dating, Interval, Match, Sort
from indexer.query.lexer import MAX_CHARS

PER_PAGE = 20  # hits, unless the configuration or the address says another number
MAX_VALUE = 200  # characters of one value that is not the text
MAX_FILTERS = 50  # values of filters in one address
LARGEST = 10**18 - 1  # number that an address or a form may have; the store's go up to 2**63 - 1
_DIGITS = len(str(LARGEST))
EXCLUDED = "not."  # before the name of a facet: articles with the value are left out


def whole_number(text: str, most: int = LARGEST) -> int | None:
    """Return the number that a text is, from 0 to `most`; None when it is something else. Zeros may lead it."""
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):  # `int` raises for thousands of digits
        return None
    number = int(text)
    return number if number <= most else None


def page_number(text: str, pages: int) -> int:
    """Return which page of a list is asked for: the nearest of 1 to `pages`; the first when the text is no number."""
    return min(max(whole_number(text) or 1, 1), pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter.

    Attributes:
        choices: The values it may have, capitals or not; empty: any text.
        most: It is a number from 1 to this one; 0: it is no number.
        default: What it is when it is not given, and is left out of an address; empty: the reader of the values
            decides.
        longest: How many characters are read.
        repeats: Every value counts, not the last alone.
    """

    name: str
    choices: tuple[str, ...] = ()
    most: int = 0
    default: str = ""
    longest: int = MAX_VALUE
    repeats: bool = False

    @property
    def right(self) -> str:
        """Say which values are right."""
        if self.most:
            return text("a number from 1 to {most:,}", most=self.most)
        named = [each for each in self.choices if each != self.default] if len(self.choices) < 4 else [*self.choices]
        return one_of(named) if any(named) else text("a text")

    def value(self, typed: str) -> str | None:
        """Return a value in its one spelling, or None when it is not right."""
        if self.most:
            return str(number) if (number := whole_number(typed, self.most)) else None
        if self.choices:
            return typed.lower() if typed.lower() in self.choices else None
        return typed[: self.longest].strip()


TEXT = Parameter(name="q", longest=MAX_CHARS)
FILTERS = tuple(
    Parameter(name=f"{before}{facet}", repeats=True) for before in ("", EXCLUDED) for facet in FacetName
)  # first what is chosen, then what is left out
SINCE = Parameter(name="from")
UNTIL = Parameter(name="to")
ON = Parameter(name="on")  # a period that is both ends: a row of the histogram's table
DATE = Parameter(name="date", choices=tuple(Dating), default=Dating.ANY)
MATCH = Parameter(name="match", choices=(Match.ANY, Match.ALL), default=Match.ALL)
SORT = Parameter(name="sort", choices=tuple(Sort))
INTERVAL = Parameter(name="by", choices=tuple(Interval), default=Interval.AUTO)
BARS = Parameter(name="y", choices=("share", "count"), default="count")
COPIES = Parameter(name="copies", choices=("show", "fold"), default="fold")
COUNT = Parameter(name="n", most=100)
PAGE = Parameter(name="page", most=1_000_000, default="1")
PARAMETERS = (TEXT, *FILTERS, SINCE, UNTIL, ON, DATE, MATCH, SORT, INTERVAL, BARS, COPIES, COUNT, PAGE)
_BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}
_WITH_DEFAULT = [parameter for parameter in PARAMETERS if parameter.default]
_PLACES = {name: place for place, name in enumerate(_BY_NAME)}


@dataclass(frozen=True, slots=True)
class Values:
    """What the parameters of a search say.

    Attributes:
        given: Name -> the values that are right, in their one spelling, each once.
        notes: What was not understood or cut.
        respelled: Some value was given in another spelling.
    """

    given: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...] = ()
    respelled: bool = False

    def all(self, parameter: Parameter | str) -> tuple[str, ...]:
        """Return the values of a parameter."""
        return self.given.get(parameter if isinstance(parameter, str) else parameter.name, ())

    def one(self, parameter: Parameter) -> str:
        """Return the value of a parameter or its default, which may be empty."""
        return (self.all(parameter) or (parameter.default,))[-1]

    def has_defaults(self) -> bool:
        """Whether a default was given."""
        return any(each.default in self.all(each) for each in _WITH_DEFAULT if each.name in self.given)


def read_parameters(given: Mapping[str, Sequence[str]]) -> Values:
    """Read what is given of a search; names that are no parameter are left out, as addresses carry many.

    Of a parameter that does not repeat the last value counts, as a form that repeats a field means it.
    """
    values: dict[str, tuple[str, ...]] = {}
    notes: list[str] = []
    respelled, room = False, MAX_FILTERS
    for parameter in (each for name, each in _BY_NAME.items() if name in given):
        typed = [stripped for each in given.get(parameter.name, ()) if (stripped := each.strip())]
        read: dict[str, None] = {}
        for each in typed if parameter.repeats else typed[-1:]:
            value = parameter.value(each)
            if value is None:
                notes.append(not_understood(parameter.name, each, parameter.right))
            else:
                read[value] = None
                respelled |= value != each
            if not parameter.choices and not parameter.most and len(each) > parameter.longest:
                notes.append(_cut(parameter, len(each)))
        if parameter.repeats and len(read) > room:
            notes.append(text("only the first {n} filters were used", n=MAX_FILTERS))
            read = dict.fromkeys(list(read)[:room])
        room -= len(read) if parameter.repeats else 0
        if read:
            values[parameter.name] = tuple(read)
    if period := values.pop(ON.name, None):
        values[SINCE.name] = values[UNTIL.name] = period
        respelled = True
    return Values(values, tuple(dict.fromkeys(notes)), respelled)


def not_understood(name: str, typed: str, right: str) -> Text:
    """Say that a parameter of an address has a value that is not read, and what would be right."""
    return text("{parameter}={value} not understood: expected {right}", parameter=name, value=shown(typed), right=right)


def one_of(values: Iterable[str]) -> str:
    """Say which values are right: "date or site"; empty ones, which need not be given, are left out."""
    named = [each for each in values if each]
    return either(filter(None, (", ".join(named[:-1]), *named[-1:])))


def _cut(parameter: Parameter, length: int) -> Text:
    most = parameter.longest
    if parameter is TEXT:
        return text("only the first {most:,} characters of {n:,} were searched", most=most, n=length)
    return text(
        "{parameter}: only the first {most:,} characters of {n:,} were read",
        parameter=parameter.name,
        most=most,
        n=length,
    )


def in_order(values: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Return the parameters of an address in their fixed order, empty values and defaults left out."""
    pairs = [(name, value) for name, each in values.items() for value in each if value]
    pairs.sort(key=lambda pair: _PLACES[pair[0]])
    return [pair for pair in pairs if pair[1] != _BY_NAME[pair[0]].default]


def shown(text: str) -> str:
    """Return a bad value short enough to quote back."""
    return text if len(text) <= 40 else f"{text[:40]}…"
