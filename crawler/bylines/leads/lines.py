"""A line of a byline -> its names without what leads or follows them: "By", "Von", "文/", "기자", "yazdı"."""

import re
from functools import lru_cache

from corpus.characters import HAN, may_be_cjk
from corpus.patterns import deferred, is_plain
from crawler.bylines.dates import undated, without_time_before
from crawler.bylines.family_names import is_eastern_name, is_korean_name
from crawler.bylines.leads.paired import with_one_label
from crawler.bylines.words import (
    AUTHOR_LABELS,
    BY,
    CJK_AFTER,
    CJK_BEFORE,
    CJK_WITHIN,
    LANGUAGES_OF,
    WEAK,
    WROTE,
    lead,
    plainly,
)
from crawler.text import Caseless, ends_sentence

CACHED = 300  # characters of a line that is remembered without its lead: pages share the lines of their furniture
WORDS_BEFORE = 6  # a verb that ends a byline; a sentence has more
_EMAIL = re.compile(r"\(?\b[\w.+-]+@[\w-]+\.[\w.-]+\b\)?")
_ACCOUNT = re.compile(r"(?<=\s)@\w[\w.]{1,40}(?:@[\w.-]{3,60})?(?!\S)")  # after a name; one without a name stays


def is_led(line: str, language: str | None) -> bool:
    """Return whether `without_lead` finds a word such as "By"."""
    return (len(line) > CACHED or _may_be_led(line, language)) and without_lead(line, language)[1]


@lru_cache(1_024)  # as `_cached_without_lead`
def _may_be_led(line: str, language: str | None) -> bool:
    """Whether a line has any word that leads names, or letters beyond Europe's; most lines have neither."""
    if not line.isascii() and (_BEYOND_EUROPE.search(line) or not is_plain(line.replace("ı", "i"))):
        return True
    small = plainly(line)
    if "by" in small or "told to" in small or "@" in line or (language or "")[:2] in WROTE:
        return True
    return not _LEADING.isdisjoint(_WORD.findall(small))


def without_lead(line: str, language: str | None) -> tuple[str, bool]:
    """Return a line without its "By", "Von", "文/" ..., and whether it had one."""
    return (_cached_without_lead if len(line) <= CACHED else _without_lead)(line, language)


def _without_lead(line: str, language: str | None) -> tuple[str, bool]:
    line = without_time_before((_EMAIL.sub("", _ACCOUNT.sub("", line)) if "@" in line else line).strip())
    line = with_one_label(line)
    dense = may_be_cjk(line)
    if dense:
        line = _REPORTED_FROM.sub("", line)
    match = (CJK_BEFORE.match(line) or CJK_WITHIN.search(line)) if dense else BY.match(line)
    match = match or _FROM_PLACE.match(line)
    if match:
        return line[match.end() :], True
    tail = CJK_AFTER.search(line) if dense else None
    if tail:
        return line[: tail.start()], True
    if dense and (names := _signed_before_date(line)):
        return names, True
    wrote = WROTE.get((language or "")[:2])  # "Ayşe Yılmaz yazdı"
    if wrote and 2 <= line.count(" ") <= WORDS_BEFORE and (found := wrote.search(line)):
        return line[: found.start()], True
    label, comma, named = line.partition(", ")  # "Author, Ana Pérez", as a voice reads it
    if comma and label.casefold() in AUTHOR_LABELS and not named[:1].islower():
        return named, True
    padded = line if line[-1:].isspace() else line + " "
    match = lead(padded) or (lead(padded + "x") if padded.strip(" :：").casefold() in LANGUAGES_OF else None)
    if not match:
        middle = _within(line) if len(line) <= _MAX_WITHIN else None
        return (line[middle.end() :], True) if middle else (line, False)
    word = match[1].casefold()
    rest = line[match.end(1) :].lstrip(" :：՝፦៖|")
    if word in WEAK and ":" not in match[2] and "：" not in match[2]:
        is_foreign = (language or "")[:2] not in LANGUAGES_OF[word] and word != "par"
        if is_foreign or (rest.count(" ") >= WORDS_BEFORE and ends_sentence(rest.rstrip())):
            return line, False  # "Theo Nga, ...", "Text of ..." begin sentences, too
    return rest, True


def _signed_before_date(line: str) -> str | None:
    """Return the names of a line in which nothing but a date follows who they are: "이도윤 기자 2026.11.29 10:00"."""
    rest = undated(line)
    tail = CJK_AFTER.search(rest) if rest != line else None
    names = rest[: tail.start()] if tail else ""
    return names if names and all(map(_is_eastern, _BETWEEN_NAMES.split(names))) else None


def _is_eastern(name: str) -> bool:
    return is_korean_name(name) or is_eastern_name(name)


_cached_without_lead = lru_cache(1_024)(_without_lead)


_BETWEEN_NAMES = re.compile(r"\s?[·・,，、/]\s?|\s+")
# "記者吳怡君／台北報導": from where.
_REPORTED_FROM = deferred(rf"(?<=[{HAN}])\s?[/／|｜]\s?[{HAN}]{{2,8}}(?:報導|报道|報道|报导)[ 　]*$")
# "Aus Kiel berichtet Jana Weber": the place, a verb, the name.
_FROM_PLACE = re.compile(
    r"(?:[Aa]us|[Dd]epuis|[Dd]esde|[Ff]rån|[Ff]ra|[Uu]it)\s+[A-ZÀ-Þ]\S{1,29}(?:\s[A-ZÀ-Þ]\S{1,29})?\s+"
    r"(?:berichte[tn]|rapporte|informan?|rapporterar|rapporterer|bericht)\s+(?=[A-ZÀ-Þ])"
)
# The words of Latin, Greek and Cyrillic letters; ranges alone, which `re` reads quickly.
_WORD, _BEYOND_EUROPE = re.compile("[a-z\u00c0-\u052f]+"), re.compile("[^\x00-\u052f\u2000-\u2bff]")
# Of what leads names in such letters, a word of each, the longest.
_LEADING = frozenset(
    max(_WORD.findall(plainly(words)), key=len)
    for words in (*LANGUAGES_OF, *AUTHOR_LABELS, "aus", "depuis", "desde", "från", "fra", "uit")
    if not _BEYOND_EUROPE.search(words)
)
_MAX_WITHIN = 140  # characters of a line in which names may be led from its middle
# A word for the author with a colon, after a date or another mark: the colon makes it a label.
_LABEL_WITHIN = Caseless(
    r"(?<=[\s|•·\d,.)])(?:"
    + "|".join(re.escape(form) for form in sorted(AUTHOR_LABELS, key=len, reverse=True))
    + r")\s?[:：]\s*(?=[^\W\d])"
)
_WITHIN = re.compile(
    r"(?:^|[\s|•·\d,.)])(?:[Ww]ritten [Bb]y|WRITTEN BY|[Pp]osted [Bb]y|By|BY|[Ss]tory by"
    r"|[Rr]eported [Bb]y|[Aa]s [Tt]old [Tt]o):?\s+(?=[A-ZÀ-Þ])"
)


def _within(line: str) -> re.Match[str] | None:
    """Find what leads the names within a line: "3 May 2024 By Ana Pérez", "3 พฤษภาคม 2567 ผู้เขียน: ..."."""
    small = line.lower()
    found = _WITHIN.search(line) if "by" in small or "told to" in small else None
    if found is None and (":" in line or "：" in line):
        found = _LABEL_WITHIN.search(line)
    return found
