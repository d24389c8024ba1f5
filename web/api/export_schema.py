"""The lines of an export -> their JSON Schema; an article in it has the fields that the API describes."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from corpus import VERSION
from corpus.records import EXPORTED, WHOLE
from web.api.document import adapter, describe, document

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an export of a search holds.

    Attributes:
        query: The search as it was asked: its address, or its text.
        read_as: How the search was read, in words.
        at: When the export was made, in UTC.
        position: The state of the archive that the export reflects.
        total: How many articles match.
        given: How many of them were written.
        complete: No bound was reached.
        bounded: The patterns of which only the most frequent forms were searched for.
        fields: What is given of each article; null: what the format has room for.
        withheld: Of these, what is given of none, as texts in a public archive.
        left_out: How many of those that match were not written.
        left_out_by_reason: Why -> how many: `beyond_the_bound`, `withdrawn`, `unreadable`.
        sha256: Of the bytes of the lines of the articles, in hexadecimal.
    """

    query: str
    read_as: str
    at: str
    position: int
    total: int
    given: int
    complete: bool
    bounded: list[str]
    fields: list[str] | None
    withheld: list[str]
    left_out: int
    left_out_by_reason: dict[str, int]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """An author.

    Attributes:
        name: As printed.
        key: What the filter `author` takes.
        kind: What the name is of, such as `person` or `agency`.
    """

    name: str
    key: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateDetails:
    """A date with all that is known of it.

    Attributes:
        at: The moment, in UTC.
        precision: How much of it the page says.
        origin: Where it was found.
        offset: Seconds that the page's clock is ahead of UTC; null: the page does not say.
        doubtful: Two readings were possible.
    """

    at: str
    precision: str
    origin: str
    offset: float | None
    doubtful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierText:
    """A text that an article had before the one that stands.

    Attributes:
        number: From 1.
        seen: When it was first fetched.
        fingerprint: Of a text that was taken away; a text that is there has none.
        structure: As in an article.
    """

    number: int
    seen: str
    headline: str | None
    standfirst: str | None
    byline: str | None
    text: str
    fingerprint: str | None = None
    structure: list[dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionMade:
    """What a person corrected.

    Attributes:
        field: The field that was corrected.
        value: What holds.
        page_said: What the page says.
        other: Of `copies`, the address of the other article.
        who: Who corrected it.
        why: The reason that was given.
        at: When it was corrected.
    """

    field: str
    value: Any
    page_said: Any
    other: str | None
    who: str
    why: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What `pressmark export` adds to an article.

    Attributes:
        signed: The authors, with key and kind.
        date_details: `published` and `updated`, where they are known.
        fetched_url: The address that answered; null: the canonical one.
        revisions: The texts before the one that stands, the first one first.
        confirmed: When the text that stands was last seen again.
        withdrawn: Why the text was taken away.
        withdrawn_at: When the text was last taken away.
        fingerprint: Of the text that a withdrawn article had.
        corrections: What people corrected; the other fields are as the page says.
    """

    signed: list[Signed]
    date_details: dict[str, DateDetails]
    fetched_url: str | None
    revisions: list[EarlierText]
    confirmed: str
    withdrawn: str
    withdrawn_at: str
    fingerprint: str | None
    corrections: list[CorrectionMade]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorMerge:
    """Two keys of one person, in an export of a whole corpus.

    Attributes:
        key: Counts as `canonical`.
        evidence: Why.
        made: When.
    """

    key: str
    canonical: str
    evidence: str
    made: str


CLASSES = (Manifest, Signed, DateDetails, EarlierText, CorrectionMade, Whole, AuthorMerge)


@cache
def export_schema() -> dict[str, Any]:
    """Return the JSON Schema of one line of a JSONL export: a manifest, an article, or a merge of authors.

    No field of an article is required: an export has the fields that were asked for. No other field comes.
    """
    _, found = TypeAdapter.json_schemas(
        [(each, "serialization", adapter(each)) for each in CLASSES], ref_template="#/$defs/{model}"
    )
    shapes: dict[str, Any] = found["$defs"]
    for each in CLASSES:
        describe(shapes[each.__name__], each)
        shapes[each.__name__]["additionalProperties"] = False
    said = document(VERSION)["components"]["schemas"]["Article"]["properties"]
    added = shapes.pop("Whole")["properties"]
    fields = {name: said[name] if name in said else added.pop(name) for name in dict.fromkeys((*EXPORTED, *WHOLE))}
    shapes["Article"] = {
        "type": "object",
        "description": "An article. A download has the fields that were asked for; the command line writes all.",
        "properties": fields | added,
        "additionalProperties": False,
        "minProperties": 1,
    }
    return {
        "$schema": DIALECT,
        "title": "A line of an export of Pressmark",
        "oneOf": [_only("manifest", "Manifest"), {"$ref": "#/$defs/Article"}, _only("author_merge", "AuthorMerge")],
        "$defs": dict(sorted(shapes.items())),
    }


def _only(name: str, shape: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: {"$ref": f"#/$defs/{shape}"}},
        "required": [name],
        "additionalProperties": False,
    }
