"""The OpenAPI document -> the reference as a page, `/api/v1/`: operations, what they take and answer, problems."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as Reply

from corpus import VERSION
from web.api.document import document
from web.api.problems import TITLES
from web.api.rates import AT_ONCE, PER_SECOND

blueprint = Blueprint("api_reference", __name__)

_CODE = re.compile(r"`([^`]+)`")
_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter, or a field: its name, its type in words, what it is."""

    name: str
    type: str
    about: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation of the reference; `gives` is the name of what it answers, empty for a file or nothing."""

    name: str
    method: str
    path: str
    about: str
    takes: tuple[Row, ...]
    body: str
    gives: str
    statuses: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One class of the reference: its fields."""

    name: str
    about: str
    fields: tuple[Row, ...]


@blueprint.get("/api")
@blueprint.get("/api/")
def index() -> Reply:
    """Lead to the version there is."""
    return redirect("/api/v1/")


@blueprint.get("/api/v1/")
def page() -> str:
    """Show the reference."""
    made = document(VERSION)
    return render_template(
        "api.html",
        title="API",
        here="Help",
        canonical="/api/v1/",
        groups=list(groups(made)),
        shapes=list(shapes(made)),
        problems=[(name, status, title) for name, (status, title) in TITLES.items()],
        per_second=int(PER_SECOND),
        at_once=int(AT_ONCE),
        code=code,
    )


def groups(made: dict[str, Any]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield each group of operations in the order of the document."""
    for tag in made["tags"]:
        entries = [
            _entry(path, method, one)
            for path, methods in made["paths"].items()
            for method, one in methods.items()
            if tag["name"] in one["tags"]
        ]
        yield tag["name"], entries


def shapes(made: dict[str, Any]) -> Iterator[Shape]:
    """Yield each class that is answered or taken, by name."""
    for name, schema in made["components"]["schemas"].items():
        fields = tuple(Row(field, _type(of), of.get("description", "")) for field, of in schema["properties"].items())
        yield Shape(name, schema.get("description", ""), fields)


def code(text: str) -> Markup:
    """Return a text with what stands between backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped first


def _entry(path: str, method: str, one: dict[str, Any]) -> Entry:
    good = next(status for status in one["responses"] if status.startswith("2"))
    content = one["responses"][good].get("content", {}).get("application/json", {})
    body = one.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return Entry(
        name=one["operationId"],
        method=method.upper(),
        path=path,
        about=one.get("description") or f"{one['summary']}.",
        takes=tuple(Row(each["name"], _type(each["schema"]), each["description"]) for each in one["parameters"]),
        body=body.get("$ref", "").removeprefix(_REF),
        gives=content.get("schema", {}).get("$ref", "").removeprefix(_REF),
        statuses=", ".join(one["responses"]),
    )


def _type(schema: dict[str, Any]) -> str:
    """Say a JSON Schema in words: `integer from 1 to 100`, `string or null`, `list of Hit`."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    if "anyOf" in schema:
        return " or ".join(map(_type, schema["anyOf"]))
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    kind = str(schema.get("type", "any"))
    if kind == "array":
        inner = _type(schema.get("items", {}))
        return f"list of {inner}s" if inner in ("string", "object") else f"list of {inner}"
    if kind == "integer" and "maximum" in schema:
        return f"integer from {schema.get('minimum', 0)} to {schema['maximum']}"
    return kind
