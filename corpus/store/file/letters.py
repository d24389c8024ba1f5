"""A locale in which the capital of i is no I -> the letters of C, by which Python's SQLite reads statements."""

import locale
import re
from contextlib import suppress

_SMALL_I = re.compile(b"(?iL)i")  # in the locale's letters
_PLAIN = ("C.UTF-8", "C")


def read_sql_by_plain_letters() -> None:
    """Leave the letters of a Turkish or Azerbaijani locale, for the whole process: `INSERT` is no statement there.

    The sqlite3 of Python 3.11 compares the first word of a statement by C's `tolower`: what is inserted is not counted
    then, and not begun as a transaction. Nothing else of ours goes by the letters of a locale.
    """
    if _SMALL_I.match(b"I"):
        return
    for name in _PLAIN:
        with suppress(locale.Error):  # C is always there
            locale.setlocale(locale.LC_CTYPE, name)
            return
