"""An address, a setting and Accept-Language -> the language of a page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

MAX_HEADER = 500  # characters of Accept-Language that are read; browsers send under 100
_WISH = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?")


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the pages speak.

    Attributes:
        code: Its code in BCP 47, which is its CLDR locale and the name of its catalogue, too.
        name: What it calls itself.
        direction: "ltr" or "rtl".
    """

    code: str
    name: str
    direction: str = "ltr"


ENGLISH = Language("en", "English")
LANGUAGES = {
    each.code: each
    for each in (
        ENGLISH,
        Language("ar", "العربية", "rtl"),
        Language("de", "Deutsch"),
        Language("es", "Español"),
        Language("fr", "Français"),
    )
}

_current: ContextVar[Language] = ContextVar("language", default=ENGLISH)
current = _current.get
"""Return the language that is spoken now; English where nobody chose another."""


def speak(language: Language) -> None:
    """Speak a language from now on, in this thread or task."""
    _current.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language inside a `with`."""
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def split_path(path: str) -> tuple[str | None, str]:
    """Split the language off a path: "/de/search" -> ("de", "/search"); None: the path names no language."""
    code, slash, rest = path[1:].partition("/")
    return (code, slash + rest or "/") if path.startswith("/") and code in LANGUAGES else (None, path)


def choose(named: str | None, setting: str, accepted: str) -> Language:
    """Return the language of a page.

    Args:
        named: The code that the address names; it comes first. None: the address names no language.
        setting: `[web] language`: a code, or "auto" for the reader's own.
        accepted: The header Accept-Language.
    """
    if named in LANGUAGES:
        return LANGUAGES[named]
    return LANGUAGES.get(setting) or accepted_language(accepted[:MAX_HEADER])


@lru_cache(maxsize=256)
def accepted_language(header: str) -> Language:
    """Return the language that a header likes best of ours, English if it likes none.

    A wish for a variety ("de-AT") is one for the language (RFC 4647, lookup). Of two wishes of one quality the first
    counts; "*" is English. A wish that cannot be read is passed over.
    """
    best, quality = ENGLISH, 0.0
    for wish in header.split(","):
        read = _WISH.fullmatch(wish)
        if read is None:
            continue
        language = ENGLISH if read[1] == "*" else LANGUAGES.get(read[1].lower())
        if language is not None and (liked := float(read[2] or 1)) > quality:
            best, quality = language, liked
    return best
