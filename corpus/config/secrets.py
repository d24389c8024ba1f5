"""What of a config may be quoted: never a line or a value of headers, cookies and passwords, no token in an address."""

import re
from collections.abc import Sequence

from corpus.config.lines import Key

HIDDEN = "(hidden)"

_SECRET = re.compile(r"webhook|header|cookie|passw|secret|token|auth|credential|api_?key", re.IGNORECASE)
_SECRET_KEYS = ("webhook", "webhook_secret", "smtp_password", "password", "api_key", "headers", "cookies_file")
_ALIKE = 0.8  # of 1: a key that somebody mistyped holds the secret all the same
_NAME = re.compile(r"(?<![\w?&;.%-])[\"']?([\w.-]{1,100})[\"']?\s*=")  # of a key, not of a parameter of an address
_TABLE = re.compile(r"\s*\[")
_PAIR = re.compile(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=")
# Who an address names before its host: up to the last @ there, as a password may hold one; with slashes, or without a
# scheme, only what has a colon and is no port.
_USER = re.compile(
    r"//[^/?#\s\"']{1,500}@"
    r"|(?:(?<=//)|(?<=[\s\"'])|^)(?!mailto:)[^\s/:@\"']{1,100}:(?!//|\d{1,5}[/?#])[^\s\"']{1,400}@"
)
_PARAMETER = re.compile(r"([?&;][\w.~%\[\]-]{1,100}=)([^&;#\s\"']{1,2000})")
_TOKEN_NAME = re.compile(r"tok|key|auth|sig|secret|pass|pwd|sess|sid|code|jwt|cred|user", re.IGNORECASE)
_TOKEN_VALUE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w.~%+/=-]{16,}")


def is_secret(key: Key) -> bool:
    """Whether the value of a key may not be quoted."""
    return any(isinstance(part, str) and _is_name_of_secret(part) for part in key)


def _is_name_of_secret(name: str) -> bool:
    """Whether a key is, or was meant to be, one that holds a secret."""
    if _SECRET.search(name):
        return True
    from difflib import get_close_matches  # only where something is wrong

    return bool(get_close_matches(name.lower().rpartition(".")[2], _SECRET_KEYS, n=1, cutoff=_ALIKE))


def is_secret_line(lines: Sequence[str], number: int) -> bool:
    """Whether a line of a file that may be no TOML stands under a secret key; numbers count from 1.

    The line itself, the pair it goes on with and the table it stands in are looked at, as they are written.
    """
    own = lines[number - 1] if 0 < number <= len(lines) else ""
    if _SECRET.search(own.partition("=")[0]) or ("{" in own and _SECRET.search(own)):
        return True
    if any(map(_is_name_of_secret, _NAME.findall(own))):
        return True
    pair = table = None
    for line in reversed(lines[: max(number, 0)]):
        pair = pair or _PAIR.match(line)
        if _TABLE.match(line):
            table = line
            break
    around = f"{pair[1] if pair else ''} {table or ''}"
    return any(map(_is_name_of_secret, re.findall(r"[\w-]+", around)))


def added_lines(before: str, after: str) -> str:
    """Return the lines that a file would have and has not, without those that hold a secret."""
    import difflib  # for the few commands that show it

    lines, shown, number = after.splitlines(), [], 0
    for change in difflib.ndiff(before.splitlines(), lines):
        number += change[0] in " +"
        if change[0] == "+":
            shown.append(HIDDEN if is_secret_line(lines, number) else without_tokens(lines[number - 1]))
    return "\n".join(shown).strip()


def without_tokens(text: str) -> str:
    """Return a text with the user names and tokens hidden that addresses within carry."""
    return _PARAMETER.sub(_parameter, _USER.sub(_user, text))


def _user(found: re.Match[str]) -> str:
    return f"{'//' * found[0].startswith('//')}{HIDDEN}@"


def _parameter(found: re.Match[str]) -> str:
    if _TOKEN_NAME.search(found[1]) or _TOKEN_VALUE.fullmatch(found[2]):
        return found[1] + HIDDEN
    return found[0]
