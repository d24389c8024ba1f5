"""A printed byline -> the same without the date at its end: "By Ana Pérez, 28 July 2026" -> "By Ana Pérez".

A whole date is cut, day, month and year, with its time and zone; a month may be a name ("By April May 2026"). Without
a year a day and a month are cut where the month cannot be a family name: "By Ana Pérez Friday 3 May".
"""

import re
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice

from corpus.characters import CJK, may_be_cjk
from corpus.patterns import deferred
from corpus.people.names import fold, unaccented
from crawler.bylines.agencies import is_agency
from crawler.bylines.name_words import DESKS, ORGANISATIONS
from crawler.bylines.words import lead
from crawler.dates.labels import is_label_alone, without_label_before
from crawler.dates.months import AGO, MONTHS, SPANS, TODAY, YESTERDAY
from crawler.dates.printed import parse_date
from crawler.dates.weekdays import WEEKDAYS
from crawler.dates.zones import ZONE_WORDS

MAX_WORDS = 12  # "28 de julio de 2026, a las 14:05 h CEST" has ten
_CACHED = 40  # characters of a word that is remembered
MAX_DATES = 3  # "Published 27 July 2026 Updated 28 July 2026, 14:05"

_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # a whole date does not count back from it
_PUNCTUATION = " ,;:|·•–—-(["
_WITHIN = frozenset("de del of the um at à a las às alle ore kl uhr h am pm a.m p.m г года th st nd rd".split())
_NUMBERS = re.compile(r"[(\[]?\d[\d./:年月日时時分년월일TZhH+-]*(?:st|nd|rd|th|am|pm|er|º)?[.,;)\]]*", re.I)
_TIME = re.compile(r"\s\d{1,2}[:.h]\d{2}\s*(?:[ap]\.?m\.?|Uhr|h)?[\s,|·•–—-]*$", re.I)
_LED = deferred(
    r"[\s,;|·•–—(-](?:last\s+)?(?:published|updated|posted|modified|aktualisiert|veröffentlicht|publié|mis à jour"
    r"|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|publicerad|uppdaterad|opublikowano"
    r"|stand|güncelleme|опубликовано|обновлено|ενημέρωση|تحديث)(?:\s+(?:on|at|am|le|el|il|em|op|den))?\s*:?\s*$"
    r"|\s(?-i:on|am|le|el|il|em|op|den|vom)\s*$",  # "Le" is a name
    re.I,
)
_CJK_SPAN = re.compile(
    r"^\s*(?:\d{1,3}\s?(?:秒|分钟|分鐘|分|小时|小時|時間|天|日|周|週間|초|분|시간|일|주)\s?[前전]|昨天|昨日|今天|今日|어제|오늘)[\s|·・:：]*(?=\S{2})"
)
# The time it takes to read the text: "4 min read | Nora Hale", "Lesezeit: 4 Minuten · Nora Hale", "4 мин. чтения".
_READ = (
    r"(?:read(?:ing)?(?:\s+time)?|lesezeit|lesen|lecture|lectura|lettura|leitura|leestijd|lezen|lästid|läsning|lesetid|læsetid"
    r"|lukuaika|czytania|čtení|чтения|читання|okuma|ανάγνωση|読了|閱讀|阅读|읽기|قراءة|קריאה)(?:時間|时间|시간)?"
)
_MINUTES = (
    r"(?:ca\.\s?|約|约|약\s?)?\d{1,3}\s?(?:min[a-zų]{0,6}|мин[а-я]{0,3}|хв[а-я]{0,4}|dk|dakika|λεπτ[άό]|דקות|دقائق|دقيقة"
    r"|मिनट|分钟|分鐘|分|분)\.?"
)
_READING = re.compile(
    rf"^\s*(?:{_READ}\s*[:：]?\s*{_MINUTES}[\s|•·,–—-]+|{_MINUTES}\s*(?:de |di |do |of )?{_READ}[\s|•·,:：–—-]+"
    rf"|{_MINUTES}\s*[|•·,–—-]\s*)(?=[^\W\d_])",
    re.I,
)
_SPAN_WORDS = frozenset("a an one y il der en op hace un une una ein einer einem about vor".split())
_AFTER_TIME = frozenset("uhr am pm a.m p.m h at à um o'clock klo kl gmt utc".split())
# A day and its month, in the order of the page's language.
_YEARLESS = re.compile(
    r"(?<=[\s,|·•(])(?:\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s(?:de\s|of\s)?(?P<behind>[^\W\d_]{3,})|(?P<before>[^\W\d_]{3,})\.?\s\d{1,2}(?:st|nd|rd|th)?)"
    r"[.,)]?$"
)
_GLUED = deferred(rf"(?<=[{CJK}:：])(?=\d{{4}}\s?[-./年년])")  # between a label and its date
_DIGIT, _ANY_DIGIT = re.compile("[0-9]"), re.compile(r"\d")
_WORD = re.compile(r"\S+")
_NAMED = re.compile(r"[^\W\d_][^\s\d.,:]*[^\W\d_]")  # marks stand between the letters of some scripts


def without_time_before(line: str) -> str:
    """Return a line without the date or span it begins with: "3 hours ago Nora Hale", "6 May 2024, 10:00 | Nora Hale".

    Where words need no capitals, a label may stand before the date, and another date after it.
    """
    if not may_be_cjk(line) or not _ANY_DIGIT.search(line):
        return _without_time(line)
    for _ in range(MAX_DATES):
        bare = without_label_before(line)
        if (rest := _without_time(bare)) == bare:
            break
        first, _, behind = rest.partition(" ")
        line = behind.lstrip() if behind and is_label_alone(first) else rest  # "2026.11.29 입력 이도윤 기자"
    return line


