"""Each template and each rule of an address is compiled once for a test run, not once for each app of a test.

What is compiled depends on the text of a template, or on a rule, alone: every app of ours has one set of options. Flask
names both classes as those that an app may replace.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule
from werkzeug.routing.rules import RulePart


class Compiled(BytecodeCache):
    """The code of templates, by name and by the checksum of their text."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


TEMPLATES = Compiled()
BUILDERS: dict[tuple[Any, ...], Callable[..., tuple[str, str]]] = {}
PARSED: dict[str, tuple[list[RulePart], list[tuple[bool, str]], dict[str, Any]]] = {}  # parts, trace, converters


class SharedEnvironment(Environment):
    """Flask's environment of templates, with the code of all apps."""

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options, bytecode_cache=TEMPLATES)


class SharedRule(Rule):
    """A rule whose parts and builder of addresses, which follow from its text, are those of the rule in another app."""

    def _parse_rule(self, rule: str) -> Iterable[RulePart]:
        if rule not in PARSED:
            before = len(self._trace)
            parts = list(super()._parse_rule(rule))
            trace = self._trace[before:]
            PARSED[rule] = parts, trace, {name: self._converters[name] for is_variable, name in trace if is_variable}
            return parts
        parts, trace, converters = PARSED[rule]
        self._trace += trace
        self._converters |= converters
        self.arguments |= converters.keys()
        return parts

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (append_unknown, tuple(self._trace), tuple((self.defaults or {}).items()))
        if key not in BUILDERS:
            BUILDERS[key] = super()._compile_builder(append_unknown)
        return BUILDERS[key]


def compile_once() -> None:
    """Let all apps that are made from now on share what is compiled."""
    Flask.jinja_environment = SharedEnvironment
    Flask.url_rule_class = SharedRule
