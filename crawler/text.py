"""A text as a page gives it -> the same without characters that cannot be seen, in composed form."""

import unicodedata

from corpus.characters import without_invisible


def clean(text: str) -> str:
    """Return a text without characters that cannot be seen, white space collapsed, composed (NFC).

    The joiners of Arabic and Indic spelling stay.
    """
    return " ".join(unicodedata.normalize("NFC", without_invisible(text.replace("\u00a0", " "), joiners=True)).split())
