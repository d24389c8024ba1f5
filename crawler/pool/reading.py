"""Module and name of a function that reads pages -> what the parent sends of it, without importing the module itself.

What reads pages is half of all that a crawl would import, and runs in workers alone: the parent names it.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Reading(Generic[P, T]):
    """A function of another module, imported when it is called, or when a worker receives it.

    Args:
        module, name: Where it stands.
        answer: The type that it declares to return.
    """

    def __init__(self, module: str, name: str, answer: type[T]) -> None:
        self.module, self.name, self.answer = module, name, answer

    def __call__(self, *args: P.args, **options: P.kwargs) -> T:
        """Call it in this process."""
        result: T = imported(self.module, self.name)(*args, **options)
        return result

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str, str]]:
        """Pickle the names; what is unpickled is the function itself."""
        return imported, (self.module, self.name)


def imported(module: str, name: str) -> Callable[..., Any]:
    """Return a function by its names."""
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function
