"""A record of Zotero's own JSON -> its item: the data in its API's `{"key": ..., "data": {...}}`, or the data alone."""

from collections.abc import Mapping
from typing import Any

ATTACHED = frozenset({"attachment", "note", "annotation"})  # parts of another item, no works of their own

_OUTLETS = ("publicationTitle", "websiteTitle", "blogTitle", "forumTitle", "programTitle", "publisher")


def zotero_item(record: Any) -> dict[str, Any] | None:
    """Return an item of Zotero with its outlet under one key, `publicationTitle`; None: the record is none."""
    if not isinstance(record, Mapping):
        return None
    data = record.get("data", record)
    if not isinstance(data, Mapping) or not isinstance(data.get("itemType"), str):
        return None
    outlet = next((data[name] for name in _OUTLETS if data.get(name)), None)
    return {**data, "publicationTitle": outlet} if outlet else dict(data)
