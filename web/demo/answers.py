"""What a site sends for a request, before it is put on the wire."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from html import escape

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """A document and when it last changed; None: it does not say."""

    text: str
    kind: str = HTML
    modified: datetime | None = None
    status: int = 200

    @property
    def etag(self) -> str:
        """The validator of this text."""
        return f'"{hashlib.sha256(self.text.encode()).hexdigest()[:20]}"'


def tag(name: str, text: str, **attributes: str) -> str:
    """Return an element holding a text; `class_` writes `class`."""
    told = "".join(f' {key.rstrip("_")}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{told}>{escape(text, quote=False)}</{name}>"


def link(address: str, text: str) -> str:
    """Return a link."""
    return tag("a", text, href=address)