def _without_time(line: str) -> str:
    """Return a line without the date or span it begins with.

    The shortest beginning that is a whole date goes, with the time, zone and separators after it.
    """
    if not line.isascii() or _DIGIT.search(line):  # else it has no number of minutes
        for furniture in (_READING, _CJK_SPAN):
            if (span := furniture.match(line)) is not None:
                line = line[span.end() :]
    first = line.split(None, 1)[:1]
    if not first or not (_may_begin if len(first[0]) <= _CACHED else _may_begin.__wrapped__)(first[0]):
        return line
    words = list(islice(_WORD.finditer(line), MAX_WORDS))
    for n, word in enumerate(words):
        if not (_of_date(word[0]) or _of_span(word[0])):
            return line
        if is_whole_date(line[: word.end()]):
            rest = n + 1
            while rest < len(words) and (_goes_on(words[rest][0]) or not _NAMED.search(words[rest][0])):
                rest += 1
            after = line[words[rest].start() :] if rest < len(words) else ""
            return after if _NAMED.search(after) else line
    return line


@lru_cache(1_024)  # the lines of a page begin with few words
def _may_begin(word: str) -> bool:
    return _of_date(word) or _of_span(word)


def _of_span(word: str) -> bool:
    plain = unaccented(word.strip("()[],.;:|·•–—-").casefold())
    return (
        plain in SPANS
        or plain in AGO
        or plain in YESTERDAY
        or plain in TODAY
        or plain in _SPAN_WORDS
        or plain in WEEKDAYS
    )


def _goes_on(word: str) -> bool:
    """Whether a word after a date still belongs to it: a time, its zone, "Uhr", "ago"."""
    bare = unaccented(word.strip("()[],.;:|·•–—-").casefold())
    zone = bare in ZONE_WORDS and word.strip("(),.").isupper()
    return any(character.isdigit() for character in word) or bare in _AFTER_TIME or bare in AGO or zone


def undated(byline: str) -> str:
    """Return a byline without the dates at its end; as it is when nothing else is in it."""
    rest = _GLUED.sub(" ", byline) if may_be_cjk(byline) else byline
    spaced = rest
    for _ in range(MAX_DATES):
        start = _date_start(rest)
        if start is None:
            break
        rest = _before_date(rest[:start])
    rest = _without_yearless(rest)
    return rest if rest != spaced and _NAMED.search(rest) else byline


def _without_yearless(text: str) -> str:
    """Return a text without the day and month at its end; a month that is all there is behind one name stays."""
    found = _YEARLESS.search(text) if _ANY_DIGIT.search(text) else None
    if not found or unaccented((found["behind"] or found["before"]).casefold()) not in MONTHS:
        return text
    before = text[: found.start()]
    return text if found["before"] and not _ends_a_name(before) else _before_date(before)


def _before_date(text: str) -> str:
    """Return what stands before a date, without the label, time and name of the day that belong to the date."""
    before = _LED.sub("", _without_day(_TIME.sub("", text))).rstrip(_PUNCTUATION)
    words = before.rsplit(None, 1)
    is_labelled = len(words) == 2 and may_be_cjk(words[1]) and is_label_alone(words[1])
    return words[0].rstrip(_PUNCTUATION) if is_labelled else before


def _without_day(text: str) -> str:
    """Return what stands before a date without the name of its day.

    After one name it is another: "Von Eva Sonntag", "By Joan Friday"; after "Reuters" or a comma it is the day.
    """
    words = text.rstrip(_PUNCTUATION).rsplit(None, 1)
    if len(words) < 2 or unaccented(words[1].strip(_PUNCTUATION).casefold()) not in WEEKDAYS:
        return text
    return words[0] if _ends_a_name(words[0]) else text


def _ends_a_name(text: str) -> bool:
    """Whether a text ends with a whole name, so that a word after it is none of that name."""
    found = lead(text + " x")
    name = text[found.end() :] if found and found.end() < len(text) else text
    is_whole = name.rstrip()[-1:] in _PUNCTUATION or len(name.split()) > 1
    return is_whole or is_agency(name) or fold(name) in DESKS | ORGANISATIONS


def _date_start(text: str) -> int | None:
    """Where the shortest whole date begins that the text ends with; None when it ends with none."""
    if not _of_date((text.rsplit(None, 1) or [""])[-1]):
        return None
    words = list(_WORD.finditer(text))[-MAX_WORDS:]
    for word in reversed(words):
        if not _of_date(word[0]):
            return None
        if is_whole_date(text[word.start() :]):
            return word.start()
    return None


def is_whole_date(text: str) -> bool:
    """Whether a date with its day, month and year can be read in a text."""
    found = parse_date(text.strip("()[] "), today=_ANY_DAY)
    return found is not None and found.precision.has_day


def _of_date(word: str) -> bool:
    """Whether a word may stand in a date: a number, a month, a time, a zone, or a small word between."""
    bare = word.strip("()[],.;|·•–—-").casefold()
    if not bare or bare in _WITHIN or _NUMBERS.fullmatch(word):
        return True
    return unaccented(bare) in MONTHS or (bare in ZONE_WORDS and word.strip("(),.").isupper())
