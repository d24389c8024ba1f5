"""Words of a query that begin with a minus -> words, not options: `pressmark search -insurance '-by:x'`."""

from typing import Any

import click

_MARK = "\0"  # an argument of a process never holds it


class QueryCommand(click.Command):
    """A command whose argument `query` takes words; `--` before them is not needed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; `--jsn` stays an option that there is not, and `-n5` one that there is."""
        short = {
            name: option for option in self.params if isinstance(option, click.Option) for name in option.opts
        } | dict.fromkeys(ctx.help_option_names)
        end = args.index("--") if "--" in args else len(args)
        marked = [_marked(arg, short) for arg in args[:end]]
        try:
            rest = super().parse_args(ctx, [*marked, *args[end:]])
        except click.UsageError as error:
            if _MARK not in error.message:
                raise
            raise click.UsageError(error.message.replace(_MARK, ""), ctx) from None  # words as they were typed
        ctx.params["query"] = _without_marks(ctx.params["query"])
        return rest


def _marked(arg: str, options: dict[str, Any]) -> str:
    """Mark a word: a minus and what is neither a known letter alone nor one with the value that it takes."""
    if len(arg) < 2 or not arg.startswith("-") or arg.startswith("--") or arg in options:
        return arg
    option = options.get(arg[:2])
    if option is not None and not option.is_flag:
        try:
            option.type.convert(arg[2:], option, None)
        except click.BadParameter:
            return _MARK + arg
        return arg
    return _MARK + arg


def _without_marks(query: Any) -> Any:
    if isinstance(query, str):
        return query.removeprefix(_MARK)
    return query if query is None else tuple(each.removeprefix(_MARK) for each in query)
