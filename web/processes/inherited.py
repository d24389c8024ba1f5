"""A variable that we set for a library in our own process -> what a program of the user's inherits in its place."""

import os

_ours: set[str] = set()


def set_for_us(name: str, value: str) -> None:
    """Set a variable of this process, and of those it forks, unless it is set; a program of the user's has it not."""
    if name not in os.environ:
        os.environ[name] = value
        _ours.add(name)


def of_the_user() -> dict[str, str]:
    """Return the environment as this process was given it."""
    return {name: value for name, value in os.environ.items() if name not in _ours}
