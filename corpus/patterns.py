"""A pattern for texts of a rare kind -> the same, compiled when it is first used, so that no start pays for it."""

import re
from typing import Any, cast


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
