"""A pattern for texts of a rare kind -> the same, compiled when it is first used, so that no start pays for it.

And what a text needs for a pattern to be found in it: words, which the compiled kernel looks for in one pass, where
`re` tries all alternatives at each place. It compares letters as `re.IGNORECASE` does.
"""

import re
from array import array
from collections.abc import Callable, Iterable
from functools import cache, cached_property, lru_cache
from typing import Any, Protocol, cast

from corpus.kernel import part

PATTERNS = 2  # the version of the kernel's function; another one is not used
LEAST = 2  # characters of a word that is looked for

# An escape, a class, the beginning of a group, how often something stands, a character.
_PART = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P?<[^=!>]+>|[a-z-]*:|<?[=!]))?|(?:[*+?]|\{\d*,?\d*\})[+?]?|.", re.S
)
_NOT_ITSELF = frozenset("\\[(){}.*+?^$")
# What has characters that do not stand for themselves: a flag, a comment, a group again, a condition, a code.
_UNREAD = re.compile(r"\(\?(?:[aiLmsux-]+[:)]|#|P=|\(|P?>)|\\(?:[0-9xuUN]|$)")
_AHEAD = ("(?=", "(?!", "(?<")  # what stands there is no part of what is found; a group with a name begins "(?P<"

# Letters that `re.IGNORECASE` takes for others than their small form, and one whose small form is two characters; what
# they are compared as. The mark U+0345 is compared as itself, where `re` takes it for a letter.
_FOLDS = dict(
    zip(
        "\u00b5\u0130\u0131\u017f\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f4\u03f5\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86"
        "\u1c87\u1c88\u1e9b\u1fbe\u1fd3\u1fe3\ufb05",
        "μiisβθφπκρθεвдостт\u044a\u0463\ua64b\u1e61ι\u0390\u03b0\ufb06",
        strict=True,
    )
)
_MANIFOLD = re.compile(f"[{''.join(_FOLDS)}]")


class _Kernel(Protocol):
    def seeker(self, words: tuple[str, ...], plane: bytes, /) -> Callable[[str], bool]:
        """Return what says whether one of some words stands in a text; True also for a text with lone surrogates.

        A word has two bytes or more, and is compared with a text whose characters are as `plane` says, 16 bits each.
        """


class _Deferred:
    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self._written, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern; from then on its methods are found here without another question."""
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._written, self._flags)
        for method in ("search", "match", "fullmatch", "findall", "finditer", "sub", "split", "pattern", "flags"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def deferred(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return what has the methods of a compiled pattern; a pattern that is none is found when it is first used."""
    return cast("re.Pattern[str]", _Deferred(pattern, flags))


def is_plain(text: str) -> bool:
    """Return whether the letters of a text in small letters are those that `re.IGNORECASE` compares."""
    return text.isascii() or not _MANIFOLD.search(text)


def made_plain(text: str) -> str:
    """Return a text whose letters in small letters are those that `re.IGNORECASE` compares, each at its place."""
    for letter in () if is_plain(text) else {*_MANIFOLD.findall(text)}:
        text = text.replace(letter, _FOLDS[letter])
    return text


def seeker(words: Iterable[str]) -> Callable[[str], bool] | None:
    """Return what says whether a text may have one of some words, whose case does not count; None: there is no kernel.

    It is right but for a text with lone surrogates, which may have any.

    Args:
        words: Of two characters or more, or beyond ASCII.
    """
    kernel = _kernel()
    return kernel.seeker((*map(_compared, words),), _compared_plane()) if kernel else None


def _compared(text: str) -> str:
    """Return a text as a seeker compares it."""
    return made_plain(text).lower().replace("ς", "σ")


_last_compared = lru_cache(1)(_compared)  # several look for their words in the text of a story


