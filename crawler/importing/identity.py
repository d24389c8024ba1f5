"""Content without an address -> the name it is known by: `import:` and a digest.

The same content has the same name, whatever file it stands in; other content has another. No path is in it.
"""

import re
from base64 import b32encode
from hashlib import sha256

SCHEME = "import:"

_OURS = re.compile(r"import:[a-z2-7]{26}")


def content_url(*parts: str | bytes | None) -> str:
    """Return the name of a content given in parts; the difference between None and an empty part does not count."""
    digest = sha256()
    for part in parts:
        content = part.encode("utf-8", "replace") if isinstance(part, str) else part or b""
        digest.update(b"%d:" % len(content) + content)
    return SCHEME + b32encode(digest.digest()).decode().lower()[:26]


def file_url(content: bytes) -> str:
    """Return the name of a file's content; how its lines end does not count."""
    return content_url(content.replace(b"\r\n", b"\n").strip())


def is_content_url(url: str) -> bool:
    """Whether a URL is a name made of a content by this module; an export holds such names, and import takes them."""
    return _OURS.fullmatch(url) is not None
