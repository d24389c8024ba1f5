"""The table of operations -> the OpenAPI 3.1 document; its schemas come from the classes that are answered."""

import re
from dataclasses import is_dataclass
from functools import cache
from http import HTTPStatus
from inspect import cleandoc
from typing import Any, get_args

from pydantic import ConfigDict, TypeAdapter

from indexer.contract.facets import FacetName
from indexer.results.exporting import OF_MANY, OF_ONE
from web.api.docstrings import docstring
from web.api.operations import ALWAYS, GROUPS, OPERATIONS, Operation
from web.api.parameters import ABOUT, CHARTS, schema_of
from web.desk.dossier_exports import ENDINGS
from web.layout.who import Right

MOST_SHOWN = 200  # characters of a part of a path
PARTS: dict[str, tuple[str, dict[str, Any]]] = {
    "id": ("A pressmark, such as `k7f003`.", {"type": "string", "minLength": 1, "maxLength": MOST_SHOWN}),
    "facet": ("The name of a facet.", {"type": "string", "enum": [each.value for each in FacetName]}),
    "format": ("The name of a format.", {"type": "string", "enum": sorted(OF_MANY)}),
    "form": ("A format that one article is given in.", {"type": "string", "enum": sorted(OF_ONE)}),
    "chart": ("The ending of a file.", {"type": "string", "enum": sorted(CHARTS)}),
    "ending": ("The ending of a file.", {"type": "string", "enum": sorted(ENDINGS)}),
    "name": ("The name of a source.", {"type": "string", "minLength": 1, "maxLength": MOST_SHOWN}),
    "number": ("A number.", {"type": "integer", "minimum": 1}),
    "key": (
        "The key of an author, such as `maria-okafor`.",
        {"type": "string", "minLength": 1, "maxLength": MOST_SHOWN},
    ),
    "bundle": ("The mark of a bundle, such as `b-4k2ma`.", {"type": "string", "minLength": 1, "maxLength": MOST_SHOWN}),
    "mark": ("A mark, such as `d-7f3k2`.", {"type": "string", "minLength": 1, "maxLength": MOST_SHOWN}),
}  # what stands in braces in a path
PROBLEM = {
    "type": "object",
    "description": "A problem, by RFC 9457.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "An address that says what kind of problem it is, or `about:blank`."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong with this request."},
        "instance": {"type": "string", "description": "What to quote when it was our fault."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "given", "expected"],
                "properties": {each: {"type": "string"} for each in ("where", "given", "expected")},
            },
        },
    },
}
_ATTRIBUTE = re.compile(r"^(\w+): (.*)$")


@cache
def adapter(of: type) -> TypeAdapter[Any]:
    """Return what reads and writes a class as JSON. Keys of a body that are not known are refused."""
    return TypeAdapter(of)


def body_adapter(of: type) -> TypeAdapter[Any]:
    """Return what reads a body."""
    return _strict(of)


@cache
def _strict(of: type) -> TypeAdapter[Any]:
    of.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[attr-defined]
    return TypeAdapter(of)


@cache
def document(version: str) -> dict[str, Any]:
    """Return the OpenAPI document; `version` is the product's."""
    classes = {each for one in OPERATIONS for each in (one.gives, one.body) if each is not None}
    inputs = [
        (each, "validation", body_adapter(each)) for each in sorted(classes & _bodies(), key=lambda each: each.__name__)
    ]
    outputs = [
        (each, "serialization", adapter(each)) for each in sorted(classes - _bodies(), key=lambda each: each.__name__)
    ]
    refs, found = TypeAdapter.json_schemas([*inputs, *outputs], ref_template="#/components/schemas/{model}")  # type: ignore[list-item]
    schemas = found.get("$defs", {})
    named = {key[0]: value for key, value in refs.items()}
    for name, about in _documented(classes).items():
        if name in schemas:
            describe(schemas[name], about)
    schemas["Problem"] = PROBLEM
    paths: dict[str, dict[str, Any]] = {}
    for each in OPERATIONS:
        paths.setdefault(f"/api/v1{each.path}", {})[each.method.lower()] = _operation(each, named)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pressmark",
            "version": version,
            "description": "An archive of articles: search, count, read, keep.",
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in GROUPS],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def attributes(of: type) -> tuple[str, dict[str, str]]:
    """Return what the docstring of a class says: of the class, and of each attribute."""
    about, _, rest = docstring(of).partition("\n\nAttributes:\n")
    found: dict[str, str] = {}
    last = ""
    for row in cleandoc(rest).splitlines():
        if match := _ATTRIBUTE.match(row):
            last = match[1]
            found[last] = match[2]
        elif last:
            found[last] += f" {row.strip()}"
    return " ".join(about.split()), found


def _bodies() -> set[type]:
    return {each.body for each in OPERATIONS if each.body is not None}


def _documented(classes: set[type]) -> dict[str, type]:
    """Return name -> class of the classes and of those in their fields."""
    found: dict[str, type] = {}
    left = list(classes)
    while left:
        each = left.pop()
        if each.__name__ in found:
            continue
        found[each.__name__] = each
        for field in each.__dataclass_fields__.values():  # type: ignore[attr-defined]
            left += _classes_in(field.type)
    return found


def _classes_in(kind: Any) -> list[type]:
    """Return the classes that a type names at any depth: `tuple[Part, ...] | None` names Part."""
    if isinstance(kind, type) and is_dataclass(kind):
        return [kind]
    return [each for part in get_args(kind) for each in _classes_in(part)]


def describe(schema: dict[str, Any], of: type) -> None:
    """Put what the docstring of a class says into its schema."""
    schema["description"], words = attributes(of)
    for name, field in schema.get("properties", {}).items():
        field.pop("title", None)
        if name in words:
            field["description"] = words[name]


def _operation(each: Operation, named: dict[type, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.about.partition(". ")[0].rstrip("."),
        "tags": [each.group],
    }
    if "." in each.about.rstrip("."):
        made["description"] = each.about
    made["parameters"] = [
        {"name": name, "in": "path", "required": True, "description": PARTS[name][0], "schema": PARTS[name][1]}
        for name in each.inside
    ] + [
        {
            "name": one.name,
            "in": "query",
            "description": ABOUT[one.name],
            "schema": schema_of(one),
            **_style(one.repeats),
        }
        for one in each.takes
    ]
    if each.body is not None:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": named[each.body]}}}
    made["responses"] = {str(each.status): _success(each, named), **_refusals(each)}
    if each.right is not None:
        made["security"] = [{"token": []}] if each.right is not Right.KEEP else [{}, {"token": []}]
    return made


def _style(repeats: bool) -> dict[str, Any]:
    return {"style": "form", "explode": True} if repeats else {}


def _success(each: Operation, named: dict[type, Any]) -> dict[str, Any]:
    if each.gives is not None:
        return {
            "description": attributes(each.gives)[0],
            "content": {"application/json": {"schema": named[each.gives]}},
        }
    if not each.media:
        return {"description": "It is done."}
    return {
        "description": "The file.",
        "content": {media: {"schema": {} if media.endswith("json") else {"type": "string"}} for media in each.media},
    }


def _refusals(each: Operation) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    statuses = sorted({*ALWAYS, *each.refuses, *((404,) if each.inside else ())})
    return {str(one): {"description": HTTPStatus(one).phrase, "content": content} for one in statuses}
