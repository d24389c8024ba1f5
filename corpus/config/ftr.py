"""A file in the format of FiveFilters' ftr-site-config -> the selectors of a site, and the commands not followed.

The format (https://help.fivefilters.org/full-text-rss/site-patterns.html) is a command a line, `title: XPATH`; a
command may stand more than once, and the first XPath that finds something holds. What only fetches more pages, logs
in or tests the file is not followed, and named.
"""

import re
from collections import Counter
from dataclasses import dataclass

from corpus.outline.selectors import XPATH

MAX_LINES = 2_000
MAX_VALUE = 2_000  # characters of one value

_COMMAND = re.compile(r"\s*([a-z_]+)(?:\((.*)\))?\s*:\s*(.*?)\s*$", re.I)
_FIELDS = {"title": "headline", "author": "byline", "date": "published", "body": "body"}
# They change nothing of what is read here: how markup is mended, and addresses to test the file with.
_IDLE = frozenset(
    {"tidy", "parser", "prune", "autodetect_on_failure", "test_url", "test_contains", "test_contains_not"}
)


@dataclass(frozen=True, slots=True)
class FtrRule:
    """A site's rule: field -> alternatives, what to remove, texts to replace before the page is parsed.

    Attributes:
        ignored: Command -> how often it stands in the file, of those that are not followed.
    """

    fields: dict[str, str]
    remove: tuple[str, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    ignored: tuple[tuple[str, int], ...] = ()


def read_ftr(text: str) -> FtrRule:
    """Read a rule; lines that are no command count as ignored."""
    state = _State()
    lines = text.splitlines()
    for line in lines[:MAX_LINES]:
        if line.strip() and not line.lstrip().startswith("#"):
            state.read(line)
    if len(lines) > MAX_LINES:
        state.ignored[f"lines behind the first {MAX_LINES}"] = len(lines) - MAX_LINES
    if state.sought:
        state.ignored["find_string without replace_string"] = len(state.sought)
    return FtrRule(
        {name: "\n".join(paths) for name, paths in state.fields.items()},
        tuple(state.remove),
        tuple(state.replaced),
        tuple(sorted(state.ignored.items())),
    )


class _State:
    """The state while the lines of a file are read."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self.remove: list[str] = []
        self.replaced: list[tuple[str, str]] = []
        self.ignored: Counter[str] = Counter()
        self.sought: list[str] = []  # texts to find that wait for what replaces them

    def read(self, line: str) -> None:
        match = _COMMAND.match(line)
        if match is None:
            self.ignored["not a command"] += 1
        elif len(match[3]) > MAX_VALUE:
            self.ignored[f"{match[1].lower()} over {MAX_VALUE} characters"] += 1
        elif not self._follow(match[1].lower(), match[2], match[3]):
            self.ignored[match[1].lower()] += 1

    def _follow(self, name: str, argument: str | None, value: str) -> bool:
        """Take a command over; False when it is not followed."""
        path = f"{XPATH}{value}" if name != "strip_id_or_class" else _named(value)
        if name in _IDLE:
            return True
        if name == "replace_string" and (argument or self.sought):
            self.replaced.append((argument or self.sought.pop(0), value))
            return True
        if not value or path is None:
            return False
        if name in _FIELDS:
            self.fields.setdefault(_FIELDS[name], []).append(path)
        elif name in {"strip", "strip_id_or_class"}:
            self.remove.append(path)
        elif name == "find_string":
            self.sought.append(value)
        else:
            return False
        return True


def _named(value: str) -> str | None:
    """Return the path of the elements whose class or id holds a text; None when the text cannot stand in a path."""
    text = value.strip("\"'")
    quote = next((mark for mark in "\"'" if mark not in text), None)
    if not text or quote is None:
        return None
    return f"{XPATH}//*[contains(@class, {quote}{text}{quote}) or contains(@id, {quote}{text}{quote})]"