@cache
def _compared_plane() -> bytes:
    """Return of each of the first 65,536 characters what a seeker compares it as, in 16 bits."""
    plane = array("I", range(1 << 16)).tobytes().decode("utf-32", "surrogatepass")
    return _compared(plane).encode("utf-16-le", "surrogatepass")


def has_seeker() -> bool:
    """Whether there is a kernel; where there is none, nobody needs to know what a pattern needs."""
    return _kernel() is not None


def _kernel() -> _Kernel | None:
    return cast(_Kernel | None, part("PATTERNS", PATTERNS))


class AnyOf:
    """Some words: whether one of them stands in a text, in small letters or capitals."""

    def __init__(self, *words: str) -> None:
        self._words = words

    @cached_property
    def stands_in(self) -> Callable[[str], bool]:
        """Whether one of the words stands in a text, which has no lone surrogates."""
        return seeker(self._words) or self._looked_for

    def _looked_for(self, text: str) -> bool:
        return any(map(_last_compared(text).__contains__, self._compared))

    @cached_property
    def _compared(self) -> tuple[str, ...]:
        return (*map(_compared, self._words),)


def needed(pattern: str) -> frozenset[str] | None:
    """Return words of which each text that a pattern matches has at least one; None: the pattern shows no such words.

    That holds where case counts.
    """
    if _UNREAD.search(pattern):
        return None
    return _of_group(iter(_PART.findall(pattern)))


def _of_group(parts: Iterable[str]) -> frozenset[str] | None:
    """Return what one of the alternatives of a group needs, which are read up to its end."""
    parts, found = iter(parts), _Alternative()
    needs: list[frozenset[str] | None] = []
    for each in parts:
        if each == ")":
            break
        if each == "|":
            needs.append(found.needed())
            found = _Alternative()
        elif each[0] == "(":
            inner = _of_group(parts)
            found.add(None if each.startswith(_AHEAD) else inner)
        elif each[0] in "*+?" or (each[0] == "{" and len(each) > 1):
            found.repeat(at_least_once=each[0] == "+")
        else:
            found.add(_itself(each))
    needs.append(found.needed())
    whole = [need for need in needs if need is not None]
    return frozenset().union(*whole) if len(whole) == len(needs) else None


def _itself(part: str) -> str | None:
    """The character that a part of a pattern stands for, as it is or escaped; None for any other part."""
    if len(part) == 1:
        return None if part in _NOT_ITSELF else part
    return part[1] if len(part) == 2 and part[0] == "\\" and not part[1].isalnum() else None


def _is_word(run: str) -> bool:
    """Whether some characters are looked for: two, or one beyond ASCII, as a seeker takes them."""
    return len(run) >= LEAST or not run.isascii()


class _Alternative:
    """What one alternative of a pattern needs: runs of characters, and groups."""

    def __init__(self) -> None:
        self._run, self._found = "", list[frozenset[str]]()
        self._last: frozenset[str] | str | None = None

    def add(self, part: frozenset[str] | str | None) -> None:
        """Add a character, what a group needs, or what needs nothing."""
        self._close_last()
        self._last = part
        if not isinstance(part, str):
            self._close_run()

    def repeat(self, *, at_least_once: bool) -> None:
        """The part before stands several times, or need not be there."""
        if not at_least_once:
            self._last = None
        self._close_last()
        self._close_run()

    def needed(self) -> frozenset[str] | None:
        """Return the words whose shortest is longest, the fewest of them; None: there are none.

        Blanks around a word make it no rarer, and six characters are as good as more.
        """
        self._close_last()
        self._close_run()
        sure = [words for words in self._found if words and all(map(_is_word, words))]
        return max(sure, key=lambda words: (min(6, *(len(word.strip()) for word in words)), -len(words)), default=None)

    def _close_last(self) -> None:
        if isinstance(self._last, str):
            self._run += self._last
        elif self._last is not None:
            self._found.append(self._last)
        self._last = None

    def _close_run(self) -> None:
        if self._run:
            self._found.append(frozenset({self._run}))
        self._run = ""
