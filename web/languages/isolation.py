"""A word in a sentence of the other direction -> the word between isolating characters, so that its order is kept.

"-24h" or "https://x.example/" within Arabic would else show its first or last character at the other end. Markup has
`<bdi>` for this; a sentence that may stand in an attribute or a title has the pair of characters that Unicode made for
it (UAX 9).
"""

import re

from corpus import characters

_BEGIN, _END = "\u2068", "\u2069"  # first strong isolate, and the end of an isolate
_OWN = re.compile(rf"(?:[{characters.SCRIPTS['Arabic']}\d][{characters.SCRIPTS['Arabic']}\d\xa0 .,:%–-]*)?|[.,:;!?()]")
_UNSAFE = re.compile(f"({_BEGIN}[^{characters.UNSAFE}]*{_END})|[{characters.UNSAFE}]")


def isolated(text: str) -> str:
    """Return a text without the characters that no page may have, between U+2068 and U+2069 where it needs them.

    Arabic, numbers, dates and times that begin with a digit, what ends a sentence and parentheses run as an Arabic
    sentence does.
    """
    text = characters.safe(text)
    return text if _OWN.fullmatch(text) else f"{_BEGIN}{text}{_END}"


def safe_beside_isolated(text: str) -> str:
    """Return a text without the characters that no page may have, but with the pairs that `isolated` put there.

    Such a pair of a text that somebody wrote stays, too: it holds no other such character, so it turns nothing else.
    """
    return text if text.isprintable() else _UNSAFE.sub(lambda found: found[1] or "", text)
