"""A word within a sentence of the other direction -> the same, standing alone: its first and last character stay there.

"-24h" or "https://x.example/" within Arabic would else show its first or last character at the other end. Markup has
`<bdi>` for this; a sentence that may stand in an attribute or a title has the pair of characters that Unicode made for
it (UAX 9).
"""

import re

from corpus import characters

_BEGIN, _END = "\u2068", "\u2069"  # first strong isolate, and the end of an isolate
_UNSAFE = re.compile(f"({_BEGIN}[^{characters.UNSAFE}]*{_END})|[{characters.UNSAFE}]")


def isolated(text: str) -> str:
    """Return a text between U+2068 and U+2069, without the characters that no page may have; empty for none."""
    return f"{_BEGIN}{characters.safe(text)}{_END}" if text else text


def safe_beside_isolated(text: str) -> str:
    """Return a text without the characters that no page may have, but with the pairs that `isolated` put there.

    Such a pair of a text that somebody wrote stays, too: it holds no other such character, so it turns nothing else.
    """
    return text if text.isprintable() else _UNSAFE.sub(lambda found: found[1] or "", text)
