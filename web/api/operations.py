"""The table of the API's operations: what each takes, gives and may refuse. Addresses and document follow it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import NotFound

from indexer.query.parameters import Parameter, whole_number
from web.api.docstrings import docstring
from web.layout.state import address
from web.layout.who import Right

GROUPS = (
    "Search",
    "Articles",
    "Counts",
    "Corrections",
    "Authors",
    "Sources and crawls",
    "Requests",
    "Saved searches",
    "Dossiers",
    "Receipts",
)  # the headings, in the order of the reference
ALWAYS = (400, 401, 403, 429, 503)  # statuses that any request may be refused with
WRITES = {"right": Right.KEEP, "refuses": (404, 413, 415)}  # of what a reader keeps
CHANGES = {"right": Right.KEEP, "refuses": (404, 410, 413, 415)}  # of the same, where it may be deleted
_INSIDE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Call:
    """A request whose parameters and body are right."""

    operation: "Operation"
    path: dict[str, str]
    pairs: tuple[tuple[str, str], ...]
    body: Any = None

    @property
    def number(self) -> int:
        """The number that its path names.

        Raises:
            NotFound: It is none.
        """
        found = whole_number(self.path["number"])
        if found is None:
            raise NotFound
        return found

    def one(self, parameter: Parameter) -> str:
        """Return the value of a parameter, or its default."""
        return next((value for name, value in self.pairs if name == parameter.name), parameter.default)

    def without(self, *parameters: Parameter) -> list[tuple[str, str]]:
        """Return the pairs of the other parameters."""
        names = {each.name for each in parameters}
        return [pair for pair in self.pairs if pair[0] not in names]

    def name_without(self, *parameters: Parameter) -> str:
        """Return the address of the request without some parameters."""
        given = sorted(self.without(*parameters))
        return address(f"{self.operation.name} {sorted(self.path.items())}", given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation.

    Attributes:
        path: As OpenAPI writes it, `/articles/{id}`, below `/api/v1`.
        group: The heading it stands under.
        takes: The parameters after the question mark.
        body: The class of the body; None: it takes none.
        gives: The class of the answer; None: a file, or nothing (204).
        media: Of a file, its types.
        right: What who asks must be allowed to; None: to read.
        refuses: The statuses it may answer besides ALWAYS.
        state: Call -> what the answer is made of: two of one state are the same; None: only the answer itself tells.
    """

    name: str
    about: str
    group: str
    method: str
    path: str
    answer: Callable[[Call], Any]
    takes: Sequence[Parameter] = ()
    body: type | None = None
    gives: type | None = None
    media: Sequence[str] = ()
    status: int = 200
    right: Right | None = None
    refuses: Sequence[int] = ()
    state: Callable[[Call], tuple[object, ...]] | None = None

    @property
    def inside(self) -> tuple[str, ...]:
        """The names of the parts of its path that are given."""
        return tuple(_INSIDE.findall(self.path))


OPERATIONS: list[Operation] = []


def operation(
    method: str, path: str, group: str, **more: Any
) -> Callable[[Callable[[Call], Any]], Callable[[Call], Any]]:
    """Put a function into the table, under its name and with its docstring; the rest is as Operation says."""

    def entered(function: Callable[[Call], Any]) -> Callable[[Call], Any]:
        assert group in GROUPS
        about = " ".join(docstring(function).split())
        OPERATIONS.append(
            Operation(
                name=function.__name__, about=about, group=group, method=method, path=path, answer=function, **more
            )
        )
        return function

    return entered
