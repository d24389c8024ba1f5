"""A text as a page gives it -> the same without characters that cannot be seen, in composed form."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c]")


def clean(text: str) -> str:
    """Return a text without characters that cannot be seen, white space collapsed, composed (NFC)."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text.replace("\u00a0", " "))).split())
