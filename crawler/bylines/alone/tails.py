"""A line after a story -> the names it is: a known name, or one set apart as signatures are."""

import re

from corpus.characters import may_be_cjk
from crawler.bylines.alone.evidence import (
    ALONE,
    DASHES,
    LINE,
    MAX_NAMES,
    has_role_under,
    has_words,
    is_name,
    says_what_beside,
    stands_alone,
    tells_of,
)
from crawler.bylines.author_notes import is_italic
from crawler.bylines.dates import is_whole_date, undated
from crawler.bylines.family_names import is_eastern_name, is_korean_name, names_in_brackets
from crawler.dates.calendars import has_number
from crawler.dates.labels import is_label_alone
from crawler.markup.blocks import Blocks

_ALONE = ALONE | {"td"}
_SIGNING = "–—―-~"  # after which an author signs; the others begin the entries of a list
_HYPHEN = "-"  # which begins an entry as often as a signature: a known name must stand after it
_QUOTED = re.compile("^[\"'„“”‘«»‹›「『].*[\"'“”’»«›‹」』][.!?…。]?$", re.S)
_LAST_COMMA = re.compile(r"\s*[,،፣、，]\s*(?=[^,،፣、，]*$)")
_FAR = re.compile(r"text-align\s*:\s*(?:right|end)\b", re.I)  # where a signature stands in a line from the left
_FAR_NAMES = re.compile(
    r"(?:^|[-_\s])(?:text|align|has-text-align|ta)-?(?:right|end)(?:$|[-_\s])|(?:^|\s)alignright(?:$|\s)", re.I
)


def behind_story(blocks: Blocks, n: int, story: range) -> str | None:
    """Return the names of a line that signs the story."""
    if len(blocks.texts[n]) > LINE or not stands_alone(blocks, n, tags=_ALONE):
        return None
    line = blocks.texts[n].strip()
    if may_be_cjk(line) and (bracketed := names_in_brackets(line)) is not None:
        return ", ".join(bracketed) or None
    if _is_quotation(blocks, n - 1):
        return None
    if is_bracketed := line[0] in "([" and line[-1] in ")]":  # "(Ana Pérez)", "[Ana Pérez, Li Wei]"
        line = line[1:-1].strip()
    is_far = _is_at_the_far_edge(blocks, n)
    signed = _undated(line, is_far=is_far) if has_number(line) else line
    has_date, line = signed != line, signed
    behind_dash = line[:1] in _SIGNING and not _is_listed(blocks, n)
    if is_far and may_be_cjk(line) and (is_eastern_name(line) or _is_korean_signature(blocks, n, story)):
        return line.strip(DASHES)
    is_dated = has_date or (is_bracketed and not is_label_alone(line) and says_what_beside(blocks, n, story.start))
    apart = behind_dash or is_far or is_bracketed
    names = re.split(r"\s+[-–—/]\s+|\s*[,;]\s+", line.strip(DASHES)) if apart else [line.strip(DASHES)]
    is_set_apart = behind_dash or is_dated or (is_far and is_italic(blocks, n)) or has_role_under(blocks, n)
    if len(names) > MAX_NAMES or not all(is_name(name, common=not is_set_apart, family_first=is_far) for name in names):
        return None
    rare = [name for name in names if not is_name(name, common=True, family_first=True)]
    if rare and (line[0] == _HYPHEN or any(tells_of(blocks, story, n, name) for name in rare)):
        return None
    if rare and not (behind_dash or is_dated) and has_words(blocks, n, rare):
        return None
    return ", ".join(names)


def _undated(line: str, *, is_far: bool) -> str:
    """Return a line without the date that it ends in: "Ana Pérez, 3 May 2026".

    At the far edge other words may stand beside the date, as in calendars with names for days and eras of their own.
    """
    comma = _LAST_COMMA.search(line) if is_far else None
    return line[: comma.start()] if comma and is_whole_date(line[comma.end() :]) else undated(line)


def _is_korean_signature(blocks: Blocks, n: int, story: range) -> bool:
    """Whether a line is as a Korean name is, and set as signatures are: in italics, or after a dash.

    Words such as "previous text" begin with a family name and have three syllables, too.
    """
    line = blocks.texts[n].strip()
    name = line.strip(DASHES)
    is_set_so = line[:1] in _SIGNING or is_italic(blocks, n)
    return is_set_so and is_korean_name(name) and not tells_of(blocks, story, n, name)


def _is_quotation(blocks: Blocks, n: int) -> bool:
    """Whether a block is what somebody said and nothing else: all of it is in quotation marks, or it is marked so."""
    element = blocks.nodes[blocks.owners[n]]
    is_marked = element.tag == "blockquote" or any(True for _ in element.iterancestors("blockquote"))
    return is_marked or _QUOTED.match(blocks.texts[n].strip()) is not None


def _is_listed(blocks: Blocks, n: int) -> bool:
    """Whether the line before or after a line with a dash has one, too."""
    return any(blocks.texts[at].lstrip()[:1] in _SIGNING for at in (n - 1, n + 1) if at < len(blocks.texts))


def _is_at_the_far_edge(blocks: Blocks, n: int) -> bool:
    """Whether a block, or the element around it, is set flush with the end of the line."""
    element = blocks.nodes[blocks.owners[n]]
    return any(
        part is not None
        and (
            _FAR.search(part.get("style") or "") is not None
            or (part.get("align") or "").lower() == "right"
            or _FAR_NAMES.search(part.get("class") or "") is not None
        )
        for part in (element, element.getparent())
    )
