"""A template -> the code that prints it, as short as it can be: what an `Environment` of `install` compiles with."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.ext import Extension

_INCLUDE = re.compile(r"{% include '([a-z_./]+)' %}\n?")  # `trim_blocks` takes the line break, too


class Included(Extension):
    """Puts the text of an included template in its place: to call one takes longer than to print most of them."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's own
        """Return the source of a template with those that it includes by name."""
        loader = self.environment.loader
        if loader is None or "include" not in source:
            return source

        def text_of(found: re.Match[str]) -> str:
            included = loader.get_source(self.environment, found[1])[0].removesuffix("\n")
            return self.preprocess(included, found[1], filename)

        return _INCLUDE.sub(text_of, source)


_LETTERS = re.compile(r"[\w .=-]*", re.ASCII)  # nothing that means something in markup
_NOW, _ANY_TIME = "messages[{}]", "environment.said_message({})"  # how a message is written into code


class PrintedValues(CodeGenerator):
    """Compiles templates whose values are escaped by `printed`, the `finalize` of their environment.

    Jinja would make Markup of each value, which takes longer than all else that is done to it. Autoescape is on in
    all of our templates. A message without values is looked up without Jinja's way of calling, and what a template,
    a block, a loop or an included template prints is one text: each piece of its own would pass every template that
    this one extends.
    """

    _messages = _NOW

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Write what stands in a template, in a block of it, or in a statement."""
        if frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        self.writeline("printed, part_of = environment.finalize, environment.part_of")
        self.writeline("messages = environment.spoken_messages()")
        super().blockvisit(nodes, frame)
        if not self.has_known_extends or frame.block_frame:  # what stands beside its blocks is then not printed
            self.writeline(f"yield concat({frame.buffer})")

    def macro_body(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> tuple[Frame, MacroRef]:
        """Write a macro, which may be called when another language is spoken than where it was made."""
        outside, self._messages = self._messages, _ANY_TIME
        try:
            return super().macro_body(node, frame)
        finally:
            self._messages = outside

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call."""
        match node.node, node.args, node.kwargs:
            case nodes.Name(name="_" | "gettext"), [nodes.Const(value=str(message))], []:
                self.write(self._messages.format(repr(message)))
            case nodes.Name(name=name), _, _ if self._takes_what_is_given(name) and not (
                node.dyn_args or node.dyn_kwargs
            ):
                self.visit(node.node, frame)
                self.write("(")
                for given in (*node.args, *node.kwargs):
                    self.visit(given, frame)
                    self.write(", ")
                self.write(")")
            case _:
                super().visit_Call(node, frame, forward_caller=forward_caller)

    def _takes_what_is_given(self, name: str) -> bool:
        """Whether a name stands for a function of ours, which needs nothing of Jinja's own beside its arguments."""
        function = self.environment.globals.get(name)
        return callable(function) and not hasattr(function, "jinja_pass_arg")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Write a part of a value."""
        self.write("part_of(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:
        """Write a choice; one without an `else` prints nothing, for which Jinja would make an Undefined with a text."""
        super().visit_CondExpr(_whole(node), frame)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """Write a loop."""
        self._as_one(super().visit_For, node, frame)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        """Write what another template prints."""
        self._as_one(super().visit_Include, node, frame)

    def _as_one(self, write: Callable[[Any, Frame], None], node: nodes.Node, frame: Frame) -> None:
        if frame.buffer is not None:
            write(node, frame)
            return
        within = frame.copy()
        self.buffer(within)
        write(node, within)
        self.writeline(f"yield concat({within.buffer})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002 - Jinja's own
        self.write("(")
        match node:
            case _ if _is_printed_as_it_is(node):
                self.write("(")
            case _ if finalize.src is not None:
                self.write("printed(")  # as `finalize.src`, without a look at the environment


def _whole(choice: nodes.CondExpr) -> nodes.CondExpr:
    """The choice with an `else`."""
    if choice.expr2 is not None:
        return choice
    return nodes.CondExpr(choice.test, choice.expr1, nodes.Const(""), lineno=choice.lineno)


def _is_printed_as_it_is(node: nodes.Expr | None) -> bool:
    """Whether a message without values, or letters and blanks of ours, stand in a template, or a choice of these."""
    match node:
        case nodes.Call(node=nodes.Name(name="_" | "gettext"), args=[nodes.Const()], kwargs=[]):
            return True
        case nodes.Const(value=str(letters)):
            return _LETTERS.fullmatch(letters) is not None
        case nodes.CondExpr(expr1=first, expr2=second):
            return _is_printed_as_it_is(first) and (second is None or _is_printed_as_it_is(second))
        case _:
            return False
