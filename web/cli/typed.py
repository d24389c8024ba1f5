"""What was typed -> text that can be stored, sent and written, whatever bytes a terminal or a script gave us."""

from typing import Any

import click


class _Typed(click.types.StringParamType):
    """A text; bytes of it that are not UTF-8, which Python gives as lone surrogates, become U+FFFD and are seen."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the text."""
        found = super().convert(value, param, ctx)
        return found.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if _has_bytes(found) else found


def _has_bytes(value: str) -> bool:
    return any("\udc80" <= each <= "\udcff" for each in value)


TEXT = _Typed()


def adapt_types(command: click.Command) -> None:
    """Let all texts of a verb, and of the verbs below it, be read so. Paths keep their bytes: files have such names.

    A word that is no number is called "not a valid integer", where click says "not a valid integer range".
    """
    for param in command.params:
        if type(param.type) is click.types.StringParamType:
            param.type = TEXT
        elif type(param.type) is click.IntRange:
            param.type.name = click.INT.name
    if isinstance(command, click.Group):
        for each in command.commands.values():
            adapt_types(each)
