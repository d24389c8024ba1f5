"""The OpenAPI document -> docs/api.md. `make fix` runs it; a test sees that it was."""

import sys
from collections.abc import Sequence
from pathlib import Path

from corpus import VERSION
from web.api import serving
from web.api.document import document
from web.api.parameters import NARROWING
from web.api.problems import MOST_FAULTS, TITLES
from web.api.rates import AT_ONCE, PER_SECOND
from web.api.reference import Entry, Row, groups, shapes

PAGE = Path(__file__).with_suffix(".md")
HEAD = f"""# API

Written by `make fix` from the classes that are answered. An archive shows the same at `/api/v1/`, and gives it as
OpenAPI 3.1 at `/api/v1/openapi.json`. [client.py](client.py) is a client of a hundred lines.

```
curl 'http://127.0.0.1:8765/api/v1/search?q=flood&site=valley-herald.example&from=2024&limit=2'
curl 'http://127.0.0.1:8765/api/v1/histogram?q=flood&by=year'
curl -H 'Content-Type: application/json' -d '{{"name": "The sea wall"}}' http://127.0.0.1:8765/api/v1/dossiers
```

Where the archive has [accounts](accounts.md), a program sends a token, `Authorization: Bearer pressmark_…`, which
reads or writes. Who sits at the machine of an archive without accounts needs none. A page of another site cannot
change anything: the body of a change is `application/json`, and a browser asks first whether it may send that.

A parameter that is not known, or has a value that is not right, is answered by 400; `errors` says where, what was
given and what was expected of the first {MOST_FAULTS} faults, and `detail` how many more there are. Every problem is
`application/problem+json` (RFC 9457).

Long lists come in parts. `next` is the `cursor` of the next part, of the same state of the archive, whatever is
indexed meanwhile; where that state is gone the answer is 410, and one begins again. Which articles a list has, and in
what order, is of that state; the articles themselves are given as they stand, and `left_out` counts those that were
withdrawn meanwhile.

An answer has an `ETag`: sent as `If-None-Match`, it is answered by 304 when nothing has changed. Articles, searches,
completions, facets and histograms are then not made again; the others are, and are not sent.

{int(AT_ONCE)} requests may come at once, and {int(PER_SECOND)} a second after them; then the answer is 429 with
`Retry-After`. Who sits at the machine is not counted.

The older addresses (`/search.json`, `/trends.json`, `/saved.json` and so on, see [interfaces.md](interfaces.md)) stay
as they are.

"""
FILTERS = """## Filters

Where "takes all filters" stands below, a request may narrow what is found by these. A list is the parameter given again
(`site=a.example&site=b.example`): several values of one mean any of them, different ones narrow each other. Values are
those of [the query language](querying.md): an author is a name or the key that an answer gives, a site is a source's.

"""


def page() -> str:
    """Return docs/api.md as it should be."""
    assert serving.blueprint  # by whose import the table of operations is full
    made = document(VERSION)
    parts = [HEAD, _filters([each for _, entries in groups(made) for each in entries])]
    for group, entries in groups(made):
        parts.append(f"## {group}\n")
        parts += [_entry(each) for each in entries]
    parts.append("## Answers\n")
    parts += [f"### {each.name}\n\n{each.about}\n\n{_table('field', each.fields)}" for each in shapes(made)]
    parts.append("## Problems\n\n| type | status | title |\n|---|---|---|\n")
    rows = "".join(f"| `/api/v1/#{name}` | {status} | {title} |\n" for name, (status, title) in TITLES.items())
    return "\n".join(parts) + rows


def _filters(entries: Sequence[Entry]) -> str:
    """Return the section of the parameters that narrow a search, which stand once for all operations that take them."""
    rows = next(taken for each in entries if (taken := _narrowing(each)))
    return FILTERS + _table("parameter", rows)


def _narrowing(each: Entry) -> list[Row]:
    """Return the rows of the filters, where an operation takes all of them."""
    names = {parameter.name for parameter in NARROWING}
    rows = [row for row in each.takes if row.name in names]
    return rows if len(rows) == len(names) else []


def _entry(each: Entry) -> str:
    text = f"### {each.method} {each.path}\n\n{each.about}\n"
    filters = _narrowing(each)
    if filters:
        text += "\nTakes all [filters](#filters).\n"
    if rows := [row for row in each.takes if row not in filters]:
        text += f"\n{_table('parameter', rows)}"
    takes = f"Takes [{each.body}](#{each.body.lower()}). " if each.body else ""
    gives = f"Answers [{each.gives}](#{each.gives.lower()}). " if each.gives else ""
    return f"{text}\n{takes}{gives}Statuses {each.statuses}.\n"


def _table(first: str, rows: Sequence[Row]) -> str:
    lines = [f"| `{each.name}` | {_cell(each.type)} | {_cell(each.about)} |\n" for each in rows]
    return f"| {first} | value | |\n|---|---|---|\n{''.join(lines)}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.exit(0)
