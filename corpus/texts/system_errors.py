"""An error of the system or of TLS -> the words it says, for a person."""

import os
import re
import ssl

_CODES = re.compile(r"^\[[^]]*\] ?| ?\(_ssl\.c:\d+\)$")  # what programmers read of an error of TLS


def words_of(error: BaseException) -> str:
    """Return what an error says, without its number and how our library writes an address."""
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError) and error.errno is not None:
        return os.strerror(error.errno) if error.errno > 0 else str(error.strerror)  # names: their numbers are below 0
    return _CODES.sub("", str(error))
