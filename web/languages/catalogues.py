"""A language -> its catalogue: the message of the language for each English message.

A catalogue is a gettext file beside this module, read when its language is first spoken; there is no compiled file that
could be older than its source. A message that a catalogue does not have is said in English.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from web.languages.choice import ENGLISH
from web.languages.former_messages import FORMER

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER = Path(__file__).parent
# Where messages are said that are stored as English, without their values.
STORED_BY = ("corpus/model.py", "corpus/store/", "crawler/", "indexer/results/")


def catalogue(code: str) -> NullTranslations:
    """Return the catalogue of a language; the one of English gives every message back."""
    return _read(code)[0]


def stored_messages(code: str) -> tuple[tuple[str, str | None], ...]:
    """Return the English messages of a catalogue that may be stored, each for one and for many; None: for any number.

    They are those that the modules of STORED_BY say, as the catalogue itself tells, and what these were worded like
    before; English has none to translate.
    """
    return _read(code)[1]


@cache
def _read(code: str) -> tuple[NullTranslations, tuple[tuple[str, str | None], ...]]:
    if code == ENGLISH.code:
        return NullTranslations(), ()
    from babel.messages.mofile import write_mo  # here: a process that serves English alone does not load it
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (FOLDER / f"{code}.po").open("rb") as source:
        read = read_po(source, locale=code, abort_invalid=True)
    _add_former(read)
    write_mo(compiled, read)
    compiled.seek(0)
    stored = (each.id for each in read if each.id and any(place.startswith(STORED_BY) for place, _ in each.locations))
    return GNUTranslations(compiled), tuple((id, None) if isinstance(id, str) else (id[0], id[1]) for id in stored)


def _add_former(catalogue: Catalog) -> None:
    """Give the older wordings of messages the translations of the present ones."""
    present = {each.id if isinstance(each.id, str) else each.id[0]: each for each in catalogue}
    for former, words in FORMER.items():
        found = present[words]
        id = former if isinstance(found.id, str) else (former, *found.id[1:])
        catalogue.add(id, found.string, found.locations, found.auto_comments, found.flags)
