"""The fields of a form -> the query they write: `/advanced`, for readers who do not know the query language."""

import re
from collections.abc import Iterator, Mapping

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as Reply

from corpus.texts import text
from indexer.contract.facet_values import CORRECTION
from indexer.contract.facets import FacetName
from indexer.contract.removed import REMOVED
from indexer.query.parameters import SINCE, TEXT, UNTIL
from web.layout.services import current_services
from web.layout.state import address
from web.search.annotating import seen_annotations
from web.search.request import searches_removed_texts

blueprint = Blueprint("advanced", __name__)

WORDS = ("all", "exact", "any", "none", "title")
FILTERS = (FacetName.AUTHOR, FacetName.SITE, FacetName.SECTION, FacetName.LANGUAGE, FacetName.LINKS)
_PART = re.compile(r'"[^"]*"?|[^\s"]+')  # a quotation, or a word


@blueprint.get("/advanced")
def page() -> Reply | str:
    """Show the form; filled in, it leads to the search."""
    given = {name: value.strip() for name, value in request.args.items() if value.strip()}
    pairs = list(parameters(given))
    if pairs:
        return redirect(address("/search", pairs), 302)
    labels = {
        "all": text("All of these words"),
        "exact": text("This exact phrase"),
        "any": text("Any of these words"),
        "none": text("None of these words"),
        "title": text("In the headline"),
        FacetName.AUTHOR.value: text("Author"),
        FacetName.SITE.value: text("Site"),
        FacetName.SECTION.value: text("Section"),
        FacetName.LANGUAGE.value: text("Language"),
        FacetName.LINKS.value: text("Links to the site"),
        FacetName.TAG.value: text("Tag"),
    }
    fields = [*WORDS, *FILTERS, *([FacetName.TAG] if seen_annotations().values(FacetName.TAG) else [])]
    return render_template(
        "advanced.html",
        title=text("Advanced search"),
        here="Search",
        noindex=True,
        fields=[(str(name), labels[str(name)]) for name in fields],
        boxes=list(_boxes()),
        today=f"{current_services().now().astimezone(current_services().zone):%Y-%m-%d}",
    )


def _boxes() -> Iterator[tuple[str, str, str]]:
    """Yield the filters that are only set or not: parameter, value, and what it is called."""
    yield FacetName.FEATURE.value, CORRECTION, text("With a printed correction")
    if searches_removed_texts():
        yield FacetName.DOSSIER.value, REMOVED, text("In texts that are gone")


def parameters(given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the parameters of the search that the fields ask for, each field's value as typed."""
    query = " ".join(_query(given))
    if query:
        yield TEXT.name, query
    for name in (*FILTERS, FacetName.FEATURE, FacetName.TAG, FacetName.DOSSIER):
        if value := given.get(name.value):
            yield name.value, value
    for parameter in (SINCE, UNTIL):
        if value := given.get(parameter.name):
            yield parameter.name, value


def _query(given: Mapping[str, str]) -> Iterator[str]:
    if "all" in given:
        yield given["all"]
    if exact := " ".join(given.get("exact", "").replace('"', " ").split()):
        yield f'"{exact}"'
    if parts := _parts(given.get("any", "")):
        yield f"({' OR '.join(parts)})" if len(parts) > 1 else parts[0]
    yield from (f"-{part}" for part in _parts(given.get("none", "")))
    if parts := _parts(given.get("title", "")):
        yield f"title:({' '.join(parts)})" if len(parts) > 1 else f"title:{parts[0]}"


def _parts(typed: str) -> list[str]:
    """Return the words and quotations of a field, without what would be an operator of a query."""
    found = (
        part.strip("()").lstrip("-+") if part[0] != '"' else f'"{part.strip(chr(34))}"' for part in _PART.findall(typed)
    )
    return [part for part in found if part.strip('"').strip() and part not in ("OR", "AND", "NOT", "|")]
