"""A language -> its catalogue: the message of the language for each English message.

A catalogue is a gettext file beside this module, read when its language is first spoken; there is no compiled file that
could be older than its source. A message that a catalogue does not have is said in English.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from web.languages.choice import ENGLISH

FOLDER = Path(__file__).parent


@cache
def catalogue(code: str) -> NullTranslations:
    """Return the catalogue of a language; the one of English gives every message back."""
    if code == ENGLISH.code:
        return NullTranslations()
    from babel.messages.mofile import write_mo  # here: whoever reads English alone does not load it
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (FOLDER / f"{code}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=code, abort_invalid=True))
    compiled.seek(0)
    return GNUTranslations(compiled)
