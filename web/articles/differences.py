"""Two texts of an article -> what changed, paragraph by paragraph and word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from corpus.characters import UNSPACED, WORD
from corpus.model import Revision
from corpus.texts import text

ALIKE = 0.4  # two paragraphs sharing fewer of their words are one removed and one added, not one changed
MAX_WORDS = 4000  # of a paragraph pair; longer ones are shown whole, so that no text can stall a page
SHORT = 3  # characters between two changes that are shown as part of one: "29 to 14" is one change, not two
MAX_PARAGRAPHS = 1500  # of a text that are compared one by one; what follows is one more
FOLD = 2  # runs of unchanged paragraphs longer than this are folded

# A word, a run of white space, one character; a letter of an unspaced script is a word by itself.
_TOKEN = re.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])[{WORD}])+|\s+|[^{WORD}\s]")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is the same in both texts, or stands only in this one."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the comparison: the same part in both texts; None where a text lacks it."""

    name: str  # "Headline", "¶ 3"
    kind: str  # same, changed, removed, added
    old: tuple[Run, ...] | None
    new: tuple[Run, ...] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two revisions; words are counted over everything shown."""

    lines: tuple[Line, ...]
    added: int
    removed: int


def compare(old: Revision, new: Revision) -> Comparison:
    """Compare headline, standfirst, byline and body."""
    lines = [
        _line(name, before, after)
        for name, before, after in (
            (text("Headline"), old.headline, new.headline),
            (text("Standfirst"), old.standfirst, new.standfirst),
            (text("Byline"), old.byline, new.byline),
        )
        if before != after
    ]
    lines += _paragraphs(_split(old.body), _split(new.body))
    return Comparison(
        tuple(lines),
        sum(_words(line.new) for line in lines),
        sum(_words(line.old) for line in lines),
    )


def folded(lines: Sequence[Line]) -> list[Line | tuple[Line, ...]]:
    """Gather runs of more than FOLD unchanged lines into one tuple each."""
    grouped: list[Line | tuple[Line, ...]] = []
    waiting: list[Line] = []
    for line in [*lines, None]:
        if line and line.kind == "same":
            waiting.append(line)
            continue
        grouped += [tuple(waiting)] if len(waiting) > FOLD else waiting
        waiting = []
        if line:
            grouped.append(line)
    return grouped


def _split(body: str) -> list[str]:
    return [each for each in re.split(r"\n\s*\n", body.strip(), maxsplit=MAX_PARAGRAPHS) if each]


def _paragraphs(old: list[str], new: list[str]) -> list[Line]:
    """Align paragraphs; within a replaced run, likenesses are paired in order."""
    pairs: list[tuple[str | None, str | None]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        pairs += zip(old[a:b], new[c:d], strict=True) if tag == "equal" else _pair(old[a:b], new[c:d])
    return [_line(f"¶ {at}", before, after) for at, (before, after) in enumerate(pairs, 1)]


def _pair(old: list[str], new: list[str]) -> list[tuple[str | None, str | None]]:
    paired: list[tuple[str | None, str | None]] = []
    for before, after in zip_longest(old, new):
        if before and after and not _alike(before, after):
            paired += [(before, None), (None, after)]
        else:
            paired.append((before, after))
    return paired


def _alike(old: str, new: str) -> bool:
    ours, theirs = ([each for each in _TOKEN.findall(text) if not each.isspace()] for text in (old, new))
    return SequenceMatcher(None, ours, theirs, autojunk=False).quick_ratio() >= ALIKE


def _line(name: str, old: str | None, new: str | None) -> Line:
    if not old or not new:
        whole = (Run(old or new or "", changed=True),)
        return Line(name, "removed" if old else "added", whole if old else None, whole if new else None)
    if old == new:
        return Line(name, "same", (Run(old),), (Run(new),))
    before, after = _word_runs(old, new)
    return Line(name, "changed", before, after)


def _word_runs(old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(ours), len(theirs)) > MAX_WORDS:
        return (Run(old, changed=True),), (Run(new, changed=True),)
    before: list[Run] = []
    after: list[Run] = []
    for tag, a, b, c, d in _joined(SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes(), ours):
        for runs, words in ((before, "".join(ours[a:b])), (after, "".join(theirs[c:d]))):
            if words:
                runs.append(Run(words, changed=tag != "equal"))
    return tuple(before), tuple(after)


def _joined(steps: Sequence[tuple[str, int, int, int, int]], words: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Join two changes that a space or a short word parts, so that a changed run of words reads as one change."""
    joined: list[tuple[str, int, int, int, int]] = []
    for at, (tag, a, b, c, d) in enumerate(steps):
        stretch = "".join(words[a:b]).strip()
        between = tag == "equal" and 0 < at < len(steps) - 1 and len(stretch) <= SHORT and " " not in stretch
        kind = "replace" if between else tag
        if joined and kind != "equal" and joined[-1][0] != "equal":
            last = joined[-1]
            joined[-1] = ("replace", last[1], b, last[3], d)
        else:
            joined.append((kind, a, b, c, d))
    return joined


def _words(runs: tuple[Run, ...] | None) -> int:
    return sum(len(re.findall(r"\w+", run.text)) for run in runs or () if run.changed)
